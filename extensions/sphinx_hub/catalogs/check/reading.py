"""Reads a .po file as a checker must: every fault with its line, and all that can be read beside it.

The reader of :mod:`sphinx_hub.catalogs.po_files` stops at the first fault, as one must that writes the file
again. The form is gettext's: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_hub.problems import Code, Problem

if TYPE_CHECKING:
    from pathlib import Path

_LINE: Final = re.compile(
    r"(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?[ \t]*(?P<string>\"(?:[^\"\\]|\\.)*\")"
)
_ESCAPE: Final = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_KEYWORD: Final = re.compile(r"msg[a-z_]*(?:\[\d*\])?")
_OPENS: Final = re.compile(r"<{7}(?: |$)")
_PARTS: Final = re.compile(r"={7}$|\|{7}(?: |$)")
_CLOSES: Final = re.compile(r">{7}(?: |$)")
_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}) |^={7}$", re.MULTILINE)
_CHARSET: Final = re.compile(
    rb'^(?:msgstr )?"Content-Type:[^"\n]*charset=([^\\"\s;]*)', re.MULTILINE | re.IGNORECASE
)
_HEADER: Final = re.compile(rb'^msgid ""\s*\nmsgstr ""\s*\n"', re.MULTILINE)
#: A sequence that gettext does not know.
_NO_ESCAPE: Final = re.compile(r'(?<!\\)(?:\\\\)*\\[^abfnrtvx0-7"\\]')


@dataclass(kw_only=True)
class Message:
    """One entry of a catalog, as it stands."""

    msgid: str = ""
    plural: str = ""
    context: str | None = None
    strings: list[str] = field(default_factory=list)
    """The translation, or its plural forms."""
    comments: list[str] = field(default_factory=list)
    """What translators wrote, without the ``#``."""
    flags: list[str] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)
    """``path:line`` of the sources."""
    obsolete: bool = False
    first: int = 1
    """The first line of the entry."""
    last: int = 1
    """Its last line."""
    line: int = 1
    """The line of its translation, or of its msgid where it has none."""
    broken: bool = False
    """Whether a fault of syntax keeps its texts from being known."""

    @property
    def key(self) -> str:
        """What tells the entry from others."""
        return self.msgid if self.context is None else f"{self.context}\x04{self.msgid}"

    @property
    def fuzzy(self) -> bool:
        """Whether the translation is marked as in doubt."""
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Whether every form has a translation."""
        return bool(self.strings) and all(string.strip() for string in self.strings)


@dataclass(kw_only=True)
class Reading:
    """What a file holds, and what is wrong with its form."""

    path: Path
    header: Message | None = None
    messages: list[Message] = field(default_factory=list)
    """Those in use, in their order."""
    obsolete: list[Message] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the header."""
        lines = self.header.strings[0].splitlines() if self.header and self.header.strings else []
        pairs = (line.partition(":") for line in lines if ":" in line)
        return {name.strip(): value.strip() for name, _colon, value in pairs}


def read_catalog(path: Path) -> Reading:
    """What the .po file ``path`` holds; a fault is noted, and never raised."""
    reading = Reading(path=path)
    try:
        content = path.read_bytes()
    except OSError as error:
        reading.problems.append(Problem(path, 1, Code.CATALOG_SYNTAX, f"cannot be read: {error.strerror}"))
        return reading
    text = _decode(content, reading)
    if text is not None:
        _Reader(reading).read(text)
    return reading


def _decode(content: bytes, reading: Reading) -> str | None:
    """The text of a file; what is wrong with its charset is noted."""

    def note(line: int, message: str) -> None:
        reading.problems.append(Problem(reading.path, line, Code.CATALOG_ENCODING, message))

    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        note(1, "the file is UTF-16: save it as UTF-8")
        return None
    if content.startswith(codecs.BOM_UTF8):
        note(1, "the file begins with a byte order mark, on which msgfmt stops: save it as UTF-8 without BOM")
        content = content.removeprefix(codecs.BOM_UTF8)
    charset, line, fault = _charset(content)
    if fault:
        note(line, fault)
    try:
        return content.decode(charset)
    except UnicodeDecodeError as error:
        at = content.count(b"\n", 0, error.start) + 1
        note(
            at, f"a byte that is not {charset.upper()} (0x{content[error.start]:02X}): save the file as UTF-8"
        )
        return None


