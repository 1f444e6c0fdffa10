"""Extract the messages of the sources and merge them into the catalogs of each language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sphinx_hub
from sphinx_hub.building.catalog_update import (
    RETIRED,
    CatalogFolder,
    header_values,
    shown_name,
    update_catalogs,
)
from sphinx_hub.building.new_language import new_language, table_of, with_language
from sphinx_hub.building.sphinx_process import run_sphinx
from sphinx_hub.catalogs.compiled import catalog_folder, write_if_changed
from sphinx_hub.catalogs.conversion import ChineseConverter, ConversionError
from sphinx_hub.catalogs.faults import catalog_faults
from sphinx_hub.catalogs.freshness import Freshness
from sphinx_hub.catalogs.glossary import GLOSSARY, load_glossary
from sphinx_hub.catalogs.interface import DOMAIN, interface_contents
from sphinx_hub.catalogs.lock import locked
from sphinx_hub.catalogs.transaction import finish_interrupted, write_together
from sphinx_hub.problems import Problem, ProblemsError
from sphinx_hub.records.day import today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.catalogs.glossary import Term
    from sphinx_hub.settings import Language, Settings

#: So many sources are read faster than a second process starts.
_FEW: Final = 10
#: Beside the output: it keeps two updates apart.
LOCK: Final = "update.lock"


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """What the gettext builder made."""

    folder: Path
    """Holds the .pot files, and which pages are written in another language than the site."""
    exit_code: int
    complaints: str


class UpdateRefusedError(Exception):
    """The command asks for what cannot be done; says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class UpdateResult:
    """What :func:`update` did."""

    lines: tuple[str, ...] = ()
    """One for each catalog that is new, changed or somewhere else, and the rows that the table got."""
    complaints: str = ""
    """What kept the messages from being extracted; then nothing was done."""
    warnings: tuple[Problem, ...] = ()
    """What became of an earlier update that was stopped midway."""


def update(settings: Settings, locales: Sequence[str], *, suggest_from: str | None = None) -> UpdateResult:
    """Extract the messages and merge them into the catalogs of ``locales``, or of all languages.

    A locale that the table of languages lacks is added to it. With ``suggest_from``, texts without a
    translation are suggested what that locale has.

    :raises ProblemsError: with every locale that is none, and every catalog that cannot be read or written;
        then nothing was changed.
    :raises UpdateRefusedError: there is no conversion between the locales, or OpenCC is not installed.
    :raises sphinx_hub.catalogs.lock.LockedError: another update is running.
    """
    settings, languages, new = _with_new_languages(settings, locales)
    converter = None if suggest_from is None else _converter(settings, languages, locales, suggest_from)
    with locked(settings.output_path.parent / LOCK):
        warnings = tuple(finish_earlier_update(settings))
        extraction = extract_messages(settings)
        if extraction.exit_code:
            return UpdateResult(complaints=extraction.complaints or "Sphinx said nothing.", warnings=warnings)
        proposals = None
        if converter is not None:
            source = settings.language(converter.source)
            proposals = converter.proposals(CatalogFolder(settings, source).read().active)
        lines = update_catalogs(settings, languages, extraction.folder, proposals=proposals)
        lines += update_interface(settings, languages)
        for language in new:
            lines += _add_to_table(settings, language)
    return UpdateResult(lines=tuple(lines), warnings=warnings)


def _with_new_languages(
    settings: Settings, locales: Sequence[str]
) -> tuple[Settings, Sequence[Language], list[Language]]:
    """The settings with a row for each new locale; the languages that are meant; and the new ones.

    :raises ProblemsError: with every locale that is none.
    """
    new: list[Language] = []
    problems: list[Problem] = []
    for locale in dict.fromkeys(locales):
        if locale not in settings.locales:
            try:
                new.append(new_language(settings, locale))
            except ProblemsError as error:
                problems += error.problems
    if problems:
        raise ProblemsError(problems)
    settings = replace(settings, languages=(*settings.languages, *new))
    wanted = locales or settings.locales
    return settings, [language for language in settings.languages if language.locale in wanted], new


def _add_to_table(settings: Settings, language: Language) -> list[str]:
    """Write a row into ``pyproject.toml``, or say which one is missing."""
    path = settings.root / "pyproject.toml"
    content = with_language(path.read_bytes(), language)
    row = f"\n{table_of(language)}"
    if content is None:
        return [f"Add this to the languages in pyproject.toml:\n{row}"]
    write_if_changed(path, content)
    folder = shown_name(settings, catalog_folder(settings.catalogs_path, language.locale))
    return [
        f"Added to pyproject.toml:\n{row}",
        f"Change name, path and tag as you like. The language can be built once {folder} has a translation.",
    ]


