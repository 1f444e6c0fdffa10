"""The addresses in the records, and what a check of the links says of the channels.

Reads ``output.json`` of Sphinx's linkcheck: one JSON object a line, with ``uri`` and ``status``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sphinx_hub.problems import Code, Problem, ProblemsError
from sphinx_hub.records.positions import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from sphinx_hub.records.positions import Row

State = Literal["works", "fails", "unknown"]
#: What Sphinx says, in our terms. A server that is down for a while, or that is not asked, proves nothing.
_STATES: Final[dict[str, State]] = {
    "working": "works",
    "redirected": "works",
    "broken": "fails",
    "timeout": "fails",
}


@dataclass(frozen=True, kw_only=True)
class ChannelLink:
    """The link of one channel, after a check."""

    id: str
    address: str
    state: State
    info: str
    """What the check says of it, such as the status of the answer."""
    checked: str
    """The day on which it was last seen working, this check included; empty where that was never."""
    line: int
    """The line of the record."""


def addresses_in(folder: Path) -> Iterator[tuple[str, Path, int]]:
    """Every address of the records below ``folder``, with its file and line; broken files have none."""
    for path in sorted(folder.glob("*.yaml")):
        for row in read_rows(path)[0] or ():
            for location, line in row.values.items():
                value: object = row.data
                for step in location:
                    value = value[step]  # type: ignore[index]
                if isinstance(value, str) and value.startswith(("https://", "http://")):
                    yield value, path, line


def read_report(path: Path) -> dict[str, tuple[State, str]]:
    """(state, info) of each address of a report.

    :raises OSError: it cannot be read.
    :raises ProblemsError: it is no report.
    """
    found: dict[str, tuple[State, str]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            found[entry["uri"]] = (_STATES.get(entry["status"], "unknown"), str(entry["info"]))
        except (ValueError, KeyError, TypeError) as error:
            message = "this is no report of linkcheck: make it anew with `nox -s linkcheck`"
            raise ProblemsError([Problem(path, number, Code.RECORD_SHAPE, message)]) from error
    return found


def check_channels(
    path: Path, report: Mapping[str, tuple[State, str]], day: date
) -> tuple[list[ChannelLink], str]:
    """The links of the channels of ``path``, and its text with ``day`` as ``checked`` where they work.

    Only lines with ``checked`` are changed or added; of a channel without an account the front page counts.

    :raises ProblemsError: the file has no form, or a record that cannot be changed by a line.
    """
    rows, problems = read_rows(path)
    if rows is None or problems:
        raise ProblemsError(problems)
    with path.open(encoding="utf-8", newline="") as file:
        lines = file.read().splitlines(keepends=True)
    links = []
    # From the end, so that the lines of those before stay where they are.
    for row in reversed(rows):
        key = "account" if row.data.get("account") else "home"
        address = str(row.data.get(key, ""))
        state, info = report.get(address, ("unknown", ""))
        checked = str(day) if state == "works" else str(row.data.get("checked") or "")
        link = ChannelLink(
            id=str(row.data.get("id", "")),
            address=address,
            state=state,
            info=info,
            checked=checked,
            line=row.line,
        )
        links.append(link)
        if state == "works" and row.data.get("checked") != checked:
            _set_checked(path, lines, row, key, checked)
    return links[::-1], "".join(lines)


def _set_checked(path: Path, lines: list[str], row: Row, key: str, day: str) -> None:
    """Write the line ``checked`` of a record: in its place, or below its address."""
    at = row.keys.get(("checked",))
    below = row.keys[key,] if at is None else at
    old = lines[below - 1]
    plain = re.fullmatch(r"( *(?:- )?)(\w+): *([^\s#]+)( *#[^\r\n]*|[ \t]*)(\r?\n)?", old)
    if plain is None or plain[3] != str(row.data["checked" if at else key]):
        message = f"`checked: {day}` cannot be written for this channel: write it yourself, on one line"
        raise ProblemsError([Problem(path, below, Code.RECORD_SHAPE, message)])
    end = plain[5] or ("\r\n" if lines[0].endswith("\r\n") else "\n")
    if at is None:
        lines[below - 1] = f"{old.rstrip()}{end}" if plain[5] is None else old
        lines.insert(below, f"{' ' * len(plain[1])}checked: {day}{end}")
    else:
        lines[below - 1] = f"{plain[1]}checked: {day}{plain[4]}{plain[5] or ''}"
