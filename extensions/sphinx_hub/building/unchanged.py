"""Whether a language must be built at all: a record of all that went into its site, and of what came out.

A build of which nothing changed still starts Python, loads the extensions and every page's state: seconds for
each language. The record holds digests of

- each file of the project by its content, but for folders that are hidden, or made by tools or by builds;
- what else the build read, which it wrote down (:mod:`sphinx_hub.i18n.inputs`): code, themes, included
  files, the fonts of pictures;
- the commit and the other references of git, from which days and names come, and whether history is whole;
- the command, the environment, the day in UTC, which posts and statuses go by;
- the files of the site itself: one that is gone or was touched is made again.

The pages of a language show of other languages' catalogs how complete they are, and whom their headers name,
but none of the translations: where only these changed, the language stays as it is.

Where anything differs, or something cannot be read, Sphinx decides as ever.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.build_files import INPUTS
from sphinx_hub.catalogs.compiled import catalog_folder, write_if_changed
from sphinx_hub.records.day import today

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_hub.settings import Language, Settings

#: In the doctree folder.
RECORD: Final = "hub-built.json"
#: Of the environment, what says where a command runs and not what it does.
_ELSEWHERE: Final = re.compile(
    r"_|SHLVL|PWD|OLDPWD|COLUMNS|LINES|TERM\w*|WINDOWID|DISPLAY|SSH_\w+|XDG_SESSION\w*|PYTEST_CURRENT_TEST"
    r"|NO_COLOR|FORCE_COLOR|COLORTERM|VTE_VERSION"
)
#: Folders that hold no source.
_TOOLS: Final = frozenset({"__pycache__", "node_modules"})
#: Larger files are known by their times, which take less to read.
_LARGE: Final = 1 << 20
_GIT: Final = (
    ("rev-parse", "HEAD", "--is-shallow-repository", "--absolute-git-dir"),
    ("for-each-ref", "--format=%(objectname) %(refname)"),
)


#: A translation, whatever its words.
_TRANSLATION: Final = re.compile(rb'^msgstr(?:\[\d+\])? ("(?:[^"\\\n]|\\.)*"\s*)+', re.MULTILINE)

_WORDS: Final = re.compile(rb'"(?:[^"\\\n]|\\.)+"')


@dataclass(frozen=True)
class Project:
    """What goes into the languages, as it was before the first was built."""

    digest: str
    """Of all but the catalogs; empty where something cannot be read."""
    catalogs: dict[str, str] = field(default_factory=dict)
    """Folder of the catalogs of a language -> their digest."""
    known: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    """Path elsewhere -> what was found there: the languages share most of them."""
    seen: dict[str, str] = field(default_factory=dict)
    """Digest of the catalogs of a language -> a digest of what other languages see of them."""

    def all(self) -> str:
        """A digest of everything."""
        return self._sum(self.catalogs) if self.digest else ""

    def of(self, folder: str) -> str:
        """A digest of what goes into the language of the catalogs in ``folder``; empty if nobody can tell."""
        own = self.catalogs.get(folder, "")
        others = {other: self._seen_of(other) for other in self.catalogs if other != folder}
        return self._sum(others | {folder: own}) if self.digest and all(others.values()) else ""

    def _seen_of(self, folder: str) -> str:
        """A digest of what other languages see of the catalogs in ``folder``; empty if they changed since."""
        digest = self.catalogs[folder]
        if digest not in self.seen:
            whole, seen = hashlib.sha256(), hashlib.sha256()
            for path, content in _contents(_files(folder)):
                _add_content(whole, path, content)
                _add_content(seen, path, without_translations(content) if path.endswith(".po") else content)
            self.seen[digest] = seen.hexdigest() if whole.hexdigest() == digest else ""
        return self.seen[digest]

    def seen_now(self) -> dict[str, str]:
        """Of :attr:`seen`, what is known of the catalogs as they are."""
        return {digest: self.seen[digest] for digest in self.catalogs.values() if self.seen.get(digest)}

    def _sum(self, digests: dict[str, str]) -> str:
        return hashlib.sha256(repr([self.digest, sorted(digests.items())]).encode()).hexdigest()


def without_translations(content: bytes) -> bytes:
    r"""A catalog with its header, and of each translation only whether there is one, and of how many lines.

    >>> without_translations(b'msgid ""\nmsgstr "Head"\n\nmsgid "a"\nmsgstr "b"\n')
    b'msgid ""\nmsgstr "Head"\n\nmsgid "a"\nmsgstr 1 1\n'
    """
    header, blank, entries = content.partition(b"\n\n")
    return header + blank + _TRANSLATION.sub(_without_words, entries)


def _without_words(translation: re.Match[bytes]) -> bytes:
    has_words = _WORDS.search(translation[0]) is not None
    return b"msgstr %d %d\n" % (has_words, translation[0].count(b"\n"))


class State:
    """All that goes into the site of one language.

    ``project`` is what :func:`project_state` said before anything was built, and ``command`` what builds it.
    """

    def __init__(
        self, settings: Settings, language: Language, project: Project, command: Sequence[str]
    ) -> None:
        self._doctrees = settings.output_path.parent / "doctrees" / language.path
        self._output = settings.output_path / language.path
        self._project, self._command = project, hashlib.sha256(repr(list(command)).encode()).hexdigest()
        self._catalogs = str(catalog_folder(settings.catalogs_of(language.locale), language.locale))
        self._started = time.time_ns()

    def is_known(self) -> bool:
        """Whether the site was built of just this, and stands as it was built."""
        if not self._project.digest:
            return False
        path = self._doctrees / RECORD
        try:
            record = json.loads(path.read_text("utf-8"))
            built = record.pop("project"), record.pop("own")
            # Of the catalogs that stayed as they were.
            self._project.seen.update(record.pop("seen"))
            if built[0] != self._whole() and (not built[1] or built[1] != self._own()):
                return False
            if record != self._record(self._project.known):
                return False
            if built[0] != self._whole():  # so that the next time it is known at once
                self._write(record)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return False
        return True

    def _whole(self) -> str:
        """A digest of everything that goes into all languages, and of the command."""
        return f"{self._project.all()} {self._command}"

    def _own(self) -> str:
        """The same of what goes into this language; empty where nobody can tell."""
        own = self._project.of(self._catalogs)
        return f"{own} {self._command}" if own else ""

    def _write(self, record: dict[str, str]) -> None:
        whole = {**record, "project": self._whole(), "own": self._own(), "seen": self._project.seen_now()}
        write_if_changed(self._doctrees / RECORD, json.dumps(whole).encode())

    def forget(self) -> None:
        """Before a build: what is there now counts for nothing."""
        for name in (RECORD, INPUTS):
            (self._doctrees / name).unlink(missing_ok=True)

    def keep(self) -> None:
        """After a build that went well: note what it was made of.

        Nothing is noted where code or another file outside of the project changed during the build: nobody
        knows which of the two was read.
        """
        try:
            record = self._record({})
            if self._project.digest and record["read"] and self._newest < self._started:
                self._write(record)
        except OSError:
            return  # then it is built again the next time

    def _record(self, known: dict[str, tuple[bytes, int]]) -> dict[str, str]:
        return {"output": self._of_output(), "read": self._of_inputs(known)}

    def _of_output(self) -> str:
        """A digest of the files of the site and of what the next build starts from, by size and time."""
        digest = hashlib.sha256()
        for folder in (self._output, self._doctrees):
            for entry in _files(folder):
                if entry.name != RECORD:
                    _add_times(digest, entry.path, entry.stat())
        return digest.hexdigest()

    def _of_inputs(self, known: dict[str, tuple[bytes, int]]) -> str:
        """A digest of what the build read elsewhere, by size and time; empty where it did not say.

        ``known`` is what was found of each path, and grows.
        """
        if not (self._doctrees / INPUTS).is_file():
            return ""
        digest = hashlib.sha256()
        self._newest = 0
        for name in json.loads((self._doctrees / INPUTS).read_text("utf-8")):
            if name not in known:
                known[name] = _of_path(name)
            text, newest = known[name]
            self._newest = max(self._newest, newest)
            digest.update(text)
        return digest.hexdigest()


def _of_path(name: str) -> tuple[bytes, int]:
    """Size and time of a file, or of all files of a folder, as bytes; and the latest of these times."""
    if os.path.isdir(name):  # noqa: PTH112 thousands of paths, quickly
        states = [(entry.path, entry.stat()) for entry in _files(name)]
    else:
        try:
            states = [(name, os.stat(name))]  # noqa: PTH116
        except FileNotFoundError:
            states = []
    lines = [f"{path}\0{state.st_size}\0{state.st_mtime_ns}" for path, state in states]
    text = "\n".join([name, *lines, ""])
    return text.encode("utf-8", "surrogateescape"), max(
        (state.st_mtime_ns for _path, state in states), default=0
    )


def project_state(settings: Settings) -> Project:
    """What goes into every language, as it is now."""
    environment = sorted(pair for pair in os.environ.items() if not _ELSEWHERE.fullmatch(pair[0]))
    built = {settings.output_path, settings.output_path.parent / "doctrees"}
    if settings.output_path.parent != settings.root:
        built.add(settings.output_path.parent)
    digest = hashlib.sha256()
    try:
        for part in (sys.version, environment, today().isoformat()):
            digest.update(repr(part).encode("utf-8", "surrogateescape"))
        for arguments in _GIT:
            digest.update(_git(settings.root, *arguments))
        folders = (
            catalog_folder(settings.catalogs_of(each.locale), each.locale) for each in settings.languages
        )
        catalogs = dict.fromkeys(map(str, folders), "")
        # The sources may stand elsewhere, or among what is built.
        source = settings.source_path
        elsewhere = not source.is_relative_to(settings.root) or any(map(source.is_relative_to, built))
        rest = [_files(settings.root, frozenset({*map(str, built), *catalogs}))]
        rest += [_files(source)] if elsewhere else []
        for path, content in _contents(chain.from_iterable(rest)):
            _add_content(digest, path, content)
        for folder in catalogs:
            own = hashlib.sha256()
            for path, content in _contents(_files(folder)):
                _add_content(own, path, content)
            catalogs[folder] = own.hexdigest()
    except (OSError, ValueError):
        return Project("")
    return Project(digest.hexdigest(), catalogs)


def _contents(entries: Iterable[os.DirEntry[str]]) -> Iterator[tuple[str, bytes]]:
    """Path and content of files; of large ones what tells that they changed."""
    for entry in entries:
        if entry.name.endswith(".mo"):
            continue  # made by other tools, and read by nobody: catalogs are compiled beside the doctrees
        state = entry.stat()
        if state.st_size > _LARGE:
            yield entry.path, f"{state.st_size} {state.st_mtime_ns}".encode()
        else:
            yield entry.path, Path(entry.path).read_bytes()


def _add_content(digest: hashlib._Hash, path: str, content: bytes) -> None:
    digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + hashlib.sha256(content).digest())


def _git(root: Path, *arguments: str) -> bytes:
    """What git says; nothing without git or outside of a repository."""
    try:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, capture_output=True, check=False).stdout
    except OSError:
        return b""


def _files(
    folder: Path | str, without: frozenset[str] = frozenset(), seen: set[str] | None = None
) -> Iterator[os.DirEntry[str]]:
    """Every file below ``folder`` in the same order each time, but for what tools keep there."""
    seen = {os.path.realpath(folder)} if seen is None else seen
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        if entry.is_file():
            yield entry
        elif entry.is_dir() and not entry.name.startswith(".") and entry.name not in _TOOLS:
            real = os.path.realpath(entry.path) if entry.is_symlink() else ""
            if entry.path not in without and real not in seen:
                seen |= {real} if real else set()
                yield from _files(entry.path, without, seen)


def _add_times(digest: hashlib._Hash, path: str, state: os.stat_result) -> None:
    line = f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n"
    digest.update(line.encode("utf-8", "surrogateescape"))
