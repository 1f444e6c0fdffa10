"""The directive ``reference-table``: a table of the code as nodes that translators and readers know."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sphinx_hub.reference.table import NoTableError, Row, Sentence, Table, Verbatim
from sphinx_hub.reference.tables import make_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec

#: Characters after which the text builder breaks a sentence.
_SENTENCE_WIDTH: Final = 44

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
        return [self._table(table, name)]

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
        if "no-index" not in self.options:
            # In the paragraph rather than on the row: LaTeX knows labels of rows not at all.
            anchor = nodes.target("", "", names=[row.anchor])
            self.state.document.note_explicit_target(anchor)
            paragraphs[0].insert(0, anchor)
        return nodes.row("", *(nodes.entry("", paragraph) for paragraph in paragraphs))

    def _paragraph(self, cell: Verbatim | Sentence) -> nodes.paragraph:
        if isinstance(cell, Verbatim):
            return _fixed(nodes.literal(cell.text, cell.text)) if cell.text else _fixed()
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


def _fixed(*children: nodes.Node) -> nodes.paragraph:
    """A paragraph that no catalog holds."""
    return nodes.paragraph("", "", *children, translatable=False)
