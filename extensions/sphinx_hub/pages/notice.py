"""The note on top of a page that is not complete: how much is translated, how much is behind, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import get_translation, get_translator
from sphinx.util.i18n import docname_to_domain

from sphinx_hub.i18n import UNSPACED, current_language, hub_settings, page_progress, page_records
from sphinx_hub.pages.addresses import catalog_address
from sphinx_hub.pages.available import below_title
from sphinx_hub.pages.places import PagePlaces
from sphinx_hub.pages.switcher import links_of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_hub.i18n import Progress

_ = get_translation("sphinx_hub")


class page_notice(nodes.container):  # noqa: N801 docutils' nodes are lower case
    """The note; builders without landmarks show it as a block. ``label`` is its name for voices."""


def _visit_notice(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "aside", **{"aria-label": node["label"]}))


def _depart_notice(self: HTML5Translator, node: nodes.Element) -> None:
    del node
    self.body.append("</aside>\n")


def add_notice_node(app: Sphinx) -> None:
    """Register the node of the note."""
    app.add_node(page_notice, html=(_visit_notice, _depart_notice))


def add_notice(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On doctree-resolved: put the note below the title of a page whose translation is not complete."""
    progress = page_progress(app.env, docname)
    if progress is None or progress.complete or app.builder.name == "gettext":
        return
    # Sphinx's search passes over this class: the note is no text of the page.
    notice = page_notice(classes=["hub-notice", "no-search"], label=_("State of the translation"))
    between = "" if current_language(app).tag.startswith(UNSPACED) else " "
    notice += nodes.paragraph("", between.join(_sentences(progress)))
    links = list(_links(app, docname))
    if links:
        notice += nodes.paragraph("", "", *links)
    parent, place = below_title(doctree)
    parent.insert(place, notice)


def _sentences(progress: Progress) -> Iterator[str]:
    share = _("{percent} of this page is translated and up to date.")
    yield share.replace("{percent}", f"{progress.percent}%")
    if progress.outdated:
        behind = get_translator("sphinx_hub").ngettext(
            "{count} message is behind its original.",
            "{count} messages are behind their original.",
            progress.outdated,
        )
        yield behind.replace("{count}", str(progress.outdated))
        if progress.since:
            yield _("The oldest change is of {day}.").replace("{day}", progress.since)


def _links(app: Sphinx, docname: str) -> Iterator[nodes.Node]:
    settings, language = hub_settings(app), current_language(app)
    domain = docname_to_domain(docname, app.config.gettext_compact)
    # One that has no entries yet has no line either.
    place = PagePlaces(app, docname).improve or catalog_address(settings, language, domain)
    if place:
        yield nodes.reference("", _("Help translate this page"), refuri=place, internal=False)
    if isinstance(app.builder, StandaloneHTMLBuilder):
        source = page_records(app.env)[docname].source_locale
        for link in links_of_page(app, docname):
            if link.language.locale == source:
                yield nodes.Text(" ")
                yield nodes.reference("", _("Read the original"), refuri=link.href, internal=True)
