"""Catalogs as files, entry by entry and to the letter.

Babel reads no former msgid (https://github.com/python-babel/babel/issues/206) and takes ``#~|`` for a
mistake; it writes a former msgid over lines that gettext cannot read, wraps every entry anew (#787), drops
repeated lines of comments (#417), calls texts with a percent sign format strings (#865), and reads a string
without its end as one without its last character. So files are read and written here, and babel has the
rest: languages, plurals, the values of the header.

The form is gettext's: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, unescape

from sphinx_hub.catalogs.wrapping import WIDTH, wrapped
from sphinx_hub.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_STRING: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_KEYWORD: Final = re.compile(
    r"(?P<name>msgctxt|msgid_plural|msgid|msgstr(?:\[(?P<form>\d+)\])?)\s+(?P<string>.*)"
)
#: Of the header: a page may be about charsets.
_CHARSET: Final = re.compile(rb'^(?:msgstr )?"Content-Type: [^"\n]*charset=([\w.:-]+)', re.MULTILINE)
_BABEL_FORMER: Final = re.compile(r'# \| msg(?:ctxt|id) "')
_FILE: Final = re.compile(r"(?:\u2068[^\u2069]*\u2069|[^\s\u2068])+")


@dataclass(frozen=True, kw_only=True)
class PoEntry:
    """One entry. Two are equal when they say the same, however they are wrapped."""

    msgid: str
    strings: tuple[str, ...] = ("",)
    """The translation, or its plural forms."""
    plural: str = ""
    context: str | None = None
    comments: tuple[str, ...] = ()
    """Lines of translators, as they stand, with the ``#``."""
    extracted: tuple[str, ...] = ()
    """Lines of writers, as they stand, with the ``#.``."""
    locations: tuple[tuple[str, int], ...] = ()
    """Files and lines, sorted; the line is 0 where it is unknown."""
    flags: tuple[str, ...] = ()
    previous: str = ""
    """The former msgid."""
    previous_plural: str = ""
    previous_context: str | None = None
    obsolete: bool = False
    line: int = field(default=1, compare=False)
    """The line of the file at which the msgid stands."""
    lines: tuple[str, ...] = field(default=(), compare=False)
    """The whole entry, as it stands in its file."""
    id_lines: tuple[str, ...] = field(default=(), compare=False)
    """The lines of the context, msgid and plural as they stand, without ``#~``; empty to wrap them anew."""
    string_lines: tuple[str, ...] = field(default=(), compare=False)
    """The same of the translation."""

    @property
    def key(self) -> str:
        """What tells the entry from others: gettext's key of compiled catalogs."""
        return self.msgid if self.context is None else f"{self.context}\x04{self.msgid}"

    @property
    def fuzzy(self) -> bool:
        """Whether the translation is in doubt."""
        return "fuzzy" in self.flags

    def written(self) -> tuple[str, ...]:
        """The lines of the entry; an obsolete one has neither locations nor comments of writers."""
        mark = "#~" if self.obsolete else "#"
        start = "#~ " if self.obsolete else ""
        return (
            *self.comments,
            *(() if self.obsolete else self.extracted),
            *(() if self.obsolete else _location_lines(self.locations)),
            *((f"#, {', '.join(self.flags)}",) if self.flags else ()),
            *self._previous_lines(f"{mark}| "),
            *([start + line for line in self.id_lines] or self._id_lines(start)),
            *([start + line for line in self.string_lines] or self._string_lines(start)),
        )

    def _previous_lines(self, start: str) -> tuple[str, ...]:
        return (
            *(() if self.previous_context is None else wrapped("msgctxt", self.previous_context, start)),
            *(wrapped("msgid", self.previous, start) if self.previous else ()),
            *(wrapped("msgid_plural", self.previous_plural, start) if self.previous_plural else ()),
        )

    def _id_lines(self, start: str) -> tuple[str, ...]:
        return (
            *(() if self.context is None else wrapped("msgctxt", self.context, start)),
            *wrapped("msgid", self.msgid, start),
            *(wrapped("msgid_plural", self.plural, start) if self.plural else ()),
        )

    def _string_lines(self, start: str) -> tuple[str, ...]:
        if not self.plural:
            return wrapped("msgstr", self.strings[0], start)
        forms = (wrapped(f"msgstr[{form}]", string, start) for form, string in enumerate(self.strings))
        return tuple(line for lines in forms for line in lines)


@dataclass(frozen=True, kw_only=True)
class PoFile:
    """The entries of a file in their order, apart from each other: the header, those in use, and the rest."""

    header: PoEntry | None = None
    entries: tuple[PoEntry, ...] = ()
    obsolete: tuple[PoEntry, ...] = ()
    tail: tuple[str, ...] = ()
    """Comments behind the last entry."""


