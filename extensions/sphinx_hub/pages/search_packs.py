"""The files of the search's index: all of them, or those that differ where a few pages changed.

Both ways make the same files. The second reads what a page had from the index that is there, and costs as
much as what changed, however many pages there are.
"""

from __future__ import annotations

import gzip
import json
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sphinx_hub.pages.search_words import WITHIN, covering, entries, han_forms, is_unspaced, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

READER: Final = "reader.json"
HEADINGS_FROM: Final = 64
TEXT_FROM: Final = 1024
#: Each line of text begins at a multiple of this, so that a change in one seldom moves the others.
_LINE: Final = 32
#: About how many numbers a file of words has, and how many such files there are at most.
_NUMBERS: Final = 4000
_MOST_FILES: Final = 2048
#: How hard gzip tries: 9 takes half as long again, and saves a thousandth.
_LEVEL: Final = 7
#: Where more than one page of so many changed, it is as quick to make the whole index.
_FEW: Final = 4


@dataclass(frozen=True, kw_only=True)
class PreparedPage:
    """A page as it is shown among results, and as it goes into the index."""

    url: str
    title: str
    sections: tuple[tuple[str, str, str], ...]
    """Anchor, title and text of each."""

    def entries(self) -> Iterator[tuple[str, int]]:
        """All entries of the index with their places; see :func:`sphinx_hub.pages.search_words.entries`."""
        yield from entries([word for word in split(self.title) if word.place < HEADINGS_FROM - 1])
        place = HEADINGS_FROM
        for _anchor, title, _text in self.sections:
            if title and title != self.title:
                words = [word for word in split(title, place) if word.place < TEXT_FROM - 1]
                yield from entries(words)
                place = words[-1].place + 2 if words else place
        place = TEXT_FROM
        words = []
        for line in "\n".join(text for _anchor, _title, text in self.sections).splitlines(keepends=True):
            words += split(line, place)
            if words:
                # One number at least is left out: no phrase goes on.
                place = (words[-1].place + 1) // _LINE * _LINE + _LINE
        yield from entries(words)

    def places(self) -> dict[str, list[int]]:
        """Entry -> its places, in order."""
        found: dict[str, list[int]] = {}
        for entry, place in self.entries():
            if entry in found:
                found[entry].append(place)
            else:
                found[entry] = [place]
        return found


@dataclass(frozen=True, kw_only=True)
class Digests:
    """What tells one index from another."""

    folder: str
    """A digest of all that goes in; the folder of the files."""
    site: str
    """A digest of what goes in besides the pages."""
    pages: list[str]
    """A digest of each page."""

    def changed_pages(self, before: Digests) -> list[int] | None:
        """The numbers of the pages that are others than ``before``; None where more than pages changed."""
        if self.site != before.site or len(self.pages) != len(before.pages):
            return None
        both = enumerate(zip(self.pages, before.pages, strict=True))
        return [number for number, (now, was) in both if now != was]


@dataclass(frozen=True, kw_only=True)
class IndexContents:
    """Figures of an index, from which those of the next one follow."""

    files: int
    """How many files of words there are."""
    numbers: int
    """How many numbers these have."""
    signs: dict[str, int]
    """How often each character stands in entries."""
    named: list[str]
    """Of the entries that hold names for one thing, as of a glossary, those that pages have."""


@dataclass(frozen=True, kw_only=True)
class KeptIndex:
    """An index that was made before."""

    digests: Digests
    contents: IndexContents
    read: Callable[[str], bytes]
    """Gives the content of one of its files."""


@dataclass(frozen=True, kw_only=True)
class Index:
    """An index that is to be written."""

    made: dict[str, bytes]
    """Name of each file -> its content."""
    kept: dict[str, str]
    """Name of each file that stays as it is -> what it is called before."""
    contents: IndexContents


#: For each thing: its names, as their words with spaces between -> the entries that hold the name.
_Names: TypeAlias = "list[dict[str, list[str]]]"


