"""Files of a language for other programs: its badge, and the feed of what went out of date."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from sphinx.locale import get_translation, get_translator
from sphinx.util.i18n import docname_to_domain
from sphinx.util.osutil import relative_uri

from sphinx_hub.atom import atom
from sphinx_hub.catalogs.compiled import COMPILED, load_compiled, write_if_changed
from sphinx_hub.catalogs.outdated import header_days, outdated_days
from sphinx_hub.catalogs.worddiff import count_words, word_diff
from sphinx_hub.i18n import current_language, hub_settings, is_website, page_records
from sphinx_hub.pages.addresses import catalog_address, translation_address
from sphinx_hub.pages.badge import badge_svg
from sphinx_hub.pages.feed import Feed, FeedEntry, outdated_feed
from sphinx_hub.pages.status_data import BADGE, FEED, build_statuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_hub.catalogs.entries import Entry
    from sphinx_hub.catalogs.outdated import OutdatedDay
    from sphinx_hub.catalogs.status import CatalogStatus, LanguageStatus

_ = get_translation("sphinx_hub")

#: What is compared word by word, in characters, and how often in one entry: a catalog of strangers must not
#: stall the build by its size.
_LONGEST: Final = 4000
_MOST: Final = 50


def write_status_files(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: write badge and feed, whole or not at all; what stays the same keeps its time.

    The language that everything is written in has neither.
    """
    if exception is not None or not is_website(app.builder):
        return
    language = current_language(app)
    status = next((each for each in build_statuses(app)[0] if each.language == language), None)
    badge, feed = Path(app.outdir, BADGE), Path(app.outdir, FEED)
    if status is None:
        badge.unlink(missing_ok=True)
        feed.unlink(missing_ok=True)
        return
    title = _("Translation into {language}: {percent} up to date")
    title = title.replace("{language}", language.name).replace("{percent}", f"{status.percent}%")
    write_if_changed(badge, badge_svg(language, status.percent, title).encode())
    write_if_changed(feed, atom(outdated_feed(_Gatherer(app, status).feed())).encode())


class _Gatherer:
    """Gathers the feed of the language that is being built."""

    def __init__(self, app: Sphinx, status: LanguageStatus) -> None:
        self.app = app
        self.status = status
        self.settings = hub_settings(app)
        self.base = app.config.html_baseurl
        self.pages = {
            docname_to_domain(name, app.config.gettext_compact): name
            for name in sorted(page_records(app.env))
        }

    def feed(self) -> Feed:
        """The feed with an entry for each day on which a page, or another catalog, went out of date."""
        language = self.status.language
        site = self.app.config.html_title or self.app.config.project
        title = _("What went out of date: {language}").replace("{language}", language.name)
        days = [day for catalog in self.status.catalogs for day in header_days(catalog.path)]
        return Feed(
            site=self.settings.repository or self.app.config.project,
            locale=language.locale,
            tag=language.tag,
            title=f"{title} – {site}",
            subtitle=_("Pages whose originals changed after they were translated."),
            author=self._author(),
            address=urljoin(self._root(), FEED) if self.base else "",
            home=self._address(self.app.config.root_doc),
            entries=[entry for catalog in self.status.catalogs for entry in self._entries(catalog)],
            day=max(days, default=""),
        )

    def _author(self) -> str:
        author = str(self.app.config.author)
        # Sphinx's own placeholder, where conf.py names nobody.
        return self.app.config.project if author in {"", "Author name not set"} else author

    def _entries(self, catalog: CatalogStatus) -> Iterator[FeedEntry]:
        if not catalog.progress.outdated:
            return
        folder = Path(self.app.doctreedir) / COMPILED
        entries = load_compiled(folder, self.status.language.locale, catalog.domain)
        created, _revised = header_days(catalog.path)
        for day in outdated_days(catalog.domain, entries, created):
            yield self._entry(day)

    def _entry(self, day: OutdatedDay) -> FeedEntry:
        language, docname = self.status.language, self.pages.get(day.domain)
        count = len(day.entries)
        words = sum(count_words(entry.msgid) for entry in day.entries)
        translator = get_translator("sphinx_hub")
        weight = translator.ngettext("{count} word", "{count} words", words).replace("{count}", str(words))
        summary = translator.ngettext(
            "The original of {count} message ({words}) has changed.",
            "The originals of {count} messages ({words}) have changed.",
            count,
        )
        return FeedEntry(
            domain=day.domain,
            day=day.day,
            title=self.app.env.titles[docname].astext() if docname else day.domain,
            summary=summary.replace("{count}", str(count)).replace("{words}", weight),
            page=self._address(docname) if docname else "",
            catalog=translation_address(self.settings, language, day.domain)
            or catalog_address(self.settings, language, day.domain),
            changes=self._changes(day),
        )

    def _changes(self, day: OutdatedDay) -> str:
        """What changed in the source, message by message, with what came and what went."""
        tag = self._source_tag(day.domain)
        items = [f'<li lang="{tag}">{_marked(entry)}</li>' for entry in day.entries[:_MOST]]
        rest = ["<li>…</li>"] if len(day.entries) > _MOST else []
        return f"<ul>{''.join([*items, *rest])}</ul>"

    def _source_tag(self, domain: str) -> str:
        docname = self.pages.get(domain)
        record = page_records(self.app.env)[docname] if docname else None
        return self.settings.language(record.source_locale if record else self.settings.source_locale).tag

    def _root(self) -> str:
        return f"{self.base.rstrip('/')}/"

    def _address(self, docname: str) -> str:
        """The address of a page: whole where the site's is known, else relative to the feed."""
        uri = self.app.builder.get_target_uri(docname).partition("#")[0]
        return urljoin(self._root(), uri) if self.base else relative_uri(FEED, uri)


def _marked(entry: Entry) -> str:
    """The source of an outdated message as HTML, with what came and what went."""
    if max(len(entry.previous), len(entry.msgid)) > _LONGEST:
        return f"{html.escape(entry.msgid[:_LONGEST])}…"
    marks = {"same": "{}", "insert": "<ins>{}</ins>", "delete": "<del>{}</del>"}
    changes = word_diff(entry.previous, entry.msgid)
    return "".join(marks[change.kind].format(html.escape(change.text)) for change in changes)
