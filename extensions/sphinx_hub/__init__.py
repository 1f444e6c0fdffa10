"""sphinx-hub: Sphinx extensions for a site in several languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"

#: What every site needs; ``setup`` enables them all. `sphinx_hub.reference` is for sites that document
#: the package itself.
EXTENSIONS = ("sphinx_hub.i18n", "sphinx_hub.community", "sphinx_hub.posts", "sphinx_hub.pages")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Enable every extension of the distribution."""
    for extension in EXTENSIONS:
        app.setup_extension(extension)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
