"""The words of a text as the search index holds them; search/words.js splits queries alike.

Each Han character, kana and syllable of hangul is a word, so that a phrase finds any stretch of text and no
dictionary is needed. Letters are folded: full-width, capitals, Traditional characters.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What is written without spaces: Han with its zero, iteration mark and compatibility forms, kana (also
#: half-width), bopomofo, hangul.
UNSPACED_SIGNS: Final = (
    r"\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_WORD: Final = re.compile(rf"[{UNSPACED_SIGNS}]|[^\W_{UNSPACED_SIGNS}]+")
#: Where a phrase ends: Chinese punctuation between clauses, and ours with a space behind it. A hyphen, an
#: underscore and a dot inside code part words and no phrases.
_BREAK: Final = re.compile(r"[。！？；：，、…]|[.!?;:,](?=\s)|\n")

#: What the index has for the end of a phrase: Pagefind counts it as a word, and finds nothing in it.
BREAK: Final = "."
#: Made by OpenCC's tables (https://github.com/BYVoid/OpenCC, Apache 2.0): TSCharacters, and TWPhrases with
#: both sides in Simplified characters.
_FORMS: Final = Path(__file__).parent / "han_forms.json"


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


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or the end of a phrase, with the stretch of text that it stands for."""

    form: str
    """What the index holds: folded; :data:`BREAK` for the end of a phrase."""
    text: str
    """The word as it is written, and what follows up to the next one."""


def fold(word: str) -> str:
    """``word`` in the one form of index and query: narrow, small, Simplified."""
    return unicodedata.normalize("NFKC", word).casefold().translate(han_forms().simplified)


def split(text: str) -> Iterator[Word]:
    """The words of ``text`` in order; their texts together are the text, from the first word on."""
    text = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(text))
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        gap = text[match.end() : end]
        if _BREAK.search(gap):
            yield Word(fold(match[0]), match[0])
            yield Word(BREAK, gap)
        else:
            yield Word(fold(match[0]), match[0] + gap)
