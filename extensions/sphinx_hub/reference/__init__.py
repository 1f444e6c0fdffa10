"""``reference-table``: tables of the docs that are made from the code, so that they cannot drift from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sphinx_hub
from sphinx_hub.reference.directive import ReferenceTable

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("sphinx_hub.i18n")
    app.add_directive("reference-table", type("ReferenceTable", (ReferenceTable,), {"app": app}))
    return {
        "version": sphinx_hub.__version__,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
