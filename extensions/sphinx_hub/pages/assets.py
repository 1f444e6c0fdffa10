"""The links to styles and scripts in the head, made once for the pages of a folder.

Sphinx finds out for each page anew where each of some twenty files is, in order to name its checksum, which
it knows already: one call in four that a build makes to the system.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_Tags = dict[tuple[str, object], str]
#: The folder of the page that was written last, and what its links are.
_made: WeakKeyDictionary[Builder, tuple[str, _Tags]] = WeakKeyDictionary()


def remember_tags(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context: give templates functions ``css_tag`` and ``js_tag`` that remember."""
    # A preview changes assets while it runs.
    if app.config.hub_plain or app.config.hub_preview or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    folder = posixpath.dirname(app.builder.get_target_uri(pagename))
    known = _made.get(app.builder)
    if known is None or known[0] != folder:
        known = _made[app.builder] = folder, {}
    for name in ("css_tag", "js_tag"):
        if make := context.get(name):
            context[name] = _remembering(name, make, known[1])


def _remembering(name: str, make: Callable[[Any], str], tags: _Tags) -> Callable[[Any], str]:
    def tag(asset: Any) -> str:  # noqa: ANN401 Sphinx's own classes
        try:
            found = tags.get((name, asset))
        except TypeError:
            return make(asset)  # nothing that can be remembered
        if found is None:
            found = tags[name, asset] = make(asset)
        return found

    return tag
