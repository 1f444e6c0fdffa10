"""A drawn monogram for whoever has no logo that may be shipped."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from sphinx_hub.community.colours import colour_of, letters_on

_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_CAPITALS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST: Final = 2


def monogram_letters(name: str) -> str:
    """One Han character, or one or two capitals, that stand for ``name``; a dot for a name of neither."""
    first = next((character for character in name if character.isalnum()), "")
    if _HAN.match(first):
        return first
    words = re.findall(r"[^\W_]+", _CAPITALS.sub(" ", name))
    initials = [word[0] for word in words if not _HAN.match(word[0])]
    return "".join(initials[:_LONGEST]).upper() or "·"


def monogram_svg(name: str, colour: str | None, seed: str) -> str:
    """The monogram as inline SVG, hidden from screen readers since the name stands beside it.

    The fill is ``colour`` or one that follows from ``seed``, shaded until the letters have a
    contrast of 4.5. Colours are presentation attributes, which a strict content security policy lets be.
    """
    letters = monogram_letters(name)
    pair = letters_on(colour or colour_of(seed))
    size = 20 if len(letters) == _LONGEST else 24
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="hub-mark" viewBox="0 0 48 48" width="48" height="48" '
        'aria-hidden="true" focusable="false">'
        f'<rect width="48" height="48" rx="12" fill="{pair.fill}"/>'
        f'<text x="24" y="24" dy=".35em" text-anchor="middle" font-size="{size}" font-weight="600" '
        f'fill="{pair.letters}">{escape(letters)}</text></svg>'
    )
