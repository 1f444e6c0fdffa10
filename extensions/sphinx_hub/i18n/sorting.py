"""The order in which a language lists names."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale

#: The characters of Big5 in the order of CLDR's collation "stroke" (zh-Hant-u-co-stroke, as ICU has it).
_STROKES: Final = Path(__file__).parent / "stroke_order.txt"


def name_key(name: str, locale: Locale) -> tuple[str, ...]:
    """What to sort ``name`` by: pinyin with tones in Chinese, the folded letters elsewhere.

    Add the record's id to the key, and equal names keep one order too.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    if locale.language != "zh":
        return (folded,)
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 a third of a second that other languages save

    # ü is written v, and the neutral tone 5: the keys then stay within ASCII and sort by syllable.
    syllables = lazy_pinyin(folded, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
    return tuple(syllable.strip() for syllable in syllables if syllable.strip())


def index_key(title: str, locale: Locale) -> tuple[str, ...]:
    """What an index sorts ``title`` by: as names are, but by strokes where Traditional Chinese is written."""
    if locale.language != "zh" or locale.territory not in {"TW", "HK", "MO"}:
        return name_key(title, locale)
    ranks = _stroke_ranks()
    folded = unicodedata.normalize("NFKC", title).casefold()
    # Latin letters come first, then what Big5 has, then the rest by code point.
    return tuple(f"\uffff{ranks[sign]:05}" if sign in ranks else sign for sign in folded)


@cache
def index_version() -> str:
    """What tells whether the same titles may now come in another order."""
    code = hashlib.sha256(Path(__file__).read_bytes() + _STROKES.read_bytes()).hexdigest()
    return f"{version('pypinyin')} {code}"


@cache
def _stroke_ranks() -> dict[str, int]:
    return {sign: rank for rank, sign in enumerate(_STROKES.read_text("utf-8").replace("\n", ""))}
