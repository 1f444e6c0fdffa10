"""Emphasis beside CJK text: what CommonMark leaves literal, and that nothing else changes."""

from __future__ import annotations

import random
import string

import pytest
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from sphinx_hub.catalogs.emphasis import cjk_emphasis_plugin, is_cjk

#: Markdown, with ``<`` for an opening and ``>`` for a closing mark, so that each is a sample for every mark.
SAMPLES = (
    "<「强调」>后",
    "前<「强调」>后",
    "请看<注意：>后",
    "<粗体。>后",
    "前<粗体>后",
    "前<，粗体>后",
    "前，<粗体，>后",
    "用<`code`>命令",
    "用<`code`>",
    "<「a」>b",
    "b<「a」>",
    "a<。b>c",
    "<“强调”>后",
    "前<“强调”>后",
    "这是<‘强调’>的",
    "<《书名》>后",
    "读<《书名》>一书",
    "<（注）>后",
    "前<（注）>",
    "<强调（注）>后",
    "<【公告】>后",
    "<〈a〉>后",
    "<强调！>后",
    "<强调？>后",
    "<强调、>后",
    "<强调……>后",
    "<强调——>后",
    "<第一，>和<第二，>完",
    "<强调.>后",
    "<强调!>后",
    "<(注)>后",
    '<"引用">后',
    "价格<$5>起",
    "约<50%>的人",
    "<強調。>これは",
    "<カタカナ（注）>です",
    "これは<「強調」>です",
    "<ｶﾀｶﾅ｡>です",
    "<한국어(注)>를",
    "한국어<“강조”>는",
    "<「강조」>를",
    "<😀>后",
    "前<😀强调>后",
    "<强调😀>后",
    "<𠮷𠮷。>后",
    "𠮷<“𠀀”>𠮷",
    "葛\U000e0100<“a”>",
    "〇︀<“a”>",
    "<[链接](u)>后",
    "前<[链接](u)>",
    "<![图](u)>后",
    "<链接：[a](u)>后",
    "<https://a.cn/>后",
    "[<「强调」>后](u)",
    "<注：\\*>后",
    "<C++>语言",
    "用<C#>写",
    "<a&amp;>后",
    "全角 <「强调」>　后",
)
#: What is no emphasis: a mark beside white space, and marks that belong to no other.
LITERAL = (
    "2 * 3 * 4 相乘",
    "** 强调**后",
    "**强调 **后",
    "** 强调 **后",
    "一**二",
    "「*」",
    "乘号是*。",
)
#: Latin letters on the outer side: as CommonMark has it.
LATIN = ('say**"a"**b', "a**b.**c", "**“a”**b")
#: A mark of the source and the element it makes.
MARKS = {"*": "em", "**": "strong", "~~": "s"}
LATIN_ALPHABET = string.ascii_letters + string.digits + " " * 30 + string.punctuation + "*_~" * 12


def stock() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["strikethrough"])


def mended() -> MarkdownIt:
    return stock().use(cjk_emphasis_plugin)


def source(sample: str, mark: str) -> str:
    return sample.replace("<", mark).replace(">", mark)


def expected(sample: str, mark: str) -> str:
    """The HTML of a sample: its inner markup rendered by the library, its marks by hand."""
    opened, closed = "\ue000", "\ue001"
    inner: str = stock().renderInline(sample.replace("<", opened).replace(">", closed))
    element = MARKS[mark]
    return inner.replace(opened, f"<{element}>").replace(closed, f"</{element}>")


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_mark_beside_cjk_text_is_emphasis(sample: str, mark: str) -> None:
    assert mended().renderInline(source(sample, mark)) == expected(sample, mark)


@pytest.mark.parametrize("mark", MARKS)
def test_the_library_still_needs_the_rule(mark: str) -> None:
    wrong = [
        sample for sample in SAMPLES if stock().renderInline(source(sample, mark)) != expected(sample, mark)
    ]
    assert len(wrong) >= 10, "markdown-it mended commonmark-spec#650: the plugin can go"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**「强调」**后", "<strong>「强调」</strong>后"),
        ("请看**注意：**后", "请看<strong>注意：</strong>后"),
        ("**粗体。**后", "<strong>粗体。</strong>后"),
        ("用**`code`**命令", "用<strong><code>code</code></strong>命令"),
        ("~~删除。~~后", "<s>删除。</s>后"),
        ("**「a」**b", "<strong>「a」</strong>b"),
        ("**[链接](u)**后", '<strong><a href="u">链接</a></strong>后'),
        ("***「强调」***后", "<em><strong>「强调」</strong></em>后"),
        ("**粗*斜。*体。**后", "<strong>粗<em>斜。</em>体。</strong>后"),
        ("**标题：**内容，**另：**更多", "<strong>标题：</strong>内容，<strong>另：</strong>更多"),
        ("*“斜体”*文字", "<em>“斜体”</em>文字"),
        ("**a**、**b**。", "<strong>a</strong>、<strong>b</strong>。"),
        ("**~~旧。~~**后", "<strong><s>旧。</s></strong>后"),
    ],
)
def test_html_is_as_written_by_hand(markdown: str, html: str) -> None:
    assert mended().renderInline(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("「_强调_」后", "「<em>强调</em>」后"),
        ("，__「强调」__。", "，<strong>「强调」</strong>。"),
        ("_「强调」_ 后", "<em>「强调」</em> 后"),
        # An underscore within a word stays one, and CJK text is one long word: as the amendments have it.
        ("_强调。_后", "_强调。_后"),
        ("变量_名_字", "变量_名_字"),
    ],
)
def test_underscores_open_and_close_at_punctuation_alone(markdown: str, html: str) -> None:
    assert mended().renderInline(markdown) == html


