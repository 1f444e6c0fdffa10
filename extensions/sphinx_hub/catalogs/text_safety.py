"""What a translation may not hold as text, whatever its markup: strange characters, size, and plain texts."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

from sphinx_hub.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest piece of a translation that a message repeats.
_SHOWN: Final = 60

#: Characters that turn the direction of the text after them (UAX 9): what is read is not what is written.
#: https://trojansource.codes
_BIDI: Final = lazy("[\u202a-\u202e\u2066-\u2069]")
#: The marks of direction, which text from right to left needs.
_MARKS: Final = lazy("[\u200e\u200f\u061c]")
#: Characters that nobody sees: controls, fillers, tags, private use, what is no character at all. The
#: joiners and the variation selectors are left out, since Persian and emoji are written with them.
_INVISIBLE: Final = lazy(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028\u2029\u2060-\u2065"
    "\u206a-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\U000f0000-\U0010ffff"
    + "".join(chr((plane << 16) + 0xFFFE) + chr((plane << 16) + 0xFFFF) for plane in range(1, 15))
    + "]"
)

#: Every sign that begins, ends or joins markup; a bound for each of them bounds the work of a parser.
_SIGNS: Final = "[]()*_`<>{}~!$&\\|^+-:#=%\"'"
_SLACK: Final = 64
#: Sphinx looks for the title of a role with an expression that is quadratic in a run of blanks.
_RUN_OF_BLANKS: Final = lazy(rf"\s{{{_SLACK}}}")
_DEEPER: Final = 12

#: A browser begins a tag wherever one of these follows "<"; "a < b" begins none.
_TAG: Final = lazy(r"<(?=[a-z/!?])[^>]*>?", re.IGNORECASE)
#: To a browser, what stands between these is no text.
_CODE: Final = lazy(r"<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_ENTITY: Final = lazy(r"&(?:#\w+;?|[a-z][a-z0-9]*;|(?:lt|gt|amp|quot))", re.IGNORECASE)
_TEMPLATE: Final = lazy(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)

#: A conversion of Python's % operator. One with a blank as its flag is more often prose: "100% sure".
_CONVERSION: Final = lazy(r"%(?:%|((?:\(\w+\))?)([#0+-]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]))")
#: What looks like one in a text that has none.
_STRAY: Final = lazy(r"%\(\w*\)|(?<![\w%])%[sdrif]\b", re.ASCII)


@dataclass(frozen=True)
class Excess:
    """One thing that a translation does and its source does not."""

    kind: str
    """A short stable word, such as ``html`` or ``link-host``."""
    what: str
    """The offending piece, shortened, every character of it safe to print."""


def printable(text: str) -> str:
    """``text`` in at most 60 characters; what cannot be seen is written ``U+XXXX``."""
    shown = "".join(
        f"U+{ord(character):04X}"
        if unicodedata.category(character)[0] in "CZ" and character != " "
        else character
        for character in text[: _SHOWN + 1]
    )
    shown = re.sub(
        "[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]", lambda found: f"U+{ord(found[0]):04X}", shown
    )
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


def size_excess(msgid: str, msgstr: str) -> tuple[Excess, ...]:
    """What makes ``msgstr`` too long or too tangled to be parsed at all; cheap, whatever it holds.

    No rule of the parser takes more than a second for what passes, measured with the patterns that are
    known to be slow (``tests/unit/test_markup_safety.py``).
    """
    if found := length_excess(msgid, msgstr):
        return found
    for sign in (*_SIGNS, "\n", "\t"):
        most = 4 * msgid.count(sign) + _SLACK
        if (count := msgstr.count(sign)) > most:
            return (Excess("length", f"{count} times {printable(sign)}, at most {most}"),)
    if _RUN_OF_BLANKS.search(msgstr) and not _RUN_OF_BLANKS.search(msgid):
        return (Excess("length", f"{_SLACK} blanks in a row"),)
    most = bracket_depth(msgid) + _DEEPER
    if (depth := bracket_depth(msgstr)) > most:
        return (Excess("nesting", f"brackets {depth} deep, at most {most}"),)
    return ()


def length_excess(msgid: str, msgstr: str) -> tuple[Excess, ...]:
    """What makes ``msgstr`` too long, whatever it holds."""
    longest = max(1000, 8 * len(msgid) + 400)
    if len(msgstr) > longest:
        return (Excess("length", f"{len(msgstr)} characters, at most {longest}"),)
    return ()


def level_excess(source: int, level: int) -> tuple[Excess, ...]:
    """An excess where markup is nested ``level`` deep, much deeper than the ``source``."""
    most = source + _DEEPER
    return (Excess("nesting", f"markup {level} deep, at most {most}"),) if level > most else ()


def bracket_depth(text: str) -> int:
    """How deep round, square and curly brackets stand in each other in ``text``."""
    depth = deepest = 0
    for character in text:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth = max(0, depth - 1)
    return deepest


def character_excess(msgid: str, msgstr: str, *, rtl: bool = False) -> Iterator[Excess]:
    """The characters of ``msgstr`` that mislead or hide, as such or as an entity, and are not in ``msgid``.

    ``rtl`` is whether the language is written from right to left, and so needs the marks of direction.
    """
    allowed = set(msgid) | set(unescape(msgid))
    text = msgstr + unescape(msgstr) if "&" in msgstr else msgstr
    for kind, pattern in (("bidi", _BIDI), ("bidi", _MARKS), ("invisible", _INVISIBLE)):
        if pattern is _MARKS and rtl:
            continue
        for character in dict.fromkeys(pattern.findall(text)):
            if character not in allowed:
                yield Excess(kind, printable(character))


def plain_excess(msgid: str, msgstr: str, *, rtl: bool = False) -> tuple[Excess, ...]:
    """What ``msgstr`` does and ``msgid`` does not, of a text that no Markdown parser sees.

    Such texts are titles, descriptions, records and the interface: some of them reach a template that
    does not escape them, and some are formatted with ``%`` or ``str.format``, which raises on a
    placeholder that does not fit.
    """
    if msgid == msgstr:
        return ()
    found = [*size_excess(msgid, msgstr), *character_excess(msgid, msgstr, rtl=rtl)]
    for kind, pattern in (("entity", _ENTITY), ("substitution", _TEMPLATE)):
        known = set(pattern.findall(msgid))
        found += [Excess(kind, printable(piece)) for piece in pattern.findall(msgstr) if piece not in known]
    code = {match[0] for match in _CODE.finditer(msgid)}
    found += [Excess("html", printable(match[0])) for match in _CODE.finditer(msgstr) if match[0] not in code]
    tags = {tag_key(tag) for tag in _TAG.findall(msgid)}
    for tag in _TAG.findall(msgstr):
        if tag_key(tag) not in tags:
            found.append(Excess("comment" if tag.startswith(("<!", "<?")) else "html", printable(tag)))
    found += _percent_excess(msgid, msgstr)
    found += _format_excess(msgid, msgstr)
    return tuple(dict.fromkeys(found))


#: Attributes that hold words for the reader; any other does something.
_WORDS: Final = frozenset(("title", "alt", "aria-label", "lang", "dir"))
_BLANK: Final = r"[ \t\n\f\r]"
_ATTRIBUTE: Final = (
    rf"{_BLANK}+([a-z_:][a-z0-9:._-]*)(?:{_BLANK}*={_BLANK}*(\"[^\"]*\"|'[^']*'|[^\"'=<>`\x00-\x20]+))?"
)
_WHOLE_TAG: Final = lazy(rf"<(/?[a-z][a-z0-9-]*)((?:{_ATTRIBUTE})*){_BLANK}*/?>", re.IGNORECASE)
_ATTRIBUTES: Final = lazy(_ATTRIBUTE, re.IGNORECASE)


def tag_key(tag: str) -> tuple[str, ...]:
    """What the HTML tag ``tag`` does: its name, with a slash if it closes, and its attributes but for words.

    Only what every parser reads in the same way is taken apart; any other tag is compared as it stands.
    """
    match = _WHOLE_TAG.fullmatch(tag)
    if match is None:
        return "", tag
    attributes = [
        (name.lower(), unescape(value[1:-1] if value[:1] in {'"', "'"} else value))
        for name, value in _ATTRIBUTES.findall(match[2])
    ]
    does = sorted(f"{name}={value}" for name, value in attributes if name not in _WORDS)
    return match[1].lower(), *does


def _percent_excess(msgid: str, msgstr: str) -> Iterator[Excess]:
    """Placeholders of the % operator that differ; in a text without any, those that appear."""
    wanted = _conversions(msgid)
    if not wanted:
        yield from (Excess("placeholder", printable(piece)) for piece in _STRAY.findall(msgstr))
        return
    given = _conversions(msgstr)
    rest = _CONVERSION.sub("", msgstr)
    if "%" in rest and "%" not in _CONVERSION.sub("", msgid):
        yield Excess("placeholder", printable(rest[rest.index("%") :]))
    if any(name for name, _form in wanted):  # named ones may stand in any order, and more than once
        differing = sorted(set(wanted) ^ set(given))
    else:
        differing = [] if wanted == given else given or wanted
    yield from (Excess("placeholder", printable(f"%{name}{form}")) for name, form in differing)


def _conversions(text: str) -> list[tuple[str, str]]:
    """Name and form of each conversion: ``("(date)", "s")``; a form with a width can fill the memory."""
    return [(name, form) for name, form in _CONVERSION.findall(text) if form]


def _format_excess(msgid: str, msgstr: str) -> Iterator[Excess]:
    """Fields of ``str.format`` that differ, where the source has any."""
    wanted = _fields(msgid)
    if not wanted:
        return
    given = _fields(msgstr)
    if given is None:
        yield Excess("placeholder", printable(msgstr[msgstr.find("{") :]))
        return
    for field in (given - wanted) | (wanted - given):
        yield Excess("placeholder", printable(field))


def _fields(text: str) -> Counter[str] | None:
    """The replacement fields of ``text``, each as it is written; None where the text is no format string."""
    try:
        parts = [part[1:] for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return None
    names = [name for name, _spec, _conversion in parts if name is not None]
    if not all(re.fullmatch(r"\w*(?:[.\[]\S*)?", name) for name in names):
        return None  # curly brackets of prose: "{1, 2}"
    return Counter(
        f"{{{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}}}"
        for name, spec, conversion in parts
    )
