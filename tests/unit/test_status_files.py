"""The badge and the feed of a language: well formed, legible, and the same whenever nothing changed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from sphinx_hub.atom import atom
from sphinx_hub.catalogs.entries import Entry, State
from sphinx_hub.catalogs.outdated import header_days, outdated_days
from sphinx_hub.i18n import Hosting, relative_address
from sphinx_hub.pages.addresses import catalog_address, translation_address
from sphinx_hub.pages.badge import badge_svg
from sphinx_hub.pages.feed import Feed, FeedEntry, outdated_feed
from sphinx_hub.pages.status_files import _marked
from sphinx_hub.settings import Language, Settings

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
ATOM = "{http://www.w3.org/2005/Atom}"
CHINESE = Language(locale="zh_CN", path="zh-cn", tag="zh-Hans", name="简体中文")

ENTRY = FeedEntry(
    domain="guide/first",
    day="2026-11-20",
    title="First & <foremost>",
    summary="1 message",
    page="../guide/first.html",
    catalog="https://example.org/first.po",
    changes="<ul><li>a &amp; b</li></ul>",
)
FEED = Feed(
    site="https://example.org/small",
    locale="zh_CN",
    tag="zh-Hans",
    title="过时的译文",
    subtitle="页面",
    author="A & B",
    address="https://example.org/zh-cn/data/outdated.xml",
    home="https://example.org/zh-cn/",
    entries=[ENTRY, replace(ENTRY, domain="index", day="2026-11-24")],
)
EMPTY = replace(FEED, entries=[])
NAME = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def drawn(language: Language, percent: int, title: str = "Title") -> ET.Element:
    return ET.fromstring(badge_svg(language, percent, title))  # noqa: S314 made here


def test_a_badge_says_name_share_and_a_sentence_for_voices() -> None:
    svg = drawn(CHINESE, 98, "简体中文译文：98%")
    assert [text.text for text in svg.iter(f"{SVG}text")] == ["简体中文", "98%"]
    (title,) = svg.iter(f"{SVG}title")
    assert title.text == "简体中文译文：98%"
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", title.get("id"))


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("简体中文", 44, 44),
        ("繁體中文（台灣）", 88, 88),
        ("English", 30, 48),
        ("हिन्दी", 15, 44),
        ("x<&>", 14, 30),
    ],
)
def test_a_badge_is_as_wide_as_its_words(name: str, least: int, most: int) -> None:
    svg = drawn(replace(CHINESE, name=name), 100)
    texts, grounds = list(svg.iter(f"{SVG}text")), list(svg.iter(f"{SVG}rect"))[1:3]
    assert least <= int(str(texts[0].get("textLength"))) <= most
    assert int(str(svg.get("width"))) == sum(int(str(ground.get("width"))) for ground in grounds)
    start = 0
    for text, ground in zip(texts, grounds, strict=True):
        width, length = int(str(ground.get("width"))), int(str(text.get("textLength")))
        assert float(str(text.get("x"))) == start + width / 2
        assert 0 < length <= width - 10
        start += width


@pytest.mark.parametrize("percent", [0, 59, 60, 94, 95, 100])
def test_the_letters_of_a_badge_stand_out(percent: int) -> None:
    svg = drawn(CHINESE, percent)
    for ground in list(svg.iter(f"{SVG}rect"))[1:3]:
        assert 1.05 / (luminance(str(ground.get("fill"))) + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parsed(feed: Feed) -> ET.Element:
    return ET.fromstring(atom(outdated_feed(feed)))  # noqa: S314 made here


@pytest.mark.parametrize(
    "feed", [FEED, replace(FEED, entries=[]), replace(FEED, entries=[], day="2026-11-22")]
)
def test_a_feed_has_what_rfc_4287_requires(feed: Feed) -> None:
    root = parsed(feed)
    assert root.tag == f"{ATOM}feed"
    # 4.1.1: exactly one id, title and updated; an author, since the entries name none.
    for name in ("id", "title", "updated", "subtitle"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    assert [name.text for name in root.findall(f"{ATOM}author/{ATOM}name")] == ["A & B"]
    rels = [link.get("rel") for link in root.findall(f"{ATOM}link")]
    assert sorted(map(str, rels)) == ["alternate", "self"]
    for entry in root.findall(f"{ATOM}entry"):
        # 4.1.2
        for name in ("id", "title", "updated", "summary", "content"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
    names = [str(element.text) for element in root.iter(f"{ATOM}id")]
    assert len(set(names)) == len(names)
    assert all(map(NAME.fullmatch, names))
    for element in root.iter(f"{ATOM}updated"):
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", str(element.text))


def test_the_newest_entry_stands_first_and_dates_the_feed() -> None:
    root = parsed(FEED)
    assert [e.text for e in root.findall(f"{ATOM}entry/{ATOM}updated")] == [
        "2026-11-24T00:00:00Z",
        "2026-11-20T00:00:00Z",
    ]
    assert root.findtext(f"{ATOM}updated") == "2026-11-24T00:00:00Z"
    assert (
        parsed(replace(FEED, entries=[], day="2026-11-22")).findtext(f"{ATOM}updated")
        == "2026-11-22T00:00:00Z"
    )


def test_the_names_of_entries_outlive_a_move_of_the_site_and_new_titles() -> None:
    moved = replace(
        FEED,
        address="https://elsewhere.example/data/outdated.xml",
        title="Other",
        entries=[replace(entry, page="https://elsewhere.example/", title="Other") for entry in FEED.entries],
    )
    assert ids(moved) == ids(FEED)
    assert ids(replace(FEED, locale="zh_TW")).isdisjoint(ids(FEED))
    days = [replace(FEED, entries=[replace(ENTRY, day=day)]) for day in ("2026-11-20", "2026-11-21")]
    assert ids(days[0]) != ids(days[1])


def ids(feed: Feed) -> set[str]:
    return {str(element.text) for element in parsed(feed).iter(f"{ATOM}id")}


def test_texts_are_escaped_and_what_xml_cannot_hold_is_left_out() -> None:
    entry = replace(ENTRY, title="a\x08<b>\ufffe", catalog='https://example.org/?a="1"&b=2', page="")
    (found,) = parsed(replace(FEED, entries=[entry], address="")).findall(f"{ATOM}entry")
    assert found.findtext(f"{ATOM}title") == "a<b>"
    assert found.findtext(f"{ATOM}content") == "<ul><li>a &amp; b</li></ul>"
    assert [(link.get("rel"), link.get("href")) for link in found.findall(f"{ATOM}link")] == [
        ("related", 'https://example.org/?a="1"&b=2')
    ]


def outdated(msgid: str, since: str) -> Entry:
    return Entry(msgid=msgid, msgstr="译", state=State.OUTDATED, previous="before", since=since)


def test_messages_go_to_the_day_on_which_their_source_changed() -> None:
    entries = [
        outdated("a", "2026-11-02"),
        outdated("b", "2026-11-01"),
        outdated("c", "2026-11-02"),
        outdated("d", ""),
        Entry(msgid="e", msgstr="译", state=State.CURRENT),
    ]
    days = outdated_days("index", entries, "2026-10-31")
    assert [(day.day, [entry.msgid for entry in day.entries]) for day in days] == [
        ("2026-10-31", ["d"]),
        ("2026-11-01", ["b"]),
        ("2026-11-02", ["a", "c"]),
    ]
    assert [day.day for day in outdated_days("index", entries, "")] == ["2026-11-01", "2026-11-02"]


def test_the_days_of_a_header_are_found_where_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    head = [
        'msgid ""',
        'msgstr ""',
        r'"POT-Creation-Date: 2026-11-22 05:34+0000\n"',
        r'"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\n"',
    ]
    entry = ["", 'msgid "x"', 'msgstr ""', '"PO-Revision-Date: 2020-01-01"', ""]
    path.write_text("\n".join([*head, *entry]), "utf-8")
    assert header_days(path) == ("2026-11-22", "")
    assert header_days(tmp_path / "none.po") == ("", "")


@pytest.mark.parametrize(
    ("uri", "language", "version", "address"),
    [
        ("guide/status.html", "zh-cn", "", "../../zh-cn/data/outdated.xml"),
        ("guide/status/", "zh-cn", "latest", "../../../../zh-cn/latest/data/outdated.xml"),
        ("guide/status/", "en", "latest", "../../data/outdated.xml"),
        ("status.html", "en", "", "data/outdated.xml"),
    ],
)
def test_files_of_a_language_are_found_from_any_page(
    uri: str, language: str, version: str, address: str
) -> None:
    languages = {"zh-cn": CHINESE, "en": Language(locale="en", path="en", tag="en", name="English")}
    hosting = Hosting(version=version)
    found = relative_address(
        uri, "data/outdated.xml", current=languages["en"], language=languages[language], hosting=hosting
    )
    assert found == address


def test_a_page_that_links_to_itself_has_an_address() -> None:
    for uri, address in (("guide/status.html", "status.html"), ("guide/status/", "./")):
        assert relative_address(uri, uri, current=CHINESE, language=CHINESE, hosting=Hosting()) == address


def test_names_of_catalogs_are_written_as_addresses_have_them(tmp_path: Path) -> None:
    settings = Settings(
        root=tmp_path,
        repository="https://example.org/a/",
        translate="https://w.example.org/{domain}/{locale}/",
    )
    assert catalog_address(settings, CHINESE, 'a "b"') == (
        "https://example.org/a/blob/main/locale/zh_CN/LC_MESSAGES/a%20%22b%22.po"
    )
    assert translation_address(settings, CHINESE, "guide/a b") == "https://w.example.org/guide/a%20b/zh_CN/"


def test_what_changed_is_escaped_and_never_stalls_the_build() -> None:
    entry = Entry(msgid="a <b> c", msgstr="译", state=State.OUTDATED, previous="a <i> c")
    assert _marked(entry) == "a &lt;<del>i</del><ins>b</ins>&gt; c"
    long = replace(entry, previous="x " * 500_000)
    assert _marked(long) == "a &lt;b&gt; c…"
