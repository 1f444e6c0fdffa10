"""The former text of a message: what a translation that is behind its source translates.

Only the former version of the same message counts, never a similar message. It is known by its place: the
text that stood between the same neighbours, where the two have enough words in common.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.entries import Entry, State
from sphinx_hub.catalogs.worddiff import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How alike two texts must be, from 0 to 1, to be one message before and after a change.
_ALIKE: Final = 0.5
#: The same for texts of few words, where "How to add a" says little of a list's other items.
_SHORT_ALIKE: Final = 0.65
_FEW_WORDS: Final = 8


def former(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """New text -> the former text of the same message, for texts of ``new`` that ``old`` does not have.

    Both are the texts of one page in the order of their source, each once. A text that both have is
    nobody's former text, wherever it stands, and every other one is that of one text at most.
    """
    kept = set(old) & set(new)
    found: dict[str, str] = {}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            gone = [text for text in old[i1:i2] if text not in kept]
            come = [text for text in new[j1:j2] if text not in kept]
            found.update(_pairs(gone, come))
    return found


def translated_by(entries: Sequence[Entry], messages: Sequence[str]) -> dict[str, Entry]:
    """Message -> the entry that has something for it, as it stands in the catalog.

    That is its own entry, in whatever state; or the translation of this very text, which a later text had
    as outdated; or the translation of its former text. ``messages`` are those of a page, in the order of
    its source, each once; ``entries`` those of its catalog.
    """
    own = {entry.msgid: entry for entry in entries}
    wanted = set(messages)
    missing = wanted - own.keys()
    if not missing:
        return {message: own[message] for message in messages}
    # A text that is there again counts as never gone, so that its place is known as well.
    back: dict[str, Entry] = {}
    for stale in own.values():
        if stale.state is State.OUTDATED and stale.msgid not in wanted and stale.previous in missing:
            back.setdefault(stale.previous, stale)
    names = {entry.msgid: text for text, entry in back.items()}
    before = former([names.get(msgid, msgid) for msgid in own], messages)
    found: dict[str, Entry] = {}
    for message in messages:
        entry = own.get(message) or back.get(message) or own.get(before.get(message, ""))
        if entry and (entry.msgid == message or entry.state is not State.UNTRANSLATED):
            found[message] = entry
    return found


def revised(entries: Sequence[Entry], messages: Sequence[str]) -> dict[str, Entry]:
    """Message -> entry, for the messages of a page as its source is now.

    A catalog that was not brought up to date since has no entry for a new text: then it is outdated where
    its former text is translated, else untranslated. ``messages`` are in the order of the source, each once.
    """
    found = translated_by(entries, messages)
    return {message: _revised(message, found.get(message)) for message in messages}


def _revised(message: str, entry: Entry | None) -> Entry:
    if entry is None:
        return Entry(msgid=message, state=State.UNTRANSLATED)
    if entry.msgid == message:
        return entry
    if entry.previous == message:
        return replace(entry, msgid=message, state=State.CURRENT, previous="", since="")
    # Changed twice, it is still the translation of the first text.
    return replace(entry, msgid=message, state=State.OUTDATED, previous=entry.previous or entry.msgid)


def _pairs(gone: Sequence[str], come: Sequence[str]) -> dict[str, str]:
    """New text -> old text: the pairs in the order of both that are alike, and most alike together."""
    if not gone or not come:
        return {}
    old = [_Words(text) for text in gone]
    new = [_Words(text) for text in come]
    likeness = [[_likeness(before, after) for before in old] for after in new]
    # best[j][i]: the sum for the texts from the j-th new one and the i-th old one on.
    best = [[0.0] * (len(old) + 1) for _ in range(len(new) + 1)]
    for j in reversed(range(len(new))):
        for i in reversed(range(len(old))):
            paired = likeness[j][i] + best[j + 1][i + 1] if likeness[j][i] else 0.0
            best[j][i] = max(paired, best[j + 1][i], best[j][i + 1])
    pairs: dict[str, str] = {}
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[j][i] and best[j][i] == likeness[j][i] + best[j + 1][i + 1]:
            pairs[come[j]] = gone[i]
            i, j = i + 1, j + 1
        elif best[j][i] == best[j + 1][i]:
            j += 1
        else:
            i += 1
    return pairs


class _Words:
    """The words of a text, as they are compared."""

    def __init__(self, text: str) -> None:
        self.words = [word.casefold() for word in words_of(text)]
        self.counts = Counter(self.words)


def _likeness(old: _Words, new: _Words) -> float:
    """How alike two texts are, from 0 to 1; 0 where they are not the same message."""
    length = len(old.words) + len(new.words)
    shorter = min(len(old.words), len(new.words))
    if not shorter:
        return 0.0
    needed = _SHORT_ALIKE if shorter <= _FEW_WORDS else _ALIKE
    if 2 * (old.counts & new.counts).total() < needed * length:
        return 0.0  # even in the best order: most pairs of a page end here, and this is quick
    ratio = SequenceMatcher(None, old.words, new.words, autojunk=False).ratio()
    return ratio if ratio >= needed else 0.0
