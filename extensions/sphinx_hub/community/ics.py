"""A calendar as text: iCalendar (RFC 5545) with the properties that RFC 7986 added.

Nothing in it comes from the clock: written again, the calendar is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: RFC 5545, 3.7.3: what made the file. It names no version, which would change a file that is the same.
_PRODUCT: Final = "-//sphinx-hub//sphinx_hub.community//EN"
#: How often a calendar that is subscribed to is asked for again.
_REFRESH: Final = "P1D"
#: RFC 5545, 3.1: octets of a line, without its end.
_LONGEST: Final = 75
#: RFC 5545, 3.3.11: characters that no text may have.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPED: Final = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text and the BCP 47 tag of its language."""

    text: str
    tag: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that takes whole days."""

    uid: str
    """What names it for ever, in every language."""
    stamp: date
    """When what is said of it was last known to be right."""
    first: date
    last: date
    """The last day of it, and not the day after."""
    is_exact: bool
    """Whether it is known to take these days; else it takes some of them."""
    summary: Words
    description: Words
    location: Words | None
    category: Words
    url: str
    """The address of its page; empty where that is not known."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The calendar of one language."""

    uid: str
    name: Words
    url: str
    """The address of the page that shows the same; empty where that is not known."""
    source: str
    """Where the calendar stands; empty where that is not known."""
    events: Sequence[Event]
    """At least one: RFC 5545 knows no calendar without."""


def icalendar(calendar: Calendar) -> str:
    """The calendar as a file, its lines ended as the standard has it; the events in the order given."""
    return "".join(map(folded, _lines(calendar)))


def _lines(calendar: Calendar) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{_PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    yield f"UID:{calendar.uid}"
    yield _text("NAME", calendar.name)
    # What readers of calendars looked for before NAME and REFRESH-INTERVAL became a standard.
    yield f"X-WR-CALNAME:{escaped(calendar.name.text)}"
    if calendar.url:
        yield f"URL:{calendar.url}"
    if calendar.source:
        yield f"SOURCE;VALUE=URI:{calendar.source}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}"
    yield f"X-PUBLISHED-TTL:{_REFRESH}"
    for event in calendar.events:
        yield from _event(event)
    yield "END:VCALENDAR"


def _event(event: Event) -> Iterator[str]:
    # Without LAST-MODIFIED: some readers of calendars keep what they have while that stays the same, and
    # would miss a translation that was mended.
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_day(event.stamp)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(event.first)}"
    if event.last < date.max:
        yield f"DTEND;VALUE=DATE:{_day(event.last + timedelta(days=1))}"
    yield _text("SUMMARY", event.summary)
    yield _text("DESCRIPTION", event.description)
    if event.location:
        yield _text("LOCATION", event.location)
    yield _text("CATEGORIES", event.category)
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'CONFIRMED' if event.is_exact else 'TENTATIVE'}"
    # What somebody else holds does not take up the reader's own time.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(name: str, words: Words) -> str:
    return f"{name};LANGUAGE={words.tag}:{escaped(words.text)}"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def escaped(text: str) -> str:
    """``text`` as a value, on one line (RFC 5545, 3.3.11); control characters are left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).translate(_ESCAPED)


def folded(line: str) -> str:
    """``line`` with its end, in pieces of at most 75 octets that cut no character (RFC 5545, 3.1)."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
