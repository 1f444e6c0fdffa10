"""The types of the fields of records.

Each is a plain ``str`` for whoever reads a record; what the annotation adds is the check, whose
error carries a code of :mod:`sphinx_hub.problems`, and the form that editors see in the JSON schema.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator, ValidationInfo, WithJsonSchema

from sphinx_hub.problems import Code
from sphinx_hub.records.addresses import https_url
from sphinx_hub.records.images import image_file
from sphinx_hub.records.refusal import nearest, refusal

if TYPE_CHECKING:
    from babel import Locale

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LANGUAGE: Final = re.compile(r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|[0-9]{3}))?")
_MAIL: Final = re.compile(r"\S@\S+\.\S")
_FOLD: Final = re.compile(r"[ \t\n]+")
# Codes that CLDR has beside ISO 3166-1: reserved ones, groups of countries, pseudo-locales.
_NOT_COUNTRIES: Final = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())  # noqa: SIM905

# Records are plain text. What looks like markup would stand on the page as it is written.
_MARKUP: Final[dict[str, re.Pattern[str]]] = {
    "an HTML tag": re.compile(r"<[A-Za-z/!?]"),
    "an HTML entity": re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);"),
    "a backtick": re.compile(r"`"),
    "a link or an image": re.compile(r"\]\s?[(\[]|!\["),
    "emphasis": re.compile(r"\*\*|__|~~|(?<![\w*])\*(?=[^\s*])[^*]*(?<=[^\s*])\*(?![\w*])"),
    "emphasis with underscores": re.compile(r"(?<![\w_])_(?=[^\s_])[^_]*(?<=[^\s_])_(?![\w_])"),
    "a substitution": re.compile(r"\{\{|\}\}|\{%|%\}"),
}


@dataclass(frozen=True)
class HumanText:
    """Marks a field whose text goes to the translators."""


@dataclass(frozen=True)
class RefersTo:
    """Marks a field that names a record of another file by its id."""

    plural: str


def fold(text: str) -> str:
    """``text`` on one line, with single spaces: how a message is known in the catalogs."""
    return _FOLD.sub(" ", text)


def _record_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise refusal(Code.RECORD_ID, f"{value!r}: an id is lower-case letters, digits and single hyphens")
    return value


def _plain(value: str) -> str:
    """One line of plain text, folded. A block scalar's last line break is no edge."""
    text = fold(value.rstrip("\n"))
    if not text.strip():
        raise refusal(Code.RECORD_TEXT, "the text is empty")
    for character in text:
        # Controls, formats (bidi, zero width), private use, line and other separators.
        if character != " " and unicodedata.category(character)[0] in "CZ":
            name = unicodedata.name(character, "a control character")
            raise refusal(Code.RECORD_TEXT, f"the text has U+{ord(character):04X} ({name}): remove it")
    if text != text.strip(" "):
        raise refusal(Code.RECORD_TEXT, f"{text!r}: remove the white space at its edge")
    return text


def no_address(value: str) -> str:
    """Check a name of a person and give it back as it is.

    :raises PydanticCustomError: it has an e-mail address.
    """
    if _MAIL.search(value):
        message = f"{value!r} has an e-mail address, and addresses are never shown: put it into .mailmap"
        raise refusal(Code.RECORD_TEXT, message)
    return value


def _text(value: str) -> str:
    text = _plain(value)
    for name, pattern in _MARKUP.items():
        found = pattern.search(text)
        if found:
            raise refusal(Code.RECORD_TEXT, f"the text has {name} ({found[0]!r}): texts of records are plain")
    return text


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise refusal(Code.RECORD_VALUE, f"{value!r}: a colour is written '#rrggbb', in quotes")
    return value


def _country(value: str) -> str:
    if not _COUNTRY.fullmatch(value) or value in _NOT_COUNTRIES or value not in _english().territories:
        raise refusal(Code.RECORD_VALUE, f"{value!r} is no ISO 3166 code of two letters, such as 'CN'")
    return value


def _language_tag(value: str) -> str:
    found = _LANGUAGE.fullmatch(value)
    if found is None:
        raise refusal(
            Code.RECORD_VALUE, f"{value!r} has not the form of a BCP 47 tag, as 'zh-Hans' and 'en' have"
        )
    english = _english()
    language, script, territory = found.groups()
    for subtag, known in (
        (language, english.languages),
        (script, english.scripts),
        (territory, english.territories),
    ):
        if subtag is not None and subtag not in known:
            raise refusal(Code.RECORD_VALUE, f"{value!r}: nothing is registered as {subtag!r}")
    return value


def _icon(value: str, info: ValidationInfo) -> str:
    icons = (info.context or {}).get("icons")
    if icons is not None and value not in icons:
        raise refusal(Code.RECORD_VALUE, f"there is no icon {value!r}{nearest(value, sorted(icons))}")
    return value


@cache
def _english() -> Locale:
    from babel import Locale  # noqa: PLC0415 a checker that meets no tag must not wait for it

    return Locale("en")


_ID_SCHEMA: Final = WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$"})

RecordId = Annotated[str, AfterValidator(_record_id), _ID_SCHEMA]
"""An id: lower-case ASCII letters, digits, single hyphens."""

PartnerId = Annotated[str, RefersTo("partners"), _ID_SCHEMA]
"""The id of a partner that exists; the loader looks it up."""

AchievementId = Annotated[str, RefersTo("achievements"), _ID_SCHEMA]
"""The id of an achievement that exists; the loader looks it up."""

PersonId = Annotated[str, RefersTo("people"), _ID_SCHEMA]
"""The id of a person or a team that exists; the loader looks it up."""

CollaborationId = Annotated[str, RefersTo("collaborations"), _ID_SCHEMA]
"""The id of a collaboration that exists; the loader looks it up."""

TagId = Annotated[str, RefersTo("tags"), _ID_SCHEMA]
"""The id of a tag of the file of tags; the loader looks it up."""

Name = Annotated[str, AfterValidator(_plain), WithJsonSchema({"type": "string", "minLength": 1})]
"""A name that is not translated: plain, visible characters on one line."""

PersonName = Annotated[
    str,
    AfterValidator(_plain),
    AfterValidator(no_address),
    WithJsonSchema({"type": "string", "minLength": 1}),
]
"""A name of a person that is not translated, and no e-mail address."""

Text = Annotated[str, AfterValidator(_text), HumanText(), WithJsonSchema({"type": "string", "minLength": 1})]
"""Text for readers, in English and without markup; translated through the catalogs."""

HttpsUrl = Annotated[
    str,
    AfterValidator(https_url),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https://"}),
]
"""An https address without user, white space or tracking parameters."""

ImageFile = Annotated[
    str,
    AfterValidator(image_file),
    WithJsonSchema({"type": "string", "pattern": r"^[^/\\:][^\\:]*\.(avif|png|svg|webp)$"}),
]
"""The path of an image, relative to the folder of the sources."""

IconSlug = Annotated[str, AfterValidator(_icon), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+$"})]
"""The name of an icon among those that the package ships."""

LanguageTag = Annotated[
    str,
    AfterValidator(_language_tag),
    WithJsonSchema({"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"}),
]
"""A BCP 47 tag of language, script and territory that CLDR knows."""

Country = Annotated[
    str, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
"""An ISO 3166-1 code of two letters."""

Colour = Annotated[
    str, AfterValidator(_colour), WithJsonSchema({"type": "string", "pattern": f"^{_COLOUR.pattern}$"})
]
"""A colour, ``#rrggbb``."""
