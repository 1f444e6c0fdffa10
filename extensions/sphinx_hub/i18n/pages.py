"""What a build remembers of each page: its messages, its progress, what other pages show of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from sphinx.domains import Domain
from sphinx.util.i18n import docname_to_domain

from sphinx_hub.catalogs.compiled import COMPILED, compiled_path
from sphinx_hub.i18n.languages import current_language

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.catalogs.counts import Progress


#: In the metadata of a page: the files of data that it shows, by their names without an ending.
DATA_FILES: Final = "hub-data"


class Message(NamedTuple):
    """A message at one of its places."""

    text: str
    source: str
    line: int


@dataclass(kw_only=True)
class PageRecord:
    """What is remembered of one page."""

    source_locale: str
    """The locale that the page is written in."""
    messages: tuple[Message, ...]
    """The messages in the order of the source, at each of their places."""
    has_catalog: bool = False
    """Whether there was a catalog of the page in the language that is being built."""
    progress: Progress | None = None
    """How much of the page is translated; None where it is shown in the language it is written in."""
    terms: dict[str, str] = field(default_factory=dict)
    """Term of a glossary in the source, in lower case -> what it is called here."""


class TextDomain(Domain):
    """Keeps the records of pages right in incremental and parallel builds."""

    name = "hubtext"
    label = "Texts and translations"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {
        # docname -> PageRecord
        "pages": {},
        # docname -> locale -> Progress
        "shares": {},
        # digests of what pages show of each other, as of the end of the last reading
        "shown": None,
    }

    @property
    def pages(self) -> dict[str, PageRecord]:
        """Docname -> record, of the pages in MyST."""
        records: dict[str, PageRecord] = self.data["pages"]
        return records

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is gone or is read anew."""
        self.pages.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of ``docnames``."""
        self.pages.update({name: record for name, record in otherdata["pages"].items() if name in docnames})

    def resolve_any_xref(self, *_arguments: object) -> list[tuple[str, nodes.reference]]:
        """Nothing: the domain has no objects. MyST warns of a domain that does not say so."""
        return []


def text_domain(env: BuildEnvironment) -> TextDomain:
    """The domain of the pages' texts in ``env``."""
    domain = env.get_domain(TextDomain.name)
    if not isinstance(domain, TextDomain):
        raise TypeError(f"the domain {TextDomain.name!r} is {type(domain).__name__}")
    return domain


def page_records(env: BuildEnvironment) -> dict[str, PageRecord]:
    """Docname -> record, of the pages in MyST."""
    return text_domain(env).pages


def page_progress(env: BuildEnvironment, docname: str) -> Progress | None:
    """How much of a page is translated; None where it is shown in the language it is written in."""
    record = page_records(env).get(docname)
    return record.progress if record else None


def find_new_catalogs(app: Sphinx, env: BuildEnvironment, *_found: object) -> list[str]:
    """On env-get-outdated: the pages that were read without a catalog, and have one now.

    A page depends on its catalog; on one that is not there Sphinx lets none depend without reading it at
    every build.
    """
    if app.builder.name == "gettext":
        return []
    language, folder = current_language(app), Path(app.doctreedir) / COMPILED
    return [
        docname
        for docname, record in page_records(env).items()
        if not record.has_catalog
        and record.source_locale != language.locale
        and compiled_path(
            folder, language.locale, docname_to_domain(docname, app.config.gettext_compact)
        ).is_file()
    ]