def _charset(content: bytes) -> tuple[str, int, str]:
    """The charset to read a file with, the line that should name it, and what is wrong with what it names."""
    header, found = _HEADER.search(content), _CHARSET.search(content)
    place = found or header
    line = content.count(b"\n", 0, place.start()) + 1 if place else 1
    if found is None:
        return "utf-8", line, "the header names no charset: write charset=UTF-8" if header else ""
    named = found[1].decode("ascii", "replace")
    try:
        charset = codecs.lookup(named).name
    except LookupError:
        return "utf-8", line, f"there is no charset {named!r}: write charset=UTF-8"
    if charset == "utf-8" or (charset == "ascii" and content.isascii()):
        return "utf-8", line, ""
    # Where the header could be read as it stands, it is in no charset of two bytes a character.
    if charset.startswith(("utf-16", "utf-32", "ascii")) or _is_utf8(content):
        return "utf-8", line, f"the file is not {named}: write charset=UTF-8"
    return charset, line, f"the file says that it is {named}: save it as UTF-8, which every tool reads"


def _is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8 and surely nothing else."""
    try:
        return not content.isascii() and bool(content.decode())
    except UnicodeDecodeError:
        return False


class _Reader:
    """Goes through the lines; an entry ends where the next one begins."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._message = Message()
        self._seen: set[str] = set()
        self._keyword = ""
        self._texts: dict[str, list[str]] = {}
        self._lines: dict[str, int] = {}
        self._started = False
        self._conflict = ""

    def read(self, text: str) -> None:
        number = 0
        for number, raw in enumerate(text.split("\n"), 1):
            line = raw.strip()
            if self._in_conflict(line, number):
                continue
            if not line:
                self._end()
            elif line.startswith("#~"):
                self._obsolete(line[2:].strip(), number)
            elif line.startswith("#"):
                if self._texts:
                    self._end()
                self._begin(number)
                self._comment(line)
            else:
                self._string(line, number)
        self._end()

    def _in_conflict(self, line: str, number: int) -> bool:
        """Whether ``line`` is a mark of a merge conflict, or of its second half."""
        if _OPENS.match(line):
            self._conflict = "first"
            self._note(number, "a merge conflict: keep one of the two versions", Code.CATALOG_CONFLICT)
            self._message.broken = True
            return True
        if self._conflict and _PARTS.match(line):
            self._conflict = "second"
            return True
        if self._conflict and _CLOSES.match(line):
            self._conflict = ""
            self._message.last = number
            return True
        return self._conflict == "second"

    def _begin(self, number: int) -> None:
        if not self._started:
            self._message.first = number
            self._started = True
        self._message.last = number

    def _comment(self, line: str) -> None:
        kind, rest = line[:2], line[2:].strip()
        if kind == "#:":
            self._message.locations += rest.replace("\u2068", "").replace("\u2069", "").split()
        elif kind == "#,":
            self._message.flags += [flag.strip() for flag in rest.split(",") if flag.strip()]
        elif kind not in {"#.", "#|"}:
            self._message.comments.append(line[1:].strip())

    def _obsolete(self, line: str, number: int) -> None:
        if line.startswith("|"):
            return
        if line.startswith(("msgid", "msgctxt")) and self._texts and self._keyword.startswith("msgstr"):
            self._end()
        self._message.obsolete = True
        self._string(line, number)

    def _string(self, line: str, number: int) -> None:
        found = _LINE.fullmatch(line)
        keyword = found["keyword"] if found else None
        if keyword in {"msgid", "msgctxt"} and self._keyword.startswith("msgstr"):
            self._end()  # no blank line between two entries
        self._begin(number)
        if found is None:
            self._fault(line, number)
            return
        if keyword:
            if keyword in self._texts:
                self._note(number, f"{keyword} stands twice in one entry")
                self._message.broken = True
            self._keyword = keyword
            self._texts[keyword] = []
            self._lines[keyword] = number
        elif not self._keyword:
            self._note(number, "a string that belongs to no msgid or msgstr")
            self._message.broken = True
            return
        if wrong := _NO_ESCAPE.search(found["string"][:-1]):
            self._note(number, rf"there is no escape {wrong[0][-2:]}: write \\ for a backslash")
        self._texts[self._keyword].append(_ESCAPE.sub(_unescaped, found["string"][1:-1]))

    def _fault(self, line: str, number: int) -> None:
        """Note a line that is no string, and go on as if it were none."""
        self._message.broken = True
        keyword = _KEYWORD.match(line)
        if (
            keyword
            and keyword[0] not in {"msgctxt", "msgid", "msgid_plural", "msgstr"}
            and "[" not in keyword[0]
        ):
            message = f"there is no keyword {keyword[0]!r}: write msgid or msgstr"
        elif keyword and not line[len(keyword[0]) :].lstrip().startswith('"'):
            message = 'a string must stand in straight quotation marks, "…"'
        elif keyword or line.startswith('"'):
            message = (
                r"a string ends with a quotation mark at the end of its line; write \" for one within it"
            )
        else:
            message = "a line that is neither a comment nor a string"
        self._note(number, message)
        if keyword:
            known = keyword[0] if keyword[0] in {"msgid", "msgctxt", "msgid_plural"} else "msgstr"
            self._keyword = known
            self._texts.setdefault(known, [])
            self._lines.setdefault(known, number)

    def _end(self) -> None:
        message, texts = self._message, {name: "".join(parts) for name, parts in self._texts.items()}
        lines = self._lines
        if not self._started:
            return
        self._message, self._texts, self._lines, self._keyword, self._started = Message(), {}, {}, "", False
        if not texts:
            # Comments behind the last entry, or a header whose comments stand apart.
            return
        message.msgid, message.plural = texts.get("msgid", ""), texts.get("msgid_plural", "")
        message.context = texts.get("msgctxt")
        names = [name for name in texts if name.startswith("msgstr")]
        message.strings = [texts[name] for name in names]
        message.line = lines[names[0]] if names else lines.get("msgid", message.first)
        if "msgid" not in texts and not message.broken:
            self._note_at(message, "a msgstr without its msgid")
        elif not names and not message.broken:
            self._note_at(message, "a msgid without its msgstr")
        elif any(_CONFLICT.search(string) for string in message.strings):
            self._note_at(message, "marks of a merge conflict in the text", Code.CATALOG_CONFLICT)
        self._keep(message)

    def _keep(self, message: Message) -> None:
        reading = self._reading
        if not message.key and not message.obsolete:
            if reading.header is None and not message.broken:
                reading.header = message
            return
        if message.obsolete:
            reading.obsolete.append(message)
            return
        if message.key in self._seen and not message.broken:
            text = "the msgid stands twice in the catalog, on which msgfmt stops: keep one of the two"
            self._note_at(message, text, Code.CATALOG_DUPLICATE)
            message.broken = True
        self._seen.add(message.key)
        reading.messages.append(message)

    def _note(self, line: int, message: str, code: Code = Code.CATALOG_SYNTAX) -> None:
        self._reading.problems.append(Problem(self._reading.path, line, code, message))

    def _note_at(self, message: Message, text: str, code: Code = Code.CATALOG_SYNTAX) -> None:
        message.broken = True
        self._note(message.line, text, code)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8))
    return _ESCAPES.get(code, code)
