"""The directive ``key-takeaways``: what a reader should keep of a page, as a box and as its description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sphinx_hub.posts.description import description_of, plain_text
from sphinx_hub.posts.domain import posts_domain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator

_ = get_translation("sphinx_hub")
logger = logging.getLogger(__name__)

DESCRIPTION: Final = "description"
_LISTS: Final = (nodes.bullet_list, nodes.enumerated_list)


class key_takeaways(nodes.topic):  # noqa: N801 docutils' nodes are lower case
    """The box: its first child is the title. Builders that do not know it show a topic."""


class KeyTakeaways(SphinxDirective):
    """A box with a title and a list. Its argument is the title; left out, it is "Key takeaways"."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """The box with what stands in the directive."""
        box = key_takeaways(classes=["hub-takeaways", *self.options.get("class", [])])
        self.set_source_info(box)
        self.add_name(box)
        if not box["ids"]:
            box["ids"].append(self._identifier())
            self.state.document.set_id(box)
        title = self._title()
        title["ids"] = [f"{box['ids'][0]}-title"]
        box += title
        box += self.parse_content_to_nodes()
        if len(box) != 2 or not isinstance(box[1], _LISTS):  # noqa: PLR2004 a title and a list
            logger.warning(
                "key-takeaways holds one list and nothing else: begin each takeaway with a hyphen",
                type="hub",
                subtype="takeaways",
                location=self.get_location(),
            )
        return [box]

    def _identifier(self) -> str:
        """An id that stays when the page is translated: docutils would make one of the title's letters."""
        number, identifier = 1, "key-takeaways"
        while identifier in self.state.document.ids:
            number, identifier = number + 1, f"key-takeaways-{number + 1}"
        return identifier

    def _title(self) -> nodes.title:
        if not self.arguments:
            # The interface's, so no message of the page.
            return nodes.title("", _("Key takeaways"), translatable=False)
        words, messages = self.parse_inline(self.arguments[0], lineno=self.lineno)
        title = nodes.title(self.arguments[0], "", *words, *messages)
        self.set_source_info(title)
        return title


def _visit_takeaways(self: HTML5Translator, node: nodes.Element) -> None:
    # The title is written as that of a topic, a paragraph: a heading would stand in no table of contents.
    self.body.append(self.starttag(node, "section", "\n", **_named_by(node[0])))


def _named_by(title: nodes.Node) -> dict[str, Any]:
    return {"aria-labelledby": title["ids"][0]} if isinstance(title, nodes.title) else {}


def _depart_takeaways(self: HTML5Translator, node: nodes.Element) -> None:
    del node
    self.body.append("</section>\n")


def setup_takeaways(app: Sphinx) -> None:
    """Register the directive, its node, and what makes the description of it."""
    app.add_node(key_takeaways, html=(_visit_takeaways, _depart_takeaways))
    app.add_directive("key-takeaways", KeyTakeaways)
    app.connect("doctree-resolved", describe)


def describe(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On doctree-resolved, when links have their words: make the takeaways the description of the page.

    A description of its own stays, and a post has one in its summary; one of the whole site, in
    ``myst_html_meta``, gives way to them.
    """
    box = doctree.next_node(key_takeaways)
    if box is None or app.builder.format != "html" or docname in posts_domain(app.env).site.metas:
        return
    of_site = (getattr(app.config, "myst_html_meta", None) or {}).get(DESCRIPTION)
    known = [meta for meta in doctree.findall(nodes.meta) if meta.get("name") == DESCRIPTION]
    if any(meta["content"] != of_site for meta in known):
        return
    description = description_of([plain_text(item) for item in _items(box)])
    if not description:
        return
    for meta in known:
        meta.parent.remove(meta)
    doctree.insert(0, nodes.meta("", name=DESCRIPTION, content=description))


def _items(box: key_takeaways) -> Iterator[nodes.Node]:
    """The first paragraph of each takeaway."""
    for items in box.children:
        if isinstance(items, _LISTS):
            for item in items.children:
                yield from [child for child in item.children if isinstance(child, nodes.paragraph)][:1]
