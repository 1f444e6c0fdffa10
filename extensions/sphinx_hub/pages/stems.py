"""The stems of words for Sphinx's own search, each found once in a build.

Sphinx remembers them while it goes through one page, though most words stand on many pages.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx


class Stems:
    """A stemmer that remembers, in place of snowballstemmer's: a stem depends on nothing but its word."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self.stemWord = cache(stem)


def remember_stems(
    app: Sphinx, _pagename: str, _templatename: str, _context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context: from the first page on, let the stemmer remember; nothing without such a one."""
    language = getattr(getattr(app.builder, "indexer", None), "lang", None)
    stem = getattr(getattr(language, "stemmer", None), "stemWord", None)
    if app.config.hub_plain or language is None or stem is None:
        return
    if not isinstance(language.stemmer, Stems):
        language.stemmer = Stems(stem)
