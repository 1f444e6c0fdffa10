"""Compile .po files into a folder of the build, by content and never beside their sources.

Sphinx compiles next to the .po and goes by modification times, so a deleted .po lives on in its .mo,
and one that is older than its .mo is ignored. Here the folder of the build mirrors the .po files
exactly: what changed is compiled, what is gone is removed, what stayed keeps its file and its time.
"""

from __future__ import annotations

import io
import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message

from sphinx_hub.problems import Code, Problem, display_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sphinx_hub.settings import Settings

#: Folder of the compiled catalogs within the doctree folder.
COMPILED: Final = "catalogs"
#: Domain of the strings of conf.py that readers see.
SITE: Final = "_site"
#: Folder of the domains of the data files, one for each kind of record.
DATA: Final = "_data"
_COUNTS: Final = "counts.json"
_NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many messages there are, and how many of them are translated; fuzzy ones are not."""

    translated: int = 0
    total: int = 0

    def __add__(self, other: Progress) -> Progress:
        return Progress(translated=self.translated + other.translated, total=self.total + other.total)


@dataclass(frozen=True, kw_only=True)
class CompiledCatalogs:
    """What :func:`compile_catalogs` made."""

    locale: str
    source: Path
    """The folder of the .po files of the locale."""
    folder: Path
    """Holds ``<locale>/LC_MESSAGES/**/*.mo``; serves as one of Sphinx's ``locale_dirs``."""
    progress: dict[str, Progress]
    """Domain -> counts."""
    unreadable: tuple[Problem, ...]
    """The catalogs that could not be read."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What makes a build of the language pointless: it would be a site in the source language."""
        if not self.source.is_dir():
            message = f"there is no folder {display_path(self.source)}: run `sphinx-hub update {self.locale}`"
            return (*self.unreadable, Problem(self.source, 1, Code.CATALOG_FOLDER, message))
        if not self.total.translated:
            message = f"no message of {self.locale} is translated: its pages would be in the source language"
            return (*self.unreadable, Problem(self.source, 1, Code.CATALOG_EMPTY, message))
        return self.unreadable

    @property
    def total(self) -> Progress:
        """The counts of all domains together."""
        return sum(self.progress.values(), start=Progress())


def catalog_folder(catalogs: Path, locale: str) -> Path:
    """The folder of the .po files of ``locale``."""
    return catalogs / locale / "LC_MESSAGES"


def catalog_files(catalogs: Path, locale: str) -> Iterator[tuple[str, Path]]:
    """(domain, path) of every .po of ``locale``, sorted by domain; files in dot folders are none."""
    folder = catalog_folder(catalogs, locale)
    found = []
    for path in folder.rglob("*.po"):
        relative = path.relative_to(folder)
        if not any(part.startswith(".") for part in relative.parts):
            found.append((relative.with_suffix("").as_posix(), path))
    yield from sorted(found)


def read_catalog(path: Path, locale: str) -> Catalog | Problem:
    """The catalog at ``path``, or the problem that keeps it from being read."""
    try:
        with path.open("rb") as file:
            return pofile.read_po(file, locale=locale, abort_invalid=True)
    except pofile.PoFileError as error:
        # Babel counts lines from 0, and says the number in its message too.
        message = re.sub(r" on \d+$", "", str(error))
        return Problem(path, error.lineno + 1, Code.CATALOG_SYNTAX, message)
    except (OSError, UnicodeDecodeError, LookupError, ValueError) as error:
        return Problem(path, 1, Code.CATALOG_SYNTAX, f"cannot be read: {error}")


def count_messages(catalog: Catalog) -> Progress:
    """The counts of one catalog, as ``msgfmt --statistics`` makes them: no header, no obsolete entry."""
    total = translated = 0
    for message in catalog:
        if not message.id:
            continue
        total += 1
        translated += _is_translated(message)
    return Progress(translated=translated, total=total)


