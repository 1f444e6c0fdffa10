"""The size of the logo, for which pages keep the place from the start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import isurl
from sphinx.util.images import get_image_size

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def measure_logo(app: Sphinx, config: Config) -> None:
    """On config-inited: hand templates the width and the height of ``html_logo`` as ``hub_logo_size``.

    Without them all that stands below the logo moves when it arrives. The value is part of ``html_context``,
    so that a logo of another size makes every page anew.
    """
    if not config.html_logo or isurl(config.html_logo):
        return
    size = get_image_size(Path(app.confdir) / config.html_logo)
    if size is not None and min(size) > 0:
        config.html_context = {"hub_logo_size": list(size), **config.html_context}
