"""The parser of MyST sources: MyST's own, with what a page in several languages needs besides.

It differs from MyST's in four things: emphasis that touches Chinese punctuation is emphasis, headings in
scripts other than Latin have ids that stay, what stands in a substitution is known as such, and each text
of a directive keeps the words that its author wrote. The last two are what extraction needs.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from myst_parser.config.main import TopmatterReadError, merge_file_level, read_topmatter
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.slugs import github_slugify
from myst_parser.warnings_ import create_warning
from sphinx.util import logging

from sphinx_hub.catalogs.emphasis import cjk_emphasis_plugin
from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.markup_safety import excess
from sphinx_hub.i18n.page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from myst_parser.config.main import MdParserConfig
    from myst_parser.warnings_ import MystWarnings

    from sphinx_hub.i18n.page import PageText

logger = logging.getLogger(__name__)

#: On a node that a substitution made: its text is a message of its own, where it is defined.
SUBSTITUTED: Final = "hub_substituted"


class HubRenderer(SphinxRenderer):
    """MyST's renderer, which also remembers the words behind each text of a directive."""

    inline_texts: list[tuple[nodes.Node, str, int]]
    """(first node, text, line) of each text that was parsed with inline rules only."""
    place: str | None
    """Where a message stands while one is rendered, as ``path:line`` of its catalog."""

    def __init__(self, parser: MarkdownIt) -> None:
        super().__init__(parser)
        self.inline_texts = []
        self.place = None
        self._shift = False

    def create_warning(
        self,
        message: str,
        subtype: MystWarnings | str,
        *,
        wtype: str | None = None,
        line: int | None = None,
        append_to: nodes.Element | None = None,
    ) -> nodes.system_message | None:
        """Warn as MyST does; of a message, with its place in the catalog and not in the page."""
        if self.place is None:
            return super().create_warning(message, subtype, wtype=wtype, line=line, append_to=append_to)
        name = subtype if isinstance(subtype, str) else subtype.value
        logger.warning("%s", message, type=wtype or "myst", subtype=name, location=self.place)
        return None

    def nested_render_text(
        self,
        text: str,
        lineno: int,
        inline: bool = False,
        temp_root_node: nodes.Element | None = None,
        heading_offset: int = 0,
    ) -> None:
        """Parse and render ``text``; note what the first node of an inline text was made from."""
        parent, before = self.current_node, len(self.current_node)
        super().nested_render_text(text, lineno, inline, temp_root_node, heading_offset)
        if inline and self.place is None and len(parent) > before:
            self.inline_texts.append((parent[before], text, lineno))

    def render_substitution(self, token: SyntaxTreeNode, inline: bool) -> None:
        """Render a substitution, and mark what it made: it is translated where it is defined."""
        parent, before = self.current_node, len(self.current_node)
        super().render_substitution(token, inline)
        for node in parent[before:]:
            if isinstance(node, nodes.Element):
                node[SUBSTITUTED] = True

    def render_table_row(self, token: SyntaxTreeNode) -> None:
        """Render a row. MyST gives the cells no place, and so no message (sphinx-design#306)."""
        super().render_table_row(token)
        row = self.current_node[-1]
        assert isinstance(row, nodes.row)  # noqa: S101 the row that was just made
        for cell, entry in zip(token.children or [], row, strict=False):
            for paragraph in entry.findall(nodes.paragraph):
                self.add_line_and_source_path(paragraph, cell if cell.map else token)

    def render_colon_fence(self, token: SyntaxTreeNode) -> None:
        """Render a block of colons. Where another begins it, MyST adds a line that no source has."""
        self._shift = token.content.startswith(":::")
        super().render_colon_fence(token)

    def run_directive(  # noqa: PLR0913 MyST's signature
        self,
        name: str,
        first_line: str,
        content: str,
        position: int,
        additional_options: dict[str, str] | None = None,
        *,
        block_text: str | None = None,
    ) -> list[nodes.Element]:
        """Run a directive, from the line before where its content has a line too many."""
        position, self._shift = position - self._shift, False
        return super().run_directive(
            name, first_line, content, position, additional_options, block_text=block_text
        )

    def generate_heading_target(
        self, token: SyntaxTreeNode, level: int, node: nodes.Element, title_node: nodes.Element
    ) -> None:
        """Give a heading its id: where docutils would number it or drop half of it, its slug.

        docutils makes ids of ASCII letters, so that 安装 becomes ``id1`` and moves with its neighbours.
        """
        if not node["ids"] and _needs_slug(text := title_node.astext()):
            slug = github_slugify(text)
            number, unique = 1, slug
            while slug and unique in self.document.ids:
                unique, number = f"{slug}-{number}", number + 1
            if unique:
                node["ids"] = [unique]
        super().generate_heading_target(token, level, node, title_node)


class HubParser(MystParser):
    """The parser of Markdown sources, in place of MyST's."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a page into ``document``; its renderer goes on to render the page's messages."""
        env = document.settings.env
        page = page_of(env)
        config: MdParserConfig = env.myst_config
        try:
            topmatter = read_topmatter(inputstring)
        except TopmatterReadError:
            topmatter = None  # MyST reports it when it renders
        if topmatter:

            def warn(kind: MystWarnings, message: str) -> None:
                create_warning(document, message, kind, line=1, append_to=document)

            config = merge_file_level(config, topmatter, warn)
        parser = create_md_parser(config, HubRenderer).use(cjk_emphasis_plugin)
        renderer = parser.renderer
        assert isinstance(renderer, HubRenderer)  # noqa: S101 as it was created
        if page is not None and document["source"] == str(page.path):
            page.renderer = renderer
            substitutions = translated_substitutions(page, config.substitutions, parser)
            parser.options["myst_config"] = replace(config, substitutions=substitutions)
        parser.options["document"] = document
        parser.render(inputstring)


def translated_substitutions(page: PageText, values: Any, parser: MarkdownIt) -> Any:  # noqa: ANN401 as YAML has it
    """The substitutions of a page with their translations, as far as they are safe.

    Only entries for the very text count: which former text a message has is known once all are.
    """
    known = {entry.msgid: entry for entry in page.entries if entry.state is not State.UNTRANSLATED}
    own = {text.text for text in page.front if "substitutions" in text.keys[:2]}

    def translated(value: Any) -> Any:  # noqa: ANN401
        match value:
            case dict():
                return {key: translated(inner) for key, inner in value.items()}
            case list():
                return [translated(inner) for inner in value]
            case str() if value in own and (entry := known.get(value.strip())) is not None:
                rtl = page.language.direction == "rtl"
                return value if excess(entry.msgid, entry.msgstr, parser, rtl=rtl) else entry.msgstr
        return value

    return translated(values)


def words_behind(page: PageText) -> Iterator[tuple[nodes.TextElement, str, int]]:
    """(element, text, line) of each element whose content is one text of a directive."""
    renderer = page.renderer
    assert isinstance(renderer, HubRenderer)  # noqa: S101 set by the parser
    for node, text, line in renderer.inline_texts:
        element = node.parent
        if isinstance(element, nodes.TextElement) and element.index(node) == 0:
            yield element, text, line


def _needs_slug(text: str) -> bool:
    """Whether docutils would lose a letter of ``text`` in an id: one that is no Latin letter at heart."""
    return any(
        character.isalnum() and not unicodedata.normalize("NFKD", character)[0].isascii()
        for character in text
    )
