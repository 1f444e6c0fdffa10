"""Posts and courses: what the hub publishes, with its lists and the people who made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sphinx_hub
from sphinx_hub.posts.courses import setup_courses

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the parts."""
    app.setup_extension("sphinx_hub.i18n")
    app.setup_extension("sphinx_hub.community")
    setup_courses(app)
    return {
        "version": sphinx_hub.__version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
