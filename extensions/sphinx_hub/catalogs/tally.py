"""How much of each page is translated in a language, counted once for a state of its files."""

from __future__ import annotations

import hashlib
import json
import operator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sphinx_hub.catalogs.compiled import catalog_files, catalog_folder, parse_entries, write_if_changed
from sphinx_hub.catalogs.counts import Progress, count_entries
from sphinx_hub.catalogs.revision import revised
from sphinx_hub.catalogs.stamps import lasting_stamp
from sphinx_hub.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sphinx_hub.settings import Settings


@dataclass(frozen=True, kw_only=True)
class PageTexts:
    """The messages of a page."""

    domain: str
    """The catalog that they are in."""
    messages: Sequence[str]
    """Each once."""

    @cached_property
    def digest(self) -> bytes:
        """A digest of the messages, made once for all languages."""
        return hashlib.sha256(repr(self.messages).encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The counts of one language."""

    catalogs: dict[str, Progress]
    """Domain -> counts of its catalog, as far as it can be read."""
    pages: dict[str, Progress]
    """Docname -> counts of the page."""


def count_page(settings: Settings, locale: str, page: PageTexts) -> Progress | None:
    """How much of ``page`` its catalog has; None where there is none that can be read."""
    path = catalog_folder(settings.catalogs_of(locale), locale) / f"{page.domain}.po"
    content = _content(path)
    entries = None if content is None else parse_entries(content, path, locale)
    if entries is None or isinstance(entries, Problem):
        return None
    return count_entries(revised(entries, page.messages).values())


def tally(
    settings: Settings,
    locale: str,
    pages: Mapping[str, PageTexts],
    known: Path,
    *,
    keep_unreadable: bool = False,
) -> Tally:
    """Count the catalogs of ``locale``, and the ``pages``, by docname.

    ``known`` is a file that keeps what was counted; what it says of other contents is not believed, but of a
    catalog that cannot be read with ``keep_unreadable``.
    """
    before = _read(known)
    now: dict[str, _Row] = {}
    counted = Tally(catalogs={}, pages={})
    of_domain: dict[str, dict[str, PageTexts]] = {}
    for docname, page in pages.items():
        of_domain.setdefault(page.domain, {})[docname] = page
    for domain, path in catalog_files(settings.catalogs_of(locale), locale):
        its_pages = of_domain.get(domain, {})
        row = _row(path, locale, its_pages, before.get(domain), keep_unreadable=keep_unreadable)
        if row is not None:
            now[domain] = row
            counted.catalogs[domain] = row.catalog
            counted.pages.update(zip(its_pages, row.pages, strict=True))
    for docname, page in pages.items():
        if docname not in counted.pages:
            counted.pages[docname] = count_entries(revised((), page.messages).values())
    if now != before:
        _write(known, now)
    return counted


@dataclass(frozen=True, kw_only=True)
class _Row:
    """What was counted of one catalog."""

    stamp: str
    """What tells that the file is still the same (:func:`lasting_stamp`)."""
    content: str
    """A digest of the file."""
    texts: str
    """A digest of the pages and their messages."""
    catalog: Progress
    pages: list[Progress]


def _row(
    path: Path, locale: str, pages: Mapping[str, PageTexts], before: _Row | None, *, keep_unreadable: bool
) -> _Row | None:
    """The counts of the catalog ``path``; None where it cannot be read."""
    stamp, texts = lasting_stamp(path), _digest_of(pages)
    known = before if before is not None and before.texts == texts else None
    if known is not None and stamp and known.stamp == stamp:
        return known
    content = _content(path)
    if content is None:
        return None
    digest = hashlib.sha256(content).hexdigest()
    if known is not None and known.content == digest:
        return replace(known, stamp=stamp)
    entries = parse_entries(content, path, locale)
    if isinstance(entries, Problem):
        return before if keep_unreadable and before and len(before.pages) == len(pages) else None
    counts = [count_entries(revised(entries, page.messages).values()) for page in pages.values()]
    return _Row(stamp=stamp, content=digest, texts=texts, catalog=count_entries(entries), pages=counts)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _digest_of(pages: Mapping[str, PageTexts]) -> str:
    digest = hashlib.sha256()
    for docname, page in pages.items():
        digest.update(docname.encode("utf-8", "surrogatepass") + b"\0" + page.digest)
    return digest.hexdigest()


_FIELDS: Final = tuple(each.name for each in fields(Progress))


def _read(path: Path) -> dict[str, _Row]:
    try:
        table: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if table["fields"] != list(_FIELDS):
            return {}
        return {
            domain: _Row(
                stamp=stamp,
                content=content,
                texts=texts,
                catalog=_progress(catalog),
                pages=[*map(_progress, pages)],
            )
            for domain, (stamp, content, texts, catalog, pages) in table["rows"].items()
        }
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}


def _progress(values: Sequence[Any]) -> Progress:
    return Progress(**dict(zip(_FIELDS, values, strict=True)))


def _write(path: Path, rows: Mapping[str, _Row]) -> None:
    values = operator.attrgetter(*_FIELDS)
    table = {
        domain: (row.stamp, row.content, row.texts, values(row.catalog), [*map(values, row.pages)])
        for domain, row in rows.items()
    }
    write_if_changed(path, json.dumps({"fields": _FIELDS, "rows": table}).encode())
