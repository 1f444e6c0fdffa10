"""Spaces between Chinese words that only the markup needs: beside a role, and where a line of a source ends.

A translator writes ``和鲸 {hub:partner}`paddlepaddle` 与`` with spaces, since a role may turn out as
Latin letters, which stand apart from Chinese ones. Where it turns out as Chinese, the gap would show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_hub.i18n.languages import current_language
from sphinx_hub.i18n.units import WIDE
from sphinx_hub.patterns import lazy

if TYPE_CHECKING:
    import re

    from sphinx.application import Sphinx

#: Scripts that are written without spaces between words.
UNSPACED: Final = ("zh", "ja")
_ENDS_IN_GAP: Final = lazy(f"(?<=[{WIDE}]) $")
_BEGINS_WITH_GAP: Final = lazy(f"^ (?=[{WIDE}])")
_BEGINS_WIDE: Final = lazy(f"^[{WIDE}]")
_ENDS_WIDE: Final = lazy(f"[{WIDE}]$")
_INNER_BREAK: Final = lazy(f"(?<=[{WIDE}])\\n(?=[{WIDE}])")


def close_gaps(app: Sphinx, doctree: nodes.document) -> None:
    """On doctree-read: close the gaps on pages of a language that is written without spaces."""
    if current_language(app).tag.startswith(UNSPACED):
        close_gaps_in(doctree)


def join_lines(_app: Sphinx, doctree: nodes.document) -> None:
    """On doctree-read: drop the end of a source's line between two Chinese characters.

    HTML shows it as a space. In a script without spaces no line of a source ends at one, whatever the
    page's language is.
    """
    for text in list(doctree.findall(nodes.Text)):
        if "\n" not in text or _in_code(text):
            continue
        before, after = _neighbour(text, -1)[-1:], _neighbour(text, 1)[:1]
        joined = _INNER_BREAK.sub("", f"{before}{text}{after}")
        joined = joined[len(before) : len(joined) - len(after)]
        if joined != text:
            text.parent.replace(text, nodes.Text(joined))


def _in_code(text: nodes.Text) -> bool:
    return isinstance(text.parent, nodes.literal | nodes.FixedTextElement | nodes.raw | nodes.math)


def _neighbour(text: nodes.Text, step: int) -> str:
    """The text of the node before or behind ``text``; empty at an edge and beside code."""
    position = text.parent.index(text) + step
    if not 0 <= position < len(text.parent):
        return ""
    node = text.parent[position]
    return "" if isinstance(node, nodes.literal | nodes.image | nodes.raw) else node.astext()


def close_gaps_in(doctree: nodes.document) -> None:
    """Drop the space between a Chinese character and an inline node of Chinese text.

    Code keeps its spaces: it is set in another face, whatever its letters.
    """
    for inline in list(doctree.findall(_is_inline)):
        content, position = inline.astext(), inline.parent.index(inline)
        if position and _BEGINS_WIDE.search(content):
            _close(inline.parent, position - 1, _ENDS_IN_GAP)
        if position + 1 < len(inline.parent) and _ENDS_WIDE.search(content):
            _close(inline.parent, position + 1, _BEGINS_WITH_GAP)


def _is_inline(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Inline) and not isinstance(node, nodes.literal | nodes.image)


def _close(parent: nodes.Element, position: int, gap: re.Pattern[str]) -> None:
    """Drop ``gap`` from a child that is text."""
    text = parent[position]
    if isinstance(text, nodes.Text) and not _in_code(text):
        closed = gap.sub("", text)
        if closed != text:
            parent[position] = nodes.Text(closed)
