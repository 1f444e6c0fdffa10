"""Read the Docs: the commands of .readthedocs.yaml, run here with the variables it sets."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from sphinx_hub.settings import Language, load_settings

ROOT = Path(__file__).resolve().parents[2]
JOBS = yaml.safe_load((ROOT / ".readthedocs.yaml").read_text("utf-8"))["build"]["jobs"]
LANGUAGES = load_settings(ROOT).languages


def build(site: Path, **variables: str) -> BeautifulSoup:
    """Run the build commands of html as Read the Docs does; returns a page two folders down."""
    output = site / "_readthedocs"
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "READTHEDOCS": "True",
        "READTHEDOCS_OUTPUT": str(output),
        "READTHEDOCS_VERSION": "latest",
        "READTHEDOCS_VERSION_TYPE": "branch",
        **variables,
    }
    for command in JOBS["build"]["html"]:
        words = [word.replace("$READTHEDOCS_OUTPUT", str(output)) for word in shlex.split(command)]
        result = subprocess.run(
            words, cwd=site, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert result.returncode == 0, result.stderr
    return BeautifulSoup((output / "html" / "community" / "partners.html").read_text("utf-8"), "html.parser")


def test_the_whole_history_is_there_for_the_names() -> None:
    assert JOBS["post_checkout"] == ["git fetch --unshallow || true"]


def test_the_package_is_installed_before_the_build() -> None:
    # The defaults would install nothing of ours and look for conf.py beside the sources.
    assert set(JOBS) == {"post_checkout", "install", "build"}
    assert any(command.endswith("pip install -e .") for command in JOBS["install"])


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.path)
def test_each_project_builds_its_language(language: Language, site_copy: Path) -> None:
    host = f"https://hub.example.org/{language.path}/latest/"
    page = build(site_copy, READTHEDOCS_LANGUAGE=language.path, READTHEDOCS_CANONICAL_URL=host)
    assert page.html is not None
    assert page.html["lang"] == language.tag
    canonical = page.select_one("link[rel=canonical]")
    assert canonical is not None
    assert canonical["href"] == f"{host}community/partners.html"
    assert page.select_one("meta[name=robots]") is None
    for other in LANGUAGES:
        if other != language:
            link = page.select_one(f'a[hreflang="{other.tag}"]')
            assert link is not None
            assert link["href"] == f"../../../{other.path}/latest/community/partners.html"


def test_a_preview_is_not_for_search_engines_and_has_no_siblings(site_copy: Path) -> None:
    page = build(
        site_copy,
        READTHEDOCS_LANGUAGE="zh-cn",
        READTHEDOCS_CANONICAL_URL="https://hub.example.org/zh-cn/1/",
        READTHEDOCS_VERSION="1",
        READTHEDOCS_VERSION_TYPE="external",
    )
    robots = page.select_one("meta[name=robots]")
    assert robots is not None
    assert "noindex" in str(robots["content"])
    assert page.select_one("link[rel=canonical]") is None
    assert not page.select('a[hreflang="en"]')
