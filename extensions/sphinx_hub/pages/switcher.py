"""The language switcher: the same page in the other languages, by relative address."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from sphinx.util.matching import Matcher

from sphinx_hub.i18n import current_language, hub_settings, page_shares
from sphinx_hub.pages.head import is_preview
from sphinx_hub.pages.templating import HubTemplates

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_hub.settings import Language, Settings

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


@dataclass(frozen=True, kw_only=True)
class Hosting:
    """Where the sites of the languages stand beside each other."""

    version: str = ""
    """The segment after the language's: Read the Docs has ``/<path>/<version>/``, others ``/<path>/``."""
    alone: bool = False
    """Whether no site of another language stands there."""

    @classmethod
    def from_environment(cls) -> Hosting:
        """What Read the Docs says of the build; without it, the languages stand in sibling folders.

        A pull request is built for one project only, so its preview has no siblings.
        """
        if os.environ.get("READTHEDOCS") != "True":
            return cls()
        return cls(version=os.environ.get("READTHEDOCS_VERSION", "latest"), alone=is_preview())


def language_links(
    settings: Settings, current: Language, *, uri: str, source: str | None, hosting: Hosting
) -> tuple[LanguageLink, ...]:
    """Links to every language that has the page, in the table's order; none where there is no choice.

    ``uri`` is the page's address below the root of its language. ``source`` is its source file below
    the folder of the sources, or None for a page that Sphinx makes, which every language has.
    """
    upwards = "../" * (uri.count("/") + (2 if hosting.version else 1))
    links = []
    for language in settings.languages:
        if language == current:
            href = uri.rpartition("/")[2] or "./"
        elif hosting.alone or (source is not None and Matcher(language.exclude)(source)):
            continue
        else:
            segments = (language.path, hosting.version, uri) if hosting.version else (language.path, uri)
            href = upwards + "/".join(segments)
        links.append(LanguageLink(language=language, href=href, current=language == current))
    return tuple(links) if len(links) > 1 else ()


def links_of_page(app: Sphinx, pagename: str) -> tuple[LanguageLink, ...]:
    """The links of one page, each with how much of the page is translated."""
    shares = page_shares(app.env, pagename)
    links = language_links(
        hub_settings(app),
        current_language(app),
        # singlehtml puts the name of the document behind it.
        uri=app.builder.get_target_uri(pagename).partition("#")[0],
        source=app.env.doc2path(pagename, base=False).as_posix() if pagename in app.env.all_docs else None,
        hosting=Hosting.from_environment(),
    )
    return tuple(
        replace(link, share=f"{progress.percent}%")
        if (progress := shares.get(link.language.locale)) is not None and not progress.complete
        else link
        for link in links
    )


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
    links = links_of_page(app, pagename)
    # As plain data, since the json builder writes out the whole context.
    context["language_links"] = [asdict(link) for link in links]
    sidebars: list[str] = context.get("sidebars", [])
    if sidebars and TEMPLATE not in sidebars:
        place = next((sidebars.index(name) + 1 for name in _ABOVE if name in sidebars), 0)
        context["sidebars"] = [*sidebars[:place], TEMPLATE, *sidebars[place:]]
