"""What a table of the reference is before it becomes nodes: rows of codes and of sentences, or a list."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Verbatim:
    """A cell that is code, equal in every language; an empty one stays empty."""

    text: str
    lang: str = ""
    """The language that it is written in, a BCP 47 tag, where it is written in any."""
    note: str = ""
    """What is said after it, already in the reader's language and with what keeps the two apart."""
    target: str = ""
    """The label that it leads to, where the site has it."""


@dataclass(frozen=True)
class Sentence:
    """A cell that is translated: inline MyST on one line."""

    text: str
    path: Path | None = None
    """The file that the sentence was found in; None for one that was put together."""
    line: int = 1


@dataclass(frozen=True)
class Row:
    """One row. The first cell is its head."""

    anchor: str
    cells: tuple[Verbatim | Sentence, ...]

    @property
    def head(self) -> str:
        """What the row is of."""
        return self.cells[0].text


@dataclass(frozen=True)
class Table:
    """A whole table."""

    columns: tuple[str, ...]
    """The heads, already in the reader's language."""
    rows: tuple[Row, ...]
    sources: tuple[Path, ...]
    """The files that the rows come from; a page that shows the table depends on them."""

    def beginning(self, prefix: str) -> Table:
        """The table of the rows whose heads begin with ``prefix``."""
        return replace(self, rows=tuple(row for row in self.rows if row.head.startswith(prefix)))


@dataclass(frozen=True)
class Entry:
    """What is too long for a row: a name, what stands beside and below it, fields with their labels."""

    anchor: str
    name: Verbatim
    beside: Verbatim
    below: Sentence
    fields: tuple[tuple[str, Verbatim], ...]
    """Labels are in the reader's language; a value of several lines is a block."""

    @property
    def head(self) -> str:
        """What the entry is of."""
        return self.name.text


@dataclass(frozen=True)
class Listing:
    """A list, where a table would be too wide for a small screen."""

    rows: tuple[Entry, ...]
    sources: tuple[Path, ...]
    """As those of a table."""

    def beginning(self, prefix: str) -> Listing:
        """The list of the entries whose names begin with ``prefix``."""
        return replace(self, rows=tuple(row for row in self.rows if row.head.startswith(prefix)))


class NoTableError(Exception):
    """The asked table does not exist, or cannot be made; the message says why and what there is."""


class SourceTexts:
    """The string literals of a Python file with their lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: dict[str, int] = {}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                self._lines.setdefault(node.value, node.lineno)

    def sentence(self, text: str) -> Sentence:
        """``text`` as a cell, with the line on which the file has it."""
        if text not in self._lines:
            return Sentence(one_line(text))
        return Sentence(one_line(text), self.path, self._lines[text])


def one_line(text: str) -> str:
    """``text`` of a docstring or a description on one line, its code in single backticks."""
    return " ".join(text.replace("``", "`").split())
