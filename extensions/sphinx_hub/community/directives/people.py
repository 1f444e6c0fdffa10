"""``person-list``: the people of the hub; ``volunteer-wall``: everybody who did something for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_hub.community import words
from sphinx_hub.community.directives import parts
from sphinx_hub.community.directives.base import RecordDirective, option_spec
from sphinx_hub.community.domain import hub_domain
from sphinx_hub.community.nodes import person_work, record_link, volunteer_wall
from sphinx_hub.community.options import columns
from sphinx_hub.community.wording import filled
from sphinx_hub.i18n import follow_volunteers
from sphinx_hub.records.addresses import registrable_domain

if TYPE_CHECKING:
    from sphinx_hub.records import Person, Record


class PersonList(RecordDirective):
    """A card for each person: names, roles, links, and what the person wrote, translated and reviewed."""

    directive_name = "person-list"
    plural = "people"
    columns = columns("1")
    option_spec = option_spec(directive_name)

    def run(self) -> list[nodes.Node]:
        """The people that the options ask for."""
        follow_volunteers(self.env)
        return super().run()

    def card(self, record: Record, *, home: bool) -> nodes.container:
        """One person, or one team."""
        person, page = cast("Person", record), self.page
        page.domain.note_work(person, page.docname)
        line = [[nodes.Text(words.word(words.PERSON_ROLES[role]))] for role in person.roles]
        body = (
            parts.head(
                page,
                person,
                parts.title(page, person, home=home),
                parts.other_names(page, person),
                parts.paragraph(*parts.dotted(line), classes=["hub-kind"]) if line else None,
            ),
            *(parts.told(page, person, person.bio) if person.bio else ()),
            person_work("", person=person.id),
            parts.links(self._link(person, url) for url in person.links),
            parts.sources(person),
        )
        return parts.card(person, body, parts.footer(page, person, person.verified))

    def _link(self, person: Person, url: str) -> record_link:
        """A link under the name of its site."""
        host = registrable_domain(url)
        site = words.word(words.SITES[host]) if host in words.SITES else host
        label = filled(words.link_of(), site=site, name=self.page.site.name(person).text)
        return record_link("", site, refuri=url, label=label, rel="noopener", classes=["notranslate"])


class VolunteerWall(SphinxDirective):
    """Everybody whom a record, a catalog or git names, each with a monogram; it has no options."""

    directive_name: ClassVar[str] = "volunteer-wall"

    def run(self) -> list[nodes.Node]:
        """The node that is filled when all catalogs and pages are known."""
        follow_volunteers(self.env)
        site = hub_domain(self.env).site
        for path in site.dependencies("people"):
            self.env.note_dependency(path)
        return [volunteer_wall("")]
