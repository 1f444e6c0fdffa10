"""What of a catalog went out of date, day by day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.entries import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx_hub.catalogs.entries import Entry

_DATE: Final = rb'^"%s: (\d{4}-\d{2}-\d{2})'


@dataclass(frozen=True, kw_only=True)
class OutdatedDay:
    """The messages of one catalog whose sources changed on one day."""

    domain: str
    day: str
    """YYYY-MM-DD."""
    entries: tuple[Entry, ...]


def outdated_days(domain: str, entries: Iterable[Entry], unknown: str) -> list[OutdatedDay]:
    """The outdated ones of ``entries``, those of each day together, the oldest day first.

    ``unknown`` is the day of messages that do not say theirs; when it is empty, they are left out.
    """
    days: dict[str, list[Entry]] = {}
    for entry in entries:
        day = entry.since or unknown
        if entry.state is State.OUTDATED and day:
            days.setdefault(day, []).append(entry)
    return [OutdatedDay(domain=domain, day=day, entries=tuple(days[day])) for day in sorted(days)]


def header_days(path: Path) -> tuple[str, str]:
    """The days in the header of a .po file, YYYY-MM-DD: of its messages, and of its translations.

    A day that is not there is empty.
    """
    head = path.read_bytes().split(b"\n\n", 1)[0] if path.is_file() else b""
    names = (b"POT-Creation-Date", b"PO-Revision-Date")
    found = (re.search(_DATE % name, head, re.MULTILINE) for name in names)
    created, revised = (match[1].decode() if match else "" for match in found)
    return created, revised
