"""How far each language is, catalog by catalog.

The one source of what the terminal, the JSON, the page in the site, the badge and the feed say of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sphinx_hub.catalogs.compiled import DATA, SITE, catalog_folder
from sphinx_hub.catalogs.counts import Progress
from sphinx_hub.catalogs.patterns import is_excluded
from sphinx_hub.catalogs.progress import language_progress
from sphinx_hub.catalogs.views import page_views
from sphinx_hub.patterns import lazy
from sphinx_hub.problems import ProblemsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sphinx_hub.catalogs.baseline import Baseline
    from sphinx_hub.settings import Language, Settings

#: What a catalog holds: a page, records, the strings of conf.py, the site's own words for its interface.
Kind = Literal["page", "data", "site", "interface"]
#: What is to be taken first.
Order = Literal["most-read", "shortest"]

#: The domain of a project's own translations of the interface.
_INTERFACE: Final = "sphinx"
_SUFFIXES: Final = (".md", ".rst")
#: The first lines of a page up to the key that names its language, where it is not the site's.
_WRITTEN_IN: Final = lazy(r"---\n(?:(?!---|\.\.\.).*\n)*?source-language: *[\"']?([\w@]+)")


@dataclass(frozen=True, kw_only=True)
class CatalogStatus:
    """How far one catalog of one language is."""

    domain: str
    """The catalog's name: of a page, that of its source without the suffix."""
    path: Path
    """The .po file."""
    progress: Progress
    has_file: bool = True
    """Whether the file is there; without it every message counts as untranslated."""
    views: int | None = None
    """How often the page is read, in all languages; None where that is not known."""

    @property
    def kind(self) -> Kind:
        """What the catalog holds."""
        if self.domain.startswith(f"{DATA}/"):
            return "data"
        if self.domain == SITE:
            return "site"
        return "interface" if self.domain == _INTERFACE else "page"


@dataclass(frozen=True, kw_only=True)
class LanguageStatus:
    """How far one language is."""

    language: Language
    catalogs: tuple[CatalogStatus, ...]
    """By domain."""

    @property
    def total(self) -> Progress:
        """The counts of all catalogs together."""
        return sum((catalog.progress for catalog in self.catalogs), start=Progress())

    @property
    def percent(self) -> int:
        """The share of words that is up to date, rounded down; 0 where there is no message at all yet."""
        return self.total.percent if self.total.messages else 0

    def to_do(self, order: Order) -> list[CatalogStatus]:
        """The catalogs that are not complete, those first that are to be taken first.

        ``most-read`` goes by views, and where they are not known or equal, by how near a page is to the home
        page. ``shortest`` goes by the words that are left.
        """

        def rank(catalog: CatalogStatus) -> tuple[int, int, str]:
            first = -(catalog.views or 0) if order == "most-read" else catalog.progress.left_words
            return first, _distance(catalog), catalog.domain

        return sorted((catalog for catalog in self.catalogs if not catalog.progress.complete), key=rank)


def site_status(
    settings: Settings,
    languages: Sequence[Language],
    counts: Mapping[str, Mapping[str, Progress]] | None = None,
) -> list[LanguageStatus]:
    """How far each of ``languages`` is, in their order.

    A page that other languages have a catalog of, and this one does not, counts with all its messages as
    untranslated. What a language excludes is left out, and so is the language of the sources, but for pages
    that are written in another. ``counts``, locale -> domain -> counts, spares reading the files.

    :raises ProblemsError: with every catalog of ``languages``, and every line of page views, that cannot be
        read.
    """
    known = _known_counts(settings, languages) if counts is None else counts
    messages: dict[str, Progress] = {}
    for found in known.values():
        for domain, count in found.items():
            whole = Progress(messages=count.messages, words=count.words)
            messages[domain] = max(whole, messages.get(domain, whole), key=lambda each: each.messages)
    views = page_views(settings, messages)
    sources = {domain: _source(settings, domain) for domain in messages}
    statuses = []
    for language in languages:
        own, folder = known.get(language.locale, {}), catalog_folder(settings.catalogs_path, language.locale)
        catalogs = tuple(
            CatalogStatus(
                domain=domain,
                path=folder / f"{domain}.po",
                progress=own.get(domain, whole),
                has_file=domain in own,
                views=None if views is None else views.get(domain, 0),
            )
            for domain, whole in sorted(messages.items())
            if _has(settings, language, domain, sources[domain], has_file=domain in own)
        )
        if catalogs or language.locale != settings.source_locale:
            statuses.append(LanguageStatus(language=language, catalogs=catalogs))
    return statuses


