"""What pages say of themselves to search engines and to those who show a link."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag

    from tests.sites.conftest import Built, SmallSite

BASE: Final = "https://hub.example.org"
PATHS: Final = {"en": "en", "zh_CN": "zh-cn", "zh_TW": "zh-tw"}
NAMESPACES: Final = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-pages")


@pytest.fixture(scope="module")
def built(site: SmallSite) -> dict[str, Built]:
    """The site in each language, with an address."""
    return {
        locale: site.build(locale, "-W", "-D", f"html_baseurl={BASE}/{path}/").clean()
        for locale, path in PATHS.items()
    }


def names(built: Built) -> list[str]:
    pages = (
        path.relative_to(built.output).with_suffix("").as_posix() for path in built.output.rglob("*.html")
    )
    return sorted(name for name in pages if name not in {"404", "search", "genindex"})


def languages(page: Tag) -> dict[str, str]:
    return {
        str(tag["hreflang"]): str(tag["href"])
        for tag in page.select("head link[rel=alternate][hreflang]:not([type])")
    }


def test_alternates_are_mutual_and_lead_to_pages(built: dict[str, Built]) -> None:
    seen = 0
    for locale, path in PATHS.items():
        for name in names(built[locale]):
            found = languages(built[locale].page(name))
            for tag, address in found.items():
                seen += 1
                other = next(key for key, part in PATHS.items() if address.startswith(f"{BASE}/{part}/"))
                target = address.removeprefix(f"{BASE}/{PATHS[other]}/").removesuffix(".html")
                assert target == name
                back = languages(built[other].page(target))
                assert f"{BASE}/{path}/{name}.html" in back.values(), (locale, name, tag)
    assert seen > 10


def test_a_page_that_is_not_translated_enough_asks_not_to_be_indexed(built: dict[str, Built]) -> None:
    robots = {
        locale: [
            name for name in names(built[locale]) if built[locale].page(name).select("meta[name=robots]")
        ]
        for locale in PATHS
    }
    assert robots["en"] == []
    listed = {locale: built[locale].text("sitemap.xml") for locale in PATHS}
    for locale, hidden in robots.items():
        for name in names(built[locale]):
            assert (f"/{PATHS[locale]}/{name}.html</loc>" in listed[locale]) == (name not in hidden)


def test_each_page_has_each_property_once_in_its_language(built: dict[str, Built]) -> None:
    for locale in PATHS:
        for name in names(built[locale]):
            page = built[locale].page(name)
            said = [str(tag["property"]) for tag in page.select("meta[property]")]
            once = [prop for prop in said if prop != "og:locale:alternate"]
            assert len(once) == len(set(once))
            title = page.select_one('meta[property="og:title"]')
            heading = page.select_one("h1")
            assert title is not None
            assert heading is not None
            assert str(title["content"]) == heading.get_text().rstrip("#¶")
            address = f"{BASE}/{PATHS[locale]}/{name}.html"
            assert [str(tag["content"]) for tag in page.select('meta[property="og:url"]')] == [address]
            assert [str(tag["href"]) for tag in page.select("link[rel=canonical]")] == [address]


def test_the_picture_of_a_page_is_there(built: dict[str, Built]) -> None:
    for locale, path in PATHS.items():
        for name in names(built[locale]):
            tag = built[locale].page(name).select_one('meta[property="og:image"]')
            assert tag is not None
            file = built[locale].output / str(tag["content"]).removeprefix(f"{BASE}/{path}/")
            with Image.open(file) as image:
                assert image.size == (1200, 630)


def test_the_sitemap_is_in_the_form_of_the_protocol(built: dict[str, Built]) -> None:
    root = ET.fromstring(built["zh_CN"].text("sitemap.xml"))  # noqa: S314 our own file
    rows = root.findall("s:url", NAMESPACES)
    assert rows
    for row in rows:
        loc = row.findtext("s:loc", namespaces=NAMESPACES)
        links = {link.get("hreflang"): link.get("href") for link in row.findall("x:link", NAMESPACES)}
        assert not links or (loc in links.values() and links["x-default"] == links["en"])


def test_structured_data_names_the_page_and_the_way_to_it(built: dict[str, Built]) -> None:
    page = built["zh_CN"].page("guide/deep/page")
    graph = [
        thing
        for script in page.select('script[type="application/ld+json"]')
        for thing in json.loads(script.get_text())["@graph"]
    ]
    assert [thing["inLanguage"] for thing in graph if "inLanguage" in thing] == ["zh-Hans"]
    trail = next(thing for thing in graph if thing["@type"] == "BreadcrumbList")["itemListElement"]
    assert [step["position"] for step in trail] == list(range(1, len(trail) + 1))
    assert trail[-1]["item"] == f"{BASE}/zh-cn/guide/deep/page.html"


def test_without_an_address_nothing_is_said_that_needs_one(site: SmallSite) -> None:
    page = site.build("zh_CN", "-W", name="nowhere").clean().page("guide/first")
    assert languages(page) == {}
    assert not page.select('meta[property="og:image"], meta[property="og:url"], link[rel=canonical]')
    assert page.select('meta[property="og:title"]')


def test_a_preview_is_not_indexed_and_names_no_other_language(site: SmallSite) -> None:
    environment = {"READTHEDOCS": "True", "READTHEDOCS_VERSION_TYPE": "external"}
    options = ("-W", "-D", f"html_baseurl={BASE}/zh-cn/42/")
    built = site.build("zh_CN", *options, environment=environment, name="preview").clean()
    page = built.page("guide/first")
    assert [str(tag["content"]) for tag in page.select("meta[name=robots]")] == ["noindex"]
    assert languages(page) == {}
    assert not (built.output / "sitemap.xml").exists()


def test_a_second_build_changes_no_byte(site: SmallSite, built: dict[str, Built]) -> None:
    output = built["zh_TW"].output
    before = {
        path: path.read_bytes() for path in output.rglob("*") if path.suffix in {".png", ".xml", ".html"}
    }
    times = {path: path.stat().st_mtime_ns for path in before if "_cards" in path.parts}
    site.build("zh_TW", "-W", "-E", "-D", f"html_baseurl={BASE}/zh-tw/").clean()
    assert {path: path.read_bytes() for path in before} == before
    assert {path: path.stat().st_mtime_ns for path in times} == times
