"""How much of each page is translated in each language, for the switcher and the note on top of a page.

The one count for all of them is `count_entries` over the page's own messages.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.util.i18n import docname_to_domain

from sphinx_hub.catalogs.compiled import COMPILED
from sphinx_hub.catalogs.counts import count_entries
from sphinx_hub.catalogs.revision import revised
from sphinx_hub.catalogs.tally import PageTexts, count_page, tally
from sphinx_hub.i18n.catalogs import compiled_counts
from sphinx_hub.i18n.languages import current_language, hub_settings
from sphinx_hub.i18n.pages import page_records, text_domain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.catalogs.counts import Progress
    from sphinx_hub.catalogs.tally import Tally
    from sphinx_hub.i18n.pages import PageRecord

#: What was counted on env-updated: a build goes by one state of the catalogs.
_counted: WeakKeyDictionary[BuildEnvironment, dict[str, Tally]] = WeakKeyDictionary()


def follow_shares(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: count every page in every language; the pages whose counts elsewhere have changed.

    A page shows how complete its translations are, so it follows the catalogs of the other languages too.
    """
    if app.builder.name == "gettext":
        return set()
    _counted[env] = tallies = _tallies(app, env)
    now: dict[str, dict[str, Progress]] = {
        docname: {
            locale: each.pages[docname] for locale, each in tallies.items() if locale != record.source_locale
        }
        for docname, record in page_records(env).items()
    }
    data = text_domain(env).data
    before: Mapping[str, Mapping[str, Progress]] = data["shares"]
    data["shares"] = now
    return {docname for docname, shares in now.items() if docname in before and before[docname] != shares}


def recount_shares(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Count one page anew in every language; where a catalog cannot be read, its count stays."""
    record = page_records(env).get(docname)
    if record is None:
        return
    settings, shares = hub_settings(app), text_domain(env).data["shares"]
    page = _texts_of(app, docname, record)
    before: Mapping[str, Progress] = shares.get(docname, {})
    shares[docname] = {
        language.locale: count_page(settings, language.locale, page)
        or before.get(language.locale)
        or count_entries(revised((), page.messages).values())
        for language in settings.languages
        if language.locale != record.source_locale
    }


def _texts_of(app: Sphinx, docname: str, record: PageRecord) -> PageTexts:
    messages = list(dict.fromkeys(message.text for message in record.messages))
    return PageTexts(domain=docname_to_domain(docname, app.config.gettext_compact), messages=messages)


def catalog_counts(app: Sphinx) -> dict[str, dict[str, Progress]]:
    """Locale -> domain -> counts of the catalogs of every language, as of env-updated."""
    current = current_language(app).locale
    tallies = _counted.get(app.env) or _tallies(app, app.env)
    counts = {locale: each.catalogs for locale, each in tallies.items()}
    return {**counts, current: compiled_counts(app)} if current in counts else counts


def _tallies(app: Sphinx, env: BuildEnvironment) -> dict[str, Tally]:
    """Locale -> the counts of that language, as its files are now."""
    settings = hub_settings(app)
    records = page_records(env)
    pages = {docname: _texts_of(app, docname, record) for docname, record in records.items()}
    folder = Path(app.config.hub_counts or Path(app.doctreedir) / COMPILED)
    return {
        language.locale: tally(
            settings,
            language.locale,
            # A page is not translated into its own language.
            {name: each for name, each in pages.items() if records[name].source_locale != language.locale},
            folder / f"{language.locale}.json",
            keep_unreadable=app.config.hub_preview,
        )
        for language in settings.languages
    }


def page_shares(env: BuildEnvironment, docname: str) -> Mapping[str, Progress]:
    """Locale -> progress of a page, for each language it is translated to; empty for what is no page."""
    shares: Mapping[str, Mapping[str, Progress]] = text_domain(env).data["shares"]
    return shares.get(docname, {})
