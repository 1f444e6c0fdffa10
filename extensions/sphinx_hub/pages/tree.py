"""The navigation tree of a site, taken apart once; that of each page is put together from its pieces.

Trees of two pages differ in few places: the links are relative, and the page itself with the branches around
it is marked as current. So the theme is shown the tree twice, once with no entry current and once with all,
and each page takes from the one or from the other, tag by tag. Nothing of the theme's own markup is known
here but its tags.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: Between the trees that the theme is shown at once.
BETWEEN: Final = "<!--sphinx-hub-->"
#: What Sphinx makes of a toctree: the tags that differ from page to page.
_DIFFERS: Final = re.compile(r"<(?:ul|li|a)\b[^>]*>")
_LIST: Final = re.compile(r'<ul(?: class="current")?>')
_ITEM: Final = re.compile(r'<li class="(?P<level>toctree-l\d+)(?: current)?">')
_LINK: Final = re.compile(
    r'<a class="(?:current )?(?P<kind>reference (?:internal|external))" href="(?P<href>[^"]*)">'
)
_TAG: Final = re.compile(r"(<[^>]*>)")
_ADDRESS: Final = re.compile(r'"hub:(\d+)"')
_NUMBER: Final = re.compile(r"(?<=toctree-checkbox-)\d+")
#: What an address must be made of to be the same in Sphinx's HTML and in the theme's.
_PLAIN: Final = re.compile(r"[\w./%#~:-]*")


if TYPE_CHECKING:
    #: The address of the page that the second docname names, from the first.
    Relative = Callable[[str, str], str]


class UnknownTreeError(Exception):
    """The tree is not of the shape that is known here; says what is strange."""


class Link(NamedTuple):
    """Where an entry of the tree leads to."""

    docname: str
    anchor: str
    """With its sign; empty where the entry is the page as a whole."""


@dataclass(eq=False)
class _Branch:
    """An entry of the tree: where its pieces stand."""

    start: int
    """The tag that opens it."""
    around: int
    """The tag that opens the list in which it stands."""
    parent: _Branch | None
    leaf: str
    """The tag that would open it if nothing stood below it."""
    inner: int = -1
    """What comes after its link: from here to the end it is another one when collapsed."""
    switch: int = -1
    """The switch that opens and collapses it; an entry with nothing below has none."""
    end: int = -1
    """The tag that closes it."""


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A tree as Sphinx makes it, without what makes it that of one page."""

    nowhere: str
    """The tree of a page that is not in it."""
    everywhere: str
    """A tree in which every entry is the page itself."""
    links: Sequence[Link]
    """Of the addresses ``hub:0``, ``hub:1``, ... in both."""
    leaves: Sequence[str]
    """The opening tag of each entry."""


def outline(tree: str, docnames: Mapping[str, str]) -> Outline:
    """Take the tree of one page apart; ``docnames`` has the page behind each address relative to that page.

    :raises UnknownTreeError: a tag is not as Sphinx is known to write it, or an address leads to no page.
    """
    links: list[Link] = []
    leaves: list[str] = []

    def numbered(tag: re.Match[str], current: str) -> str:
        text = tag[0]
        if _LIST.fullmatch(text):
            return f'<ul class="{current}">' if current else "<ul>"
        if item := _ITEM.fullmatch(text):
            leaves.append(f'<li class="{item["level"]}">')
            return f'<li class="{item["level"]}{current and " "}{current}">'
        link = _LINK.fullmatch(text)
        if not link:
            raise UnknownTreeError(f"an unknown tag in the toctree: {text}")
        href = link["href"]
        if link["kind"] == "reference internal":
            path, sign, anchor = ("", "", "") if href == "#" else href.partition("#")
            if path not in docnames or not _PLAIN.fullmatch(href):
                raise UnknownTreeError(f"an address of no page in the toctree: {href}")
            links.append(Link(docnames[path], sign + anchor))
            href = f"hub:{len(links) - 1}"
        return f'<a class="{current}{current and " "}{link["kind"]}" href="{href}">'

    nowhere = _DIFFERS.sub(lambda tag: numbered(tag, ""), tree)
    outlined = Outline(nowhere=nowhere, everywhere="", links=tuple(links), leaves=tuple(leaves))
    links.clear()
    return replace(outlined, everywhere=_DIFFERS.sub(lambda tag: numbered(tag, "current"), tree))


