"""Extract the messages of the sources and merge them into the catalogs of each language."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sphinx_hub
from sphinx_hub.building.new_language import new_language, table_of, with_language
from sphinx_hub.catalogs.compiled import catalog_files, catalog_folder, write_if_changed
from sphinx_hub.catalogs.conversion import ChineseConverter, ConversionError
from sphinx_hub.catalogs.faults import catalog_faults
from sphinx_hub.catalogs.freshness import SOURCES, Freshness
from sphinx_hub.catalogs.glossary import GLOSSARY, load_glossary
from sphinx_hub.catalogs.headers import HeaderValues
from sphinx_hub.catalogs.interface import DOMAIN, interface_contents
from sphinx_hub.catalogs.language_update import Catalogs, LanguageUpdate, update_language
from sphinx_hub.catalogs.lock import locked
from sphinx_hub.catalogs.merge import Rules
from sphinx_hub.catalogs.po_files import parse_po
from sphinx_hub.catalogs.transaction import finish_interrupted, write_together
from sphinx_hub.problems import Code, Problem, ProblemsError
from sphinx_hub.records.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_hub.catalogs.glossary import Term
    from sphinx_hub.catalogs.merge import Merged
    from sphinx_hub.catalogs.suggestions import Suggestion
    from sphinx_hub.settings import Language, Settings

#: Beside ``LC_MESSAGES``, where neither Sphinx nor gettext nor a translator's tool looks for catalogs.
RETIRED: Final = "retired"
#: Beside the output: it keeps two updates apart.
LOCK: Final = "update.lock"
#: Hosts that keep a list of issues at this address below a repository's own.
_WITH_ISSUES: Final = re.compile(r"https://(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|gitee\.com)/")


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """What the gettext builder made."""

    folder: Path
    """Holds the .pot files, and which pages are written in another language than the site."""
    exit_code: int
    complaints: str


@dataclass(kw_only=True)
class _Files:
    """The catalogs of a language as they were read."""

    language: Language
    folder: Path
    """Of the active catalogs."""
    shelf: Path
    """Of the retired ones."""
    contents: dict[Path, bytes] = field(default_factory=dict)

    def catalogs(self) -> Catalogs:
        """The contents by domain."""
        return Catalogs(active=self._below(self.folder), retired=self._below(self.shelf))

    def _below(self, folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).with_suffix("").as_posix(): content
            for path, content in self.contents.items()
            if path.is_relative_to(folder)
        }


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
            proposals = converter.proposals(_read(settings, [source])[0].catalogs().active)
        lines = update_catalogs(settings, languages, extraction, proposals=proposals)
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
    folder = _name(settings, catalog_folder(settings.catalogs_path, language.locale))
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
    freshness.forget()
    for pot in folder.rglob("*.pot"):
        pot.unlink()  # that of a page which is gone would make its catalog anew
    doctrees = settings.output_path.parent / "doctrees" / "gettext"
    command = [
        *(sys.executable, "-m", "sphinx", "-b", "gettext", "-q", "-W", "--keep-going", "--no-color"),
        *("-c", str(settings.root), "-d", str(doctrees)),
        *("-D", f"language={settings.source_locale}"),
        *(str(settings.source_path), str(folder)),
    ]
    run = subprocess.run(
        command, cwd=settings.root, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    for pot in sorted(folder.rglob("*.pot")):
        _tidy_template(pot)
    if run.returncode:
        # Sphinx repeats no warning for a page that it has already read.
        (doctrees / "environment.pickle").unlink(missing_ok=True)
    else:
        own = ("pyproject.toml", "conf.py", f"{settings.catalogs}/{GLOSSARY}")
        freshness.note(settings.root / name for name in own)
    return Extraction(folder=folder, exit_code=run.returncode, complaints=run.stderr)


def finish_earlier_update(settings: Settings) -> list[Problem]:
    """Finish an update that was stopped midway; returns a warning for each catalog changed since."""
    problems = finish_interrupted(settings.catalogs_path, lambda path: _aside(settings, path))
    package = _own_package(settings)
    if package is not None:
        problems += finish_interrupted(package / "locale", lambda _path: None)
    return problems


def update_catalogs(
    settings: Settings,
    languages: Sequence[Language],
    extraction: Extraction,
    *,
    proposals: Mapping[str, Mapping[str, Suggestion]] | None = None,
) -> list[str]:
    """Merge the extracted messages into the .po files of ``languages``.

    A language has no catalog for a page that is written in it, so the source language has catalogs only
    for pages that are written in another. Templates of the interface are left out: their catalog ships
    with the package. ``proposals`` are suggestions by domain and key. Returns a line for each catalog that
    is new, changed, or somewhere else than before.

    :raises ProblemsError: with every catalog that cannot be read or written; then none was touched.
    """
    written_in = _page_locales(extraction.folder)
    templates = {
        pot.relative_to(extraction.folder).with_suffix("").as_posix(): parse_po(pot.read_bytes())
        for pot in sorted(extraction.folder.rglob("*.pot"))
    }
    templates.pop("sphinx", None)
    files = _read(settings, languages)
    changes: dict[Path, bytes | None] = {}
    lines: list[str] = []
    for found in files:
        language = found.language
        wanted = {
            domain: template
            for domain, template in templates.items()
            if written_in.get(domain, settings.source_locale) != language.locale
        }
        result = update_language(
            wanted,
            found.catalogs(),
            _rules(settings, language),
            source=settings.source,
            proposals=proposals,
        )
        changes |= _changes(found, result)
        lines += _lines(settings, found, result)
    read = {path: content for found in files for path, content in found.contents.items()}
    write_together(settings.catalogs_path, changes, read)
    return sorted(lines)


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
    contents = interface_contents(package, today(), locales, _header(settings))
    known = {path for path in contents if path.exists()}
    changed = write_together(folder, contents)
    return [
        f"{'Update' if path in known else 'Create'}: {_name(settings, path)}"
        for path in changed
        if path.suffix == ".po"
    ]


def _read(settings: Settings, languages: Sequence[Language]) -> list[_Files]:
    """The catalogs of ``languages``.

    :raises ProblemsError: with every one that cannot be merged.
    """
    problems: list[Problem] = []
    files = []
    for language in languages:
        folder = catalog_folder(settings.catalogs_path, language.locale)
        found = _Files(language=language, folder=folder, shelf=folder.parent / RETIRED)
        paths = [path for _domain, path in catalog_files(settings.catalogs_path, language.locale)]
        for path in (*paths, *sorted(found.shelf.rglob("*.po"))):
            try:
                content = path.read_bytes()
            except OSError as error:
                message = f"cannot be read: {error.strerror}"
                problems.append(Problem(path, 1, Code.CATALOG_SYNTAX, message))
                continue
            problems += catalog_faults(path, content, language.locale)
            found.contents[path] = content
        files.append(found)
    if problems:
        raise ProblemsError(problems)
    return files


def _changes(files: _Files, result: LanguageUpdate) -> dict[Path, bytes | None]:
    """What all files of a language will hold; None for those that will be no more."""
    after: dict[Path, bytes | None] = {}
    for domain, merged in result.merged.items():
        after[files.folder / f"{domain}.po"] = merged.content
    for domain, content in result.retired.items():
        after[files.shelf / f"{domain}.po"] = content
    for domain in (*result.gone, *result.renamed.values()):
        after.setdefault(files.folder / f"{domain}.po", None)
    for path in files.contents:
        if path.is_relative_to(files.shelf):
            after.setdefault(path, None)
    return after


def _lines(settings: Settings, files: _Files, result: LanguageUpdate) -> Iterator[str]:
    """What an update did to a language, a line for each catalog."""
    for domain, merged in result.merged.items():
        path = files.folder / f"{domain}.po"
        name, counts = _name(settings, path), _counts(merged)
        if domain in result.renamed:
            former = _name(settings, files.folder / f"{result.renamed[domain]}.po")
            yield f"Move: {former} to {name}, with its page{counts}"
        elif domain in result.returned:
            yield f"Restore: {name}, since its page is there again{counts}"
        elif path not in files.contents:
            yield f"Create: {name}{counts}"
        elif files.contents[path] != merged.content:
            yield f"Update: {name}{counts}"
    days = settings.obsolete_days
    for domain in result.gone:
        name, target = _name(settings, files.folder / f"{domain}.po"), files.shelf / f"{domain}.po"
        if domain not in result.retired:
            yield f"Remove: {name}, which had no translation left: its page is gone"
            continue
        until = f"or is deleted after {days} days" if days else "however late"
        yield f"Retire: {name} to {_name(settings, target)}: its page is gone. It comes back with it, {until}"
    for domain in result.expired:
        yield f"Delete: {_name(settings, files.shelf / f'{domain}.po')}, retired for more than {days} days"


def _counts(result: Merged) -> str:
    """What changed beside line numbers."""
    counts = [f"+{result.added}, -{result.gone}"] if result.added or result.gone else []
    for count, word in (
        (result.outdated, "outdated"),
        (result.moved, "moved here"),
        (result.suggested, "suggested"),
        (result.expired, "expired"),
    ):
        counts += [f"{count} {word}"] if count else []
    return f" {', '.join(counts)}" if counts else ""


def _rules(settings: Settings, language: Language) -> Rules:
    return Rules(
        locale=language.locale, day=today(), keep_days=settings.obsolete_days, header=_header(settings)
    )


def _header(settings: Settings) -> HeaderValues:
    repository = settings.repository.rstrip("/")
    return HeaderValues(bugs=f"{repository}/issues" if _WITH_ISSUES.match(repository) else repository)


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


def _name(settings: Settings, path: Path) -> str:
    return path.relative_to(settings.root).as_posix()


def _page_locales(folder: Path) -> Mapping[str, str]:
    """Domain -> locale, of the pages that are written in another language than the site."""
    path = folder / SOURCES
    if not path.is_file():
        return {}
    locales: dict[str, str] = json.loads(path.read_text("utf-8"))
    return locales


def _tidy_template(pot: Path) -> None:
    """Name sources from the project's root, as a reader of a .po knows them, and drop placeholders."""
    text = pot.read_text("utf-8")
    text = re.sub(r"(?m)^#: (?:\.\./)+", "#: ", text)
    # A space would end the name; gettext has these marks around it.
    text = re.sub(r"(?m)^#: (.* .*)(:\d+)$", "#: \u2068\\1\u2069\\2", text)
    text = re.sub(r"(?m)^# (?:SOME DESCRIPTIVE TITLE|FIRST AUTHOR|Copyright \(C\)).*\n", "", text)
    pot.write_text(text, "utf-8")