def compile_catalogs(
    catalogs: Path, locale: str, folder: Path, *, always: Iterable[str] = ()
) -> CompiledCatalogs:
    """Make ``folder`` mirror the .po files of ``locale`` below ``catalogs``.

    Each .po is copied beside its .mo, since Sphinx looks for the one to find the other. A file that
    cannot be read is reported and left out; the others are compiled all the same. The domains in
    ``always`` get an empty .mo where there is no .po, so that a page can depend on them.
    """
    target = catalog_folder(folder, locale)
    counts_path = target / _COUNTS
    known = _read_counts(counts_path)
    progress: dict[str, Progress] = {}
    unreadable: list[Problem] = []
    for domain, path in catalog_files(catalogs, locale):
        po, mo = target / f"{domain}.po", target / f"{domain}.mo"
        try:
            content = path.read_bytes()
        except OSError as error:
            unreadable.append(Problem(path, 1, Code.CATALOG_SYNTAX, f"cannot be read: {error}"))
            continue
        if domain in known and mo.is_file() and po.is_file() and po.read_bytes() == content:
            progress[domain] = known[domain]
            continue
        catalog = read_catalog(path, locale)
        if isinstance(catalog, Problem):
            unreadable.append(catalog)
            continue
        progress[domain] = count_messages(catalog)
        mo.parent.mkdir(parents=True, exist_ok=True)
        po.write_bytes(content)
        write_if_changed(mo, mo_bytes(catalog))
    empty = set(always) - progress.keys()
    for domain in sorted(empty):
        write_if_changed(target / f"{domain}.mo", mo_bytes(Catalog(locale=locale)))
    _remove_others(target, po=progress.keys(), mo=progress.keys() | empty)
    if progress or target.is_dir():
        rows = {domain: [count.translated, count.total] for domain, count in progress.items()}
        write_if_changed(counts_path, json.dumps(rows, indent=1).encode())
    return CompiledCatalogs(
        locale=locale,
        source=catalog_folder(catalogs, locale),
        folder=folder,
        progress=progress,
        unreadable=tuple(unreadable),
    )


def compile_site_catalogs(
    settings: Settings, locale: str, doctrees: Path, kinds: Iterable[str]
) -> CompiledCatalogs:
    """Compile the catalogs of ``locale`` into the doctree folder ``doctrees`` of its build.

    The ``kinds`` of records and conf.py have a compiled catalog in every language, also without a .po.
    """
    always = [SITE, *(f"{DATA}/{kind}" for kind in kinds)]
    return compile_catalogs(settings.catalogs_path, locale, doctrees / COMPILED, always=always)


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalog as a .mo file; fuzzy messages and the header's dates are left out.

    With the dates in it, a catalog that was merely updated would look changed to every page. Babel
    would write an untranslated plural with its English singular for every number.
    """
    for message in catalog:
        if message.id and not _is_translated(message):
            message.flags.add("fuzzy")
    catalog.creation_date = catalog.revision_date = _NO_DATE
    buffer = io.BytesIO()
    mofile.write_mo(buffer, catalog)
    return buffer.getvalue()


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write ``content``, whole or not at all, unless the file holds it already; whether it was written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    os.replace(temporary, path)  # noqa: PTH105 the replace() of Sphinx's own paths is that of strings
    return True


def _is_translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string or [""]
    return all(strings) and not message.fuzzy


def _remove_others(target: Path, *, po: AbstractSet[str], mo: AbstractSet[str]) -> None:
    """Remove what no .po stands behind any more."""
    for suffix, kept in ((".po", po), (".mo", mo)):
        for path in target.rglob(f"*{suffix}"):
            if path.relative_to(target).with_suffix("").as_posix() not in kept:
                path.unlink()


def _read_counts(path: Path) -> dict[str, Progress]:
    try:
        rows = json.loads(path.read_text("utf-8"))
        return {domain: Progress(translated=row[0], total=row[1]) for domain, row in rows.items()}
    except (OSError, ValueError, LookupError, AttributeError):
        return {}
