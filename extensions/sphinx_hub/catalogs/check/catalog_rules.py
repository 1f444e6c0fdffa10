"""What is wrong with a catalog as a whole: its header, and entries that contradict each other."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.check.numbers import MONTHS, numbers_of
from sphinx_hub.catalogs.check.vocabulary import known_words, likeness
from sphinx_hub.catalogs.text_safety import printable
from sphinx_hub.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sphinx_hub.catalogs.check.pair import Pair
    from sphinx_hub.catalogs.check.parts import Parts
    from sphinx_hub.catalogs.check.reading import Message, Reading

_LOCALE: Final = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{2,4})?(?:@[a-z]+)?")
_PLURALS: Final = re.compile(
    r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*[n\d\s()?:!=<>&|%+*-]*[n\d)]\s*;?\s*"
)
#: As gettext and its kin write a time: 2026-11-26 01:30+0000.
_DATE: Final = re.compile(
    r"\d{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])"
    r"(?:[ T](?:[01]?\d|2[0-4]):[0-5]\d(?::\d\d)?(?:\s?(?:[+-]\d\d:?\d\d|Z|\w+))?)?"
)
#: The longest text, in words, that is a title or a term, to be said in one way.
_FEW_WORDS: Final = 6
_CAPITALISED: Final = re.compile(r"(?<=[a-z,;)] )[A-Z][A-Za-z]+(?:\.[a-z]+)?\b")
_NO_PROSE: Final = re.compile(r"`[^`]*`|\([^()\s]*[./#][^()\s]*\)|<[^<>]*>|\S+://\S+")
#: These have a capital in English, and are translated.
_CALENDAR: Final = frozenset((
    *(month.capitalize() for month in MONTHS), "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
    "Saturday",
    "Sunday", "Christmas", "English", "Chinese", "Japanese", "Korean", "French", "German", "Spanish",
    "European",
))  # fmt: skip


def folder_locale(path: Path) -> str:
    """The locale that a catalog's place says, ``zh_CN/LC_MESSAGES/a.po`` or ``zh_CN.po``, else nothing."""
    parts = path.resolve().parts
    for index, part in enumerate(parts):
        if part == "LC_MESSAGES" and index and _LOCALE.fullmatch(parts[index - 1]):
            return _gettext(parts[index - 1])
    stem = path.stem
    return (
        _gettext(stem) if re.fullmatch(r"[a-z]{2,3}(?:[_-](?:[A-Z]{2}|Han[st]))?(?:@[a-z]+)?", stem) else ""
    )


def _gettext(locale: str) -> str:
    name = locale.replace("-", "_")
    return {"zh_Hans": "zh_CN", "zh_Hant": "zh_TW", "zh_cn": "zh_CN", "zh_tw": "zh_TW", "zh": "zh_CN"}.get(
        name, name
    )


def catalog_locale(reading: Reading) -> str:
    """The locale of a catalog: that of its folder, or else of its header."""
    named = reading.fields.get("Language", "")
    return folder_locale(reading.path) or (_gettext(named) if _LOCALE.fullmatch(named) else "")


def header_problems(reading: Reading) -> Iterator[Problem]:
    """What is wrong with the header."""
    header = reading.header
    if header is None:
        if reading.messages and not any(problem.line == 1 for problem in reading.problems):
            yield Problem(reading.path, 1, Code.CATALOG_HEADER, "the catalog has no header: run an update")
        return
    fields, line = reading.fields, header.line
    wanted, named = folder_locale(reading.path), fields.get("Language", "")
    if wanted and not named:
        message = f"the header names no language: write Language: {wanted}"
        yield Problem(reading.path, line, Code.CATALOG_LANGUAGE, message)
    elif wanted and _gettext(named) != wanted:
        message = f"the header says Language: {named}, the folder {wanted}"
        yield Problem(reading.path, line, Code.CATALOG_LANGUAGE, message)
    encoding = fields.get("Content-Transfer-Encoding", "8bit")
    if encoding.lower() != "8bit":
        message = f"Content-Transfer-Encoding is {encoding}: write 8bit"
        yield Problem(reading.path, line, Code.CATALOG_HEADER, message)
    yield from (
        Problem(reading.path, line, Code.CATALOG_HEADER, text) for text in _field_faults(fields, wanted)
    )


def _field_faults(fields: dict[str, str], locale: str) -> Iterator[str]:
    if "Content-Type" in fields and fields.get("MIME-Version") != "1.0":
        yield "MIME-Version is missing: write MIME-Version: 1.0"
    date = fields.get("PO-Revision-Date", "")
    if date and date != "YEAR-MO-DA HO:MI+ZONE" and not _DATE.fullmatch(date):
        yield f"PO-Revision-Date is {date}: there is no such time"
    forms = fields.get("Plural-Forms", "")
    plural = _PLURALS.fullmatch(forms)
    known = plural_forms(locale) if forms and locale else None
    number = known[0] if known else 0
    if forms and plural is None:
        yield f"Plural-Forms is {forms}: write nplurals={number or 'N'}; plural=EXPRESSION;"
    elif plural and number and int(plural[1]) != number:
        yield f"Plural-Forms has nplurals={plural[1]}: {locale} has {number}"


def plural_forms(locale: str) -> tuple[int, str] | None:
    """How many plural forms the language of ``locale`` has, and the expression that chooses one, if known."""
    from babel.messages.plurals import PLURALS  # noqa: PLC0415 a start is quick

    return next((PLURALS[name] for name in (locale, locale.partition("_")[0]) if name in PLURALS), None)


