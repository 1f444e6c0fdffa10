"""TMX 1.4 files, as far as a glossary needs them: elements with their lines, and what may stand where.

Read with expat itself: it knows the line of each element, and a DOCTYPE, with which entities that
grow without bound arrive, is refused before anything of it is expanded.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn
from xml.parsers import expat

from sphinx_hub.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_HEADER: Final = (
    "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
)  # fmt: skip
#: element -> the elements and the attributes that it may hold; all attributes are required
_SHAPE: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "tmx": (("header", "body"), ("version",)),
    "header": ((), _HEADER),
    "body": (("tu",), ()),
    "tu": (("prop", "note", "tuv"), ()),
    "tuv": (("prop", "seg"), ("xml:lang",)),
    "prop": ((), ("type",)),
    "note": ((), ()),
    "seg": ((), ()),
}
_WITH_TEXT: Final = frozenset({"prop", "note", "seg"})


@dataclass
class Element:
    """An element of the file."""

    tag: str
    line: int
    """The line of its start tag."""
    attributes: Mapping[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""
    """The text that it holds itself, outside its children."""

    def all(self, tag: str) -> list[Element]:
        """Its children of that name."""
        return [child for child in self.children if child.tag == tag]


def read_tmx(path: Path) -> tuple[Element | None, list[Problem]]:
    """The outermost element of the file, or None where it cannot be read; and what is wrong with its form.

    Elements that TMX or a glossary does not have are noted and stay in the tree.
    """
    try:
        content = path.read_bytes()
        content.decode("utf-8")
    except OSError as error:
        return None, [_unreadable(path, 1, f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [_unreadable(path, line, f"not UTF-8: {error.reason}")]
    tree = _Tree()
    try:
        tree.parser.Parse(content, True)  # noqa: FBT003 expat takes no keywords
    except expat.ExpatError as error:
        return None, [_unreadable(path, error.lineno, f"not XML: {expat.ErrorString(error.code)}")]
    except _RefusedError as error:
        return None, [_unreadable(path, tree.parser.CurrentLineNumber, str(error))]
    root = tree.top.children[0]
    return root, [Problem(path, line, Code.GLOSSARY_SHAPE, message) for line, message in _misshapen(root)]


def nearest(wrong: str, known: Sequence[str]) -> str:
    """``: did you mean ...?`` with the one of ``known`` that is like ``wrong``, or nothing."""
    close = difflib.get_close_matches(wrong, known, n=1)
    return f": did you mean {close[0]}?" if close else ""


def _unreadable(path: Path, line: int, message: str) -> Problem:
    return Problem(path, line, Code.GLOSSARY_UNREADABLE, message)


class _RefusedError(Exception):
    """Well-formed XML that is not read all the same."""


class _Tree:
    """Builds elements from what the parser reports; ``top`` holds the outermost one."""

    def __init__(self) -> None:
        self.top = Element("", 1, {})
        self._open = [self.top]
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, self.parser.CurrentLineNumber, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _tag: str) -> None:
        self._open.pop()

    def _text(self, data: str) -> None:
        self._open[-1].text += data

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        # Read as UTF-8 here whatever it says; a tool that believes it would read something else.
        if encoding and encoding.casefold() != "utf-8":
            raise _RefusedError(f'encoding="{encoding}" must be UTF-8')

    def _doctype(self, *_arguments: object) -> NoReturn:
        raise _RefusedError("a DOCTYPE is not allowed: remove it")


def _misshapen(root: Element) -> Iterator[tuple[int, str]]:
    """Line and message of what stands where it may not, or is missing."""
    if root.tag != "tmx":
        yield root.line, f"the outermost element must be <tmx>, not <{root.tag}>"
        return
    for tag in ("header", "body"):
        found = root.all(tag)
        if len(found) != 1:
            yield (found[1].line if found else root.line), f"<tmx> must have one <{tag}>, not {len(found)}"
    yield from _misshapen_below(root)


def _misshapen_below(element: Element) -> Iterator[tuple[int, str]]:
    here = f"<{element.tag}>"
    children, attributes = _SHAPE[element.tag]
    for name in element.attributes:
        if name not in attributes:
            yield element.line, f"{here} has an unknown attribute {name}{nearest(name, attributes)}"
    for name in attributes:
        if name not in element.attributes:
            yield element.line, f"{here} lacks the attribute {name}"
    if element.tag not in _WITH_TEXT and (stray := element.text.strip()):
        yield element.line, f"{here} holds text outside an element: {stray[:40]!r}"
    for child in element.children:
        if child.tag in children:
            yield from _misshapen_below(child)
        else:
            yield child.line, f"{here} has an unknown element <{child.tag}>{nearest(child.tag, children)}"
