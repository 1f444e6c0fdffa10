"""The terms of the glossary, in each translation as the glossary has them."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.glossary import Term
from sphinx_hub.problems import Code, Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx_hub.catalogs.check.pair import Pair

#: Parts of speech that are said in many ways within a sentence.
_FREE: Final = frozenset(("verb", "adjective"))

#: A compound does without these: 依赖 of 依赖项.
_SUFFIXES: Final = frozenset("项項器符")


def term_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """A term of the source has the word of the glossary in the translation."""
    context = pair.context
    if not context.terms or pair.msgid == pair.msgstr:
        return
    text = pair.source.text
    low = text.casefold()
    taken: list[tuple[int, int]] = []
    for term in context.terms:
        word = term.translations.get(context.locale)
        name = term.part_of_speech == "name"
        if word is None or term.term.casefold() not in low:
            continue
        spans = [found.span() for found in _pattern(term.term, name).finditer(text)]
        if not name and term.term.islower():
            # With a capital in the midst of a sentence it is a part of a name: Stable Diffusion.
            spans = [
                span for span in spans if not (text[span[0]].isupper() and text[: span[0]].endswith(" "))
            ]
        free = [span for span in spans if not any(a < span[1] and span[0] < b for a, b in taken)]
        taken += spans
        # A term with a definition has other meanings beside it: a person must tell which one is meant.
        if not free or (term.definition and not name):
            continue
        yield from _told(term, word, pair)


def _told(term: Term, word: str, pair: Pair) -> Iterator[tuple[Code, str]]:
    shown = "".join(pair.translation.text.split()).casefold()
    words = [
        "".join(one.split()).casefold()
        for one in re.split(r"[/、]|（[^）]*）|\([^)]*\)", word)
        if one.strip()
    ]
    for wrong in term.avoid.get(pair.context.locale, ()):
        if wrong in pair.translation.text and not any(wrong in good and good in shown for good in words):
            yield Code.MESSAGE_TERM, f"{term.term} is {word} in the glossary, not {wrong}"
            return
    if term.part_of_speech in _FREE or term.term.casefold() in pair.msgstr.casefold():
        return
    if term.part_of_speech == "name" and words == [term.term.casefold()]:
        return  # it may be left out, and where it is said it is compared as a name
    if not any(one in shown or (one[-1:] in _SUFFIXES and one[1:-1] and one[:-1] in shown) for one in words):
        yield Code.MESSAGE_TERM, f"{term.term} is {word} in the glossary"


@lru_cache(maxsize=4096)
def _pattern(term: str, name: bool) -> re.Pattern[str]:
    plural = re.escape(term[:-1]) + "(?:y|ies)" if term.endswith("y") else re.escape(term) + "(?:e?s)?"
    return re.compile(rf"(?<![\w-]){plural}(?![\w-])", re.NOFLAG if name else re.IGNORECASE)


def read_terms(path: Path, locale: str) -> tuple[Term, ...]:
    """The terms of a table of two columns, TSV or CSV: a term and its word in ``locale``.

    :raises OSError: the file cannot be read.
    :raises ProblemsError: with every line that is not two columns, or the place where it is not UTF-8.
    """
    terms: list[Term] = []
    problems: list[Problem] = []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ProblemsError(
            [Problem(path, line, Code.GLOSSARY_UNREADABLE, "the file is not UTF-8")]
        ) from error
    delimiter = "\t" if any("\t" in line for line in lines) else ","
    for number, row in enumerate(csv.reader(lines, delimiter=delimiter), 1):
        cells = [cell.strip() for cell in row[:2]]
        if not any(cells):
            continue
        if len(cells) < 2 or not all(cells):  # noqa: PLR2004 a table of two columns
            message = "a line must be a term and its translation"
            problems.append(Problem(path, number, Code.GLOSSARY_TERM, message))
            continue
        terms.append(Term(term=cells[0], translations={locale: cells[1]}, line=number))
    if problems:
        raise ProblemsError(problems)
    return tuple(terms)