def twin_problems(reading: Reading) -> Iterator[Problem]:
    """Obsolete entries of texts that are in use again: gettext stops on them, or drops one."""
    active = {message.key for message in reading.messages}
    for message in reading.obsolete:
        if message.key in active and not message.broken:
            text = "an obsolete entry of a text that is in use: remove one of the two"
            yield Problem(reading.path, message.line, Code.CATALOG_DUPLICATE, text)


def two_ways(found: Iterable[tuple[Path, Message]]) -> Iterator[tuple[Path, Message, Code, str]]:
    """Texts of one language that are translated in two ways, told at the second and at every later one."""
    ways: dict[str, list[tuple[Path, Message]]] = defaultdict(list)
    for path, message in found:
        if message.translated and not message.fuzzy and not message.plural:
            ways[message.key].append((path, message))
    for places in ways.values():
        first_path, first = places[0]
        for path, message in places[1:]:
            if _bare(message.strings[0]) == _bare(first.strings[0]):
                continue
            code = Code.MESSAGE_TWO_WAYS if _is_title(message.msgid) else Code.MESSAGE_TEXT_TWO_WAYS
            text = f"{printable(first.strings[0])!r} in {first_path.name}:{first.line}"
            yield path, message, code, text


def _bare(text: str) -> str:
    """A translation as it is compared with another one: the same words, whatever their typography."""
    return re.sub(r"[\s*_`。.?？]+", "", text).translate(_NARROW).casefold()


_NARROW: Final = str.maketrans("（），：；！？“”", '(),:;!?""')


def _is_title(text: str) -> bool:
    words = text.split()
    # A single word means something else in each table.
    few = 1 < len(words) <= _FEW_WORDS
    return few and text[:1].isupper() and not text.rstrip().endswith((".", ":", "!"))


def project_of(header: dict[str, str]) -> str:
    """The name of the project in the header, where it is one word and no word of English."""
    found = re.match(r"([A-Z][A-Za-z]+)(?: v?\d[\w.]*| VERSION)?$", header.get("Project-Id-Version", ""))
    return found[1] if found and found[1] not in {"PACKAGE", "PROJECT", "Project", "Documentation"} else ""


def names_of(messages: Iterable[Message], header: dict[str, str]) -> frozenset[str]:
    """Words that the sources write with a capital in the midst of a sentence, or that name the project."""
    names = {project_of(header)} - {""}
    counts: dict[str, int] = defaultdict(int)
    lower: set[str] = set()
    for message in messages:
        for word in set(_CAPITALISED.findall(message.msgid)):
            counts[word] += 1
        lower.update(re.findall(r"(?<![\w./@-])[a-z]{3,}(?![\w./@-])", _NO_PROSE.sub(" ", message.msgid)))
    names |= {word for word, count in counts.items() if word.casefold() not in lower and count}
    return frozenset(names) - _CALENDAR


def misaligned(pairs: Sequence[tuple[Message, Pair]]) -> Iterator[tuple[Message, Code, str]]:
    """Translations that belong to another message of the catalog.

    What must be the same in both texts tells it: names in Latin letters, code, numbers; or plain words.
    """
    marks = [(message, _marks(pair.source), _marks(pair.translation)) for message, pair in pairs]
    by_message = {id(message): pair for message, pair in pairs}
    strange = [(message, pair) for message, pair in pairs if _says_nothing(pair)]
    for message, own, given in marks:
        apart = bool(given and own) and not own & given
        others = (other for other, theirs, back in marks if apart and _is_of(given, own, theirs, back))
        other = next((one for one in others if one is not message), None)
        pair = by_message[id(message)]
        if other is None and any(one is message for one, _pair in strange):
            other = next((one for one, its in strange if one is not message and _crossed(pair, its)), None)
        if other is not None:
            text = f"it seems to be the translation of line {other.line}"
            yield message, Code.MESSAGE_MISALIGNED, text


def _is_of(given: frozenset[str], own: frozenset[str], theirs: frozenset[str], back: frozenset[str]) -> bool:
    """Whether what a translation keeps is another source's, and the other's translation keeps our own."""
    mutual = bool(back) and back <= own
    return given <= theirs and (mutual or len(given) > 1)


#: From so many plain words on, a translation without any of them is a strange one.
_PLAIN_WORDS: Final = 2


def _says_nothing(pair: Pair) -> bool:
    """Whether none of several plain words of the source is said in the translation."""
    if not pair.context.chinese or pair.msgid == pair.msgstr:
        return False
    known = known_words(pair.source.text)
    return len(known) >= _PLAIN_WORDS and not likeness(pair.source.text, pair.translation.text)


def _crossed(one: Pair, other: Pair) -> bool:
    """Whether the translations of two messages say nothing of their own source, and much of the other's."""
    if not _says_nothing(one) or not _says_nothing(other):
        return False
    here = likeness(one.source.text, other.translation.text)
    there = likeness(other.source.text, one.translation.text)
    return here >= _PLAIN_WORDS and there >= _PLAIN_WORDS


def _marks(parts: Parts) -> frozenset[str]:
    words = set(re.findall(r"[A-Za-z][\w.+-]*[A-Z0-9+][\w.+-]*|\b[A-Z][A-Za-z.+-]{2,}", parts.text))
    numbers = {value for value in numbers_of(parts.text).values if len(value) > 1}
    return frozenset({*(word.strip(".").casefold() for word in words), *numbers, *parts.codes})
