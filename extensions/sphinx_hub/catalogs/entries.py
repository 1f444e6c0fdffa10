"""The entries of a catalog as a build needs them, each in one of three states that a reader is told of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

#: The translator comment of an entry whose source changed, with the day of the change where it is known.
#: Only this, with the flag ``fuzzy`` and the former msgid, tells such an entry from a guess.
OUTDATED: Final = re.compile(r"outdated(?: since (?P<day>\d{4}-\d{2}-\d{2}))?")


class State(Enum):
    """How a translation stands to its source."""

    CURRENT = "current"
    OUTDATED = "outdated"
    """The source changed after it was translated."""
    UNTRANSLATED = "untranslated"
    """There is no translation, or none but a guess."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One message of a catalog."""

    msgid: str
    state: State
    msgstr: str = ""
    """The translation; empty exactly when the message is untranslated."""
    line: int = 1
    """The line of the .po at which the entry's msgid stands."""
    previous: str = ""
    """The former msgid of an outdated entry: what ``msgstr`` translates."""
    since: str = ""
    """The day on which the source of an outdated entry changed, as YYYY-MM-DD; empty where unknown."""


def entries_of(catalog: Catalog) -> tuple[Entry, ...]:
    """The entries of ``catalog`` in its order, without the header and the obsolete ones.

    A plural message is its singular with its first form.
    """
    return tuple(_entry(message) for message in catalog if message.id)


def is_translated(message: Message) -> bool:
    """Whether every form of ``message`` has a translation that is no guess."""
    strings = [message.string] if isinstance(message.string, str) else message.string or [""]
    return all(strings) and not message.fuzzy


def _entry(message: Message) -> Entry:
    msgid, previous = _first(message.id), _first(message.previous_id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    line = message.lineno or 1
    if not all(strings):
        return Entry(msgid=msgid, state=State.UNTRANSLATED, line=line)
    if not message.fuzzy:
        return Entry(msgid=msgid, msgstr=strings[0], state=State.CURRENT, line=line)
    mark = next(filter(None, (OUTDATED.fullmatch(text.strip()) for text in message.user_comments)), None)
    if mark is None or not previous:
        return Entry(msgid=msgid, state=State.UNTRANSLATED, line=line)
    return Entry(
        msgid=msgid,
        msgstr=strings[0],
        state=State.OUTDATED,
        line=line,
        previous=previous,
        since=mark["day"] or "",
    )


def _first(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else (text[0] if text else "")
