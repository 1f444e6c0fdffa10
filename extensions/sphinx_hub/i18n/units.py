"""What in a page is a message: one list, from which messages are gathered and to which they are applied.

Sphinx gathers at the end of a build, from the finished page, and applies at its beginning; what differs
between the two never reaches a translator, or never comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util.index_entries import split_index_msg
from sphinx.util.nodes import LITERAL_TYPE_NODES, is_translatable

from sphinx_hub.i18n.page import is_meta_text
from sphinx_hub.i18n.parser import SUBSTITUTED
from sphinx_hub.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_hub.i18n.page import PageText

#: On a node whose text the site itself has translated.
OURS: Final = "hub_translated"

#: Han, kana and their punctuation: what is written without spaces between words.
WIDE: Final = (
    "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
)
_BREAK_IN_WIDE: Final = lazy(f"(?<=[{WIDE}])[ \t]*\n[ \t]*(?=[{WIDE}])")
_HARD_BREAK: Final = lazy(r"[ \t]*\\[ \t]*(?=\n|\Z)")


#: Where a text is looked for, from the line that its node names: near it on both sides, then below.
_OFFSETS: Final = (*chain.from_iterable((step, -step) for step in range(10)), *range(10, 200))


class Kind(Enum):
    """How a message is put back."""

    TEXT = "text"
    """Inline markup that becomes the content of an element."""
    TERM = "term"
    """The same for a term of a glossary."""
    ATTRIBUTE = "attribute"
    """Plain text in an attribute."""
    LINK = "link"
    """Plain text that is the content of a link."""
    LITERAL = "literal"
    """Code, maths or raw text."""
    TOCTREE = "toctree"
    """The caption of a toctree, or a title in it."""
    INDEX = "index"
    """Parts of an entry of the index."""
    FIELD = "field"
    """A text of the front matter."""
    SUBSTITUTION = "substitution"
    """A text of the front matter that stood in already when the page was rendered."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One message at one place."""

    message: str
    kind: Kind
    source: str
    """The file in which it stands."""
    line: int
    node: nodes.Element
    key: str = ""
    """The attribute, for `Kind.ATTRIBUTE` and `Kind.FIELD`."""


def fold(text: str) -> str:
    """A text of a source as the message that a translator sees: on one line.

    A hard break is dropped, as Sphinx does. A soft break between characters that are written without spaces
    is none in the message either.
    """
    text = _HARD_BREAK.sub("", text)
    return _BREAK_IN_WIDE.sub("", text).replace("\n", " ").strip()


def message_of(node: nodes.Element) -> str:
    """The message of an element of text as its source has it, whatever is shown of it."""
    return fold(node.rawsource or node.astext())


def units_of(document: nodes.document, page: PageText) -> Iterator[Unit]:
    """Every message of the page, in the order of its source."""
    lines = _SourceLines()
    source = str(page.path)
    front = _front_matter_fields(document)
    for entry in page.front:
        if entry.keys[0] in {"substitutions", "myst"} and "substitutions" in entry.keys[:2]:
            yield Unit(
                message=entry.text.strip(),
                kind=Kind.SUBSTITUTION,
                source=source,
                line=entry.line,
                node=document,
            )
        elif len(entry.keys) == 1:
            yield Unit(
                message=fold(entry.text),
                kind=Kind.FIELD,
                source=source,
                line=entry.line,
                node=front or document,
                key=entry.keys[0],
            )
        # The others stand in the page as <meta>, and the title perhaps as a heading: they come below.
    for node in _walk(document, front):
        yield from _units_of_node(node, page, lines)


