"""What the people did, known when all pages have been read: on their cards and on the volunteers' wall.

Another extension adds to a card through the event ``hub-person-work``: it gets the id of the person and the
name of the page, and gives rows, each a label and the nodes under it, with references yet to be resolved.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_hub.community import words
from sphinx_hub.community.directives.parts import block, paragraph
from sphinx_hub.community.domain import hub_domain
from sphinx_hub.community.monogram import monogram_image
from sphinx_hub.community.nodes import drawing, person_work, volunteer_wall
from sphinx_hub.community.site import anchor_of, lang_classes
from sphinx_hub.i18n import (
    KnownPerson,
    hub_settings,
    known_people,
    name_key,
    person_name,
    volunteers,
    work_of,
)
from sphinx_hub.records import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.settings import Language

#: A row of a card: its label, and what stands under it.
WorkRow = tuple[str, "Sequence[nodes.Node]"]


def setup_people(app: Sphinx) -> None:
    """Let the credits know the people, and fill their cards and the wall when a page is written."""
    app.add_event("hub-person-work")
    app.add_post_transform(type("ShowPeople", (ShowPeople,), {"building": app}))
    app.connect("hub-people", tell_people)
    app.connect("env-updated", follow_work)


def tell_people(app: Sphinx) -> list[KnownPerson]:
    """On hub-people: everybody who has a record, under the name that readers of this language see."""
    domain = hub_domain(app.env)
    homes = domain.homes()
    known = []
    for person in domain.site.hub.people.values():
        name, home = domain.site.name(person), homes.get(anchor_of(person))
        known.append(
            KnownPerson(
                id=person.id,
                names=(*names_of(person), name.text),
                name=name.text,
                lang=name.lang,
                docname=home.docname if home else "",
                anchor=home.anchor if home else "",
            )
        )
    return known


def follow_work(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: the pages with people of whom something else is to be said than before."""
    data = hub_domain(env).data
    now = {
        docname: [_digest(_told(app, person, docname)) for person in sorted(people)]
        for docname, people in data["people"].items()
    }
    before, data["works"] = data["works"], now
    return {docname for docname, digests in now.items() if before.get(docname, digests) != digests}


class ShowPeople(SphinxPostTransform):
    """Fills the cards and the wall, before references are resolved."""

    default_priority = 5
    building: ClassVar[Sphinx]
    """The application that is building: the transform's own is deprecated since Sphinx 9."""

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 docutils' signature
        """Run for the page that is being written."""
        del kwargs
        docname = self.env.current_document.docname
        for node in list(self.document.findall(person_work)):
            node.replace_self(self._work(node["person"], docname))
        for wall in list(self.document.findall(volunteer_wall)):
            wall.replace_self(self._wall(docname))

    def _work(self, person: str, docname: str) -> list[nodes.Node]:
        """The work of one person as a list of facts; nothing where there is none."""
        told = ((nodes.Text(label), shown) for label, shown in _told(self.building, person, docname))
        rows: list[tuple[nodes.Node, Sequence[nodes.Node]]] = [
            *told,
            *self._translations(person, docname),
        ]
        items = []
        for label, shown in rows:
            known = nodes.definition("", *shown)
            items.append(nodes.definition_list_item("", nodes.term("", "", label), known))
        return [nodes.definition_list("", *items, classes=["hub-facts", "simple"])] if items else []

    def _translations(self, person: str, docname: str) -> Iterator[tuple[nodes.Node, list[nodes.Element]]]:
        """What the person translated and reviewed, a row for each language."""
        ids = {name: known.id for name, known in known_people(self.env).items()}
        for language, volunteer in self._volunteers():
            if ids.get(volunteer.name) == person:
                yield _own_name(language), list(work_of(self.building, volunteer, docname))

    def _volunteers(self) -> Iterator[tuple[Language, Any]]:
        found = volunteers(self.env)
        for language in hub_settings(self.building).languages:
            for volunteer in found.get(language.locale, ()):
                yield language, volunteer

    def _wall(self, docname: str) -> list[nodes.Node]:
        """Everybody, in the order in which the language lists names, with the languages of their work."""
        known = known_people(self.env)
        languages: dict[str, dict[str, Language]] = {name: {} for name in known}
        for language, volunteer in self._volunteers():
            languages.setdefault(volunteer.name, {})[language.locale] = language
        if not languages:
            return [paragraph(nodes.Text(words.nobody_yet()), classes=["hub-nothing"])]
        locale = hub_domain(self.env).site.locale
        bricks = []
        for name in sorted(languages, key=lambda name: (name_key(name, locale), name)):
            seed = f"person-{known[name].id}" if name in known else f"person-{name}"
            lines = [paragraph(person_name(self.building, name, docname), classes=["hub-brick__name"])]
            if languages[name]:
                spoken: list[nodes.Node] = []
                for language in languages[name].values():
                    spoken += [nodes.Text(" · "), _own_name(language)] if spoken else [_own_name(language)]
                lines.append(paragraph(*spoken, classes=["hub-brick__languages"]))
            mark = paragraph(drawing(svg=monogram_image(name, None, seed)))
            bricks.append(nodes.list_item("", block(mark, block(*lines), classes=["hub-brick"])))
        return [nodes.bullet_list("", *bricks, classes=["hub-wall"])]


def _told(app: Sphinx, person: str, docname: str) -> list[WorkRow]:
    """What other extensions say of a person."""
    return [row for rows in app.emit("hub-person-work", person, docname) for row in rows]


def _digest(rows: Sequence[WorkRow]) -> str:
    shown = [(label, [node.pformat() for node in under]) for label, under in rows]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def _own_name(language: Language) -> nodes.inline:
    return nodes.inline("", language.name, classes=lang_classes(language.tag))
