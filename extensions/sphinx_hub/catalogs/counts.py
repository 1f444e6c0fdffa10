"""How much of a catalog, a page or a language is translated: in messages, and in the words of the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.worddiff import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_hub.catalogs.entries import Entry


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Counts of messages and of the words of their sources, by state."""

    messages: int = 0
    current: int = 0
    outdated: int = 0
    words: int = 0
    current_words: int = 0
    outdated_words: int = 0
    since: str = ""
    """The earliest day, YYYY-MM-DD, on which the source of an outdated message changed, or empty."""

    def __add__(self, other: Progress) -> Progress:
        return Progress(
            messages=self.messages + other.messages,
            current=self.current + other.current,
            outdated=self.outdated + other.outdated,
            words=self.words + other.words,
            current_words=self.current_words + other.current_words,
            outdated_words=self.outdated_words + other.outdated_words,
            since=min(filter(None, (self.since, other.since)), default=""),
        )

    @property
    def untranslated(self) -> int:
        """Messages that nobody has translated."""
        return self.messages - self.current - self.outdated

    @property
    def untranslated_words(self) -> int:
        """The words of the messages that nobody has translated."""
        return self.words - self.current_words - self.outdated_words

    @property
    def left(self) -> int:
        """Messages that wait for a translator: the outdated and the untranslated ones."""
        return self.messages - self.current

    @property
    def left_words(self) -> int:
        """The words of the messages that wait for a translator."""
        return self.words - self.current_words

    @property
    def complete(self) -> bool:
        """Whether every message is translated and up to date; so it is where there is none."""
        return self.current == self.messages

    @property
    def percent(self) -> int:
        """The share of words that is translated and up to date, rounded down: 100 means all."""
        if self.complete:
            return 100
        return min(99, self.current_words * 100 // self.words) if self.words else 0

    @property
    def percent_outdated(self) -> int:
        """The share of words whose translation is behind its source, rounded up: 0 means none.

        Together with :attr:`percent` it is never more than 100.
        """
        if not self.outdated:
            return 0
        share = -(-self.outdated_words * 100 // self.words) if self.words else 1
        return max(1, min(share, 100 - self.percent))


def count_entries(entries: Iterable[Entry]) -> Progress:
    """The counts of ``entries``: those of a catalog, or those of a page with each message once.

    They are those of ``msgfmt --statistics``, but that a guess is fuzzy there and untranslated here.
    """
    messages = current = outdated = words = current_words = outdated_words = 0
    since = ""
    for entry in entries:
        count = count_words(entry.msgid)
        messages += 1
        words += count
        if entry.state is State.CURRENT:
            current += 1
            current_words += count
        elif entry.state is State.OUTDATED:
            outdated += 1
            outdated_words += count
            if entry.since:
                since = min(since or entry.since, entry.since)
    return Progress(
        messages=messages,
        current=current,
        outdated=outdated,
        words=words,
        current_words=current_words,
        outdated_words=outdated_words,
        since=since,
    )
