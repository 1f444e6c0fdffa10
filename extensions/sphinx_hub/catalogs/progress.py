"""How much of each language is translated, as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_hub.catalogs.compiled import catalog_files, read_entries
from sphinx_hub.catalogs.counts import Progress, count_entries
from sphinx_hub.problems import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_hub.settings import Language, Settings


def language_progress(settings: Settings, language: Language) -> dict[str, Progress]:
    """Domain -> counts, over all catalogs of ``language``.

    :raises ProblemsError: with every catalog that cannot be read.
    """
    counts: dict[str, Progress] = {}
    problems: list[Problem] = []
    for domain, path in catalog_files(settings.catalogs_of(language.locale), language.locale):
        entries = read_entries(path, language.locale)
        if isinstance(entries, Problem):
            problems.append(entries)
        else:
            counts[domain] = count_entries(entries)
    if problems:
        raise ProblemsError(problems)
    return counts


def progress_table(settings: Settings, languages: Sequence[Language]) -> str:
    """A line for each language, and below it one for each of its catalogs that is not complete.

    The percentages are of words, the numbers of messages. The source language has a line only where a page
    is written in another, so that it has catalogs.

    :raises ProblemsError: with every catalog of a language that cannot be read.
    """
    rows: list[tuple[str, Progress, str]] = []
    for language in languages:
        counts = language_progress(settings, language)
        if not counts and language.locale == settings.source_locale:
            continue
        rows.append((language.locale, sum(counts.values(), start=Progress()), language.name))
        rows += [("", count, f"{domain}.po") for domain, count in counts.items() if not count.complete]
    if not rows:
        return ""
    place = max(len(locale) for locale, _count, _name in rows)
    current = _width(count.current for _locale, count, _name in rows)
    outdated = _width(count.outdated for _locale, count, _name in rows)
    untranslated = _width(count.untranslated for _locale, count, _name in rows)
    return "\n".join(
        f"{locale:{place}}  {count.percent:3d} %  {count.current:{current}d} current,"
        f" {count.outdated:{outdated}d} outdated, {count.untranslated:{untranslated}d} untranslated  {name}"
        for locale, count, name in rows
    )


def _width(numbers: Iterable[int]) -> int:
    return max(len(str(number)) for number in numbers)
