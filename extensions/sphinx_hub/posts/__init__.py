"""Posts: what they have beyond other pages, and the feed of them in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sphinx_hub
from sphinx_hub.posts.feed import setup_feed
from sphinx_hub.posts.takeaways import setup_takeaways

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the parts; each is one file."""
    app.setup_extension("sphinx_hub.i18n")
    setup_takeaways(app)
    setup_feed(app)
    return {
        "version": sphinx_hub.__version__,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
