from __future__ import annotations

import random
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pytest
import yaml
from babel.messages import pofile
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from sphinx_hub.catalogs.link_targets import granted, link_key, refused_schemes
from sphinx_hub.catalogs.markup_safety import excess, maths_excess, paragraphs_of
from sphinx_hub.catalogs.text_safety import (
    Excess,
    bracket_depth,
    plain_excess,
    printable,
    size_excess,
    tag_key,
)

if TYPE_CHECKING:
    from types import FrameType

    from markdown_it import MarkdownIt

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
#: The extensions of this site.
SITE = frozenset(("attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist", "substitution"))
ALL = SITE | {
    "alert", "amsmath", "dollarmath", "gfm_autolink", "html_admonition", "html_image", "replacements",
    "section_ref", "smartquotes", "strikethrough", "tasklist",
}  # fmt: skip
GUIDE = "See [the guide](guide.md) for `code` and more."


class Payload(NamedTuple):
    id: str
    kind: str
    msgid: str
    msgstr: str
    plain: bool = False
    needs: tuple[str, ...] = ()


PAYLOADS = [Payload(**row) for row in yaml.safe_load((TESTS / "payloads.yaml").read_text("utf-8"))]


@cache
def parser(*extensions: str) -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions={*SITE, *extensions}), RendererHTML)


def kinds(msgid: str, msgstr: str, *extensions: str, rtl: bool = False) -> set[str]:
    return {found.kind for found in excess(msgid, msgstr, parser(*extensions), rtl=rtl)}


# ---- what must be found


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.id)
def test_payload_is_an_excess(payload: Payload) -> None:
    if payload.plain:
        found = plain_excess(payload.msgid, payload.msgstr)
    else:
        found = excess(payload.msgid, payload.msgstr, parser(*payload.needs))
    assert payload.kind in {one.kind for one in found}
    for one in found:
        assert one.what == printable(one.what)
        assert 0 < len(one.what) <= 60


def test_payloads_have_names_of_their_own_and_cover_every_kind() -> None:
    assert len({payload.id for payload in PAYLOADS}) == len(PAYLOADS) >= 130
    assert {payload.kind for payload in PAYLOADS} == {
        "attribute", "bidi", "block", "comment", "definition", "directive", "entity", "footnote", "html",
        "image", "invisible", "length", "link-host", "link-scheme", "link-target", "maths", "nesting",
        "placeholder", "role", "substitution", "target",
    }  # fmt: skip


@pytest.mark.parametrize(
    "payload", [payload for payload in PAYLOADS if not payload.plain], ids=lambda payload: payload.id
)
def test_payload_is_an_excess_with_every_extension_on(payload: Payload) -> None:
    assert excess(payload.msgid, payload.msgstr, parser(*ALL))


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.id)
def test_what_the_source_does_a_translation_may_do(payload: Payload) -> None:
    msgid = payload.msgstr
    assert excess(msgid, msgid, parser(*payload.needs)) == plain_excess(msgid, msgid) == ()
    # Another text than the source's, so that it is compared.
    assert plain_excess(f"x {msgid}", f"字 {msgid}") == ()
    assert excess(f"x\n\n{msgid}", f"字\n\n{msgid}", parser(*payload.needs)) == ()