class SharedTree:
    """The pieces of a tree in the theme's markup.

    ``nowhere`` and ``everywhere`` are what the theme made of the trees of that name in ``outlined``. With
    ``collapse``, a page has only the branches in which it stands, as with that option of Sphinx's toctree.

    :raises UnknownTreeError: the pieces do not fit together.
    """

    def __init__(self, outlined: Outline, nowhere: str, everywhere: str, *, collapse: bool) -> None:
        self._pieces = _TAG.split(nowhere)
        self._current = _TAG.split(renumbered(everywhere, -nowhere.count("<input")))
        if len(self._pieces) != len(self._current) or self._pieces[::2] != self._current[::2]:
            raise UnknownTreeError("the theme writes other tags around an entry that is current")
        self._collapse = collapse
        self._mark = ""
        self._links: list[tuple[int, Link]] = []
        self._branches: list[_Branch] = []
        self._places: dict[str, list[_Branch]] = {}
        self._read(outlined)
        if collapse and any(len(places) > 1 for places in self._places.values()):
            raise UnknownTreeError("a page stands in the toctree twice")
        self._addressed: tuple[str, list[str]] | None = None

    def learn_mark(self, pagename: str, uri: str, relative: Relative, tree: str) -> None:
        """Learn how the theme marks the one entry that is the page itself, and that all else is right.

        ``tree`` is what the theme made of the tree of the page ``pagename``, which stands in it.

        :raises UnknownTreeError: it is another than the one that is put together here.
        """
        ours = _TAG.split(self.of_page(pagename, uri, relative))
        for our, their in zip(ours, _TAG.split(tree), strict=False):
            if our != their:
                if our.startswith("<li ") and their.startswith(our[:-2]) and their.endswith(our[-2:]):
                    self._mark = their[len(our) - 2 : -2]
                break
        if self.of_page(pagename, uri, relative) != tree:
            raise UnknownTreeError("the theme writes another tree than the one that is put together here")

    def of_page(self, pagename: str, uri: str, relative: Relative) -> str:
        """The tree of the page ``pagename`` at ``uri``."""
        pieces = list(self._with_addresses(pagename, uri, relative))
        places = self._places.get(pagename, ())
        chain: dict[int, _Branch] = {}
        for place in places:
            branch: _Branch | None = place
            while branch is not None:
                chain[branch.start] = branch
                branch = branch.parent
        for branch in chain.values():
            for index in (branch.start, branch.around, branch.switch):
                if index >= 0:
                    pieces[index] = self._current[index]
        own = relative(pagename, pagename)
        for index, link in self._links:
            if link.docname == pagename:
                tags = self._pieces if link.anchor else self._current
                pieces[index] = _ADDRESS.sub(
                    f'"{own}{link.anchor}"' if own or link.anchor else '"#"', tags[index]
                )
        if chain:
            last = max(chain)
            pieces[last] = f"{pieces[last][:-2]}{self._mark}{pieces[last][-2:]}"
        return self._collapsed(pieces, chain) if self._collapse else "".join(pieces)

    def _read(self, outlined: Outline) -> None:
        """Find the branches and the links among the pieces."""
        lists: list[int] = []
        path: list[_Branch] = []
        leaves = iter(outlined.leaves)
        for index in range(1, len(self._pieces), 2):
            tag = self._pieces[index]
            if tag.startswith("<ul"):
                lists.append(index)
            elif tag == "</ul>":
                lists.pop()
            elif tag.startswith("<li"):
                branch = _Branch(index, lists[-1], path[-1] if path else None, next(leaves, ""))
                self._branches.append(branch)
                path.append(branch)
            elif tag == "</li>":
                path.pop().end = index
            elif tag.startswith("<input"):
                path[-1].switch = index
            elif tag == "</a>" and path[-1].inner < 0:
                path[-1].inner = index + 1
            elif address := _ADDRESS.search(tag):
                link = outlined.links[int(address[1])]
                self._links.append((index, link))
                if not link.anchor:
                    self._places.setdefault(link.docname, []).append(path[-1])

    def _with_addresses(self, pagename: str, uri: str, relative: Relative) -> list[str]:
        """The pieces with the addresses as they are from the folder of the page at ``uri``."""
        folder = posixpath.dirname(uri)
        if self._addressed is None or self._addressed[0] != folder:
            pieces = list(self._pieces)
            for index, link in self._links:
                # To itself a page has no address; to the others of the folder it has its name.
                href = relative(pagename, link.docname) or posixpath.basename(uri)
                pieces[index] = _ADDRESS.sub(f'"{href}{link.anchor}"', pieces[index])
            # Sphinx writes the pages of a folder one after the other.
            self._addressed = folder, pieces
        return self._addressed[1]

    def _collapsed(self, pieces: list[str], chain: Mapping[int, _Branch]) -> str:
        """The tree without what stands in branches that are not in ``chain``."""
        shown: list[str] = []
        position = 0
        for branch in self._branches:
            if branch.start < position or branch.switch < 0 or branch.start in chain:
                continue
            shown += [*pieces[position : branch.start], branch.leaf, *pieces[branch.start + 1 : branch.inner]]
            position = branch.end
        numbers: dict[str, str] = {}
        return _NUMBER.sub(
            lambda number: numbers.setdefault(number[0], str(len(numbers) + 1)),
            "".join([*shown, *pieces[position:]]),
        )


def renumbered(tree: str, offset: int) -> str:
    """The tree with ``offset`` added to the number of each switch."""
    return _NUMBER.sub(lambda number: str(int(number[0]) + offset), tree)
