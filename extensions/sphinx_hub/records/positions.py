"""YAML read with the line of every key and value, and nothing in it but data.

The scalars are those of YAML 1.2's core schema, as editors read them: `NO` is text and not
false, `2023-04-18` is text and not a date object. Anchors, aliases and tags have no place in a
file of records, and are refused, so that no file is larger than it looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from sphinx_hub.problems import Code, Problem

if TYPE_CHECKING:
    from pathlib import Path

Location = tuple[str | int, ...]

_DEPTH: Final = 12  # a record is four levels deep at most
_TAG: Final = "tag:yaml.org,2002:"
# Line breaks for PyYAML and for no editor: with them, lines would be counted differently.
_STRANGE_BREAK: Final = re.compile("[\x85\u2028\u2029]")
_WORDS: Final[dict[str, object]] = {"true": True, "false": False}


class _Composer(yaml.SafeLoader):
    """PyYAML's safe loader, of which only the composing of nodes is used."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 PyYAML's own: a class has its table, filled below
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(None, None, "anchors and aliases are not used here", event.start_mark)
        if getattr(event, "tag", None):
            raise yaml.MarkedYAMLError(None, None, "tags are not used here", event.start_mark)
        if self.depth >= _DEPTH:
            raise yaml.MarkedYAMLError(None, None, "the nesting is too deep", event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


for _name, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]{1,18}", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Composer.add_implicit_resolver(_TAG + _name, re.compile(rf"^(?:{_pattern})$"), _first)


@dataclass(frozen=True)
class Row:
    """One record as the file has it, before any check."""

    data: dict[str, object]
    """Its keys and values; sequences are tuples."""
    line: int
    """The line on which it begins."""
    keys: dict[Location, int] = field(default_factory=dict)
    """The line of every key, by the way to it."""
    values: dict[Location, int] = field(default_factory=dict)
    """The line of every value, by the way to it."""
    texts: dict[Location, int] = field(default_factory=dict)
    """The line on which the text of every scalar begins: of a block, the one below its sign."""

    def value_line(self, location: Location) -> int:
        """The line of the value, or of the nearest value around it, or of the record."""
        for end in range(len(location), 0, -1):
            if location[:end] in self.values:
                return self.values[location[:end]]
        return self.line


class _Reading:
    """One file on its way from text to rows."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._text = text

    def rows(self) -> list[Row] | None:
        """The records; None when the file is no list of anything."""
        strange = _STRANGE_BREAK.search(self._text)
        if strange:
            self._not_allowed(strange.start(), ord(strange[0]))
            return None
        try:
            composer = _Composer(self._text)
            root = composer.get_single_node()
        except yaml.reader.ReaderError as error:
            self._not_allowed(error.position, error.character)
            return None
        except yaml.MarkedYAMLError as error:
            self._mark(error)
            return None
        if root is None:
            self._add(1, Code.RECORD_SHAPE, "the file is empty: write [] when there are no records")
            return None
        if not isinstance(root, yaml.SequenceNode):
            self._add(
                self._line(root), Code.RECORD_SHAPE, "the file must hold a list: records begin with '- '"
            )
            return None
        return [row for node in root.value if (row := self._row(node)) is not None]

    def row(self) -> Row | None:
        """The one record that the text is; None when it is none."""
        try:
            root = _Composer(self._text).get_single_node()
        except yaml.reader.ReaderError as error:
            self._not_allowed(error.position, error.character)
            return None
        except yaml.MarkedYAMLError as error:
            self._mark(error)
            return None
        return None if root is None else self._row(root)

    def _row(self, node: yaml.Node) -> Row | None:
        if not isinstance(node, yaml.MappingNode):
            self._add(self._line(node), Code.RECORD_SHAPE, "a record must be a mapping of keys to values")
            return None
        row = Row({}, self._line(node))
        row.data.update(self._mapping(node, (), row))
        return row

    def _mapping(self, node: yaml.MappingNode, location: Location, row: Row) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._add(self._line(key_node), Code.RECORD_SHAPE, "a key must be a single word")
                continue
            key = key_node.value
            where = (*location, key)
            line = self._line(key_node)
            if key in result:
                message = f"the key {key!r} stands already on line {row.keys[where]}"
                self._add(line, Code.RECORD_DUPLICATE_KEY, message)
                continue
            row.keys[where] = line
            result[key] = self._value(value_node, where, row)
        return result

    def _value(self, node: yaml.Node, location: Location, row: Row) -> object:
        line = row.values[location] = self._line(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location, row)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._value(item, (*location, index), row) for index, item in enumerate(node.value))
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        row.texts[location] = line + 1 if style in {"|", ">"} else line
        return _scalar(node.tag.removeprefix(_TAG), str(node.value))

    @staticmethod
    def _line(node: yaml.Node) -> int:
        return int(node.start_mark.line) + 1

    def _mark(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        message = ", ".join(part for part in (error.context, error.problem) if part)
        self._add(mark.line + 1 if mark else 1, Code.RECORD_SYNTAX, message)

    def _not_allowed(self, index: int, character: int) -> None:
        line = self._text.count("\n", 0, index) + 1
        self._add(line, Code.RECORD_SYNTAX, f"the character U+{character:04X} is not allowed: remove it")

    def _add(self, line: int, code: Code, message: str) -> None:
        self.problems.append(Problem(self.path, line, code, message))


def _scalar(tag: str, text: str) -> object:
    if tag == "null":
        return None
    if tag == "bool":
        return _WORDS[text.lower()]
    if tag == "int":
        return int(text)
    return float(text) if tag == "float" else text


def read_rows(path: Path) -> tuple[list[Row] | None, list[Problem]]:
    """The records of a YAML file, and every problem of its form.

    None stands for a file that cannot be read or is no list; one problem then says why.
    """
    line = 1
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        message = "there is no such file: make it, with [] in it"
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        line += error.object.count(b"\n", 0, error.start)
        message = "the file is not UTF-8: save it in that encoding"
    else:
        reading = _Reading(path, text.replace("\r\n", "\n").replace("\r", "\n"))
        return reading.rows(), reading.problems
    return None, [Problem(path, line, Code.RECORD_UNREADABLE, message)]


def read_front_matter(path: Path, text: str) -> tuple[Row | None, list[Problem]]:
    """The front matter of a page, ``text``, that stands in the file ``path``; and every problem of its form.

    None stands for a page that has none, or none that can be read; a problem then says why.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = None
    if lines[0].rstrip() == "---":
        end = next(
            (number for number, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), None
        )
    if end is None:
        return None, []
    # An empty line stands for the one that begins it, so that lines count as they do in the file.
    reading = _Reading(path, "\n".join(("", *lines[1:end])))
    return reading.row(), reading.problems
