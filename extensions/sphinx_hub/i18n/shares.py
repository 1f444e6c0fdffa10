"""How much of each page is translated in each language, for the switcher and the note on top of a page.

The one count for all of them is `count_entries` over the page's own messages.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.i18n import docname_to_domain

from sphinx_hub import records
from sphinx_hub.catalogs.compiled import COMPILED, compile_site_catalogs, load_compiled
from sphinx_hub.catalogs.counts import count_entries
from sphinx_hub.catalogs.revision import revised
from sphinx_hub.i18n.catalogs import compiled_counts
from sphinx_hub.i18n.languages import current_language, hub_settings
from sphinx_hub.i18n.pages import page_records, text_domain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.catalogs.counts import Progress
    from sphinx_hub.i18n.pages import PageRecord


def follow_shares(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: count every page in every language; the pages whose counts elsewhere have changed.

    A page shows how complete its translations are, so it follows the catalogs of the other languages too.
    """
    if app.builder.name == "gettext":
        return set()
    settings = hub_settings(app)
    for language in settings.languages:
        compile_site_catalogs(
            settings,
            language.locale,
            Path(app.doctreedir),
            records.DATA_NAMES,
            keep_unreadable=app.config.hub_preview,
        )
    now = {docname: _shares_of(app, docname, record) for docname, record in page_records(env).items()}
    data = text_domain(env).data
    before: Mapping[str, Mapping[str, Progress]] = data["shares"]
    data["shares"] = now
    return {docname for docname, shares in now.items() if docname in before and before[docname] != shares}


def recount_shares(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Count one page anew in every language, by the catalogs as they were compiled last."""
    record = page_records(env).get(docname)
    if record is not None:
        text_domain(env).data["shares"][docname] = _shares_of(app, docname, record)


def _shares_of(app: Sphinx, docname: str, record: PageRecord) -> dict[str, Progress]:
    """Locale -> how much of the page is translated."""
    folder = Path(app.doctreedir) / COMPILED
    domain = docname_to_domain(docname, app.config.gettext_compact)
    messages = list(dict.fromkeys(message.text for message in record.messages))
    return {
        language.locale: count_entries(
            revised(load_compiled(folder, language.locale, domain), messages).values()
        )
        for language in hub_settings(app).languages
        if language.locale != record.source_locale
    }


def catalog_counts(app: Sphinx) -> dict[str, dict[str, Progress]]:
    """Locale -> domain -> counts of the catalogs of every language, as their files are now."""
    settings, current = hub_settings(app), current_language(app)
    counts: dict[str, dict[str, Progress]] = {}
    for language in settings.languages:
        if language == current:
            counts[language.locale] = compiled_counts(app)
        else:
            compiled = compile_site_catalogs(
                settings,
                language.locale,
                Path(app.doctreedir),
                records.DATA_NAMES,
                keep_unreadable=app.config.hub_preview,
            )
            counts[language.locale] = compiled.progress
    return counts


def page_shares(env: BuildEnvironment, docname: str) -> Mapping[str, Progress]:
    """Locale -> progress of a page, for each language it is translated to; empty for what is no page."""
    shares: Mapping[str, Mapping[str, Progress]] = text_domain(env).data["shares"]
    return shares.get(docname, {})
