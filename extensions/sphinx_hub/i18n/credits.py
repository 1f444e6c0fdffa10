"""Who translated and reviewed the pages: gathered once a build, shown below a page and by ``volunteers``.

Of whom the site has a record, another extension tells: the event ``hub-people`` asks for a list of
:class:`KnownPerson`. A name that leads to one becomes a link to the person's place.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.errors import NoUri
from sphinx.locale import get_translation, get_translator
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import make_refnode

from sphinx_hub.catalogs.people import site_credits
from sphinx_hub.catalogs.pseudo import is_pseudo
from sphinx_hub.i18n.languages import current_language, hub_settings
from sphinx_hub.i18n.nodes import disclosure, disclosure_heading
from sphinx_hub.i18n.page import place_of
from sphinx_hub.i18n.pages import page_progress, page_records
from sphinx_hub.i18n.spacing import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.catalogs.people import CatalogCredits, KnownPerson, Volunteer

_ = get_translation("sphinx_hub")
logger = logging.getLogger(__name__)

#: Of how many pages the links are shown at once; more are behind their number.
_FEW: Final = 6
#: What git says, in the doctree folder.
_STORED: Final = "credits.json"


class CreditsDomain(Domain):
    """Remembers who is named where, so that a change of it reaches the pages that show it, and no other."""

    name = "hubcredits"
    label = "Credits"
    data_version = 2
    initial_data: ClassVar[dict[str, Any]] = {
        # docname -> CatalogCredits, in the language that is being built
        "pages": {},
        # name -> KnownPerson, for those who have a record
        "known": {},
        # locale -> volunteers
        "volunteers": {},
        # the documents that show the volunteers
        "shown": set(),
    }

    def clear_doc(self, docname: str) -> None:
        """Forget that a page shows the volunteers: it is gone or is read anew."""
        self.data["shown"].discard(docname)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of ``docnames``."""
        self.data["shown"] |= otherdata["shown"] & set(docnames)

    def resolve_any_xref(self, *_arguments: object) -> list[tuple[str, nodes.reference]]:
        """Nothing: the domain has no objects. MyST warns of a domain that does not say so."""
        return []


class volunteers_list(nodes.Element):  # noqa: N801 docutils' nodes are lower case
    """Stands for the people until a page is written; they are known when all has been read."""


class Volunteers(SphinxDirective):
    """All people who translated or reviewed something, for each language, with links to the pages."""

    def run(self) -> list[nodes.Node]:
        """The node that :class:`ShowVolunteers` replaces."""
        follow_volunteers(self.env)
        return [volunteers_list()]


def setup_credits(app: Sphinx) -> None:
    """Register the directive ``volunteers``, and gather the people when all pages have been read."""
    app.add_event("hub-people")
    app.add_domain(CreditsDomain)
    app.add_node(volunteers_list)
    app.add_directive("volunteers", Volunteers)
    app.add_post_transform(type("ShowVolunteers", (ShowVolunteers,), {"building": app}))
    app.connect("env-updated", follow_credits)


def page_credits(env: BuildEnvironment, docname: str) -> CatalogCredits | None:
    """Who worked on a page in the language that is being built; None for one that is not translated."""
    progress = page_progress(env, docname)
    if progress is None or not (progress.current or progress.outdated):
        return None
    credits_: CatalogCredits | None = _data(env)["pages"].get(docname)
    return credits_


def follow_volunteers(env: BuildEnvironment) -> None:
    """Note that the page that is being read shows people: it is written anew when there are others."""
    _data(env)["shown"].add(env.current_document.docname)


def volunteers(env: BuildEnvironment) -> Mapping[str, Sequence[Volunteer]]:
    """Locale -> who translated or reviewed something, once all pages have been read."""
    people: Mapping[str, Sequence[Volunteer]] = _data(env)["volunteers"]
    return people


def known_people(env: BuildEnvironment) -> Mapping[str, KnownPerson]:
    """Name -> the person of that name who has a record, once all pages have been read."""
    people: Mapping[str, KnownPerson] = _data(env)["known"]
    return people


def separator(app: Sphinx) -> str:
    """What stands between two things of a list in the language that is being built."""
    return "、" if current_language(app).tag.startswith(UNSPACED) else ", "


def name_list(app: Sphinx, names: Sequence[str], docname: str) -> Iterator[nodes.Node]:
    """The names with what stands between them, for the page ``docname``; those with a record are links.

    Browsers neither break a name nor offer to translate it.
    """
    for number, name in enumerate(names):
        if number:
            yield nodes.Text(separator(app))
        yield person_name(app, name, docname)


def person_name(app: Sphinx, name: str, docname: str) -> nodes.Element:
    """The name of somebody, as a link from the page ``docname`` where there is a place to lead to."""
    person = known_people(app.env).get(name)
    classes = ["hub-name", "notranslate"]
    if person is not None and person.lang:
        classes.append(f"language-{person.lang}")
    shown = nodes.inline("", name, classes=classes)
    if person is None or not person.docname:
        return shown
    try:
        return make_refnode(app.builder, docname, person.docname, person.anchor, shown)
    except NoUri:
        return shown  # a book that leaves the page out


