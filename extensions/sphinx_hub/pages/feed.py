"""A feed of what went out of date in a language, for translators who would rather be told than look.

Atom, as RFC 4287 has it. Everything in it comes from the catalogs, and nothing from the clock: built again,
the feed is the same, and a reader of feeds shows no entry twice.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_hub.pages.xml_text import attribute, text

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The namespace of the entries' names. They are UUIDs of version 5 (RFC 9562), since those need no host and
#: so outlive a move of the site; a tag URI (RFC 4151) begins with a host.
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/sphinx-hub/sphinx-hub#outdated")
_NO_DAY: Final = "1970-01-01"


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


def atom(feed: Feed) -> str:
    """The feed as a document: the newest entries first, those of one day by the names of their catalogs."""
    entries = sorted(feed.entries, key=lambda entry: entry.domain)
    entries.sort(key=lambda entry: entry.day, reverse=True)
    updated = entries[0].day if entries else feed.day or _NO_DAY
    own = f'<link rel="self" type="application/atom+xml" href={attribute(feed.address)}/>'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={attribute(feed.tag)}>',
        f"<id>{_name(feed)}</id>",
        f"<title>{text(feed.title)}</title>",
        f"<subtitle>{text(feed.subtitle)}</subtitle>",
        f"<updated>{_moment(updated)}</updated>",
        f"<author><name>{text(feed.author)}</name></author>",
        *([own] if feed.address else []),
        f'<link rel="alternate" type="text/html" href={attribute(feed.home)}/>',
        *(line for entry in entries for line in _entry(feed, entry)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(feed: Feed, entry: FeedEntry) -> list[str]:
    page = [f'<link rel="alternate" type="text/html" href={attribute(entry.page)}/>'] if entry.page else []
    catalog = [f'<link rel="related" href={attribute(entry.catalog)}/>'] if entry.catalog else []
    return [
        "<entry>",
        f"<id>{_name(feed, entry.domain, entry.day)}</id>",
        f"<title>{text(entry.title)}</title>",
        f"<updated>{_moment(entry.day)}</updated>",
        *page,
        *catalog,
        f"<summary>{text(entry.summary)}</summary>",
        f'<content type="html">{text(entry.changes)}</content>',
        "</entry>",
    ]


def _name(feed: Feed, *parts: str) -> str:
    return uuid.uuid5(_NAMESPACE, "\n".join((feed.site, feed.locale, *parts))).urn


def _moment(day: str) -> str:
    """The day in the form of RFC 3339."""
    return f"{day}T00:00:00Z"
