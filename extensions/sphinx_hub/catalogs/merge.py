"""Bring a catalog up to date with the messages of its page, and lose nothing that was translated.

A message whose text changed keeps its translation, marked as that of the text before; one that is gone
becomes obsolete, and comes back with its text. What stays as it is keeps its lines as they stand, so that a
change of the file shows what changed (python-babel#787, sphinx-intl#121). What one catalog gives to another
is decided in :mod:`sphinx_hub.catalogs.language_update`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog

from sphinx_hub.catalogs.entries import OUTDATED, Entry, State
from sphinx_hub.catalogs.headers import HeaderValues, kept_header, new_header, with_credits, with_plural_forms
from sphinx_hub.catalogs.marks import (
    OBSOLETE,
    RETIRED,
    another_translation,
    day_of,
    obsolete_mark,
    origin_of,
    other_translations,
    outdated_mark,
    suggested_mark,
    unmarked,
    without,
)
from sphinx_hub.catalogs.po_files import PoEntry, PoFile, parse_po
from sphinx_hub.catalogs.revision import translated_by
from sphinx_hub.catalogs.suggestions import FORMS, Offer, Suggestion, is_of_same_text, suggestion_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

_RANK: Final = {State.CURRENT: 0, State.OUTDATED: 1, State.UNTRANSLATED: 2}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What an update of a language goes by."""

    locale: str
    day: date
    """When the texts that are new are said to have changed."""
    keep_days: int = 0
    """How many days obsolete entries and catalogs are kept; 0 is for ever."""
    header: HeaderValues = field(default_factory=HeaderValues)
    """What is known of the header of a new catalog."""

    def is_over(self, since: date | None) -> bool:
        """Whether what is obsolete ``since`` a day has been kept for long enough."""
        return bool(self.keep_days) and since is not None and (self.day - since).days > self.keep_days


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What an update made of a catalog."""

    content: bytes
    """The whole file; the very bytes of before where there is nothing to change."""
    entries: tuple[PoEntry, ...]
    """What the file holds."""
    added: int
    """Texts that the catalog did not have."""
    gone: int
    """Texts that the page has no more."""
    outdated: int
    """Translations that were not behind their source, and are now."""
    moved: int
    """Translations that came from another catalog."""
    suggested: int
    """Texts that got a suggestion."""
    expired: int
    """Obsolete translations that were kept for long enough."""


@dataclass(frozen=True)
class Known:
    """An entry of a catalog, and what a build makes of it."""

    po: PoEntry
    entry: Entry
    """With the key as its msgid, and the key of the former text as its former text."""

    @classmethod
    def of(cls, po: PoEntry) -> Known:
        """The same as a build has it, see :func:`sphinx_hub.catalogs.entries.entries_of`."""
        return cls(po, _entry(po))

    @property
    def state(self) -> State:
        """How its translation stands to its text."""
        return self.entry.state

    @property
    def source(self) -> PoEntry:
        """The text that its translation is of, as a current entry."""
        if self.state is not State.OUTDATED:
            return self.po
        context = self.po.previous_context if self.po.previous_context is not None else self.po.context
        return replace(
            current(self.po),
            msgid=self.po.previous,
            plural=self.po.previous_plural or (self.po.previous if self.po.plural else ""),
            context=context,
            id_lines=(),
        )


def merge(content: bytes | None, template: PoFile, rules: Rules) -> Merged:
    """Bring the .po file of ``content`` up to date with ``template``; None makes a new one.

    :raises babel.messages.pofile.PoFileError: the file is not in the form of a .po file.
    :raises UnicodeDecodeError: it is not in the charset that it names.
    :raises LookupError: there is no such charset.
    """
    work = CatalogMerge(content, template, rules, None if content is None else parse_po(content))
    work.suggest_from(work.gone_texts())
    return work.merged()


class CatalogMerge:
    """One catalog on its way: finds what it has for each text, takes from others, and gives."""

    def __init__(self, content: bytes | None, template: PoFile, rules: Rules, old: PoFile | None) -> None:
        """``old`` is what the file of ``content`` holds."""
        self._content = content
        self._old = PoFile() if old is None else old
        self._template = template
        self._rules = rules
        self._plurals = _plural_forms(rules.locale)
        self._wanted = {wanted.key: wanted for wanted in template.entries}
        self._twins: list[Known] = []
        """Entries that stand twice, as after a merge of branches, but for the one that says most."""
        self._active = self._known(self._old.entries)
        self._stored = self._known(map(_in_doubt, self._old.obsolete))
        self._used: set[int] = set()
        self._given: set[int] = set()
        self._outdated = self._moved = self._suggested = self._expired = 0
        found = translated_by([known.entry for known in self._active.values()], list(self._wanted))
        self._found = {key: self._active[entry.msgid] for key, entry in found.items()}
        self._credits: list[str] = []
        self._sources: dict[str, Known] = {}
        """Key -> the entry from which its row comes."""
        self._rows: dict[str, PoEntry] = {key: self._row(wanted) for key, wanted in self._wanted.items()}

    # what it has

    @property
    def rows(self) -> dict[str, PoEntry]:
        """Key -> the entry as it will be, in the order of the template."""
        return self._rows

    def lacking(self) -> list[PoEntry]:
        """The texts that are new to this catalog and have nothing yet."""
        return [
            wanted
            for key, wanted in self._wanted.items()
            if key not in self._active and not any(self._rows[key].strings)
        ]

    def movable(self) -> list[PoEntry]:
        """The texts that have no translation of their own."""
        return [wanted for key, wanted in self._wanted.items() if not _is_current(self._rows[key])]

    def accepts(self, wanted: PoEntry, known: Known) -> bool:
        """Whether a text can have a translation that no text of another catalog has any more.

        It can where it is new here; or else where that translation is suggested to it already, from the time
        when both catalogs had the text.
        """
        row = self._rows[wanted.key]
        if bool(known.po.plural) != bool(wanted.plural):
            return False
        if wanted.key not in self._active and wanted.key not in self._stored:
            return True
        return is_of_same_text(origin_of(row.comments)) and row.strings == known.po.strings

    def free(self) -> Iterator[Known]:
        """Translations that no text of the page has: they may move to another catalog."""
        for known in (*self._active.values(), *self._stored.values(), *self._twins):
            if self._is_left(known) and known.state is not State.UNTRANSLATED:
                yield known

    def gone_texts(self, *, newly: bool = False) -> list[Offer]:
        """The texts that the page has no more, each with its translation, for suggestions.

        With ``newly``, they are those that it had until now.
        """
        offers: dict[str, Offer] = {}
        stored = () if newly else (*self._stored.values(), *self._twins)
        for known in (*self._active.values(), *stored):
            if known.state is State.UNTRANSLATED or (newly and known.state is State.OUTDATED):
                continue
            source = known.source
            if source.key not in self._wanted and not source.plural:
                offers.setdefault(source.msgid, Offer(source.msgid, source.strings[0]))
        return list(offers.values())

    # what it takes and gives

    def take(self, wanted: PoEntry, known: Known) -> None:
        """Let a text have a translation of another catalog, which must :meth:`give` it."""
        former = self._sources.pop(wanted.key, None)
        if former is not None:  # by its place; the translation of the text itself is better
            self._used.discard(id(former))
            self._outdated -= former.state is State.CURRENT
        self._rows[wanted.key] = self._placed(wanted, known)
        self._moved += 1

    def credit(self, lines: Iterable[str]) -> None:
        """Name people in the header, who translated what came from a catalog that is no more."""
        self._credits += [line for line in lines if line not in self._credits]

    def give(self, known: Known) -> None:
        """Leave a translation to another catalog."""
        self._given.add(id(known))

    def suggest(self, key: str, suggestion: Suggestion) -> None:
        """Offer a translation for a text that has none."""
        row = self._rows[key]
        self._suggested += 1
        suggested = replace(
            row,
            comments=(*row.comments, suggested_mark(suggestion.origin)),
            flags=("fuzzy", *(flag for flag in row.flags if flag != "fuzzy")),
            previous=suggestion.previous,
            previous_plural="",
            previous_context=None,
            strings=suggestion.strings,
            string_lines=(),
        )
        self._rows[key] = self._fitting(row, suggested)

    def suggest_from(self, offers: Sequence[Offer]) -> None:
        """Offer what ``offers`` have to the texts that are new and have nothing."""
        for wanted in self.lacking() if offers else ():
            suggestion = None if wanted.plural else suggestion_for(wanted.msgid, offers)
            if suggestion is not None:
                self.suggest(wanted.key, suggestion)

    # what it becomes

    def merged(self, translations: Collection[str] = ()) -> Merged:
        """The catalog as it is now.

        ``translations`` are those that stand elsewhere: a suggestion that repeats one is not kept when its
        text is gone.
        """
        stored = self._obsolete(translations)  # which may leave comments in the rows
        rows = [*self._rows.values(), *stored]
        before, now = {po.key for po in self._old.entries}, self._wanted.keys()
        header = self._header(moved=before != now)
        same_header = self._old.header is not None and header == self._old.header.lines
        content = self._content
        old = [*self._old.entries, *self._old.obsolete]
        if content is None or not same_header or rows != old:
            content = file_content(content or b"\n", header, rows, old, self._old.tail)
        return Merged(
            content=content,
            entries=tuple(rows),
            added=len(now - before),
            gone=len(before - now),
            outdated=self._outdated,
            moved=self._moved,
            suggested=self._suggested,
            expired=self._expired,
        )

    def _header(self, *, moved: bool) -> tuple[str, ...]:
        rules = self._rules
        if self._old.header is None:
            return with_credits(new_header(self._template, rules.locale, rules.header), self._credits)
        lines = kept_header(self._old.header, self._template, rules.locale, rules.header, moved=moved)
        if any(wanted.plural for wanted in self._wanted.values()):
            lines = with_plural_forms(lines, rules.locale)
        return with_credits(without(lines, RETIRED), self._credits)

    def _known(self, entries: Iterable[PoEntry]) -> dict[str, Known]:
        table: dict[str, Known] = {}
        for po in entries:
            known = Known.of(po)
            other = table.get(po.key)
            if other is None or _RANK[known.state] < _RANK[other.state]:
                table[po.key] = known
                known, other = (known, None) if other is None else (other, known)
            if other is not None:
                self._twins.append(known)
        return table

    def _row(self, wanted: PoEntry) -> PoEntry:
        """The entry for a text of the template."""
        known = next(self._candidates(wanted), None)
        if known is not None:
            self._used.add(id(known))
            self._sources[wanted.key] = known
            return self._placed(wanted, known)
        strings = ("",) * self._plurals if wanted.plural else ("",)
        flags = tuple(flag for flag in wanted.flags if flag != "fuzzy")
        return replace(wanted, strings=strings, flags=flags, id_lines=(), string_lines=())

    def _placed(self, wanted: PoEntry, known: Known) -> PoEntry:
        """The entry ``known`` as that of a text of the template."""
        po = _tidy(known.po)
        place = replace(
            po, extracted=wanted.extracted, locations=wanted.locations, flags=_flags(po.flags, wanted.flags)
        )
        if po.obsolete:
            place = _turned(place, without(po.comments, OBSOLETE), obsolete=False)
        if known.po.key == wanted.key:
            return place if bool(po.plural) == bool(wanted.plural) else self._other_forms(wanted, place)
        changed = self._fitting(
            wanted,
            replace(
                place,
                msgid=wanted.msgid,
                plural=wanted.plural,
                context=wanted.context,
                id_lines=(),
            ),
        )
        if known.entry.previous == wanted.key:
            return current(changed)
        if known.state is State.CURRENT:
            self._outdated += 1
            return replace(
                changed,
                comments=(*changed.comments, outdated_mark(self._rules.day)),
                flags=("fuzzy", *changed.flags),
                previous=known.po.msgid,
                previous_plural=known.po.plural,
                previous_context=known.po.context,
            )
        return changed  # changed twice, it is still the translation of the first text

    def _other_forms(self, wanted: PoEntry, place: PoEntry) -> PoEntry:
        """The entry of a text that has a plural now, or has none any more: a person must say how it fits."""
        fitted = self._fitting(wanted, replace(place, plural=wanted.plural, id_lines=()))
        return replace(
            fitted,
            comments=(*unmarked(fitted.comments), suggested_mark(FORMS)),
            flags=("fuzzy", *(flag for flag in fitted.flags if flag != "fuzzy")),
            previous="",
            previous_plural="",
            previous_context=None,
        )

    def _fitting(self, wanted: PoEntry, place: PoEntry) -> PoEntry:
        """The entry with as many forms as its text has."""
        count = self._plurals if wanted.plural else 1
        if len(place.strings) == count:
            return place if bool(place.plural) == bool(wanted.plural) else replace(place, string_lines=())
        more = another_translation(dict.fromkeys(place.strings[count:]))
        strings = (*place.strings[:count], *place.strings[-1:] * (count - len(place.strings)))
        return replace(place, strings=strings, comments=(*place.comments, *more), string_lines=())

    def _candidates(self, wanted: PoEntry) -> Iterator[Known]:
        """What the catalog has for a text, the best first."""
        every = [table[wanted.key] for table in (self._active, self._stored) if wanted.key in table]
        own = [known for known in every if bool(known.po.plural) == bool(wanted.plural)]
        found = self._found.get(wanted.key)
        other = [found] if found is not None and found.po.key != wanted.key else []
        back = [
            known
            for known in (*other, *self._stored.values())
            if known.state is State.OUTDATED
            and known.entry.previous == wanted.key
            and known.po.key not in self._wanted
        ]
        yield from (known for known in own if known.state is State.CURRENT)
        yield from back
        yield from (known for known in own if known.state is State.OUTDATED)
        yield from other
        yield from (known for known in own if any(known.po.strings))
        yield from (known for known in every if any(known.po.strings))
        yield from own

    def _is_left(self, known: Known) -> bool:
        """Whether the page has no use for an entry that is translated.

        That of a former text may have none although the page has the text: with a better one of its own.
        """
        own = known.source if known.state is State.OUTDATED else known.po
        gone = known.po.key not in self._wanted or own.key not in self._wanted
        return gone and not self._is_placed(known) and any(known.po.strings)

    def keys(self, known: Known) -> Iterator[str]:
        """Under which texts a translation may move to another catalog."""
        if known.po.key not in self._wanted:
            yield known.po.key
        if known.source.key != known.po.key:
            yield known.source.key

    def _is_placed(self, known: Known) -> bool:
        return id(known) in self._used or id(known) in self._given

    def _obsolete(self, translations: Collection[str]) -> list[PoEntry]:
        """What no text of the template has taken, if it is translated: each text once."""
        rest: dict[str, Known] = {}
        homeless: list[Known] = []
        for known in (*self._stored.values(), *self._active.values(), *self._twins):
            if self._is_placed(known) or not any(known.po.strings):
                continue
            if known.po.obsolete and self._rules.is_over(day_of(known.po.comments, OBSOLETE)):
                self._expired += 1
                continue
            if known.state is State.UNTRANSLATED and set(known.po.strings) <= set(translations):
                continue
            other = rest.get(known.po.key)
            if known.po.key in self._wanted:
                homeless.append(known)
            elif other is None:
                rest[known.po.key] = known
            else:
                better = _RANK[known.state] < _RANK[other.state]
                rest[known.po.key] = known if better else other
                homeless.append(other if better else known)
        stored = {key: self._stored_entry(known.po) for key, known in rest.items()}
        for known in homeless:
            self._house(known, stored)
        return list(stored.values())

    def _stored_entry(self, po: PoEntry) -> PoEntry:
        po = _tidy(po)
        if po.obsolete and day_of(po.comments, OBSOLETE):
            return po
        comments = (*without(po.comments, OBSOLETE), obsolete_mark(self._rules.day))
        if po.obsolete:
            return replace(po, comments=comments)
        return replace(_turned(po, comments, obsolete=True), extracted=(), locations=())

    def _house(self, known: Known, stored: dict[str, PoEntry]) -> None:
        """Keep a translation whose text has another one already."""
        source = known.source
        if source.key not in self._wanted and source.key not in stored:
            stored[source.key] = self._stored_entry(replace(source, obsolete=False))
            return
        for table in (self._rows, stored):
            for key in (known.po.key, source.key):
                holder = table.get(key)
                if holder is not None:
                    strings = [string for string in known.po.strings if string not in holder.strings]
                    lines = (*other_translations(known.po.comments), *another_translation(strings))
                    more = [line for line in lines if line not in holder.comments]
                    table[key] = replace(holder, comments=(*holder.comments, *more))
                    return


@cache
def _plural_forms(locale: str) -> int:
    return Catalog(locale=locale).num_plurals


def _is_current(po: PoEntry) -> bool:
    return all(po.strings) and not po.fuzzy


def current(po: PoEntry) -> PoEntry:
    """The entry as a current one."""
    return replace(
        po,
        comments=unmarked(po.comments),
        flags=tuple(flag for flag in po.flags if flag != "fuzzy"),
        previous="",
        previous_plural="",
        previous_context=None,
    )


def _entry(po: PoEntry) -> Entry:
    """What a build makes of an entry of a file."""
    if not all(po.strings):
        return Entry(msgid=po.key, state=State.UNTRANSLATED, line=po.line)
    if not po.fuzzy:
        return Entry(msgid=po.key, msgstr=po.strings[0], state=State.CURRENT, line=po.line)
    mark = next(filter(None, (OUTDATED.fullmatch(line[1:].strip()) for line in po.comments)), None)
    if mark is None or not po.previous:
        return Entry(msgid=po.key, state=State.UNTRANSLATED, line=po.line)
    context = po.context if po.previous_context is None else po.previous_context
    return Entry(
        msgid=po.key,
        msgstr=po.strings[0],
        state=State.OUTDATED,
        line=po.line,
        previous=replace(po, msgid=po.previous, context=context).key,
        since=mark["day"] or "",
    )


def _in_doubt(po: PoEntry) -> PoEntry:
    """An obsolete entry with the flag that babel takes away from it: no translator does."""
    if po.fuzzy or unmarked(po.comments) == po.comments:
        return po
    return replace(po, flags=("fuzzy", *po.flags))


def _flags(own: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The flags of an entry: what its text is a format of is the source's to say, all else its own.

    Babel takes texts with a percent sign for formats (python-babel#865).
    """
    formats = {flag for flag in own if flag.endswith("-format")}
    if formats == {flag for flag in wanted if flag.endswith("-format")}:
        return tuple(own)
    kept = [flag for flag in own if flag not in formats]
    return (*kept, *(flag for flag in wanted if flag.endswith("-format")))


