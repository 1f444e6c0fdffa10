"""Spaces between Chinese words that only the markup needs, such as those beside a role.

A translator writes ``和鲸 {hub:partner}`paddlepaddle` 与`` with spaces, since a role may turn out as
Latin letters, which stand apart from Chinese ones. Where it turns out as Chinese, the gap would show.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_hub.i18n.languages import current_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Scripts that are written without spaces between words.
_UNSPACED: Final = ("zh", "ja")
#: Han, kana and their punctuation: U+3000 to U+30FF, the ideographs, and full-width forms.
_WIDE: Final = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
_ENDS_IN_GAP: Final = re.compile(f"(?<=[{_WIDE}]) $")
_BEGINS_WITH_GAP: Final = re.compile(f"^ (?=[{_WIDE}])")
_BEGINS_WIDE: Final = re.compile(f"^[{_WIDE}]")
_ENDS_WIDE: Final = re.compile(f"[{_WIDE}]$")


def close_gaps(app: Sphinx, doctree: nodes.document) -> None:
    """On doctree-read: close the gaps on pages of a language that is written without spaces."""
    if current_language(app).tag.startswith(_UNSPACED):
        close_gaps_in(doctree)


def close_gaps_in(doctree: nodes.document) -> None:
    """Drop the space between a Chinese character and an inline node of Chinese text.

    Code keeps its spaces: it is set in another face, whatever its letters.
    """
    for text in list(doctree.findall(nodes.Text)):
        if isinstance(text.parent, nodes.literal | nodes.FixedTextElement):
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
