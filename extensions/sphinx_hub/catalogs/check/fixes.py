"""Mends what can be mended in one way only: ``sphinx-hub check --fix``.

Only the lines of the entries concerned change; everything else of the file stays as it is, byte for byte.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.check.catalog_rules import catalog_locale, header_problems, plural_forms
from sphinx_hub.catalogs.check.punctuation_rules import FULLWIDTH_ASCII
from sphinx_hub.catalogs.check.reading import read_catalog
from sphinx_hub.catalogs.wrapping import wrapped
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx_hub.catalogs.check.reading import Message, Reading

_LINK: Final = re.compile(r"[\[［](?P<text>[^\[\]［］\n]+)[\]］][ ]?[（(](?P<target>[^（）()\s]+)[）)]")
_CODE: Final = re.compile("｀([^｀`\n]+)｀")
_HEADER_LINE: Final = re.compile(r'"(?P<name>[A-Za-z-]+): *(?P<value>.*?)\\n"')


def fixed(path: Path, allows: Callable[[Message, Code], bool]) -> bytes | None:
    """The content of the catalog ``path`` with what is unambiguous mended; None where nothing is.

    ``allows`` is asked whether what a code tells may be mended in an entry. A file that is not UTF-8, or has
    faults of syntax, is left alone: a person must look at it first.
    """
    reading = read_catalog(path)
    content = path.read_bytes()
    bom = content.startswith(codecs.BOM_UTF8)
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return None
    if any(problem.code in {Code.CATALOG_SYNTAX, Code.CATALOG_CONFLICT} for problem in reading.problems):
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    # From the end, so that the lines of what comes before keep their numbers.
    for message in reversed(reading.messages):
        if message.plural or message.fuzzy or not message.translated:
            continue
        mended = message.strings[0]
        for code, mend in _MENDS:
            if allows(message, code):
                mended = mend(message.msgid, mended)
        if mended != message.strings[0]:
            lines[message.line - 1 : message.last] = wrapped("msgstr", mended)
    if reading.header is not None:
        _mend_header(reading, reading.header, lines, allows)
    result = newline.join(lines).encode()
    return result if result != content or bom else None


def _mend_full_width(msgid: str, msgstr: str) -> str:
    """Digits, letters and signs in ASCII."""
    return FULLWIDTH_ASCII.sub(
        lambda found: found[0] if found[0] in msgid else unicodedata.normalize("NFKC", found[0]), msgstr
    )


def _mend_markup(msgid: str, msgstr: str) -> str:
    """The brackets of links, and backticks, in ASCII: where the source has that link or that code."""

    def link(found: re.Match[str]) -> str:
        target = f"]({found['target']})"
        return f"[{found['text']}{target}" if target in msgid else found[0]

    text = _LINK.sub(link, msgstr)
    return _CODE.sub(lambda found: f"`{found[1]}`" if f"`{found[1]}`" in msgid else found[0], text)


def _mend_edges(msgid: str, msgstr: str) -> str:
    """The blanks at the edges as in the source, where that is of one line."""
    if "\n" in msgid.strip() or not msgstr.strip():
        return msgstr
    start, end = msgid[: len(msgid) - len(msgid.lstrip())], msgid[len(msgid.rstrip()) :]
    return f"{start}{msgstr.strip()}{end}"


_MENDS: Final = (
    (Code.MESSAGE_FULL_WIDTH, _mend_full_width),
    (Code.MESSAGE_FULLWIDTH, _mend_markup),
    (Code.MESSAGE_EDGE_SPACE, _mend_edges),
)


def _mend_header(
    reading: Reading, header: Message, lines: list[str], allows: Callable[[Message, Code], bool]
) -> None:
    """Set the fields of the header that have one right value, and that a code tells."""
    wrong = {name for code, name in _wrong_fields(reading) if allows(header, code)}
    wanted = {name: value for name, value in _right_fields(reading).items() if name in wrong}
    for index in range(header.line - 1, header.last):
        found = _HEADER_LINE.fullmatch(lines[index].strip())
        if found and found["name"] in wanted:
            lines[index] = f'"{found["name"]}: {wanted.pop(found["name"])}\\n"'
    lines[header.last : header.last] = [f'"{name}: {value}\\n"' for name, value in wanted.items()]


def _right_fields(reading: Reading) -> dict[str, str]:
    """The fields of a header that have one right value."""
    fields = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if locale := catalog_locale(reading):
        fields["Language"] = locale
        if forms := plural_forms(locale):
            fields["Plural-Forms"] = f"nplurals={forms[0]}; plural={forms[1]};"
    return fields


def _wrong_fields(reading: Reading) -> Iterator[tuple[Code, str]]:
    """The codes of what is wrong with the header, each with the name of its field."""
    for problem in (*reading.problems, *header_problems(reading)):
        for name, sign in _SIGNS.items():
            if sign in problem.message:
                yield problem.code, name


#: Field -> what its problem says.
_SIGNS: Final = {
    "Language": "Language:",
    "Content-Transfer-Encoding": "Content-Transfer-Encoding",
    "Content-Type": "charset=UTF-8",
    "MIME-Version": "MIME-Version",
    "Plural-Forms": "Plural-Forms",
}