# ---- what must pass


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        (GUIDE, "有关 `code` 等内容，请参见[指南](guide.md)。"),
        (GUIDE, "有关代码，请参见指南。"),
        (GUIDE, "参见[**指南**](guide.md '说明')，`代码` 与 `code`。"),
        (GUIDE, "第一行\n第二行[指南](guide.md)"),
        (GUIDE, "（见 [指南](guide.md)）——“引号”……《书名》【注】１００％"),
        (GUIDE, "a < b 且 c > d，A & B，R&D，3 * 4，5_000，~100，$5，50%，#1，{1, 2}，[x]，x^2"),
        (GUIDE, "1. 简介"),
        (GUIDE, "# 标题"),
        (GUIDE, "- 项目"),
        (GUIDE, "> 引文"),
        (GUIDE, "---"),
        (GUIDE, "    缩进"),
        (GUIDE, "| 甲 | 乙 |\n| -- | -- |\n| 丙 | 丁 |"),
        (GUIDE, "第一段[指南](guide.md)\n\n第二段`code`、[指南](guide.md)"),
        (f"{GUIDE}\n\nPress {{kbd}}`Ctrl`.", "按 {kbd}`Ctrl`，参见[指南](guide.md)。"),
        (GUIDE, "甲&nbsp;乙&mdash;丙&hellip;&copy;"),
        (GUIDE, r"\*不是强调\*，\>= 2.0，1\. 简介，\[方括号\]"),
        (GUIDE, "می\u200cخواهم \U0001f468\u200d\U0001f4bb ☎\ufe0f"),
        (GUIDE, "https://evil.example 只是文字，javascript: 也是。"),
        ("R&D and *more*", "R&amp;D 与*更多*"),
        ("A &lt;b&gt; tag", "标签 &lt;b&gt;"),
        ("A &lt; sign", "符号 &#60;"),
        # links
        ("[docs](https://docs.example.org/en/)", "[文档](https://docs.example.org/zh-cn/)"),
        ("[docs](https://docs.example.org/en/)", "[文档](HTTPS://Docs.Example.org:443/zh-cn/?a=1#节)"),
        ("[docs](https://docs.example.org/en/)", "<https://docs.example.org/en/>"),
        ("<https://docs.example.org/en/>", "[文档](https://docs.example.org)"),
        ("[docs](http://docs.example.org/en/)", "[文档](https://docs.example.org/zh-cn/)"),
        ("[docs](//docs.example.org/en/)", "[文档](//docs.example.org/zh-cn/)"),
        ("[docs](https://例子.example/)", "[文档](https://xn--fsqu00a.example/)"),
        ("[docs](http://[::1]:8000/)", "[文档](http://[::1]:8000/x)"),
        ("[us](mailto:hub@example.org)", "<hub@example.org>"),
        ("[a](#安装) [b](b.md#x)", "[乙](b.md#x) [甲](#%E5%AE%89%E8%A3%85)"),
        ("[a](inv:python:*:*#os) [b](project:b.md)", "[乙](project:b.md) [甲](inv:python:*:*#os)"),
        ("[a]: not a definition", "[甲]：不是定义"),
        # images
        ("![menu](img/menu.svg 'Menu')", "![菜单](img/menu.svg '菜单')"),
        ("![menu](img/menu.svg){.icon width=20px}", "![菜单](img/menu.svg){width=20px .icon}"),
        # roles
        ("See {ref}`x`.", "参见{ref}`标题 <x>`。"),
        ("See {ref}`title <x>`.", "参见{ref}`x`。"),
        ("See {ref}`a > b <x>`.", "参见{ref}`甲 > 乙 <x>`。"),
        ("See {ref}`x` and {doc}`y`.", "参见 {doc}`y` 和 {ref}`x`，{ref}`x`。"),
        ("See {py:func}`~a.b.c`.", "参见{py:func}`函数 <a.b.c>`。"),
        ("A {term}`token` is a {term}`word`.", "{term}`词元 <token>`是{term}`词`。"),
        ("Press {kbd}`Ctrl` {guilabel}`&Open`.", "按 {guilabel}`打开(&O)`，{kbd}`Ctrl`。"),
        ("A {abbr}`TOC (table of contents)`.", "{abbr}`TOC（目录）`。"),
        ("A {bdg-primary}`new` thing.", "{bdg-primary}`新`事物。"),
        (
            "See {numref}`Figure %s <loss>`.",
            "参见{numref}`图 %s <loss>`，{numref}`图 {number}：{name} <loss>`。",
        ),
        ("{download}`data <data.csv>`", "{download}`数据 <data.csv>`"),
        # HTML
        ("<kbd>Tab</kbd> moves on.", "按 <kbd>Tab</kbd>、<kbd>制表</kbd>"),
        ('<abbr title="table">T</abbr>', "<abbr title='目录' lang=zh>T</abbr>"),
        ('<abbr title="x" class="a">T</abbr>', '<abbr class="a" title="目录">T</abbr>'),
        ("a<br>b <br/>", "甲<br/>乙<BR>丙"),
        ("<b>x", "<b>字"),
        ("Count <script>f(1)</script> `<script>` x", "数 <script>f(1)</script> `<script>` 字"),
        # the rest
        ("{{ product }} is {{other}}.", "{{other}} 是 {{product}}。"),
        ("Most browsers[^browsers] do.", "大多数浏览器[^browsers]。"),
        ("`<script>` and `{{ x }}`", "`{{ y }}` 和 `<script>`、`$$`"),
        ("a\u200bb", "甲\u200b乙"),
        ("a&#8203;b", "甲\u200b乙"),
    ],
)
def test_right_translation_passes(msgid: str, msgstr: str) -> None:
    assert excess(msgid, msgstr, parser()) == ()


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        (r"The loss $\frac{a}{b}$ falls.", r"损失 $\frac{b}{a} + 1$ 下降。"),
        (r"The loss $\frac{a}{b}$ falls.", r"损失 {math}`\frac{a}{b}` 下降。"),
        (r"$\begin{cases}a\end{cases}$", r"$\begin{cases}a, b\end{cases}$"),
        ("Costs $5 to $10.", "花费 $5 到 $10。"),
    ],
)
def test_right_translation_of_maths_passes(msgid: str, msgstr: str) -> None:
    assert excess(msgid, msgstr, parser("dollarmath")) == ()


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("On this page", "本页"),
        ("A & B < C", "甲 & 乙 < 丙 > 丁"),
        ("Last updated on %(date)s by %(name)s", "%(name)s 更新于 %(date)s（%(date)s）"),
        ("%d of %s", "%d / %s"),
        ("100% sure", "100% 确定"),
        ("Half of it", "50%d"),
        ("%(n)s is 100%% sure", "%(n)s 有 100%% 的把握"),
        ("The file {path} has {n:.1f}", "有 {n:.1f} 的文件 {path}"),
        ("A set {1, 2}", "集合 {1、2}"),
        ("A set", "集合 {x}"),
        ("{} of {}", "{} / {}"),
        ('Made with <a href="%(url)s">Sphinx</a>', '由 <a href="%(url)s" lang="en">Sphinx</a> 制作'),
        ("A&nbsp;B", "甲&nbsp;乙"),
        ("{{ x }} of y", "y 的 {{ x }}"),
        ("<p>Words</p><script>f()</script>", "<script>f()</script><p lang=zh>字</p>"),
        ("x", "**字** `代码` [x](javascript:alert)"),
    ],
)
def test_right_translation_of_a_plain_text_passes(msgid: str, msgstr: str) -> None:
    assert plain_excess(msgid, msgstr) == ()


