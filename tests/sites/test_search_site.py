"""The search's index on a small site: what is in it, when it is made anew, what stands without Pagefind."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites.conftest import Built, SmallSite


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-pages")


@pytest.fixture(scope="module")
def chinese(site: SmallSite) -> Built:
    return site.build("zh_CN", "-W", "--keep-going").clean()


def fragments(built: Built) -> dict[str, tuple[str, list[list[str]]]]:
    """What a reader gets of each page, by its address: title; anchor, title and text of each section."""
    found = {}
    for file in (built.output / "hub-search").glob("*/pages/*"):
        address, title, sections = json.loads(gzip.decompress(file.read_bytes()))
        found[address] = (title, sections)
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def test_each_source_is_a_page_of_the_index_with_its_text_alone(chinese: Built) -> None:
    pages = fragments(chinese)
    assert set(pages) == {"index.html", "guide/first.html", "guide/mainland.html", "guide/deep/page.html"}
    title, sections = pages["guide/first.html"]
    assert title == "入门指南"
    assert [anchor for anchor, _title, _text in sections if anchor] == [
        "first",
        "first-second",
        "first-third",
    ]
    text = "".join(text for _anchor, _title, text in sections)
    assert "自然语言处理" in text
    # Of the notice, the navigation and the credits, all of which the page shows.
    for other in ("翻译", "搜索", "Furo"):
        assert other not in text


def test_nothing_is_made_anew_when_nothing_changed(site: SmallSite, chinese: Built) -> None:
    marker = chinese.output / "hub-search/reader.json"
    before = marker.stat().st_mtime_ns
    site.build("zh_CN").clean()
    assert marker.stat().st_mtime_ns == before


def test_a_damaged_index_is_made_anew(site: SmallSite, chinese: Built) -> None:
    folder = chinese.output / "hub-search"
    before = files(folder)
    next(folder.glob("*/words/*")).write_bytes(b"")
    site.build("zh_CN").clean()
    assert files(folder) == before


def test_a_change_of_one_page_leaves_the_files_of_others(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-pages")
    folder = site.build("en").clean().output / "hub-search"
    before = {path.name: path.stat().st_ino for path in folder.glob("*/pages/*")}
    site.edit("docs/guide/first.md", "A paragraph that fills the page.", "A paragraph about attention.")
    site.build("en").clean()
    after = {path.name: path.stat().st_ino for path in folder.glob("*/pages/*")}
    assert len(before.items() - after.items()) == 1
    whole = site.build("en", name="whole").clean()
    assert files(folder) == files(whole.output / "hub-search")


def test_a_damaged_index_does_not_stop_a_build(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-pages")
    folder = site.build("en").clean().output / "hub-search"
    for path in folder.glob("*/words/*"):
        path.write_bytes(bytes(path.stat().st_size))
    site.edit("docs/guide/first.md", "A paragraph that fills the page.", "A paragraph about attention.")
    site.build("en").clean()
    whole = site.build("en", name="whole").clean()
    assert files(folder) == files(whole.output / "hub-search")


def test_an_index_made_in_steps_is_that_of_a_whole_build(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-pages")
    site.build("en").clean()
    site.edit("docs/guide/first.md", "A paragraph that fills the page.", "A paragraph about attention.")
    (site.root / "docs/guide/mainland.md").unlink()
    steps = site.build("en").clean()
    whole = site.build("en", "-j", "2", name="whole").clean()
    assert "guide/mainland.html" not in fragments(steps)
    assert files(steps.output / "hub-search") == files(whole.output / "hub-search")


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "text"])
def test_only_builders_of_pages_make_an_index(site: SmallSite, builder: str) -> None:
    built = site.build("en", "-W", builder=builder).clean()
    assert (built.output / "hub-search").is_dir() == (builder == "dirhtml")
    if builder == "dirhtml":
        assert "guide/first/" in fragments(built)


def test_the_page_of_the_search_lists_all_pages(chinese: Built) -> None:
    titles = [link.get_text() for link in chinese.page("search").select(".hub-search-index a")]
    assert sorted(titles) == sorted(title for title, _sections in fragments(chinese).values())
    assert not chinese.page("search").select('script[src*="searchtools.js"]')
