"""How far each language is, as a table for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sphinx_hub.catalogs.status import Changes
from sphinx_hub.problems import display_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_hub.catalogs.baseline import Baseline
    from sphinx_hub.catalogs.counts import Progress
    from sphinx_hub.catalogs.status import CatalogStatus, LanguageStatus, Order

Unit = Literal["messages", "words"]

_HEAD: Final = ("of words", "current", "outdated", "untranslated")
_FIRST: Final[dict[Order, str]] = {"most-read": "what is read most first", "shortest": "the shortest first"}


@dataclass(frozen=True, kw_only=True)
class TableOptions:
    """What a table shows."""

    unit: Unit = "messages"
    """What is counted; the share is of words in either case, as readers are told it."""
    order: Order = "most-read"
    take_next: int = 5
    """How many catalogs of each language are named to be taken next."""
    whole: bool = False
    """Whether catalogs that are complete have their line too."""


def status_table(
    statuses: Sequence[LanguageStatus], options: TableOptions, baseline: Baseline | None = None
) -> str:
    """A line for each language, and at the end what to take next.

    Below that of a language stands one for each catalog that is not complete or changed since ``baseline``.
    """
    if not any(status.catalogs for status in statuses):
        return "There are no catalogs yet: run `sphinx-hub update`."
    changes = Changes(baseline)
    rows: list[tuple[str, ...]] = [(options.unit, *_HEAD, "")]
    for status in statuses:
        rows += _rows(status, options, changes)
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD) + 1)]
    lines = [
        "  ".join(
            [
                f"{row[0]:{widths[0]}}",
                *(f"{cell:>{width}}" for cell, width in zip(row[1:-1], widths[1:], strict=True)),
                row[-1],
            ]
        ).rstrip()
        for row in rows
    ]
    if baseline is not None:
        lines += ["", _compared(baseline)]
    for status in statuses:
        lines += _next(status, options)
    return "\n".join(lines)


def _rows(status: LanguageStatus, options: TableOptions, changes: Changes) -> Iterator[tuple[str, ...]]:
    tail = [status.language.name, *_changed(changes.of(status), options.unit)]
    yield _row(status.language.locale, status.percent, status.total, options.unit, ", ".join(tail))
    complete = 0
    for catalog in status.catalogs:
        changed = _changed(changes.of(status, catalog), options.unit)
        if catalog.progress.complete and not changed and not options.whole:
            complete += 1
            continue
        tail = [*([] if catalog.has_file else ["no catalog yet"]), *changed]
        count = catalog.progress
        yield _row(f"  {catalog.domain}", count.percent, count, options.unit, ", ".join(tail))
    if complete:
        yield f"  {complete} complete", "", "", "", "", ""


def _row(place: str, percent: int, count: Progress, unit: Unit, tail: str) -> tuple[str, ...]:
    numbers = (
        (count.current, count.outdated, count.untranslated)
        if unit == "messages"
        else (count.current_words, count.outdated_words, count.untranslated_words)
    )
    return place, f"{percent} %", *map(str, numbers), tail


def _changed(change: Progress | None, unit: Unit) -> list[str]:
    """What changed, in words such as ``+12 current, -12 outdated``; nothing where nothing did."""
    if change is None:
        return []
    numbers = (
        {"current": change.current, "outdated": change.outdated, "untranslated": change.untranslated}
        if unit == "messages"
        else {
            "current": change.current_words,
            "outdated": change.outdated_words,
            "untranslated": change.untranslated_words,
        }
    )
    return [f"{number:+d} {state}" for state, number in numbers.items() if number]


def _compared(baseline: Baseline) -> str:
    if not baseline.revision:
        return f"Compared with nothing: no commit is older than {baseline.asked}."
    return f"Compared with {baseline.asked}, commit {baseline.revision[:12]}."


def _next(status: LanguageStatus, options: TableOptions) -> list[str]:
    """What to take next in one language, under its own heading."""
    chosen: list[CatalogStatus] = status.to_do(options.order)[: options.take_next]
    if not chosen:
        return []
    amounts = [f"{catalog.progress.left_words} words" for catalog in chosen]
    width = max(map(len, amounts))
    return [
        "",
        f"Next in {status.language.locale}, {_FIRST[options.order]}:",
        *(
            f"  {amount:>{width}}  {display_path(catalog.path)}"
            + (f"  {catalog.views} views" if catalog.views is not None else "")
            for amount, catalog in zip(amounts, chosen, strict=True)
        ),
    ]
