"""``locale/glossary.tmx``: the words that every translation of the site says alike.

TMX 1.4 is the one format that holds all languages in one file and that both Poedit and Weblate import
(https://www.gala-global.org/tmx-14b). What TMX leaves to its users is held in two kinds of ``prop``:
``x-part-of-speech`` of a unit, and ``x-avoid`` of a variant, for a word that is often taken and wrong.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.tmx import nearest, read_tmx
from sphinx_hub.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sphinx_hub.catalogs.tmx import Element

#: The file's name, in the folder of the catalogs.
GLOSSARY: Final = "glossary.tmx"
#: What ``x-part-of-speech`` may say. A name is kept as it is, or nearly so.
PARTS_OF_SPEECH: Final = ("noun", "verb", "adjective", "name")

_PART_OF_SPEECH: Final = "x-part-of-speech"
_AVOID: Final = "x-avoid"


@dataclass(frozen=True, kw_only=True)
class Term:
    """One word of the glossary. Locales are written as gettext writes them."""

    term: str
    """The word in the source language."""
    translations: Mapping[str, str]
    """Locale -> what the word is called there."""
    avoid: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Locale -> words that are wrong there, though often seen."""
    part_of_speech: str = ""
    """One of `PARTS_OF_SPEECH`, or nothing."""
    definition: str = ""
    """One line in the source language, for a word with more than one meaning."""
    line: int = 1
    """The line at which the term's unit starts."""

    @property
    def slug(self) -> str:
        """The term in lower-case ASCII letters, digits and hyphens: its anchor in every language."""
        return slugify(self.term)


def slugify(term: str) -> str:
    """``term`` in lower-case ASCII letters, digits and single hyphens."""
    ascii_only = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


def load_glossary(
    path: Path, *, source: str, targets: Sequence[str]
) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """The terms of the TMX file ``path`` in its order, and every problem of the file at once.

    :param source: the locale of the terms themselves, ``en``
    :param targets: the locales that each term should have, ``zh_CN`` and so on
    :returns: terms that have an error of their own are left out; nothing is raised for a bad file
    """
    root, problems = read_tmx(path)
    if root is None:
        return (), tuple(problems)
    reader = _Reader(path, source, tuple(targets), problems)
    terms = tuple(reader.terms(root))
    return terms, tuple(sorted(problems))


def tag_of(locale: str) -> str:
    """The locale as XML has it, ``zh-TW``: the form in which Poedit and Weblate both know it."""
    return locale.replace("_", "-").partition("@")[0]


