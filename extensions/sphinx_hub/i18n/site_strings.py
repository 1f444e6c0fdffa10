"""The strings of conf.py that readers see: the site's title, its project name, the copyright line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.compiled import SITE
from sphinx_hub.i18n.catalogs import domain_catalog
from sphinx_hub.i18n.extraction import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: The configuration values whose text is shown, in the order in which a translator meets them.
SITE_STRINGS: Final = ("project", "html_title", "html_short_title", "copyright")


def translate_site_strings(app: Sphinx, config: Config) -> None:
    """On config-inited, after the catalogs are compiled: put the translations into the configuration."""
    catalog = domain_catalog(app, SITE)
    for name in SITE_STRINGS:
        value = getattr(config, name, None)
        if isinstance(value, str) and value:
            setattr(config, name, catalog.gettext(value))


def extract_site_strings(app: Sphinx, _env: BuildEnvironment) -> None:
    """On env-updated: put the strings into the catalog of the site, with their lines in conf.py."""
    extract(app, SITE, _strings(app))


def _strings(app: Sphinx) -> Iterator[tuple[str, Path, int]]:
    path = Path(app.confdir) / "conf.py"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    for name in SITE_STRINGS:
        assigned = re.compile(rf"{name}\s*=")
        line = next((number for number, text in enumerate(lines, 1) if assigned.match(text)), None)
        value = getattr(app.config, name, None)
        if line is not None and isinstance(value, str) and value:
            yield value, path, line
