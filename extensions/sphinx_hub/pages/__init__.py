"""What every page gets: the language switcher, its language in the head, translated theme, search.

Made for Furo and for themes that inherit it; with another theme the templates stay away, and the
search and the head's metadata still come.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder

import sphinx_hub
from sphinx_hub.pages.assets import remember_tags
from sphinx_hub.pages.available import ALSO_AVAILABLE, add_available, add_available_node
from sphinx_hub.pages.cards import note_missing_font, remove_old_cards
from sphinx_hub.pages.credits import add_credits
from sphinx_hub.pages.feedback import setup_feedback
from sphinx_hub.pages.head import name_language
from sphinx_hub.pages.logo import measure_logo
from sphinx_hub.pages.metadata import add_metadata
from sphinx_hub.pages.navigation import setup_navigation
from sphinx_hub.pages.not_found import place_not_found, write_not_found
from sphinx_hub.pages.notice import add_notice, add_notice_node
from sphinx_hub.pages.plurals import add_plurals
from sphinx_hub.pages.policy import check_policy
from sphinx_hub.pages.redirects import add_moved_sections, load_redirects, write_redirects
from sphinx_hub.pages.removal import remove_old_pages
from sphinx_hub.pages.search import ChineseSearch, complete_search_strings
from sphinx_hub.pages.search_index import makes_index, write_index
from sphinx_hub.pages.search_page import add_page_index
from sphinx_hub.pages.search_pages import keep_text
from sphinx_hub.pages.sitemap import write_sitemap
from sphinx_hub.pages.status_files import write_status_files
from sphinx_hub.pages.status_page import setup_status
from sphinx_hub.pages.stems import remember_stems
from sphinx_hub.pages.switcher import add_language_links
from sphinx_hub.pages.templating import use_templates
from sphinx_hub.pages.typography import mark_up

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]

STATIC: Final = Path(__file__).parent / "static"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the parts; each is one file."""
    app.setup_extension("sphinx_hub.i18n")
    app.add_search_language(ChineseSearch)
    add_notice_node(app)
    add_available_node(app)
    setup_status(app)
    app.add_config_value(
        "hub_also_available",
        list(ALSO_AVAILABLE),
        "html",
        types=frozenset({list, tuple}),
        description="Patterns of pages that say below their title in which other languages they exist.",
    )
    app.add_config_value(
        "hub_content_security_policy",
        {},
        "html",
        types=frozenset({dict, type(None)}),
        description="Directive -> sources from which pages may load things besides the site itself; `None` "
        "leaves the policy out.",
    )
    app.add_config_value("hub_redirects", "", "html", types=frozenset({str}))
    setup_navigation(app)
    setup_feedback(app)
    app.connect("config-inited", use_templates)
    app.connect("config-inited", check_policy)
    app.connect("config-inited", load_redirects)
    app.connect("config-inited", measure_logo)
    app.connect("builder-inited", add_static_files)
    app.connect("builder-inited", add_plurals)
    app.connect("env-get-outdated", remove_old_pages)
    app.connect("doctree-resolved", add_notice)
    app.connect("doctree-resolved", add_available)
    app.connect("doctree-resolved", add_credits)
    app.connect("doctree-resolved", mark_up)
    app.connect("html-page-context", remember_stems)
    app.connect("html-page-context", name_language)
    app.connect("html-page-context", add_language_links)
    app.connect("html-page-context", complete_search_strings)
    app.connect("html-page-context", add_page_index)
    app.connect("html-page-context", keep_text)
    # When all else is in the head: it goes by the description there.
    app.connect("html-page-context", add_metadata, priority=900)
    app.connect("html-page-context", add_moved_sections)
    app.connect("html-page-context", place_not_found, priority=950)
    app.connect("html-page-context", remember_tags, priority=950)
    app.connect("html-collect-pages", write_not_found)
    app.connect("builder-inited", note_missing_font)
    app.connect("build-finished", remove_old_cards)
    app.connect("build-finished", write_redirects)
    app.connect("build-finished", write_sitemap)
    app.connect("build-finished", write_status_files)
    app.connect("build-finished", write_index)
    return {
        "version": sphinx_hub.__version__,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_static_files(app: Sphinx) -> None:
    """On builder-inited: add the styles and the scripts, under builders that make a web site."""
    if not isinstance(app.builder, StandaloneHTMLBuilder) or app.builder.name == "epub":
        return
    app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]
    # After Furo's own styles, which come at 600.
    for style in ("typography", "tables", "pages", "feedback"):
        app.add_css_file(f"sphinx_hub/{style}.css", priority=700)
    for script in ("switcher", "drawers", "wide", "feedback"):
        app.add_js_file(f"sphinx_hub/{script}.js", loading_method="defer")
    app.add_css_file("sphinx_hub/print.css", priority=710, media="print")
    if makes_index(app):
        app.add_js_file("sphinx_hub/search.js", loading_method="defer")
