"""Small sites in the real layout: conf.py in the root, sources in docs/, built by sphinx-build itself.

``SphinxTestApp`` puts conf.py among the sources, which no site of this project does; that is why a
process is started for each build.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bs4 import Tag

ROOTS = Path(__file__).resolve().parents[1] / "roots"

_READ = re.compile(r"reading sources\.\.\. \[ *\d+%\] (\S+)")
_WRITTEN = re.compile(r"writing output\.\.\. \[ *\d+%\] (\S+)")


@dataclass(frozen=True)
class Built:
    """One run of sphinx-build."""

    output: Path
    returncode: int
    status: str
    warnings: tuple[str, ...]
    """The lines of the warnings, with paths relative to the site."""

    @property
    def read(self) -> set[str]:
        """The documents that were read."""
        return set(_READ.findall(self.status))

    @property
    def written(self) -> set[str]:
        """The documents that were written."""
        return set(_WRITTEN.findall(self.status))

    def text(self, name: str) -> str:
        """The content of one file of the output."""
        return (self.output / name).read_text("utf-8")

    def page(self, name: str) -> BeautifulSoup:
        """One page of the output, by the name of its document."""
        return BeautifulSoup(self.text(f"{name}.html"), "html.parser")

    def one(self, name: str, selector: str) -> Tag:
        """The only element of a page that ``selector`` finds."""
        found = self.page(name).select(selector)
        assert len(found) == 1, f"{name}: {selector}: {len(found)}"
        return found[0]

    def clean(self) -> Built:
        """The same, after making sure that the build ended well and without a warning."""
        assert (self.returncode, self.warnings) == (0, ())
        return self


@dataclass(frozen=True)
class SmallSite:
    """A copy of a root of tests/roots, to be built and changed."""

    root: Path
    environment: Mapping[str, str]

    def build(
        self,
        locale: str = "en",
        *options: str,
        builder: str = "html",
        environment: Mapping[str, str] | None = None,
        name: str | None = None,
    ) -> Built:
        """Build into a folder of its own for each ``name``, which is locale and builder when left out."""
        folder = self.root / "_build" / (name or f"{locale}-{builder}")
        command = [
            *(sys.executable, "-m", "sphinx", "-c", ".", "-b", builder, "-d", f"{folder}-doctrees"),
            *("-D", f"language={locale}", *options, "docs", str(folder)),
        ]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("READTHEDOCS")}
        run = subprocess.run(
            command,
            cwd=self.root,
            env={**clean, "NO_COLOR": "1", **self.environment, **(environment or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        lines = run.stderr.replace(f"{self.root}{os.sep}", "").splitlines()
        return Built(folder, run.returncode, run.stdout, tuple(line for line in lines if line.strip()))

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace ``old``, which must stand in the file, by ``new``."""
        file = self.root / path
        content = file.read_text("utf-8")
        assert old in content, f"{old!r} is not in {path}"
        file.write_text(content.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., SmallSite]:
    """A function that copies a root of tests/roots; the keywords are environment variables of its builds."""

    def copy(name: str, **environment: str) -> SmallSite:
        root = tmp_path_factory.mktemp(name).resolve() / "site"
        shutil.copytree(ROOTS / name, root)
        return SmallSite(root, environment)

    return copy


@pytest.fixture(scope="session")
def community(small_site: Callable[..., SmallSite]) -> SmallSite:
    """The small site of records, on 1 June 2024: its course lies ahead."""
    return small_site("test-community", SOURCE_DATE_EPOCH="1717200000")


@pytest.fixture(scope="session")
def english(community: SmallSite) -> Built:
    """The small site of records in English."""
    return community.build("en", "-W", "--keep-going").clean()


@pytest.fixture(scope="session")
def chinese(community: SmallSite) -> Built:
    """The small site of records in Simplified Chinese."""
    return community.build("zh_CN", "-W", "--keep-going").clean()
