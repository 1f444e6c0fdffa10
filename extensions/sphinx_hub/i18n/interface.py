"""The interface's own strings: one catalog per language, shipped with the package.

It is loaded under two names: ``sphinx_hub`` for this package, and ``sphinx`` so that the strings
that a theme marks but ships no catalog for are translated too (furo#434). Sphinx's own translations
of a string come before the package's, and the project's own ``sphinx.po`` before both.
"""

from __future__ import annotations

import copy
import gettext
import hashlib
import io
import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

from docutils.languages import en
from sphinx.locale import translators
from sphinx.util import logging

from sphinx_hub.catalogs.compiled import catalog_folder, mo_bytes, read_catalog, write_if_changed
from sphinx_hub.catalogs.markup_safety import plain_excess
from sphinx_hub.catalogs.pseudo import is_pseudo, pseudo_text
from sphinx_hub.i18n.languages import current_language, hub_settings
from sphinx_hub.i18n.page import place_of, warn_unsafe
from sphinx_hub.problems import Problem, display_path

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
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
        folder = Path(app.doctreedir) / "interface"
        made = [catalog_folder(folder, locale) / f"{name}.mo" for name in (DOMAIN, "sphinx")]
        done = folder / f"{locale}.txt"
        # An earlier build may have made them of these files, by this code.
        known = done.read_text("ascii") if all(each.is_file() for each in (done, *made)) else ""
        if known != _package_digest():
            done.unlink(missing_ok=True)
            catalog = _safe_catalog(po, locale)
            if catalog is None:
                return
            clean = not any(message.fuzzy for message in catalog)
            content = mo_bytes(catalog)
            for each in made:
                write_if_changed(each, content)
            if clean:  # else the next build shall say again what is wrong
                write_if_changed(done, _package_digest().encode())
    for name in (DOMAIN, "sphinx"):
        app.add_message_catalog(name, str(folder))
    _add_own_catalog(app, locale)
    if is_pseudo(locale):
        _add_pseudo_parts(app, locale)


def _add_pseudo_parts(app: Sphinx, locale: str) -> None:
    """Give a pseudo-locale what is looked for elsewhere: the words of scripts, the labels of docutils."""
    script = _own_catalog(app, locale).with_suffix(".js")
    if script.is_file():
        # After doctools.js, which comes at 200 and defines what the script calls.
        app.add_js_file(None, body=script.read_text("utf-8"), priority=600)
    module = ModuleType(f"docutils.languages.{locale.lower()}")
    rtl = current_language(app).direction == "rtl"
    labels = {name: pseudo_text(label, rtl=rtl, plain=True) for name, label in en.labels.items()}
    vars(module).update(
        labels=labels, bibliographic_fields=en.bibliographic_fields, author_separators=en.author_separators
    )
    # docutils imports a module by the name of the language.
    sys.modules[module.__name__] = module


def interface_digest(app: Sphinx) -> str:
    """A digest of the package's files and of the project's catalog of the interface.

    As a configuration value it makes Sphinx read everything anew after the interface's strings, a
    template or the code changed; of itself it notices none of them.
    """
    own = _own_catalog(app, app.config.language or "en")
    content = own.read_bytes() if own.is_file() else b""
    return f"{_package_digest()}{hashlib.sha256(content).hexdigest()[:16]}"


def _own_catalog(app: Sphinx, locale: str) -> Path:
    return catalog_folder(hub_settings(app).catalogs_of(locale), locale) / "sphinx.po"


def _add_own_catalog(app: Sphinx, locale: str) -> None:
    """Put the project's own ``sphinx.po`` before the strings of Sphinx, of themes and of this package."""
    po = _own_catalog(app, locale)
    catalog = _safe_catalog(po, locale) if po.is_file() else None
    if catalog is None:
        return
    own = gettext.GNUTranslations(io.BytesIO(mo_bytes(catalog)))
    for domain in ("sphinx", DOMAIN):
        # `Sphinx.add_message_catalog` can only add behind what is there.
        known = translators.get(("general", domain))
        merged = copy.copy(own)
        if known is not None:
            merged.add_fallback(known)
        translators["general", domain] = merged
        if domain == "sphinx":
            app.translator = merged  # what templates ask


def _safe_catalog(po: Path, locale: str) -> Catalog | None:
    """The catalog of interface strings ``po``, without translations that do what their sources do not.

    Templates write these strings into pages as they are, and code formats them: HTML in one reaches the
    reader, a placeholder that is missing ends the build.
    """
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
        return None
    for message in catalog:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        for string in filter(None, strings):
            # Which form is the singular differs between languages: each may do what either source does.
            excesses = min((plain_excess(source, string) for source in ids), key=len)
            if excesses:
                warn_unsafe(place_of(po, message.lineno or 1), excesses)
                message.flags.add("fuzzy")
                break
    return catalog


@cache
def _package_digest() -> str:
    digest = hashlib.sha256()
    root = str(PACKAGE)
    # Some hundred files before anything else begins: by their plain names, as paths take longer than reading.
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        for name in sorted(names):
            if os.path.splitext(name)[1] in _SUFFIXES:  # noqa: PTH122 as said above
                digest.update(f"{folder.removeprefix(root)}/{name}".encode())
                with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123 likewise
                    digest.update(file.read())
    return digest.hexdigest()[:16]