def _converter(
    settings: Settings, languages: Sequence[Language], locales: Sequence[str], source: str
) -> ChineseConverter:
    """What converts the translations of ``source`` to the one language that is named.

    :raises UpdateRefusedError: there is no such conversion.
    :raises ProblemsError: with every problem of the glossary.
    """
    if len(locales) != 1:
        raise UpdateRefusedError(
            f"--suggest-from {source} needs the one locale that gets the suggestions, as in"
            f" `sphinx-hub update zh_TW --suggest-from {source}`"
        )
    settings.language(source)
    terms: tuple[Term, ...] = ()
    glossary = settings.catalogs_path / GLOSSARY
    if glossary.exists():
        targets = [locale for locale in settings.locales if locale != settings.source_locale]
        terms, problems = load_glossary(glossary, source=settings.source_locale, targets=targets)
        errors = [problem for problem in problems if problem.severity == "error"]
        if errors:
            raise ProblemsError(errors)
    try:
        return ChineseConverter(source, languages[0].locale, terms)
    except ConversionError as error:
        raise UpdateRefusedError(str(error)) from error


def extract_messages(settings: Settings) -> Extraction:
    """Run the gettext builder over the sources, unless its templates are fresh."""
    folder = settings.output_path.parent / "gettext"
    freshness = Freshness(folder, settings.source_path)
    if freshness.is_given():
        return Extraction(folder=folder, exit_code=0, complaints="")
    processes = "auto" if freshness.changed_sources() > _FEW else "1"
    freshness.forget()
    doctrees = settings.output_path.parent / "doctrees" / "gettext"
    arguments = [
        *("-b", "gettext", "-q", "-W", "--keep-going", "--no-color"),
        *("-c", str(settings.root), "-d", str(doctrees)),
        *("-D", f"language={settings.source_locale}"),
        *("-D", "smartquotes=0"),  # no message has what they make, and they take a tenth of the time
        *("-j", processes),
        *(str(settings.source_path), str(folder)),
    ]
    exit_code, complaints = run_sphinx(arguments, settings.root)
    if exit_code:
        # Sphinx repeats no warning for a page that it has already read.
        (doctrees / "environment.pickle").unlink(missing_ok=True)
    else:
        own = ("pyproject.toml", "conf.py", f"{settings.catalogs}/{GLOSSARY}")
        freshness.note(settings.root / name for name in own)
    return Extraction(folder=folder, exit_code=exit_code, complaints=complaints)


def finish_earlier_update(settings: Settings) -> list[Problem]:
    """Finish an update that was stopped midway; returns a warning for each catalog changed since."""
    problems = finish_interrupted(settings.catalogs_path, lambda path: _aside(settings, path))
    package = _own_package(settings)
    if package is not None:
        problems += finish_interrupted(package / "locale", lambda _path: None)
    return problems


def update_interface(settings: Settings, languages: Sequence[Language]) -> list[str]:
    """Bring the interface's own catalogs up to date, where the package is part of the project.

    In every other project the package is installed, and its files are not the project's to write. Returns
    a line for each .po file that is new or changed.

    :raises ProblemsError: with every catalog that cannot be read or written; then none was touched.
    """
    package = _own_package(settings)
    if package is None:
        return []
    folder = package / "locale"
    names = [f"{language.locale}/LC_MESSAGES/{DOMAIN}.po" for language in languages]
    paths = {folder / name for name in names} | set(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    problems = [
        problem
        for path in sorted(paths)
        if path.is_file()
        for problem in catalog_faults(path, path.read_bytes(), path.parent.parent.name)
    ]
    if problems:
        raise ProblemsError(problems)
    locales = [language.locale for language in languages if language.locale != settings.source_locale]
    contents = interface_contents(package, today(), locales, header_values(settings))
    known = {path for path in contents if path.exists()}
    changed = write_together(folder, contents)
    return [
        f"{'Update' if path in known else 'Create'}: {shown_name(settings, path)}"
        for path in changed
        if path.suffix == ".po"
    ]


def _own_package(settings: Settings) -> Path | None:
    package = Path(sphinx_hub.__file__).resolve().parent
    return package if package.is_relative_to(settings.root) else None


def _aside(settings: Settings, path: Path) -> Path:
    """Where the new version of a catalog is put that somebody changed since: its texts are not lost there."""
    relative = path.relative_to(settings.catalogs_path)
    locale, *rest = relative.parts
    target = settings.catalogs_path.joinpath(locale, RETIRED, *rest[1:])
    while target.exists():
        target = target.with_stem(f"{target.stem}-2")
    return target
