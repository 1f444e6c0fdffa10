"""What styles cannot see for themselves: Latin words in emphasis, and links that are addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_hub.i18n import current_language, is_website

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

#: The class of a stretch of Latin, Greek or Cyrillic within emphasis: it is in italics, while the
#: characters around it have dots.
LATIN: Final = "hub-latin"
#: The class of a link that shows its own address, which is not shown once more on paper.
ADDRESS: Final = "hub-address"

_WORD: Final = "[0-9A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]"
#: From the first to the last letter, with what stands between two words.
_LATIN: Final = re.compile(f"({_WORD}+(?:[ !-/:-@\\[-`{{-~\u2019\u2013]+{_WORD}+)*[%+]*)")
#: Languages that set emphasis with dots.
_DOTTED: Final = ("zh", "ja", "ko")


def mark_up(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On doctree-resolved of a website: give the styles what they go by."""
    del docname
    if not is_website(app.builder):
        return
    for link in doctree.findall(nodes.reference):
        if link.get("refuri") and _bare(link["refuri"]) == _bare(link.astext()):
            link["classes"].append(ADDRESS)
    if current_language(app).tag.partition("-")[0] in _DOTTED:
        for emphasis in list(doctree.findall(nodes.emphasis)):
            _mark_latin(emphasis)


def _bare(address: str) -> str:
    """An address without what people leave out of it."""
    return address.partition("://")[2].rstrip("/") or address.rstrip("/")


def _mark_latin(emphasis: nodes.emphasis) -> None:
    """Put each stretch of Latin in a span of its own."""
    for text in list(emphasis.findall(nodes.Text)):
        parent = text.parent
        if isinstance(parent, nodes.literal) or not _LATIN.search(text):
            continue
        place = parent.index(text)
        parent.remove(text)
        for offset, part in enumerate(_parts(text)):
            parent.insert(place + offset, part)


def _parts(text: str) -> Iterator[nodes.Node]:
    for number, part in enumerate(_LATIN.split(text)):
        if number % 2:
            yield nodes.inline("", part, classes=[LATIN])
        elif part:
            yield nodes.Text(part)
