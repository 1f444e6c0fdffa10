"""What a build did, for ``sphinx-hub build`` to print: pages and messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import get_translation
from sphinx.util.i18n import docname_to_domain

from sphinx_hub.catalogs.build_files import REPORT
from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.counts import Progress
from sphinx_hub.i18n.catalogs import compiled_counts
from sphinx_hub.i18n.pages import page_records

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_report(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: write the number of pages and messages into the doctree folder."""
    if exception is not None:
        return
    progress = _progress(app)
    report = {
        "title": app.config.html_title or app.config.project,
        # For the page at the root, which lists all languages.
        "not_found": get_translation("sphinx_hub")("Page not found"),
        "pages": len(app.env.found_docs),
        "translated": progress.current,
        "outdated": progress.outdated,
        "messages": progress.messages,
    }
    write_if_changed(Path(app.doctreedir) / REPORT, json.dumps(report).encode())


def _progress(app: Sphinx) -> Progress:
    """The counts of the language: of pages as their sources are now, of other texts as their catalogs are."""
    records = page_records(app.env)
    pages = {docname_to_domain(docname, app.config.gettext_compact) for docname in records}
    counts = [record.progress for record in records.values() if record.progress is not None]
    counts += [count for domain, count in compiled_counts(app).items() if domain not in pages]
    return sum(counts, start=Progress())
