"""What stands where pages and sections were."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites.conftest import Built, SmallSite

REDIRECTS = """\
- from: old/first
  to: guide/first
  anchors:
    away: guide/deep/page#there
- from: only-mainland
  to: guide/mainland
- from: index
  anchors:
    former: guide/first#now
"""
BASE = "https://hub.example.org/zh-tw/"


def write(site: SmallSite, text: str) -> None:
    data = site.root / "docs" / "_data"
    data.mkdir(exist_ok=True)
    (data / "redirects.yaml").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    site = small_site("test-pages")
    write(site, REDIRECTS)
    return site


@pytest.fixture(scope="module")
def built(site: SmallSite) -> Built:
    return site.build("zh_TW", "-W", "-D", f"html_baseurl={BASE}").clean()


def test_a_page_that_moved_leads_on_in_its_language(built: Built) -> None:
    page = built.page("old/first")
    assert page.select_one("html[lang=zh-Hant][dir=ltr]")
    assert built.one("old/first", "title").get_text() == "此頁面已搬走"
    assert built.one("old/first", "a")["href"] == "../guide/first.html"
    assert built.one("old/first", "a").get_text() == built.one("guide/first", "h1").get_text().rstrip("#¶")
    refresh = built.one("old/first", "noscript meta[http-equiv=refresh]")
    assert refresh["content"] == "0; url=../guide/first.html"
    script = built.one("old/first", "script")
    assert (built.output / "old" / str(script["src"])).resolve().is_file()
    assert script["data-to"] == "../guide/first.html"
    assert json.loads(str(script["data-anchors"])) == {"away": "../guide/deep/page.html#there"}
    assert built.one("old/first", "link[rel=canonical]")["href"] == f"{BASE}guide/first.html"
    assert built.one("old/first", "meta[name=robots]")["content"] == "noindex"


def test_a_page_that_is_still_there_knows_its_former_sections(built: Built) -> None:
    script = built.one("index", "script[data-anchors]")
    assert json.loads(str(script["data-anchors"])) == {"former": "guide/first.html#now"}
    assert "data-to" not in script.attrs
    assert not built.page("guide/first").select("script[data-anchors]")


def test_it_is_neither_found_by_search_engines_nor_by_the_search(built: Built) -> None:
    assert "old/first" not in built.text("sitemap.xml")
    assert "old/first" not in built.text("searchindex.js")
    packs = [
        gzip.decompress(file.read_bytes()).decode() for file in built.output.glob("hub-search/*/pages/*")
    ]
    assert any("guide/first.html" in pack for pack in packs)
    assert not any("old/first" in pack for pack in packs)


def test_a_language_without_the_page_has_no_way_to_it(site: SmallSite, built: Built) -> None:
    assert not (built.output / "only-mainland.html").exists()
    assert site.build("en", "-W").clean().one("only-mainland", "a")["href"] == "guide/mainland.html"


def test_addresses_are_those_of_the_builder(site: SmallSite) -> None:
    built = site.build("en", "-W", builder="dirhtml").clean()
    assert built.one("old/first/index", "a")["href"] == "../../guide/first/"
    assert (
        (built.output / "old" / "first" / str(built.one("old/first/index", "script")["src"]))
        .resolve()
        .is_file()
    )


def test_a_second_build_is_as_a_fresh_one(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-pages")
    write(site, REDIRECTS)
    site.build("en", "-W").clean()
    write(site, "- from: other\n  to: guide/first\n- from: guide/first\n  anchors:\n    a: index#b\n")
    again = site.build("en", "-W").clean()
    fresh = site.build("en", "-W", name="fresh").clean()

    def pages(output: Path) -> dict[str, bytes]:
        return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*.html")}

    assert "old/first.html" not in pages(again.output)
    assert "other.html" in pages(again.output)
    assert pages(again.output) == pages(fresh.output)


def test_what_is_wrong_is_a_warning_with_its_line(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-pages")
    write(site, "- from: index\n  to: guide/first\n- from: gone\n  to: nowhere\n")
    built = site.build("en")
    assert [warning.partition(" (")[0].partition(":")[0] for warning in built.warnings]
    assert any("docs/_data/redirects.yaml:1: WARNING: ADR002" in warning for warning in built.warnings)
    assert any("docs/_data/redirects.yaml:4: WARNING: ADR003" in warning for warning in built.warnings)
    assert len(built.warnings) == 2
    assert all("[hub.redirects]" in warning for warning in built.warnings)
    assert not built.page("index").select("meta[http-equiv=refresh]")
