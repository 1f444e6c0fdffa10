"""The further pages of a list that is too long for one."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from sphinx.locale import get_translation
from sphinx.util.docutils import new_document

from sphinx_hub.posts.domain import posts_domain
from sphinx_hub.posts.lists import further_page, page_links, posts_list, selected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

_ = get_translation("sphinx_hub")


def write_further_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """On html-collect-pages: each page but the first of the lists that have several."""
    for docname, selection in sorted(posts_domain(app.env).data["paginated"].items()):
        yield from _pages(app, docname, selection)


def _pages(
    app: Sphinx, docname: str, selection: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any], str]]:
    posts, size = selected(app.env, selection), selection["paginate"]
    count = -(-len(posts) // size)
    for number in range(2, count + 1):
        name = further_page(docname, number)
        shown = posts[(number - 1) * size : number * size]
        place = _("Page {number} of {count}").replace("{number}", str(number)).replace("{count}", str(count))
        title = app.env.titles[docname].astext()
        document = new_document(name, app.env.settings)
        document += [
            posts_list(app, name, shown, plain=selection.get("plain", False)),
            *page_links(app, docname, count, number),
        ]
        app.env.resolve_references(document, name, app.builder)
        body = app.builder.render_partial(document)["fragment"]  # type: ignore[attr-defined]
        heading = f"{title} · {place}"
        yield name, {"title": heading, "body": f"<h1>{escape(heading)}</h1>\n{body}"}, "page.html"
