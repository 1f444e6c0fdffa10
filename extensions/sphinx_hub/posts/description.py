"""A short description of a page in plain text, cut where a sentence ends, in Latin letters or in Chinese."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What search engines show of a description, in columns: a Chinese character takes two.
LONGEST: Final = 160

_CLOSING: Final = "”’\"')）」』》"
_SENTENCE_END: Final = re.compile(rf"[.!?…][{_CLOSING}]*(?=\s+[^a-z\s])|[。！？…]+[{_CLOSING}]*")
_ENDS: Final = re.compile(rf"[.!?…。！？；;:：][{_CLOSING}]*$")
#: Where a sentence that is too long may be cut: behind a clause.
_CLAUSE_END: Final = re.compile(r"[,;:](?=\s)|[，；：、——]|\s–(?=\s)")
#: No texts of the page: what Sphinx's search passes over as well, and what is no text at all.
_NO_TEXT: Final = (nodes.raw, nodes.image, nodes.footnote_reference, nodes.system_message, nodes.Invisible)
_NO_SEARCH: Final = "no-search"


def plain_text(node: nodes.Node) -> str:
    """The words of ``node`` as they are read, on one line, without what only a page can show."""
    return " ".join("".join(_words(node)).split())


def _words(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield str(node)
    elif isinstance(node, nodes.Element) and not (
        isinstance(node, _NO_TEXT) or _NO_SEARCH in node["classes"]
    ):
        for child in node.children:
            yield from _words(child)


def description_of(texts: Sequence[str]) -> str:
    """As many whole sentences of ``texts`` as search engines show, one after the other, but at least one.

    Each of ``texts`` ends a sentence, with a full stop or without one. A first sentence that is too long ends
    behind a clause, or between words, with an ellipsis.
    """
    found = ""
    for sentence in (part for text in texts for part in _sentences(text)):
        longer = f"{found}{_between(found)}{sentence}"
        if columns(longer) > LONGEST:
            return found or _shortened(sentence)
        found = longer
    return found


def columns(text: str) -> int:
    """How wide a text is in columns: Chinese characters and their punctuation take two each."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield text[start : end.end()].strip()
        start = end.end()
    if rest := text[start:].strip():
        yield rest if _ENDS.search(rest) else rest + ("。" if any(map(_is_wide, rest)) else ".")


def _between(before: str) -> str:
    return "" if not before or _is_wide(before.rstrip(_CLOSING)[-1:]) else " "


def _is_wide(character: str) -> bool:
    return columns(character) > 1


def _shortened(sentence: str) -> str:
    """The beginning of a sentence, up to a clause in its later half, or to a word."""
    width, most = 0, 0
    while most < len(sentence) and width + columns(sentence[most]) < LONGEST:
        width += columns(sentence[most])
        most += 1
    clauses = [end.start() for end in _CLAUSE_END.finditer(sentence, most // 2, most)]
    if clauses:
        return f"{sentence[: clauses[-1]].rstrip()}…"
    # Chinese may be cut between any two characters, words in Latin letters only at a space.
    word = re.search(r"\s\S*$|(?<=[^\x00-\u2e7f])[\x00-\u2e7f]*$", sentence[: most + 1])
    end = min(word.start(), most) if word and word.start() else most
    return f"{sentence[:end].rstrip()}…"
