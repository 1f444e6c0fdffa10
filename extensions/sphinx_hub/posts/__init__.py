"""Posts and courses: pages with people behind them, and lists that lead to them.

A post is one file in the folder of the posts. Its front matter says all that is to be said of it, and lists,
the navigation and the page itself follow. What other extensions may use is what this module offers by name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sphinx_hub
from sphinx_hub.posts.courses import setup_courses
from sphinx_hub.posts.domain import Post, PostsDomain, posts_of
from sphinx_hub.posts.feed import setup_feed
from sphinx_hub.posts.lists import add_lists
from sphinx_hub.posts.pages import write_further_pages
from sphinx_hub.posts.people import tell_posts
from sphinx_hub.posts.reading import (
    count_words,
    extract_tags,
    find_outdated,
    follow_posts,
    load_posts,
    show_all_patterns,
)
from sphinx_hub.posts.surroundings import ShowSurroundings, describe
from sphinx_hub.posts.takeaways import setup_takeaways

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["Post", "PostsDomain", "posts_of", "setup"]

STATIC: Final = Path(__file__).parent / "static"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain and the directives, and what happens at each stage of a build."""
    app.setup_extension("sphinx_hub.i18n")
    app.add_config_value(
        "hub_drafts",
        default=False,
        rebuild="",
        types=frozenset({bool}),
        description="Whether drafts and posts of days to come are built as well.",
    )
    app.setup_extension("sphinx_hub.community")
    app.add_domain(PostsDomain)
    add_lists(app)
    setup_feed(app)
    setup_takeaways(app)
    app.add_post_transform(type("ShowSurroundings", (ShowSurroundings,), {"building": app}))
    # Before the files are looked for.
    app.connect("builder-inited", load_posts)
    app.connect("builder-inited", add_stylesheet)
    app.connect("env-get-outdated", show_all_patterns)
    app.connect("env-get-outdated", find_outdated)
    app.connect("doctree-read", count_words)
    app.connect("env-updated", extract_tags)
    app.connect("env-updated", follow_posts)
    app.connect("html-collect-pages", write_further_pages)
    app.connect("html-page-context", describe)
    app.connect("hub-person-work", tell_posts)
    setup_courses(app)
    return {
        "version": sphinx_hub.__version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_stylesheet(app: Sphinx) -> None:
    """On builder-inited: offer the styles to builders that have any."""
    if app.builder.format == "html":
        app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]
        for style in ("posts", "takeaways"):
            app.add_css_file(f"sphinx_hub/{style}.css", priority=700)
