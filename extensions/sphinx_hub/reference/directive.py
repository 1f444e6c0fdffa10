"""The directive ``reference-table``: a table of the code as nodes that translators and readers know."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from sphinx_hub.reference.table import Listing, NoTableError, Row, Sentence, Table, Verbatim
from sphinx_hub.reference.tables import make_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import OptionSpec

    from sphinx_hub.reference.table import Entry

#: Characters after which the text builder breaks a sentence.
_SENTENCE_WIDTH: Final = 44

#: What a reference to a row is called; `resolve_row` knows it.
ROW: Final = "hub-reference-row"

logger = logging.getLogger(__name__)


class ReferenceTable(SphinxDirective):
    """One table that is made from the code while the page is read.

    Its sentences stand in the page's catalog, each with the file and line that it was written on;
    cells of code are in no catalog. Each row has an anchor, equal in every language.
    """

    app: ClassVar[Sphinx]
    """The application that is building: the environment's own is deprecated since Sphinx 9."""

    required_arguments = 1
    optional_arguments = 1
    option_spec: ClassVar[OptionSpec] = {
        "prefix": directives.unchanged_required,
        "no-index": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """The table; nothing, and a warning, where there is none of that name."""
        name, subject = (*self.arguments, "")[:2]
        try:
            table = make_table(self.app, name, subject, self.options.get("prefix", ""))
        except NoTableError as error:
            logger.warning(
                "reference-table: %s", error, type="hub", subtype="reference", location=self.get_location()
            )
            return []
        for path in table.sources:
            self.env.note_dependency(str(path))
        return [self._list(table, name) if isinstance(table, Listing) else self._table(table, name)]

    def _table(self, table: Table, name: str) -> nodes.table:
        group = nodes.tgroup(cols=len(table.columns))
        for number, head in enumerate(table.columns):
            # The first column heads its rows: a screen reader then says the name with each cell.
            colspec = nodes.colspec(colwidth=_width(head, [row.cells[number] for row in table.rows]))
            if number == 0:
                colspec["stub"] = 1
            group += colspec
        heads = [nodes.entry("", _fixed(nodes.Text(column))) for column in table.columns]
        group += nodes.thead("", nodes.row("", *heads))
        group += nodes.tbody("", *(self._row(row) for row in table.rows))
        node = nodes.table("", group, classes=["hub-reference", f"hub-reference-{name}", "colwidths-auto"])
        self.set_source_info(node)
        return node

    def _row(self, row: Row) -> nodes.row:
        paragraphs = [self._paragraph(cell) for cell in row.cells]
        # In the paragraph rather than on the row: LaTeX knows labels of rows not at all.
        paragraphs[0][:0] = self._anchor(row)
        return nodes.row("", *(nodes.entry("", paragraph) for paragraph in paragraphs))

    def _list(self, listing: Listing, name: str) -> nodes.definition_list:
        # Furo takes a list that is not simple for the signature of a function.
        classes = ["hub-reference", f"hub-reference-{name}", "simple"]
        node = nodes.definition_list("", *map(self._entry, listing.rows), classes=classes)
        self.set_source_info(node)
        return node

    def _entry(self, entry: Entry) -> nodes.definition_list_item:
        fields = [
            nodes.field("", nodes.field_name("", label, translatable=False), _value(cell))
            for label, cell in entry.fields
        ]
        item = nodes.definition_list_item(
            "",
            nodes.term("", "", *self._anchor(entry), *_verbatim(entry.name), translatable=False),
            nodes.classifier("", "", *_verbatim(entry.beside), translatable=False),
            nodes.definition("", self._paragraph(entry.below), nodes.field_list("", *fields)),
        )
        # Sphinx counts from here to the line of what stands beside a name.
        self.set_source_info(item)
        return item

    def _anchor(self, row: Row | Entry) -> list[nodes.Node]:
        """The target of a row, unless it is to have none."""
        if "no-index" in self.options:
            return []
        anchor = nodes.target("", "", names=[row.anchor])
        self.state.document.note_explicit_target(anchor)
        return [anchor]

    def _paragraph(self, cell: Verbatim | Sentence) -> nodes.paragraph:
        if isinstance(cell, Verbatim):
            return _fixed(*_verbatim(cell))
        children, messages = self.parse_inline(cell.text, lineno=self.lineno)
        paragraph = nodes.paragraph(cell.text, "", *children, *messages)
        # gettext takes the origin of the message from here.
        self.set_source_info(paragraph)
        if cell.path is not None:
            paragraph.source, paragraph.line = str(cell.path), cell.line
        return paragraph


def _width(head: str, cells: Sequence[Verbatim | Sentence]) -> int:
    """The width of a column in characters, as the text builder lays it out: code is not broken."""
    widths = [
        # The text builder puts code in quotes.
        len(cell.text) + 2 if isinstance(cell, Verbatim) else min(len(cell.text), _SENTENCE_WIDTH)
        for cell in cells
    ]
    return max(2 * len(head), *widths)


def resolve_row(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.Element | None:
    """On missing-reference: a link to a row, or its text alone on a site that does not show that table."""
    if node["reftype"] != ROW:
        return None
    docname, anchor = env.domains.standard_domain.anonlabels.get(node["reftarget"], ("", ""))
    if not docname:
        return content
    return make_refnode(app.builder, env.current_document.docname, docname, anchor, content)


def _verbatim(cell: Verbatim) -> list[nodes.Node]:
    """A cell of code as what it is within a line, with its note."""
    if not cell.text:
        return []
    code: nodes.Node = nodes.literal(cell.text, cell.text, classes=_language(cell))
    if cell.target:
        # Sphinx makes prose of the text of its own references, so that code would be none any more.
        code = pending_xref("", code, refdomain="", reftype=ROW, reftarget=cell.target)
    return [code, nodes.Text(cell.note)] if cell.note else [code]


def _value(cell: Verbatim) -> nodes.field_body:
    """The value of a field; the only code of several lines is that of a catalog."""
    if "\n" not in cell.text:
        return nodes.field_body("", _fixed(*_verbatim(cell)))
    # By force: what is no catalog is shown as well as one can.
    return nodes.field_body(
        "", nodes.literal_block(cell.text, cell.text, language="po", force=True, classes=_language(cell))
    )


def _language(cell: Verbatim) -> list[str]:
    """The class that docutils' HTML writers turn into the attribute ``lang``."""
    return [f"language-{cell.lang}"] if cell.lang else []


def _fixed(*children: nodes.Node) -> nodes.paragraph:
    """A paragraph that no catalog holds."""
    return nodes.paragraph("", "", *children, translatable=False)
