"""A feed of what went out of date in a language, for translators who would rather be told than look.

Everything in it comes from the catalogs, and nothing from the clock: built again,
the feed is the same, and a reader of feeds shows no entry twice.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_hub import atom

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The namespace of the entries' names. They are UUIDs of version 5 (RFC 9562), since those need no host and
#: so outlive a move of the site; a tag URI (RFC 4151) begins with a host.
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/sphinx-hub/sphinx-hub#outdated")


@dataclass(frozen=True, kw_only=True)
class FeedEntry:
    """What of one catalog went out of date on one day."""

    domain: str
    day: str
    """YYYY-MM-DD."""
    title: str
    summary: str
    page: str
    """The address of the page; empty where the catalog is of none."""
    catalog: str
    """The address of the catalog; empty where it is not known."""
    changes: str
    """What changed in the source, as HTML."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """The feed of one language."""

    site: str
    """What tells the site from others, and never changes."""
    locale: str
    tag: str
    title: str
    subtitle: str
    author: str
    address: str
    """Where the feed stands; empty where that is not known."""
    home: str
    """The address of the site in the language; relative to the feed where the site's is not known."""
    entries: Sequence[FeedEntry]
    day: str = ""
    """When the catalogs were last worked on, YYYY-MM-DD; what an empty feed was last changed on."""


def outdated_feed(feed: Feed) -> atom.Feed:
    """The feed as it is written: the newest entries first, those of one day by their catalogs."""
    entries = sorted(feed.entries, key=lambda entry: entry.domain)
    entries.sort(key=lambda entry: entry.day, reverse=True)
    own = atom.Link(rel="self", type="application/atom+xml", href=feed.address)
    return atom.Feed(
        id=_name(feed),
        tag=feed.tag,
        title=feed.title,
        subtitle=feed.subtitle,
        updated="" if entries else feed.day,
        authors=[atom.Person(name=feed.author)],
        links=[*([own] if feed.address else []), atom.Link(type="text/html", href=feed.home)],
        entries=[_entry(feed, entry) for entry in entries],
    )


def _entry(feed: Feed, entry: FeedEntry) -> atom.Entry:
    page = [atom.Link(type="text/html", href=entry.page)] if entry.page else []
    catalog = [atom.Link(rel="related", href=entry.catalog)] if entry.catalog else []
    return atom.Entry(
        id=_name(feed, entry.domain, entry.day),
        title=atom.Words(text=entry.title),
        updated=entry.day,
        links=[*page, *catalog],
        summary=atom.Words(text=entry.summary),
        content=entry.changes,
    )


def _name(feed: Feed, *parts: str) -> str:
    return uuid.uuid5(_NAMESPACE, "\n".join((feed.site, feed.locale, *parts))).urn
