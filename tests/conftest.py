"""The real site, built once for all tests, in a copy of the checkout."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from sphinx_hub.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


#: Below which the site of :func:`build_published` stands.
PUBLISHED_AT = "https://hub.example.org/below/"


def build_published(site: Path) -> None:
    """Build every language of a site that knows its address, with all that a page says of itself then."""
    project = site / "pyproject.toml"
    table = "[tool.sphinx-hub]\n"
    text = project.read_text("utf-8")
    assert text.count(table) == 1
    project.write_text(text.replace(table, f'{table}site = "{PUBLISHED_AT}"\n'), "utf-8")
    result = run(site, "sphinx_hub.cli", "build")
    assert result.returncode == 0, result.stdout + result.stderr


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait until ``condition`` holds, however slow the machine is."""
    patience = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < patience, f"nothing happened: {what}"
        time.sleep(0.05)


class Previewed:
    """A preview that runs, and what it printed."""

    def __init__(self, site: Path, *arguments: str) -> None:
        self._log = site / "preview.log"
        clean = {key: value for key, value in os.environ.items() if not key.startswith("READTHEDOCS")}
        with self._log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sphinx_hub.cli", "preview", *arguments],
                cwd=site,
                env=clean,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def printed(self) -> str:
        """All that it has printed."""
        return self._log.read_text("utf-8")

    def wait_for(self, text: str, times: int = 1) -> None:
        """Wait until it has printed ``text`` so often."""
        until(lambda: self.printed.count(text) >= times, f"{text!r} in {self.printed}")

    @property
    def address(self) -> str:
        """Where it serves, with a slash at the end."""
        self.wait_for("/\n")
        found = re.search(r"http://127\.0\.0\.1:\d+/", self.printed)
        assert found, self.printed
        return found[0]

    def end(self) -> int:
        """Press Ctrl-C, which reaches every process of the terminal; the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(60)


@contextmanager
def previewed(site: Path, *arguments: str) -> Iterator[Previewed]:
    """Run a preview of ``site`` with ``arguments``; it must end well and leave no process behind."""
    preview = Previewed(site, *arguments)
    try:
        yield preview
        assert preview.process.poll() is None, preview.printed
        assert preview.end() == 0, preview.printed
        assert "Traceback" not in preview.printed
        with pytest.raises(ProcessLookupError):
            os.killpg(preview.process.pid, 0)
    finally:
        if preview.process.poll() is None:
            os.killpg(preview.process.pid, signal.SIGKILL)
            preview.process.wait()


#: The grammar of RFC 4287, appendix B.
ATOM_GRAMMAR = Path(__file__).parent / "schemas" / "atom.rng"
_ATOM = "{http://www.w3.org/2005/Atom}"


def check_feed(content: bytes) -> etree._Element:
    """The feed, after checking it by the grammar of RFC 4287 and by what a grammar cannot say."""
    root = etree.fromstring(content)
    grammar = etree.RelaxNG(etree.parse(ATOM_GRAMMAR))
    assert grammar.validate(root), grammar.error_log
    names = [str(name.text) for name in root.iter(f"{_ATOM}id")]
    assert len(set(names)) == len(names)
    assert all(re.match("[a-z]+:", name) for name in names)  # 4.2.6: an IRI, and never a relative one
    for place in (root, *root.iter(f"{_ATOM}entry")):
        links = place.findall(f"{_ATOM}link")
        alternates = [
            (link.get("type"), link.get("hreflang")) for link in links if link.get("rel") == "alternate"
        ]
        assert len(set(alternates)) == len(alternates), alternates  # 4.1.1, 4.1.2
        # 4.1.2: without content, an alternate link; without an author, one of the feed.
        if place is not root:
            assert place.find(f"{_ATOM}content") is not None or alternates
            assert place.find(f"{_ATOM}author") is not None or root.find(f"{_ATOM}author") is not None
            published = place.findtext(f"{_ATOM}published") or ""
            assert published <= str(place.findtext(f"{_ATOM}updated"))
    return root


@pytest.fixture(scope="session")
def checked_feed() -> Callable[[bytes], etree._Element]:
    return check_feed


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load_settings(ROOT)


@pytest.fixture(scope="session")
def run_module() -> Callable[..., subprocess.CompletedProcess[str]]:
    return run


@pytest.fixture(scope="session")
def run_preview() -> Callable[..., Any]:
    """A function that runs a preview of a folder; a context that gives a :class:`Previewed`."""
    return previewed


@pytest.fixture
def site_copy(tmp_path: Path) -> Path:
    """A copy of the site's sources that a test may change."""
    return copy_site(tmp_path / "hub")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """A function that has a folder made by the first process that wants it; the others share it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def once(name: str, make: Callable[[Path], None]) -> Path:
        target, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(target, ignore_errors=True)  # of a process that failed to make it
                make(target)
                done.touch()
        return target

    return once


@pytest.fixture(scope="session")
def built_site(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The folder of the site, built in every language; its ``_build/html`` holds the pages."""

    def make(site: Path) -> None:
        copy_site(site)
        result = run(site, "sphinx_hub.cli", "build")
        assert result.returncode == 0, result.stdout + result.stderr

    return made_once("hub", make)


@pytest.fixture(scope="session")
def published_site(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The pages of the site as they are published, with the addresses that they have then."""

    def make(site: Path) -> None:
        copy_site(site)
        build_published(site)

    return made_once("published", make) / "_build" / "html"
