"""What ``sphinx-hub check`` says of the catalogs and the glossary of a project as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_hub.catalogs.compiled import catalog_files, catalog_folder, read_entries
from sphinx_hub.catalogs.credits import credit_problems
from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.glossary import GLOSSARY, load_glossary
from sphinx_hub.problems import Code, Problem, display_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx_hub.settings import Language, Settings


def catalog_problems(settings: Settings) -> list[Problem]:
    """Every problem of the catalogs of every language."""
    return [
        problem
        for language in settings.languages
        if language.locale != settings.source_locale
        for problem in _language_problems(settings, language)
    ]


def project_catalogs(settings: Settings) -> list[Path]:
    """The catalogs of every language of the project, also of pages that are written in another language."""
    return [
        path for locale in settings.locales for _domain, path in catalog_files(settings.catalogs_path, locale)
    ]


def glossary_problems(settings: Settings) -> list[Problem]:
    """Every problem of the glossary; a project without one has none."""
    path = settings.catalogs_path / GLOSSARY
    if not path.exists():
        return []
    source = settings.source_locale
    targets = [locale for locale in settings.locales if locale != source]
    return list(load_glossary(path, source=source, targets=targets)[1])


def _language_problems(settings: Settings, language: Language) -> Iterator[Problem]:
    folder = catalog_folder(settings.catalogs_path, language.locale)
    if not folder.is_dir():
        message = f"there is no folder {display_path(folder)}: run `sphinx-hub update {language.locale}`"
        yield Problem(folder, 1, Code.CATALOG_FOLDER, message)
        return
    translated = 0
    for domain, path in catalog_files(settings.catalogs_path, language.locale):
        entries = read_entries(path, language.locale)
        if isinstance(entries, Problem):
            continue  # the check of the entries says what is wrong with it
        yield from credit_problems(path)
        translated += sum(entry.state is not State.UNTRANSLATED for entry in entries)
        if not _has_source(settings, domain):
            yield Problem(
                path, 1, Code.CATALOG_ORPHAN, f"no page or data file belongs to the catalog {domain!r}"
            )
    if not translated:
        message = f"no message of {language.locale} is translated"
        yield Problem(folder, 1, Code.CATALOG_EMPTY, message)


def _has_source(settings: Settings, domain: str) -> bool:
    if domain in {"_site", "sphinx"}:
        return True
    suffixes = (".yaml",) if domain.startswith("_data/") else (".md", ".rst")
    return any((settings.source_path / f"{domain}{suffix}").is_file() for suffix in suffixes)
