"""The table of what ``search.py`` measured, as it is printed and as docs/reference/search.md shows it."""

from __future__ import annotations

from typing import Any, Final

COLUMNS: Final = {
    "R@5": "recall at 5",
    "R@10": "recall at 10",
    "nDCG": "nDCG at 10",
    "empty": "empty",
    "kB": "first kB",
    "ms": "first ms",
    "later": "later ms",
}


def header() -> str:
    """The head of the table."""
    return f"{'':12}{'':24}" + "".join(f"{name:>8}" for name in COLUMNS)


def row(size: int, name: str, each: dict[str, Any]) -> str:
    """A line of the table."""
    site = f"{size:,} pages" if size else "this site"
    figures = (each[key] for key in COLUMNS.values())
    cells = (f"{value:8.3f}" if isinstance(value, float) else f"{value:8,}" for value in figures)
    return f"{site:12}{name:24}" + "".join(cells)


def table(results: dict[str, Any]) -> list[str]:
    """The whole table of some results."""
    lines = [header()]
    for size, result in results.items():
        if size.isdigit():
            lines += [row(int(size), name, each) for name, each in result.items() if isinstance(each, dict)]
    return lines
