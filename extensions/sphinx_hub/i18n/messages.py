"""One message, parsed in the context of its page: with inline rules alone, by the page's own parser.

Sphinx parses each message as a document of its own (`sphinx.transforms.i18n._publish_msgstr`). Then `1. 简介`
is a list, a fence is a directive, and of the page's link definitions, substitutions and front matter nothing
is known (MyST-Parser#690, sphinx#4293, STACK-DEFECTS A8 to A10, D).
"""

from __future__ import annotations

import copy
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from docutils import nodes
from docutils.utils import new_document
from sphinx.util import logging
from sphinx.util.docutils import LoggingReporter

from sphinx_hub.catalogs.markup_safety import excess, is_words, maths_excess, paragraphs_of, plain_excess
from sphinx_hub.catalogs.plain_markup import unknown_rules
from sphinx_hub.problems import display_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_hub.catalogs.markup_safety import Excess
    from sphinx_hub.i18n.page import PageText

#: Opts a message out of the comparison of its references, as in Sphinx.
_NOQA: Final = re.compile(r"(?<!\\)#\s*noqa\s*\Z")


logger = logging.getLogger(__name__)
_told: set[str] = set()


class MessageParser:
    """Parses the translations of one page."""

    def __init__(self, page: PageText, document: nodes.document) -> None:
        assert page.renderer is not None  # noqa: S101 the parser has run
        self._renderer = page.renderer
        self._page = page
        self._quick = not document.settings.env.config.hub_plain
        unknown = ", ".join(unknown_rules(page.renderer.md))
        if unknown and unknown not in _told:
            _told.add(unknown)
            logger.info("note: each translation is parsed to compare it, which is slow: new rule %s", unknown)
        # Footnotes and names of a translation are noted here, not in the page: those that count are its
        # source's.
        self._po = display_path(page.po)
        self._scratch = new_document(self._po, document.settings)
        self._scratch.reporter = LoggingReporter.from_reporter(document.reporter)

    def parse(self, text: str, line: int) -> list[list[nodes.Node]]:
        """The paragraphs of ``text``, each as the nodes of its content.

        ``line`` is the line of the catalog on which it stands: warnings name it. Of text without blank
        lines there is one paragraph.
        """
        return [self._parse_inline(part, line) for part in paragraphs_of(text)] or [[]]

    def excess(self, msgid: str, msgstr: str) -> tuple[Excess, ...]:
        """What the markup of ``msgstr`` does that ``msgid`` does not; nothing is rendered for it."""
        if msgid == msgstr:
            return ()
        renderer = self._renderer
        environment = copy.copy(renderer.md_env)
        return excess(msgid, msgstr, renderer.md, environment, rtl=self._page.language.direction == "rtl")

    def maths_excess(self, msgid: str, msgstr: str) -> tuple[Excess, ...]:
        """The same for a block of maths."""
        return maths_excess(msgid, msgstr, rtl=self._page.language.direction == "rtl")

    def plain_excess(self, msgid: str, msgstr: str) -> tuple[Excess, ...]:
        """The same for a text that is shown as it is."""
        if msgid == msgstr:
            return ()
        return plain_excess(msgid, msgstr, rtl=self._page.language.direction == "rtl")

    def _parse_inline(self, text: str, line: int) -> list[nodes.Node]:
        if self._quick and is_words(text):
            return [nodes.Text(text)]
        container = nodes.Element()
        with self._in_catalog(container, line):
            # The renderer counts from the line before.
            self._renderer.nested_render_text(text, line - 1, inline=True)
        found = [node for node in container.children if not isinstance(node, nodes.system_message)]
        container.children = []
        return found

    @contextmanager
    def _in_catalog(self, container: nodes.Element, line: int) -> Iterator[None]:
        renderer = self._renderer
        before = (renderer.document, renderer.current_node, renderer.reporter, renderer.place)
        renderer.document, renderer.current_node = self._scratch, container
        renderer.reporter = self._scratch.reporter
        renderer.place = f"{self._po}:{line}"
        try:
            yield
        finally:
            renderer.document, renderer.current_node, renderer.reporter, renderer.place = before


def split_noqa(msgstr: str) -> tuple[str, bool]:
    """A translation without its mark ``# noqa``, and whether it had one."""
    text = _NOQA.sub("", msgstr)
    return (text.rstrip(), True) if text != msgstr else (msgstr, False)
