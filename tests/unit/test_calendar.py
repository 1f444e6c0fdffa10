"""The calendar as a file: what the standards ask for, read back by a parser that knows them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest

from sphinx_hub.community.calendar import shown_dates
from sphinx_hub.community.ics import Calendar, Event, Words, escaped, folded
from sphinx_hub.community.ics import icalendar as written
from sphinx_hub.records import Collaboration, PartialDate


def words(text: str, tag: str = "zh-Hans") -> Words:
    return Words(text=text, tag=tag)


EVENT = Event(
    uid="94c3e55a-c97a-53e8-a9c4-1d8ba0aea709",
    stamp=date(2026, 11, 22),
    first=date(2023, 2, 28),
    last=date(2023, 5, 20),
    is_exact=True,
    summary=words("LoRA 微调黑客松"),
    description=words("Models, and more; see C:\\models.\nA second line.", "en"),
    location=words("北京"),
    category=words("黑客松"),
    url="https://hub.example.org/events.html#collaboration-lora",
)
CALENDAR = Calendar(
    uid="1047b996-20f4-56c6-9d63-1ad69e45aa93",
    name=words("合作与活动"),
    url="https://hub.example.org/events.html",
    source="https://hub.example.org/data/collaborations.ics",
    events=[EVENT],
)


def read(calendar: Calendar) -> icalendar.Calendar:
    """The calendar as the parser has it, after making sure that it had nothing to forgive."""
    parsed = icalendar.Calendar.from_ical(written(calendar).encode())
    assert isinstance(parsed, icalendar.Calendar)
    for component in parsed.walk():
        assert component.errors == []
        assert set(component.required) <= set(component)
        once: tuple[str, ...] = component.singletons
        assert not any(isinstance(component.get(name), list) for name in once)
    return parsed


def only_event(event: Event) -> Any:
    (found,) = read(replace(CALENDAR, events=[event])).events
    return found


def test_a_calendar_says_who_made_it_what_it_is_and_where_it_stands() -> None:
    calendar = read(CALENDAR)
    assert (calendar["version"], calendar["calscale"]) == ("2.0", "GREGORIAN")
    assert (calendar["name"], calendar["name"].params["LANGUAGE"]) == ("合作与活动", "zh-Hans")
    assert calendar["x-wr-calname"] == "合作与活动"
    assert calendar["uid"] == CALENDAR.uid
    assert (calendar["source"], calendar["source"].params["VALUE"]) == (CALENDAR.source, "URI")
    assert calendar["url"] == CALENDAR.url
    assert calendar["refresh-interval"].to_ical() == b"P1D"


def test_what_is_not_known_is_left_out() -> None:
    calendar = read(replace(CALENDAR, url="", source="", events=[replace(EVENT, url="", location=None)]))
    assert not {"URL", "SOURCE"} & set(calendar)
    assert not {"URL", "LOCATION", "LAST-MODIFIED"} & set(calendar.events[0])


def test_an_event_takes_whole_days_and_ends_on_the_day_after() -> None:
    event = only_event(EVENT)
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2023, 2, 28), date(2023, 5, 21))
    assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
    assert event["dtstamp"].dt == datetime(2026, 11, 22, tzinfo=UTC)
    assert (event["status"], event["transp"]) == ("CONFIRMED", "TRANSPARENT")
    assert only_event(replace(EVENT, is_exact=False))["status"] == "TENTATIVE"


def test_texts_have_their_language_and_come_back_as_they_were() -> None:
    event = only_event(EVENT)
    assert [(event[name], event[name].params["LANGUAGE"]) for name in ("summary", "location")] == [
        ("LoRA 微调黑客松", "zh-Hans"),
        ("北京", "zh-Hans"),
    ]
    assert (event["description"], event["description"].params["LANGUAGE"]) == (EVENT.description.text, "en")
    assert [str(category) for category in event["categories"].cats] == ["黑客松"]
    assert event["url"] == EVENT.url


def test_the_last_day_of_all_ends_nothing() -> None:
    assert "DTEND" not in only_event(replace(EVENT, first=date.max, last=date.max))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a, b; c\\n", r"a\, b\; c\\n"),
        ("one\ntwo\r\nthree\rfour", r"one\ntwo\nthree\nfour"),
        ("a tab\tstays, a \x07bell\x00 does not", "a tab\tstays\\, a bell does not"),
    ],
)
def test_text_is_escaped(text: str, value: str) -> None:
    assert escaped(text) == value


def test_a_translation_cannot_add_an_event() -> None:
    summary = words("x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y")
    event = only_event(replace(EVENT, summary=summary))
    assert event["summary"] == summary.text.replace("\r\n", "\n")


@pytest.mark.parametrize("text", ["x" * 300, "字" * 200, "é" * 75, "𠮷" * 60, "a" * 74 + "字b", "a" * 75])
@pytest.mark.parametrize("shift", range(4))
def test_lines_are_folded_between_characters(text: str, shift: int) -> None:
    line = "A" * shift + text
    content = folded(line).encode()
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(piece) <= 75 for piece in lines)
    assert len(lines) == 1 or all(len(piece) > 70 for piece in lines[:-1])
    # A piece that cuts a character is no UTF-8.
    pieces = [piece.decode() for piece in lines]
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_every_line_of_a_file_ends_as_the_standard_has_it() -> None:
    long = replace(EVENT, description=words("很长的介绍，" * 60))
    content = written(replace(CALENDAR, events=[long])).encode()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert only_event(long)["description"] == long.description.text


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2023-04-18", "2023-04-20", date(2023, 4, 18), date(2023, 4, 20)),
        ("2023-04", None, date(2023, 4, 1), date(2023, 4, 30)),
        ("2024-02", "2024-03-05", date(2024, 2, 1), date(2024, 3, 5)),
        ("2023-11-30", "2024-02", date(2023, 11, 30), date(2024, 2, 29)),
        (None, "2023-05-20", date(2023, 5, 20), date(2023, 5, 20)),
        ("2023", "2023-05-20", date(2023, 5, 20), date(2023, 5, 20)),
        ("2023-05-20", "2024", date(2023, 5, 20), date(2023, 5, 20)),
    ],
)
def test_dates_are_shown_as_far_as_a_month_is_known(
    start: str | None, end: str | None, first: date, last: date
) -> None:
    dates = shown_dates(collaboration(start, end))
    assert dates is not None
    assert (dates[0].first, dates[1].last) == (first, last)


@pytest.mark.parametrize(("start", "end"), [(None, None), ("2023", None), (None, "2023"), ("2023", "2024")])
def test_a_record_of_which_no_month_is_known_is_not_shown(start: str | None, end: str | None) -> None:
    assert shown_dates(collaboration(start, end)) is None


def collaboration(start: str | None, end: str | None) -> Collaboration:
    return Collaboration(
        id="sprint",
        title="Sprint",
        kind="sprint",
        start=PartialDate.parse(start) if start else None,
        end=PartialDate.parse(end) if end else None,
        summary="A sprint.",
        sources=("https://example.org/sprint",),
    )
