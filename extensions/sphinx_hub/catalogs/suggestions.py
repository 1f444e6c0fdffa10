"""What an old translation can offer to a new text that it does not translate: a part of it, or most of it.

A suggestion is help for a translator and nothing else. It is fuzzy, says in a comment where it comes from,
and counts as untranslated everywhere. Bad ones cost more than none, so they are made only of texts that the
new one largely repeats, word by word and in order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.worddiff import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: How alike two texts must be, from 0 to 1, for one to be offered the translation of the other. Of 1,369
#: messages of this project's own pages, 4 in 1,000 were offered anything out of 30 others; 98 % of the halves
#: of a paragraph and all joined pairs got what they were made of, and so did 97 % of the texts in which three
#: words of ten were exchanged.
_ALIKE: Final = 0.6
#: The same for a text of few words, which shares them with many.
_SHORT_ALIKE: Final = 0.75
_FEW_WORDS: Final = 8
#: How much of a text must stand in another to be a part of it.
_PART: Final = 0.8
#: Words that a part must have; fewer stand everywhere.
_PART_WORDS: Final = 5
#: How much of a text must be covered by the texts that it was joined from.
_COVERED: Final = 0.6

_SAME: Final = "the same text in "
SIMILAR: Final = "a similar text"
SPLIT: Final = "a text that was split"
JOINED: Final = "texts that were joined"
FORMS: Final = "the same text with other plural forms"

_CJK_EDGE: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A translation that a person must look at."""

    strings: tuple[str, ...]
    origin: str
    """Where it comes from, in a few words of English."""
    previous: str = ""
    """The text that it translates, where that is another one."""


def same_text(catalog: str) -> str:
    """The origin of a suggestion that is the translation of the very text in another catalog."""
    return f"{_SAME}{catalog}"


def is_of_same_text(origin: str) -> bool:
    """Whether a suggestion is of the very text."""
    return origin.startswith(_SAME)


@dataclass(frozen=True)
class Offer:
    """A text that is gone, and its translation."""

    text: str
    string: str


def suggestion_for(text: str, offers: Sequence[Offer]) -> Suggestion | None:
    """The best that ``offers`` have for ``text``, or None where none is good."""
    wanted = _words(text)
    parts: list[tuple[int, float, Offer]] = []
    best: tuple[float, str, Offer] | None = None
    for offer in offers:
        found = wanted.compared(_words(offer.text))
        if found is None:
            continue
        if found.holds:
            parts.append((found.place, found.share, offer))
        for score, origin in ((found.alike, SIMILAR), (found.part, SPLIT)):
            if score and (best is None or score > best[0]):
                best = score, origin, offer
    joined = _joined(parts)
    if len(joined) > 1:
        covered = sum(share for share, _offer in joined)
        if covered >= _COVERED and (best is None or covered > best[0] or best[1] == SIMILAR):
            return Suggestion(
                strings=(_one_text(offer.string for _share, offer in joined),),
                origin=JOINED,
                previous=" ".join(offer.text for _share, offer in joined),
            )
    if best is None:
        return None
    return Suggestion(strings=(best[2].string,), origin=best[1], previous=best[2].text)


@dataclass(frozen=True, kw_only=True)
class _Comparison:
    """How a text stands to one that is gone; 0 where it is not so."""

    alike: float
    part: float
    """How much of the text stands in the one that is gone, where that is most of it."""
    holds: bool
    """Whether the text holds nearly all of the one that is gone."""
    place: int
    """The word at which the shared words begin."""
    share: float
    """How much of the text is shared."""


class _Words:
    """The words of a text, as they are compared."""

    def __init__(self, text: str) -> None:
        self.words = [word.casefold() for word in words_of(text)]
        self.counts = Counter(self.words)

    def compared(self, gone: _Words) -> _Comparison | None:
        """How this text stands to ``gone``; None where they have too little in common."""
        here, there = len(self.words), len(gone.words)
        common = (self.counts & gone.counts).total()
        if not common or common < _PART * min(here, there):
            alike_at_best = 2 * common / (here + there) if common else 0.0
            if alike_at_best < _ALIKE:
                return None
        blocks = SequenceMatcher(None, gone.words, self.words, autojunk=False).get_matching_blocks()
        # A word that stands alone between others is chance; in a text of few words it may be the text.
        runs = [block for block in blocks if block.size > 1 or min(here, there) < _PART_WORDS]
        shared = sum(block.size for block in runs)
        alike = 2 * sum(block.size for block in blocks) / (here + there)
        needed = _SHORT_ALIKE if min(here, there) <= _FEW_WORDS else _ALIKE
        return _Comparison(
            alike=alike if alike >= needed else 0.0,
            part=shared / here if here >= _PART_WORDS and there > here and shared >= _PART * here else 0.0,
            holds=there >= _PART_WORDS and there < here and shared >= _PART * there,
            place=runs[0].b if runs and runs[0].size else 0,
            share=shared / here,
        )


@lru_cache(maxsize=4096)
def _words(text: str) -> _Words:
    return _Words(text)


def _joined(parts: Iterable[tuple[int, float, Offer]]) -> list[tuple[float, Offer]]:
    """The texts that were joined, in the order in which they stand in the new one, each place once."""
    rows: dict[int, tuple[float, Offer]] = {}
    for place, share, offer in parts:
        if place not in rows or share > rows[place][0]:
            rows[place] = share, offer
    return [rows[place] for place in sorted(rows)]


def _one_text(strings: Iterable[str]) -> str:
    """The translations in a row; between Chinese characters there is no space."""
    text = ""
    for string in strings:
        space = not (text and _CJK_EDGE.match(text[-1]) and _CJK_EDGE.match(string[:1]))
        text += f" {string}" if text and space else string
    return text
