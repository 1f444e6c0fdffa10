"""Dates as a reader's language writes them, no more exact than they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from babel.dates import format_date as babel_date
from babel.dates import format_skeleton, parse_pattern

if TYPE_CHECKING:
    from babel import Locale

    from sphinx_hub.records import PartialDate

_SKELETONS: Final = {"year": "y", "month": "yMMM", "day": "yMMMd"}


class DatePart(NamedTuple):
    """A stretch of a written range, and the date that it names; None for what stands between."""

    text: str
    date: PartialDate | None = None


def written_date(when: PartialDate, locale: Locale) -> str:
    """``when`` in words: "January 9, 2023", "January 2023" or "2023"."""
    if when.precision == "day":
        return babel_date(when.first, "long", locale=locale)
    skeleton = "yMMMM" if when.precision == "month" else "y"
    return format_skeleton(skeleton, when.first, locale=locale)


def written_range(start: PartialDate, end: PartialDate, locale: Locale) -> tuple[DatePart, ...]:
    """The time from ``start`` to ``end``; what both share is written once where the language does so.

    Joined, the parts are the range as CLDR writes it. Two dates of which one is more exact are
    written in full, each as exact as it is known.
    """
    if start == end:
        return (DatePart(written_date(start, locale), start),)
    if start.precision == end.precision:
        patterns = locale.interval_formats.get(_SKELETONS[start.precision], {}).get(_difference(start, end))
        if patterns:
            first, last = (parse_pattern(pattern) for pattern in patterns)
            return (
                DatePart(first.apply(start.first, locale), start),
                DatePart(last.apply(end.first, locale), end),
            )
    before, between, after = _fallback(locale)
    return (
        *([DatePart(before)] if before else ()),
        DatePart(written_date(start, locale), start),
        DatePart(between),
        DatePart(written_date(end, locale), end),
        *([DatePart(after)] if after else ()),
    )


def _difference(start: PartialDate, end: PartialDate) -> str:
    """The greatest field in which two dates differ, as CLDR names it."""
    if start.year != end.year:
        return "y"
    return "M" if start.month != end.month else "d"


def _fallback(locale: Locale) -> tuple[str, str, str]:
    """What stands before, between and after two dates that are written in full."""
    before, rest = locale.interval_formats[None].split("{0}")
    between, after = rest.split("{1}")
    return before, between, after