def _tidy(po: PoEntry) -> PoEntry:
    """The entry without the marks of one that is in doubt, where it is not in doubt any more."""
    if po.fuzzy and any(po.strings):
        return po
    marked = po.previous or po.previous_plural or po.previous_context is not None or po.fuzzy
    return current(po) if marked or unmarked(po.comments) != po.comments else po


def _turned(po: PoEntry, comments: tuple[str, ...], *, obsolete: bool) -> PoEntry:
    """The entry as an obsolete one or as none: all its lines change, so they are wrapped anew."""
    return replace(po, comments=comments, obsolete=obsolete, id_lines=(), string_lines=())


def file_content(
    content: bytes,
    header: Sequence[str],
    rows: Sequence[PoEntry],
    old: Sequence[PoEntry],
    tail: Sequence[str],
) -> bytes:
    """The whole file, with the line ends of ``content``, the file before."""
    stands = {po.key: po for po in reversed(old)}
    entries = (stands[row.key].lines if stands.get(row.key) == row else row.written() for row in rows)
    blocks = [header, *entries, tail]
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    end = content[len(content.rstrip()) :].decode("ascii", "ignore").replace("\r", "") or "\n"
    newline = "\r\n" if b"\r\n" in content else "\n"
    return (text + end).replace("\n", newline).encode()
