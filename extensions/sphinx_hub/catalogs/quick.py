"""The entries of a catalog, read at once where it is as plain as most are: the same as the long way has.

A catalog is taken in whole by one expression where it has nothing but texts, places, flags and comments,
each on lines of its own as gettext writes them, and then obsolete entries. With plurals, contexts, texts that
stand twice or lines of another form, it is read line by line (:mod:`po_files`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import PoFileError, unescape

from sphinx_hub.catalogs.entries import OUTDATED, Entry, State, entries_of
from sphinx_hub.catalogs.po_files import PoFile, catalog_of, charset_of, parse_po

if TYPE_CHECKING:
    from collections.abc import Iterable

_TEXT: Final = r'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"'
_TEXTS: Final = rf"{_TEXT}(?:\n{_TEXT})*+"
#: An entry and the blank lines behind it. A comment with a bar may be a former text, as babel writes it.
_ENTRY: Final = re.compile(
    rf"(?P<notes>(?:#(?![~|]| ?\|)[^\n]*+\n)*+)"
    rf"(?P<former>(?:#\| msgid {_TEXT}\n(?:#\| {_TEXT}\n)*+)?+)"
    rf"msgid (?P<msgid>{_TEXTS})\n"
    rf"msgstr (?P<msgstr>{_TEXTS})(?:\n+|\Z)"
)
_NOT_OBSOLETE: Final = re.compile(r"^[^#\n]", re.MULTILINE)


def read_entries_of(content: bytes, locale: str | None = None) -> tuple[Entry, ...]:
    """The entries that the bytes of a .po file hold, in its order, without the header and obsolete ones.

    :raises babel.messages.pofile.PoFileError: a line is not in the form of such a file.
    :raises UnicodeDecodeError: the file is not in the charset that it names.
    :raises LookupError: there is no such charset.
    :raises ValueError: a value of the header is not in its form.
    """
    quick = _quick(content, locale)
    return entries_of(catalog_of(parse_po(content), locale)) if quick is None else quick


def _quick(content: bytes, locale: str | None) -> tuple[Entry, ...] | None:
    """The entries of a plain catalog; None of another."""
    if charset_of(content) != "utf-8":
        return None
    text = content.decode()
    entries: dict[str, Entry] = {}
    position, line, header = 0, 1, ""
    while position < len(text):
        found = _ENTRY.match(text, position)
        if found is None:
            break
        notes, former, msgid, msgstr = found.groups()
        msgid = _joined(msgid)
        if msgid in entries or (not msgid and position):
            return None
        if msgid:
            line += text.count("\n", position, found.start("msgid"))
            entries[msgid] = _entry(notes, former, msgid, _joined(msgstr), line)
            line += text.count("\n", found.start("msgid"), found.end())
        else:
            header = text[position : found.end()]
            line += header.count("\n")
        position = found.end()
    rest = text[position:]
    if _NOT_OBSOLETE.search(rest):
        return None
    # What is wrong with either is said in the same way.
    try:
        obsolete = parse_po(rest.encode()).obsolete if rest else ()
    except PoFileError:
        return None
    if obsolete:
        catalog_of(PoFile(header=parse_po(header.encode()).header, obsolete=obsolete), locale)
    else:
        _check_header(header, locale)
    return tuple(entries.values())


@lru_cache(maxsize=1024)
def _check_header(header: str, locale: str | None) -> None:
    """Raise what a header is wrong in; many catalogs have the same."""
    catalog_of(PoFile(header=parse_po(header.encode()).header), locale)


def _joined(lines: str) -> str:
    """The text of one string that may stand on several lines."""
    if "\n" in lines:
        return "".join(map(_unquoted, lines.split("\n")))
    return _unquoted(lines)


def _unquoted(line: str) -> str:
    return str(unescape(line)) if "\\" in line else line[1:-1]


def _entry(notes: str, former: str, msgid: str, msgstr: str, line: int) -> Entry:
    if not msgstr:
        return Entry(msgid=msgid, state=State.UNTRANSLATED, line=line)
    if "#," not in notes or "fuzzy" not in _flags(notes.split("\n")):
        return Entry(msgid=msgid, msgstr=msgstr, state=State.CURRENT, line=line)
    since = _since(notes.split("\n"))
    previous = _joined(former.replace("#| msgid ", "").replace("#| ", "").rstrip("\n")) if former else ""
    if since is None or not previous:
        return Entry(msgid=msgid, state=State.UNTRANSLATED, line=line)
    return Entry(msgid=msgid, msgstr=msgstr, state=State.OUTDATED, line=line, previous=previous, since=since)


def _flags(notes: Iterable[str]) -> set[str]:
    return {flag.strip() for note in notes if note.startswith("#,") for flag in note[2:].split(",")}


def _since(notes: Iterable[str]) -> str | None:
    """The day on which the source changed, empty where it is unknown; None where nothing says that it did."""
    for note in notes:
        if note[:2] not in {"#:", "#,", "#."} and (mark := OUTDATED.fullmatch(note[1:].strip())):
            return mark["day"] or ""
    return None
