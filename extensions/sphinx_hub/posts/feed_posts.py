"""What the feed has to know of each post beyond its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from sphinx_hub import atom


@dataclass(frozen=True, kw_only=True)
class FeedPost:
    """What the feed has to know of a post beyond its text."""

    docname: str
    key: str
    """What its name in the feed is made from: the docname under which it was first published."""
    date: str
    """YYYY-MM-DD."""
    updated: str = ""
    """YYYY-MM-DD; empty where it is as it was."""
    authors: Sequence[atom.Person] = ()
    categories: Sequence[atom.Category] = ()
    summary: str = ""
    """In the language that is being built; left out, the description of the page stands in."""


def feed_posts(app: Sphinx) -> list[FeedPost]:
    """The posts of the site that have a date, by their docnames."""
    return [
        FeedPost(
            docname=docname,
            key=metadata.get("feed-id", docname),
            date=metadata["date"],
            updated=metadata.get("updated", ""),
        )
        for docname, metadata in sorted(app.env.metadata.items())
        if docname.startswith("posts/") and "date" in metadata
    ]
