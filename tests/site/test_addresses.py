"""The addresses of this site: what its pages say of each other, and that none of them gets lost."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from tests.conftest import PUBLISHED_AT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx_hub.settings import Settings

#: Pages that have no source, and say nothing of themselves.
MADE = {"404.html", "search.html", "hub-records.html"}
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def pages(site: Path, settings: Settings) -> Iterator[Path]:
    """Every page of every language."""
    for language in settings.languages:
        found = [
            path for path in sorted((site / language.path).rglob("*.html")) if "_static" not in path.parts
        ]
        assert len(found) > 25
        yield from found


def is_made(site: Path, path: Path) -> bool:
    """Whether a page has no source."""
    return "/".join(path.relative_to(site).parts[1:]) in MADE


def file_of(site: Path, address: str) -> Path:
    """The file at an address of the site."""
    address = urldefrag(address).url
    assert address.startswith(PUBLISHED_AT), address
    return site / unquote(address.removeprefix(PUBLISHED_AT))


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {
        str(tag["hreflang"]): str(tag["href"])
        for tag in page.select("head link[rel=alternate][hreflang]:not([type])")
    }


def test_the_languages_of_a_page_name_each_other(published_site: Path, settings: Settings) -> None:
    tags = {language.tag for language in settings.languages}
    for path in pages(published_site, settings):
        named = alternates(soup(path))
        if is_made(published_site, path):
            assert not named, path
            continue
        assert set(named) == {*tags, "x-default"}, path
        for tag, address in named.items():
            other = soup(file_of(published_site, address))
            assert alternates(other) == named, path
            assert other.html is not None
            assert tag in {other.html["lang"], "x-default"}, path


def test_every_address_that_a_head_names_is_there(published_site: Path, settings: Settings) -> None:
    seen = 0
    for path in pages(published_site, settings):
        page = soup(path)
        own = f"{PUBLISHED_AT}{path.relative_to(published_site).as_posix()}"
        canonical = [str(tag["href"]) for tag in page.select("link[rel=canonical]")]
        assert canonical == ([] if path.name == "404.html" else [own]), path
        urls = [str(tag["content"]) for tag in page.select('meta[property="og:url"]')]
        assert urls == ([] if is_made(published_site, path) else [own]), path
        pictures = [str(tag["content"]) for tag in page.select('meta[property="og:image"]')]
        for address in (*canonical, *urls, *pictures, *alternates(page).values()):
            seen += 1
            assert file_of(published_site, address).is_file(), f"{path}: {address}"
    assert seen > 500


def test_every_page_says_its_language_and_its_policy(published_site: Path, settings: Settings) -> None:
    for language in settings.languages:
        for path in pages(published_site, settings):
            if path.relative_to(published_site).parts[0] != language.path:
                continue
            html = soup(path).html
            assert html is not None
            assert (html["lang"], html["dir"]) == (language.tag, language.direction), path
            [policy] = soup(path).select("meta[http-equiv=Content-Security-Policy]")
            # Nothing that is not of the site itself.
            assert "://" not in str(policy["content"]), path
    for name in ("index.html", "404.html"):
        assert soup(published_site / name).select("meta[http-equiv=Content-Security-Policy]")


def test_the_sitemaps_have_every_page_and_nothing_else(published_site: Path, settings: Settings) -> None:
    robots = (published_site / "robots.txt").read_text("utf-8").splitlines()
    assert f"Sitemap: {PUBLISHED_AT}sitemap.xml" in robots
    index = ET.parse(published_site / "sitemap.xml").getroot()  # noqa: S314 our own file
    maps = [file_of(published_site, str(tag.text)) for tag in index.findall("s:sitemap/s:loc", NAMES)]
    assert maps == [published_site / language.path / "sitemap.xml" for language in settings.languages]
    for file in maps:
        rows = ET.parse(file).getroot().findall("s:url", NAMES)  # noqa: S314
        listed = {}
        for row in rows:
            own = file_of(published_site, str(row.findtext("s:loc", namespaces=NAMES)))
            assert own not in listed
            listed[own] = {
                str(link.get("hreflang")): str(link.get("href")) for link in row.findall("x:link", NAMES)
            }
        indexed = {
            path
            for path in file.parent.rglob("*.html")
            if "_static" not in path.parts
            and not is_made(published_site, path)
            and not soup(path).select("meta[name=robots][content*=noindex]")
        }
        assert set(listed) == indexed
        for path, links in listed.items():
            assert links == alternates(soup(path)), path


def graph(path: Path) -> list[dict[str, Any]]:
    """All that a page says in JSON-LD."""
    things: list[dict[str, Any]] = []
    for script in soup(path).select('script[type="application/ld+json"]'):
        data = json.loads(script.get_text())
        assert data["@context"] == "https://schema.org"
        things += data["@graph"]
    return things


def test_structured_data_says_what_a_page_is(published_site: Path, settings: Settings) -> None:
    for language in settings.languages:
        folder = published_site / language.path
        home = f"{PUBLISHED_AT}{language.path}/index.html"
        for path in pages(published_site, settings):
            if not path.is_relative_to(folder) or is_made(published_site, path):
                continue
            things = graph(path)
            name = path.relative_to(folder).as_posix()
            post = name.startswith("posts/") and not name.endswith("index.html")
            kind = "WebSite" if name == "index.html" else "BlogPosting" if post else "WebPage"
            [own] = [
                thing for thing in things if thing["@type"] == kind and thing.keys() & {"name", "headline"}
            ]
            assert own["inLanguage"] == language.tag
            assert own["url"] == f"{PUBLISHED_AT}{language.path}/{name}"
            if kind != "WebPage":
                assert own["publisher"]["@type"] == "Organization"
                assert own["publisher"]["url"] == home
                assert own["publisher"]["name"] in str(soup(path).title)
            if kind == "BlogPosting":
                header = soup(path).select_one(".hub-post-header")
                assert header is not None
                for author in own["author"]:
                    assert author["@type"] in {"Person", "Organization"}
                    assert author["name"] in header.get_text()
                    assert file_of(published_site, author["url"]).is_file()
            trails = [thing["itemListElement"] for thing in things if thing["@type"] == "BreadcrumbList"]
            assert len(trails) == (kind != "WebSite"), path
            for steps in trails:
                assert steps[0]["item"] == home
                assert steps[-1]["item"] == own["url"]
                assert all(file_of(published_site, step["item"]).is_file() for step in steps)
        partners = graph(folder / "community" / "partners.html")
        assert sum(thing["@type"] == "Organization" for thing in partners) > 3


def test_no_released_address_is_lost(built_site: Path, run_module: Callable[..., Any]) -> None:
    listed = (built_site / "docs" / "_data" / "anchors.txt").read_text("utf-8").splitlines()
    assert len(listed) > 1000
    result = run_module(built_site, "sphinx_hub.cli", "anchors")
    assert (result.returncode, result.stdout) == (0, ""), result.stdout


@pytest.mark.parametrize("lost", ["about/gone", "about/index"])
def test_an_address_that_is_lost_is_noticed(
    built_site: Path, run_module: Callable[..., Any], lost: str
) -> None:
    file = built_site / "docs" / "_data" / "anchors.txt"
    before = file.read_text("utf-8")
    file.write_text(f"{before}{lost}\n  never-there\n", "utf-8")
    try:
        result = run_module(built_site, "sphinx_hub.cli", "anchors")
    finally:
        file.write_text(before, "utf-8")
    assert result.returncode == 1
    assert "docs/_data/anchors.txt:" in result.stdout
    assert lost in result.stdout
