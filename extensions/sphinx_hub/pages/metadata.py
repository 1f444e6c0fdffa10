"""What a page says of itself to search engines, and to those who show a link to it.

The languages of a page (``hreflang``), Open Graph (https://ogp.me), and schema.org in JSON-LD. Most of it
needs whole addresses; a site whose address is not known says only what needs none.
"""

from __future__ import annotations

import json
import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from babel.core import get_global

from sphinx_hub.i18n import (
    available_languages,
    current_language,
    is_preview,
    is_website,
    page_uri,
    whole_address,
)
from sphinx_hub.pages.cards import HEIGHT, WIDTH, write_card

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_hub.i18n import Availability

_DESCRIPTION: Final = re.compile(r'<meta (?=[^>]*name="description")[^>]*content="([^"]*)"')
_TAG: Final = re.compile(r"<[^<>]*>")
# What could end a script element or a line of JavaScript, as JSON writes it otherwise.
_ESCAPED: Final = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def add_metadata(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context, when all else has been said: add the metadata of a page to its head."""
    if pagename not in app.env.all_docs or not is_website(app.builder):
        return
    languages = available_languages(app, pagename)
    lines = [*_languages(languages), *_open_graph(app, pagename, context, languages)]
    lines.append(_script(_data(app, pagename, context)))
    context["metatags"] = "\n".join([context.get("metatags", ""), *lines])


def is_indexed(languages: Sequence[Availability]) -> bool:
    """Whether search engines are to know the page in the language that is being built."""
    return not is_preview() and all(each.complete_enough for each in languages if each.current)


def alternates(languages: Sequence[Availability]) -> Iterator[tuple[str, str]]:
    """(hreflang, address) of a page in each language that it is complete enough in, itself included.

    The language in which it was written is for all others: ``x-default``.
    """
    whole = [each for each in languages if each.complete_enough and each.address]
    if len(whole) > 1:
        yield from ((each.language.tag, each.address) for each in whole)
        yield from (("x-default", each.address) for each in whole if each.original)


def _languages(languages: Sequence[Availability]) -> Iterator[str]:
    if is_indexed(languages):
        for tag, address in alternates(languages):
            yield f'<link rel="alternate" hreflang="{tag}" href="{escape(address)}" />'
    elif not is_preview():  # of a preview it is said already
        yield '<meta name="robots" content="noindex" />'


def _open_graph(
    app: Sphinx, pagename: str, context: dict[str, Any], languages: Sequence[Availability]
) -> Iterator[str]:
    title, described = _title(context), description_of(context)
    facts = app.env.metadata[pagename]
    found: list[tuple[str, str]] = [
        ("og:title", title),
        ("og:type", "article" if "date" in facts else "website"),
        ("og:site_name", _site_name(app)),
        ("og:locale", _locale(current_language(app).locale)),
        *(
            ("og:locale:alternate", _locale(each.language.locale))
            for each in languages
            if each.complete_enough and not each.current
        ),
    ]
    if described:
        found.append(("og:description", described))
    if "date" in facts:
        found.append(("article:published_time", str(facts["date"])))
    if "updated" in facts:
        found.append(("article:modified_time", str(facts["updated"])))
    address = whole_address(app, current_language(app), page_uri(app, pagename))
    card = None
    if address:
        found.append(("og:url", address))
        card = write_card(app, pagename, title, _site_name(app))
    if card:
        found += [
            ("og:image", whole_address(app, current_language(app), card)),
            ("og:image:type", "image/png"),
            ("og:image:width", str(WIDTH)),
            ("og:image:height", str(HEIGHT)),
            ("og:image:alt", title),
        ]
    for name, content in found:
        yield f'<meta property="{name}" content="{escape(content)}" />'
    yield f'<meta name="twitter:card" content="{"summary_large_image" if card else "summary"}" />'


def _data(app: Sphinx, pagename: str, context: dict[str, Any]) -> dict[str, Any]:
    """The page as schema.org has it, with the way to it."""
    language, facts = current_language(app), app.env.metadata[pagename]
    address = whole_address(app, language, page_uri(app, pagename))
    kind: dict[str, Any]
    if pagename == app.config.root_doc:
        kind = {"@type": "WebSite", "name": _site_name(app), "publisher": _publisher(app)}
    elif "date" in facts:
        kind = {
            "@type": "BlogPosting",
            "headline": _title(context),
            "datePublished": str(facts["date"]),
            "dateModified": str(facts.get("updated", facts["date"])),
            "publisher": _publisher(app),
        }
        kind |= {"author": authors} if (authors := list(_authors(context, address))) else {}
    else:
        kind = {"@type": "WebPage", "name": _title(context)}
    page: dict[str, Any] = {**kind, "inLanguage": language.tag}
    page |= {"description": described} if (described := description_of(context)) else {}
    page |= {"url": address} if address else {}
    graph: list[dict[str, Any]] = [page]
    if address and pagename != app.config.root_doc:
        steps = [
            (_plain(step["title"]), urljoin(address, step["link"])) for step in context.get("parents", ())
        ]
        rows = [(_site_name(app), whole_address(app, language, page_uri(app, app.config.root_doc))), *steps]
        rows.append((_title(context), address))
        items = [
            {"@type": "ListItem", "position": number, "name": name, "item": item}
            for number, (name, item) in enumerate(rows, 1)
        ]
        graph.append({"@type": "BreadcrumbList", "itemListElement": items})
    return {"@context": "https://schema.org", "@graph": graph}


def _authors(context: dict[str, Any], address: str) -> Iterator[dict[str, str]]:
    """Who wrote a page: `sphinx_hub.posts` has each name, the link on the page, and whether it is a team."""
    for name, link, is_team in context.get("hub_authors", ()):
        url = urljoin(address, link) if address and link else ""
        kind = "Organization" if is_team else "Person"
        yield {"@type": kind, "name": name, **({"url": url} if url else {})}


def _publisher(app: Sphinx) -> dict[str, str]:
    """Who publishes the site: those who stand behind its name, which schema.org calls an organization."""
    home = whole_address(app, current_language(app), page_uri(app, app.config.root_doc))
    return {"@type": "Organization", "name": _site_name(app), **({"url": home} if home else {})}


def description_of(context: dict[str, Any]) -> str:
    """The description that the head of a page has already; empty where it has none."""
    found = _DESCRIPTION.search(context.get("metatags", ""))
    return unescape(found[1]) if found else ""


def _script(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return f'<script type="application/ld+json">{text}</script>'


def _title(context: dict[str, Any]) -> str:
    return _plain(context.get("title", ""))


def _plain(text: str) -> str:
    """What a reader sees of a title, which Sphinx gives as HTML."""
    return unescape(_TAG.sub("", str(text)))


def _site_name(app: Sphinx) -> str:
    return str(app.config.html_title or app.config.project)


def _locale(locale: str) -> str:
    """A locale as Open Graph has it, always with a territory: that where most people speak the language."""
    if "_" in locale:
        return locale
    likely = get_global("likely_subtags").get(locale, "")
    territory = likely.rpartition("_")[2]
    return f"{locale}_{territory}" if territory else locale
