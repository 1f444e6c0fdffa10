"""The transform that puts translations into a page, each in its place and by its state.

It stands in for Sphinx's `Locale`, which finds no catalog of a MyST page: the build gives it none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.std import make_glossary_term
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.index_entries import split_index_msg

from sphinx_hub.catalogs.counts import count_entries
from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.revision import revised
from sphinx_hub.catalogs.text_safety import size_excess
from sphinx_hub.i18n.messages import MessageParser, split_noqa
from sphinx_hub.i18n.page import page_of, place_of, warn_unsafe
from sphinx_hub.i18n.pages import Message, PageRecord, page_records
from sphinx_hub.i18n.parser import words_behind
from sphinx_hub.i18n.progress import fill_progress
from sphinx_hub.i18n.references import lost_references, take_over
from sphinx_hub.i18n.states import show_state
from sphinx_hub.i18n.units import Kind, units_of
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sphinx_hub.catalogs.entries import Entry
    from sphinx_hub.i18n.page import PageText
    from sphinx_hub.i18n.units import Unit

logger = logging.getLogger(__name__)

#: A box of a task list, which MyST puts before the text of its item as raw HTML.
_TASK_BOX: Final = "task-list-item-checkbox"


class KeepWords(SphinxTransform):
    """Gives each text of a directive the words that its author wrote; with them goes its markup.

    Sphinx fills the gap with the plain text, in a transform at 10.
    """

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:  # noqa: ANN401 docutils' signature
        """Run for the page that is being read."""
        del kwargs
        page = page_of(self.env)
        if page is None or page.renderer is None:
            return
        for element, text, line in words_behind(page):
            if not element.rawsource or isinstance(element, nodes.inline):
                element.rawsource = text
            if not element.line:
                element.line = line
            if not element.source and isinstance(element.parent, nodes.Element):
                element.source = element.parent.source


class TranslateMessages(SphinxTransform):
    """Gathers the messages of a page, and puts their translations in."""

    default_priority = 20

    def apply(self, **kwargs: Any) -> None:  # noqa: ANN401 docutils' signature
        """Run for the page that is being read."""
        del kwargs
        page = page_of(self.env)
        if page is None or page.renderer is None:
            return  # a source in another markup: Sphinx's own transform translates it
        units = list(units_of(self.document, page))
        messages = tuple(Message(unit.message, unit.source, unit.line) for unit in units)
        record = PageRecord(
            source_locale=page.source_language.locale, messages=messages, has_catalog=bool(page.entries)
        )
        page_records(self.env)[page.docname] = record
        if page.is_native or page.extracting:
            fill_progress(self.document, None)
            return
        texts = list(dict.fromkeys(unit.message for unit in units))
        known = revised(_plausible(page.entries, texts), texts)
        translation = PageTranslation(page, self.document, known)
        for unit in units:
            translation.put(unit)
        translation.retitle()
        record.progress = count_entries(translation.entries.values())
        record.terms = translation.terms
        fill_progress(self.document, record.progress)


class PageTranslation:
    """The translation of one page, message by message."""

    def __init__(self, page: PageText, document: nodes.document, entries: dict[str, Entry]) -> None:
        self.page = page
        self.document = document
        self.entries = entries
        """Message -> its entry, as far as it may be shown."""
        self.terms: dict[str, str] = {}
        """Term in the source, in lower case -> what it is called here."""
        self._parser = MessageParser(page, document)
        self._checked: set[tuple[str, Kind]] = set()

    def put(self, unit: Unit) -> None:  # noqa: C901 one case for each kind
        """Put the translation of ``unit`` in, and show its state."""
        entry = self._allowed(unit)
        if entry.state is not State.UNTRANSLATED and entry.msgstr != unit.message:
            text, noqa = split_noqa(entry.msgstr)
            match unit.kind:
                case Kind.TEXT | Kind.TERM:
                    self._put_text(unit, entry, text, noqa=noqa)
                case Kind.ATTRIBUTE:
                    unit.node[unit.key] = text
                case Kind.LINK:
                    unit.node.children = []
                    unit.node.append(nodes.inline("", text))
                case Kind.LITERAL:
                    unit.node.children = []
                    unit.node.append(nodes.Text(text))
                    unit.node.rawsource = text
                case Kind.TOCTREE:
                    _put_toctree(unit, text)
                case Kind.INDEX:
                    _put_index(unit, text)
                case Kind.FIELD:
                    _put_field(unit, text)
                case Kind.SUBSTITUTION:
                    pass  # it stood in when the page was rendered
        if isinstance(unit.node, nodes.TextElement) and unit.kind in {Kind.TEXT, Kind.TERM}:
            # What Sphinx's own option `translation_progress_classes` goes by.
            unit.node["translated"] = entry.state is not State.UNTRANSLATED
        show_state(unit, entry, self.page)

    def retitle(self) -> None:
        """Let links without a text say the headings as they are now: MyST noted them before."""
        slugs = getattr(self.document, "myst_slugs", {})
        for section in self.document.findall(nodes.section):
            slug, title = section.get("slug"), section.next_node(nodes.title)
            if slug in slugs and title is not None:
                line, identifier, _text = slugs[slug]
                slugs[slug] = (line, identifier, title.astext())

    def _allowed(self, unit: Unit) -> Entry:
        """The entry of ``unit``: without its translation where that does what its source does not."""
        entry = self.entries[unit.message]
        if entry.state is State.UNTRANSLATED or (unit.message, unit.kind) in self._checked:
            return entry
        self._checked.add((unit.message, unit.kind))
        # The former msgid stands in the catalog, which a stranger writes: the source as it is now decides.
        before, after = unit.message, split_noqa(entry.msgstr)[0]
        if isinstance(unit.node, nodes.math_block):
            excesses = self._parser.maths_excess(before, after)
        elif unit.kind in {Kind.TEXT, Kind.TERM, Kind.SUBSTITUTION}:
            excesses = self._parser.excess(before, after)
        else:
            excesses = self._parser.plain_excess(before, after)
        if not excesses:
            return entry
        warn_unsafe(place_of(self.page.po, entry.line), excesses)
        refused = untranslated(entry)
        self.entries[unit.message] = refused
        return refused

    def _put_text(self, unit: Unit, entry: Entry, text: str, *, noqa: bool) -> None:
        node = unit.node
        kept = [child for child in node if _is_task_box(child)]
        old = [child for child in node if child not in kept]
        first, *others = self._parser.parse(text, entry.line)
        new = [*first, *(child for more in others for child in more)]
        take_over(self.document, old, new)
        lost = [] if noqa or entry.state is State.OUTDATED else lost_references(old, new)
        if lost:
            logger.warning(
                "%s the translation lacks what its source refers to: %s",
                Code.TEXT_LACKS,
                ", ".join(lost),
                type="hub",
                subtype="text",
                location=place_of(self.page.po, entry.line),
            )
        if unit.kind is Kind.TERM:
            self._put_term(unit, first)
            return
        node.children = []
        node.extend([*kept, *first])
        for more in reversed(others):
            paragraph = nodes.paragraph("", "", *more)
            paragraph.source, paragraph.line = node.source, node.line
            if isinstance(node, nodes.paragraph):
                node.parent.insert(node.parent.index(node) + 1, paragraph)
            else:
                node.extend([nodes.Text(" "), *more])

    def _put_term(self, unit: Unit, content: Sequence[nodes.Node]) -> None:
        """Translate a term of a glossary, and let it be found by its new name besides the old."""
        node = unit.node
        index = next((child for child in node if isinstance(child, addnodes.index)), None)
        before = nodes.term("", "", *(child for child in node.children if child is not index)).astext()
        text = nodes.term("", "", *content).astext()
        self.terms[before.lower()] = text
        domain = self.env_terms
        if not node["ids"] or ("term", text) in domain:
            node.children = []
            node.extend(content)
            if index is not None:
                node += index
            return
        key = index["entries"][0][4] if index is not None else None
        term = make_glossary_term(
            self.document.settings.env,
            list(content),
            key,
            str(unit.node.source),
            unit.line,
            node["ids"][0],
            self.document,
        )
        node.children = []
        node.extend(term.children)

    @property
    def env_terms(self) -> dict[tuple[str, str], Any]:
        """The objects of Sphinx's standard domain, by kind and name."""
        objects: dict[tuple[str, str], Any] = self.document.settings.env.domains.standard_domain.objects
        return objects


