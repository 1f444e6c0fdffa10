"""What the page about the state of the translations shows, gathered from the build."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain

from sphinx_hub.catalogs.baseline import HistoryError, UnknownRevisionError, read_baseline
from sphinx_hub.catalogs.patterns import is_excluded
from sphinx_hub.catalogs.status import Changes, site_status
from sphinx_hub.i18n import (
    Hosting,
    catalog_counts,
    current_language,
    hub_settings,
    is_website,
    page_records,
    page_shares,
    page_uri,
    relative_address,
)
from sphinx_hub.pages.addresses import catalog_address, translation_address
from sphinx_hub.problems import ProblemsError
from sphinx_hub.records.day import today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_hub.catalogs.baseline import Baseline
    from sphinx_hub.catalogs.counts import Progress
    from sphinx_hub.catalogs.status import CatalogStatus, LanguageStatus
    from sphinx_hub.problems import Problem
    from sphinx_hub.settings import Language

logger = logging.getLogger(__name__)

#: Within the built site of each language.
FEED = "data/outdated.xml"
BADGE = "data/translation.svg"
#: How many of the shortest catalogs are named.
_SHORTEST = 3


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a catalog is about, by name."""

    name: str
    """The title of the page in the language that is being built, or the domain."""
    tag: str = ""
    """The language of ``name`` where it is not that of the page that shows it."""
    is_code: bool = False
    """Whether ``name`` is the domain: of records, or of what is no single page here."""
    href: str = ""
    """The page in the language of the catalog; empty where no link leads to it."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One catalog."""

    page: Named
    catalog: CatalogStatus
    repository: str
    """The address of the .po; empty where it is not known, or the file is not there."""
    translate: str
    """Where it is translated on the web; empty where that is not known."""
    change: Progress | None
    """What of it changed since the day that the page compares with; None where nothing is known of it."""
    now: Progress | None
    """The counts of the page itself, where it has changed since its catalog was brought up to date."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One language."""

    status: LanguageStatus
    change: Progress | None
    """What changed since the day that the page compares with; None where nothing is known of it."""
    home: str
    """Its site; empty where none stands beside this one. So it is with its feed and its badge."""
    feed: str
    badge: str
    is_current: bool
    to_do: tuple[Row, ...]
    """What is not complete, and to be taken next first."""
    complete: tuple[Row, ...]
    """What is complete, by domain."""
    shortest: tuple[Row, ...]
    """The catalogs with the fewest words that are left, where there is a choice."""
    without_catalog: tuple[Named, ...]
    """Pages that no language has a catalog of yet; they are in none of the counts."""


def build_statuses(app: Sphinx) -> tuple[list[LanguageStatus], tuple[Problem, ...]]:
    """How far each language is, and what is wrong with the file of page views, which is then left out."""
    settings, counts = hub_settings(app), catalog_counts(app)
    try:
        return site_status(settings, settings.languages, counts), ()
    except ProblemsError as error:
        return site_status(replace(settings, views=""), settings.languages, counts), error.problems


def build_baseline(app: Sphinx, since: str) -> Baseline | None:
    """The former counts that a page compares with; None where it compares with none, or git knows none.

    A copy without its history, as many services build from, shows no change, and that is no mistake.

    :raises UnknownRevisionError: there is no such day or revision.
    """
    if not since:
        return None
    try:
        return read_baseline(hub_settings(app), since, today())
    except UnknownRevisionError:
        raise
    except HistoryError as error:
        logger.info("translation-status shows no change: %s", error)
        return None


def sections(app: Sphinx, docname: str, baseline: Baseline | None) -> list[Section]:
    """What the page ``docname`` shows: each language with all of its catalogs."""
    changes = Changes(baseline)
    return [_Gatherer(app, docname, status, changes).section() for status in build_statuses(app)[0]]


class _Gatherer:
    """Gathers the rows of one language."""

    def __init__(self, app: Sphinx, docname: str, status: LanguageStatus, changes: Changes) -> None:
        self.app = app
        self.status = status
        self.changes = changes
        self.language: Language = status.language
        self.settings = hub_settings(app)
        self.uri = self._uri(docname)
        self.pages: dict[str, list[str]] = {}
        """Domain -> the pages that it is of: one, unless `gettext_compact` puts more together."""
        for name in sorted(page_records(app.env)):
            domain = docname_to_domain(name, app.config.gettext_compact)
            self.pages.setdefault(domain, []).append(name)

    def section(self) -> Section:
        """The language with its rows."""
        complete = [catalog for catalog in self.status.catalogs if catalog.progress.complete]
        shortest = self.status.to_do("shortest")
        return Section(
            status=self.status,
            change=self.changes.of(self.status),
            home=self._address(self._uri(self.app.config.root_doc)),
            feed=self._address(FEED) if is_website(self.app.builder) else "",
            badge=self._address(BADGE) if is_website(self.app.builder) else "",
            is_current=self.language == current_language(self.app),
            to_do=tuple(map(self._row, self.status.to_do("most-read"))),
            complete=tuple(map(self._row, complete)),
            shortest=tuple(map(self._row, shortest[:_SHORTEST])) if len(shortest) > _SHORTEST else (),
            without_catalog=tuple(self._without_catalog()),
        )

    def _row(self, catalog: CatalogStatus) -> Row:
        names = self.pages.get(catalog.domain, [])
        repository = catalog_address(self.settings, self.language, catalog.domain)
        now = page_shares(self.app.env, names[0]).get(self.language.locale) if len(names) == 1 else None
        return Row(
            page=self._named(names[0]) if len(names) == 1 else Named(name=catalog.domain, is_code=True),
            catalog=catalog,
            repository=repository if catalog.has_file else "",
            translate=translation_address(self.settings, self.language, catalog.domain),
            change=self.changes.of(self.status, catalog),
            now=now if now is not None and not _agree(now, catalog.progress) else None,
        )

    def _without_catalog(self) -> Iterator[Named]:
        known = {catalog.domain for catalog in self.status.catalogs}
        for domain, names in self.pages.items():
            for name in names if domain not in known else ():
                source = self.app.env.doc2path(name, base=False).as_posix()
                written_in = page_records(self.app.env)[name].source_locale
                if written_in != self.language.locale and not is_excluded(source, self.language.exclude):
                    yield self._named(name)

    def _named(self, docname: str) -> Named:
        title = self.app.env.titles[docname]
        # A title that is not translated is wrapped in its language, so that voices say it right.
        classes = [name for part in title.findall(nodes.inline) for name in part["classes"]]
        tags = [name.removeprefix("language-") for name in classes if name.startswith("language-")]
        return Named(name=title.astext(), tag=tags[0] if tags else "", href=self._address(self._uri(docname)))

    def _uri(self, docname: str) -> str:
        return page_uri(self.app, docname)

    def _address(self, target: str) -> str:
        current = current_language(self.app)
        if self.language != current and not is_website(self.app.builder):
            return ""
        return relative_address(
            self.uri, target, current=current, language=self.language, hosting=Hosting.from_environment()
        )


def _agree(page: Progress, catalog: Progress) -> bool:
    counts = [(each.messages, each.current, each.outdated) for each in (page, catalog)]
    return counts[0] == counts[1]