def test_no_translation_of_this_site_is_an_excess() -> None:
    seen = 0
    for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/**/*.po")):
        with path.open("rb") as file:
            messages = list(pofile.read_po(file))
        for message in messages:
            if not message.id or not message.string:
                continue
            assert isinstance(message.id, str)
            assert isinstance(message.string, str)
            assert (path, message.lineno, excess(message.id, message.string, parser())) == (
                path,
                message.lineno,
                (),
            )
            seen += 1
    assert seen > 1000


# ---- the page that a message stands on


def test_definitions_of_the_page_count_and_are_left_alone() -> None:
    references = {"G": {"title": "", "href": "guide.md"}, "E": {"title": "", "href": "https://evil.example/"}}
    env: dict[str, Any] = {"references": references, "relative-images": None}
    before = repr(env)
    assert excess("See [the guide][g].", "参见[指南][g]。", parser(), env) == ()
    assert excess("See [the guide][g].", "参见[指南](guide.md)。", parser(), env) == ()
    assert excess("See [the guide][g].", "参见[指南][e]。", parser(), env) == (
        Excess("link-host", "https://evil.example/"),
    )
    assert {one.kind for one in excess("See [g].", "参见 [g]。\n\n[g]: guide.md", parser(), env)} == {
        "definition"
    }
    assert {one.kind for one in excess("See [g].", "参见 [g]。\n\n[x]: guide.md", parser(), env)} == {
        "definition"
    }
    assert repr(env) == before


def test_a_message_that_is_itself_several_blocks_is_compared_by_its_own() -> None:
    msgid = "A note.\n\n```{note}\nText\n```\n\n(here)=\n## Title\n\n% comment\n"
    assert kinds(msgid, msgid.replace("A note.", "提示。").replace("Title", "标题")) == set()
    assert kinds(msgid, msgid.replace("Text", "{include} x")) == {"directive"}
    assert kinds(msgid, msgid.replace("(here)", "(there)")) == {"target"}
    assert kinds(msgid, msgid.replace("comment", "评论")) == {"comment"}


def test_paragraphs_are_what_stands_between_blank_lines() -> None:
    assert paragraphs_of(" a\nb\n \t\n\n  c\n") == ["a\nb", "c"]
    assert paragraphs_of(" \n\n") == []


def test_a_message_of_maths_may_use_the_macros_of_its_source() -> None:
    assert maths_excess(r"\frac{a}{b}", r"\frac{b}{a} + 1") == ()
    assert maths_excess("a", "a") == ()
    assert maths_excess("a", r"a` \href{javascript:alert(1)}{x}") == (Excess("maths", r"\href"),)
    assert maths_excess("a", "^^5cinput") == (Excess("maths", "^^"),)
    assert maths_excess("a", "b\u202e") == (Excess("bidi", "U+202E"),)
    assert [one.kind for one in maths_excess("a", "{" * 65)] == ["length"]


