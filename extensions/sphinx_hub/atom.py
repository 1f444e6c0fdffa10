"""Feeds in the form Atom 1.0, as RFC 4287 has it, without Sphinx and with nothing from the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_hub.xml_text import attribute, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What something without any date was last changed on; a feed must say something.
NO_DAY: Final = "1970-01-01"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who wrote or translated."""

    name: str
    uri: str = ""
    """A page about the person."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A reference to another resource."""

    href: str
    rel: str = "alternate"
    type: str = ""
    hreflang: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Category:
    """What something is about."""

    term: str
    """The same in every language."""
    label: str = ""
    """What readers see."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text for readers, with its language where that is not the one of the feed."""

    text: str
    tag: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry."""

    id: str
    """An IRI that never changes."""
    title: Words
    updated: str
    """A moment of RFC 3339, or a day, YYYY-MM-DD, which stands for its beginning in UTC."""
    published: str = ""
    authors: Sequence[Person] = ()
    contributors: Sequence[Person] = ()
    links: Sequence[Link] = ()
    categories: Sequence[Category] = ()
    summary: Words | None = None
    content: str = ""
    """HTML."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed in one language."""

    id: str
    tag: str
    """The language, as BCP 47 has it."""
    title: str
    subtitle: str = ""
    updated: str = ""
    """When the feed was last changed; left out, it is when its newest entry was."""
    authors: Sequence[Person] = ()
    links: Sequence[Link] = ()
    entries: Sequence[Entry] = ()
    """In the order in which they are to stand."""


def atom(feed: Feed) -> str:
    """The feed as a document."""
    updated = feed.updated or max((moment(entry.updated) for entry in feed.entries), default=NO_DAY)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={attribute(feed.tag)}>',
        f"<id>{text(feed.id)}</id>",
        f"<title>{text(feed.title)}</title>",
        *([f"<subtitle>{text(feed.subtitle)}</subtitle>"] if feed.subtitle else []),
        f"<updated>{moment(updated)}</updated>",
        *(_person("author", person) for person in feed.authors),
        *map(_link, feed.links),
        *(line for entry in feed.entries for line in _entry(entry)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def moment(value: str) -> str:
    """A day in the form of RFC 3339; what is no day stays as it is."""
    return f"{value}T00:00:00Z" if _DAY.fullmatch(value) else value


def _entry(entry: Entry) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{text(entry.id)}</id>"
    yield _words("title", entry.title)
    yield f"<updated>{moment(entry.updated)}</updated>"
    if entry.published:
        yield f"<published>{moment(entry.published)}</published>"
    for person in entry.authors:
        yield _person("author", person)
    for person in entry.contributors:
        yield _person("contributor", person)
    for category in entry.categories:
        label = f" label={attribute(category.label)}" if category.label else ""
        yield f"<category term={attribute(category.term)}{label}/>"
    yield from map(_link, entry.links)
    if entry.summary is not None:
        yield _words("summary", entry.summary)
    if entry.content:
        yield f'<content type="html">{text(entry.content)}</content>'
    yield "</entry>"


def _words(name: str, words: Words) -> str:
    language = f" xml:lang={attribute(words.tag)}" if words.tag else ""
    return f"<{name}{language}>{text(words.text)}</{name}>"


def _person(name: str, person: Person) -> str:
    uri = f"<uri>{text(person.uri)}</uri>" if person.uri else ""
    return f"<{name}><name>{text(person.name)}</name>{uri}</{name}>"


def _link(link: Link) -> str:
    values = {
        "rel": link.rel,
        "type": link.type,
        "hreflang": link.hreflang,
        "title": link.title,
        "href": link.href,
    }
    given = "".join(f" {name}={attribute(value)}" for name, value in values.items() if value)
    return f"<link{given}/>"
