"""A language is left as it stands only where nothing of all that goes into it has changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.building.unchanged import State, project_state
from sphinx_hub.catalogs.build_files import INPUTS
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1] / "roots" / "test-languages"
PO = "locale/zh_CN/LC_MESSAGES/index.po"


def state(site: Path, *command: str) -> State:
    settings = load_settings(site)
    return State(settings, settings.language("zh_CN"), project_state(settings), command or ("build",))


def git(site: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=site, check=True, capture_output=True)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site as it stands after a build that read two things elsewhere."""
    site = tmp_path / "site"
    shutil.copytree(ROOT, site)
    git(site, "init", "-q")
    git(site, "commit", "-q", "--allow-empty", "-m", "First")
    (tmp_path / "theme").mkdir()
    for elsewhere in ("code.py", "theme/page.html"):
        (tmp_path / elsewhere).write_text("old", "utf-8")
        os.utime(tmp_path / elsewhere, (1, 1))
    now = state(site)
    output, doctrees = site / "_build/html/zh-cn", site / "_build/doctrees/zh-cn"
    for folder in (output, doctrees):
        folder.mkdir(parents=True)
    (output / "index.html").write_text("page", "utf-8")
    read = [str(tmp_path / "code.py"), str(tmp_path / "theme"), str(tmp_path / "gone.txt")]
    (doctrees / INPUTS).write_text(json.dumps(read), "utf-8")
    now.keep()
    return site


def edit(path: Path) -> None:
    """Change one letter, and keep size and times."""
    before = path.stat()
    content = path.read_bytes()
    path.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def translate(site: Path, locale: str, translation: bytes) -> None:
    """Give the first message of a catalog another translation."""
    path = site / PO.replace("zh_CN", locale)
    header, blank, entries = path.read_bytes().partition(b"\n\n")
    found = re.search(rb'^msgstr (".+")$', entries, re.MULTILINE)
    assert found is not None
    path.write_bytes(header + blank + entries[: found.start(1)] + translation + entries[found.end(1) :])


def test_words_of_another_language_change_nothing_here(site: Path) -> None:
    translate(site, "de", b'"andere \\"Worte\\""')
    assert state(site).is_known()
    # It is known at once from now on, and still is when all is as before.
    assert state(site).is_known()
    git(site, "commit", "-q", "--allow-empty", "-m", "Second")
    assert not state(site).is_known()


def test_what_changes_while_it_is_looked_at_is_not_known(site: Path) -> None:
    translate(site, "de", b'"andere Worte"')
    now = state(site)
    translate(site, "de", b'"noch andere"')
    assert not now.is_known()


def test_nothing_changed(site: Path) -> None:
    assert state(site).is_known()
    os.utime(site / PO)
    (site / ".cache").mkdir()
    (site / ".cache/x").touch()
    assert state(site).is_known()


CHANGES: dict[str, Callable[[Path], object]] = {
    "a catalog, its size and time the same": lambda site: edit(site / PO),
    "a catalog of another language that breaks": lambda site: edit(site / PO.replace("zh_CN", "de")),
    "a message of another language without its translation": lambda site: translate(site, "de", b'""'),
    "a translation of another language in doubt": lambda site: replace(
        site / PO.replace("zh_CN", "de"), b'\nmsgid "A page', b'\n#, fuzzy\nmsgid "A page'
    ),
    "who translated another language": lambda site: replace(
        site / PO.replace("zh_CN", "de"), b'msgid ""\n', b'# A <a@b.org>, 2026.\nmsgid ""\n'
    ),
    "a translation of this language": lambda site: translate(site, "zh_CN", b'"new"'),
    "a source": lambda site: edit(site / "docs/index.md"),
    "the configuration": lambda site: edit(site / "conf.py"),
    "the settings": lambda site: (site / "pyproject.toml").write_text(
        (site / "pyproject.toml").read_text("utf-8") + "\n# new\n", "utf-8"
    ),
    "a new file": lambda site: (site / "docs/new.md").write_text("# New\n", "utf-8"),
    "a file less": lambda site: (site / PO).unlink(),
    "code elsewhere": lambda site: (site.parent / "code.py").write_text("new", "utf-8"),
    "a file of a theme": lambda site: (site.parent / "theme/page.html").write_text("new", "utf-8"),
    "a new file of a theme": lambda site: (site.parent / "theme/more.html").touch(),
    "a file that was missing": lambda site: (site.parent / "gone.txt").touch(),
    "a commit": lambda site: git(site, "commit", "-q", "--allow-empty", "-m", "Second"),
    "a tag": lambda site: git(site, "tag", "v1"),
    "a page that is gone": lambda site: (site / "_build/html/zh-cn/index.html").unlink(),
    "a page that was edited": lambda site: (site / "_build/html/zh-cn/index.html").write_text(
        "other", "utf-8"
    ),
    "the record": lambda site: (site / "_build/doctrees/zh-cn/hub-built.json").write_text("{", "utf-8"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(site: Path, change: str) -> None:
    CHANGES[change](site)
    assert not state(site).is_known()


def test_the_command_the_day_and_the_environment_count(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not state(site, "build", "other").is_known()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")
    assert not state(site).is_known()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", "https://example.org/")
    assert not state(site).is_known()


def test_a_build_that_began_says_nothing_until_it_ends(site: Path) -> None:
    now = state(site)
    now.forget()
    assert not state(site).is_known()
    now.keep()
    assert not state(site).is_known()


def test_code_that_changes_during_a_build_leaves_no_record(site: Path) -> None:
    now = state(site)
    (site.parent / "code.py").write_text("new", "utf-8")
    os.utime(site.parent / "code.py", (4102444800, 4102444800))
    (site / "_build/doctrees/zh-cn/hub-built.json").unlink()
    now.keep()
    assert not state(site).is_known()
