"""The page ``404.html`` of each language, which a host shows at whatever address has no page.

Read the Docs and others show that of the language's folder, GitHub Pages only the one at the root
(:mod:`sphinx_hub.building.root_page`), which leads here. Since it is shown at any depth, its head has a
``base`` with the root of the language: all relative addresses then hold. Where nobody knows below which path
the site will stand, a script of two lines finds it in the address.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from sphinx.locale import get_translation

from sphinx_hub.i18n import Hosting, current_language, is_preview, page_uri
from sphinx_hub.pages.search_index import makes_index
from sphinx_hub.pages.switcher import NOT_FOUND, links_of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

_ = get_translation("sphinx_hub")

#: Another extension that makes the page.
_OTHER: Final = "notfound.extension"
#: Before anything else of the head is loaded, so that it cannot be a file of its own.
_FIND_ROOT: Final = (
    "((base) => { const { folder, page } = base.dataset; const at = location.pathname.indexOf(folder);"
    " if (location.pathname.startsWith(document.documentElement.dataset.content_root) || at < 0) return;"
    " const root = location.pathname.slice(0, at + folder.length); base.setAttribute('href', root + page);"
    " document.documentElement.dataset.content_root = root; })(document.querySelector('base'));"
)


def write_not_found(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """On html-collect-pages: write the page, unless the project or another extension has one."""
    if makes_index(app) and NOT_FOUND not in app.env.all_docs and _OTHER not in app.extensions:
        context = {"title": _("Page not found"), "body": _body(app)}
        # Hosts look for this name, also where each page is a folder.
        app.builder.handle_page(NOT_FOUND, context, outfilename=Path(app.outdir, f"{NOT_FOUND}.html"))  # type: ignore[attr-defined]
    yield from ()


def place_not_found(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context, when all else is in the head: make all addresses of the page hold anywhere."""
    if pagename != NOT_FOUND or not makes_index(app):
        return
    root, page = _root(app), page_uri(app, NOT_FOUND)
    context["content_root"] = root
    context["pageurl"] = None
    folder = f"/{current_language(app).path}/"
    base = f'<base href="{html.escape(root + page)}" data-folder="{folder}" data-page="{html.escape(page)}">'
    # Read the Docs has a version behind the language, and says where the site stands.
    lines = [base] if Hosting.from_environment().version else [base, f"<script>{_FIND_ROOT}</script>"]
    if not is_preview():  # of a preview it is said already
        lines.append('<meta name="robots" content="noindex" />')
    context["metatags"] = "\n".join([*lines, context.get("metatags", "")])
    app.add_js_file("sphinx_hub/not-found.js", loading_method="defer")


def _root(app: Sphinx) -> str:
    """The path of the root of the language, with a slash at both ends."""
    folders = (current_language(app).path, Hosting.from_environment().version)
    path = urlsplit(app.config.html_baseurl).path or "/".join(("", *filter(None, folders)))
    return f"{path.rstrip('/')}/"


def _body(app: Sphinx) -> str:
    others = "\n".join(
        f'<li><a href="{html.escape(link.href)}" lang="{link.language.tag}" hreflang="{link.language.tag}"'
        f' dir="{link.language.direction}" data-language-path="{link.language.path}">'
        f"{html.escape(link.language.name)}</a></li>"
        for link in links_of_page(app, app.config.root_doc)
        if not link.current
    )
    # Without JavaScript nothing searches, and the page of the search lists all pages.
    template = """<h1>{title}</h1>
<p>{explanation}</p>
<form class="search-form" method="get" action="{search}" role="search" aria-label="{site}">
<input name="q" type="search" aria-label="{site}">
<button type="submit">{button}</button>
</form>
<noscript><p><a href="{search}">{pages}</a></p></noscript>
<div role="status"><p id="hub-elsewhere" hidden>{elsewhere} <span></span></p></div>
<p><a href="{home}">{go}</a></p>
"""
    if others:
        template += """<h2 id="hub-homes">{homes}</h2>
<ul aria-labelledby="hub-homes" class="hub-homes">
{others}
</ul>
"""
    return template.format(
        title=_("Page not found"),
        explanation=_("There is no page at this address. It may have moved, or the address has a mistake."),
        site=_("Search the site"),
        button=_("Search"),
        pages=_("All pages"),
        elsewhere=_("In another language, this page exists:"),
        go=_("Go to the home page"),
        homes=_("Home in other languages"),
        search=html.escape(app.builder.get_relative_uri(NOT_FOUND, "search")),
        home=html.escape(app.builder.get_relative_uri(NOT_FOUND, app.config.root_doc) or "./"),
        others=others,
    )
