"""Compile .po files into a folder of the build, by content and never beside their sources.

Sphinx compiles next to the .po and goes by modification times, so a deleted .po lives on in its .mo,
and one that is older than its .mo is ignored. Here the folder of the build mirrors the .po files
exactly: what changed is compiled, what is gone is removed, what stayed keeps its file and its time.

A .mo knows a translation and nothing else. The build needs to know its state, its former source and its
place, so a catalog is compiled to two files: ``<domain>.json`` is what readers are shown, and
``<domain>.lines.json`` is where each entry stands. A page depends on the first alone: after a comment that
moves the lines of a .po none is read anew, and only those that show the lines are written.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from babel.messages import mofile
from babel.messages.pofile import PoFileError

from sphinx_hub.catalogs.counts import Progress, count_entries
from sphinx_hub.catalogs.entries import Entry, State, is_translated
from sphinx_hub.catalogs.po_files import read_po, unreadable
from sphinx_hub.catalogs.quick import read_entries_of
from sphinx_hub.catalogs.stamps import lasting_stamp
from sphinx_hub.problems import Code, Problem, display_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from babel.messages.catalog import Catalog

    from sphinx_hub.settings import Settings

#: Folder of the compiled catalogs within the doctree folder.
COMPILED: Final = "catalogs"
#: Domain of the strings of conf.py that readers see.
SITE: Final = "_site"
#: Folder of the domains of the data files, one for each kind of record.
DATA: Final = "_data"
#: What is known of each compiled catalog: the digest of its .po, and its counts.
_KNOWN: Final = "known.json"
_NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class CompiledCatalogs:
    """What :func:`compile_catalogs` made."""

    locale: str
    source: Path
    """The folder of the .po files of the locale."""
    folder: Path
    """Holds ``<locale>/LC_MESSAGES/**/*.json``, and a .mo where one was asked for."""
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
        if not self.total.current and not self.total.outdated:
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
    names = (name for name in names_below(folder) if name.endswith(".po") and "/." not in f"/{name}")
    yield from sorted((name.removesuffix(".po"), folder / name) for name in names)


def names_below(folder: Path) -> list[str]:
    """Each file below ``folder``, by its path within it: objects for paths would take longer than reading."""
    root = str(folder)
    found = []
    for here, _folders, names in os.walk(root):
        within = f"{here[len(root) + 1 :]}/".replace(os.sep, "/").removeprefix("/")
        found += [f"{within}{name}" for name in names]
    return found


def parse_catalog(content: bytes, path: Path, locale: str) -> Catalog | Problem:
    """The catalog that the bytes ``content`` of the file ``path`` hold, or what keeps it from being read."""
    try:
        return read_po(content, locale)
    except (PoFileError, UnicodeDecodeError, LookupError, ValueError) as error:
        return unreadable(path, error)


def read_catalog(path: Path, locale: str) -> Catalog | Problem:
    """The catalog at ``path``, or the problem that keeps it from being read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return Problem(path, 1, Code.CATALOG_SYNTAX, f"cannot be read: {error}")
    return parse_catalog(content, path, locale)


def read_entries(path: Path, locale: str) -> tuple[Entry, ...] | Problem:
    """The entries of the .po file ``path`` in its order, or the problem that keeps it from being read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return Problem(path, 1, Code.CATALOG_SYNTAX, f"cannot be read: {error}")
    return parse_entries(content, path, locale)


def parse_entries(content: bytes, path: Path, locale: str) -> tuple[Entry, ...] | Problem:
    """The entries that the bytes ``content`` of the file ``path`` hold, or what keeps it from being read."""
    try:
        return read_entries_of(content, locale)
    except (PoFileError, UnicodeDecodeError, LookupError, ValueError) as error:
        return unreadable(path, error)


def compile_catalogs(  # noqa: PLR0913 options, by name
    catalogs: Path,
    locale: str,
    folder: Path,
    *,
    always: Iterable[str] = (),
    as_mo: Callable[[str], bool] = lambda _domain: False,
    keep_unreadable: bool = False,
) -> CompiledCatalogs:
    """Make ``folder`` mirror the .po files of ``locale`` below ``catalogs``.

    A file that cannot be read is reported and left out, or with ``keep_unreadable`` what was compiled of it
    before stays; the others are compiled all the same. The domains in ``always`` get an empty catalog where
    there is no .po, so that a page can depend on them.
    A domain for which ``as_mo`` answers yes also gets its .mo, beside a copy of its .po, since Sphinx
    looks for the one to find the other.
    """
    target = catalog_folder(folder, locale)
    known = _read_known(target / _KNOWN)
    there = frozenset(names_below(target))
    rows: dict[str, _Known] = {}
    unreadable: list[Problem] = []
    kept: set[str] = set()
    for domain, path in catalog_files(catalogs, locale):
        names = {f"{domain}.json", f"{domain}.lines.json"}
        if as_mo(domain):
            names |= {f"{domain}.mo", f"{domain}.po"}
        before = known.get(domain) if names <= there else None
        row = _compile(path, domain, locale, target, before, as_mo=as_mo(domain))
        if isinstance(row, Problem):
            unreadable.append(row)
            kept |= names if keep_unreadable else set()
        else:
            rows[domain] = row
            kept |= names
    for domain in sorted(set(always) - rows.keys()):
        names = {f"{domain}.json", f"{domain}.lines.json"}
        if not names <= kept or not names <= there:
            _write_entries(target, domain, ())
        kept |= names
    for name in there - kept - {_KNOWN}:  # no .po stands behind them any more
        (target / name).unlink(missing_ok=True)
    if rows or target.is_dir():
        table = {domain: [row.stamp, row.digest, asdict(row.progress)] for domain, row in rows.items()}
        write_if_changed(target / _KNOWN, json.dumps(table, indent=1).encode())
    return CompiledCatalogs(
        locale=locale,
        source=catalog_folder(catalogs, locale),
        folder=folder,
        progress={domain: row.progress for domain, row in rows.items()},
        unreadable=tuple(unreadable),
    )


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What was compiled of one catalog."""

    stamp: str
    """What tells that the file is still the same (:func:`lasting_stamp`)."""
    digest: str
    """Of the file."""
    progress: Progress


