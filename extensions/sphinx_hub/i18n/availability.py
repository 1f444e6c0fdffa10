"""In which languages a page exists, how complete it is in each, and where it stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_hub.catalogs.counts import Progress
from sphinx_hub.catalogs.patterns import is_excluded
from sphinx_hub.i18n.addresses import Hosting, page_uri, relative_address, whole_address
from sphinx_hub.i18n.languages import current_language, hub_settings
from sphinx_hub.i18n.pages import page_records
from sphinx_hub.i18n.shares import page_shares

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_hub.settings import Language, Settings


@dataclass(frozen=True, kw_only=True)
class Availability:
    """A page in one language."""

    language: Language
    current: bool
    """Whether this is the language that is being built."""
    original: bool
    """Whether the page is written in this language."""
    progress: Progress
    """How much of the page is translated; all of nothing in the language that it is written in, and of what
    has no messages of its own, such as a page that Sphinx makes."""
    complete_enough: bool
    """Whether the page counts as one of this language, by ``complete-from`` of the settings.

    Here a translation counts also where it is behind its source: it is a text of its language all the same.
    """
    url: str
    """The page there, relative to the page here; empty where no site of the language stands beside."""
    address: str
    """The page there, with its host; empty where the site's address is not known."""

    @property
    def exists(self) -> bool:
        """Whether anything of the page is in this language."""
        return not self.progress.messages or bool(self.progress.current or self.progress.outdated)

    @property
    def share(self) -> float:
        """How much of the page is translated and up to date, by the words of its source: 1.0 means all."""
        if self.progress.complete:
            return 1.0
        return self.progress.current_words / self.progress.words if self.progress.words else 0.0


def available_languages(app: Sphinx, docname: str) -> tuple[Availability, ...]:
    """The languages that have the page, in the order of their table, with the one that is being built.

    To be asked after reading, from env-updated on. What a page shows of it is right in incremental builds:
    a page is written anew when its catalog in any language changes.
    """
    settings, current = hub_settings(app), current_language(app)
    uri, hosting, shares = page_uri(app, docname), Hosting.from_environment(), page_shares(app.env, docname)
    source = app.env.doc2path(docname, base=False).as_posix() if docname in app.env.all_docs else None
    record = page_records(app.env).get(docname)
    original = record.source_locale if record else settings.source_locale
    return tuple(
        Availability(
            language=language,
            current=language == current,
            original=language.locale == original,
            progress=(progress := shares.get(language.locale, Progress())),
            complete_enough=counts_as(settings, language, progress),
            url=relative_address(uri, uri, current=current, language=language, hosting=hosting),
            address=whole_address(app, language, uri),
        )
        for language in languages_with(settings, current, source)
    )


def languages_with(settings: Settings, current: Language, source: str | None) -> tuple[Language, ...]:
    """The languages that do not exclude ``source``, a file below the folder of the sources.

    ``current`` is always among them, if it is in the table. None is a page that Sphinx makes, which every
    language has.
    """
    return tuple(
        language
        for language in settings.languages
        if language == current or source is None or not is_excluded(source, language.exclude)
    )


def counts_as(settings: Settings, language: Language, progress: Progress) -> bool:
    """Whether enough of a page is translated for it to be a page of ``language``."""
    if progress.complete:
        return True
    translated = progress.current_words + progress.outdated_words
    share = translated / progress.words if progress.words else 0.0
    return share >= settings.complete_from_in(language)
