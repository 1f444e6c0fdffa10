"""``glossary-table``: the glossary of ``locale/glossary.tmx``, shown on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sphinx_hub.catalogs.glossary import GLOSSARY, load_glossary
from sphinx_hub.i18n.languages import hub_settings, is_source_language
from sphinx_hub.problems import display_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from sphinx_hub.catalogs.glossary import Term
    from sphinx_hub.settings import Language

_ = get_translation("sphinx_hub")
logger = logging.getLogger(__name__)


class GlossaryTable(SphinxDirective):
    """All terms with their translations, sorted by term, each with the anchor ``term-<slug>``.

    The anchors are equal in every language. Definitions are written in the source language, so
    only its pages show them; a problem of the file is a warning with the file's own line.
    """

    app: ClassVar[Sphinx]
    """The application that is building: the environment's own is deprecated since Sphinx 9."""

    def run(self) -> list[nodes.Node]:
        """The table, or nothing where the glossary has no term that is whole."""
        settings = hub_settings(self.app)
        path = settings.catalogs_path / GLOSSARY
        self.env.note_dependency(str(path))
        targets = [language for language in settings.languages if language.locale != settings.source_locale]
        terms, problems = load_glossary(
            path, source=settings.source_locale, targets=[language.locale for language in targets]
        )
        for problem in problems:
            if problem.severity != "error":
                continue  # a language that has just begun must not stop the build of the others
            logger.warning(
                "%s %s",
                problem.code,
                problem.message,
                type="hub",
                subtype="glossary",
                location=f"{display_path(problem.path)}:{problem.line}",
            )
        if not terms:
            return []
        return [self._table(terms, settings.source_language, targets)]

    def _table(self, terms: Sequence[Term], source: Language, targets: Sequence[Language]) -> nodes.table:
        with_definitions = is_source_language(self.app)
        head = nodes.row()
        head += _entry(_("Term"))
        for language in targets:
            head += _entry(language.name, language=language)
        head += _entry(_("Note"))
        body = nodes.tbody()
        for term in sorted(terms, key=lambda term: (term.term.casefold(), term.term)):
            body += self._row(term, source, targets, with_definitions=with_definitions)
        columns = len(targets) + 2
        group = nodes.tgroup(cols=columns)
        for number in range(columns):
            # The first column heads its rows: a screen reader then says the term with each cell.
            colspec = nodes.colspec(colwidth=100 // columns)
            if number == 0:
                colspec["stub"] = 1
            group += colspec
        group += nodes.thead("", head)
        group += body
        table = nodes.table("", group, classes=["hub-glossary", "colwidths-auto"])
        self.set_source_info(table)
        return table

    def _row(
        self, term: Term, source: Language, targets: Sequence[Language], *, with_definitions: bool
    ) -> nodes.row:
        anchor = nodes.target("", "", names=[f"term-{term.slug}"])
        self.state.document.note_explicit_target(anchor)
        row = nodes.row()
        row += nodes.entry("", _paragraph(anchor, _word(term.term, source)))
        for language in targets:
            word = term.translations.get(language.locale)
            cell = _entry(word, language=language) if word else nodes.entry()
            if wrong := term.avoid.get(language.locale):
                cell += _avoid(wrong, language)
            row += cell
        notes = [_part_of_speech(term.part_of_speech)] if term.part_of_speech else []
        if with_definitions and term.definition:
            notes.append(term.definition)
        row += _entry(*notes)
        return row


def setup_glossary(app: Sphinx) -> None:
    """Register the directive ``glossary-table``."""
    app.add_directive("glossary-table", type("GlossaryTable", (GlossaryTable,), {"app": app}))


def _entry(*texts: str, language: Language | None = None) -> nodes.entry:
    entry = nodes.entry()
    entry += [_paragraph(_word(text, language) if language else nodes.Text(text)) for text in texts]
    return entry


def _avoid(words: Sequence[str], language: Language) -> nodes.paragraph:
    """A line that names words to avoid: said in the page's language, the words in their own."""
    before, _sign, after = _("Avoid: {words}").partition("{words}")
    paragraph = _paragraph(nodes.Text(before), _word(", ".join(words), language), nodes.Text(after))
    paragraph["classes"].append("hub-glossary-avoid")
    return paragraph


def _word(text: str, language: Language) -> nodes.inline:
    # docutils' HTML writers turn this class into the attribute lang. It stands on an inline since
    # smart quotes, which know neither zh-Hans nor zh-Hant, warn of it on a paragraph.
    return nodes.inline("", text, classes=[f"language-{language.tag}"])


def _paragraph(*children: nodes.Node) -> nodes.paragraph:
    # The words come from the glossary and from the interface's catalog: a page's catalog never has them.
    return nodes.paragraph("", "", *children, translatable=False)


def _part_of_speech(name: str) -> str:
    return {
        "noun": _("noun"),
        "verb": _("verb"),
        "adjective": _("adjective"),
        "name": _("name, kept"),
    }[name]