class _Reader:
    """Turns units into terms, and notes what is wrong with each."""

    def __init__(self, path: Path, source: str, targets: tuple[str, ...], problems: list[Problem]) -> None:
        self._path = path
        self._source = source
        self._targets = targets
        self._locales = {tag_of(locale): locale for locale in (source, *targets)}
        self._problems = problems

    def terms(self, root: Element) -> Iterator[Term]:
        """Each term that has no error of its own."""
        for header in root.all("header"):
            language = header.attributes.get("srclang", tag_of(self._source))
            if language != tag_of(self._source):
                message = f'srclang="{language}" must be the language of the sources, {tag_of(self._source)}'
                self._add(header.line, message, Code.GLOSSARY_SHAPE)
        first: dict[str, int] = {}
        for body in root.all("body"):
            for unit in body.all("tu"):
                before = self._errors()
                term = self._term(unit)
                if term.slug in first:
                    self._add(unit.line, f"{term.term!r} stands twice: also in line {first[term.slug]}")
                elif term.term:
                    first[term.slug] = unit.line
                if self._errors() == before:
                    yield term

    def _term(self, unit: Element) -> Term:
        words: dict[str, str] = {}
        avoid: dict[str, tuple[str, ...]] = {}
        for variant in unit.all("tuv"):
            locale = self._locale(variant)
            if locale is None:
                continue
            if locale in words:
                self._add(variant.line, f"{tag_of(locale)} stands twice in one term")
                continue
            words[locale] = self._word(variant)
            wrong = tuple(self._text(prop) for prop in self._props(variant, _AVOID))
            if words[locale] and words[locale] in wrong:
                self._add(variant.line, f"{words[locale]!r} is both the word to use and one to avoid")
            if wrong:
                avoid[locale] = wrong
        term = words.pop(self._source, None)
        if term is None:
            self._add(
                unit.line, f"the term itself is missing: a <tuv> with xml:lang={tag_of(self._source)!r}"
            )
        elif term and not slugify(term):
            self._add(unit.line, f"{term!r} has no letter or digit that an anchor could be made of")
        missing = [tag_of(locale) for locale in self._targets if locale not in words]
        if missing and term:
            message = f"{term!r} lacks a translation: {', '.join(missing)}"
            self._add(unit.line, message, Code.GLOSSARY_UNTRANSLATED)
        return Term(
            term=term or "",
            translations=MappingProxyType(words),
            avoid=MappingProxyType(avoid),
            part_of_speech=self._part_of_speech(unit),
            definition=self._definition(unit),
            line=unit.line,
        )

    def _locale(self, variant: Element) -> str | None:
        tag = variant.attributes.get("xml:lang")
        if tag is None:
            return None  # its absence is a matter of shape, noted there
        locale = self._locales.get(tag)
        if locale is None:
            hint = nearest(tag.replace("_", "-"), tuple(self._locales))
            self._add(variant.line, f"{tag!r} is not a language of this site{hint}", Code.GLOSSARY_SHAPE)
        return locale

    def _word(self, variant: Element) -> str:
        segments = variant.all("seg")
        if len(segments) != 1:
            self._add(variant.line, f"<tuv> must have one <seg>, not {len(segments)}", Code.GLOSSARY_SHAPE)
            return ""
        return self._text(segments[0])

    def _part_of_speech(self, unit: Element) -> str:
        props = self._props(unit, _PART_OF_SPEECH)
        if len(props) > 1:
            self._add(props[1].line, f"{_PART_OF_SPEECH} stands twice in one term", Code.GLOSSARY_SHAPE)
        values = [self._text(prop) for prop in props]
        for prop, value in zip(props, values, strict=True):
            if value and value not in PARTS_OF_SPEECH:
                known = ", ".join(PARTS_OF_SPEECH)
                self._add(prop.line, f"{value!r} is not a part of speech that is used here: {known}")
        return values[0] if values else ""

    def _definition(self, unit: Element) -> str:
        notes = unit.all("note")
        if len(notes) > 1:
            self._add(notes[1].line, "a term has one <note> at most", Code.GLOSSARY_SHAPE)
        return self._text(notes[0]) if notes else ""

    def _props(self, element: Element, kind: str) -> list[Element]:
        """The props of ``element`` that are of its one ``kind``; others are noted."""
        props = element.all("prop")
        for prop in props:
            found = prop.attributes.get("type", kind)
            if found != kind:
                message = f'<{element.tag}> has an unknown <prop type="{found}">: known is {kind}'
                self._add(prop.line, message, Code.GLOSSARY_SHAPE)
        return [prop for prop in props if prop.attributes.get("type") == kind]

    def _text(self, element: Element) -> str:
        """The element's text; empty text, white space at an edge and control characters are noted."""
        text = element.text
        if not text.strip():
            self._add(element.line, f"<{element.tag}> is empty")
            return ""
        if text != text.strip():
            self._add(element.line, f"{text.strip()!r} has white space at an edge")
        if any(unicodedata.category(character) == "Cc" for character in text.strip()):
            self._add(element.line, f"{text.strip()!r} has a line break, tab or control character")
        return text.strip()

    def _errors(self) -> int:
        return sum(problem.severity == "error" for problem in self._problems)

    def _add(self, line: int, message: str, code: Code = Code.GLOSSARY_TERM) -> None:
        self._problems.append(Problem(self._path, line, code, message))
