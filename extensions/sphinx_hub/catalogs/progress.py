"""How much of each language is translated, counted in messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_hub.catalogs.compiled import Progress, catalog_files, count_messages, read_catalog
from sphinx_hub.problems import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.settings import Language, Settings


def language_progress(settings: Settings, language: Language) -> dict[str, Progress]:
    """Domain -> counts, over all catalogs of ``language``.

    :raises ProblemsError: with every catalog that cannot be read.
    """
    counts: dict[str, Progress] = {}
    problems: list[Problem] = []
    for domain, path in catalog_files(settings.catalogs_path, language.locale):
        catalog = read_catalog(path, language.locale)
        if isinstance(catalog, Problem):
            problems.append(catalog)
        else:
            counts[domain] = count_messages(catalog)
    if problems:
        raise ProblemsError(problems)
    return counts


def progress_table(settings: Settings, languages: Sequence[Language]) -> str:
    """A line for each language, and below it one for each catalog that is not complete."""
    lines: list[str] = []
    for language in languages:
        if language.locale == settings.source_locale:
            continue
        counts = language_progress(settings, language)
        total = sum(counts.values(), start=Progress())
        lines.append(f"{language.locale:6}{_share(total)}  {language.name}")
        lines += [
            f"{'':6}{_share(count)}  {domain}.po"
            for domain, count in counts.items()
            if count.translated < count.total
        ]
    return "\n".join(lines)


def _share(progress: Progress) -> str:
    # Rounded down: 100 % is said only when nothing is left.
    percent = progress.translated * 100 // progress.total if progress.total else 100
    return f"{percent:3d} %  {progress.translated:4d} of {progress.total:4d}"
