"""The collaborations as a calendar of the built site, and the links that lead readers to it."""

from __future__ import annotations

import uuid
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.community import words
from sphinx_hub.community.domain import hub_domain
from sphinx_hub.community.export import FOLDER, page_of, publishes
from sphinx_hub.community.ics import Calendar, Event, Words, icalendar
from sphinx_hub.community.nodes import calendar_note, record_link
from sphinx_hub.community.site import anchor_of
from sphinx_hub.community.wording import filled
from sphinx_hub.i18n import written_date, written_range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_hub.community.domain import HubDomain
    from sphinx_hub.community.site import Phrase, Site
    from sphinx_hub.records import Collaboration, PartialDate

#: Within the built site of each language.
CALENDAR: Final = f"{FOLDER}/collaborations.ics"
_TYPE: Final = "text/calendar"
#: The namespace of the names. UUIDs, as RFC 7986 asks for, need no host and so outlive a move of the site.
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/sphinx-hub/sphinx-hub#collaborations")
_NO_DAY: Final = date(1970, 1, 1)


def write_calendar(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: write the calendar, whole or not at all; what stays the same keeps its time.

    There is none where no collaboration has a date that one could show.
    """
    if exception is not None or not publishes(app.builder):
        return
    path = Path(app.outdir, CALENDAR)
    domain = hub_domain(app.env)
    if has_calendar(domain.site):
        write_if_changed(path, icalendar(_Gatherer(app, domain).calendar()).encode())
    else:
        path.unlink(missing_ok=True)


def has_calendar(site: Site) -> bool:
    """Whether any collaboration can be shown in a calendar."""
    return any(shown_dates(record) for record in site.hub.collaborations.values())


def shown_dates(collaboration: Collaboration) -> tuple[PartialDate, PartialDate] | None:
    """From when to when a calendar shows ``collaboration``; None where it does not.

    A date that names only a year is passed over: a bar over the whole year would hide what is known better.
    Where one of the two is left, it is both.
    """
    dates = (collaboration.start, collaboration.end)
    known = [each for each in dates if each is not None and each.precision != "year"]
    return (known[0], known[-1]) if known else None


def fill_calendar_notes(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On doctree-resolved: put the link into its place under builders of websites, and nothing elsewhere."""
    for note in list(doctree.findall(calendar_note)):
        if not publishes(app.builder):
            note.parent.remove(note)
            continue
        link = record_link("", words.calendar_link(), refuri=_from_page(app.builder, docname), type=_TYPE)
        note.append(nodes.paragraph("", "", link, nodes.Text(" · "), nodes.Text(words.calendar_hint())))


def announce_calendar(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """On html-page-context: name the calendar in the head of a page that links to it."""
    del templatename
    if doctree is None or not publishes(app.builder) or not any(doctree.findall(calendar_note)):
        return
    title, href = escape(_title(app)), escape(_from_page(app.builder, pagename))
    link = f'<link rel="alternate" type="{_TYPE}" title="{title}" href="{href}">'
    context["metatags"] = f"{context.get('metatags', '')}\n{link}"


def _from_page(builder: Builder, docname: str) -> str:
    # singlehtml puts the name of the document behind the address.
    return relative_uri(builder.get_target_uri(docname).partition("#")[0], CALENDAR)


def _title(app: Sphinx) -> str:
    return f"{words.calendar_name()} – {app.config.html_title or app.config.project}"


class _Gatherer:
    """Gathers the calendar of the language that is being built."""

    def __init__(self, app: Sphinx, domain: HubDomain) -> None:
        self.app = app
        self.site = domain.site
        self.homes = domain.homes()
        # The project's name as conf.py has it: the one of the configuration may be translated.
        project = app.config._raw_config.get("project", app.config.project)  # noqa: SLF001
        self.owner = self.site.settings.repository or str(project)

    def calendar(self) -> Calendar:
        """The calendar with its events by their first day, those of one day by their ids."""
        records = sorted(self.site.hub.collaborations.values(), key=lambda record: record.id)
        shown = [(record, dates) for record in records if (dates := shown_dates(record)) is not None]
        events = [self._event(record, *dates) for record, dates in shown]
        pages = {(self._page(record) or "").partition("#")[0] for record, _dates in shown}
        root = self.app.builder.get_target_uri(self.app.config.root_doc).partition("#")[0]
        return Calendar(
            uid=self._uid("calendar", self.site.language.locale),
            name=Words(text=_title(self.app), tag=self.site.language.tag),
            url=self._address((pages.pop() if len(pages) == 1 else "") or root),
            source=self._address(CALENDAR),
            events=sorted(events, key=lambda event: event.first),
        )

    def _event(self, record: Collaboration, start: PartialDate, end: PartialDate) -> Event:
        place = self._phrase(record, record.place) if record.place else None
        if record.online:
            online = Words(text=words.online(), tag=self.site.language.tag)
            place = Words(text=f"{place.text} · {online.text}", tag=place.tag) if place else online
        return Event(
            uid=self._uid("collaboration", record.id),
            stamp=record.verified.first if record.verified else _NO_DAY,
            first=start.first,
            last=end.last,
            is_exact=start.precision == end.precision == "day",
            summary=self._words(self.site.name(record)),
            description=self._description(record),
            location=place,
            category=Words(
                text=words.word(words.COLLABORATION_KINDS[record.kind]), tag=self.site.language.tag
            ),
            url=self._address(self._page(record) or ""),
        )

    def _description(self, record: Collaboration) -> Words:
        summary = self._phrase(record, record.summary)
        lines = [summary.text]
        if record.outcome:
            lines.append(self._phrase(record, record.outcome).text)
        if not _days_are_known(record):
            lines.append(filled(words.known_dates(), dates=self._when(record)))
        if record.url:
            lines.append(filled(words.word(words.LINKS["announcement"][1]), name=record.url))
        return Words(text="\n".join(lines), tag=summary.tag)

    def _when(self, record: Collaboration) -> str:
        """The time as the page has it, no more exact than it is known."""
        start, end, locale = record.start, record.end, self.site.locale
        if start and end:
            return "".join(part.text for part in written_range(start, end, locale))
        if start:
            written = written_date(start, locale)
            return written if record.kind == "meetup" else filled(words.began(), date=written)
        return filled(words.ended(), date=written_date(end, locale)) if end else ""

    def _phrase(self, record: Collaboration, text: str) -> Words:
        return self._words(self.site.phrase(record, text))

    def _words(self, phrase: Phrase) -> Words:
        return Words(text=phrase.text, tag=phrase.lang or self.site.language.tag)

    def _uid(self, *parts: str) -> str:
        return str(uuid.uuid5(_NAMESPACE, "\n".join((self.owner, *parts))))

    def _page(self, record: Collaboration) -> str | None:
        return page_of(self.app.builder, self.homes.get(anchor_of(record)))

    def _address(self, target: str) -> str:
        """``target`` as a whole address; empty where that of the site is not known: none may be relative."""
        base = self.app.config.html_baseurl
        return urljoin(f"{base.rstrip('/')}/", target) if base and target else ""


def _days_are_known(record: Collaboration) -> bool:
    """Whether both ends are known to the day; a meetup without an end is over on the day it begins."""
    end = record.start if record.kind == "meetup" and record.end is None else record.end
    dates: Iterable[PartialDate | None] = (record.start, end)
    return all(each is not None and each.precision == "day" for each in dates)
