"""What the feed has to know of each post beyond its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_hub import atom
from sphinx_hub.i18n import hub_settings
from sphinx_hub.posts.domain import posts_domain, posts_of
from sphinx_hub.posts.nodes import record_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who wrote a post."""

    name: str
    """In the language that is being built."""
    uri: str = ""
    """The page of the person, as the post links to it; empty where there is none."""


@dataclass(frozen=True, kw_only=True)
class FeedPost:
    """A post as the feed shows it."""

    docname: str
    key: str
    """What its name in the feed is made from: that of its file, when it was first published."""
    date: str
    """YYYY-MM-DD."""
    updated: str
    """YYYY-MM-DD; the date where it is as it was."""
    authors: Sequence[Author]
    categories: Sequence[atom.Category]
    summary: str
    """In the language that is being built, or as it was written."""
    is_summary_foreign: bool
    """Whether the summary is as it was written."""


def feed_posts(app: Sphinx, most: int) -> list[FeedPost]:
    """The ``most`` newest posts of the site, the newest first; 0 for all."""
    posts, names = posts_of(app.env), posts_domain(app.env).site.tag_names
    folder = f"{hub_settings(app).posts}/"
    return [
        FeedPost(
            docname=post.docname,
            key=post.meta.feed_id or post.docname.removeprefix(folder),
            date=str(post.meta.date),
            updated=str(post.meta.updated or post.meta.date),
            authors=[author_of(app, post.docname, name) for name in post.meta.authors],
            categories=[atom.Category(term=tag, label=names.get(tag, "")) for tag in post.meta.tags],
            summary=post.summary,
            is_summary_foreign=post.summary == post.meta.summary,
        )
        for post in posts[: most or len(posts)]
    ]


def author_of(app: Sphinx, docname: str, name: str) -> Author:
    """The author as the domain of the records shows people; by id where a site has none."""
    if "hub" not in app.env.domains:
        return Author(name=name)
    link = record_link(docname, "person", name)
    content = nodes.inline("", name)
    found = app.env.domains["hub"].resolve_xref(app.env, docname, app.builder, "person", name, link, content)
    if found is None:
        return Author(name=content.astext())
    return Author(name=found.astext(), uri=found.get("refuri", ""))
