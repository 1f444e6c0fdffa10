"""What the head of a page says of its language and of its place on the web."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sphinx_hub.i18n import current_language, is_preview

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def name_language(
    app: Sphinx, _pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context: give ``lang`` and ``dir`` from the table, and keep previews out of indexes.

    Sphinx writes the locale with a hyphen, ``zh-CN``; the tag says what matters to fonts and screen
    readers, the script: ``zh-Hans``.
    """
    language = current_language(app)
    context["language"] = language.tag
    context["direction"] = language.direction
    context["hub_language_name"] = language.name
    if os.environ.get("READTHEDOCS") == "True":
        # Asks for the event that tells switcher.js where the translations are.
        _add_meta(context, "readthedocs-addons-api-version", "1")
    if is_preview():
        context["pageurl"] = None
        _add_meta(context, "robots", "noindex")


def _add_meta(context: dict[str, Any], name: str, content: str) -> None:
    context["metatags"] = f'{context.get("metatags", "")}\n<meta name="{name}" content="{content}" />'
