"""The comments by which an entry says what state it is in, beside the flag ``fuzzy``.

They are comments of translators, which every tool keeps: of the other kinds, some tools keep none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.entries import OUTDATED

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAY: Final = r"(?P<day>\d{4}-\d{2}-\d{2})"
SUGGESTED: Final = re.compile(r"suggested from: (?P<origin>.+)")
#: No page has the text any more.
OBSOLETE: Final = re.compile(rf"obsolete since {_DAY}")
#: Of a whole catalog, in the comments of its header: its page is gone.
RETIRED: Final = re.compile(rf"retired since {_DAY}")
#: What else a text was translated to, where two entries of it became one.
_ANOTHER: Final = "# another translation: "


def outdated_mark(day: date) -> str:
    """The comment of an entry whose source changed on ``day``."""
    return f"# outdated since {day.isoformat()}"


def obsolete_mark(day: date) -> str:
    """The comment of an entry whose text no page has since ``day``."""
    return f"# obsolete since {day.isoformat()}"


def retired_mark(day: date) -> str:
    """The comment of a catalog whose page is gone since ``day``."""
    return f"# retired since {day.isoformat()}"


def suggested_mark(origin: str) -> str:
    """The comment of a suggestion."""
    return f"# suggested from: {origin}"


def another_translation(strings: Iterable[str]) -> tuple[str, ...]:
    """The comments that keep translations which an entry has no room for."""
    return tuple(_ANOTHER + " ".join(string.splitlines()) for string in strings if string)


def other_translations(comments: Iterable[str]) -> tuple[str, ...]:
    """Those of ``comments`` that :func:`another_translation` made."""
    return tuple(line for line in comments if line.startswith(_ANOTHER))


def without(comments: Iterable[str], *marks: re.Pattern[str]) -> tuple[str, ...]:
    """The comments that are none of ``marks``."""
    return tuple(line for line in comments if not any(mark.fullmatch(line[1:].strip()) for mark in marks))


def unmarked(comments: Iterable[str]) -> tuple[str, ...]:
    """The comments of a current entry."""
    return without(comments, OUTDATED, SUGGESTED)


def origin_of(comments: Iterable[str]) -> str:
    """Where a suggestion comes from, or nothing."""
    found = filter(None, (SUGGESTED.fullmatch(line[1:].strip()) for line in comments))
    return next((match["origin"] for match in found), "")


def day_of(comments: Iterable[str], mark: re.Pattern[str]) -> date | None:
    """The first day that a mark of this kind names; None where there is none, or no such day."""
    for line in comments:
        found = mark.fullmatch(line[1:].strip())
        if found:
            try:
                return date.fromisoformat(found["day"])
            except ValueError:
                return None
    return None
