"""The nodes that docutils lacks for the records: what HTML shows, and what the other builders make of it.

Each is a subclass of a node that every builder knows. Where nothing is said here, a builder shows it
as that node.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator
    from sphinx.writers.manpage import ManualPageTranslator
    from sphinx.writers.texinfo import TexinfoTranslator
    from sphinx.writers.text import TextTranslator


class drawing(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801 docutils' nodes are lower case
    """A drawing in HTML's own words, in its attribute ``svg``; only HTML shows it."""


class html_only(nodes.container):  # noqa: N801
    """A block that makes sense on a screen with a pointer only."""


class record_anchor(nodes.Invisible, nodes.Element):  # noqa: N801
    """The place of a record, in ``anchor``, for builders that do not take it from the ids of a container.

    It is no ``target``: docutils moves the ids of a target to what follows it.
    """


class record_title(nodes.rubric):  # noqa: N801
    """The name of a record: a heading in HTML, of the rank in ``level``.

    ``permalink`` is the title of the link to the record's ``anchor``; both are missing where the
    record has its home elsewhere.
    """


class record_link(nodes.reference):  # noqa: N801
    """A link that is no part of the text. ``label`` names it for who hears it without its card.

    ``type`` is the media type of what it leads to, where that is no page.
    """


class calendar_note(nodes.container):  # noqa: N801
    """Where a page leads to the calendar; filled for websites, and gone where something else is built."""


class person_work(nodes.General, nodes.Element):  # noqa: N801
    """Stands for what the person of the id in ``person`` did, until a page is written."""


class volunteer_wall(nodes.General, nodes.Element):  # noqa: N801
    """Stands for everybody who did something, until a page is written."""


class record_image(nodes.image):  # noqa: N801
    """An image from the data. Its text alternative is in ``label``: an ``alt`` goes to the page's catalog."""


def _visit_drawing(self: HTML5Translator, node: drawing) -> None:
    self.body.append(node["svg"])
    raise nodes.SkipNode


def _visit_anchor_in_latex(self: LaTeXTranslator, node: record_anchor) -> None:
    self.body.append(self.hypertarget(node["anchor"]))
    raise nodes.SkipNode


def _visit_anchor_in_texinfo(self: TexinfoTranslator, node: record_anchor) -> None:
    self.add_anchor(node["anchor"], node)
    raise nodes.SkipNode


def _visit_title(self: HTML5Translator, node: record_title) -> None:
    self.body.append(self.starttag(node, f"h{node['level']}", ""))


def _depart_title(self: HTML5Translator, node: record_title) -> None:
    if "permalink" in node and self.config.html_permalinks and self.builder.add_permalinks:
        title, icon = escape(node["permalink"]), self.config.html_permalinks_icon
        self.body.append(f'<a class="headerlink" href="#{node["anchor"]}" title="{title}">{icon}</a>')
    self.body.append(f"</h{node['level']}>\n")


def _visit_title_as_text(self: TextTranslator, node: record_title) -> None:
    self.visit_paragraph(node)
    self.visit_strong(node)


def _depart_title_as_text(self: TextTranslator, node: record_title) -> None:
    self.depart_strong(node)
    self.depart_paragraph(node)


def _visit_link(self: HTML5Translator, node: record_link) -> None:
    attributes = {"href": node["refuri"]}
    if "rel" in node:
        attributes["rel"] = node["rel"]
    if "type" in node:
        attributes["type"] = node["type"]
    if "label" in node:
        attributes["aria-label"] = node["label"]
    self.body.append(self.starttag(node, "a", "", CLASS="reference external", **attributes))


def _depart_link(self: HTML5Translator, node: record_link) -> None:
    del node
    self.body.append("</a>")


def _depart_link_as_text(self: TextTranslator, node: record_link) -> None:
    if node.astext() != node["refuri"]:
        self.add_text(f" <{node['refuri']}>")


def _visit_link_in_manual(self: ManualPageTranslator, node: record_link) -> None:
    try:
        self.visit_reference(node)
    except nodes.SkipNode:
        # A page that is read in a terminal or on paper has no other way to show where a link goes.
        if not self.config.man_show_urls:
            self.visit_Text(nodes.Text(f" <{node['refuri']}>"))
        raise


def _visit_image(self: HTML5Translator, node: record_image) -> None:
    node["alt"] = node["label"]
    self.visit_image(node)


def _nothing(self: Any, node: nodes.Element) -> None:  # noqa: ANN401 any builder's translator
    """Show what is inside."""


def _skip(self: Any, node: nodes.Element) -> None:  # noqa: ANN401
    del self, node
    raise nodes.SkipNode


def add_nodes(app: Sphinx) -> None:
    """Register the nodes with what each builder makes of them."""
    skipped: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (_skip, None))
    app.add_node(drawing, html=(_visit_drawing, None), **skipped)
    app.add_node(html_only, **skipped)
    app.add_node(record_image, html=(_visit_image, None), **skipped)
    app.add_node(
        record_anchor,
        html=(_skip, None),
        text=(_skip, None),
        man=(_skip, None),
        latex=(_visit_anchor_in_latex, None),
        texinfo=(_visit_anchor_in_texinfo, None),
    )
    app.add_node(person_work)
    app.add_node(volunteer_wall)
    app.add_node(
        record_title,
        html=(_visit_title, _depart_title),
        text=(_visit_title_as_text, _depart_title_as_text),
    )
    app.add_node(
        record_link,
        html=(_visit_link, _depart_link),
        text=(_nothing, _depart_link_as_text),
        man=(_visit_link_in_manual, None),
    )
