"""The further pages of a list that is too long for one."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import get_translation
from sphinx.util.docutils import new_document
from sphinx.util.osutil import relative_uri

from sphinx_hub.posts.domain import posts_domain
from sphinx_hub.posts.lists import further_page, has_pages, page_links, posts_list, selected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

_ = get_translation("sphinx_hub")


def write_further_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """On html-collect-pages: each page but the first of the lists that have several."""
    if has_pages(app):
        data = posts_domain(app.env).data
        for docname in sorted(data["lists"]):
            pages = list(_pages(app, docname, data["paginated"].get(docname)))
            yield from pages
            _remove_from(app, docname, len(pages) + 2)


def _remove_from(app: Sphinx, docname: str, number: int) -> None:
    """Remove what an earlier build wrote of a list that was longer then, from page ``number`` on."""
    while (name := further_page(docname, number)) not in app.env.all_docs:
        path = Path(app.builder.get_output_path(name))  # type: ignore[attr-defined]
        if not path.is_file():
            return
        path.unlink()
        number += 1


def _pages(
    app: Sphinx, docname: str, selection: Mapping[str, Any] | None
) -> Iterator[tuple[str, dict[str, Any], str]]:
    if selection is None:
        return
    posts, size = selected(app.env, selection), selection["paginate"]
    count = -(-len(posts) // size)
    for number in range(2, count + 1):
        name = further_page(docname, number)
        shown = posts[(number - 1) * size : number * size]
        place = _("Page {number} of {count}").replace("{number}", str(number)).replace("{count}", str(count))
        title = app.env.titles[docname].deepcopy()
        title += nodes.Text(f" · {place}")
        section = nodes.section(
            "",
            title,
            posts_list(app, name, shown, plain=selection.get("plain", False)),
            *page_links(app, docname, count, number),
            ids=[f"page-{number}"],
        )
        yield name, {"title": escape(title.astext()), "body": _written(app, name, section)}, "page.html"


def _written(app: Sphinx, name: str, section: nodes.section) -> str:
    """The section as HTML, for the page ``name``, which has no source."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        raise TypeError(f"{builder.name} writes no pages of HTML")
    document = new_document(name)
    document += section
    app.env.resolve_references(document, name, builder)
    builder.post_process_images(document)
    # As Sphinx sets them for each page with a source; here may be what it left of another page, or nothing.
    builder.current_docname = name
    builder.secnumbers, builder.fignumbers = {}, {}
    builder.imgpath = relative_uri(builder.get_target_uri(name), builder.imagedir)
    # Not the document: one within another is written twice.
    return builder.render_partial(section)["fragment"]
