"""Catalogs for the build: compiled into the doctree folder, read by pages and by directives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from sphinx.errors import ConfigError
from sphinx.util import logging

from sphinx_hub import records
from sphinx_hub.catalogs.compiled import (
    COMPILED,
    DATA,
    CompiledCatalogs,
    catalog_folder,
    compile_site_catalogs,
    compiled_path,
    load_compiled,
)
from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.markup_safety import plain_excess
from sphinx_hub.catalogs.pseudo import is_pseudo
from sphinx_hub.i18n.languages import current_language, hub_settings, is_source_language
from sphinx_hub.i18n.page import place_of, warn_unsafe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_hub.catalogs.counts import Progress
    from sphinx_hub.catalogs.entries import Entry
    from sphinx_hub.catalogs.markup_safety import Excess

logger = logging.getLogger(__name__)

#: The kinds of sources that this package parses; Sphinx itself translates those of other kinds.
_MARKDOWN: Final = frozenset({"markdown", "md", "myst"})


#: What was compiled on config-inited.
_compiled: WeakKeyDictionary[Sphinx, CompiledCatalogs] = WeakKeyDictionary()


@dataclass(frozen=True)
class DataCatalog:
    """The translations of one domain that belongs to no page: plain texts."""

    path: Path
    """The compiled catalog. It always exists, and its time changes only when its messages do."""
    _translations: Mapping[str, str]
    _places: Mapping[str, str]
    """Message -> where its translation stands, as ``path:line``."""
    _outdated: Mapping[str, Entry]
    """Message -> its entry, of those that changed since they were translated."""

    def warn(self, message: str, excesses: Sequence[Excess]) -> None:
        """Say where the translation of ``message`` does what its source does not."""
        warn_unsafe(self._places.get(message, str(self.path)), excesses)

    def gettext(self, message: str) -> str:
        """The translation of ``message``, or ``message`` itself where there is none."""
        return self._translations.get(message, message)

    def has(self, message: str) -> bool:
        """Whether ``message`` is translated, perhaps to the same words."""
        return message in self._translations

    def outdated(self, message: str) -> Entry | None:
        """The entry of ``message`` where its translation is of a former text of it, else None."""
        return self._outdated.get(message)


def compile_for_build(app: Sphinx, config: Config) -> None:
    """On config-inited: compile the catalogs of the language.

    Sphinx is given catalogs only for sources in another markup than MyST, as its ``locale_dirs``: a
    folder of the build and an absolute path, since Sphinx resolves that value against the source folder
    and sphinx-intl against conf.py's (STACK-DEFECTS A4).
    """
    language = current_language(app)
    config.exclude_patterns = [*config.exclude_patterns, *language.exclude]
    config.gettext_auto_build = False
    # Sphinx's builders resolve a relative path against different folders, conf.py's or the sources'.
    config.templates_path = [str(Path(app.confdir) / path) for path in config.templates_path]
    if is_pseudo(language.locale):
        # CLDR does not know the locale, so dates are written in English, within the marks of their message.
        config.suppress_warnings = [*config.suppress_warnings, "i18n.babel"]
    compiled = _compiled[app] = _compile(app)
    config.locale_dirs = [] if is_source_language(app) else [str(compiled.folder)]


def refuse_untranslated(app: Sphinx) -> None:
    """On builder-inited: stop where Sphinx would quietly build a site in the source language.

    :raises sphinx.errors.ConfigError: the language has no folder of catalogs, none of its messages
        is translated, or a catalog cannot be read.
    """
    if app.builder.name == "gettext":
        return
    compiled = _compiled[app]
    # The source language has catalogs only where pages are written in another.
    problems = compiled.unreadable if is_source_language(app) else compiled.problems
    if problems:
        raise ConfigError("\n".join(map(str, sorted(problems))))


def data_catalog(app: Sphinx, name: str) -> DataCatalog:
    """The translations of ``_data/<name>``, in the language that is being built.

    Note ``.path`` as a dependency of the page that shows them, and the page follows the .po.
    """
    return domain_catalog(app, f"{DATA}/{name}")


def domain_catalog(app: Sphinx, domain: str) -> DataCatalog:
    """The translations of a domain that has a catalog in every language: of conf.py or of a data file.

    A translation that does what its source does not is warned of and left out.
    """
    settings, language = hub_settings(app), current_language(app)
    folder = Path(app.doctreedir) / COMPILED
    translations: dict[str, str] = {}
    places: dict[str, str] = {}
    outdated: dict[str, Entry] = {}
    po = catalog_folder(settings.catalogs_of(language.locale), language.locale) / f"{domain}.po"
    for entry in load_compiled(folder, language.locale, domain):
        if entry.state is State.UNTRANSLATED:
            continue
        places[entry.msgid] = place_of(po, entry.line)
        excesses = plain_excess(entry.msgid, entry.msgstr, rtl=language.direction == "rtl")
        if excesses:
            warn_unsafe(places[entry.msgid], excesses)
        else:
            translations[entry.msgid] = entry.msgstr
            if entry.state is State.OUTDATED:
                outdated[entry.msgid] = entry
    return DataCatalog(compiled_path(folder, language.locale, domain), translations, places, outdated)


def catalog_entries(app: Sphinx, domain: str) -> tuple[Entry, ...]:
    """The entries of a domain in the language being built, with their lines in the .po as it is now."""
    return load_compiled(Path(app.doctreedir) / COMPILED, current_language(app).locale, domain)


def catalog_lines(app: Sphinx, domain: str) -> bytes:
    """What changes whenever an entry of a domain has another line in its .po; empty without a catalog."""
    compiled = compiled_path(Path(app.doctreedir) / COMPILED, current_language(app).locale, domain)
    path = compiled.with_suffix(".lines.json")
    return path.read_bytes() if path.is_file() else b""


def compiled_counts(app: Sphinx) -> dict[str, Progress]:
    """Domain -> how much of its catalog is translated, in the language that is being built."""
    # A build goes by one state of the catalogs; a preview by what they are now.
    return (_compile(app) if app.config.hub_preview else _compiled[app]).progress


def _compile(app: Sphinx) -> CompiledCatalogs:
    locale = current_language(app).locale
    other_markup = [
        suffix
        for suffix, kind in app.config.source_suffix.items()
        if (kind or "restructuredtext") not in _MARKDOWN
    ]

    def as_mo(domain: str) -> bool:
        return any((Path(app.srcdir) / f"{domain}{suffix}").is_file() for suffix in other_markup)

    return compile_site_catalogs(
        hub_settings(app),
        locale,
        Path(app.doctreedir),
        records.DATA_NAMES,
        as_mo,
        keep_unreadable=app.config.hub_preview,
    )
