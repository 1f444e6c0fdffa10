"""Bring all catalogs of a language up to date at once: texts move between pages, and pages come and go.

- A page that is gone and a new one that has most of its texts are one page with another name: its catalog
  goes with it.
- The catalog of a page that is gone is retired: it is kept beside those in use, and comes back with its page.
- A translation whose text is gone from one page and new on another goes there. A text that is still on the
  one is offered to the other as a suggestion, since the same words may need another translation there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.headers import credits_of, in_utf8
from sphinx_hub.catalogs.marks import RETIRED, day_of, retired_mark, without
from sphinx_hub.catalogs.merge import CatalogMerge, Known, Merged, Rules, file_content
from sphinx_hub.catalogs.po_files import parse_po
from sphinx_hub.catalogs.suggestions import Suggestion, same_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from sphinx_hub.catalogs.po_files import PoEntry, PoFile

#: A page with another name has more than this share of the texts.
_MOST: Final = 0.5
#: Catalogs of no page: a project's own words for the strings of Sphinx and of themes.
_PAGELESS: Final = frozenset({"sphinx"})


@dataclass(frozen=True, kw_only=True)
class Catalogs:
    """The files of a language, by domain: the content of each."""

    active: Mapping[str, bytes]
    retired: Mapping[str, bytes] = field(default_factory=dict)
    elsewhere: Collection[str] = ()
    """Translations of catalogs that are not among these."""
    parsed: Mapping[bytes, PoFile] = field(default_factory=dict)
    """Content -> what it holds, where that is known already."""

    def po(self, content: bytes) -> PoFile:
        """What a file holds; raises what :func:`~sphinx_hub.catalogs.po_files.parse_po` does."""
        found = self.parsed.get(content)
        return parse_po(content) if found is None else found


@dataclass(frozen=True, kw_only=True)
class LanguageUpdate:
    """What :func:`update_language` made of the catalogs of a language."""

    merged: dict[str, Merged] = field(default_factory=dict)
    """Domain -> its catalog, of each page that there is."""
    retired: dict[str, bytes] = field(default_factory=dict)
    """Domain -> its catalog, of each page that is gone and whose translations are kept."""
    renamed: dict[str, str] = field(default_factory=dict)
    """New domain -> the domain before."""
    gone: tuple[str, ...] = ()
    """Domains whose page is gone: their catalogs are no more where they were."""
    returned: tuple[str, ...] = ()
    """Domains whose catalogs were retired and are in use again."""
    expired: tuple[str, ...] = ()
    """Domains of retired catalogs that were kept for long enough."""


def update_language(
    templates: Mapping[str, PoFile],
    old: Catalogs,
    rules: Rules,
    *,
    source: str = "docs",
    proposals: Mapping[str, Mapping[str, Suggestion]] | None = None,
) -> LanguageUpdate:
    """Bring the catalogs ``old`` of a language up to date with ``templates``, which go by domain.

    ``source`` is the folder of the sources: a catalog whose texts all come from elsewhere belongs to another
    program, and is left alone. ``proposals`` hold suggestions for texts without a translation, by domain and
    key. Nothing is written.

    :raises babel.messages.pofile.PoFileError: a file is not in the form of a .po file.
    :raises UnicodeDecodeError: one is not in the charset that it names.
    :raises LookupError: there is no such charset.
    """
    pages = _Pages(templates, old, source)
    over = {domain for domain, shelf in pages.shelves.items() if rules.is_over(shelf.since)}
    shelves = {domain: shelf for domain, shelf in pages.shelves.items() if domain not in over}
    works = {
        domain: CatalogMerge(content, templates[domain], rules, None if content is None else old.po(content))
        for domain in sorted(templates)
        for content in (pages.bases.get(domain),)
    }
    while _move(works, shelves):
        pass  # a text that got a better translation sets the former one free
    _copy(works)
    gone = {domain: work.gone_texts(newly=True) for domain, work in works.items()}
    for domain, work in works.items():
        others = [offer for other, offers in gone.items() if other != domain for offer in offers]
        work.suggest_from([*work.gone_texts(), *others])
        for key, suggestion in (proposals or {}).get(domain, {}).items():
            if key in work.rows and not any(work.rows[key].strings):
                work.suggest(key, suggestion)
    rows = [row for work in works.values() for row in work.rows.values() if not row.fuzzy]
    translations = {string for row in rows for string in row.strings} | set(old.elsewhere)
    kept = {domain: shelf.content(retired_mark(rules.day)) for domain, shelf in shelves.items()}
    return LanguageUpdate(
        merged={domain: work.merged(translations) for domain, work in works.items()},
        retired={domain: content for domain, content in kept.items() if content is not None},
        gone=tuple(sorted(pages.gone)),
        renamed=pages.renamed,
        returned=tuple(sorted(pages.returned)),
        expired=tuple(sorted(over)),
    )


def retired_since(po: PoFile) -> date | None:
    """The day since when a catalog has no page, where it says so."""
    return day_of(po.header.lines, RETIRED) if po.header else None


class _Shelf:
    """A catalog whose page is gone: other catalogs may take from it."""

    def __init__(self, content: bytes, po: PoFile) -> None:
        self._content = content
        self.po = po
        self._header = self.po.header.lines if self.po.header else ('msgid ""', 'msgstr ""')
        self._known = [Known.of(po) for po in (*self.po.entries, *self.po.obsolete)]
        self._given: set[int] = set()

    @property
    def since(self) -> date | None:
        """The day since when it has no page, where it says so."""
        return retired_since(self.po)

    @property
    def credits(self) -> tuple[str, ...]:
        """Who translated it."""
        return credits_of(self._header)

    def free(self) -> Iterator[Known]:
        """The translations that it has."""
        for known in self._known:
            if id(known) not in self._given and known.state is not State.UNTRANSLATED:
                yield known

    @staticmethod
    def keys(known: Known) -> Iterable[str]:
        """Under which texts a translation may move to a page."""
        return dict.fromkeys((known.po.key, known.source.key))

    def give(self, known: Known) -> None:
        """Leave a translation to a page."""
        self._given.add(id(known))

    def content(self, mark: str) -> bytes | None:
        """The catalog without what it gave, and with ``mark``; None where nothing of worth is left."""
        rows = [known.po for known in self._known if id(known) not in self._given]
        if not any(any(po.strings) for po in rows):
            return None
        if self.since and not self._given:
            return self._content
        header = self._header if self.since else (mark, *without(self._header, RETIRED))
        return file_content(self._content, in_utf8(header), rows, rows, self.po.tail)


class _Pages:
    """Which catalog is the start of which: pages with another name, pages that are gone or there again."""

    def __init__(self, templates: Mapping[str, PoFile], old: Catalogs, source: str) -> None:
        self.bases = {domain: content for domain, content in old.active.items() if domain in templates}
        self.renamed: dict[str, str] = {}
        self.returned: set[str] = set()
        self.shelves = {domain: _Shelf(content, old.po(content)) for domain, content in old.retired.items()}
        self._templates = templates
        lost = {
            domain: _Shelf(content, old.po(content))
            for domain, content in old.active.items()
            if domain not in templates and domain not in _PAGELESS
        }
        lost = {domain: shelf for domain, shelf in lost.items() if _is_ours(shelf.po, source)}
        self.gone = set(lost)
        for new, name in self._names(lost).items():
            self.bases[new] = old.active[name]
            self.renamed[new] = name
            del lost[name]
            self.gone.discard(name)
        for domain in self._without_catalog() & self.shelves.keys():
            self._return(domain, old.retired[domain], domain)
        for new, name in self._names(self.shelves).items():
            self._return(new, old.retired[name], name)
        for domain, shelf in lost.items():
            name = domain
            while name in self.shelves:  # of an earlier page with that name
                name += "-2"
            self.shelves[name] = shelf

    def _return(self, new: str, content: bytes, name: str) -> None:
        self.bases[new] = content
        self.returned.add(new)
        del self.shelves[name]

    def _without_catalog(self) -> set[str]:
        return self._templates.keys() - self.bases.keys()

    def _names(self, shelves: Mapping[str, _Shelf]) -> dict[str, str]:
        """New domain -> old domain, of the pages that have most of the texts of an old one."""
        pairs = []
        for new in self._without_catalog():
            wanted = {entry.key for entry in self._templates[new].entries}
            for old, shelf in shelves.items():
                keys = {entry.key for entry in shelf.po.entries}
                shared = len(keys & wanted)
                if shared > _MOST * len(keys):
                    pairs.append((-shared, new, old))
        names: dict[str, str] = {}
        for _shared, new, old in sorted(pairs):
            if new not in names and old not in names.values():
                names[new] = old
        return names


def _is_ours(po: PoFile, source: str) -> bool:
    """Whether the texts of a catalog come from the site, as far as it says."""
    files = {file for entry in po.entries for file, _line in entry.locations}
    return not files or any(file == "conf.py" or file.startswith(f"{source}/") for file in files)


def _move(works: Mapping[str, CatalogMerge], shelves: Mapping[str, _Shelf]) -> bool:
    """Let translations whose text is gone from one page go to the page where it is new; whether any did."""
    pool: dict[str, list[tuple[CatalogMerge | _Shelf, Known]]] = {}
    owners: list[CatalogMerge | _Shelf] = [*works.values(), *shelves.values()]
    for owner in owners:
        for known in owner.free():
            for key in owner.keys(known):
                pool.setdefault(key, []).append((owner, known))
    taken: set[int] = set()
    for work in works.values():
        for wanted in work.movable():
            offers = [
                (owner, known)
                for owner, known in pool.get(wanted.key, ())
                if owner is not work and id(known) not in taken and work.accepts(wanted, known)
            ]
            if not offers:
                continue
            # Best is a translation of this very text, then one of its former text.
            owner, known = min(offers, key=lambda offer: offer[1].source.key != wanted.key)
            taken.add(id(known))
            owner.give(known)
            if isinstance(owner, _Shelf):
                work.credit(owner.credits)
            work.take(wanted, known)
    return bool(taken)


def _copy(works: Mapping[str, CatalogMerge]) -> None:
    """Offer to texts that are new what the same text has on another page."""
    found: dict[str, list[tuple[str, PoEntry]]] = {}
    for domain, work in works.items():
        for key, row in work.rows.items():
            if all(row.strings) and not row.fuzzy:
                found.setdefault(key, []).append((domain, row))
    for work in works.values():
        for wanted in work.lacking():
            same = [
                (domain, row)
                for domain, row in found.get(wanted.key, ())
                if bool(row.plural) == bool(wanted.plural)
            ]
            if same:
                often = Counter(row.strings for _domain, row in same).most_common(1)[0][0]
                domain = next(domain for domain, row in same if row.strings == often)
                origin = same_text(f"{domain}.po")
                work.suggest(wanted.key, Suggestion(strings=often, origin=origin))
