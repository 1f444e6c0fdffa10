"""The index page of all records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.domains import Index, IndexEntry

from sphinx_hub.community import words
from sphinx_hub.community.site import anchor_of
from sphinx_hub.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_hub.community.domain import HubDomain


class _Heading:
    """The index's heading, looked up when it is asked for: builders take it from the class."""

    def __get__(self, instance: object, owner: type) -> str:
        return words.records_index()


class RecordsIndex(Index):
    """Every record that has a home, kind by kind, sorted as the language sorts names."""

    name = "records"
    localname = _Heading()
    shortname = _Heading()

    domain: HubDomain

    def generate(
        self, docnames: Iterable[str] | None = None
    ) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        """The entries under a heading for each kind; nothing is collapsed."""
        wanted = None if docnames is None else set(docnames)
        site, homes = self.domain.site, self.domain.homes()
        content = []
        for plural in KINDS:
            entries = []
            for record in sorted(site.hub.of_kind(plural).values(), key=site.name_key):
                home = homes.get(anchor_of(record))
                if home is None or (wanted is not None and home.docname not in wanted):
                    continue
                # An entry is plain text: a name in another language could not be marked as such.
                name = site.name(record).text
                entries.append(IndexEntry(name, 0, home.docname, home.anchor, "", "", ""))
            if entries:
                content.append((words.word(words.KIND_HEADINGS[plural]), entries))
        return content, False
