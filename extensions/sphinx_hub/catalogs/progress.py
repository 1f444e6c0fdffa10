"""The counts of a language's catalogs, read from the files as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_hub.catalogs.compiled import catalog_files, read_entries
from sphinx_hub.catalogs.counts import Progress, count_entries
from sphinx_hub.problems import Problem, ProblemsError

if TYPE_CHECKING:
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
