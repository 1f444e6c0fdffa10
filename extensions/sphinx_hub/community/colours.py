"""Colours that can be read: contrast as WCAG 2.2 defines it, and the nearest shade that has enough."""

from __future__ import annotations

import colorsys
import hashlib
from typing import Final, NamedTuple

#: Text on its ground (WCAG 2.2, 1.4.3), and graphics on theirs (1.4.11).
TEXT_CONTRAST: Final = 4.5
GRAPHICS_CONTRAST: Final = 3.0
#: Furo's grounds of the light and the dark page.
GROUNDS: Final = ("#ffffff", "#131416")
WHITE: Final = "#ffffff"
INK: Final = "#101214"

_STEPS: Final = 100
# Brighter fills carry dark text: white letters would take too much of the colour away.
_BRIGHT: Final = 0.42


class LettersOnFill(NamedTuple):
    """Two colours, ``#rrggbb``, of which the first can be read on the second."""

    letters: str
    fill: str


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``: 0 for black, 1 for white."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 sRGB

    red, green, blue = map(linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21; the order makes no difference."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def colour_of(seed: str) -> str:
    """A colour for who has none, the same for the same ``seed`` everywhere and always."""
    hue = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:2]) / 0x10000
    return _written(colorsys.hls_to_rgb(hue, 0.40, 0.50))


def letters_on(colour: str) -> LettersOnFill:
    """Letters on a fill as near to ``colour`` as a contrast of 4.5 allows."""
    letters, towards = (INK, WHITE) if luminance(colour) > _BRIGHT else (WHITE, INK)
    for step in range(_STEPS + 1):
        fill = _mix(colour, towards, step / _STEPS)
        if contrast(letters, fill) >= TEXT_CONTRAST:
            return LettersOnFill(letters, fill)
    return LettersOnFill(WHITE, INK)


def seen_on_both(colour: str) -> str:
    """The shade nearest to ``colour`` that stands out from the light and from the dark page."""
    towards = INK if contrast(colour, GROUNDS[0]) < GRAPHICS_CONTRAST else WHITE
    for step in range(_STEPS + 1):
        shade = _mix(colour, towards, step / _STEPS)
        if all(contrast(shade, ground) >= GRAPHICS_CONTRAST for ground in GROUNDS):
            return shade
    return "#808080"


def _channels(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _mix(colour: str, towards: str, share: float) -> str:
    red, green, blue = (
        one + (other - one) * share for one, other in zip(_channels(colour), _channels(towards), strict=True)
    )
    return _written((red, green, blue))


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
