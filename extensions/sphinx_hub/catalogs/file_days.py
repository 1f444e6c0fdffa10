"""On which day each source was last changed, as git knows it: one call of git for all of them.

It is the day of the author, at the author's own clock. A file that was only moved has not changed. Of a clone
without its whole history nothing is taken: its first commit would seem to have written all.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.history import run_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import IO

#: Of the form of the stored answer.
_VERSION: Final = 1
_LOG: Final = (
    *("log", "--no-color", "--date=format:%Y-%m-%d", "--format=%x00%ad", "--name-status", "-M", "--relative"),
)
#: How git marks a file that was moved as it was.
_MOVED: Final = "R100"


@dataclass(frozen=True, kw_only=True)
class FileDays:
    """What git says of files."""

    days: Mapping[str, str] = field(default_factory=dict)
    """Path within the folder -> the day of its last commit, as YYYY-MM-DD; those without one are left out."""
    has_git: bool = False
    """Whether there is a repository with a commit."""
    missing: str = ""
    """Why nothing could be known although there is a repository; empty where it could."""


def file_days(folder: Path, wanted: Iterable[str], stored: Path | None = None) -> FileDays:
    """On which day each of the files ``wanted`` was last changed, as far as git knows.

    :param wanted: POSIX paths within ``folder``
    :param stored: where the answer is kept for the next time; it holds as long as no commit is added
    """
    asked: list[bytes] = []
    arguments = ("rev-parse", "--show-prefix", "--is-shallow-repository", "HEAD")
    if not run_git(folder, arguments, lambda stream: asked.append(stream.read())):
        return FileDays()
    prefix, shallow, head = asked[0].decode("utf-8", "replace").split("\n")[:3]
    if shallow == "true":
        return FileDays(
            has_git=True, missing="the clone has no whole history: `git fetch --unshallow` gets it"
        )
    names = sorted(set(wanted))
    key = [_VERSION, head, prefix, hashlib.sha256("\n".join(names).encode()).hexdigest()]
    days = _stored_days(stored, key)
    if days is None:
        log = _Log(names)
        if not run_git(folder, (*_LOG, "--", *_roots(names)), log.read) and log.left:
            return FileDays(has_git=True, missing="git log failed")
        days = log.days
        if stored is not None:
            write_if_changed(stored, json.dumps({"of": key, "days": days}, ensure_ascii=False).encode())
    return FileDays(days=days, has_git=True)


def _roots(names: Iterable[str]) -> list[str]:
    """The top folders, or files, of ``names``: git need not look elsewhere, and a page may move within."""
    return sorted({f":(literal){name.partition('/')[0]}" for name in names}) or ["."]


def _stored_days(stored: Path | None, key: Sequence[object]) -> dict[str, str] | None:
    if stored is None:
        return None
    try:
        answer = json.loads(stored.read_text("utf-8"))
        return answer["days"] if answer["of"] == list(key) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


class _Log:
    """Reads what git log prints, from the last commit to the first, and no further than it must."""

    def __init__(self, names: Iterable[str]) -> None:
        self.days: dict[str, str] = {}
        self.left = {name: name for name in names}
        """What a file was called then -> what it is called now, of those whose day is not known yet."""

    def read(self, stream: IO[bytes]) -> None:
        """Read commits until the day of each file is known; git then ends, since nobody listens."""
        day = ""
        for raw in stream:
            line = raw.decode("utf-8", "replace").rstrip("\n")
            if line.startswith("\0"):
                if not self.left:
                    return
                day = line[1:]
                continue
            status, _tab, path = line.partition("\t")
            if status == _MOVED:
                before, _tab, path = path.partition("\t")
                if path in self.left:
                    self.left[before] = self.left.pop(path)
            elif path:
                path = path.rpartition("\t")[2]  # a file that was moved and changed has both names
                if path in self.left:
                    self.days[self.left.pop(path)] = day
