"""The order in which a language lists names."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


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
