"""The page of the search: an index of all pages for who has no JavaScript, or nothing to type yet."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel import Locale

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.pseudo import known_locale
from sphinx_hub.i18n import current_language, index_key, index_version
from sphinx_hub.pages.search_index import makes_index
from sphinx_hub.pages.search_texts import dialog_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx

#: Beside the doctrees: the order of the pages in the index, for the next build.
ORDER: Final = "hub-order.json"


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
    ordered = _in_order(titles, locale, Path(app.doctreedir, ORDER))
    context["hub_search_hint"] = dialog_texts()["hint"]
    context["hub_page_index"] = [{"name": docname, "title": titles[docname]} for docname in ordered]


def _in_order(titles: Mapping[str, str], locale: Locale, known: Path) -> list[str]:
    """The pages by their titles. ``known`` keeps the order while these stay: pinyin takes long to load."""
    digest = hashlib.sha256(repr((index_version(), str(locale), sorted(titles.items()))).encode()).hexdigest()
    try:
        before = json.loads(known.read_text("utf-8"))
        if before["digest"] == digest:
            return list(before["order"])
    except (OSError, ValueError, LookupError, TypeError):
        pass
    order = sorted(titles, key=lambda docname: (index_key(titles[docname], locale), docname))
    write_if_changed(known, json.dumps({"digest": digest, "order": order}).encode())
    return order
