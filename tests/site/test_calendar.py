"""The calendar of the site, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar
import yaml
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_hub.settings import Settings


def test_every_language_has_a_calendar_of_what_has_dates(built_site: Path, settings: Settings) -> None:
    records = yaml.safe_load((built_site / "docs/_data/collaborations.yaml").read_text("utf-8"))
    dated = [record for record in records if {"start", "end"} & set(record)]
    assert dated
    uids = set()
    for language in settings.languages:
        root = built_site / "_build/html" / language.path
        path = root / "data/collaborations.ics"
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        assert isinstance(calendar, icalendar.Calendar)
        assert [component.errors for component in calendar.walk()] == [[]] * (len(dated) + 1)
        assert calendar["name"].params["LANGUAGE"] == language.tag
        assert {event["summary"].params["LANGUAGE"] for event in calendar.events} == {language.tag}
        uids.add(tuple(str(event["uid"]) for event in calendar.events))

        page = BeautifulSoup((root / "community/collaborations.html").read_text("utf-8"), "html.parser")
        links = page.select('[type="text/calendar"]')
        assert [link.name for link in links] == ["link", "a"]
        for link in links:
            assert (root / "community" / str(link["href"])).resolve() == path
    assert len(uids) == 1
