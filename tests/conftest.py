"""The real site, built once for all tests, in a copy of the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
#: What a build of the site reads. Nothing else of a checkout may be needed for one.
SITE_FILES = ("conf.py", "pyproject.toml", "noxfile.py", "docs", "locale", ".readthedocs.yaml")


def copy_site(target: Path) -> Path:
    """A copy of the site's sources in ``target``, which must not exist."""
    target.mkdir(parents=True)
    for name in SITE_FILES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            shutil.copy(source, target / name)
    return target


def run(site: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a module of this Python in ``site``, without the variables of a machine of Read the Docs."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("READTHEDOCS")}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=site,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load_settings(ROOT)


@pytest.fixture(scope="session")
def run_module() -> Callable[..., subprocess.CompletedProcess[str]]:
    return run


@pytest.fixture
def site_copy(tmp_path: Path) -> Path:
    """A copy of the site's sources that a test may change."""
    return copy_site(tmp_path / "hub")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built in every language; its ``_build/html`` holds the pages."""
    site = copy_site(tmp_path_factory.mktemp("site") / "hub")
    result = run(site, "sphinx_hub.cli", "build")
    assert result.returncode == 0, result.stdout + result.stderr
    return site
