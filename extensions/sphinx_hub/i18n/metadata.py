"""The description of a page is translated like a paragraph; its mark must not reach the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def clean_meta(_app: Sphinx, doctree: nodes.document) -> None:
    """On doctree-read: take the note "translated" off meta nodes.

    Sphinx leaves it on every node that it has translated, and the HTML writer turns each attribute of
    a meta node into one of ``<meta>``, where ``translated="True"`` is no HTML.
    """
    for node in doctree.findall(nodes.meta):
        node.attributes.pop("translated", None)
