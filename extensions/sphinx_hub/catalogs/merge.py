"""Bring a catalog up to date with the messages of its page, and lose nothing that was translated.

A message whose text changed keeps its translation, marked as that of the text before; one that is gone
becomes obsolete, and comes back with its text. Nothing is guessed. What stays as it is keeps its lines as
they stand, so that a change of the file shows what changed (python-babel#787, sphinx-intl#121).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import escape

from sphinx_hub.catalogs.entries import OUTDATED, Entry, State, entries_of
from sphinx_hub.catalogs.po_files import PoEntry, PoFile, catalog_of, charset_of, parse_po
from sphinx_hub.catalogs.revision import translated_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

_CREATED: Final = re.compile(r'"POT-Creation-Date: .*\\n"')
_CHARSET: Final = re.compile(r"(?<=charset=)[\w.:-]+")
_RANK: Final = {State.CURRENT: 0, State.OUTDATED: 1, State.UNTRANSLATED: 2}


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What :func:`merge` made of a catalog."""

    content: bytes
    """The whole file; the very bytes of before where there is nothing to change."""
    added: int
    """Texts that the catalog did not have."""
    gone: int
    """Texts that the page has no more."""
    outdated: int
    """Translations that were not behind their source, and are now."""


@dataclass(frozen=True)
class _Known:
    """An entry of the catalog, and what a build makes of it."""

    po: PoEntry
    entry: Entry
    """With the key as its msgid."""

    @property
    def state(self) -> State:
        return self.entry.state


def merge(content: bytes | None, template: PoFile, locale: str, day: date) -> Merged:
    """Bring the .po file of ``content`` up to date with ``template``; None makes a new one.

    ``day`` is when the texts that are new are said to have changed.

    :raises babel.messages.pofile.PoFileError: the file is not in the form of a .po file.
    :raises UnicodeDecodeError: it is not in the charset that it names.
    :raises LookupError: there is no such charset.
    """
    old = PoFile() if content is None else parse_po(content)
    merger = _Merger(old, template, locale, day)
    rows = [merger.row(wanted) for wanted in template.entries]
    rows += merger.obsolete()
    before = {po.key for po in old.entries}
    now = {wanted.key for wanted in template.entries}
    header = _header(old.header, template, locale, moved=before != now)
    same_header = old.header is not None and header == old.header.lines
    if content is None or not same_header or [entry for entry, _po in rows] != [*old.entries, *old.obsolete]:
        content = _file(content or b"\n", header, rows, old.tail)
    return Merged(
        content=content,
        added=len(now - before),
        gone=len(before - now),
        outdated=merger.outdated,
    )


class _Merger:
    """Finds what the catalog has for each text; counts the translations that fall behind."""

    def __init__(self, old: PoFile, template: PoFile, locale: str, day: date) -> None:
        self.outdated = 0
        self._plurals = Catalog(locale=locale).num_plurals
        self._mark = f"# outdated since {day.isoformat()}"
        self._wanted = {wanted.key for wanted in template.entries}
        self._active = _known(old.entries, locale)
        self._stored = _known(old.obsolete, locale)
        self._found = translated_by(
            [known.entry for known in self._active.values()], [wanted.key for wanted in template.entries]
        )
        self._used: set[int] = set()

    def row(self, wanted: PoEntry) -> tuple[PoEntry, PoEntry | None]:
        """The entry for a text of the template, and the entry of the catalog that it comes from."""
        known = next(self._candidates(wanted), None)
        if known is None:
            strings = ("",) * self._plurals if wanted.plural else ("",)
            flags = tuple(flag for flag in wanted.flags if flag != "fuzzy")
            return replace(wanted, strings=strings, flags=flags, id_lines=(), string_lines=()), None
        self._used.add(id(known))
        place = replace(_tidy(known), extracted=wanted.extracted, locations=wanted.locations, obsolete=False)
        if known.po.key == wanted.key:
            return place, known.po
        changed = replace(
            place,
            msgid=wanted.msgid,
            plural=wanted.plural,
            context=wanted.context,
            flags=tuple(flag for flag in place.flags if not flag.endswith("-format")),
            id_lines=(),
        )
        if known.entry.previous == wanted.key:
            return _unmarked(changed), known.po
        if known.state is State.CURRENT:
            self.outdated += 1
            return replace(
                changed,
                comments=(*changed.comments, self._mark),
                flags=("fuzzy", *changed.flags),
                previous=known.po.msgid,
            ), known.po
        return changed, known.po  # changed twice, it is still the translation of the first text

    def obsolete(self) -> Iterator[tuple[PoEntry, PoEntry]]:
        """What no text of the template has taken, if it is translated: each text once."""
        rest = {key: known for key, known in self._stored.items() if self._is_left(known)}
        for key, known in self._active.items():
            if self._is_left(known) and (key not in rest or _RANK[known.state] <= _RANK[rest[key].state]):
                rest[key] = known
        for known in rest.values():
            yield replace(_tidy(known), extracted=(), locations=(), obsolete=True), known.po

    def _is_left(self, known: _Known) -> bool:
        return known.po.key not in self._wanted and id(known) not in self._used and any(known.po.strings)

    def _candidates(self, wanted: PoEntry) -> Iterator[_Known]:
        """What the catalog has for a text, the best first."""
        own = [
            table[wanted.key]
            for table in (self._active, self._stored)
            if wanted.key in table and bool(table[wanted.key].po.plural) == bool(wanted.plural)
        ]
        found = self._found.get(wanted.key)
        other = [self._active[found.msgid]] if found is not None and found.msgid != wanted.key else []
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
        yield from own


