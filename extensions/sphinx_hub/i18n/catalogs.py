"""Catalogs for the build: compiled into the doctree folder, read by Sphinx and by directives."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError
from sphinx.util.i18n import docname_to_domain

from sphinx_hub.catalogs.compiled import (
    COMPILED,
    DATA,
    CompiledCatalogs,
    Progress,
    catalog_folder,
    compile_site_catalogs,
)
from sphinx_hub.i18n.languages import current_language, hub_settings, is_source_language
from sphinx_hub.records import KINDS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


@dataclass(frozen=True)
class DataCatalog:
    """The translations of one domain that belongs to no page."""

    path: Path
    """The compiled catalog. It always exists, and its time changes only when its messages do."""
    _translations: gettext.NullTranslations

    def gettext(self, message: str) -> str:
        """The translation of ``message``, or ``message`` itself where there is none."""
        return self._translations.gettext(message) if message else ""

    def has(self, message: str) -> bool:
        """Whether ``message`` is translated, perhaps to the same words."""
        # The only way to tell a translation to the same words from none; gettext has had it since 2.0.
        catalog: dict[str, str] = getattr(self._translations, "_catalog", {})
        return message in catalog


def compile_for_build(app: Sphinx, config: Config) -> None:
    """On config-inited: compile the catalogs of the language and make them Sphinx's ``locale_dirs``.

    Sphinx resolves ``locale_dirs`` against the source folder and sphinx-intl against conf.py's; a
    folder of the build, as an absolute path, leaves nothing to resolve.
    """
    language = current_language(app)
    config.exclude_patterns = [*config.exclude_patterns, *language.exclude]
    config.gettext_auto_build = False
    compiled = _compile(app)
    config.locale_dirs = [] if is_source_language(app) else [str(compiled.folder)]


def refuse_untranslated(app: Sphinx) -> None:
    """On builder-inited: stop where Sphinx would quietly build a site in the source language.

    :raises sphinx.errors.ConfigError: the language has no folder of catalogs, none of its messages
        is translated, or a catalog cannot be read.
    """
    if is_source_language(app) or app.builder.name == "gettext":
        return
    problems = _compile(app).problems
    if problems:
        raise ConfigError("\n".join(map(str, sorted(problems))))


def note_page_catalog(app: Sphinx, docname: str, _source: list[str]) -> None:
    """On source-read: make the page depend on its own compiled catalog, so that it follows the .po.

    Sphinx notes the same while it looks for files, and forgets it when it reads the page; that is
    why a page outlives a .po that was removed.
    """
    if is_source_language(app):
        return
    domain = docname_to_domain(docname, app.config.gettext_compact)
    path = catalog_folder(_compiled_folder(app), current_language(app).locale) / f"{domain}.mo"
    if path.is_file():
        app.env.note_dependency(path, docname=docname)


def data_catalog(app: Sphinx, name: str) -> DataCatalog:
    """The translations of ``_data/<name>``, in the language that is being built.

    Note ``.path`` as a dependency of the page that shows them, and the page follows the .po.
    """
    return domain_catalog(app, f"{DATA}/{name}")


def domain_catalog(app: Sphinx, domain: str) -> DataCatalog:
    """The translations of a domain that has one in every language: of conf.py or of a data file."""
    locale = current_language(app).locale
    path = catalog_folder(_compiled_folder(app), locale) / f"{domain}.mo"
    with path.open("rb") as file:
        return DataCatalog(path, gettext.GNUTranslations(file))


def _compile(app: Sphinx) -> CompiledCatalogs:
    locale = current_language(app).locale
    return compile_site_catalogs(hub_settings(app), locale, Path(app.doctreedir), KINDS)


def _compiled_folder(app: Sphinx) -> Path:
    return Path(app.doctreedir) / COMPILED


def compiled_progress(app: Sphinx) -> Progress:
    """How many messages of the language that is being built are translated."""
    return _compile(app).total
