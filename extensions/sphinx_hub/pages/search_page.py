"""The page of the search: an index of all pages for who has no JavaScript, or nothing to type yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel import Locale

from sphinx_hub.catalogs.pseudo import known_locale
from sphinx_hub.i18n import current_language, index_key
from sphinx_hub.pages.search_index import makes_index
from sphinx_hub.pages.search_texts import dialog_texts

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def add_page_index(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context of the search page: hand it all pages by title, in the reader's order.

    The hint is what the script says first too, so that nothing moves when it does.
    """
    if pagename != "search" or not makes_index(app):
        return
    locale = Locale.parse(known_locale(current_language(app).locale))
    titles = {docname: title.astext() for docname, title in app.env.titles.items()}
    ordered = sorted(titles, key=lambda docname: (index_key(titles[docname], locale), docname))
    context["hub_search_hint"] = dialog_texts()["hint"]
    context["hub_page_index"] = [{"name": docname, "title": titles[docname]} for docname in ordered]