def _known(entries: Iterable[PoEntry], locale: str) -> dict[str, _Known]:
    """Key -> entry; of those that stand twice, as after a merge of branches, the one that says most."""
    table: dict[str, _Known] = {}
    for po in entries:
        (entry,) = entries_of(catalog_of(PoFile(entries=(replace(po, obsolete=False),)), locale))
        known = _Known(po, replace(entry, msgid=po.key))
        if po.key not in table or _RANK[known.state] < _RANK[table[po.key].state]:
            table[po.key] = known
    return table


def _tidy(known: _Known) -> PoEntry:
    """The entry without the marks of an outdated one, where it is none any more."""
    if known.po.fuzzy and any(known.po.strings):
        return known.po
    return _unmarked(known.po) if known.po.previous or _marks(known.po.comments) else known.po


def _unmarked(po: PoEntry) -> PoEntry:
    """The entry as a current one."""
    marks = _marks(po.comments)
    return replace(
        po,
        comments=tuple(line for line in po.comments if line not in marks),
        flags=tuple(flag for flag in po.flags if flag != "fuzzy"),
        previous="",
    )


def _marks(comments: Sequence[str]) -> list[str]:
    return [line for line in comments if OUTDATED.fullmatch(line[1:].strip())]


def _header(old: PoEntry | None, template: PoFile, locale: str, *, moved: bool) -> tuple[str, ...]:
    """The lines of the header: of the old one all but what must change, or else a new one."""
    if old is None:
        return _new_header(template, locale)
    # The mark of doubt is that of the template, which is copied by sphinx-intl; charset: we write UTF-8.
    lines = [line for line in old.lines if not (line.startswith("#,") and old.fuzzy)]
    created = next(filter(_CREATED.fullmatch, template.header.lines if template.header else ()), None)
    if moved and created:
        lines = [created if _CREATED.fullmatch(line) else line for line in lines]
    if charset_of("\n".join(lines).encode()) != "utf-8":
        lines = [_CHARSET.sub("UTF-8", line) for line in lines]
    return tuple(lines)


def _new_header(template: PoFile, locale: str) -> tuple[str, ...]:
    catalog = catalog_of(PoFile(header=template.header))
    catalog.locale = locale
    catalog.charset = "UTF-8"
    # Which version of which program wrote the file is no news to anybody.
    values = [(name, value) for name, value in catalog.mime_headers if name != "Generated-By"]
    return (
        *(template.header.comments if template.header else ()),
        'msgid ""',
        'msgstr ""',
        *(escape(f"{name}: {value}".rstrip(" ") + "\n") for name, value in values),
    )


def _file(
    content: bytes,
    header: Sequence[str],
    rows: Iterable[tuple[PoEntry, PoEntry | None]],
    tail: Sequence[str],
) -> bytes:
    """The whole file, with the line ends of ``content``, the file before."""
    blocks = [header, *(entry.lines if entry == po else entry.written() for entry, po in rows), tail]
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    end = content[len(content.rstrip()) :].decode("ascii", "ignore").replace("\r", "") or "\n"
    newline = "\r\n" if b"\r\n" in content else "\n"
    return (text + end).replace("\n", newline).encode()
