"""A drawn monogram for whoever has no logo that may be shipped."""

from __future__ import annotations

import re
from html import escape
from typing import Final
from urllib.parse import quote

from sphinx_hub.community.colours import colour_of, letters_on
from sphinx_hub.patterns import lazy

_HAN: Final = lazy(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_CAPITALS: Final = lazy(r"(?<=[a-z])(?=[A-Z])")
_LONGEST: Final = 2
# An image does not take the fonts of the page.
_FONTS: Final = "system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"


def monogram_letters(name: str) -> str:
    """One Han character, or one or two capitals, that stand for ``name``; a dot for a name of neither."""
    first = next((character for character in name if character.isalnum()), "")
    if _HAN.match(first):
        return first
    words = re.findall(r"[^\W_]+", _CAPITALS.sub(" ", name))
    initials = [word[0] for word in words if not _HAN.match(word[0])]
    return "".join(initials[:_LONGEST]).upper() or "·"


def monogram_svg(name: str, colour: str | None, seed: str) -> str:
    """The monogram as a drawing of its own.

    The fill is ``colour`` or one that follows from ``seed``, shaded until the letters have a
    contrast of 4.5.
    """
    letters = monogram_letters(name)
    pair = letters_on(colour or colour_of(seed))
    size = 20 if len(letters) == _LONGEST else 24
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">'
        f'<rect width="48" height="48" rx="12" fill="{pair.fill}"/>'
        f'<text x="24" y="24" dy=".35em" text-anchor="middle" font-family="{_FONTS}" font-size="{size}" '
        f'font-weight="600" fill="{pair.letters}">{escape(letters)}</text></svg>'
    )


def monogram_image(name: str, colour: str | None, seed: str) -> str:
    """The monogram as an HTML image that says nothing, since the name stands beside it.

    An image keeps the letters out of the page's text, which is searched, copied and read aloud; its
    colours stay where a reader's own colours replace the page's.
    """
    drawn = quote(monogram_svg(name, colour, seed), safe="=:/;,()'")
    return f'<img class="hub-mark" src="data:image/svg+xml,{drawn}" alt="" width="48" height="48" />'
