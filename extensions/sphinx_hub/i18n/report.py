"""What a build did, for ``sphinx-hub build`` to print: pages and messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.i18n.catalogs import compiled_progress

if TYPE_CHECKING:
    from sphinx.application import Sphinx

REPORT: Final = "hub-report.json"


def write_report(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: write the number of pages and messages into the doctree folder."""
    if exception is not None:
        return
    progress = compiled_progress(app)
    report = {
        "title": app.config.html_title or app.config.project,
        "pages": len(app.env.found_docs),
        "translated": progress.translated,
        "messages": progress.total,
    }
    write_if_changed(Path(app.doctreedir) / REPORT, json.dumps(report).encode())
