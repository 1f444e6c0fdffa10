"""Where in the repository, or in Weblate, the texts of a page are worked on: at the right line."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.pseudo import is_pseudo
from sphinx_hub.forges import edit_address, file_address
from sphinx_hub.i18n import catalog_entries, current_language, hub_settings, page_records
from sphinx_hub.pages.addresses import catalog_address, translation_address
from sphinx_hub.pages.origins import page_domains, source_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinx_hub.catalogs.entries import Entry


class PagePlaces:
    """The addresses for one page, in the language that is being built; one that nobody knows is empty."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        self._app = app
        self._docname = docname
        self._settings = hub_settings(app)
        self._language = current_language(app)
        self._record = page_records(app.env).get(docname)
        self._domains = page_domains(app, docname)

    @property
    def is_translated(self) -> bool:
        """Whether the page is shown in another language than it is written in."""
        return self._record is not None and self._record.progress is not None

    @property
    def edit(self) -> str:
        """Where the source of the page is edited."""
        path = source_path(self._app, self._docname)
        return edit_address(self._settings, path) if path else ""

    def source(self, message: str, near: int) -> str:
        """The source at the line of ``message``; of several that say the same, at the one ``near`` a line."""
        if self._record is None:
            return ""
        found = [each for each in self._record.messages if each.text == message]
        if not found:
            return ""
        nearest = min(found, key=lambda each: abs(each.line - near))
        path = Path(nearest.source)
        if not path.is_relative_to(self._settings.root):
            return ""
        return file_address(self._settings, path.relative_to(self._settings.root).as_posix(), nearest.line)

    @property
    def improve(self) -> str:
        """Where the translation of the page is worked on: at the first message with something left to do."""
        if not self.is_translated or self._record is None or is_pseudo(self._language.locale):
            return ""
        if self._settings.translate:
            return translation_address(self._settings, self._language, self._domains[0])
        entries = self._entries[self._domains[0]]
        if not entries:
            return ""
        messages = [each.text for each in self._record.messages if each.text in entries]
        # What is not in the catalog yet is nowhere in it.
        to_do = (text for text in messages if entries[text].state is not State.CURRENT)
        first = next(to_do, messages[0] if messages else next(iter(entries)))
        return self._line(self._domains[0], entries[first])

    def translation(self, messages: Iterable[str]) -> str:
        """Where the first of ``messages`` is translated that stands in a catalog of the page."""
        if not self.is_translated or is_pseudo(self._language.locale):
            return ""
        for message in messages:
            for domain in self._domains:
                entry = self._entries[domain].get(message)
                if entry is not None:
                    return self._line(domain, entry)
        return ""

    def _line(self, domain: str, entry: Entry) -> str:
        if self._settings.translate:
            return translation_address(self._settings, self._language, domain, entry.msgid)
        return catalog_address(self._settings, self._language, domain, entry.line)

    @cached_property
    def _entries(self) -> dict[str, dict[str, Entry]]:
        """Domain -> message -> its entry in the catalog as it is now."""
        return {
            domain: {entry.msgid: entry for entry in catalog_entries(self._app, domain)}
            for domain in self._domains
        }
