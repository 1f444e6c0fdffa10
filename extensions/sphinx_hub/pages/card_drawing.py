"""How the picture of a page is drawn; :mod:`sphinx_hub.pages.cards` says when.

Pillow is loaded with this module, which therefore is imported where a picture is drawn.
"""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from sphinx_hub.pages.cards import HEIGHT, PLACES, WIDTH

_MARGIN: Final = 90
_SIZES: Final = (76, 66, 58, 50, 44)
_LINES: Final = 4
_INK, _PALE, _PAPER, _BLUE, _ORANGE = "#0f172a", "#475569", "#ffffff", "#2563eb", "#ea6f0a"
#: The face of each language; all others have that of Simplified Chinese, which has the same Latin letters.
_FACES: Final = {"zh-Hant": "TC", "zh-TW": "TC", "zh-HK": "HK", "ja": "JP", "ko": "KR"}
# Signs that begin no line, and signs that end none (https://www.w3.org/TR/clreq/#prohibition_rules).
_NO_START: Final = "，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}"
_NO_END: Final = "（《〈「『【〔“‘([{"
_HAN: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECE: Final = re.compile(rf"[{_HAN}]|[^\s{_HAN}]+|\s+")


class Font(NamedTuple):
    """One face of a file of fonts."""

    path: str
    face: int

    def of_size(self, size: int) -> ImageFont.FreeTypeFont:
        """The face in ``size`` pixels."""
        return _font(self.path, self.face, size)


@cache
def _font(path: str, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index)


@cache
def find_font(tag: str) -> Font | None:
    """The font for a language, by its BCP 47 tag; None where it is not installed."""
    path = next((place for place in PLACES if Path(place).is_file()), None)
    if path is None:
        return None
    wanted = f"Noto Sans CJK {_FACES.get(tag, 'SC')}"
    for index in range(10):
        try:
            name = _font(path, index, 40).getname()[0]
        except OSError:
            break
        if name == wanted:
            return Font(path, index)
    return None


def lacking(text: str, font: Font) -> list[str]:
    """The characters of ``text`` that the font has no picture of."""
    face = font.of_size(40)
    empty = bytes(face.getmask("\U0010fffe"))
    return [
        character
        for character in dict.fromkeys(text)
        if not character.isspace() and bytes(face.getmask(character)) == empty
    ]


def broken(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` pixels, broken where its language allows it."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and font.getlength((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """What stays together: words, Han characters, and punctuation with what it belongs to."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        if pieces and (piece[0] in _NO_START or pieces[-1][-1] in _NO_END):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def draw_card(title: str, site: str, language: str, font: Font) -> bytes:
    """The picture as a PNG file; the same for the same words, font and version of Pillow."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 18), fill=_BLUE)
    draw.rectangle((0, 18, WIDTH // 4, 26), fill=_ORANGE)
    width = WIDTH - 2 * _MARGIN
    size, lines = _SIZES[-1], [title]
    for size in _SIZES:
        lines = broken(title, font.of_size(size), width)
        if len(lines) <= _LINES:
            break
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]
    # In the middle of what the name of the site leaves.
    top = 60 + max(0, (HEIGHT - 220 - round(len(lines) * size * 1.4)) // 2)
    for line in lines:
        draw.text((_MARGIN, top), line, font=font.of_size(size), fill=_INK)
        top += round(size * 1.4)
    small = font.of_size(34)
    draw.ellipse((_MARGIN, HEIGHT - 112, _MARGIN + 28, HEIGHT - 84), fill=_BLUE)
    draw.ellipse((_MARGIN + 18, HEIGHT - 112, _MARGIN + 46, HEIGHT - 84), fill=_ORANGE)
    draw.text((_MARGIN + 66, HEIGHT - 122), site, font=small, fill=_PALE)
    draw.text((WIDTH - _MARGIN - small.getlength(language), HEIGHT - 122), language, font=small, fill=_PALE)
    file = io.BytesIO()
    image.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()
