"""How much of each page is translated in a language, counted once for a state of its files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sphinx_hub.catalogs.compiled import catalog_files, catalog_folder, parse_entries, write_if_changed
from sphinx_hub.catalogs.counts import Progress, count_entries
from sphinx_hub.catalogs.revision import revised
from sphinx_hub.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sphinx_hub.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The counts of one language."""

    catalogs: dict[str, Progress]
    """Domain -> counts of its catalog, as far as it can be read."""
    pages: dict[str, Progress]
    """Docname -> counts of the page."""


def count_page(settings: Settings, locale: str, domain: str, messages: Sequence[str]) -> Progress | None:
    """How much of ``messages`` the catalog of ``domain`` has; None where there is none that can be read."""
    path = catalog_folder(settings.catalogs_of(locale), locale) / f"{domain}.po"
    content = _content(path)
    entries = None if content is None else parse_entries(content, path, locale)
    if entries is None or isinstance(entries, Problem):
        return None
    return count_entries(revised(entries, messages).values())


def tally(
    settings: Settings,
    locale: str,
    pages: Mapping[str, tuple[str, Sequence[str]]],
    known: Path,
    *,
    keep_unreadable: bool = False,
) -> Tally:
    """Count the catalogs of ``locale``, and the ``pages``: docname -> its domain and its messages, each once.

    ``known`` is a file that keeps what was counted; what it says of other contents is not believed, but of a
    catalog that cannot be read with ``keep_unreadable``.
    """
    before, now = _read(known), {}
    counted = Tally(catalogs={}, pages={})
    of_domain: dict[str, list[tuple[str, Sequence[str]]]] = {}
    for docname, (domain, messages) in pages.items():
        of_domain.setdefault(domain, []).append((docname, messages))
    for domain, path in catalog_files(settings.catalogs_of(locale), locale):
        content = _content(path)
        if content is None:
            continue
        its_pages = of_domain.get(domain, [])
        digest = _digest(content, its_pages)
        row = before.get(domain)
        if row is None or row[0] != digest:
            entries = parse_entries(content, path, locale)
            if isinstance(entries, Problem):
                if not keep_unreadable or row is None or len(row[1]) != 1 + len(its_pages):
                    continue
            else:
                counts = [count_entries(revised(entries, messages).values()) for _name, messages in its_pages]
                row = digest, [count_entries(entries), *counts]
        now[domain] = row
        counted.catalogs[domain] = row[1][0]
        for (docname, _messages), progress in zip(its_pages, row[1][1:], strict=True):
            counted.pages[docname] = progress
    for docname, (_domain, messages) in pages.items():
        if docname not in counted.pages:
            counted.pages[docname] = count_entries(revised((), messages).values())
    _write(known, now)
    return counted


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _digest(content: bytes, pages: Sequence[tuple[str, Sequence[str]]]) -> str:
    digest = hashlib.sha256(content)
    for docname, messages in pages:
        digest.update(repr((docname, messages)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


_Rows = dict[str, tuple[str, list[Progress]]]


def _read(path: Path) -> _Rows:
    try:
        table: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return {
            domain: (digest, [Progress(**count) for count in counts])
            for domain, (digest, counts) in table.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(path: Path, rows: _Rows) -> None:
    table = {
        domain: (digest, [asdict(count) for count in counts]) for domain, (digest, counts) in rows.items()
    }
    write_if_changed(path, json.dumps(table).encode())
