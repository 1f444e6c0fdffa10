"""What the search knows of each page: its article's text by section, kept beside the doctrees.

It is taken from the doctree that is written, by the process that writes it, so that a page which did not
change keeps what is known of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes

from sphinx_hub.catalogs.compiled import write_if_changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

FOLDER: Final = "search"
#: No text of the article: notes on the page itself, names below it, lists of other pages, code for machines.
_SKIPPED_CLASSES: Final = frozenset({"no-search", "toctree-wrapper"})
_SKIPPED: Final = (
    nodes.Invisible,
    nodes.raw,
    nodes.image,
    nodes.system_message,
    nodes.math,
    nodes.math_block,
    addnodes.toctree,
    addnodes.index,
)


def page_file(app: Sphinx, docname: str) -> Path:
    """Where the text of a page is kept."""
    return Path(app.doctreedir, FOLDER, f"{docname}.json")


def keep_text(
    app: Sphinx, pagename: str, _templatename: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """On html-page-context: keep the text of a page that is made from a source."""
    if doctree is None or app.builder.name not in {"html", "dirhtml"}:
        return
    sections = [section for section in _sections(doctree) if section["title"] or section["text"]]
    write_if_changed(page_file(app, pagename), json.dumps(sections, ensure_ascii=False).encode())


def _sections(doctree: nodes.document) -> list[dict[str, str]]:
    """Each section in order: its anchor, its title, and its text without that of its subsections."""
    sections: list[dict[str, str]] = [{"id": "", "title": "", "text": ""}]

    def walk(node: nodes.Node) -> None:
        for child in node.children:
            if isinstance(child, nodes.section):
                title = child.next_node(nodes.title)
                name = title.astext() if title is not None and title.parent is child else ""
                ids: list[str] = child["ids"]
                sections.append({"id": ids[0] if ids else "", "title": " ".join(name.split()), "text": ""})
                walk(child)
            elif not isinstance(child, nodes.title) or not isinstance(node, nodes.section):
                sections[-1]["text"] += "".join(_blocks(child))

    walk(doctree)
    return sections


def _blocks(node: nodes.Node) -> Iterator[str]:
    """The text of a block; each block of text ends with a line's end, where no phrase goes on."""
    if isinstance(node, nodes.Text):
        yield " ".join(node.astext().split("\n"))
        return
    if isinstance(node, _SKIPPED):
        return
    if isinstance(node, nodes.Element) and _SKIPPED_CLASSES.intersection(node["classes"]):
        return
    if isinstance(node, nodes.literal_block):
        yield node.astext() + "\n"
        return
    for child in node.children:
        yield from _blocks(child)
    if not isinstance(node, nodes.Inline):
        yield "\n"