def status_json(
    settings: Settings,
    statuses: Sequence[LanguageStatus],
    *,
    order: Order,
    take_next: int,
    baseline: Baseline | None = None,
) -> dict[str, Any]:
    """The statuses as plain data, in the form that the docs describe.

    ``take_next`` is how many catalogs are named to be taken next.
    """
    changes = Changes(baseline)
    return {
        "version": 1,
        "since": {"asked": baseline.asked, "revision": baseline.revision or None} if baseline else None,
        "order": order,
        "languages": [
            {
                "locale": status.language.locale,
                "tag": status.language.tag,
                "name": status.language.name,
                "percent": status.percent,
                **_numbers(status.total, changes.of(status)),
                "next": [catalog.domain for catalog in status.to_do(order)[:take_next]],
                "catalogs": [
                    {
                        "domain": catalog.domain,
                        "kind": catalog.kind,
                        "path": catalog.path.relative_to(settings.root).as_posix(),
                        "exists": catalog.has_file,
                        "views": catalog.views,
                        "percent": catalog.progress.percent,
                        **_numbers(catalog.progress, changes.of(status, catalog)),
                    }
                    for catalog in status.catalogs
                ],
            }
            for status in statuses
        ],
    }


class Changes:
    """What changed since the counts of ``baseline``; nothing is known of it where that is None."""

    def __init__(self, baseline: Baseline | None) -> None:
        self._baseline = baseline

    def of(self, status: LanguageStatus, catalog: CatalogStatus | None = None) -> Progress | None:
        """What a catalog, or the whole language, has more than it had then, or with a minus less."""
        if self._baseline is None:
            return None
        before = self._baseline.statuses.get(status.language.locale)
        then = Progress()
        if catalog is None:
            now, then = status.total, before.total if before else then
        else:
            known = (each for each in (before.catalogs if before else ()) if each.domain == catalog.domain)
            now, then = catalog.progress, next((each.progress for each in known), then)
        return Progress(
            messages=now.messages - then.messages,
            current=now.current - then.current,
            outdated=now.outdated - then.outdated,
            words=now.words - then.words,
            current_words=now.current_words - then.current_words,
            outdated_words=now.outdated_words - then.outdated_words,
        )


def _numbers(count: Progress, change: Progress | None) -> dict[str, Any]:
    return {
        "percent_outdated": count.percent_outdated,
        **_units(count),
        "outdated_since": count.since or None,
        "change": None if change is None else _units(change),
    }


def _units(count: Progress) -> dict[str, dict[str, int]]:
    return {
        "messages": {
            "total": count.messages,
            "current": count.current,
            "outdated": count.outdated,
            "untranslated": count.untranslated,
        },
        "words": {
            "total": count.words,
            "current": count.current_words,
            "outdated": count.outdated_words,
            "untranslated": count.untranslated_words,
        },
    }


def _known_counts(settings: Settings, languages: Sequence[Language]) -> dict[str, dict[str, Progress]]:
    known: dict[str, dict[str, Progress]] = {}
    errors: list[ProblemsError] = []
    for language in settings.languages:
        try:
            known[language.locale] = language_progress(settings, language)
        except ProblemsError as error:
            # The others say only which pages there are.
            if language in languages:
                errors.append(error)
    if errors:
        raise ProblemsError(problem for error in errors for problem in error.problems)
    return known


def _has(
    settings: Settings, language: Language, domain: str, page: tuple[str, str] | None, *, has_file: bool
) -> bool:
    """Whether ``language`` has what the catalog ``domain`` is about, and it needs a translation.

    ``page`` is what :func:`_source` says of the domain.
    """
    if page is None:
        # Of records, of conf.py, of a folder of pages; or it was left behind by a page that is gone.
        no_page = domain.startswith(f"{DATA}/") or domain in {SITE, _INTERFACE}
        is_folder = (settings.source_path / domain).is_dir()
        wanted = language.locale != settings.source_locale and domain != _INTERFACE
        return has_file or (wanted and (no_page or is_folder))
    name, written_in = page
    return not is_excluded(name, language.exclude) and (has_file or written_in != language.locale)


def _source(settings: Settings, domain: str) -> tuple[str, str] | None:
    """The page whose messages are in ``domain``, below the sources, and its language; None where none is."""
    for suffix in _SUFFIXES:
        name = f"{domain}{suffix}"
        source = settings.source_path / name
        if source.is_file():
            found = _WRITTEN_IN.match(source.read_text("utf-8", errors="replace"))
            return name, found[1] if found else settings.source_locale
    return None


def _distance(catalog: CatalogStatus) -> int:
    """How far a text is from the home page: the site's title 0, records and the front page of a folder 1."""
    if catalog.kind != "page":
        return int(catalog.kind == "data")
    return 0 if catalog.domain == "index" else len(catalog.domain.removesuffix("/index").split("/"))
