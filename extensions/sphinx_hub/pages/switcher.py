"""The language switcher: the same page in the other languages, by relative address."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from sphinx_hub.i18n import available_languages
from sphinx_hub.pages.templating import HubTemplates

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_hub.settings import Language

#: The name of the page that is shown at an address that has none.
NOT_FOUND: Final = "404"
TEMPLATE = "sidebar/languages.html"
_ABOVE = ("sidebar/search.html", "sidebar/brand.html")


@dataclass(frozen=True, kw_only=True)
class LanguageLink:
    """The page in one language."""

    language: Language
    href: str
    """Relative to the page, so that it holds at any depth and under any address."""
    current: bool
    """Whether this is the language of the page itself."""
    share: str = ""
    """How much of the page is translated and up to date, ``87%``; empty where all of it is."""


def links_of_page(app: Sphinx, pagename: str) -> tuple[LanguageLink, ...]:
    """Links to every language that has the page, in the table's order; none where there is no choice."""
    links = tuple(
        LanguageLink(
            language=each.language,
            href=each.url,
            current=each.current,
            share="" if each.progress.complete else f"{each.progress.percent}%",
        )
        for each in available_languages(app, pagename)
        if each.url
    )
    return links if len(links) > 1 else ()


def add_language_links(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context: hand the links to the templates, and put the switcher into the sidebar.

    It stands below the search, or below the brand; a project that lists it in ``html_sidebars``
    decides the place itself.
    """
    templates = app.builder.templates
    if not isinstance(templates, HubTemplates) or not templates.has_overrides:
        return
    # What is not there leads to what is.
    links = links_of_page(app, app.config.root_doc if pagename == NOT_FOUND else pagename)
    # As plain data, since the json builder writes out the whole context.
    context["language_links"] = [asdict(link) for link in links]
    sidebars: list[str] = context.get("sidebars", [])
    if sidebars and TEMPLATE not in sidebars:
        place = next((sidebars.index(name) + 1 for name in _ABOVE if name in sidebars), 0)
        context["sidebars"] = [*sidebars[:place], TEMPLATE, *sidebars[place:]]
