"""Messages that are seen to be safe without a parser are those that the parser finds safe too."""

from __future__ import annotations

import random

import pytest
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.mocking import MockInliner
from myst_parser.parsers.mdit import create_md_parser

from sphinx_hub.catalogs import markup_safety
from sphinx_hub.catalogs.emphasis import cjk_emphasis_plugin
from sphinx_hub.catalogs.markup_safety import excess
from sphinx_hub.catalogs.plain_markup import does_no_more

EXTENSIONS = {
    *("amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist"),
    *("html_image", "replacements", "smartquotes", "strikethrough", "substitution", "tasklist"),
}
MD = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML).use(cjk_emphasis_plugin)
PIECES = (
    *("word", "模型", "1", "1.", "a.", ". ", ",", ": ", "! ", "*", "**", "* ", "`code`", "`a b`", "\n", " "),
    *(
        "[x](y.md)",
        "[the *b*](https://a.org/b)",
        "[`c`](z)",
        "{doc}`a`",
        "{kbd}`b`",
        "{math}`x^2`",
        "，",
        "(c)",
        "[x](#y)",
        "[x](../y.md)",
        "snake_case",
        "_",
        "0.5",
        "1) ",
        " (word) ",
        "50 %",
        "%",
        ") ",
    ),
    *(
        "[",
        "]",
        "(",
        "`",
        "{",
        "- ",
        "it's",
        "a-b",
        "--",
        "#",
        "~",
        "<b>",
        "&amp;",
        "|",
        "=",
        "$",
        "{{a}}",
        ":a:",
    ),
)


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("See [the *page*](a/b.md#c), with `code`.", "参见 [*页面*](a/b.md#c)，用 `code`。"),
        ("Two lines\nand {doc}`a`", "两行 {doc}`a`"),
        ("A **word**", "一个**词**"),
        ("Up to 0.5 % of **it**.", "最多占**它**的 0.5%。"),
        ("See [there](../a.md#b) and [here](#c) (or not).", "参见 [那里](../a.md#b) 和[这里](#c)。"),
    ],
)
def test_a_translation_of_plain_markup_needs_no_parser(msgid: str, msgstr: str) -> None:
    assert does_no_more(msgid, msgstr, MD)


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("See [a](b)", "见 [a](c)"),
        ("See {doc}`a`", "见 {doc}`a` {doc}`a`"),
        ("See `a`", "见 `javascript:x`"),
        ("See", "见 <b>"),
        ("See [a](b)", "见 [a](b){.c}"),
        ("See [a](b)", "见 ![a](b)"),
        ("See `a`", "见 ``a``"),
        (": [a](https://b.org)", "[a](https://b.org)"),
        ("See [a](b/c)", "见 [a](//b/c)"),
        ("2 of 3", "2. 之 3"),
        ("2 of 3", "2) 之 3"),
        ("A note", "% 注"),
    ],
)
def test_what_is_not_surely_plain_is_left_to_the_parser(msgid: str, msgstr: str) -> None:
    assert not does_no_more(msgid, msgstr, MD)


def test_the_parser_of_a_page_with_directives_is_known() -> None:
    md = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), DocutilsRenderer)
    renderer = md.renderer
    assert isinstance(renderer, DocutilsRenderer)
    renderer.setup_render(dict(md.options), {})
    # What the first role or directive of a page adds to its parser.
    MockInliner(renderer)
    assert does_no_more("A *word*", "一个*词*", md)


def test_a_parser_with_a_rule_of_its_own_decides_by_itself() -> None:
    md = create_md_parser(MdParserConfig(), RendererHTML)
    md.inline.ruler.push("strange", lambda _state, _silent: False)
    assert not does_no_more("A *word*", "一个*词*", md)


def test_the_parser_agrees_on_messages_of_any_make(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(7)
    pairs = []
    for _ in range(4000):
        parts = [chance.choice(PIECES[: 34 if chance.random() < 0.7 else None]) for _ in range(6)]
        msgid = "".join(parts)
        chance.shuffle(parts)
        msgstr = "".join(parts[: chance.randint(1, 6)])
        if msgid != msgstr and does_no_more(msgid, msgstr, MD):
            pairs.append((msgid, msgstr))
    assert len(pairs) > 50
    quick = [excess(msgid, msgstr, MD) for msgid, msgstr in pairs]
    monkeypatch.setattr(markup_safety, "does_no_more", lambda *_arguments: False)
    assert quick == [excess(msgid, msgstr, MD) for msgid, msgstr in pairs]
