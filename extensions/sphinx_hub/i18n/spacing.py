"""Spaces between Chinese words that only the markup needs: beside a role, and where a line of a source ends.

A translator writes ``和鲸 {hub:partner}`paddlepaddle` 与`` with spaces, since a role may turn out as
Latin letters, which stand apart from Chinese ones. Where it turns out as Chinese, the gap would show.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_hub.i18n.languages import current_language
from sphinx_hub.i18n.units import WIDE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Scripts that are written without spaces between words.
UNSPACED: Final = ("zh", "ja")
_ENDS_IN_GAP: Final = re.compile(f"(?<=[{WIDE}]) $")
_BEGINS_WITH_GAP: Final = re.compile(f"^ (?=[{WIDE}])")
_BEGINS_WIDE: Final = re.compile(f"^[{WIDE}]")
_ENDS_WIDE: Final = re.compile(f"[{WIDE}]$")
_INNER_BREAK: Final = re.compile(f"(?<=[{WIDE}])\\n(?=[{WIDE}])")


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
    for text in list(doctree.findall(nodes.Text)):
        if _in_code(text):
            continue
        closed = str(text)
        following = text.next_node(descend=False, siblings=True)
        if _is_wide(following, _BEGINS_WIDE):
            closed = _ENDS_IN_GAP.sub("", closed)
        if _is_wide(_previous(text), _ENDS_WIDE):
            closed = _BEGINS_WITH_GAP.sub("", closed)
        if closed != text:
            text.parent.replace(text, nodes.Text(closed))


def _previous(node: nodes.Node) -> nodes.Node | None:
    position = node.parent.index(node)
    return node.parent[position - 1] if position else None


def _is_wide(node: nodes.Node | None, edge: re.Pattern[str]) -> bool:
    """Whether ``node`` is inline, no code, and has a wide character at the given edge."""
    if not isinstance(node, nodes.Inline) or isinstance(node, nodes.literal | nodes.image):
        return False
    return edge.search(node.astext()) is not None