def test_an_unknown_kind_of_token_must_be_in_the_source() -> None:
    msgid = "See §1.2 for more."
    assert kinds(msgid, "参见 §1.2。", "section_ref") == set()
    assert kinds(msgid, "参见 §1.3。", "section_ref") == {"block"}


def test_marks_of_direction_pass_in_a_language_that_needs_them() -> None:
    for mark in "\u200e\u200f\u061c":
        assert kinds("Text", f"נוסח{mark}") == {"bidi"}
        assert kinds("Text", f"נוסח{mark}", rtl=True) == set()
        assert plain_excess("Text", f"נוסח{mark}", rtl=True) == ()
    assert kinds("Text", "נוסח\u202e", rtl=True) == {"bidi"}
    assert {one.kind for one in plain_excess("Text", "נוסח\u202e", rtl=True)} == {"bidi"}


def test_a_lone_surrogate_is_an_excess() -> None:
    assert kinds("Text", "字\ud800") == {"invisible"}
    assert plain_excess("Text", "字\ud800") == (Excess("invisible", "U+D800"),)


# ---- size, before anything is parsed


class NeverParses:
    def __getattr__(self, name: str) -> None:
        pytest.fail(f"asked for {name}")


@pytest.mark.parametrize(
    ("msgstr", "kind"),
    [
        ("字" * 1001, "length"),
        ("[" * 65, "length"),
        ("*a" * 65, "length"),
        ("\n" * 65, "length"),
        (" " * 64, "length"),
        ("\u3000" * 64, "length"),
        ("<" * 900, "length"),
        ("a\n\n" * 40, "length"),
        ("(" * 13, "nesting"),
        ("[({" * 5, "nesting"),
    ],
)
def test_what_is_too_long_or_too_deep_is_never_parsed(msgstr: str, kind: str) -> None:
    found = excess("A short text.", msgstr, cast("MarkdownIt", NeverParses()))
    assert [one.kind for one in found] == [kind]


def test_the_same_text_is_never_parsed() -> None:
    assert excess(GUIDE, GUIDE, cast("MarkdownIt", NeverParses())) == ()


def test_size_is_measured_against_the_source() -> None:
    source = "[a](b) " * 100
    assert size_excess(source, "[甲](b) " * 110) == ()
    assert size_excess("x" * 1000, "字" * 8400) == ()
    assert size_excess("x" * 1000, "字" * 8401) == (Excess("length", "8401 characters, at most 8400"),)
    assert size_excess("((((x))))", "(" * 16 + ")" * 16) == ()
    assert size_excess("x" + " " * 64, "字" + " " * 99) == ()


def test_depth_counts_brackets_that_are_open() -> None:
    assert bracket_depth("a (b [c {d}]) (e)") == 3
    assert bracket_depth(")))(") == 1
    assert bracket_depth("") == 0


#: Patterns on which Markdown parsers were slow: each is repeated as often as the bounds of size allow.
SLOW = (
    "[", "![", "[a](", "[[a]", "](", "*a ", "**a*", "_a_", "*a_ ", "`a``", "<a", "<a b=", "<!--",
    "<![CDATA[", "<?", "&#", "&a;", "\\", "> ", "- ", "1. ", "a\n", "a\n\n", "| a ", "{a}`", "{{ ",
    "{.a ", "[a]{", "$a$", "$$", "~~a", "www.a", "http://", "a@b.", "^[", "[^a]", ":a: ", ": a\n",
    "% a\n", "(a)=\n", "\\begin{a}", "<http:", "\t", "#",
)  # fmt: skip


def calls_of(msgid: str, msgstr: str, md: MarkdownIt) -> int:
    calls = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        excess(msgid, msgstr, md)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("pattern", SLOW)
def test_work_is_bounded_for_what_is_parsed(pattern: str) -> None:
    msgid = (GUIDE * 5)[:200]
    number = next(number for number in range(2001, 0, -1) if not size_excess(msgid, pattern * number))
    assert calls_of(msgid, pattern * number, parser(*ALL)) < 250_000


# ---- whatever it is given


