"""What an update left: which catalogs need not be looked at again, and what others may still want of them.

An update that is done has nothing more to do until a template or a catalog changes. So it writes down how
both were, and of each text what a change elsewhere could ask for: whether it is translated, whether its
translation is free to go, and whether it is offered one. Then the next update reads the catalogs that changed
and those that they exchange texts with, and no other. As with Sphinx's own pages, a file counts as the same
while its time and its size are.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from babel import __version__ as babel_version

from sphinx_hub.catalogs.freshness import stamp
from sphinx_hub.catalogs.marks import OBSOLETE, day_of, origin_of
from sphinx_hub.catalogs.merge import Known
from sphinx_hub.catalogs.suggestions import is_of_same_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from sphinx_hub.catalogs.merge import Rules
    from sphinx_hub.catalogs.po_files import PoEntry, PoFile

#: From so many texts on, all digests of a catalog are taken apart at once.
_MANY: Final = 8


@dataclass(frozen=True, kw_only=True)
class Texts:
    """Digests of the texts of one catalog: a string for each kind, in which a space stands before each."""

    translated: str = ""
    """The keys of current entries."""
    strings: str = ""
    """The translations of entries that are not fuzzy."""
    free: str = ""
    """The keys of translations that no text of the page has, and of the texts that they are of."""
    offered: str = ""
    """The keys of texts that are offered what the same text has elsewhere."""
    since: str = ""
    """The first day since when something of it is obsolete, YYYY-MM-DD."""

    @classmethod
    def of(cls, entries: Iterable[PoEntry], *, retired: bool = False) -> Texts:
        """The texts of a catalog; of a ``retired`` one, all translations are free."""
        entries = tuple(entries)
        days = [day_of(entry.comments, OBSOLETE) for entry in entries if entry.obsolete]
        translated: list[str] = []
        strings: list[str] = []
        free: list[str] = []
        offered: list[str] = []
        for entry in entries:
            if entry.obsolete or retired:
                if any(entry.strings):
                    free += [entry.key, Known.of(entry).source.key]
            elif not entry.fuzzy:
                translated += [entry.key] if all(entry.strings) else []
                strings += filter(None, entry.strings)
            elif is_of_same_text(origin_of(entry.comments)):
                offered.append(entry.key)
        return cls(
            translated=_digests(translated),
            strings=_digests(strings),
            free=_digests(free),
            offered=_digests(offered),
            since=min((day.isoformat() for day in days if day), default=""),
        )


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What catalogs that changed may exchange with others."""

    texts: frozenset[str]
    """Keys of texts that may take a translation."""
    given: frozenset[str]
    """Keys of translations that no text of their page has, and of the texts that they are of."""
    strings: frozenset[str]
    """Translations that are not kept where they stand elsewhere."""

    @classmethod
    def of(cls, pairs: Iterable[tuple[PoFile, PoFile]]) -> Wanted:
        """The same of (template, catalog) of each."""
        texts: set[str] = set()
        given: set[str] = set()
        strings: set[str] = set()
        for template, catalog in pairs:
            keys = {entry.key for entry in template.entries}
            texts |= keys - {entry.key for entry in catalog.entries}
            for entry in (*catalog.entries, *catalog.obsolete):
                if entry.fuzzy:
                    strings |= set(entry.strings)
                if is_of_same_text(origin_of(entry.comments)):
                    texts.add(entry.key)
                if any(entry.strings) and (entry.obsolete or entry.key not in keys):
                    given |= {entry.key, Known.of(entry).source.key}
        return cls(texts=frozenset(texts), given=frozenset(given), strings=frozenset(strings - {""}))


@dataclass(kw_only=True)
class Settled:
    """What is known of the catalogs of one language since its last update."""

    rules: str = ""
    """The digest of all that an update goes by, beside the files."""
    files: dict[str, list[list[int]]] = field(default_factory=dict)
    """Domain -> how its template and its catalog were; of one without a template, the catalog alone."""
    retired: dict[str, list[int]] = field(default_factory=dict)
    """Path of a catalog whose page is gone -> how it was."""
    texts: dict[str, Texts] = field(default_factory=dict)
    """Domain, or path of a retired catalog -> its texts."""

    def expiring(self, rules: Rules) -> set[str]:
        """The domains, or paths, of catalogs of which something has been obsolete for long enough."""
        return {
            domain
            for domain, known in self.texts.items()
            if known.since and rules.is_over(date.fromisoformat(known.since))
        }

    def exchanging(self, wanted: Wanted) -> set[str]:
        """The domains, or paths, of catalogs that have something for ``wanted`` or want something of it."""
        texts, given = _digests(wanted.texts).split(), _digests(wanted.given).split()
        return {
            domain
            for domain, known in self.texts.items()
            if _has(known.translated, texts) or _has(known.free, texts) or _has(known.offered, given)
        }

    def known_strings(self, strings: Collection[str], without: Collection[str]) -> set[str]:
        """Those of ``strings`` that are a translation in a catalog that is not among ``without``."""
        others = [known.strings for domain, known in self.texts.items() if domain not in without]
        return {string for string in strings if any(_has(known, [_digest(string)]) for known in others)}


def rules_digest(rules: Rules, code: Path, others: Iterable[object]) -> str:
    """The digest of what an update goes by: its rules, the program in the folder ``code``, and ``others``.

    The day is no part of it: :meth:`Settled.expiring` says what changes with it.
    """
    files = [(path.name, *stamp(path)) for path in sorted(code.glob("*.py"))]
    values = (rules.locale, rules.keep_days, rules.header, files, babel_version, *others)
    return hashlib.sha256(repr(values).encode()).hexdigest()


def load_settled(path: Path, rules: str) -> Settled | None:
    """What was written to ``path`` under the same ``rules``; None where that is nothing of use."""
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if found["rules"] != rules:
            return None
        return Settled(
            rules=rules,
            files=found["files"],
            retired=found["retired"],
            texts={domain: Texts(**texts) for domain, texts in found["texts"].items()},
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def save_settled(path: Path, settled: Settled) -> None:
    """Write ``settled`` to ``path``, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = {domain: vars(texts) for domain, texts in settled.texts.items()}
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(json.dumps({**vars(settled), "texts": texts}), "utf-8")
    os.replace(beside, path)  # noqa: PTH105 the replace() of Sphinx's own paths is that of strings


def _digests(texts: Iterable[str]) -> str:
    return "".join(f" {digest}" for digest in sorted({_digest(text) for text in texts}))


def _digest(text: str) -> str:
    # Two texts with one digest cost a needless reading, and nothing else.
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _has(digests: str, wanted: Sequence[str]) -> bool:
    """Whether one of ``wanted`` is among ``digests``."""
    if len(wanted) > _MANY:
        return not set(wanted).isdisjoint(digests.split())
    return any(f" {digest}" in digests for digest in wanted)