def _plausible(entries: Sequence[Entry], texts: Sequence[str]) -> list[Entry]:
    """The entries that may be looked at: a catalog of strangers must not stall the build by its size.

    Those of the page's own messages, and as many others as it could once have had, none of them out of
    all proportion to what it has now; the same of what they say of their former texts.
    """
    longest, wanted = max(texts, key=len, default=""), set(texts)
    strays = 2 * len(texts) + 50
    plausible: list[Entry] = []
    for entry in entries:
        if entry.msgid not in wanted:
            strays -= 1
            if strays < 0 or size_excess(longest, entry.msgid):
                continue
        tangled = entry.previous and size_excess(longest, entry.previous)
        plausible.append(untranslated(entry) if tangled else entry)
    return plausible


def untranslated(entry: Entry) -> Entry:
    """``entry`` as if nobody had translated it."""
    return type(entry)(msgid=entry.msgid, state=State.UNTRANSLATED, line=entry.line)


def _put_toctree(unit: Unit, text: str) -> None:
    node = unit.node
    if unit.key == "caption":
        node["caption"] = text
    else:
        node["entries"] = [
            (text if title == unit.message else title, docname) for title, docname in node["entries"]
        ]


def _put_index(unit: Unit, text: str) -> None:
    entries = []
    for kind, value, *rest in unit.node["entries"]:
        parts = [text if part == unit.message else part for part in split_index_msg(kind, value)]
        entries.append((kind, "; ".join(parts), *rest))
    unit.node["entries"] = entries


def _put_field(unit: Unit, text: str) -> None:
    for field in unit.node.findall(nodes.field):
        name, body = field[0], field[1]
        if name.astext() == unit.key and isinstance(body, nodes.Element):
            body.children = []
            body += nodes.paragraph("", "", nodes.Text(text))


def _is_task_box(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw) and _TASK_BOX in node.astext()
