"""The page about the state of the translations, its badge and its feed, as a small site builds them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bs4 import Tag

    from tests.sites.conftest import Built, SmallSite

ATOM = "{http://www.w3.org/2005/Atom}"
#: Half of the messages of each page: the text that it has, and what it is changed to.
HALF = {
    "docs/index.md": ["A site in three languages.", "Volunteers translate every page of it."],
    "docs/guide/first.md": ["Open the file and read it.", "Change one word of the second sentence."],
    "docs/guide/second.md": ["Wait for a reviewer to answer you.", "Thank the reviewer when all is done."],
    "docs/status.md": ["Every language and every page of it."],
}
PAGES = ("index", "guide/first", "guide/second", "status")


def hub(site: SmallSite, *arguments: str, **environment: str) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("READTHEDOCS")}
    run = subprocess.run(
        [sys.executable, "-m", "sphinx_hub.cli", *arguments],
        cwd=site.root,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def po(site: SmallSite, domain: str, locale: str = "zh_CN") -> Path:
    return site.root / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"


@pytest.fixture(scope="module")
def complete(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-status")


@pytest.fixture(scope="module")
def half(small_site: Callable[..., SmallSite]) -> SmallSite:
    """The small site after half of its texts were changed on 20 November, and the catalogs updated."""
    site = small_site("test-status")
    for path, texts in HALF.items():
        for text in texts:
            site.edit(path, text, f"{text[:-1]} now.")
    hub(site, "update", "zh_CN", SOURCE_DATE_EPOCH="1795132800")
    return site


@pytest.fixture(scope="module")
def chinese(half: SmallSite) -> Built:
    return half.build("zh_CN", "-W", "--keep-going").clean()


def table_rows(section: Tag) -> dict[str, Tag]:
    """The rows of the tables of one language, by the address of their catalogs' pages or by their names."""
    found = {}
    for row in section.select("tbody tr"):
        head = row.select_one("th")
        assert head is not None
        link = head.select_one("a")
        found[str(link["href"]) if link else head.get_text(strip=True)] = row
    return found


def numbers(row: Tag) -> tuple[int, tuple[int, int, int], tuple[int, int, int]]:
    """Percent, messages and words of a row: current, outdated, untranslated."""
    share, *cells = row.select("td")[:4]
    percent = re.search(r"\d+", share.get_text())
    assert percent
    found = [re.findall(r"\d+", re.sub(r"\d{4}-\d\d-\d\d", "", cell.get_text(" "))) for cell in cells]
    messages = tuple(int(each[0]) for each in found)
    words = tuple(int(each[1]) if len(each) > 1 else 0 for each in found)
    return int(percent[0]), messages, words  # type: ignore[return-value]


def json_numbers(row: dict[str, Any]) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    states = ("current", "outdated", "untranslated")
    return (
        row["percent"],
        tuple(row["messages"][state] for state in states),
        tuple(row["words"][state] for state in states),
    )


def test_a_language_that_is_half_outdated_has_the_same_figures_everywhere(
    half: SmallSite, chinese: Built
) -> None:
    (data,) = json.loads(hub(half, "status", "zh_CN", "--format", "json"))["languages"]
    assert data["messages"] == {"total": 15, "current": 8, "outdated": 7, "untranslated": 0}
    by_json = {row["domain"]: json_numbers(row) for row in data["catalogs"]}

    # The table on the terminal, in messages and in words.
    for unit, position in (("messages", 1), ("words", 2)):
        lines = [line.split() for line in hub(half, "status", "zh_CN", "--all", "--by", unit).splitlines()]
        by_table = {
            line[0]: (int(line[1]), tuple(map(int, line[3:6]))) for line in lines if line[2:3] == ["%"]
        }
        assert by_table.pop("zh_CN") == (json_numbers(data)[0], json_numbers(data)[position])
        assert by_table == {domain: (figures[0], figures[position]) for domain, figures in by_json.items()}

    # The page in the site.
    whole = chinese.one("status", "table:has(a[href='#status-zh-cn'])")
    assert numbers(table_rows(whole)["#status-zh-cn"]) == json_numbers(data)
    section = chinese.one("status", "#status-zh-cn")
    shown = table_rows(section)
    assert set(shown) == {"index.html", "guide/first.html", "guide/second.html", "status.html", "_site"}
    for name, row in shown.items():
        assert numbers(row) == by_json[name.removesuffix(".html")], name
        assert "消息目录更新之后" not in row.get_text()

    # The notes on the pages.
    for name in PAGES:
        note = chinese.one(name, "aside.hub-notice").get_text()
        percent, (_current, outdated, _untranslated), _words = by_json[name]
        assert f"占 {percent}%" in note, name
        assert f"{outdated} 处译文落后于原文" in note, name
        assert "2026-11-20" in note

    # Gettext.
    if shutil.which("msgfmt"):
        for domain, (_percent, messages, _words) in by_json.items():
            assert msgfmt(po(half, domain)) == messages, domain


