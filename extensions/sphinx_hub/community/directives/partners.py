"""``partner-cards``: the organisations that the hub works with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes

from sphinx_hub.community import words
from sphinx_hub.community.directives import parts
from sphinx_hub.community.directives.base import RecordDirective, option_spec
from sphinx_hub.community.options import columns

if TYPE_CHECKING:
    from sphinx_hub.records import Partner, Record


class PartnerCards(RecordDirective):
    """A card for each partner: names, kind, what it does, what was done together, links."""

    directive_name = "partner-cards"
    plural = "partners"
    shows: ClassVar[tuple[str, ...]] = ("collaborations", "achievements")
    columns = columns("2")
    has_status = True
    option_spec = option_spec(directive_name)

    def card(self, record: Record, *, home: bool) -> nodes.container:
        """One partner."""
        partner, page = cast("Partner", record), self.page
        hub = page.site.hub
        kind = words.word(words.PARTNER_KINDS[partner.kind])
        line: list[list[nodes.Node]] = [[nodes.Text(kind)]]
        status = page.site.status(partner)
        if status != "unknown":
            line.append([parts.badge(words.word(words.PARTNER_STATUSES[status]), f"hub-badge--{status}")])
        body = (
            parts.head(
                page,
                partner,
                parts.title(page, partner, home=home),
                parts.other_names(page, partner),
                parts.paragraph(*parts.dotted(line), classes=["hub-kind"]),
            ),
            *parts.told(page, partner, partner.summary),
            parts.facts(
                (
                    ("partner since", parts.day(page, partner.since)),
                    ("partner until", parts.day(page, partner.until)),
                    ("collaborations", parts.references(page, hub.collaborations_of(partner.id))),
                    ("achievements", parts.references(page, hub.achievements_of(partner.id))),
                )
            ),
            parts.links(
                (
                    parts.link(page, partner, "site", partner.url),
                    parts.link(page, partner, "hub", partner.hub_url),
                )
            ),
            parts.sources(partner),
        )
        return parts.card(partner, body, parts.footer(page, partner, partner.verified))
