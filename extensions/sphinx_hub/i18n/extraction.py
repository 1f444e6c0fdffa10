"""Messages that stand in no page: of the data files and of conf.py, put into catalogs of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.gettext import MessageCatalogBuilder, MsgOrigin

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx.application import Sphinx


def extract(app: Sphinx, domain: str, texts: Iterable[tuple[str, Path, int]]) -> None:
    """Under the gettext builder: add each (message, file, line) to the catalog of ``domain``.

    Other builders have no catalogs to add to, and nothing happens. Call it once a build, on
    env-updated, which only the main process emits.
    """
    if not isinstance(app.builder, MessageCatalogBuilder):
        return
    catalog = app.builder.catalogs[domain]
    for message, path, line in texts:
        catalog.add(message, MsgOrigin(str(path), line))