def whole_index(pages: Sequence[PreparedPage], site: Mapping[str, Any], digests: Digests) -> Index:
    """Make all files.

    ``site`` has the sentences of the dialog, the searches of other languages, and the words of the glossary.
    """
    places = _places(pages)
    numbers = sum(map(len, places.values()))
    files = _files(numbers)
    words: list[dict[str, list[int]]] = [{} for _file in range(files)]
    for entry in sorted(places):
        words[file_of(entry, files)][entry] = places[entry].tolist()
    folder, names = digests.folder, _names(site)
    made = {_words_file(folder, number): _packed(content) for number, content in enumerate(words)}
    made |= {_page_file(folder, number): _packed_page(page) for number, page in enumerate(pages)}
    contents = IndexContents(
        files=files,
        numbers=numbers,
        signs=dict(Counter("".join(places))),
        named=sorted(_parts(names).intersection(places)),
    )
    made[READER] = _reader(site, digests, contents, names)
    return Index(made=made, kept={}, contents=contents)


def changed_index(
    pages: Sequence[PreparedPage], site: Mapping[str, Any], digests: Digests, before: KeptIndex
) -> Index | None:
    """What :func:`whole_index` makes, from what was made ``before``.

    None where so much changed that it is as quick to make the whole.
    """
    changed = digests.changed_pages(before.digests)
    if changed is None or _FEW * len(changed) > len(pages):
        return None
    folder, was, files, names = digests.folder, before.digests.folder, before.contents.files, _names(site)
    made = {_page_file(folder, number): _packed_page(pages[number]) for number in changed}
    count = _Count(before.contents, _parts(names))
    for file, edits in sorted(_edits(pages, changed, before).items()):
        content: dict[str, list[int]] = _unpacked(before.read(_words_file(was, file)))
        for entry, changes in edits.items():
            old = content.pop(entry, [])
            if new := _with_changes(old, changes):
                content[entry] = new
            count.change(entry, old, new)
        made[_words_file(folder, file)] = _packed(dict(sorted(content.items())))
    contents = count.contents()
    if contents.files != files:
        return None
    made[READER] = _reader(site, digests, contents, names)
    kept = {_words_file(folder, number): _words_file(was, number) for number in range(files)}
    kept |= {_page_file(folder, number): _page_file(was, number) for number in range(len(pages))}
    kept = {name: old for name, old in kept.items() if name not in made}
    return Index(made=made, kept=kept, contents=contents)


def _edits(
    pages: Sequence[PreparedPage], changed: Iterable[int], before: KeptIndex
) -> dict[int, dict[str, dict[int, list[int]]]]:
    """File of words -> entry -> number of each changed page where it is elsewhere now -> its places there."""
    found: defaultdict[int, dict[str, dict[int, list[int]]]] = defaultdict(dict)
    for number in changed:
        address, title, sections = _unpacked(before.read(_page_file(before.digests.folder, number)))
        page = PreparedPage(url=address, title=title, sections=tuple(map(tuple, sections)))
        was, now = page.places(), pages[number].places()
        for entry in was.keys() | now.keys():
            if was.get(entry) != now.get(entry):
                edits = found[file_of(entry, before.contents.files)]
                edits.setdefault(entry, {})[number] = now.get(entry, [])
    return found


class _Count:
    """Keeps the figures of an index while its entries change."""

    def __init__(self, before: IndexContents, parts: AbstractSet[str]) -> None:
        self._numbers, self._signs, self._named = before.numbers, Counter(before.signs), set(before.named)
        self._parts = parts

    def change(self, entry: str, old: Sequence[int], new: Sequence[int]) -> None:
        """Take in that an entry has the numbers ``new`` where it had ``old``; none, where it is not there."""
        self._numbers += len(new) - len(old)
        if new and not old:
            self._signs.update(entry)
            self._named |= self._parts & {entry}
        elif old and not new:
            self._signs.subtract(entry)
            self._named.discard(entry)

    def contents(self) -> IndexContents:
        """The figures as they are now."""
        return IndexContents(
            files=_files(self._numbers),
            numbers=self._numbers,
            signs=dict(+self._signs),
            named=sorted(self._named),
        )


