"""The nodes that docutils lacks for texts and their changes, and what each builder makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class disclosure(nodes.container):  # noqa: N801 docutils' nodes are lower case
    """A block that opens; its first child is a :class:`disclosure_heading`."""


class disclosure_heading(nodes.paragraph):  # noqa: N801
    """What stays visible of a :class:`disclosure`."""


class source_change(disclosure):  # noqa: N801
    """What changed in the source of a translation. Builders without pages that open show its heading."""


class change_text(nodes.paragraph):  # noqa: N801
    """The source of a translation, with what came and what went."""


class inserted(nodes.inline):  # noqa: N801
    """Words that came."""


class deleted(nodes.inline):  # noqa: N801
    """Words that went."""


class moment(nodes.inline):  # noqa: N801
    """A date in words, with its machine-readable form in ``datetime``."""


def _visit_disclosure(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "details"))


def _depart_disclosure(self: HTML5Translator, node: nodes.Element) -> None:
    del node
    self.body.append("</details>\n")


def _visit_heading(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "summary", ""))


def _depart_heading(self: HTML5Translator, node: nodes.Element) -> None:
    del node
    self.body.append("</summary>\n")


def _visit_text(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "p", ""))


def _depart_text(self: HTML5Translator, node: nodes.Element) -> None:
    del node
    self.body.append("</p>\n")


def _visit_inserted(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "ins", ""))


def _depart_inserted(self: HTML5Translator, node: nodes.Element) -> None:
    del node
    self.body.append("</ins>")


def _visit_deleted(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "del", ""))


def _depart_deleted(self: HTML5Translator, node: nodes.Element) -> None:
    del node
    self.body.append("</del>")


def _visit_moment(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "time", "", datetime=node["datetime"]))


def _depart_moment(self: HTML5Translator, node: nodes.Element) -> None:
    del node
    self.body.append("</time>")


def _skip(self: Any, node: nodes.Element) -> None:  # noqa: ANN401 any builder's translator
    del self, node
    raise nodes.SkipNode


def add_nodes(app: Sphinx) -> None:
    """Register the nodes with what each builder makes of them."""
    skipped: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (_skip, None))
    for node in (disclosure, source_change):
        app.add_node(node, html=(_visit_disclosure, _depart_disclosure))
    app.add_node(disclosure_heading, html=(_visit_heading, _depart_heading))
    app.add_node(change_text, html=(_visit_text, _depart_text), **skipped)
    app.add_node(inserted, html=(_visit_inserted, _depart_inserted))
    app.add_node(deleted, html=(_visit_deleted, _depart_deleted))
    app.add_node(moment, html=(_visit_moment, _depart_moment))
