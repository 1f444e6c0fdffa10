"""What keeps a catalog from being merged: every such fault of a file, with its line, before it is touched."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import PoFileError

from sphinx_hub.catalogs.po_files import catalog_of, charset_line, charset_of, parse_po, unreadable
from sphinx_hub.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx_hub.catalogs.po_files import PoFile

#: The first line of a conflict that git, Mercurial or diff3 left; `=======` alone may be a text's underline.
_CONFLICT: Final = re.compile(rb"^<{7}(?: .*)?\r?$", re.MULTILINE)

_IN_CONFLICT: Final = (
    "a conflict of a merge: keep one version of what stands between <<<<<<< and >>>>>>>,"
    " and delete these lines and ======="
)
_WITH_BOM: Final = "begins with a byte order mark: save the file as UTF-8 without one"


def catalog_faults(path: Path, content: bytes, locale: str) -> list[Problem]:
    """Every fault of the catalog ``content``, which stands in the file ``path``."""
    found = checked_po(path, content, locale)
    return found if isinstance(found, list) else []


def checked_po(path: Path, content: bytes, locale: str) -> PoFile | list[Problem]:
    """What the catalog ``content`` holds, or every fault of it; it stands in the file ``path``."""
    conflicts = [
        _problem(path, content, found.start(), _IN_CONFLICT) for found in _CONFLICT.finditer(content)
    ]
    if conflicts:
        return conflicts  # every line of them would be a fault as well
    if content.startswith(codecs.BOM_UTF8):
        return [_problem(path, content, 0, _WITH_BOM)]
    charset = charset_of(content)
    try:
        content.decode(charset)
    except LookupError:
        message = f"there is no charset {charset!r}: save the file as UTF-8 and say so in its header"
        return [Problem(path, charset_line(content), Code.CATALOG_SYNTAX, message)]
    except UnicodeDecodeError as error:
        message = f"not {charset.upper()}, as its header says it is: save the file as UTF-8"
        return [_problem(path, content, error.start, message)]
    try:
        po = parse_po(content)
        catalog_of(_with_plurals(po), locale)
    except (PoFileError, ValueError) as error:
        return [unreadable(path, error)]
    return list(_twins(path, po)) or po


def _with_plurals(po: PoFile) -> PoFile:
    """The header and the entries with a plural: in the others there is nothing that babel would not take."""
    plural = [tuple(entry for entry in entries if entry.plural) for entries in (po.entries, po.obsolete)]
    return replace(po, entries=plural[0], obsolete=plural[1])


def _problem(path: Path, content: bytes, place: int, message: str) -> Problem:
    return Problem(path, content.count(b"\n", 0, place) + 1, Code.CATALOG_SYNTAX, message)


def _twins(path: Path, po: PoFile) -> Iterator[Problem]:
    """A text that two entries in use translate: nobody but a person can say which is right."""
    lines: dict[str, int] = {}
    for entry in po.entries:
        first = lines.setdefault(entry.key, entry.line)
        if first != entry.line:
            message = f"the msgid stands in line {first} already: keep the better entry and delete the other"
            yield Problem(path, entry.line, Code.CATALOG_TWICE, message)