def msgfmt(path: Path) -> tuple[int, ...]:
    run = subprocess.run(
        ["msgfmt", "--statistics", "-o", os.devnull, str(path)],
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = dict(reversed(each) for each in re.findall(r"(\d+) (translated|fuzzy|untranslated)", run.stderr))
    return tuple(int(found.get(kind, 0)) for kind in ("translated", "fuzzy", "untranslated"))


def test_the_page_shows_every_language_with_links_to_page_and_catalog(chinese: Built) -> None:
    page = chinese.page("status")
    sections = {str(section["id"]): section for section in page.select("details.hub-status-language")}
    assert list(sections) == ["status-en", "status-zh-cn", "status-zh-tw"]
    assert [key for key, section in sections.items() if section.has_attr("open")] == ["status-zh-cn"]
    taiwan = table_rows(sections["status-zh-tw"])
    assert set(taiwan) == {
        "_site", "../zh-tw/index.html", "../zh-tw/guide/first.html", "../zh-tw/native.html",
        "../zh-tw/status.html",
    }  # fmt: skip
    place = "https://example.org/small/site/blob/main/locale/zh_TW/LC_MESSAGES/index.po"
    assert [link["href"] for link in taiwan["../zh-tw/index.html"].select("td a")] == [place]
    # No link leads to a catalog that is not there yet.
    first = taiwan["../zh-tw/guide/first.html"]
    assert not first.select("td a")
    assert "还没有消息目录" in first.get_text()
    assert numbers(first)[:2] == (0, (0, 0, 4))
    # The page that is written in Chinese waits for English.
    assert list(table_rows(sections["status-en"])) == ["../en/native.html"]


def test_what_to_take_next_stands_on_top_and_what_is_complete_below(chinese: Built) -> None:
    section = chinese.one("status", "#status-zh-cn")
    first, second = section.select("table")
    assert list(table_rows(first)) == ["index.html", "status.html", "guide/first.html", "guide/second.html"]
    assert list(table_rows(second)) == ["_site"]
    assert second.find_parent("details") is not section
    assert [link["href"] for link in section.select("li a")] == [
        "status.html",
        "index.html",
        "guide/first.html",
    ]


def test_voices_are_told_what_a_table_is_about(chinese: Built) -> None:
    page = chinese.page("status")
    tables = page.select("table.hub-status-table")
    assert len(tables) >= 4
    for table in tables:
        assert table.select_one("caption")
        assert {head["scope"] for head in table.select("thead th")} == {"col"}
        assert {head["scope"] for head in table.select("tbody th")} == {"row"}
        assert all(bar["aria-hidden"] == "true" for bar in table.select("td .hub-status-bar"))
    labels = [link["aria-label"] for link in page.select("#status-zh-cn td a")]
    assert "“第一步”的消息目录" in labels
    assert len(set(labels)) == len(labels)
    names = {span.get_text(): span["lang"] for span in page.select(".hub-status [lang][dir]")}
    assert names == {"English": "en", "简体中文": "zh-Hans", "繁體中文": "zh-Hant"}


def test_bars_are_as_long_as_the_figures_say(chinese: Built) -> None:
    for row in chinese.page("status").select(".hub-status-table tbody tr"):
        percent = numbers(row)[0]
        styles = [str(part["style"]) for part in row.select(".hub-status-bar > span")]
        current, outdated = (int(re.findall(r"\d+", style)[0]) for style in styles)
        assert current == percent
        assert current + outdated <= 100


def test_search_passes_over_the_tables(chinese: Built) -> None:
    index = chinese.text("searchindex.js")
    assert "msgfmt" not in index
    assert chinese.one("status", ".hub-status")["class"] == ["hub-status", "no-search"]


def test_only_the_page_itself_asks_for_its_styles_and_names_the_feeds(chinese: Built) -> None:
    assert "status.css" in chinese.text("status.html")
    assert "status.css" not in chinese.text("index.html")
    feeds = chinese.page("status").select('link[rel=alternate][type="application/atom+xml"]')
    assert [(feed["href"], feed["hreflang"]) for feed in feeds] == [
        ("../en/data/outdated.xml", "en"),
        ("data/outdated.xml", "zh-Hans"),
        ("../zh-tw/data/outdated.xml", "zh-Hant"),
    ]


def test_the_place_of_translating_on_the_web_is_linked_beside_the_catalog(
    small_site: Callable[..., SmallSite],
) -> None:
    site = small_site("test-status")
    web = "https://weblate.example.org/translate/small/{domain}/{locale}/"
    site.edit("pyproject.toml", "[tool.sphinx-hub]\n", f'[tool.sphinx-hub]\ntranslate = "{web}"\n')
    built = site.build("en", "-W").clean()
    row = table_rows(built.one("status", "#status-zh-cn"))["../zh-cn/guide/first.html"]
    assert [(link.get_text(), link["href"]) for link in row.select("td a")] == [
        ("Translate", "https://weblate.example.org/translate/small/guide/first/zh_CN/"),
        ("Catalog", "https://example.org/small/site/blob/main/locale/zh_CN/LC_MESSAGES/guide/first.po"),
    ]


def test_the_page_follows_every_catalog_and_is_not_read_anew(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-status")
    site.build("en", "-W").clean()
    again = site.build("en", "-W").clean()
    assert "status" not in again.written

    def figures(built: Built) -> tuple[int, int, int]:
        whole = built.one("status", "table:has(a[href='#status-zh-tw'])")
        return numbers(table_rows(whole)["#status-zh-tw"])[1]

    assert figures(again) == (6, 0, 7)
    site.edit("locale/zh_TW/LC_MESSAGES/index.po", 'msgstr "歡迎"', 'msgstr ""')
    changed = site.build("en", "-W").clean()
    assert changed.read == set()
    assert "status" in changed.written
    assert figures(changed) == (5, 0, 8)

    shutil.copy(po(site, "guide/first"), po(site, "guide/first", "zh_TW"))
    assert figures(site.build("en", "-W").clean()) == (9, 0, 4)
    po(site, "guide/first", "zh_TW").unlink()
    assert figures(site.build("en", "-W").clean()) == (5, 0, 8)


def test_a_page_that_changed_since_the_last_update_says_so(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-status")
    site.build("zh_CN", "-W").clean()
    site.edit("docs/guide/first.md", "Open the file and read it.", "Open the file and read it all.")
    with (site.root / "docs" / "guide" / "new.md").open("w", encoding="utf-8") as file:
        file.write("# A new page\n\nNobody has made a catalog of it.\n")
    built = site.build("zh_CN", "-W").clean()
    section = built.one("status", "#status-zh-cn")
    row = table_rows(section)["guide/first.html"]
    assert numbers(row)[1] == (4, 0, 0)
    assert "消息目录更新之后，页面又有改动：与原文同步的占 70%。" in row.get_text()
    assert "占 70%" in built.one("guide/first", "aside.hub-notice").get_text()
    assert [link["href"] for link in section.select("li a")] == ["guide/new.html"]
    hub(site, "update", "zh_CN")
    row = table_rows(site.build("zh_CN", "-W").clean().one("status", "#status-zh-cn"))["guide/first.html"]
    assert numbers(row)[:2] == (70, (3, 1, 0))
    assert "消息目录更新之后" not in row.get_text()


def test_what_is_wrong_with_page_views_is_a_warning_with_its_place(
    small_site: Callable[..., SmallSite],
) -> None:
    site = small_site("test-status")
    site.edit("pyproject.toml", "[tool.sphinx-hub]\n", '[tool.sphinx-hub]\nviews = "views.csv"\n')
    (site.root / "views.csv").write_text("page,views\nguide/first,9\nindex,many\n", "utf-8")
    built = site.build("zh_TW")
    assert [line for line in built.warnings if "views.csv:3: WARNING: STA002" in line] == list(built.warnings)
    (site.root / "views.csv").write_text("page,views\nguide/first,9\n", "utf-8")
    section = site.build("zh_TW", "-W").clean().one("status", "#status-zh-tw")
    assert next(iter(table_rows(section.select("table")[0]))) == "guide/first.html"
    assert "閱讀 9 次" in section.get_text()


@pytest.mark.parametrize(("builder", "suffix"), [("text", "txt"), ("latex", "tex"), ("man", "1")])
def test_builders_without_styles_show_a_plain_table(half: SmallSite, builder: str, suffix: str) -> None:
    built = half.build("zh_CN", "-W", builder=builder).clean()
    text = max((path.read_text("utf-8") for path in built.output.glob(f"*.{suffix}")), key=len)
    assert "简体中文" in text
    assert "未翻译" in text
    # One word of fourteen.
    assert re.search(r"欢迎.{1,200}\b7\\?%", text, re.DOTALL)


@pytest.mark.parametrize(("builder", "page"), [("dirhtml", "status/index"), ("singlehtml", "index")])
def test_links_hold_under_builders_with_other_addresses(half: SmallSite, builder: str, page: str) -> None:
    built = half.build("zh_CN", "-W", builder=builder).clean()
    assert (built.output / "data" / "translation.svg").is_file()
    links = [str(link["href"]) for link in built.page(page).select("#status-zh-cn a[href]")]
    places = [(built.output / f"{page}.html").parent / link for link in links if ":" not in link]
    assert places
    for place in places:
        assert place.exists(), place


def test_the_tables_hold_no_message_for_translators(half: SmallSite) -> None:
    built = half.build("en", builder="gettext").clean()
    template = built.text("status.pot")
    assert len(re.findall(r'^msgid "[^"]', template, re.MULTILINE)) == 2


def test_pages_read_by_several_processes_are_the_same(half: SmallSite, chinese: Built) -> None:
    parallel = half.build("zh_CN", "-W", "-j", "2", name="parallel").clean()
    assert parallel.text("status.html") == chinese.text("status.html")
    assert parallel.text("data/outdated.xml") == chinese.text("data/outdated.xml")


# ---- what changed since ----


def git(site: SmallSite, *arguments: str, day: str) -> None:
    who = {"NAME": "A", "EMAIL": "a@example.org", "DATE": day}
    named = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    subprocess.run(
        ["git", "-c", "commit.gpgsign=false", *arguments],
        cwd=site.root,
        env={**os.environ, **named},
        check=True,
        capture_output=True,
    )


def test_the_page_shows_what_changed_since_a_day(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-status", SOURCE_DATE_EPOCH="1795132800")  # 20 November 2026
    site.edit("docs/status.md", "{translation-status}\n", "{translation-status}\n:since: 10 days\n")
    without = site.build("zh_CN", "-W", environment={"GIT_CEILING_DIRECTORIES": str(site.root.parent)})
    assert "以来的增减" not in without.clean().text("status.html")

    git(site, "init", "-q", day="")
    git(site, "add", "docs", "locale", "pyproject.toml", "conf.py", day="")
    git(site, "commit", "-q", "-m", "first", day="2026-11-02T12:00:00Z")
    site.edit("locale/zh_TW/LC_MESSAGES/index.po", 'msgstr "歡迎"', 'msgstr ""')
    built = site.build("zh_CN", "-W").clean()
    assert "括号内为 2026-11-10 以来的增减。" in built.one("status", ".hub-status").get_text()
    row = table_rows(built.one("status", "#status-zh-tw"))["../zh-tw/index.html"]
    cells = [" ".join(cell.get_text().split()) for cell in row.select("td")[1:4]]
    assert cells == ["1 (-1) 5 词", "0", "2 (+1) 7 词"]

    # Two weeks later nothing has changed for ten days.
    git(site, "commit", "-q", "-a", "-m", "second", day="2026-11-20T12:00:00Z")
    later = site.build("zh_CN", "-W", environment={"SOURCE_DATE_EPOCH": "1796342400"}).clean()
    assert not later.page("status").select(".hub-status-change")


def test_a_day_that_does_not_exist_is_a_warning_of_the_page(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-status")
    git(site, "init", "-q", day="")
    site.edit("docs/status.md", "{translation-status}\n", "{translation-status}\n:since: 2026-02-30\n")
    built = site.build("en")
    assert built.warnings == (
        "docs/status.md: WARNING: translation-status: there is no day 2026-02-30 [hub.status]",
    )


# ---- the feed and the badge ----


def feed_of(built: Built) -> ET.Element:
    return ET.fromstring(built.text("data/outdated.xml"))  # noqa: S314 made here


def test_the_feed_tells_what_went_out_of_date_and_when(chinese: Built) -> None:
    feed = feed_of(chinese)
    assert feed.findtext(f"{ATOM}updated") == "2026-11-20T00:00:00Z"
    entries = {str(entry.findtext(f"{ATOM}title")): entry for entry in feed.findall(f"{ATOM}entry")}
    assert set(entries) == {"第一步", "第二步", "欢迎", "翻译状态"}
    first = entries["第一步"]
    assert first.findtext(f"{ATOM}summary") == "2 条消息（15 词）的原文有改动。"
    assert "read it<ins> now</ins>." in str(first.findtext(f"{ATOM}content"))
    links = {link.get("rel"): link.get("href") for link in first.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "../guide/first.html",
        "related": "https://example.org/small/site/blob/main/locale/zh_CN/LC_MESSAGES/guide/first.po",
    }


def test_the_feed_is_the_same_whenever_it_is_built(half: SmallSite, chinese: Built) -> None:
    later = half.build("zh_CN", name="later", environment={"SOURCE_DATE_EPOCH": "1900000000"}).clean()
    assert later.text("data/outdated.xml") == chinese.text("data/outdated.xml")
    assert later.text("data/translation.svg") == chinese.text("data/translation.svg")


def test_where_the_address_of_the_site_is_known_links_are_whole(half: SmallSite, chinese: Built) -> None:
    base = "https://small.example.org/zh-cn/latest"
    built = half.build("zh_CN", "-D", f"html_baseurl={base}", name="baseurl").clean()
    feed = feed_of(built)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{base}/data/outdated.xml", "alternate": f"{base}/index.html"}
    pages = [link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link[@rel='alternate']")]
    assert f"{base}/guide/first.html" in pages
    names = [element.text for element in feed.iter(f"{ATOM}id")]
    assert names == [element.text for element in feed_of(chinese).iter(f"{ATOM}id")]


def test_a_language_that_is_complete_has_an_empty_feed_and_a_badge_of_100(complete: SmallSite) -> None:
    built = complete.build("zh_CN", "-W").clean()
    assert feed_of(built).findall(f"{ATOM}entry") == []
    assert ">100%</text>" in built.text("data/translation.svg")
    section = built.one("status", "#status-zh-cn")
    assert len(section.select("table")) == 1
    assert not section.select("li")


def test_the_badge_says_the_same_share_as_the_page(chinese: Built) -> None:
    whole = chinese.one("status", "table:has(a[href='#status-zh-cn'])")
    percent = numbers(table_rows(whole)["#status-zh-cn"])[0]
    assert f">{percent}%</text>" in chinese.text("data/translation.svg")


def test_a_preview_links_to_no_site_beside_it(half: SmallSite) -> None:
    built = half.build(
        "zh_CN",
        name="preview",
        environment={
            "READTHEDOCS": "True",
            "READTHEDOCS_VERSION_TYPE": "external",
            "READTHEDOCS_LANGUAGE": "zh-cn",
        },
    ).clean()
    assert not [link for link in built.page("status").select(".hub-status a") if "../" in str(link["href"])]


def test_a_language_without_anything_to_translate_has_neither(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-status")
    site.build("en", "-W").clean()
    (site.root / "docs" / "native.md").unlink()
    po(site, "native", "zh_TW").unlink()
    site.edit("docs/index.md", "native\n", "")
    built = site.build("en", "-W").clean()
    assert not list((built.output / "data").iterdir())
    assert "status-en" not in built.text("status.html")