def _units_of_node(node: nodes.Element, page: PageText, lines: _SourceLines) -> Iterator[Unit]:  # noqa: C901, PLR0912
    source, line = _place(node, page)

    def unit(text: str, kind: Kind, key: str = "") -> Iterator[Unit]:
        message = text if kind is Kind.LITERAL else fold(text)
        if message.strip():
            at = lines.find(source, line, text, alone=kind is Kind.TERM)
            yield Unit(message=message, kind=kind, source=source, line=at, node=node, key=key)

    match node:
        case addnodes.toctree():
            if node.get("caption"):
                yield from unit(node["caption"], Kind.TOCTREE, "caption")
            for title, _docname in node["entries"]:
                if title:
                    yield from unit(title, Kind.TOCTREE, "entries")
        case addnodes.index():
            if not isinstance(node.parent, nodes.term):
                for kind, value, *_rest in node["entries"]:
                    for part in split_index_msg(kind, value):
                        yield from unit(part, Kind.INDEX)
        case nodes.meta():
            yield from _meta_units(node, page)
        case nodes.image():
            if _stands_in_message(node):
                return  # the message of the text around it has the whole image
            for key in ("alt", "title"):
                if node.get(key):
                    yield from unit(node[key], Kind.ATTRIBUTE, key)
        case nodes.reference() | addnodes.pending_xref():
            if "sd-btn" in node["classes"] and node.get("reftitle"):
                yield from unit(node["reftitle"], Kind.ATTRIBUTE, "reftitle")
            if "sd-hide-link-text" in node["classes"] and _has_own_text(node):
                yield from unit(node.astext(), Kind.LINK)
        case nodes.term() if is_translatable(node):
            yield from unit(node.rawsource or node.astext(), Kind.TERM)
        case _ if isinstance(node, LITERAL_TYPE_NODES):
            # Raw text within a paragraph is what MyST makes of a hard break, a strike or a task's box.
            wanted = node.get("translatable", isinstance(node, nodes.math_block))
            if wanted and not isinstance(node.parent, nodes.TextElement):
                yield from unit(node.rawsource or node.astext(), Kind.LITERAL)
        case _ if is_translatable(node):
            yield from unit(node.rawsource or node.astext(), Kind.TEXT)


def _walk(document: nodes.document, front: nodes.field_list | None) -> Iterator[nodes.Element]:
    """Every element in order, without the subtrees whose texts are no messages of the page."""
    pending: list[nodes.Node] = [document]
    while pending:
        node = pending.pop()
        if not isinstance(node, nodes.Element) or node is front:
            continue
        if node.get(SUBSTITUTED) or node.get(OURS) or isinstance(node, nodes.system_message):
            continue
        yield node
        pending += reversed(node.children)


def _meta_units(node: nodes.meta, page: PageText) -> Iterator[Unit]:
    name = node.get("name") or node.get("property") or ""
    if not is_meta_text(name) or "http-equiv" in node:
        return
    content = node["content"]
    for entry in page.front:
        if entry.keys[-2:-1] == ("html_meta",) and entry.keys[-1].split()[0].endswith(name):
            yield Unit(
                message=fold(content),
                kind=Kind.ATTRIBUTE,
                source=str(page.path),
                line=entry.line,
                node=node,
                key="content",
            )
            return
    # One that stands in no front matter is conf.py's, translated with the strings of the site; or it was
    # made by a directive.
    if node.line:
        source, line = _place(node, page)
        yield Unit(
            message=fold(content), kind=Kind.ATTRIBUTE, source=source, line=line, node=node, key="content"
        )


def _stands_in_message(node: nodes.Element) -> bool:
    around: nodes.Element | None = node.parent
    while around is not None and isinstance(around, nodes.Inline | nodes.reference | addnodes.pending_xref):
        around = around.parent
    return isinstance(around, nodes.TextElement) and bool(is_translatable(around))


def _has_own_text(node: nodes.Element) -> bool:
    if isinstance(node, addnodes.pending_xref):
        return bool(node.get("refexplicit"))
    return bool(node.rawsource) and node.rawsource != node.get("refuri")


def _front_matter_fields(document: nodes.document) -> nodes.field_list | None:
    """The list that MyST makes of the front matter; Sphinx takes it out of the page later."""
    for child in document.children:
        if isinstance(child, nodes.field_list) and "myst" not in child["classes"]:
            return child
        if not isinstance(child, nodes.meta | nodes.comment | nodes.system_message):
            return None
    return None


def _place(node: nodes.Element, page: PageText) -> tuple[str, int]:
    """The file and the line of ``node``, or of the nearest element around it that has them."""
    source, line = node.source, node.line
    around: nodes.Element | None = node.parent
    while around is not None and not (source and line):
        source, line = source or around.source, line or around.line
        around = around.parent
    return source or str(page.path), line or 1


class _SourceLines:
    """Finds the line of a text near the one that its node names.

    The text of an option stands below the directive's line, which is all that its node knows; and some
    nodes are a line off.
    """

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def find(self, source: str, start: int, text: str, *, alone: bool) -> int:
        """The line nearest to ``start`` on which the first line of ``text`` stands, or ``start``.

        With ``alone`` it must be the whole line, as terms of a glossary are.
        """
        if source not in self._files:
            try:
                self._files[source] = Path(source).read_text("utf-8").splitlines()
            except (OSError, UnicodeDecodeError):
                self._files[source] = []
        wanted = text.strip().partition("\n")[0]
        lines = self._files[source]
        for offset in _OFFSETS:
            number: int = start + offset
            if 0 < number <= len(lines):
                line = lines[number - 1]
                if wanted == line.strip() if alone else wanted in line:
                    return number
        return start
