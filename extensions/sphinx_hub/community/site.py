"""What the directives, roles and handlers share in one build: the records, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from babel import Locale

from sphinx_hub.catalogs.pseudo import known_locale
from sphinx_hub.forges import file_address
from sphinx_hub.i18n import current_language, data_catalog, hub_settings, name_key
from sphinx_hub.records import (
    KINDS,
    Collaboration,
    Named,
    Partner,
    collaboration_status,
    load_hub,
    names_of,
    partner_status,
    today,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sphinx.application import Sphinx

    from sphinx_hub.catalogs.entries import Entry
    from sphinx_hub.i18n import DataCatalog
    from sphinx_hub.problems import Problem
    from sphinx_hub.records import Hub, Record
    from sphinx_hub.settings import Language, Settings

#: The language of a native name whose record names none.
_NATIVE: Final = "zh-Hans"


class Phrase(NamedTuple):
    """A text, and the BCP 47 tag of its language where that is not the page's."""

    text: str
    lang: str | None = None
    outdated: Entry | None = None
    """The entry of its message, where it is the translation of a former text."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """The records, the language that is being built, and the day on which statuses are computed."""

    hub: Hub
    settings: Settings
    language: Language
    catalogs: Mapping[str, DataCatalog]
    """The translations of each kind, by plural."""
    problems: tuple[Problem, ...] = ()
    day: date = field(default_factory=today)

    @cached_property
    def locale(self) -> Locale:
        """The language, for dates, lists and the names of languages."""
        return Locale.parse(known_locale(self.language.locale))

    def phrase(self, record: Record, text: str) -> Phrase:
        """A human text of ``record`` in the reader's language, or as written with its language."""
        catalog = self.catalogs[type(record).plural]
        if catalog.has(text) or self.language.tag == self.settings.source_language.tag:
            return Phrase(catalog.gettext(text), outdated=catalog.outdated(text))
        return Phrase(text, self.settings.source_language.tag)

    def name(self, record: Record) -> Phrase:
        """What ``record`` is called in the reader's language.

        Where no translation is there, the name that the record gives itself is taken when it is in
        that language. The proper name of a person is never translated, and so the native one is taken
        where the reader writes the same language in any script.
        """
        own, native = _own_name(record), _native_name(record)
        if record.is_proper("name"):
            if native and native.lang and _primary(native.lang) == _primary(self.language.tag):
                return native if native.lang != self.language.tag else Phrase(native.text)
            return Phrase(own)
        translated = self.phrase(record, own)
        if translated.lang and native and native.lang == self.language.tag:
            return Phrase(native.text)
        return translated

    def other_names(self, record: Record) -> tuple[Phrase, ...]:
        """The names beside the one that :meth:`name` gives: the native one, then the source's."""
        shown = {self.name(record).text.casefold()}
        others = []
        # A name in Latin letters is of no language: what is proper is marked as none.
        source = None if record.is_proper("name") else self.settings.source_language.tag
        for other in (_native_name(record), Phrase(_own_name(record), source)):
            if other and other.text.casefold() not in shown:
                shown.add(other.text.casefold())
                here = other.lang == self.language.tag
                others.append(Phrase(other.text, None if here else other.lang))
        return tuple(others)

    def name_key(self, record: Record) -> tuple[tuple[str, ...], str]:
        """What to sort ``record`` by when the reader's language sorts names."""
        return name_key(self.name(record).text, self.locale), record.id

    def known_names(self, plural: str) -> dict[str, str]:
        """All that the records of one kind are called, each with the id of its record."""
        records = self.hub.of_kind(plural).values()
        return {name: record.id for record in records for name in (*names_of(record), record.id)}

    def status(self, record: Record) -> str:
        """The status of a partner or collaboration on this day; empty for the other kinds."""
        if isinstance(record, Collaboration):
            return collaboration_status(record, self.day)
        if isinstance(record, Partner):
            return partner_status(record, self.hub, self.day)
        return ""

    def correction_url(self, record: Record) -> str | None:
        """The address that shows the record's line in the repository; None where there is none."""
        path, line = self.hub.place(record)
        if not path.is_relative_to(self.settings.root):
            return None
        return file_address(self.settings, path.relative_to(self.settings.root).as_posix(), line) or None

    def dependencies(self, *plurals: str) -> Iterator[str]:
        """The files that a page follows when it shows records of these kinds: data and translations."""
        for plural in plurals:
            # A file that is missing counts as changed, so that the page is read again once it is there.
            yield from (str(path) for path in self.hub.files if path.stem == plural)
            yield str(self.catalogs[plural].path)


def anchor_of(record: Record) -> str:
    """The anchor of ``record``, the same in every language: ``partner-paddlepaddle``."""
    return f"{type(record).kind_name}-{record.id}"


def _own_name(record: Record) -> str:
    if isinstance(record, Named):
        return record.name
    return record.title if isinstance(record, Collaboration) else record.id


def _native_name(record: Record) -> Phrase | None:
    if isinstance(record, Named):
        native = record.native_name
    else:
        native = record.native_title if isinstance(record, Collaboration) else None
    tag = getattr(record, "native_language", None) or _NATIVE
    return Phrase(native, tag) if native else None


def _primary(tag: str) -> str:
    return tag.partition("-")[0]


def load_site(app: Sphinx) -> Site:
    """The records as their files are now, with the translations of the language being built."""
    settings = hub_settings(app)
    folder = Path(app.srcdir, app.config.hub_data) if app.config.hub_data else settings.data_path
    hub, problems = load_hub(folder)
    return Site(
        hub=hub,
        settings=settings,
        language=current_language(app),
        catalogs={plural: data_catalog(app, plural) for plural in KINDS},
        problems=problems,
    )


def lang_classes(lang: str | None) -> list[str]:
    """The class by which docutils gives an element its ``lang``; none for the page's own language."""
    return [f"language-{lang}"] if lang else []
