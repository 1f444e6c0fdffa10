"""The strings of conf.py that readers see: the site's title, its project name, the copyright line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_hub.catalogs.compiled import SITE, catalog_folder, read_catalog
from sphinx_hub.i18n.catalogs import domain_catalog
from sphinx_hub.i18n.extraction import extract
from sphinx_hub.i18n.languages import hub_settings
from sphinx_hub.problems import Problem, display_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

#: The configuration values whose text is shown, in the order in which a translator meets them.
SITE_STRINGS: Final = ("project", "html_title", "html_short_title", "copyright")
_HTML: Final = frozenset("<>&")


def translate_site_strings(app: Sphinx, config: Config) -> None:
    """On config-inited, after the catalogs are compiled: put the translations into the configuration.

    Themes write these strings into their pages as they are. A translation that brings in HTML of its
    own is warned of, and the source text stays.
    """
    catalog = domain_catalog(app, SITE)
    for name in SITE_STRINGS:
        value = getattr(config, name, None)
        if not isinstance(value, str) or not value:
            continue
        translation = catalog.gettext(value)
        if _HTML & set(translation) - set(value):
            logger.warning(
                "the translation of %r has HTML, and the source has none: %r",
                value,
                translation,
                type="hub",
                subtype="unsafe",
                location=_place(app, value),
                once=True,  # the short title is the title where conf.py has none
            )
        else:
            setattr(config, name, translation)


def _place(app: Sphinx, message: str) -> str:
    """Where the translation of ``message`` stands, as ``path:line``.

    Without a line Sphinx would take the path for the name of a document, and there are none yet.
    """
    path = catalog_folder(hub_settings(app).catalogs_path, app.config.language) / f"{SITE}.po"
    catalog = read_catalog(path, app.config.language)
    found = None if isinstance(catalog, Problem) else catalog.get(message)
    return f"{display_path(path)}:{(found and found.lineno) or 1}"


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
