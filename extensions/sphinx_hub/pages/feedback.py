"""What a reader can do about a text: edit it, improve its translation, copy the link to its section.

Below a page, and beside each heading. The links lead to the line of the source, or to that of the catalog.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from babel import Locale
from babel.dates import format_date
from docutils import nodes
from sphinx.locale import get_translation

from sphinx_hub.forges import file_address
from sphinx_hub.i18n import (
    OUTDATED,
    UNTRANSLATED,
    current_language,
    hub_settings,
    message_of,
    source_change,
)
from sphinx_hub.pages.origins import data_paths, origin_of, setup_origins
from sphinx_hub.pages.places import PagePlaces
from sphinx_hub.pages.templating import HubTemplates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_ = get_translation("sphinx_hub")

#: Builders that make a page of each source, on which a page's own links make sense.
_BUILDERS: Final = frozenset({"html", "dirhtml"})


class section_link(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801 docutils' nodes are lower case
    """The link beside a heading. It has no text: titles are shown elsewhere too."""


def _visit_section_link(self: HTML5Translator, node: nodes.Element) -> None:
    classes = ["hub-edit", *(["hub-to-do"] if node["to_do"] else [])]
    label = node["label"]
    self.body.append(
        self.starttag(
            node, "a", "", href=node["refuri"], title=label, classes=classes, **{"aria-label": label}
        )
    )
    self.body.append('<svg aria-hidden="true" focusable="false"><use href="#svg-pencil"></use></svg></a>')
    raise nodes.SkipNode


def setup_feedback(app: Sphinx) -> None:
    """Register the links, and what they need to know."""
    setup_origins(app)
    app.add_node(section_link, html=(_visit_section_link, None))
    app.connect("doctree-resolved", add_section_links)
    app.connect("html-page-context", add_feedback)


def _is_shown(app: Sphinx) -> bool:
    templates = app.builder.templates if app.builder.name in _BUILDERS else None
    return isinstance(templates, HubTemplates) and templates.has_overrides


def add_section_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On doctree-resolved: give each heading its link, and what says that a text is outdated as well."""
    if not _is_shown(app) or not hub_settings(app).repository:
        return
    places = PagePlaces(app, docname)
    for change in doctree.findall(source_change):
        if address := places.translation([change["message"], change["former"]]):
            link = nodes.reference("", _("Improve this translation"), refuri=address, internal=False)
            change.append(nodes.paragraph("", "", link, classes=["hub-change-link"]))
    for section in doctree.findall(nodes.section):
        title = section[0] if section.children else None
        if not isinstance(title, nodes.title):
            continue
        heading = message_of(title)
        to_do = list(_to_do(section)) if places.is_translated else []
        if places.is_translated:
            address, label = places.translation([*to_do, heading]), _("Improve this translation")
        else:
            address, label = places.source(heading, title.line or 0), _("Edit this section")
        if address:
            title += section_link("", refuri=address, label=label, to_do=bool(to_do))


def _to_do(section: nodes.Element) -> Iterator[str]:
    """The messages of a section that are untranslated or outdated, without those of its subsections."""
    pending: list[nodes.Node] = [*reversed(section.children)]
    while pending:
        node = pending.pop()
        if not isinstance(node, nodes.Element) or isinstance(node, nodes.section):
            continue
        if isinstance(node, source_change):
            yield from (node["message"], node["former"])
        elif isinstance(node, nodes.TextElement) and {OUTDATED, UNTRANSLATED}.intersection(node["classes"]):
            yield message_of(node)
        pending += reversed(node.children)


def add_feedback(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context: hand the links and the days of a page to the template."""
    if pagename not in app.env.all_docs or not _is_shown(app):
        return
    settings, places, origin = hub_settings(app), PagePlaces(app, pagename), origin_of(app.env, pagename)
    context["hub_feedback"] = {
        "edit": places.edit,
        "data": [
            {"name": path.rpartition("/")[2], "address": address}
            for path in data_paths(app, pagename)
            if (address := file_address(settings, path))
        ],
        "improve": places.improve,
        "is_translated": places.is_translated,
        "source_day": _day(app, origin.source_day),
        "translation_day": _day(app, origin.translation_day),
    }


def _day(app: Sphinx, day: str) -> dict[str, str] | None:
    """A day for machines and for readers of the language; None for none."""
    if not day:
        return None
    locale = Locale.parse(current_language(app).locale)
    return {"iso": day, "text": format_date(date.fromisoformat(day), "long", locale=locale)}
