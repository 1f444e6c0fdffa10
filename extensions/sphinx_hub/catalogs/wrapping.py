"""How long strings of a catalog are wrapped: as GNU gettext does it, to the letter.

``msgcat``, Poedit and Weblate write so, and a file that went through one of them stays as it is. A line has
79 columns with its quotation marks, of which a Chinese character takes two, and ends where Unicode lets a
line end (https://www.unicode.org/reports/tr14/). Each line of the text begins a line, and a string of several
lines begins below its keyword.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from sphinx_hub.catalogs.line_break_classes import line_break_class

#: Columns of a line, as ``msgcat`` has them.
WIDTH: Final = 79
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"} | {
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
}
#: Pairs between which no line ends, also with spaces between them: rules LB 13 to 17.
_NEVER_BEFORE: Final = frozenset({"CL", "CP", "EX", "IS", "SY", "WJ"})
_ALPHABETIC: Final = frozenset({"AL", "HL"})
#: A full-width bracket, to which LB 30 does not apply.
_WIDE_OPENING: Final = "OP, wide"
_OPENING: Final = frozenset({"OP", _WIDE_OPENING})
_HANGUL: Final = frozenset({"H2", "H3", "JL", "JV", "JT"})
_WIDE_SIGNS: Final = frozenset({"ID", "EB", "EM"})


def wrapped(keyword: str, text: str, start: str = "") -> tuple[str, ...]:
    """The lines of ``keyword`` with its string, each with ``start`` before it: ``#~ `` or ``#| ``."""
    width = WIDTH - len(start) - 2
    parts = text.split("\n")
    portions = [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
    escaped = [escape_string(portion) for portion in portions]
    if not escaped:
        return (f'{start}{keyword} ""',)
    if len(escaped) == 1:
        # gettext measures the first line without its closing mark's neighbours, as it does the others.
        lines = _broken(escaped[0], width, len(keyword) + 1)
        if len(lines) == 1:
            return (f'{start}{keyword} "{lines[0]}"',)
    rows = [f'{start}{keyword} ""']
    for portion in escaped:
        rows += [f'{start}"{line}"' for line in _broken(portion, width, 0)]
    return tuple(rows)


def escape_string(text: str) -> str:
    """The text as it stands between quotation marks."""
    return "".join(_ESCAPES.get(character, character) for character in text)


def _broken(text: str, width: int, column: int) -> list[str]:
    """The lines of an escaped string; the first begins at ``column``."""
    breaks = _opportunities(text)
    lines: list[str] = []
    begin = piece = 0  # where the line begins, and its last piece that cannot be broken
    column_of_piece = column
    taken = 0  # columns of the piece
    has_break = False
    for place, character in enumerate(text):
        if place and breaks[place]:
            if has_break and column_of_piece + taken > width:
                lines.append(text[begin:piece])
                begin = piece
                column_of_piece = 0
            column_of_piece += taken
            piece, taken, has_break = place, 0, True
        taken += _columns(character)
    if has_break and column_of_piece + taken > width:
        lines.append(text[begin:piece])
        begin = piece
    return [*lines, text[begin:]]


@cache
def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 2
    return 0 if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"} else 1


def _opportunities(text: str) -> list[bool]:
    """For each character, whether a line may end before it."""
    found = [False] * len(text)
    before = ""  # the class of the last character that is no space
    spaces = False
    flags = 0  # regional indicators that stand together
    joined = False
    escape = False
    for place, character in enumerate(text):
        kind = line_break_class(character)
        if escape:  # the second character of an escape
            escape = False
            before, spaces, joined = kind, False, False
            continue
        escape = character == "\\"
        if kind == "SP":
            spaces = True
            continue
        if kind in {"CM", "ZWJ"} and before and before not in {"ZW", "BK"} and not spaces:
            joined = kind == "ZWJ"
            continue  # belongs to the character before it
        kind = "AL" if kind in {"CM", "ZWJ"} else kind
        if kind == "OP" and _columns(character) > 1:
            kind = _WIDE_OPENING
        if before and before != "BK":
            odd = before == kind == "RI" and flags % 2 == 1
            found[place] = not joined and not odd and _may_end(before, kind, spaces=spaces)
        flags = flags + 1 if kind == "RI" else 0
        before, spaces, joined = kind, False, False
    if text.endswith("\\n") and len(text) > 1:
        found[-2] = False
    return found


@cache
def _may_end(before: str, after: str, *, spaces: bool) -> bool:  # noqa: C901, PLR0911 one rule each
    """Whether a line may end between characters of two classes, with or without spaces between them."""
    if after in {"BK", "ZW"}:
        return False
    if before == "ZW":  # LB 8
        return True
    if after in _NEVER_BEFORE or (before == "WJ" and not spaces):  # LB 11, 13
        return False
    if before in _OPENING or (before == "QU" and after in _OPENING):  # LB 14, 15
        return False
    if (before in {"CL", "CP"} and after == "NS") or before == after == "B2":  # LB 16, 17
        return False
    if spaces:  # LB 18
        return True
    if before == "GL" or (after == "GL" and before not in {"BA", "HY"}):  # LB 12
        return False
    if "QU" in {before, after} or after in {"BA", "HY", "NS"} or before == "BB":  # LB 19, 21
        return False
    if before == "SY" and after == "HL":  # LB 21b
        return False
    if after == "IN":  # LB 22
        return False
    return not (
        _one_word(before, after)
        or _one_number(before, after)
        or _one_syllable(before, after)
        or (before == "EB" and after == "EM")  # LB 30b
    )


def _one_word(before: str, after: str) -> bool:
    """LB 23, 24, 28 to 30."""
    letters = _ALPHABETIC | {"NU"}
    return (
        (before in letters and after in letters and not before == after == "NU")
        or (before == "PR" and after in _WIDE_SIGNS)
        or (before in _WIDE_SIGNS and after == "PO")
        or (before in {"PR", "PO"} and after in _ALPHABETIC)
        or (before in _ALPHABETIC and after in {"PR", "PO"})
        or (before in letters and after == "OP")
        or (before == "CP" and after in letters)
    )


def _one_number(before: str, after: str) -> bool:
    """LB 25."""
    return (
        (before in {"CL", "CP", "NU"} and after in {"PO", "PR"})
        or (before in {"PO", "PR"} and after in {*_OPENING, "NU"})
        or (before in {"HY", "IS", "NU", "SY"} and after == "NU")
    )


def _one_syllable(before: str, after: str) -> bool:
    """LB 26, 27."""
    return (
        (before == "JL" and after in {"JL", "JV", "H2", "H3"})
        or (before in {"JV", "H2"} and after in {"JV", "JT"})
        or (before in {"JT", "H3"} and after == "JT")
        or (before in _HANGUL and after == "PO")
        or (before == "PR" and after in _HANGUL)
    )