def follow_credits(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: find out who is named, and return the pages that show somebody else than before."""
    language = current_language(app)
    if app.builder.name == "gettext" or is_pseudo(language.locale):
        return set()
    known = [person for people in app.emit("hub-people") for person in people]
    found = site_credits(hub_settings(app), Path(app.doctreedir) / _STORED, known)
    for problem in found.problems.get(language.locale, ()):
        logger.warning(
            "%s %s",
            problem.code,
            problem.message,
            type="hub",
            subtype="credits",
            location=place_of(problem.path, problem.line),
        )
    if found.missing:
        logger.info("credits: names are taken from the headers of catalogs alone, since %s", found.missing)
    catalogs = found.catalogs.get(language.locale, {})
    now = {
        docname: catalogs[domain]
        for docname in page_records(env)
        if (domain := docname_to_domain(docname, app.config.gettext_compact)) in catalogs
    }
    data = _data(env)
    before: Mapping[str, CatalogCredits] = data["pages"]
    people = {person.name: person for person in known}
    moved = {name for name, person in people.items() if data["known"].get(name) != person}
    changed = {
        docname
        for docname in before.keys() | now.keys()
        if before.get(docname) != now.get(docname) or moved & _names(now.get(docname))
    }
    if data["volunteers"] != found.volunteers or data["known"] != people:
        changed |= data["shown"]
    data["pages"], data["volunteers"], data["known"] = now, found.volunteers, people
    return changed & env.all_docs.keys()


def _names(credits_: CatalogCredits | None) -> set[str]:
    return {*credits_.translators, *credits_.reviewers} if credits_ else set()


class ShowVolunteers(SphinxPostTransform):
    """Puts the people where the directive stands, before references are resolved."""

    default_priority = 5
    building: ClassVar[Sphinx]
    """The application that is building: the transform's own is deprecated since Sphinx 9."""

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 docutils' signature
        """Run for the page that is being written."""
        del kwargs
        for node in list(self.document.findall(volunteers_list)):
            node.replace_self(list(self._languages()))

    def _languages(self) -> Iterator[nodes.Node]:
        found = volunteers(self.env)
        if not found:
            yield nodes.paragraph("", _("No catalog names anybody yet. The first name can be yours."))
        for language in hub_settings(self.building).languages:
            people = found.get(language.locale, ())
            if not people:
                continue
            name = nodes.inline("", language.name, classes=[f"language-{language.tag}"])
            yield nodes.rubric("", "", name, **{"heading-level": 3})
            yield nodes.definition_list("", *map(self._person, people), classes=["hub-volunteers"])

    def _person(self, person: Volunteer) -> nodes.definition_list_item:
        names = name_list(self.building, [person.name], self.env.current_document.docname)
        work = work_of(self.building, person, self.env.current_document.docname)
        return nodes.definition_list_item("", nodes.term("", "", *names), nodes.definition("", *work))


def work_of(app: Sphinx, person: Volunteer, docname: str) -> Iterator[nodes.Element]:
    """What somebody translated and reviewed for one language, with links from ``docname`` to the pages.

    The links are for the stage before references are resolved.
    """
    ngettext = get_translator("sphinx_hub").ngettext
    for domains, label, count in (
        (
            person.translated,
            _("Translated: {texts}"),
            ngettext("{count} text", "{count} texts", len(person.translated)),
        ),
        (
            person.reviewed,
            _("Reviewed: {texts}"),
            ngettext("{count} text", "{count} texts", len(person.reviewed)),
        ),
    ):
        if domains:
            yield _texts(app, label, count.replace("{count}", str(len(domains))), domains, docname)


def _texts(app: Sphinx, label: str, count: str, domains: Sequence[str], docname: str) -> nodes.Element:
    """What somebody translated or reviewed, as links to the pages."""
    links: list[nodes.Node] = []
    docnames = {docname_to_domain(name, app.config.gettext_compact): name for name in app.env.all_docs}
    # Files of data and of the site have no page: they come last.
    for domain in sorted(domains, key=lambda domain: domain not in docnames):
        if links:
            links.append(nodes.Text(separator(app)))
        if domain in docnames:
            links.append(_page_link(docnames[domain], docname))
        else:
            links.append(nodes.literal("", f"{domain}.po"))
    before, _sign, after = label.partition("{texts}")
    if len(domains) <= _FEW:
        return nodes.paragraph("", "", nodes.Text(before), *links, nodes.Text(after))
    heading = disclosure_heading("", f"{before}{count}{after}")
    return disclosure("", heading, nodes.paragraph("", "", *links))


def _page_link(page: str, docname: str) -> addnodes.pending_xref:
    return addnodes.pending_xref(
        "",
        nodes.inline("", page, classes=["xref", "std", "std-doc"]),
        refdoc=docname,
        refdomain="std",
        reftype="doc",
        reftarget=f"/{page}",
        refexplicit=False,
        refwarn=True,
    )


def _data(env: BuildEnvironment) -> dict[str, Any]:
    return env.get_domain(CreditsDomain.name).data
