"""Counts of catalogs are kept between builds, and never believed of a file that may be another."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.catalogs import tally
from sphinx_hub.catalogs.stamps import lasting_stamp
from sphinx_hub.catalogs.tally import PageTexts
from sphinx_hub.settings import Language, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGES = {"index": PageTexts(domain="index", messages=["a", "b"])}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "locale/zh_CN/LC_MESSAGES/index.po"
    path.parent.mkdir(parents=True)
    write(path, "乙")
    return path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets time pass, so that files are no longer new."""

    def wait() -> None:
        now = time.time_ns()
        monkeypatch.setattr("sphinx_hub.catalogs.stamps.time.time_ns", lambda: now + 10_000_000_000)

    return wait


def write(path: Path, text: str) -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_text(f'{header}msgid "a"\nmsgstr "甲"\n\nmsgid "b"\nmsgstr "{text}"\n', "utf-8")


def current(path: Path) -> tuple[int, int]:
    """How many messages of the catalog and of the page are translated."""
    root = path.parents[3]
    languages = (
        Language(locale="en", path="en", tag="en", name="English"),
        Language(locale="zh_CN", path="zh-cn", tag="zh-Hans", name="简体中文"),
    )
    settings = Settings(root=root, languages=languages)
    found = tally.tally(settings, "zh_CN", PAGES, root / "known.json")
    return found.catalogs["index"].current, found.pages["index"].current


def test_a_catalog_that_stayed_is_not_read_again(
    catalog: Path, later: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    later()
    assert current(catalog) == (2, 2)
    monkeypatch.setattr(tally, "_content", lambda _path: pytest.fail("it was read"))
    assert current(catalog) == (2, 2)


def test_a_new_time_alone_counts_nothing_anew(
    catalog: Path, later: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    later()
    current(catalog)
    os.utime(catalog)
    monkeypatch.setattr(tally, "parse_entries", lambda *_: pytest.fail("it was counted"))
    assert current(catalog) == (2, 2)


def test_a_change_of_the_same_size_at_the_same_time_is_seen(catalog: Path, later: Callable[[], None]) -> None:
    before = catalog.stat()
    later()
    write(catalog, "")
    assert current(catalog) == (1, 1)
    write(catalog, "乙")
    os.utime(catalog, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert current(catalog) == (2, 2)


def test_a_file_that_was_just_written_is_not_vouched_for(catalog: Path, later: Callable[[], None]) -> None:
    assert not lasting_stamp(catalog)
    assert not lasting_stamp(catalog.with_name("missing.po"))
    later()
    assert lasting_stamp(catalog)


@pytest.mark.parametrize("content", ["", "[]", '{"fields": [], "rows": {}}', '{"index": ["x", []]}'])
def test_a_note_of_another_form_is_not_believed(catalog: Path, content: str) -> None:
    (catalog.parents[3] / "known.json").write_text(content, "utf-8")
    assert current(catalog) == (2, 2)