def parse_po(content: bytes) -> PoFile:
    """The entries of a .po or .pot file.

    :raises PoFileError: a line is not in the form of such a file; ``lineno`` counts from 0.
    :raises UnicodeDecodeError: the file is not in the charset that it names.
    :raises LookupError: there is no such charset.
    """
    text = content.decode(charset_of(content))
    parser = _Parser()
    for number, line in enumerate(text.split("\n")):
        parser.read(line.strip(), number)
    parser.finish()
    header = next((entry for entry in parser.entries if not entry.key and not entry.obsolete), None)
    return PoFile(
        header=header,
        entries=tuple(entry for entry in parser.entries if entry.key and not entry.obsolete),
        obsolete=tuple(entry for entry in parser.entries if entry.key and entry.obsolete),
        tail=tuple(parser.lines),
    )


def catalog_of(po: PoFile, locale: str | None = None) -> Catalog:
    """The same as babel's catalog, with the former msgids.

    :raises PoFileError: an entry has more plural forms than its language.
    """
    catalog = Catalog(locale=locale)
    if po.header is not None:
        comments = [line[1:].strip() for line in po.header.comments]
        catalog[""] = Message("", po.header.strings[0], (), po.header.flags, (), comments)
    for entry in (*po.entries, *po.obsolete):
        message = _message(entry, catalog)
        if entry.obsolete:
            key = entry.msgid if entry.context is None else (entry.msgid, entry.context)
            catalog.obsolete[key] = message
        else:
            catalog[message.id] = message
    return catalog


def read_po(content: bytes, locale: str | None = None) -> Catalog:
    """The catalog that the bytes of a .po file hold; raises what :func:`parse_po` does."""
    return catalog_of(parse_po(content), locale)


def unreadable(path: Path, error: Exception) -> Problem:
    """What to say of the file ``path``, where reading it raised ``error``."""
    if isinstance(error, PoFileError):
        # Babel counts lines from 0, and says the number in its message too.
        return Problem(path, error.lineno + 1, Code.CATALOG_SYNTAX, re.sub(r" on \d+$", "", str(error)))
    return Problem(path, 1, Code.CATALOG_SYNTAX, f"cannot be read: {error}")


def charset_of(content: bytes) -> str:
    """The charset that a file names, in lower case; UTF-8 where it names none."""
    found = _CHARSET.search(content)
    name = found[1].decode().lower() if found else ""
    return "utf-8" if name in {"", "charset", "utf8"} else name


def charset_line(content: bytes) -> int:
    """The line of the file at which it names its charset, or 1."""
    found = _CHARSET.search(content)
    return content.count(b"\n", 0, found.start()) + 1 if found else 1


