"""The form of a translation: one paragraph, with the edges of its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_hub.catalogs.check.pair import Pair

_KINDS: Final = {
    "heading": "a heading",
    "bullet_list": "a list",
    "ordered_list": "a numbered list",
    "enumerated_list": "a numbered list",
    "blockquote": "a quotation",
    "block_quote": "a quotation",
    "code_block": "a block of code",
    "fence": "a block of code",
    "colon_fence": "a directive",
    "math_block": "a block of maths",
    "myst_target": "a target",
    "myst_line_comment": "a comment",
    "myst_block_break": "a block break",
    "hr": "a rule",
    "html_block": "a block of HTML",
    "dl": "a list of definitions",
    "table": "a table",
    "explicit_markup": "a directive or comment",
    "literal_block": "a block of code",
    "line_block": "a block of lines",
    "field_list": "a list of fields",
    "transition": "a rule",
    "doctest": "a block of code",
    "footnote_reference": "a footnote",
}


def block_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """By itself a translation is one paragraph, since Sphinx reads it by itself."""
    if pair.msgid == pair.msgstr:
        return
    blocks, source = pair.translation.blocks, pair.source.blocks
    if blocks == ("paragraph",) or (pair.context.markup == "rst" and blocks == source):
        return
    if blocks == source and (pair.context.lenient_blocks or len(source) > 1 or "\n" in pair.msgid.strip()):
        return
    if not blocks:
        yield (
            Code.MESSAGE_BLOCK,
            "the translation would be nothing at all: it reads as a definition or a comment",
        )
        return
    kind = next((kind for kind in blocks if kind != "paragraph"), "paragraph")
    if kind == "paragraph":
        yield Code.MESSAGE_BLOCK, "a blank line makes two paragraphs of it: all but the first are lost"
        return
    start = pair.msgstr.strip().split("\n", 1)[0][:12]
    message = f"{start!r} makes it {_KINDS.get(kind, kind)}: put a backslash before its first sign"
    if kind in {"code_block", "block_quote"}:
        message = f"the blanks at its start make it {_KINDS[kind]}: remove them"
    yield Code.MESSAGE_BLOCK, message


def edge_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """A translation begins and ends with the line breaks and blanks of its source."""
    msgid, msgstr = pair.msgid, pair.msgstr
    if not msgid.strip() or not msgstr.strip():
        return
    for edge, one, other in (
        ("start", msgid[: len(msgid) - len(msgid.lstrip())], msgstr[: len(msgstr) - len(msgstr.lstrip())]),
        ("end", msgid[len(msgid.rstrip()) :], msgstr[len(msgstr.rstrip()) :]),
    ):
        if ("\n" in one) != ("\n" in other):
            yield Code.MESSAGE_EDGE_LINE, f"a line break at the {edge} is in one of the two texts alone"
        elif (
            "\n" not in one
            and one != other
            and not (edge == "end" and pair.context.markup == "plain" and _absorbed(pair))
        ):
            yield Code.MESSAGE_EDGE_SPACE, f"a blank at the {edge} is in one of the two texts alone"


def _absorbed(pair: Pair) -> bool:
    """Whether a full-width sign at the end stands for a half-width one and the blank behind it."""
    return bool(re.search(r"[,.:;!?]\s+$", pair.msgid) and re.search("[，。、：；！？]$", pair.msgstr))


BLOCK_RULES: Final = (block_rule, edge_rule)
