"""Write many files as one: all of them are old, or all are new, whatever stops the work in between.

Each new file is written whole beside the old one, and then a journal that names them all. From then on the
work is as good as done: the files are put in their places, and where that is cut short, the next start does
the rest. Without a journal, what stands beside the files is of work that never counted, and is removed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sphinx_hub.problems import Code, Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

#: In the folder that all files lie below.
JOURNAL: Final = ".sphinx-hub-update.json"
_NEW: Final = ".sphinx-hub-new"


@dataclass(frozen=True, kw_only=True)
class _Step:
    """One file of the work: what it was, and what it will be."""

    path: str
    """Relative to the folder, with forward slashes."""
    old: str
    """The digest of its content before, or the empty string where there was no file."""
    new: str
    """The digest of its content afterwards, or the empty string where there will be no file."""


def write_together(
    folder: Path, contents: Mapping[Path, bytes | None], read: Mapping[Path, bytes] | None = None
) -> list[Path]:
    """Write ``contents`` to their files below ``folder``; None removes a file. Returns those that changed.

    ``read`` holds what the contents were made from: a file that is another one by now is not written. Call
    :func:`finish_interrupted` first. Folders that have become empty are removed.

    :raises ProblemsError: with every file that cannot be written; then all of them are as they were.
    """
    changes = {path: content for path, content in contents.items() if _content(path) != content}
    problems = [*_obstacles(folder, changes), *_changed_since(changes, read or {})]
    if problems:
        raise ProblemsError(problems)
    if not changes:
        return []
    try:
        steps = _write_beside(folder, changes)
    except BaseException:
        if not (folder / JOURNAL).exists():
            _remove_beside(folder)
        raise
    try:
        _finish(folder, steps)
    except OSError as error:
        place = folder / JOURNAL if error.filename is None else type(folder)(error.filename)
        message = f"cannot be written ({error.strerror}): run the update again, it finishes what it began"
        raise ProblemsError([Problem(place, 1, Code.UPDATE_UNWRITABLE, message)]) from error
    return list(changes)


def _write_beside(folder: Path, changes: Mapping[Path, bytes | None]) -> list[_Step]:
    """Write the new files beside the old ones, and the journal: with it, the work is as good as done.

    :raises ProblemsError: with the file that could not be written.
    """
    steps: list[_Step] = []
    path = folder
    try:
        for path, content in changes.items():
            if content is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(_beside(path), content)
                with suppress(FileNotFoundError):
                    _beside(path).chmod(path.stat().st_mode)
            name = path.relative_to(folder).as_posix()
            steps.append(_Step(path=name, old=_digest(_content(path)), new=_digest(content)))
        path = folder / JOURNAL
        _write(_beside(path), json.dumps([vars(step) for step in steps], indent=1).encode())
        for parent in {changed.parent for changed in changes if changed.parent.is_dir()}:
            _sync_folder(parent)
        os.replace(_beside(path), path)  # noqa: PTH105 the replace() of Sphinx's own paths is that of strings
        _sync_folder(folder)
    except OSError as error:
        (folder / JOURNAL).unlink(missing_ok=True)
        raise ProblemsError([_unwritable(path, error)]) from error
    return steps


def finish_interrupted(folder: Path, aside: Callable[[Path], Path | None]) -> list[Problem]:
    """Finish what :func:`write_together` began in an earlier run, or remove what it left.

    A file that somebody has changed since is not overwritten: what it would have become is put where
    ``aside`` says, or dropped where that is None. Returns a warning for each file that was put aside.
    """
    steps = _journal(folder)
    if steps is None:
        _remove_beside(folder)
        return []
    problems = []
    for step in steps:
        path = folder / step.path
        new = _content(_beside(path))
        if new is not None and _digest(_content(path)) not in {step.old, step.new}:
            target = aside(path)
            if target is None:
                _beside(path).unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(_beside(path), target)  # noqa: PTH105 as above
            message = (
                "changed after an update was stopped midway: it stays as it is,"
                f" and the new version is {target.relative_to(folder).as_posix()}"
            )
            problems.append(Problem(path, 1, Code.UPDATE_UNFINISHED, message))
    _finish(folder, steps)
    return problems


def _finish(folder: Path, steps: list[_Step]) -> None:
    """Put the new files in their places; can be done again and again until it was done whole."""
    for step in sorted(steps, key=lambda step: not step.new):  # what goes away goes last
        path = folder / step.path
        if step.new:
            with suppress(FileNotFoundError):  # it is in its place
                os.replace(_beside(path), path)  # noqa: PTH105 as above
        elif _digest(_content(path)) == step.old:
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if parent == folder or any(parent.iterdir()):
                    break
                parent.rmdir()
    for parent in {(folder / step.path).parent for step in steps}:
        _sync_folder(parent)
    (folder / JOURNAL).unlink(missing_ok=True)
    _sync_folder(folder)


def _journal(folder: Path) -> list[_Step] | None:
    """What the journal says, where there is one: it was renamed into its place, so it is whole."""
    content = _content(folder / JOURNAL)
    if content is None:
        return None
    rows: list[dict[str, Any]] = json.loads(content)
    return [_Step(**row) for row in rows]


def _obstacles(folder: Path, changes: Mapping[Path, bytes | None]) -> Iterator[Problem]:
    """The files that cannot be written, as far as that can be seen beforehand."""
    read_only = OSError(errno.EACCES, "")
    for path in changes:
        if path.exists() and not _is_writable(path):
            yield _unwritable(path, read_only)
        parent = next(parent for parent in path.parents if parent.exists())
        if not parent.is_dir():
            yield _unwritable(parent, OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)))
        elif not _is_writable(parent):
            yield _unwritable(parent, read_only)
    if changes and folder.is_dir() and not _is_writable(folder):
        yield _unwritable(folder, read_only)


def _changed_since(changes: Mapping[Path, bytes | None], read: Mapping[Path, bytes]) -> Iterator[Problem]:
    for path in changes.keys() & read.keys():
        if _content(path) != read[path]:
            message = "somebody changed the file in the meantime: nothing was changed, run the update again"
            yield Problem(path, 1, Code.UPDATE_UNWRITABLE, message)


def _is_writable(path: Path) -> bool:
    # Its owner may want it so, even where the system would let the owner of the machine write.
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & 0o222)


def _unwritable(path: Path, error: OSError) -> Problem:
    kind = "folder" if path.is_dir() else "file"
    reasons = {
        errno.EACCES: f"the {kind} is read-only: nothing was changed",
        errno.EROFS: f"the {kind} is read-only: nothing was changed",
        errno.ENOSPC: "the disk is full: nothing was changed",
        errno.EDQUOT: "there is no room left for this user: nothing was changed",
    }
    message = reasons.get(error.errno or 0, f"cannot be written ({error.strerror}): nothing was changed")
    return Problem(path, 1, Code.UPDATE_UNWRITABLE, message)


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is on the disk when this returns."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk; Windows has no way, and needs none."""
    if os.name == "nt" or not folder.is_dir():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}{_NEW}")


def _remove_beside(folder: Path) -> None:
    for path in folder.rglob(f".*{_NEW}"):
        path.unlink(missing_ok=True)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()
