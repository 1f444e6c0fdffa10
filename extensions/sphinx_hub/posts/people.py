"""What somebody wrote, on their card: the posts, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.util.nodes import make_refnode

from sphinx_hub.posts import course_words as words
from sphinx_hub.posts.domain import posts_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_hub.posts.domain import Post


def tell_posts(app: Sphinx, person: str, docname: str) -> list[tuple[str, list[nodes.Node]]]:
    """On hub-person-work: the posts that somebody wrote, alone or with others."""
    items = [
        nodes.list_item("", nodes.paragraph("", "", _link(app, post, docname)))
        for post in posts_of(app.env)
        if person in post.meta.authors
    ]
    return [(words.posts(), [nodes.bullet_list("", *items)])] if items else []


def _link(app: Sphinx, post: Post, docname: str) -> nodes.Element:
    shown = nodes.inline("", post.title)
    try:
        return make_refnode(app.builder, docname, post.docname, "", shown)
    except NoUri:
        return shown  # a book that leaves the page out
