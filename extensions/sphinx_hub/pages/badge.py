"""A badge that says how far a language is: a small SVG, for a README or any other page.

Drawn here, so that nobody's visit is told to a service of badges.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from sphinx_hub.xml_text import text as escape

if TYPE_CHECKING:
    from sphinx_hub.settings import Language

_SIZE: Final = 11
"""The size of the letters, in the units of the drawing."""
_PADDING: Final = 7
#: Widths of Latin letters in the common sans serifs, in parts of the size; of the others, the mean.
_WIDTHS: Final = {
    **dict.fromkeys("fijlrt1I.,:;'|!()[] ", 0.34),
    **dict.fromkeys("mwMW%@", 0.95),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.7),
}
_MEAN: Final = 0.58
#: From which share on a badge has which ground. White letters stand on each at 4.5:1 or better.
_GROUNDS: Final = ((95, "#1a7f37"), (60, "#7a5c00"), (0, "#a4420f"))


def badge_svg(language: Language, percent: int, title: str) -> str:
    """The badge of ``language``: its name, and ``percent`` of its words up to date.

    ``title`` is the sentence that voices say, in that language.
    """
    name, share = language.name, f"{percent}%"
    left, right = _width(name), _width(share)
    whole = left + right
    ground = next(colour for least, colour in _GROUNDS if percent >= least)
    # `textLength` keeps the letters within their ground, whatever font the reader has.
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" viewBox="0 0 {whole} 20" role="img" \
aria-labelledby="title" xml:lang="{language.tag}" direction="{language.direction}">
<title id="title">{escape(title)}</title>
<clipPath id="round"><rect width="{whole}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)">
<rect width="{left}" height="20" fill="#3a3f47"/>
<rect x="{left}" width="{right}" height="20" fill="{ground}"/>
<rect x="0.5" y="0.5" width="{whole - 1}" height="19" rx="2.5" fill="none" stroke="#ffffff" \
stroke-opacity="0.35"/>
</g>
<g aria-hidden="true" fill="#ffffff" font-family="system-ui,'Noto Sans','Noto Sans CJK SC',sans-serif" \
font-size="{_SIZE}" text-anchor="middle">
<text x="{left / 2:g}" y="14" textLength="{left - 2 * _PADDING}" lengthAdjust="spacingAndGlyphs">\
{escape(name)}</text>
<text x="{left + right / 2:g}" y="14" textLength="{right - 2 * _PADDING}" lengthAdjust="spacingAndGlyphs">\
{share}</text>
</g>
</svg>
"""


def _width(text: str) -> int:
    """The width of ``text`` with the space around it."""
    return round(sum(map(_letter, text)) * _SIZE) + 2 * _PADDING


def _letter(letter: str) -> float:
    """The width of one letter in parts of the size; a Han letter fills a square, a combining sign nothing."""
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1
    return _WIDTHS.get(letter, _MEAN)
