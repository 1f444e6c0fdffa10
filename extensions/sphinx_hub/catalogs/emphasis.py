"""Emphasis that touches Chinese, Japanese or Korean text, where CommonMark leaves the marks in the text.

CommonMark tells an opening mark from a closing one by the characters on its two sides, and takes for
granted that words stand apart by spaces: in ``**「强调」**后`` the second mark follows punctuation and
precedes a letter, so it cannot close (commonmark-spec#650). The rule here is that of the CJK-friendly
amendments to CommonMark, https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md:
punctuation of these scripts is no more than a letter, and a mark beside one of their characters may
have any punctuation on its other side.
"""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING, Final

from markdown_it.common.utils import isPunctChar, isWhiteSpace
from markdown_it.rules_inline import emphasis, strikethrough
from markdown_it.rules_inline.state_inline import Scanned, StateInline

from sphinx_hub.patterns import lazy

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.parser_inline import RuleFuncInlineType

#: Wide characters that are pictures by default: the property ``Emoji_Presentation``, which unicodedata
#: lacks. Wide characters within these ranges that are none are left out of them.
#: https://www.unicode.org/Public/UCD/latest/ucd/emoji/emoji-data.txt
_EMOJI: Final = lazy(
    "[\u231a-\u2328\u232b-\u262f\u2638-\u2689\u2690-\u2b55\U0001f004-\U0001f1ff\U0001f201\U0001f21a\U0001f22f"
    "\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001faff]"
)
#: Hangul that East Asian Width calls neither wide nor half-width, vowels and finals in parts; and the blocks
#: and planes of Han, which are wide to their last character, also where Python does not know it yet.
_ALWAYS: Final = lazy(
    "[\u1160-\u11ff\u302e\u302f\ud7b0-\ud7ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_IDEOGRAPHIC_SELECTOR: Final = lazy("[\U000e0100-\U000e01ef]")
#: All of their block but U+FE0F, which asks for a picture.
_STANDARD_SELECTOR: Final = lazy("[\ufe00-\ufe0e]")
#: Quotation marks whose width is that of the text around them, here declared to be full.
_FULL_WIDTH_QUOTE: Final = lazy("[\u2018\u2019\u201c\u201d]\ufe01")


def cjk_emphasis_plugin(md: MarkdownIt) -> None:
    """Let ``md`` see emphasis, strong emphasis and strikethrough beside CJK text.

    A rule that is disabled stays disabled. Where no CJK character stands beside a mark, the library's own
    rule decides.
    """
    md.inline.ruler.at("emphasis", _beside_cjk(emphasis.tokenize, "*_"))
    md.inline.ruler.at("strikethrough", _beside_cjk(strikethrough.tokenize, "~"))


def is_cjk(character: str) -> bool:
    """Whether ``character`` is what the amendments call a CJK character: a letter, sign or punctuation."""
    if _ALWAYS.match(character):
        return True
    # Python 3.11 and 3.12 call every character full-width that they do not know.
    known = unicodedata.category(character) != "Cn"
    return known and unicodedata.east_asian_width(character) in "WFH" and not _EMOJI.match(character)


def _beside_cjk(tokenize: RuleFuncInlineType, marks: str) -> RuleFuncInlineType:
    """The library's rule ``tokenize`` for ``marks``, with our :func:`_scan` in place of its own."""

    def rule(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] not in marks:
            return False
        # On this state and during this call alone: rules of other plugins may scan with the same state.
        state.scanDelims = partial(_scan, state)  # type: ignore[method-assign]
        try:
            return tokenize(state, silent)
        finally:
            del state.scanDelims

    return rule


def _scan(state: StateInline, start: int, can_split_word: bool) -> Scanned:
    """Whether the run of marks at ``start`` can open and close, and its length; as ``scanDelims`` has it."""
    stop = start
    while stop < state.posMax and state.src[stop] == state.src[start]:
        stop += 1
    # The edges of the text count as white space.
    before = state.src[start - 1] if start > 0 else " "
    after = state.src[stop] if stop < state.posMax else " "
    # A variation selector belongs to the character that it follows.
    selected = start > 1 and bool(_STANDARD_SELECTOR.match(before))
    base = state.src[start - 2] if selected else before
    before_cjk = is_cjk(base) or bool(_IDEOGRAPHIC_SELECTOR.match(before))
    after_cjk = is_cjk(after)
    if not (before_cjk or after_cjk or selected):
        return StateInline.scanDelims(state, start, can_split_word)

    before_space, after_space = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    before_punctuation, after_punctuation = isPunctChar(base), isPunctChar(after)
    full_width_quote = selected and bool(_FULL_WIDTH_QUOTE.match(base + before))
    before_other = before_punctuation and not before_cjk and not full_width_quote
    after_other = after_punctuation and not after_cjk

    left = not after_space and (not after_other or before_space or before_other or before_cjk)
    right = not before_space and (not before_other or after_space or after_other or after_cjk)
    return Scanned(
        can_open=left and (can_split_word or not right or before_punctuation),
        can_close=right and (can_split_word or not left or after_punctuation),
        length=stop - start,
    )
