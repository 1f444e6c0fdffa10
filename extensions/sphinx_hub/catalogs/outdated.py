"""What of a catalog went out of date, day by day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.entries import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx_hub.catalogs.entries import Entry

#: https://www.gnu.org/software/gettext/manual/html_node/Header-Entry.html
_REVISED: Final = re.compile(
    rb'^"PO-Revision-Date: *(\d{4}-\d{2}-\d{2} \d{2}:\d{2}[+-]\d{4})\\n"', re.MULTILINE
)
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


def revised_at(path: Path) -> str:
    """When the translations of a .po file were last worked on, by its header: a moment of RFC 3339 in UTC.

    Empty where the header does not say it in gettext's form, or the file is not there.
    """
    head = path.read_bytes().split(b"\n\n", 1)[0] if path.is_file() else b""
    found = _REVISED.search(head)
    if found is None:
        return ""
    try:
        moment = datetime.strptime(found[1].decode(), "%Y-%m-%d %H:%M%z")
    except ValueError:
        return ""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
