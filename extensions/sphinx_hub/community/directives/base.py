"""What the four directives share: options, warnings, dependencies, anchors, the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sphinx_hub.community import words
from sphinx_hub.community.directives.parts import Page, block, give_anchor, paragraph
from sphinx_hub.community.domain import hub_domain
from sphinx_hub.community.options import OPTIONS, did_you_mean, parse_options
from sphinx_hub.community.selection import select
from sphinx_hub.i18n import DATA_FILES
from sphinx_hub.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from sphinx_hub.community.options import Choices
    from sphinx_hub.records import Record

logger = logging.getLogger(__name__)

_DEEPEST: Final = 6


def option_spec(directive: str) -> dict[str, Callable[[str], Any]]:
    """The option spec of ``directive``: values are checked when it runs, so that every one is told."""
    return {
        option.name: directives.flag if option.name == "no-index" else directives.unchanged
        for option in OPTIONS[directive]
    }


class RecordDirective(SphinxDirective):
    """Shows records of one kind."""

    directive_name: ClassVar[str]
    plural: ClassVar[str]
    #: Other kinds of which a card shows something.
    shows: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[tuple[str, ...]]
    has_status: ClassVar[bool] = False

    has_content = False
    required_arguments = 0
    optional_arguments = 0

    page: Page

    def run(self) -> list[nodes.Node]:
        """The records that the options ask for; wrong options are warned of and left out."""
        domain = hub_domain(self.env)
        site, docname = domain.site, self.env.current_document.docname
        self.page = Page(site=site, domain=domain, docname=docname, level=self._level())
        # What is edited to change the page, besides its source.
        facts = self.env.metadata[docname]
        facts[DATA_FILES] = " ".join(sorted({*facts.get(DATA_FILES, "").split(), self.plural}))
        for path in site.dependencies(self.plural, *self.shows):
            self.env.note_dependency(path)
        choices, wrong = parse_options(self.directive_name, self.options)
        records, unknown = select(site, self.plural, choices)
        for message in wrong:
            self._warn(message, "option")
        for name in unknown:
            hint = did_you_mean(name, site.known_names(self.plural))
            kind = KINDS[self.plural].kind_name
            self._warn(f"{self.directive_name}: there is no {kind} {name!r}{hint}", "unknown")
        if self.has_status:
            domain.note_statuses(docname, self.plural)
        if not records:
            return [paragraph(nodes.Text(words.nothing_shown()), classes=["hub-nothing"])]
        shown = self.show(records, choices)
        self.set_source_info(shown)
        return [shown]

    def show(self, records: Sequence[Record], choices: Choices) -> nodes.Element:
        """The ``records`` as a grid of cards."""
        return self.grid([self.placed(record) for record in records], choices)

    def card(self, record: Record, *, home: bool) -> nodes.container:
        """The card of one record; ``home`` says whether this is the place that links lead to."""
        raise NotImplementedError

    def placed(self, record: Record) -> nodes.container:
        """The card of ``record``, with its anchor when this page is its home."""
        home = self.is_home(record)
        card = self.card(record, home=home)
        if home:
            give_anchor(card, record, self.state.document)
        return card

    def is_home(self, record: Record) -> bool:
        """Claim ``record`` for this page unless the option ``no-index`` says otherwise."""
        if "no-index" in self.options:
            return False
        if self.page.domain.note_home(record, self.page.docname, self.lineno):
            return True
        message = f"{self.directive_name}: {record.id!r} has its home on this page already"
        self._warn(f"{message}: give one of the two directives the option 'no-index'", "duplicate")
        return False

    def grid(self, cards: Sequence[nodes.Node], choices: Choices) -> nodes.container:
        """sphinx-design's grid of ``cards``."""
        items = [block(card, classes=["sd-col", "sd-d-flex-row"], name="grid-item") for card in cards]
        row = block(*items, classes=["sd-row", *(choices.columns or self.columns), *GUTTER], name="grid-row")
        classes = ["sd-container-fluid", "sd-sphinx-override", "sd-mb-4", "hub-records"]
        return block(row, classes=classes, name="grid-container")

    def _level(self) -> int:
        """The rank of a heading within the section that the directive stands in."""
        rank = 1
        parent: nodes.Element | None = self.state_machine.node
        while parent is not None:
            rank += isinstance(parent, nodes.section)
            parent = parent.parent
        return min(max(rank, 2), _DEEPEST)

    def _warn(self, message: str, subtype: str) -> None:
        logger.warning("%s", message, type="hub", subtype=subtype, location=self.get_location())


#: sphinx-design's space between the cards, on every width of screen.
GUTTER: Final = ("sd-g-3", "sd-g-xs-3", "sd-g-sm-3", "sd-g-md-3", "sd-g-lg-3")
