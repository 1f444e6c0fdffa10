"""The domain ``hub``: where each record has its home, and how references find it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from sphinx_hub.community import words
from sphinx_hub.community.index import RecordsIndex
from sphinx_hub.community.options import did_you_mean
from sphinx_hub.community.roles import RecordRole
from sphinx_hub.community.site import anchor_of, lang_classes
from sphinx_hub.problems import display_path
from sphinx_hub.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from typing import Any

    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.community.site import Site
    from sphinx_hub.records import Record

logger = logging.getLogger(__name__)

PLURALS: Final = {model.kind_name: plural for plural, model in KINDS.items()}


class Home(NamedTuple):
    """The page on which a record stands."""

    docname: str
    anchor: str


class HubDomain(Domain):
    """Partners, collaborations, achievements, channels and people as objects of the documentation."""

    name = "hub"
    label = "Hub"
    object_types: ClassVar[dict[str, ObjType]] = {kind: ObjType(kind, kind) for kind in words.KIND_NAMES}
    roles: ClassVar[dict[str, Any]] = {kind: RecordRole(warn_dangling=True) for kind in words.KIND_NAMES}
    indices: ClassVar[list[Any]] = [RecordsIndex]
    data_version = 2
    initial_data: ClassVar[dict[str, dict[str, Any]]] = {
        # docname -> anchor -> line: the records that a page is the home of
        "homes": {},
        # docname -> anchor -> status: what the page was made from
        "statuses": {},
        # docname -> ids of the people whose work the page shows
        "people": {},
        # docname -> digests of that work, as of the end of the last reading
        "works": {},
        # docname -> anchors that the page links to
        "references": {},
        # anchor -> docname, as of the end of the last reading
        "settled": {},
    }

    site: Site
    """The records; set when the builder starts, and never pickled."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        # The class is made before the language is known.
        for kind, name in words.KIND_NAMES.items():
            self.object_types[kind] = ObjType(words.word(name), kind)

    # ---- what pages say of themselves ----

    def note_home(self, record: Record, docname: str, line: int) -> bool:
        """Make ``docname`` the home of ``record``; False when an earlier line of the page did so."""
        anchors = self.data["homes"].setdefault(docname, {})
        if anchor_of(record) in anchors:
            return False
        anchors[anchor_of(record)] = line
        return True

    def note_statuses(self, docname: str, plural: str) -> None:
        """Remember the statuses of one kind, so that the page is read anew when a day changes one."""
        noted = self.data["statuses"].setdefault(docname, {})
        for record in self.site.hub.of_kind(plural).values():
            noted[anchor_of(record)] = self.site.status(record)

    def note_reference(self, record: Record, docname: str) -> None:
        """Remember that ``docname`` links to ``record``, so that it follows when the record moves."""
        self.data["references"].setdefault(docname, set()).add(anchor_of(record))

    def note_work(self, record: Record, docname: str) -> None:
        """Remember that ``docname`` shows what a person did, so that it follows when there is more."""
        self.data["people"].setdefault(docname, set()).add(record.id)

    # ---- what is known of all pages ----

    def homes(self) -> dict[str, Home]:
        """The home of each record that has one, by anchor.

        Of two pages that both claim a record the first by name has it, however the pages were read.
        """
        found: dict[str, Home] = {}
        for docname in sorted(self.data["homes"]):
            for anchor in self.data["homes"][docname]:
                found.setdefault(anchor, Home(docname, anchor))
        return found

    def records(self) -> Iterator[Record]:
        """All records, kind by kind, in the order of the files."""
        for plural in KINDS:
            yield from self.site.hub.of_kind(plural).values()

    def records_at(self, docname: str) -> list[Record]:
        """The records that have their home at ``docname``."""
        homes = self.homes()
        return [record for record in self.records() if homes.get(anchor_of(record), ("",))[0] == docname]

    def outdated(self) -> set[str]:
        """The pages that show a status which the day has changed since they were read."""
        now = {anchor_of(record): self.site.status(record) for record in self.records()}
        return {
            docname
            for docname, noted in self.data["statuses"].items()
            if any(now.get(anchor, status) != status for anchor, status in noted.items())
        }

    def settle(self) -> set[str]:
        """Take note of where the records are now; the pages that link to one that has moved."""
        homes = {anchor: home.docname for anchor, home in self.homes().items()}
        before = self.data["settled"]
        moved = {anchor for anchor in homes.keys() | before.keys() if homes.get(anchor) != before.get(anchor)}
        self.data["settled"] = homes
        return {docname for docname, anchors in self.data["references"].items() if anchors & moved}

    # ---- Sphinx's side ----

    def clear_doc(self, docname: str) -> None:
        """Forget what ``docname`` said."""
        for key in ("homes", "statuses", "people", "references"):
            self.data[key].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of ``docnames``."""
        for key in ("homes", "statuses", "people", "references"):
            self.data[key].update({name: said for name, said in otherdata[key].items() if name in docnames})

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """The records that have a home, for objects.inv and the search."""
        homes = self.homes()
        for record in self.records():
            if home := homes.get(anchor_of(record)):
                name = self.site.name(record).text
                yield record.id, name, type(record).kind_name, home.docname, home.anchor, 1

    def resolve_xref(  # noqa: PLR0913, PLR0917 Sphinx's signature
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """The link to the record that ``target`` names; None when it is none or has no home."""
        del env
        record = self.site.hub.resolve(typ, target)
        if record is not None and node.get("hub_name"):
            # Of a link that another extension made: only here the name is known that readers see.
            name = self.site.name(record)
            contnode.children = []
            contnode += nodes.Text(name.text)
            contnode["classes"] += lang_classes(name.lang)
        home = self.homes().get(anchor_of(record)) if record else None
        if home is None:
            return None
        return make_refnode(builder, fromdocname, home.docname, home.anchor, contnode)

    def resolve_any_xref(  # noqa: PLR0913, PLR0917 Sphinx's signature
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """The links to the records whose id or anchor is ``target``."""
        found = []
        for kind, plural in PLURALS.items():
            name = target.removeprefix(f"{kind}-")
            if name in self.site.hub.of_kind(plural):
                reference = self.resolve_xref(env, fromdocname, builder, kind, name, node, contnode)
                if reference is not None:
                    found.append((f"{self.name}:{kind}", reference))
        return found

    def check_consistency(self) -> None:
        """Warn of records with two homes, and of those with none though their kind is shown."""
        homes = self.homes()
        for docname in sorted(self.data["homes"]):
            for anchor, line in self.data["homes"][docname].items():
                if anchor in homes and homes[anchor].docname != docname:
                    logger.warning(
                        "%s has its home in %r already: give one of the two directives the option 'no-index'",
                        anchor,
                        homes[anchor].docname,
                        type="hub",
                        subtype="duplicate",
                        location=(docname, line),
                    )
        shown = {anchor.partition("-")[0] for anchor in homes}
        for record in self.records():
            if type(record).kind_name in shown and anchor_of(record) not in homes:
                place = self.site.hub.place(record)
                logger.warning(
                    "no page shows %s, and others of its kind are shown",
                    anchor_of(record),
                    type="hub",
                    subtype="homeless",
                    location=f"{display_path(place.path)}:{place.line}",
                )


def hub_domain(env: BuildEnvironment) -> HubDomain:
    """The domain of the records in ``env``."""
    domain = env.get_domain(HubDomain.name)
    if not isinstance(domain, HubDomain):
        raise TypeError(f"the domain 'hub' is {type(domain).__name__}")
    return domain


def warn_missing(domain: Domain, node: pending_xref) -> bool | None:
    """On warn-missing-reference: say which record a role could mean, and why a record has no link."""
    if not isinstance(domain, HubDomain):
        return None
    kind, target = node["reftype"], node["reftarget"]
    record = domain.site.hub.resolve(kind, target)
    if record is None:
        hint = did_you_mean(target, domain.site.known_names(PLURALS[kind]))
        message = f"there is no {kind} {target!r}{hint}"
    else:
        message = f"the {kind} {target!r} has no link: no page shows it"
    logger.warning("%s", message, type="hub", subtype="dangling", location=node)
    return True
