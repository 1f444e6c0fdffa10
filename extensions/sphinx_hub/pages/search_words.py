"""The words of a text as the search index holds them; search/words.js splits queries alike.

Each Han character, kana and syllable of hangul is a word, so that a phrase finds any stretch of text and no
dictionary is needed. Letters are folded: full-width, capitals, Traditional characters. The index holds pairs
of such words with their places, since single ones are on nearly every page; see :func:`entries`.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_hub.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What is written without spaces: Han with its zero, iteration mark and compatibility forms, kana (also
#: half-width), bopomofo, hangul.
UNSPACED_SIGNS: Final = (
    r"\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_IS_UNSPACED: Final = lazy(f"[{UNSPACED_SIGNS}]")
_WORDS: Final = lazy(rf"([{UNSPACED_SIGNS}]|[^\W_{UNSPACED_SIGNS}]+)")
#: Where a phrase ends: Chinese punctuation between clauses, and ours with a space behind it. A hyphen, an
#: underscore and a dot inside code part words and no phrases.
_BREAK: Final = lazy(r"[。！？；：，、…]|[.!?;:,](?=\s)|\n")

#: What joins words to a name in code: from_pretrained, torch.nn, fine-tuning.
_JOINERS: Final = frozenset("_.-")
#: Made by OpenCC's tables (https://github.com/BYVoid/OpenCC, Apache 2.0): TSCharacters, and TWPhrases with
#: both sides in Simplified characters.
_FORMS: Final = Path(__file__).parent / "han_forms.json"


#: A capital after a small letter: of AutoModel, Model is found as well.
_CAPITAL: Final = lazy(r"(?<=[a-z0-9])(?=[A-Z][A-Za-z0-9]{2})")
#: Stands before an entry that is the end of a longer word.
WITHIN: Final = "^"


@dataclass(frozen=True, kw_only=True)
class HanForms:
    """What is the same to a reader who searches."""

    simplified: dict[int, int]
    """Traditional characters and what they are in Simplified, as :meth:`str.translate` takes it."""
    words: tuple[tuple[str, str], ...]
    """Words of the mainland and of Taiwan for one thing: 软件 and 软体."""


@cache
def han_forms() -> HanForms:
    """The tables, read once."""
    table = json.loads(_FORMS.read_text("utf-8"))
    return HanForms(
        simplified=str.maketrans(table["traditional"], table["simplified"]),
        words=tuple((first, second) for first, second in table["words"]),
    )


class Word(NamedTuple):
    """A word of a text."""

    form: str
    """What the index holds: folded."""
    place: int
    """Its number in the text; where a phrase ends, a number is left out."""
    unspaced: bool
    """Whether it is a character of a script without spaces."""
    gap: str
    """What follows it in the text, up to the next word."""
    text: str
    """The word as it is written."""


@cache
def fold(word: str) -> str:
    """``word`` in the one form of index and query: narrow, small, Simplified."""
    return unicodedata.normalize("NFKC", word).casefold().translate(han_forms().simplified)


def is_unspaced(word: str) -> bool:
    """Whether a word or an entry is of a script that is written without spaces."""
    return _IS_UNSPACED.match(word) is not None


def split(text: str, place: int = 0) -> list[Word]:
    """The words of ``text`` in order, counted from ``place``."""
    text = unicodedata.normalize("NFC", text)
    # What stands between two words, by turns with the words; most gaps are empty, and texts are long.
    parts = _WORDS.split(text)
    words = []
    for word, gap in zip(parts[1::2], parts[2::2], strict=True):
        form, unspaced = _form(word)
        words.append(Word(form, place, unspaced, gap, word))
        place += 2 if gap and _BREAK.search(gap) else 1
    return words


@cache
def _form(word: str) -> tuple[str, bool]:
    return fold(word), is_unspaced(word)


def entries(words: Sequence[Word]) -> Iterator[tuple[str, int]]:
    """What the index holds of a text, each entry with its place.

    Each word of letters; each pair of unspaced words that stand together; the first and the last of a run
    of unspaced words, and each other one where it comes first. Of code also each name from any of its words
    on, and with :data:`WITHIN` before it what a capital begins within a word.
    """
    met: set[str] = set()
    before: Word | None = None
    for number, word in enumerate(words):
        after = words[number + 1] if number + 1 < len(words) else None
        if not word.unspaced:
            yield word.form, word.place
            if word.gap in _JOINERS and after is not None and not after.unspaced:
                yield _name(words, number), word.place
            for capital in _CAPITAL.finditer(word.text):
                yield WITHIN + fold(word.text[capital.start() :]), word.place
        else:
            goes_on = after is not None and after.unspaced and after.place == word.place + 1
            if goes_on and after is not None:
                yield word.form + after.form, word.place
            came_on = before is not None and before.unspaced and before.place == word.place - 1
            if not goes_on or not came_on or word.form not in met:
                met.add(word.form)
                yield word.form, word.place
        before = word


def _name(words: Sequence[Word], number: int) -> str:
    """The name in code that starts with a word."""
    name = words[number].form
    while number + 1 < len(words) and words[number].gap in _JOINERS and not words[number + 1].unspaced:
        name += words[number].gap + words[number + 1].form
        number += 1
    return name


def covering(words: Sequence[Word]) -> list[tuple[str, int]]:
    """The fewest entries that hold a phrase, each with its place in it; words.js asks for the same."""
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(words):
        word = words[at]
        pair = word.unspaced and at + 1 < len(words) and words[at + 1].unspaced
        if pair and words[at + 1].place == word.place + 1:
            found.append((word.form + words[at + 1].form, word.place))
            at += 2
            continue
        before = words[at - 1] if at else None
        if word.unspaced and before and before.unspaced and before.place == word.place - 1:
            found.append((before.form + word.form, before.place))
        else:
            found.append((word.form, word.place))
        at += 1
    return found
