"""How long a text takes to read.

Adults read English non-fiction silently at 238 words a minute on average, and texts of about the same
content take about the same time in other languages (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047).
Chinese is counted in characters: a text has about 1.5 of them for each English word, which makes 360.
Japanese kana and hangul are counted alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sphinx_hub.catalogs.worddiff import words_of
from sphinx_hub.patterns import lazy

WORDS_A_MINUTE: Final = 238
CHARACTERS_A_MINUTE: Final = 360
_CHARACTER: Final = lazy("[\u1100-\u11ff\u3005-\u318e\u31a0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True, kw_only=True)
class Length:
    """How much there is to read."""

    words: int = 0
    """Words between spaces, and numbers."""
    characters: int = 0
    """Characters of scripts that are counted one by one."""

    @property
    def minutes(self) -> int:
        """The time that it takes to read, in minutes, at least 1."""
        return max(1, round(self.words / WORDS_A_MINUTE + self.characters / CHARACTERS_A_MINUTE))


def length_of(text: str) -> Length:
    """How much there is to read in ``text``."""
    words = words_of(text)
    characters = sum(_CHARACTER.match(word) is not None for word in words)
    return Length(words=len(words) - characters, characters=characters)
