"""The line below a page's title that says in which other languages the page exists, and how complete."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.locale import get_translation

from sphinx_hub.catalogs.patterns import is_excluded
from sphinx_hub.i18n import available_languages, is_website

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_hub.i18n import Availability

_ = get_translation("sphinx_hub")

#: The pages that have the line where conf.py does not say so: posts, and the pages of courses.
ALSO_AVAILABLE: Final = ("posts/**", "learn/**")
#: The class of the lines that `sphinx_hub.posts` puts below a title.
_POST_HEADER: Final = "hub-post-header"
#: Between the languages; names of languages have commas and brackets in them.
_BETWEEN: Final = " · "


class also_available(nodes.General, nodes.Element):  # noqa: N801 docutils' nodes are lower case
    """The line. ``html`` is what it is in a page; other builders have none."""


def _visit_available(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(node["html"])
    raise nodes.SkipNode


def add_available_node(app: Sphinx) -> None:
    """Register the node of the line."""
    app.add_node(also_available, html=(_visit_available, None))


def add_available(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On doctree-resolved: put the line below the title of the pages that are to have one."""
    if not is_website(app.builder) or not is_excluded(docname, app.config.hub_also_available):
        return
    others = [
        each for each in available_languages(app, docname) if not each.current and each.url and each.exists
    ]
    if others:
        parent, place = below_title(doctree)
        parent.insert(place, also_available(html=available_html(others)))


def below_title(doctree: nodes.document) -> tuple[nodes.Element, int]:
    """Where something stands below the title of a page, and below the lines that a post has there."""
    title = doctree.next_node(nodes.title)
    if title is None:
        return doctree, 0
    parent, place = title.parent, title.parent.index(title) + 1
    while place < len(parent) and _POST_HEADER in getattr(parent[place], "attributes", {}).get("classes", ()):
        place += 1
    return parent, place


def available_html(others: Sequence[Availability]) -> str:
    """The line that links to ``others``. Sphinx's search passes over it: it is no text of the page."""
    before, _sign, after = html.escape(_("Also available in {languages}")).partition("{languages}")
    items = "".join(
        f"<li>{_BETWEEN if number else ''}<span>{_item(each)}</span></li>"
        for number, each in enumerate(others)
    )
    return f'<div class="hub-available no-search">{before}<ul>{items}</ul>{after}</div>\n'


def _item(each: Availability) -> str:
    language = each.language
    link = (
        f'<a href="{html.escape(each.url)}" lang="{language.tag}" hreflang="{language.tag}"'
        f' dir="{language.direction}">{html.escape(language.name)}</a>'
    )
    note = ""
    if each.original:
        note = _("original")
    elif not each.progress.complete:
        note = _("{percent} up to date").replace("{percent}", f"{each.progress.percent}%")
    return f'{link} <span class="language-share">{html.escape(note)}</span>' if note else link
