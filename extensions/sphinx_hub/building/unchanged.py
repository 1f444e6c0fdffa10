"""Whether a language must be built at all: a record of all that went into its site, and of what came out.

A build of which nothing changed still starts Python, loads the extensions and every page's state: seconds for
each language. The record holds digests of

- each file of the project by its content, but for folders that are hidden, or made by tools or by builds;
- what else the build read, which it wrote down (:mod:`sphinx_hub.i18n.inputs`): code, themes, included files;
- the commit and the other references of git, from which days and names come, and whether history is whole;
- the command, the environment, the day in UTC, which posts and statuses go by;
- the fonts that pictures are made with;
- the files of the site itself: one that is gone or was touched is made again.

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

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.i18n.inputs import INPUTS
from sphinx_hub.pages.cards import PLACES
from sphinx_hub.records.day import today

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


@dataclass(frozen=True)
class Project:
    """What goes into every language, as it was before the first was built."""

    digest: str
    """Of all of it; empty where something cannot be read."""
    known: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    """Path elsewhere -> what was found there: the languages share most of them."""


class State:
    """All that goes into the site of one language.

    ``project`` is what :func:`project_state` said before anything was built, and ``command`` what builds it.
    """

    def __init__(
        self, settings: Settings, language: Language, project: Project, command: Sequence[str]
    ) -> None:
        self._doctrees = settings.output_path.parent / "doctrees" / language.path
        self._output = settings.output_path / language.path
        self._project = f"{project.digest} {hashlib.sha256(repr(list(command)).encode()).hexdigest()}"
        self._can_tell = bool(project.digest)
        self._known = project.known
        self._started = time.time_ns()

    def is_known(self) -> bool:
        """Whether the site was built of just this, and stands as it was built."""
        if not self._can_tell:
            return False
        try:
            record = json.loads((self._doctrees / RECORD).read_text("utf-8"))
            same: bool = record["project"] == self._project and record == self._record(self._known)
        except (OSError, ValueError, TypeError, KeyError):
            return False
        return same

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
            if self._can_tell and record["read"] and self._newest < self._started:
                write_if_changed(self._doctrees / RECORD, json.dumps(record).encode())
        except OSError:
            return  # then it is built again the next time

    def _record(self, known: dict[str, tuple[bytes, int]]) -> dict[str, str]:
        return {"project": self._project, "output": self._of_output(), "read": self._of_inputs(known)}

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
    fonts = [place for place in PLACES if Path(place).is_file()]
    built = {settings.output_path, settings.output_path.parent / "doctrees"}
    if settings.output_path.parent != settings.root:
        built.add(settings.output_path.parent)
    digest = hashlib.sha256()
    try:
        for part in (sys.version, environment, today().isoformat(), fonts):
            digest.update(repr(part).encode("utf-8", "surrogateescape"))
        for arguments in _GIT:
            digest.update(_git(settings.root, *arguments))
        folders = [settings.source_path, *(settings.catalogs_of(each.locale) for each in settings.languages)]
        elsewhere = [
            folder
            for folder in dict.fromkeys(folders)
            if not folder.is_relative_to(settings.root) or any(map(folder.is_relative_to, built))
        ]
        found = [_files(settings.root, frozenset(map(str, built))), *map(_files, elsewhere)]
        for entry in chain.from_iterable(found):
            state = entry.stat()
            if state.st_size > _LARGE:
                _add_times(digest, entry.path, state)
            else:
                content = hashlib.sha256(Path(entry.path).read_bytes()).digest()
                digest.update(entry.path.encode("utf-8", "surrogateescape") + b"\0" + content)
    except (OSError, ValueError):
        return Project("")
    return Project(digest.hexdigest())


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
