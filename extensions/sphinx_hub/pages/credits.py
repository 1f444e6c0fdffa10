"""The line below a translated page that says who translated and who reviewed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translator

from sphinx_hub.i18n import name_list, page_credits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_hub.i18n import CatalogCredits

#: As wide as a Chinese character: between the translators and the reviewers.
_GAP: Final = "\u2003"


def add_credits(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On doctree-resolved: put the line at the end of the page, or of each page that the file holds."""
    if app.builder.name == "gettext":
        return
    places: list[tuple[nodes.Element, str]] = [(doctree, docname)]
    places += [(node, node["docname"]) for node in doctree.findall(addnodes.start_of_file)]
    for place, name in places:
        credits_ = page_credits(app.env, name)
        if credits_:
            # Sphinx's search passes over this class: the names are no text of the page.
            block = nodes.container(classes=["hub-credits", "no-search"])
            block += nodes.paragraph("", "", *_parts(app, credits_, docname))
            place.append(block)


def _parts(app: Sphinx, credits_: CatalogCredits, docname: str) -> Iterator[nodes.Node]:
    ngettext = get_translator("sphinx_hub").ngettext
    labels = {
        ngettext(
            "Translator: {names}", "Translators: {names}", len(credits_.translators)
        ): credits_.translators,
        ngettext("Reviewer: {names}", "Reviewers: {names}", len(credits_.reviewers)): credits_.reviewers,
    }
    between = ""
    for label, names in labels.items():
        if names:
            before, _sign, after = label.partition("{names}")
            yield nodes.Text(between + before)
            yield from name_list(app, names, docname)
            yield nodes.Text(after)
            between = _GAP
