"""The stems of words for Sphinx's own search, each found once in a build.

Sphinx remembers them while it goes through one page, though most words stand on many pages.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

logger = logging.getLogger(__name__)
_told: WeakSet[Builder] = WeakSet()


class Stems:
    """A stemmer that remembers, in place of snowballstemmer's: a stem depends on nothing but its word."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self.stemWord = cache(stem)


def remember_stems(
    app: Sphinx, _pagename: str, _templatename: str, _context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context: from the first page on, let the stemmer remember; nothing without such a one."""
    language = getattr(getattr(app.builder, "indexer", None), "lang", None)
    stemmer = getattr(language, "stemmer", None)
    if app.config.hub_plain or language is None or stemmer is None or isinstance(stemmer, Stems):
        return
    if not hasattr(stemmer, "stemWord"):
        if app.builder not in _told:
            _told.add(app.builder)
            logger.info("note: stems are not remembered, which is slow: %s has no stemWord", type(stemmer))
        return
    language.stemmer = Stems(stemmer.stemWord)