def _files(numbers: int) -> int:
    """How many files the words are to be in that have so many numbers."""
    files = 1
    while files < _MOST_FILES and numbers > files * _NUMBERS:
        files *= 2
    return files


def _words_file(folder: str, number: int) -> str:
    return f"{folder}/words/{number}.pack"


def _page_file(folder: str, number: int) -> str:
    return f"{folder}/pages/{number}.pack"


def _reader(site: Mapping[str, Any], digests: Digests, contents: IndexContents, names: _Names) -> bytes:
    pairs = [
        (chr(old), chr(new)) for old, new in han_forms().simplified.items() if chr(new) in contents.signs
    ]
    reader = {
        "texts": site["texts"],
        "others": site["others"],
        "traditional": "".join(old for old, _new in pairs),
        "simplified": "".join(new for _old, new in pairs),
        "aliases": list(_aliases(names, frozenset(contents.named))),
        "folder": digests.folder,
        "pages": len(digests.pages),
        "files": contents.files,
    }
    return _json(reader)


def file_of(entry: str, files: int) -> int:
    """Which file has an entry. Words of letters go by their first three: one file has all that begin so.

    FNV-1a over code points (http://www.isthe.com/chongo/tech/comp/fnv/).
    """
    found = 2166136261
    for sign in entry if is_unspaced(entry) else entry.removeprefix(WITHIN)[:3]:
        found = (found ^ ord(sign)) * 16777619 & 0xFFFFFFFF
    return (found ^ found >> 15) % files


def _places(pages: Sequence[PreparedPage]) -> dict[str, array[int]]:
    """Entry -> for each page that has it: how far it is from the last such page, how many places, the places.

    Each place is written as the distance from the one before.
    """
    found: dict[str, array[int]] = {}
    last: dict[str, int] = {}
    for number, page in enumerate(pages):
        for entry, places in page.places().items():
            numbers = found.get(entry)
            if numbers is None:
                numbers = found[entry] = array("I")
            # Most have one place.
            rest = (1, places[0]) if len(places) == 1 else _distances(places)
            numbers.extend((number - last.get(entry, 0), *rest))
            last[entry] = number
    return found


def _distances(places: Sequence[int]) -> list[int]:
    """How many places an entry has on a page, and how far each is from the one before."""
    return [len(places), *(place - before for before, place in zip((0, *places), places, strict=False))]


def _with_changes(numbers: Sequence[int], changes: Mapping[int, Sequence[int]]) -> list[int]:
    """The numbers of an entry (:func:`_places`) where it has other places on some pages."""
    rows: dict[int, Sequence[int]] = {}
    at = page = 0
    while at < len(numbers):
        page += numbers[at]
        end = at + 2 + numbers[at + 1]
        rows[page] = numbers[at + 1 : end]
        at = end
    rows |= {page: _distances(places) for page, places in changes.items()}
    found: list[int] = []
    last = 0
    for page in sorted(rows):
        if rows[page][0]:
            found += (page - last, *rows[page])
            last = page
    return found


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _packed(content: object) -> bytes:
    return gzip.compress(_json(content), _LEVEL, mtime=0)


def _unpacked(content: bytes) -> Any:  # noqa: ANN401 what JSON holds
    return json.loads(gzip.decompress(content))


def _packed_page(page: PreparedPage) -> bytes:
    return _packed([page.url, page.title, page.sections])


def _names(site: Mapping[str, Any]) -> _Names:
    words = ((split(name) for name in group) for group in [*site["terms"], *han_forms().words])
    return [
        {" ".join(word.form for word in name): [entry for entry, _place in covering(name)] for name in group}
        for group in words
    ]


def _parts(names: _Names) -> set[str]:
    return {entry for group in names for parts in group.values() for entry in parts}


def _aliases(names: _Names, known: frozenset[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Names for one thing, each as its words with spaces between: those that the site has, and the others."""
    for group in names:
        here = [form for form, parts in group.items() if known.issuperset(parts)]
        if here and len(group) > 1:
            yield here, [form for form in group if form not in here]