def _compile(  # noqa: PLR0913 what one catalog needs
    path: Path, domain: str, locale: str, target: Path, before: _Known | None, *, as_mo: bool
) -> _Known | Problem:
    """Compile one catalog into ``target``, unless it is the one that was compiled ``before``."""
    stamp = lasting_stamp(path)
    if before is not None and stamp and before.stamp == stamp:
        return before
    try:
        content = path.read_bytes()
    except OSError as error:
        return Problem(path, 1, Code.CATALOG_SYNTAX, f"cannot be read: {error}")
    digest = hashlib.sha256(content).hexdigest()
    if before is not None and before.digest == digest:
        return replace(before, stamp=stamp)
    entries = parse_entries(content, path, locale)
    if isinstance(entries, Problem):
        return entries
    _write_entries(target, domain, entries)
    if as_mo:
        write_if_changed(target / f"{domain}.po", content)
        write_if_changed(target / f"{domain}.mo", mo_bytes(read_po(content, locale)))
    return _Known(stamp=stamp, digest=digest, progress=count_entries(entries))


def compile_site_catalogs(  # noqa: PLR0913 options, by name
    settings: Settings,
    locale: str,
    doctrees: Path,
    kinds: Iterable[str],
    as_mo: Callable[[str], bool] = lambda _domain: False,
    *,
    keep_unreadable: bool = False,
) -> CompiledCatalogs:
    """Compile the catalogs of ``locale`` into the doctree folder ``doctrees`` of its build.

    The ``kinds`` of records and conf.py have a compiled catalog in every language, also without a .po.
    """
    always = [SITE, *(f"{DATA}/{kind}" for kind in kinds)]
    catalogs = settings.catalogs_of(locale)
    return compile_catalogs(
        catalogs,
        locale,
        doctrees / COMPILED,
        always=always,
        as_mo=as_mo,
        keep_unreadable=keep_unreadable,
    )


def recompile(settings: Settings, locale: str, doctrees: Path, domain: str) -> Problem | None:
    """Compile the one catalog ``domain`` of ``locale``, where :func:`compile_site_catalogs` has been before.

    Returns what is wrong with a catalog that cannot be read; its compiled form stays as it was.
    """
    path = catalog_folder(settings.catalogs_of(locale), locale) / f"{domain}.po"
    entries = read_entries(path, locale)
    if isinstance(entries, Problem):
        return entries
    _write_entries(catalog_folder(doctrees / COMPILED, locale), domain, entries)
    return None


def compiled_path(folder: Path, locale: str, domain: str) -> Path:
    """The compiled catalog of ``domain``: the file on which a page that shows it depends."""
    return catalog_folder(folder, locale) / f"{domain}.json"


def load_compiled(folder: Path, locale: str, domain: str) -> tuple[Entry, ...]:
    """The entries of ``domain`` as :func:`compile_catalogs` wrote them; none where there is no catalog."""
    path = compiled_path(folder, locale, domain)
    if not path.is_file():
        return ()
    lines = json.loads(path.with_suffix(".lines.json").read_text("utf-8"))
    return tuple(
        Entry(msgid=msgid, state=State(state), msgstr=msgstr, previous=previous, since=since, line=line)
        for (msgid, state, msgstr, previous, since), line in zip(
            json.loads(path.read_text("utf-8")), lines, strict=True
        )
    )


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalog as a .mo file; fuzzy messages and the header's dates are left out.

    With the dates in it, a catalog that was merely updated would look changed to every page. Babel
    would write an untranslated plural with its English singular for every number.
    """
    for message in catalog:
        if message.id and not is_translated(message):
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
    temporary = path.with_name(f".{path.name}.{os.getpid()}")  # others may write it too
    temporary.write_bytes(content)
    os.replace(temporary, path)  # noqa: PTH105 the replace() of Sphinx's own paths is that of strings
    return True


def _write_entries(target: Path, domain: str, entries: Sequence[Entry]) -> None:
    rows = [[entry.msgid, entry.state.value, entry.msgstr, entry.previous, entry.since] for entry in entries]
    write_if_changed(target / f"{domain}.json", json.dumps(rows, ensure_ascii=False).encode())
    lines = [entry.line for entry in entries]
    write_if_changed(target / f"{domain}.lines.json", json.dumps(lines).encode())


def _read_known(path: Path) -> dict[str, _Known]:
    try:
        return {
            domain: _Known(stamp=stamp, digest=digest, progress=replace(Progress(), **progress))
            for domain, (stamp, digest, progress) in json.loads(path.read_text("utf-8")).items()
        }
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return {}
