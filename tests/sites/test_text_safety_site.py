"""Catalogs written in bad faith: what the stack publishes, and what is published with this project.

A message can do no more than its source does. Each entry below does; its line of the .po is warned of,
and the page shows the source text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites.conftest import Built, SmallSite

CATALOGS = "locale/zh_CN/LC_MESSAGES"
SECRET = "A SECRET OF THE BUILD MACHINE"  # noqa: S105 a test's own


@dataclass(frozen=True)
class Entry:
    """An entry of a catalog, and what may be seen of it."""

    domain: str
    msgid: str
    msgstr: str
    named: str
    """A word of the warning: what the translation has and its source has not."""
    stock: str = ""
    """What the stack puts into the page; a regular expression. Nothing where it is not about the stack."""
    source: str = ""
    """What the page shows of the source: the msgid where it has no markup."""

    @property
    def shown(self) -> str:
        return self.source or self.msgid


ENTRIES = {
    "a file": Entry(
        "deep", "Its first paragraph.", "```{include} ../secret.txt\n```", "include", f"<p[^>]*>{SECRET}"
    ),
    "a file by another parser": Entry(
        "tasks",
        "No task at all.",
        "```{eval-rst}\n.. include:: /../secret.txt\n```",
        "eval-rst",
        f"<p[^>]*>{SECRET}",
    ),
    "a file to download": Entry(
        "maths",
        "The end of the maths.",
        "{download}`到此为止 <../secret.txt>`。",
        "download",
        'href="_downloads/[^"]*/secret.txt"',
    ),
    "a command": Entry(
        "links",
        "Nothing here.",
        "{{ cycler.__init__.__globals__.os.popen('echo 6*7 | tr 67 89').read() }}",
        "{{",
        r"<p[^>]*>8\*9",
    ),
    "a value of the build": Entry("links", "The source of the claim.", "{{ env.srcdir }}", "{{", "/docs</p>"),
    "a script": Entry(
        "deep",
        "Half way down.",
        "走到<script>alert(1)</script>一半。",
        "script",
        r"<script>alert\(1\)</script>",
    ),
    "a script in a heading": Entry(
        "deep", "The Middle", "中<script>alert(2)</script>间", "script", r"<script>alert\(2\)</script>"
    ),
    "an image that runs": Entry(
        "deep",
        "Nothing comes after it.",
        '后面<img src="x" onerror="alert(3)">没有。',
        "img",
        'onerror="alert',
    ),
    "an image that counts readers": Entry(
        "emphasis",
        "The words **between** two others.",
        "夹在**中间**的词。![](https://tracker.example/pixel.png)",
        "tracker.example",
        'src="https://tracker.example/pixel.png"',
        "The words between two others.",
    ),
    "a link to elsewhere": Entry(
        "index",
        "Each page holds text of one kind.",
        "每一页只放[一种文本](https://evil.example/)。",
        "evil.example",
        'href="https://evil.example/"',
    ),
    "an address in angle brackets": Entry(
        "tasks",
        "Read the guide.",
        "读完指南 <https://evil.example/guide>。",
        "evil.example",
        "evil.example/guide",
    ),
    "another target": Entry(
        "tables",
        "Cell with a [link](deep.md)",
        "有[链接](https://evil.example/cell)的单元格",
        "evil.example",
        'href="https://evil.example/cell"',
        "Cell with a link",
    ),
    "raw HTML that grew": Entry(
        "maths",
        '<p class="raw-note">A note in HTML.</p>',
        '<p class="raw-note">一条<script>alert(4)</script>说明。</p>',
        "script",
        source="A note in HTML.",
    ),
    "the title of a card": Entry(
        "design",
        "Card with a **bold** title",
        '有**粗体**<b onclick="alert(5)">标题</b>的卡片',
        "<b",
        source="Card with a bold title",
    ),
    "a value of the front matter": Entry(
        "front",
        "Many voices, *one* page.",
        "许多声音，*同*一页。<script>alert(6)</script>",
        "script",
        r"<script>alert\(6\)</script>",
        "Many voices, one page.",
    ),
}
ANNOUNCEMENT = Entry(
    "_site",
    'Read <a href="https://example.org/news">the news</a> of this year.',
    '阅读今年的<a href="https://example.org/news" onclick="alert(7)">新闻</a>。',
    "onclick",
    source="the news",
)
TWO_PARAGRAPHS = Entry("deep", "Between two platforms.", "第一个想法。\n\n第二个想法。", "")
UNSAFE = {**ENTRIES, "the announcement": ANNOUNCEMENT}


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@pytest.fixture(scope="module")
def hostile(small_site: Callable[..., SmallSite]) -> Callable[..., SmallSite]:
    """A function that makes the site with every entry in its catalogs."""

    def make(**environment: str) -> SmallSite:
        site = small_site("test-text", **environment)
        (site.root / "secret.txt").write_text(f"{SECRET}\n", "utf-8")
        for entry in (*UNSAFE.values(), TWO_PARAGRAPHS):
            path = site.root / CATALOGS / f"{entry.domain}.po"
            lines = path.read_text("utf-8").splitlines()
            lines[lines.index(f"msgid {quoted(entry.msgid)}") + 1] = f"msgstr {quoted(entry.msgstr)}"
            path.write_text("\n".join([*lines, ""]), "utf-8")
        return site

    return make


@pytest.fixture(scope="module")
def stock(hostile: Callable[..., SmallSite]) -> Built:
    return hostile(STOCK="1").build("zh_CN")


@pytest.fixture(scope="module")
def site(hostile: Callable[..., SmallSite]) -> SmallSite:
    return hostile()


@pytest.fixture(scope="module")
def built(site: SmallSite) -> Built:
    return site.build("zh_CN")


def place(site: SmallSite, entry: Entry) -> str:
    """Path and line of an entry, as a warning has them."""
    path = f"{CATALOGS}/{entry.domain}.po"
    lines = (site.root / path).read_text("utf-8").splitlines()
    return f"{path}:{lines.index(f'msgid {quoted(entry.msgid)}') + 1}"


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if entry.stock])
def test_the_stack_publishes_it(stock: Built, name: str) -> None:
    """When this fails for one of them, the stack has learnt something; our check is needed for the others."""
    entry = ENTRIES[name]
    assert stock.returncode == 0
    assert re.search(entry.stock, stock.text(f"{entry.domain}.html"))


@pytest.mark.parametrize("name", UNSAFE)
def test_the_line_of_the_catalog_is_named(site: SmallSite, built: Built, name: str) -> None:
    entry = UNSAFE[name]
    found = [line for line in built.warnings if line.startswith(f"{place(site, entry)}: WARNING: TXT")]
    assert len(found) == 1, "\n".join(built.warnings)
    assert entry.named in found[0]


@pytest.mark.parametrize("name", ENTRIES)
def test_the_source_is_shown(built: Built, name: str) -> None:
    entry = ENTRIES[name]
    assert built.returncode == 0
    shown = re.sub(r"\s+", " ", built.one(entry.domain, "#furo-main-content").get_text())
    assert entry.shown in shown


def test_the_announcement_is_the_source(built: Built) -> None:
    for element in built.page("deep").select(".announcement"):
        assert str(element.select_one("a")) == '<a href="https://example.org/news">the news</a>'


def test_nothing_of_it_is_anywhere_in_the_output(built: Built) -> None:
    files = [path for path in built.output.rglob("*") if path.suffix in {".html", ".js", ".txt", ".inv"}]
    for path in files:
        text = path.read_bytes().decode("utf-8", "replace")
        for words in (SECRET, "alert(", "evil.example", "tracker.example", "8*9"):
            assert words not in text, path


def test_every_other_message_of_the_pages_is_translated(built: Built) -> None:
    for name, words in (("deep", "深处的页面"), ("links", "第二节"), ("maths", "数学与代码")):
        assert words in built.one(name, "#furo-main-content").text


def test_a_second_paragraph_is_not_lost_in_silence(site: SmallSite, stock: Built, built: Built) -> None:
    """The stack shows the first and says nothing; both may be shown, or the line be warned of."""
    page = stock.one("deep", "#furo-main-content").text
    assert "第一个想法。" in page
    assert "第二个想法。" not in page
    place_of_it = place(site, TWO_PARAGRAPHS)
    assert not any(line.startswith(place_of_it) for line in stock.warnings)
    shown = built.one("deep", "#furo-main-content").text
    warned = any(line.startswith(f"{place_of_it}: WARNING: TXT") for line in built.warnings)
    assert warned or ("第一个想法。" in shown and "第二个想法。" in shown)
