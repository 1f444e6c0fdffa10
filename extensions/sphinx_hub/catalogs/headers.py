"""The header of a catalog: a new one, and what of an old one must change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from babel.core import Locale
from babel.messages.catalog import Catalog

from sphinx_hub.catalogs.po_files import PoFile, catalog_of, charset_of
from sphinx_hub.catalogs.wrapping import escape_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_hub.catalogs.po_files import PoEntry

_CREATED: Final = re.compile(r'"POT-Creation-Date: .*\\n"')
_CHARSET: Final = re.compile(r"(?<=charset=)[\w.:-]+")
#: What babel, Sphinx and gettext write where nobody has said anything.
_JUNK: Final = re.compile(
    r'"(?P<name>Report-Msgid-Bugs-To|Last-Translator|Language-Team|PO-Revision-Date):\s*'
    r"(?:EMAIL@ADDRESS|FULL NAME <EMAIL@ADDRESS>|\w+ <LL@li\.org>)\\n\""
)

#: ``# Lin Xiaoyu <lin@example.org>, 2025, 2026.``
_CREDIT: Final = re.compile(r"# [^#].*, \d{4}(?:[-–, ]+\d{4})*\.?")


@dataclass(frozen=True, kw_only=True)
class HeaderValues:
    """What the project knows of a header."""

    bugs: str = ""
    """Where mistakes of the source are reported: an address."""


def new_header(template: PoFile, locale: str, values: HeaderValues) -> tuple[str, ...]:
    """The lines of the header of a new catalog; a value that nobody knows stays empty."""
    catalog = catalog_of(PoFile(header=template.header))
    catalog.locale = locale
    catalog.charset = "UTF-8"
    known = {
        "Report-Msgid-Bugs-To": values.bugs,
        # Nobody has revised it since; babel, and so sphinx-intl, stops at an empty date.
        "PO-Revision-Date": dict(catalog.mime_headers)["POT-Creation-Date"],
        "Last-Translator": "",
        "Language-Team": team(locale),
    }
    # Which version of which program wrote the file is no news to anybody.
    rows = [(name, known.get(name, value)) for name, value in catalog.mime_headers if name != "Generated-By"]
    return (
        *(template.header.comments if template.header else ()),
        'msgid ""',
        'msgstr ""',
        *(f'"{escape_string(f"{name}: {value}".rstrip() + chr(10))}"' for name, value in rows),
    )


def kept_header(
    old: PoEntry, template: PoFile, locale: str, values: HeaderValues, *, moved: bool
) -> tuple[str, ...]:
    """The lines of an old header: all of them but what must change.

    ``moved`` says that the texts are others than before.
    """
    # The mark of doubt is that of the template, which is copied by sphinx-intl; charset: we write UTF-8.
    lines = [line for line in old.lines if not (line.startswith("#,") and old.fuzzy)]
    created = next(filter(_CREATED.fullmatch, template.header.lines if template.header else ()), None)
    if moved and created:
        lines = [created if _CREATED.fullmatch(line) else line for line in lines]
    return tuple(_mended(in_utf8(lines), locale, values))


def in_utf8(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a header, with the charset in which catalogs are written."""
    if charset_of("\n".join(lines).encode()) == "utf-8":
        return tuple(lines)
    return tuple(_CHARSET.sub("UTF-8", line) for line in lines)


def with_plural_forms(lines: tuple[str, ...], locale: str) -> tuple[str, ...]:
    """The header of a catalog that has plurals: without the rule, gettext takes it for a mistake."""
    if any(line.startswith('"Plural-Forms:') for line in lines):
        return lines
    return (*lines, f'"Plural-Forms: {Catalog(locale=locale).plural_forms}\\n"')


def credits_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The comments of a header that name somebody, as Poedit and Weblate write them."""
    return tuple(line for line in lines if _CREDIT.fullmatch(line))


def with_credits(lines: tuple[str, ...], names: Sequence[str]) -> tuple[str, ...]:
    """The header with the comments ``names`` behind its own, where it lacks them."""
    more = [line for line in names if line not in lines]
    place = next((number for number, line in enumerate(lines) if not line.startswith("#")), 0)
    if place and lines[place - 1] == "#":
        place -= 1  # an empty comment ends them
    return (*lines[:place], *more, *lines[place:])


def team(locale: str) -> str:
    """Who translates: the English name of the language, as CLDR has it."""
    return str(Locale.parse(locale).english_name or "")


def _mended(lines: Sequence[str], locale: str, values: HeaderValues) -> list[str]:
    known = {"Report-Msgid-Bugs-To": values.bugs, "Language-Team": ""}
    mended = []
    for line in lines:
        found = _JUNK.fullmatch(line)
        if found:
            name = found["name"]
            value = team(locale) if name == "Language-Team" else known.get(name, "")
            mended.append(f'"{f"{name}: {escape_string(value)}".rstrip()}\\n"')
        else:
            mended.append(line)
    return mended
