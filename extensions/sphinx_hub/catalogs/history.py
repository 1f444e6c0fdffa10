"""Who wrote the translations and when, as git knows it: one call of git for all catalogs.

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
from typing import TYPE_CHECKING, Final, TypedDict

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.credits import LONGEST_LINE, Credit, Role, is_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import IO

#: Of the form of the stored answer.
_VERSION: Final = 2
_COMMIT: Final = "%x00%an%x00%ae%x00%ad%x00" + "%x00".join(
    f"%(trailers:key={key},valueonly,separator=%x1f)" for key in ("Co-authored-by", "Reviewed-by")
)
_OPTIONS: Final = (
    *("-c", "core.quotePath=false", "-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false"),
    *("-c", "log.showSignature=false"),
)
#: ``-W`` shows a whole msgstr where a line of it changed: to git it is a function.
_LOG: Final = (
    *("log", "--reverse", "--no-color", "--encoding=UTF-8", "--date=format:%Y-%m-%d", f"--format={_COMMIT}"),
    *("-p", "-U0", "-W", "-M", "--text", "--no-ext-diff", "--no-textconv", "--relative", "--", "."),
)
_TRAILER: Final = re.compile(r"(?P<name>[^<>]+?) *<(?P<mail>[^<>]*)>")
_STRING: Final = re.compile(r'"(.*)"')
_HEADER: Final = re.compile(r"^Project-Id-Version:|\\nContent-Type:")
_NAMES: Final = re.compile(rb"^(rename from |rename to |\+\+\+ b/)(.*)$", re.MULTILINE)
#: A line of a translation, or of a msgid.
_ADDED: Final = re.compile(rb'^\+(?:#~ *)?(?:msgstr|")', re.MULTILINE)
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, kw_only=True)
class History:
    """What git says of a folder of catalogs."""

    credits: tuple[tuple[str, Credit], ...] = ()
    """(path within the folder, credit), the earliest first."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """Path within the folder -> the day of the last commit that counts for it, as YYYY-MM-DD."""
    top: str = ""
    """The top folder of the work tree; empty where there is none."""
    missing: str = ""
    """Why nothing could be known; empty where it could."""

    @classmethod
    def from_rows(cls, top: str, rows: _Rows) -> History:
        """What is stored of it, as it was."""
        return cls(
            top=top,
            credits=tuple(
                (path, Credit(name=name, mail=mail, role=Role(role), year=year))
                for path, name, mail, role, year in rows["credits"]
            ),
            changed=rows["changed"],
        )


class _Rows(TypedDict):
    """What is stored of a :class:`History`."""

    credits: list[tuple[str, str, str, str, int]]
    changed: dict[str, str]


def read_history(folder: Path, stored: Path | None = None) -> History:
    """Who translated and reviewed the files below ``folder``, as far as git knows.

    :param stored: where the answer is kept for the next time; it holds as long as no commit is added
    """
    asked: list[bytes] = []
    found = run_git(
        folder,
        ("rev-parse", "--show-toplevel", "--show-prefix", "--is-shallow-repository", "HEAD"),
        lambda stream: asked.append(stream.read()),
    )
    if not found:
        return History(missing="there is no git repository with a commit")
    top, prefix, shallow, head = asked[0].decode("utf-8", "replace").split("\n")[:4]
    if shallow == "true":
        return History(top=top, missing="the clone has no whole history: `git fetch --unshallow` gets it")
    key = [_VERSION, head, prefix]
    rows = _stored_rows(stored, key)
    if rows is None:
        log = _Log()
        if not run_git(folder, _LOG, log.read):
            return History(top=top, missing="git log failed")
        rows = _Rows(
            credits=[
                (path, credit.name, credit.mail, credit.role.value, credit.year)
                for path, credit in log.credits()
            ],
            changed=log.changed,
        )
        if stored is not None:
            write_if_changed(stored, json.dumps({"of": key, "rows": rows}, ensure_ascii=False).encode())
    return History.from_rows(top, rows)


def run_git(folder: Path, arguments: Sequence[str], read: Callable[[IO[bytes]], None]) -> bool:
    """Let ``read`` read what git prints; whether git could be run and ended well."""
    # A hook of git's own sets these, for the repository that it runs in.
    left_out = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
    environment = {key: value for key, value in os.environ.items() if key not in left_out}
    # A clone that has no files gets none from the network now.
    environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        process = subprocess.Popen(
            ["git", "-C", str(folder), *_OPTIONS, *arguments],  # noqa: S607 git is found on PATH by design
            env=environment | {"LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    with process as running:
        if running.stdout is not None:
            read(running.stdout)
    return process.returncode == 0


def _stored_rows(stored: Path | None, key: Sequence[object]) -> _Rows | None:
    if stored is None:
        return None
    try:
        answer = json.loads(stored.read_text("utf-8"))
        return answer["rows"] if answer["of"] == list(key) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


class _Log:
    """Reads what git log prints, from the first commit to the last.

    Most of it are lines that an update has moved, so that whatever adds no translation is passed over unread.
    """

    def __init__(self) -> None:
        self._credits: dict[str, dict[tuple[str, str, Role], Credit]] = {}
        """Path -> the first credit there of each person in each role."""
        self._seen: set[tuple[str, str]] = set()
        """(locale, translation) of every commit so far."""
        self.changed: dict[str, str] = {}
        """Path -> the day of the last commit that counts for it."""

    def credits(self) -> Iterator[tuple[str, Credit]]:
        """(path, credit) of every commit that counts, the earliest year first."""
        rows = [(path, credit) for path, found in self._credits.items() for credit in found.values()]
        yield from sorted(rows, key=lambda row: row[1].year)

    def read(self, stream: IO[bytes]) -> None:
        """Read all commits."""
        rest = b""
        while block := stream.read(_BLOCK):
            *records, rest = (rest + block).split(b"\n\0")
            for record in records:
                self._commit(record)
        self._commit(rest)

    def _commit(self, record: bytes) -> None:
        head, _newline, diff = record.partition(b"\n")
        fields = head.decode("utf-8", "replace").removeprefix("\0").split("\0")
        for file in diff.split(b"\ndiff --git ")[1:]:
            self._file(file, fields)

    def _file(self, text: bytes, fields: Sequence[str]) -> None:
        """One file of a commit."""
        head, *hunks = text.split(b"\n@@ ")
        names = {found[1]: found[2].decode("utf-8", "replace") for found in _NAMES.finditer(head)}
        path = names.get(b"rename to ", names.get(b"+++ b/", "")).rstrip("\t")  # one stands behind a space
        if b"rename from " in names:
            moved = self._credits.pop(names[b"rename from "], {})
            self._credits[path] = moved | self._credits.get(path, {})
            if day := self.changed.pop(names[b"rename from "], ""):
                self.changed[path] = max(day, self.changed.get(path, ""))
        if not path.endswith(".po"):
            return
        locale = path.partition("/")[0]
        new = False
        for hunk in hunks:
            if _ADDED.search(hunk):
                for translation in _translations(hunk.decode("utf-8", "replace").split("\n")[1:]):
                    new = new or ((locale, translation.text) not in self._seen and not translation.guess)
                    self._seen.add((locale, translation.text))
        if new:
            self.changed[path] = max(fields[2], self.changed.get(path, ""))
            known = self._credits.setdefault(path, {})
            for person in _people(fields):
                known.setdefault((person.name, person.mail, person.role), person)


@dataclass
class _Translation:
    """A translation that a commit has written, wholly or in part."""

    guess: bool
    """Whether a tool took it from a similar message: the whole entry is new, and fuzzy."""
    text: str = ""
    added: bool = False


def _translations(lines: Iterable[str]) -> Iterator[_Translation]:
    """What a hunk adds, without the header."""
    fuzzy = False
    current: _Translation | None = None
    for raw in (*lines, " "):
        sign, line = raw[:1], raw[1:].strip()
        if sign not in {"+", " "}:
            continue
        if line.startswith("#~"):
            line = line[2:].lstrip()
        if not line.startswith('"'):
            if current is not None and current.added and current.text and not _HEADER.search(current.text):
                yield current
            current = None
        if line.startswith("msgstr"):
            current = _Translation(fuzzy)
        elif line.startswith("#,"):
            fuzzy = sign == "+" and "fuzzy" in line
        elif line.startswith("msgid "):
            fuzzy = fuzzy and sign == "+"
        if current is not None:
            found = _STRING.search(line)
            current.text += found[1] if found else ""
            current.added = current.added or sign == "+"


def _people(fields: Sequence[str]) -> Iterator[Credit]:
    """Those whom a commit names: its author, and the names of its trailers."""
    name, mail, date, authors, reviewers = fields[:5]
    year = int(date[:4]) if date[:4].isdecimal() else 0
    rows = [(name, mail, Role.TRANSLATOR)]
    for role, trailers in ((Role.TRANSLATOR, authors), (Role.REVIEWER, reviewers)):
        rows += [
            (found["name"].strip(), found["mail"].strip(), role)
            for value in trailers.split("\x1f")
            if (found := _TRAILER.fullmatch(value.strip()[:LONGEST_LINE]))
        ]
    for found_name, found_mail, role in dict.fromkeys(rows):
        if is_person(found_name, found_mail):
            yield Credit(name=found_name, mail=found_mail, role=role, year=year)
