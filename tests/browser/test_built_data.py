"""What programs read of the published site: feeds, the sitemaps, and schema.org."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
#: What a thing of each type must say, here or for a search engine to show it; a type that is not listed is an
#: error, so that a new one gets its line. https://developers.google.com/search/docs/appearance/structured-data
REQUIRED = {
    "BlogPosting": {"author", "headline", "datePublished", "dateModified", "inLanguage", "url"},
    "BreadcrumbList": {"itemListElement"},
    "CreativeWork": {"name", "url"},
    "EducationEvent": {"name", "startDate"},
    "Event": {"name", "startDate"},
    "ListItem": {"position", "name", "item"},
    "Organization": {"name"},
    "Person": {"name"},
    "Place": {"name"},
    "ScholarlyArticle": {"url"},
    "SoftwareApplication": {"name", "url"},
    "WebPage": {"inLanguage", "url"},
    "WebSite": {"name", "url", "inLanguage"},
}
DATES = {"datePublished", "dateModified", "startDate", "endDate"}
ADDRESSES = {"@id", "url", "item", "sameAs", "eventAttendanceMode"}


def test_every_feed_follows_the_grammar(published_site: Path, checked_feed: Callable[[bytes], Any]) -> None:
    feeds = [
        path for path in published_site.rglob("*.xml") if b"http://www.w3.org/2005/Atom" in path.read_bytes()
    ]
    assert len(feeds) > 3
    for path in feeds:
        checked_feed(path.read_bytes())


def test_every_sitemap_follows_the_protocol(published_site: Path) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    sitemaps = list(published_site.rglob("sitemap*.xml"))
    assert len(sitemaps) >= 3
    for path in sitemaps:
        assert schema.validate(etree.parse(path)), f"{path}: {schema.error_log}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://a.example/</loc>", "index.html</loc>"),
        ("https://a.example/</loc>", "https://a.example/微调</loc>"),
        ("</loc>", "</loc><lastmod>26.11.2026</lastmod>"),
        ("zh-Hans", "zh_CN"),
        ('rel="alternate" ', ""),
        ("<url>", "<url><loc>https://a.example/</loc></url><url>"),
    ],
)
def test_a_wrong_sitemap_is_found(old: str, new: str) -> None:
    good = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:x="http://www.w3.org/1999/xhtml">'
        "<url><loc>https://a.example/</loc>"
        '<x:link rel="alternate" hreflang="zh-Hans" href="https://a.example/zh/"/></url></urlset>'
    )
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    assert schema.validate(etree.fromstring(good)), schema.error_log
    assert not schema.validate(etree.fromstring(good.replace(old, new, 1)))


def things(data: object) -> Iterator[dict[str, Any]]:
    """Everything that has a type, wherever it stands."""
    if isinstance(data, list):
        for each in data:
            yield from things(each)
    elif isinstance(data, dict):
        if "@type" in data:
            yield data
        for value in data.values():
            yield from things(value)


def faults_of(thing: dict[str, Any], language: str) -> Iterator[str]:
    """What is wrong with one thing of a page in ``language``."""
    kind = thing["@type"]
    if kind not in REQUIRED:
        yield f"{kind}: say here what it needs"
    yield from (f"{kind} without {key}" for key in sorted(REQUIRED.get(kind, set()) - thing.keys()))
    yield from (f"{kind}: {key} is empty" for key, value in thing.items() if value in ("", [], {}, None))
    for key in DATES & thing.keys():
        if not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?", str(thing[key])):
            yield f"{kind}: {key} {thing[key]!r} is no date of ISO 8601"
    for key in ADDRESSES & thing.keys():
        values = thing[key] if isinstance(thing[key], list) else [thing[key]]
        yield from (
            f"{kind}: {key} {value!r} is no address"
            for value in values
            if not (isinstance(value, dict) or re.match("https?://", str(value)))
        )
    if thing.get("inLanguage", language) != language:
        yield f"{kind}: {thing['inLanguage']} on a page in {language}"
    if kind == "BreadcrumbList":
        places = [step["position"] for step in thing["itemListElement"]]
        if places != list(range(1, len(places) + 1)):
            yield f"{kind}: steps {places}"


def test_what_pages_say_in_the_terms_of_schema_org(published_site: Path) -> None:
    faults, seen = set(), set()
    for path in published_site.rglob("*.html"):
        tree = html.fromstring(path.read_bytes())
        for script in tree.xpath("//script[@type='application/ld+json']"):
            data = json.loads(script.text)
            assert data["@context"] == "https://schema.org"
            for thing in things(data):
                seen.add(thing["@type"])
                for fault in faults_of(thing, tree.get("lang")):
                    faults.add(f"{path.relative_to(published_site)}: {fault}")
    assert not faults, "\n".join(sorted(faults)[:40])
    assert {"WebSite", "WebPage", "BlogPosting", "BreadcrumbList", "Organization", "Event"} <= seen


def test_what_is_wrong_of_schema_org_is_found() -> None:
    thing = {
        "@type": "BlogPosting",
        "headline": "",
        "datePublished": "today",
        "url": "a.html",
        "inLanguage": "en",
    }
    assert sorted(faults_of(thing, "zh-Hans")) == [
        "BlogPosting without author",
        "BlogPosting without dateModified",
        "BlogPosting: datePublished 'today' is no date of ISO 8601",
        "BlogPosting: en on a page in zh-Hans",
        "BlogPosting: headline is empty",
        "BlogPosting: url 'a.html' is no address",
    ]