def test_nothing_is_raised_for_whatever_stands_in_a_msgstr() -> None:
    pieces = [
        *SLOW,
        *(payload.msgstr for payload in PAYLOADS),
        *"()[]{}<>`*_~$%&\\|:=+-#!'\"\n \t字",
        "\0",
        "\ud800",
    ]
    source = random.Random(20)
    for md in (parser(), parser(*ALL)):
        for _ in range(400):
            msgstr = "".join(source.choices(pieces, k=source.randint(1, 12)))
            msgid = source.choice([GUIDE, source.choice(PAYLOADS).msgid, msgstr[: len(msgstr) // 2]])
            for one in (*excess(msgid, msgstr, md), *plain_excess(msgid, msgstr)):
                assert one.kind != "parse"
                assert one.what == printable(one.what)


def test_any_part_that_is_added_to_a_payload_hides_nothing() -> None:
    source = random.Random(21)
    for payload in PAYLOADS:
        if payload.plain or payload.kind in {"length", "nesting"}:
            continue
        before = source.choice(["", "字。\n\n", "字\n\n字\n\n"])
        after = source.choice(["", "\n\n字。", "\n\n字 [指南](guide.md)"])
        assert excess(payload.msgid, before + payload.msgstr + after, parser(*payload.needs))


def test_a_parser_that_fails_makes_an_excess() -> None:
    md = create_md_parser(MdParserConfig(), RendererHTML)

    def fail(_state: object, _silent: bool) -> bool:
        raise IndexError("beyond\x1b the end")

    md.inline.ruler.before("text", "fails", fail)
    assert excess("Text", "*字*", md) == (Excess("parse", "beyondU+001B the end"),)


# ---- the parts


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://a.example/x", ("link-host", ("origin", "https", "", "a.example", ""))),
        ("HTTPS://A.Example:443?x", ("link-host", ("origin", "https", "", "a.example", ""))),
        ("https://u:p@a.example:1", ("link-host", ("origin", "https", "u:p", "a.example", "1"))),
        ("//a.example", ("link-host", ("origin", "", "", "a.example", ""))),
        ("ftp://a.example/", ("link-scheme", ("origin", "ftp", "", "a.example", ""))),
        ("https:///a.example", ("link-host", ("target", "https:///a.example"))),
        ("https://", ("link-host", ("target", "https://"))),
        ("https://a@b@c/", ("link-host", ("target", "https://a@b@c/"))),
        ("https://[::1/", ("link-host", ("target", "https://[::1/"))),
        ("https://a%2eb/", ("link-host", ("target", "https://a%2eb/"))),
        ("guide.md#%E5%AD%97", ("link-target", ("target", "guide.md#字"))),
        ("a/b:c", ("link-target", ("target", "a/b:c"))),
        ("", ("link-target", ("target", ""))),
        ("mailto:a@b", ("link-target", ("target", "mailto:a@b"))),
        ("java%0Ascript:x", ("link-scheme", ("target", "java%0Ascript:x"))),
    ],
)
def test_key_of_a_link(href: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert link_key(href) == expected


def test_a_link_may_become_a_secure_one_of_the_same_host() -> None:
    assert granted(("origin", "http", "", "a.example", "")) == (
        ("origin", "http", "", "a.example", ""),
        ("origin", "https", "", "a.example", ""),
    )
    assert granted(("origin", "http", "", "a.example", "8000")) == (
        ("origin", "http", "", "a.example", "8000"),
    )
    assert granted(("target", "a.md")) == (("target", "a.md"),)


def test_schemes_that_no_parser_takes_for_a_link() -> None:
    assert refused_schemes("[a](JavaScript:x) <data:y> [b]:file:///z") == {"javascript:", "data:", "file:"}
    assert refused_schemes("the javascript: scheme, data: 3, (file: x)") == frozenset()


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<b>", ("b",)),
        ("</B >", ("/b",)),
        ("<br/>", ("br",)),
        ('<a title="x" HREF=y>', ("a", "href=y")),
        ("<a href='&#121;' class=\"z\">", ("a", "class=z", "href=y")),
        ("<input disabled>", ("input", "disabled=")),
        ("<a b=c/d>", ("a", "b=c/d")),
        ("<a\u3000b>", ("", "<a\u3000b>")),
        ("<!-- x -->", ("", "<!-- x -->")),
    ],
)
def test_key_of_a_tag(tag: str, expected: tuple[str, ...]) -> None:
    assert tag_key(tag) == expected


def test_printable_shows_what_cannot_be_seen() -> None:
    assert printable("a\u202eb\n\x1b[31m\u3164字\U000e0041") == "aU+202EbU+000AU+001B[31mU+3164字U+E0041"
    assert printable("x" * 60) == "x" * 60
    assert printable("x" * 61) == "x" * 59 + "…"
    assert len(printable("\0" * 100)) == 60
