"""``achievement-cards``: works of the community, and why they are recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes

from sphinx_hub.community import words
from sphinx_hub.community.directives import parts
from sphinx_hub.community.directives.base import RecordDirective, option_spec
from sphinx_hub.community.options import columns

if TYPE_CHECKING:
    from sphinx_hub.records import Achievement, Record


class AchievementCards(RecordDirective):
    """A card for each achievement: names, kind, area, who made it, why it is recognised, links."""

    directive_name = "achievement-cards"
    plural = "achievements"
    shows: ClassVar[tuple[str, ...]] = ("partners",)
    columns = columns("2")
    option_spec = option_spec(directive_name)

    def card(self, record: Record, *, home: bool) -> nodes.container:
        """One achievement."""
        achievement, page = cast("Achievement", record), self.page
        partners = [page.site.hub.partners[name] for name in achievement.partners]
        related = [page.site.hub.achievements[name] for name in achievement.related]
        kind = words.word(words.ACHIEVEMENT_KINDS[achievement.kind])
        area = words.word(words.AREA_NAMES[achievement.area])
        body = (
            parts.head(
                page,
                achievement,
                parts.title(page, achievement, home=home),
                parts.other_names(page, achievement),
                parts.paragraph(
                    *parts.dotted([[nodes.Text(kind)], [parts.badge(area)]]), classes=["hub-kind"]
                ),
            ),
            *parts.told(page, achievement, achievement.recognition),
            parts.facts(
                (
                    ("organisation", parts.known(page, achievement, achievement.organisation)),
                    ("licence", parts.known(page, achievement, achievement.licence)),
                    ("partners", parts.references(page, partners)),
                    ("related achievements", parts.references(page, related)),
                )
            ),
            parts.links(
                (
                    parts.link(page, achievement, "page", achievement.url),
                    parts.link(page, achievement, "site", achievement.homepage),
                    parts.link(page, achievement, "repository", achievement.repository),
                    parts.link(page, achievement, "paper", achievement.paper),
                )
            ),
            parts.sources(achievement),
        )
        return parts.card(achievement, body, parts.footer(page, achievement, achievement.verified))
