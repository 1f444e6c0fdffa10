"""``collaboration-timeline``: what was done together, in an ordered list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, cast

from docutils import nodes

from sphinx_hub.community import words
from sphinx_hub.community.calendar import has_calendar
from sphinx_hub.community.directives import parts
from sphinx_hub.community.directives.base import GUTTER, RecordDirective, option_spec
from sphinx_hub.community.nodes import calendar_note
from sphinx_hub.community.options import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.community.options import Choices
    from sphinx_hub.records import Collaboration, Record


#: Noted of a page that has its link to the calendar.
_CALENDAR: Final = "hub_calendar"


class CollaborationTimeline(RecordDirective):
    """An ordered list of collaborations: when, what, with whom, where, and what came of it."""

    directive_name = "collaboration-timeline"
    plural = "collaborations"
    shows: ClassVar[tuple[str, ...]] = ("partners",)
    columns = columns("1")
    has_status = True
    option_spec = option_spec(directive_name)

    def run(self) -> list[nodes.Node]:
        """The list, and before it the place of the link to the calendar, once on a home of records."""
        shown = super().run()
        noted = self.env.current_document
        if "no-index" in self.options or _CALENDAR in noted or not has_calendar(self.page.site):
            return shown
        noted[_CALENDAR] = True
        return [calendar_note(classes=["hub-calendar"]), *shown]

    def show(self, records: Sequence[Record], choices: Choices) -> nodes.Element:
        """The ``records`` as items of one ordered list."""
        grid = ["sd-row", *choices.columns, *GUTTER] if choices.columns else []
        items = []
        for record in records:
            item = nodes.list_item("", self.placed(record), classes=["hub-timeline__item"])
            item["classes"] += ["sd-col", "sd-d-flex-row"] if grid else []
            items.append(item)
        shape = "hub-timeline--grid" if grid else "hub-timeline--line"
        classes = ["hub-timeline", shape, "hub-records", *grid]
        return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".", classes=classes)

    def card(self, record: Record, *, home: bool) -> nodes.container:
        """One collaboration."""
        collaboration, page = cast("Collaboration", record), self.page
        partners = [page.site.hub.partners[name] for name in collaboration.partners]
        kind = words.word(words.COLLABORATION_KINDS[collaboration.kind])
        line: list[list[nodes.Node]] = [self._when(collaboration), [nodes.Text(kind)]]
        status = page.site.status(collaboration)
        if status != "unknown":
            text = words.word(words.COLLABORATION_STATUSES[status])
            line.append([parts.badge(text, f"hub-badge--{status}")])
        body = (
            parts.paragraph(*parts.dotted(part for part in line if part), classes=["hub-kind"]),
            parts.title(page, collaboration, home=home),
            parts.other_names(page, collaboration),
            *parts.told(page, collaboration, collaboration.summary),
            parts.facts(
                (
                    ("partners", parts.references(page, partners)),
                    ("place", self._place(collaboration)),
                    ("outcome", parts.known(page, collaboration, collaboration.outcome)),
                )
            ),
            parts.links(
                (
                    parts.link(page, collaboration, "announcement", collaboration.url),
                    *(parts.link(page, collaboration, "related", url) for url in collaboration.related),
                )
            ),
            parts.sources(collaboration),
        )
        return parts.card(collaboration, body, parts.footer(page, collaboration, collaboration.verified))

    def _when(self, collaboration: Collaboration) -> list[nodes.Node]:
        """The time; a meetup of which only the start is known took place then, and did not go on from it."""
        start, end = collaboration.start, collaboration.end
        if collaboration.kind == "meetup" and end is None:
            return parts.day(self.page, start)
        return parts.when(self.page, start, end)

    def _place(self, collaboration: Collaboration) -> list[nodes.Node]:
        known: list[list[nodes.Node]] = [parts.known(self.page, collaboration, collaboration.place)]
        if collaboration.online:
            known.append([nodes.Text(words.online())])
        return parts.dotted(part for part in known if part)