@pytest.mark.parametrize("markdown", LITERAL)
def test_a_mark_beside_white_space_or_alone_stays_literal(markdown: str) -> None:
    assert mended().renderInline(markdown) == markdown


def test_cjk_punctuation_inside_emphasis_is_no_more_than_a_letter() -> None:
    assert mended().renderInline("**a。**b") == "<strong>a。</strong>b"


@pytest.mark.parametrize("markdown", LATIN)
def test_latin_text_outside_decides_as_the_library_does(markdown: str) -> None:
    assert mended().renderInline(markdown) == stock().renderInline(markdown)


def test_no_latin_text_is_parsed_in_another_way() -> None:
    generator = random.Random(650)
    before, after = stock(), mended()
    for _ in range(20_000):
        text = "".join(generator.choices(LATIN_ALPHABET, k=generator.randint(3, 40)))
        assert after.parseInline(text) == before.parseInline(text), text


def test_what_stands_outside_of_cjk_and_latin_is_parsed_as_before() -> None:
    generator = random.Random(31)
    before, after = stock(), mended()
    alphabet = "aé ßж«»¿—“”’…€©אب\u00a0😀" + "*_~" * 4
    for _ in range(5_000):
        text = "".join(generator.choices(alphabet, k=generator.randint(3, 30)))
        assert after.parseInline(text) == before.parseInline(text), text


def test_a_single_tilde_works_where_it_is_asked_for() -> None:
    options = {"strikethrough_single_tilde": True}
    md = MarkdownIt("commonmark", options).enable(["strikethrough"]).use(cjk_emphasis_plugin)
    assert md.renderInline("~旧。~后") == "<s>旧。</s>后"
    assert md.renderInline("~~旧。~~后") == "<s>旧。</s>后"
    assert md.renderInline("~~旧。~后") == "~~旧。~后"
    assert md.renderInline("~~~旧。~~~后") == "~~~旧。~~~后"
    assert mended().renderInline("~旧。~后") == "~旧。~后"


def test_a_disabled_rule_stays_disabled() -> None:
    md = MarkdownIt("commonmark").use(cjk_emphasis_plugin)
    assert md.renderInline("~~旧。~~后") == "~~旧。~~后"
    assert md.disable("emphasis").renderInline("**「强」**后") == "**「强」**后"
    assert md.enable("strikethrough").renderInline("~~旧。~~后") == "<s>旧。</s>后"


def test_the_state_keeps_the_scanner_of_the_library() -> None:
    md = mended()
    scanners = set()

    def see(state: StateInline, _silent: bool) -> bool:
        scanners.add(state.scanDelims.__func__)  # type: ignore[attr-defined]
        return False

    md.inline.ruler.before("text", "see", see)
    md.renderInline("**「强调」**[后](u)")
    assert scanners == {StateInline.scanDelims}


def test_roles_and_substitutions_of_myst_stand_in_emphasis() -> None:
    config = MdParserConfig(enable_extensions={"substitution", "dollarmath", "strikethrough"})
    md = create_md_parser(config, RendererHTML).use(cjk_emphasis_plugin)
    for inner, kind in (
        ("{ref}`x`", "myst_role"),
        ("{{ x }}", "substitution_inline"),
        ("$x$", "math_inline"),
    ):
        tokens = md.parseInline(f"前**{inner}**后")[0].children or []
        kinds = [token.type for token in tokens if token.content or token.type != "text"]
        assert kinds == ["text", "strong_open", kind, "strong_close", "text"], inner


@pytest.mark.parametrize(
    "character",
    [
        "强",
        "〇",
        "あ",
        "ー",
        "ｶ",
        "｡",
        "한",
        "\u1161",
        "ㅏ",
        "𠮷",
        "\U0002ebf0",
        "。",
        "「",
        "＊",
        "￥",
        "㊗",
        "🈂",
        "〰",
    ],
)
def test_characters_of_cjk_text(character: str) -> None:
    assert is_cjk(character)


@pytest.mark.parametrize("character", ["a", "é", "“", "…", "—", "😀", "⭐", "🈚", "\u0378", "ж", "*", " "])
def test_other_characters(character: str) -> None:
    assert not is_cjk(character)


def test_a_quotation_mark_that_is_declared_wide_counts_as_cjk_punctuation() -> None:
    assert mended().renderInline("a**“b”\ufe01**c") == "a**“b”\ufe01**c"  # the first mark alone forbids it
    assert mended().renderInline("**“b”\ufe01**c") == "<strong>“b”\ufe01</strong>c"
    assert mended().renderInline("**“b”**c") == "**“b”**c"
