"""Which doctrees are in memory between reading and writing: none.

Sphinx keeps each from when it is read until it is written (``BuildEnvironment._write_doc_doctree_cache``), a
fifth of a megabyte a page. To load one from its file, as processes that share the pages do, takes less than
a millisecond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakSet

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
_CACHE: Final = "_write_doc_doctree_cache"
_told: WeakSet[Sphinx] = WeakSet()


def drop_doctree(app: Sphinx, _docname: str, _content: list[str]) -> None:
    """On source-read: drop the doctree of the page before."""
    _drop(app)


def drop_last_doctree(app: Sphinx, _env: BuildEnvironment) -> None:
    """On env-updated: drop that of the last page."""
    _drop(app)


def _drop(app: Sphinx) -> None:
    cache = getattr(app.env, _CACHE, None)
    if isinstance(cache, dict):
        if not app.config.hub_plain:
            cache.clear()
    elif app not in _told:
        _told.add(app)
        logger.info("note: all pages may be kept in memory: Sphinx has no %s", _CACHE)
