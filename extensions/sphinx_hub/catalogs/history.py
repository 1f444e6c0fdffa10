"""Who wrote the translations, as git knows it: one call of git for all catalogs.

Whoever commits a catalog need not have translated anything: an update moves lines, renames files, brings a
translation back from the obsolete ones, or takes one from a similar message as a guess. So a commit counts
for a catalog only where it writes a translation into it that no earlier commit had in that language. The
author and those named as ``Co-authored-by`` have translated; who is named as ``Reviewed-by`` has reviewed.

Of a clone without its whole history nothing is taken, since its first commit would seem to have written all.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.credits import Credit, Role, is_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

#: Of the form of the stored answer.
_VERSION: Final = 1
_COMMIT: Final = "%x00%an%x00%ae%x00%ad%x00" + "%x00".join(
    f"%(trailers:key={key},valueonly,separator=%x1f)" for key in ("Co-authored-by", "Reviewed-by")
)
_OPTIONS: Final = (
    *("-c", "core.quotePath=false", "-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false"),
    *("-c", "log.showSignature=false"),
)
#: ``-W`` shows a whole msgstr where a line of it changed: to git it is a function.
_LOG: Final = (
    *("log", "--reverse", "--no-color", "--encoding=UTF-8", "--date=format:%Y", f"--format={_COMMIT}"),
    *("-p", "-U0", "-W", "-M", "--text", "--no-ext-diff", "--no-textconv", "--relative", "--", "."),
)
_TRAILER: Final = re.compile(r"(?P<name>[^<>]+?) *<(?P<mail>[^<>]*)>")
_STRING: Final = re.compile(r'"(.*)"')


@dataclass(frozen=True, kw_only=True)
class History:
    """What git says of a folder of catalogs."""

    credits: tuple[tuple[str, Credit], ...] = ()
    """(path within the folder, credit), the earliest first."""
    top: str = ""
    """The top folder of the work tree; empty where there is none."""
    missing: str = ""
    """Why nothing could be known; empty where it could."""


def read_history(folder: Path, stored: Path | None = None) -> History:
    """Who translated and reviewed the files below ``folder``, as far as git knows.

    :param stored: where the answer is kept for the next time; it holds as long as no commit is added
    """
    asked = _git(folder, "rev-parse", "--show-toplevel", "--show-prefix", "--is-shallow-repository", "HEAD")
    if asked is None:
        return History(missing="there is no git repository with a commit")
    top, prefix, shallow, head = asked.split("\n")[:4]
    if shallow == "true":
        return History(top=top, missing="the clone has no whole history: `git fetch --unshallow` gets it")
    key = [_VERSION, head, prefix]
    rows = _stored_rows(stored, key)
    if rows is None:
        log = _git(folder, *_LOG)
        if log is None:
            return History(top=top, missing="git log failed")
        rows = [
            (path, credit.name, credit.mail, credit.role.value, credit.year)
            for path, credit in _Log().read(log.split("\n"))
        ]
        if stored is not None:
            write_if_changed(stored, json.dumps({"of": key, "rows": rows}, ensure_ascii=False).encode())
    return History(
        top=top,
        credits=tuple(
            (path, Credit(name=name, mail=mail, role=Role(role), year=year))
            for path, name, mail, role, year in rows
        ),
    )


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints, or None where it cannot be run or fails."""
    # A hook of git's own sets the first three, for the repository that it runs in.
    left_out = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
    environment = {key: value for key, value in os.environ.items() if key not in left_out}
    # A clone without its files gets none from the network now.
    environment |= {
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
    try:
        run = subprocess.run(
            ["git", "-C", str(folder), *_OPTIONS, *arguments],  # noqa: S607 git is found on PATH by design
            env=environment,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return run.stdout.decode("utf-8", "replace") if run.returncode == 0 else None


def _stored_rows(stored: Path | None, key: Sequence[object]) -> list[tuple[str, str, str, str, int]] | None:
    if stored is None:
        return None
    try:
        answer = json.loads(stored.read_text("utf-8"))
        return answer["rows"] if answer["of"] == list(key) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


@dataclass
class _Log:
    """Reads the output of git log, from the first commit to the last."""

    _credits: dict[str, dict[tuple[str, str, Role], Credit]] = field(default_factory=dict)
    """Path -> the first credit there of each person in each role."""
    _seen: set[tuple[str, str]] = field(default_factory=set)
    """(locale, translation) of every commit so far."""
    _people: tuple[Credit, ...] = ()
    """Those of the commit that is being read."""
    _path: str = ""
    _old_path: str = ""
    _in_hunk: bool = False
    _text: str | None = None
    """The translation that is being read."""
    _is_new: bool = False
    _guess: bool = False

    def read(self, lines: Iterable[str]) -> Iterator[tuple[str, Credit]]:
        """(path, credit) of every commit that counts, the earliest first."""
        for line in lines:
            if line.startswith("\0"):
                self._end()
                self._people = tuple(_people(line.split("\0")[1:]))
            elif line.startswith("diff --git "):
                self._end()
                self._in_hunk = False
            elif line.startswith("@@ "):
                self._end()
                self._in_hunk = True
            elif self._in_hunk:
                if line[:1] in {"+", " "}:
                    self._line(line[1:].strip(), added=line.startswith("+"))
            elif line.startswith("rename from "):
                self._old_path = line.removeprefix("rename from ")
            elif line.startswith("rename to "):
                self._path = line.removeprefix("rename to ")
                moved = self._credits.pop(self._old_path, {})
                self._credits[self._path] = moved | self._credits.get(self._path, {})
            elif line.startswith("+++ b/"):
                # git puts a tab behind a name with a space.
                self._path = line.removeprefix("+++ b/").rstrip("\t")
        self._end()
        rows = [(path, credit) for path, found in self._credits.items() for credit in found.values()]
        yield from sorted(rows, key=lambda row: row[1].year)

    def _line(self, line: str, *, added: bool) -> None:
        """A line of a file as the commit leaves it."""
        if line.startswith("#~"):
            line = line[2:].lstrip()
        if line.startswith("msgstr"):
            self._end()
            self._text, self._is_new = "", False
        elif not line.startswith('"'):
            self._end()
            if line.startswith("#,"):
                self._guess = added and "fuzzy" in line
        if self._text is not None:
            found = _STRING.search(line)
            self._text += found[1] if found else ""
            self._is_new = self._is_new or added

    def _end(self) -> None:
        """The end of a translation."""
        text, self._text = self._text, None
        if not text or not self._path.endswith(".po"):
            return
        guess, self._guess = self._guess, False
        if guess or text.startswith("Project-Id-Version:") or "\\nContent-Type:" in text:
            return
        key = self._path.partition("/")[0], text
        if self._is_new and key not in self._seen:
            known = self._credits.setdefault(self._path, {})
            for person in self._people:
                known.setdefault((person.name, person.mail, person.role), person)
        self._seen.add(key)


def _people(fields: Sequence[str]) -> Iterator[Credit]:
    """Those whom a commit names: its author, and the names of its trailers."""
    name, mail, date, authors, reviewers = fields[:5]
    year = int(date) if date.isdecimal() else 0
    rows = [(name, mail, Role.TRANSLATOR)]
    for role, trailers in ((Role.TRANSLATOR, authors), (Role.REVIEWER, reviewers)):
        rows += [
            (found["name"].strip(), found["mail"].strip(), role)
            for value in trailers.split("\x1f")
            if (found := _TRAILER.fullmatch(value.strip()))
        ]
    for found_name, found_mail, role in dict.fromkeys(rows):
        if is_person(found_name, found_mail):
            yield Credit(name=found_name, mail=found_mail, role=role, year=year)
