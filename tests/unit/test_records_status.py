"""Statuses on the days around their dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.records import (
    KINDS,
    Collaboration,
    Hub,
    PartialDate,
    Partner,
    collaboration_status,
    load_hub,
    partner_status,
    today,
)

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = "  sources: [https://example.org/]\n"


def collaboration(kind: str = "course", **dates: str) -> Collaboration:
    data = {"id": "c", "title": "C", "kind": kind, "summary": "C.", "sources": ("https://example.org/",)}
    return Collaboration.model_validate(data | dates)


@pytest.mark.parametrize(
    ("kind", "start", "end", "day", "status"),
    [
        ("course", "2023-04-18", "2023-04-20", "2023-04-17", "upcoming"),
        ("course", "2023-04-18", "2023-04-20", "2023-04-18", "ongoing"),
        ("course", "2023-04-18", "2023-04-20", "2023-04-20", "ongoing"),
        ("course", "2023-04-18", "2023-04-20", "2023-04-21", "completed"),
        ("course", "2023-04", "2023-05", "2023-03-31", "upcoming"),
        ("course", "2023-04", "2023-05", "2023-04-01", "ongoing"),
        ("course", "2023-04", "2023-05", "2023-05-31", "ongoing"),
        ("course", "2023-04", "2023-05", "2023-06-01", "completed"),
        ("course", "2023", "2023", "2023-12-31", "ongoing"),
        ("course", "2023", "2023", "2024-01-01", "completed"),
        ("course", "2023-04-18", None, "2023-04-17", "upcoming"),
        ("course", "2023-04-18", None, "2023-04-18", "unknown"),
        ("course", "2023-04-18", None, "2030-01-01", "unknown"),
        ("meetup", "2023-04-18", None, "2023-04-17", "upcoming"),
        ("meetup", "2023-04-18", None, "2023-04-18", "ongoing"),
        ("meetup", "2023-04-18", None, "2023-04-19", "completed"),
        ("meetup", "2023-04", None, "2023-03-31", "upcoming"),
        ("meetup", "2023-04", None, "2023-04-10", "unknown"),
        ("meetup", "2023-04", None, "2023-04-30", "unknown"),
        ("meetup", "2023-04", None, "2023-05-01", "completed"),
        ("course", None, "2023-05", "2023-05-31", "unknown"),
        ("course", None, "2023-05", "2023-06-01", "completed"),
        ("course", None, None, "2023-05-01", "unknown"),
    ],
)
def test_collaboration_status(kind: str, start: str | None, end: str | None, day: str, status: str) -> None:
    dates = {key: value for key, value in (("start", start), ("end", end)) if value}
    assert collaboration_status(collaboration(kind, **dates), date.fromisoformat(day)) == status


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    texts = dict.fromkeys(KINDS, "[]\n")
    texts["partners"] = "".join(
        f"- id: {name}\n  name: Name {name}\n  kind: lab\n  summary: A lab.\n{SOURCES}{dates}"
        for name, dates in (
            ("plain", ""),
            ("busy", ""),
            ("since", "  since: 2023-01\n"),
            ("over", "  since: 2023-01\n  until: 2024\n"),
        )
    )
    texts["collaborations"] = (
        "- id: c\n  title: C\n  kind: course\n  summary: C.\n  partners: [busy, over]\n"
        f"  start: 2025-03\n  end: 2025-04\n{SOURCES}"
    )
    for plural, text in texts.items():
        (tmp_path / f"{plural}.yaml").write_text(text, "utf-8")
    hub, problems = load_hub(tmp_path)
    assert problems == ()
    return hub


@pytest.mark.parametrize(
    ("name", "day", "status"),
    [
        ("plain", "2025-03-15", "unknown"),
        ("busy", "2025-01-01", "active"),
        ("busy", "2025-04-30", "active"),
        ("busy", "2025-05-01", "unknown"),
        ("since", "2022-12-31", "unknown"),
        ("since", "2023-01-01", "active"),
        ("over", "2024-12-31", "active"),
        ("over", "2025-03-15", "past"),
    ],
)
def test_partner_status(name: str, day: str, status: str, hub: Hub) -> None:
    assert partner_status(hub.partners[name], hub, date.fromisoformat(day)) == status


def test_status_on_the_pinned_day(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for moment in (datetime(2025, 2, 28, 23, 59, 59, tzinfo=UTC), datetime(2025, 5, 1, tzinfo=UTC)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
        seen.append((today(), collaboration_status(hub.collaborations["c"], today())))
    assert seen == [(date(2025, 2, 28), "upcoming"), (date(2025, 5, 1), "completed")]


def test_today_without_a_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC).date()
    assert before <= today() <= datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        (2023, "year", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023", "year", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", "month", date(2023, 12, 1), date(2023, 12, 31)),
        ("2023-04-18", "day", date(2023, 4, 18), date(2023, 4, 18)),
    ],
)
def test_partial_date(written: object, precision: str, first: date, last: date) -> None:
    moment = PartialDate.parse(written)
    assert (moment.precision, moment.first, moment.last) == (precision, first, last)
    assert str(moment) == str(written)


@pytest.mark.parametrize(
    "written",
    ["", "23", "2023-", "2023-4", "2023-04-18T00", "20230418", " 2023", True, None, 2.5, -1, 20230418],
)
def test_no_date(written: object) -> None:
    with pytest.raises(ValueError, match="a date is written"):
        PartialDate.parse(written)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2023, day=3)


def test_dates_go_to_json_as_they_are_written() -> None:
    record = collaboration(start="2023-04", end="2023-05-20")
    assert Collaboration.model_validate(record.model_dump()) == record
    assert '"start":"2023-04"' in record.model_dump_json()


def test_partner_of_another_hub_has_no_collaborations(hub: Hub) -> None:
    data = {"id": "x", "name": "X", "kind": "lab", "summary": "X.", "sources": ("https://example.org/",)}
    assert partner_status(Partner.model_validate(data), hub, date(2025, 3, 15)) == "unknown"