class _Parser:
    """Gathers the lines of each entry."""

    def __init__(self) -> None:
        self.entries: list[PoEntry] = []
        self._begin()

    def _begin(self) -> None:
        self.lines: list[str] = []
        """Those of the entry that is being read; at the end of the file, those that belong to none."""
        self._comments: list[str] = []
        self._extracted: list[str] = []
        self._locations: list[tuple[str, int]] = []
        self._flags: list[str] = []
        self._former: dict[str, str] = {}
        self._strings: dict[str, str] = {}
        """Keyword -> its string, unquoted; of the former text and of the entry."""
        self._id_lines: list[str] = []
        self._string_lines: list[str] = []
        self._open: tuple[dict[str, str], str] | None = None
        """Where a string that goes on in the next line belongs."""
        self._obsolete = False
        self._number = 0

    def read(self, line: str, number: int) -> None:
        """Take in one line, without the white space around it; ``number`` counts from 0."""
        if not line:
            return
        if line[0] != "#":
            self._read_string(line, number, obsolete=False)
        elif line.startswith("#~"):
            text = line[2:].lstrip()
            if text.startswith("|"):
                self._read_former(text, number)
            elif text:
                self._read_string(text, number, obsolete=True)
        elif line.startswith("#|"):
            self._read_former(line, number)
        else:
            self.finish()
            self._comment(line)
        self.lines.append(line)

    def _read_former(self, text: str, number: int) -> None:
        self.finish()
        self._string(text.lstrip("#|").lstrip(), number, self._former)

    def _read_string(self, text: str, number: int, *, obsolete: bool) -> None:
        if text[0] == "m" and (
            text.startswith("msgctxt") or ("msgid" in self._strings and re.match(r"msgid\b", text))
        ):
            self.finish()
        if not self._strings:
            self._number = number
        name = self._string(text, number, self._strings)
        if text.startswith("msgid "):
            self._number = number
        (self._string_lines if name.startswith("msgstr") else self._id_lines).append(text)
        self._obsolete = obsolete

    def finish(self) -> None:
        """End the entry, where its strings have been read: what comes now belongs to the next one."""
        if not self._strings:
            return
        forms = [string for name, string in self._strings.items() if name.startswith("msgstr")]
        msgid = self._strings.get("msgid", "")
        if "msgid" not in self._strings or not forms:
            raise _mistake(f"missing msgstr for msgid {msgid!r}", self.lines[-1], self._number)
        if not self._former and self._comments:
            self._recover_former()
        self.entries.append(
            PoEntry(
                msgid=msgid,
                strings=tuple(forms),
                plural=self._strings.get("msgid_plural", ""),
                context=self._strings.get("msgctxt"),
                comments=tuple(self._comments),
                extracted=tuple(self._extracted),
                locations=tuple(sorted(set(self._locations))),
                flags=tuple(dict.fromkeys(self._flags)),
                previous=self._former.get("msgid", ""),
                previous_plural=self._former.get("msgid_plural", ""),
                previous_context=self._former.get("msgctxt"),
                obsolete=self._obsolete,
                line=self._number + 1,
                lines=tuple(self.lines),
                id_lines=tuple(self._id_lines),
                string_lines=tuple(self._string_lines),
            )
        )
        self._begin()

    def _recover_former(self) -> None:
        """Read the former text where babel, and so sphinx-intl, made comments of it: ``# | msgid "..."``.

        It wraps them as well, so that a string may end in the next comment (python-babel#206).
        """
        begin = next((n for n, line in enumerate(self._comments) if _BABEL_FORMER.match(line)), None)
        if begin is None:
            return
        rows: list[str] = []
        for line in self._comments[begin:]:
            text = line[1:].strip()
            if text.startswith("|"):
                rows.append(text[1:].strip())
            else:
                rows[-1] += f" {text}"
        former: dict[str, str] = {}
        try:
            for row in rows:
                self._string(row, self._number, former)
        except PoFileError:
            return  # another comment
        self._former, self._comments = former, self._comments[:begin]

    def _comment(self, line: str) -> None:
        kind, rest = line[:2], line[2:].strip()
        if kind == "#:":
            for place in _FILE.findall(rest):
                name, _colon, number = place.rpartition(":")
                known = bool(name) and number.isdecimal()
                file = (name if known else place).replace("\u2068", "").replace("\u2069", "")
                self._locations.append((file, int(number) if known else 0))
        elif kind == "#,":
            self._flags += [flag.strip() for flag in rest.split(",") if flag.strip()]
        elif kind == "#.":
            self._extracted.append(line)
        else:
            self._comments.append(line)

    def _string(self, text: str, number: int, strings: dict[str, str]) -> str:
        """Add the string of a line to ``strings``; returns the keyword that it belongs to."""
        if text.startswith('"'):
            if self._open is None or self._open[0] is not strings:
                raise _mistake('Got line starting with " but not in msgid, msgstr or msgctxt', text, number)
            name, string, before = self._open[1], text, strings[self._open[1]]
        else:
            found = _KEYWORD.fullmatch(text)
            if found is None:
                raise _mistake("Unknown or misformatted keyword", text, number)
            name, string, before = found["name"], found["string"], ""
            self._open = strings, name
        if not _STRING.fullmatch(string):
            raise _mistake("A string must end with a quotation mark at the end of its line", text, number)
        if string is not text and strings is self._strings and name in strings:
            raise _mistake(f"{name} stands twice in one entry", text, number)
        strings[name] = before + (unescape(string) if "\\" in string else string[1:-1])
        return name


def _mistake(message: str, line: str, number: int) -> PoFileError:
    return PoFileError(message, Catalog(), line, number)


def _message(entry: PoEntry, catalog: Catalog) -> Message:
    string: str | tuple[str, ...] = entry.strings[0]
    if entry.plural:
        if len(entry.strings) > catalog.num_plurals:
            raise _mistake("msg has more translations than num_plurals of catalog", "", entry.line - 1)
        string = entry.strings + ("",) * (catalog.num_plurals - len(entry.strings))
    return Message(
        (entry.msgid, entry.plural) if entry.plural else entry.msgid,
        string,
        entry.locations,
        entry.flags,
        [line[2:].strip() for line in entry.extracted],
        [line[1:].strip() for line in entry.comments],
        previous_id=entry.previous,
        lineno=entry.line,
        context=entry.context,
    )


def _location_lines(locations: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    places = []
    for file, line in locations:
        name = f"\u2068{file}\u2069" if re.search(r"\s", file) else file
        places.append(f"{name}:{line}" if line else name)
    lines: list[str] = []
    for place in dict.fromkeys(places):
        if lines and len(lines[-1]) + 1 + len(place) <= WIDTH:
            lines[-1] += f" {place}"
        else:
            lines.append(f"#: {place}")
    return tuple(lines)
