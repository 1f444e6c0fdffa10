"""What changed between two texts, word by word; and the words of a text, which are its weight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Final, Literal

#: Characters that are a word each: Han, kana, bopomofo, hangul.
_SINGLE: Final = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
#: Signs that belong to the letter before them, and that Python counts as no part of a word.
_SIGNS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e"
)
_LETTERS: Final = rf"[^\W{_SINGLE}][^\W{_SINGLE}{_SIGNS}]*(?:[{_SIGNS}]+[^\W{_SINGLE}{_SIGNS}]*)*"
_TOKEN: Final = rf"[{_SINGLE}]|{_LETTERS}|\s+|."
_WORD: Final = rf"https?://[^\s<>()]+|[{_SINGLE}]|{_LETTERS}(?:(?:['’.-]|,(?=\d)){_LETTERS})*"
#: Markup that is no word, in MyST and CommonMark 0.31.2.
_MARKUP: Final = re.compile(
    r"""(?x)
      (?<=\])\(\s*(?:<[^<>]*>|(?:[^()\s]|\([^()\s]*\))*)   # where a link leads; its title stays
    | (?<=\])\[[^\[\]]*\] | \[\^[^\[\]]*\]                 # the label of a reference, a footnote's
    | \{[\w:.+-]+\}(?=`)                                   # the name of a role
    | \{(?:[#.]|[\w-]+=)[^{}]*\}                           # attributes
    | </?[A-Za-z][^<>]*>                                   # a tag, an autolink, the target of a role
    | &\#?\w+;                                             # an entity
    """
)


@dataclass(frozen=True)
class Change:
    """A run of text that stayed, came or went."""

    kind: Literal["same", "insert", "delete"]
    text: str


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern for use: with these sets of characters, compiling takes what many commands never need."""
    return re.compile(pattern, re.DOTALL)


def words_of(text: str) -> list[str]:
    """The words of a message in their order: Latin words, numbers, single Han, kana and hangul characters.

    Markup is none: targets of links, names of roles, tags, attributes. Code is as many as it has.
    """
    return _compiled(_WORD).findall(_MARKUP.sub(" ", text))


@lru_cache(maxsize=1 << 16)  # a message is counted in every language, on its page and in its catalog
def count_words(text: str) -> int:
    """How many words a message has; at least 1 where it is not empty."""
    return max(1, len(words_of(text))) if text.strip() else 0


def word_diff(old: str, new: str) -> tuple[Change, ...]:
    """The changes that make ``new`` of ``old``, in their order; what went stands before what came.

    What stayed and what went is ``old``, what stayed and what came is ``new``, to the letter.
    """
    before, after = _compiled(_TOKEN).findall(old), _compiled(_TOKEN).findall(new)
    # Spaces are found beside words that stayed, not looked for: there are too many of them.
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    blocks: list[_Block] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        went, came = "".join(before[i1:i2]), "".join(after[j1:j2])
        blocks.append(_Block(same=went) if tag == "equal" else _Block(went=went, came=came))
    return tuple(Change(kind, text) for block in _joined(blocks) for kind, text in block.parts if text)


@dataclass(frozen=True, kw_only=True)
class _Block:
    """What stayed, or else what went and what came in its place."""

    same: str = ""
    went: str = ""
    came: str = ""

    @property
    def parts(self) -> tuple[tuple[Literal["same", "insert", "delete"], str], ...]:
        return ("same", self.same), ("delete", self.went), ("insert", self.came)


def _joined(blocks: list[_Block]) -> list[_Block]:
    """Take what stayed between two changes into them where it has no word: islands are hard to read."""
    joined: list[_Block] = []
    for index, found in enumerate(blocks):
        block = found
        if 0 < index < len(blocks) - 1 and block.same and not re.search(r"\w", block.same):
            block = _Block(went=block.same, came=block.same)
        if joined and not block.same and not joined[-1].same:
            before = joined[-1]
            joined[-1] = _Block(went=before.went + block.went, came=before.came + block.came)
        else:
            joined.append(block)
    return joined
