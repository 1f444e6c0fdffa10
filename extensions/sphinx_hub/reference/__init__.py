"""``reference-table``: tables of the docs that are made from the code, so that they cannot drift from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sphinx_hub
from sphinx_hub.reference.directive import ReferenceTable, resolve_row

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]

STATIC: Final = Path(__file__).parent / "static"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("sphinx_hub.i18n")
    app.connect("builder-inited", add_stylesheet)
    app.connect("missing-reference", resolve_row)
    app.add_directive("reference-table", type("ReferenceTable", (ReferenceTable,), {"app": app}))
    return {
        "version": sphinx_hub.__version__,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_stylesheet(app: Sphinx) -> None:
    """On builder-inited: offer the styles of the lists to builders that have any."""
    if app.builder.format == "html":
        app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]
        app.add_css_file("sphinx_hub/reference.css", priority=700)
