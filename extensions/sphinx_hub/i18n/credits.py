"""Who translated and reviewed the pages: gathered once a build, shown below a page and by ``volunteers``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.locale import get_translation, get_translator
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import docname_to_domain

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

    from sphinx_hub.catalogs.people import CatalogCredits, Volunteer

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
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {
        # docname -> CatalogCredits, in the language that is being built
        "pages": {},
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
        _data(self.env)["shown"].add(self.env.docname)
        return [volunteers_list()]


def setup_credits(app: Sphinx) -> None:
    """Register the directive ``volunteers``, and gather the people when all pages have been read."""
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


def separator(app: Sphinx) -> str:
    """What stands between two things of a list in the language that is being built."""
    return "、" if current_language(app).tag.startswith(UNSPACED) else ", "


def name_list(app: Sphinx, names: Sequence[str]) -> Iterator[nodes.Node]:
    """The names with what stands between them; browsers neither break one nor offer to translate it."""
    for number, name in enumerate(names):
        if number:
            yield nodes.Text(separator(app))
        yield nodes.inline("", name, classes=["hub-name", "notranslate"])


def follow_credits(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: find out who is named, and return the pages that show somebody else than before."""
    language = current_language(app)
    if app.builder.name == "gettext" or is_pseudo(language.locale):
        return set()
    found = site_credits(hub_settings(app), Path(app.doctreedir) / _STORED)
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
    changed = {docname for docname in before.keys() | now.keys() if before.get(docname) != now.get(docname)}
    if data["volunteers"] != found.volunteers:
        changed |= data["shown"]
    data["pages"], data["volunteers"] = now, found.volunteers
    return changed & env.all_docs.keys()


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
        volunteers: Mapping[str, Sequence[Volunteer]] = _data(self.env)["volunteers"]
        if not volunteers:
            yield nodes.paragraph("", _("No catalog names anybody yet. The first name can be yours."))
        for language in hub_settings(self.building).languages:
            people = volunteers.get(language.locale, ())
            if not people:
                continue
            name = nodes.inline("", language.name, classes=[f"language-{language.tag}"])
            yield nodes.rubric("", "", name, **{"heading-level": 3})
            yield nodes.definition_list("", *map(self._person, people), classes=["hub-volunteers"])

    def _person(self, person: Volunteer) -> nodes.definition_list_item:
        ngettext = get_translator("sphinx_hub").ngettext
        definition = nodes.definition()
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
                definition += self._texts(label, count.replace("{count}", str(len(domains))), domains)
        return nodes.definition_list_item(
            "", nodes.term("", "", *name_list(self.building, [person.name])), definition
        )

    def _texts(self, label: str, count: str, domains: Sequence[str]) -> nodes.Element:
        """What somebody translated or reviewed, as links to the pages."""
        links: list[nodes.Node] = []
        docnames = {
            docname_to_domain(docname, self.config.gettext_compact): docname for docname in self.env.all_docs
        }
        # Files of data and of the site have no page: they come last.
        for domain in sorted(domains, key=lambda domain: domain not in docnames):
            if links:
                links.append(nodes.Text(separator(self.building)))
            if domain in docnames:
                links.append(self._link(docnames[domain]))
            else:
                links.append(nodes.literal("", f"{domain}.po"))
        before, _sign, after = label.partition("{texts}")
        if len(domains) <= _FEW:
            return nodes.paragraph("", "", nodes.Text(before), *links, nodes.Text(after))
        heading = disclosure_heading("", f"{before}{count}{after}")
        return disclosure("", heading, nodes.paragraph("", "", *links))

    def _link(self, docname: str) -> addnodes.pending_xref:
        return addnodes.pending_xref(
            "",
            nodes.inline("", docname, classes=["xref", "std", "std-doc"]),
            refdoc=self.env.docname,
            refdomain="std",
            reftype="doc",
            reftarget=f"/{docname}",
            refexplicit=False,
            refwarn=True,
        )


def _data(env: BuildEnvironment) -> dict[str, Any]:
    return env.get_domain(CreditsDomain.name).data
