"""The interface's own strings: one catalog per language, shipped with the package.

It is loaded under two names: ``sphinx_hub`` for this package, and ``sphinx`` so that the strings
that a theme marks but ships no catalog for are translated too (furo#434). Sphinx's own translations
of a string come first.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_hub.catalogs.compiled import catalog_folder, mo_bytes, read_catalog, write_if_changed
from sphinx_hub.problems import Problem, display_path

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

PACKAGE: Final = Path(__file__).resolve().parent.parent
DOMAIN: Final = "sphinx_hub"
_SUFFIXES: Final = frozenset({".py", ".po", ".mo", ".html", ".css", ".js", ".svg"})


def add_interface_catalogs(app: Sphinx) -> None:
    """Load the interface's strings for the language that is being built.

    A wheel holds them compiled; in a source tree they are compiled into the doctree folder.
    """
    locale = app.config.language or "en"
    folder = PACKAGE / "locale"
    po = catalog_folder(folder, locale) / f"{DOMAIN}.po"
    if po.is_file() and not po.with_suffix(".mo").is_file():
        catalog = read_catalog(po, locale)
        if isinstance(catalog, Problem):
            logger.warning(
                "%s %s",
                catalog.code,
                catalog.message,
                type="hub",
                subtype="interface",
                location=f"{display_path(po)}:{catalog.line}",
            )
            return
        folder = Path(app.doctreedir) / "interface"
        content = mo_bytes(catalog)
        for name in (DOMAIN, "sphinx"):
            write_if_changed(catalog_folder(folder, locale) / f"{name}.mo", content)
    for name in (DOMAIN, "sphinx"):
        app.add_message_catalog(name, str(folder))


@cache
def package_digest() -> str:
    """A digest of the package's files.

    As a configuration value it makes Sphinx read everything anew after the interface's strings, a
    template or the code changed; of itself it notices none of them.
    """
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file():
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
