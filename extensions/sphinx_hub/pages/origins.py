"""Where a page comes from: its source and its catalog in the repository, and when each was last changed.

Days come from git, and lines of catalogs from the catalogs as they are now. Neither is known from what a page
depends on, so they are found once all pages have been read, and a page that shows another one than before is
written anew.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx.domains import Domain
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain

from sphinx_hub.catalogs.compiled import DATA, catalog_folder
from sphinx_hub.catalogs.file_days import file_days
from sphinx_hub.catalogs.history import read_history
from sphinx_hub.catalogs.pseudo import is_pseudo
from sphinx_hub.i18n import (
    DATA_FILES,
    catalog_lines,
    current_language,
    hub_settings,
    page_progress,
    page_records,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.catalogs.file_days import FileDays

logger = logging.getLogger(__name__)

#: What git says, in the doctree folder. The second is shared with the credits.
_STORED_DAYS: Final = "days.json"
_STORED_HISTORY: Final = "credits.json"
#: As much of a .po as surely has its header.
_HEADER: Final = 4096
_DATE: Final = re.compile(
    r'"(?P<name>PO-Revision|POT-Creation)-Date: *(?P<when>(?P<day>\d{4}-\d{2}-\d{2})[^"\\]*)'
)


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What a page shows of where it comes from."""

    source_day: str = ""
    """The day of the last change of the source, as YYYY-MM-DD; empty where not known, or said by itself."""
    translation_day: str = ""
    """The same of the translation."""
    lines: str = ""
    """Another one whenever an entry of the page's catalogs stands on another line."""


class OriginsDomain(Domain):
    """Remembers what pages showed, so that a change of it reaches those that show it, and no other."""

    name = "huborigins"
    label = "Where pages come from"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}}

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Nothing: all is found when every page has been read."""

    def resolve_any_xref(self, *_arguments: object) -> list[Any]:
        """Nothing: the domain has no objects. MyST warns of a domain that does not say so."""
        return []


def setup_origins(app: Sphinx) -> None:
    """Find out where pages come from when all have been read."""
    app.add_domain(OriginsDomain)
    # After the counts and the credits, which ask git as well.
    app.connect("env-updated", follow_origins, priority=600)


def origin_of(env: BuildEnvironment, docname: str) -> Origin:
    """Where a page comes from, once all pages have been read."""
    pages: Mapping[str, Origin] = env.get_domain(OriginsDomain.name).data["pages"]
    return pages.get(docname, Origin())


def source_path(app: Sphinx, docname: str) -> str:
    """The source of a page as a path within the project; empty where it stands elsewhere."""
    return _within(app, Path(app.env.doc2path(docname)))


def page_domains(app: Sphinx, docname: str) -> tuple[str, ...]:
    """The catalogs that the texts of a page stand in: its own, and those of the records that it shows."""
    kinds = app.env.metadata[docname].get(DATA_FILES, "").split()
    return (docname_to_domain(docname, app.config.gettext_compact), *(f"{DATA}/{kind}" for kind in kinds))


def data_paths(app: Sphinx, docname: str) -> list[str]:
    """The files of data that a page shows, as paths within the project."""
    settings = hub_settings(app)
    kinds = app.env.metadata[docname].get(DATA_FILES, "").split()
    paths = (settings.data_path / f"{kind}.yaml" for kind in kinds)
    return [name for path in paths if path.is_file() and (name := _within(app, path))]


def _within(app: Sphinx, path: Path) -> str:
    root = hub_settings(app).root
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""


def follow_origins(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: find the days and the lines, and return the pages that show another one than before."""
    if app.builder.name == "gettext" or is_pseudo(current_language(app).locale):
        return set()
    sources = {name: [source_path(app, name), *data_paths(app, name)] for name in sorted(env.all_docs)}
    wanted = {path for paths in sources.values() for path in paths if path}
    found = file_days(hub_settings(app).root, wanted, Path(app.doctreedir) / _STORED_DAYS)
    if found.missing:
        logger.info("days of changes: none are taken from git, since %s", found.missing)
    translated = _translation_days(app, found)
    now = {
        docname: Origin(
            # A post says by itself from which day it is.
            source_day="" if "date" in env.metadata[docname] else _latest(found.days, paths),
            translation_day=_latest(translated, page_domains(app, docname))
            if _is_translated(env, docname)
            else "",
            lines=_lines(app, docname),
        )
        for docname, paths in sources.items()
    }
    data = env.get_domain(OriginsDomain.name).data
    before, data["pages"] = data["pages"], now
    return {docname for docname, origin in now.items() if docname in before and before[docname] != origin}


def _latest(days: Mapping[str, str], names: Iterable[str]) -> str:
    return max((days.get(name, "") for name in names), default="")


def _is_translated(env: BuildEnvironment, docname: str) -> bool:
    progress = page_progress(env, docname)
    return progress is not None and bool(progress.current or progress.outdated)


def _lines(app: Sphinx, docname: str) -> str:
    """A digest of the lines of a page's catalogs; empty where the page shows none of them."""
    record = page_records(app.env).get(docname)
    if not hub_settings(app).repository or record is None or record.progress is None:
        return ""
    content = b"\n".join(catalog_lines(app, domain) for domain in page_domains(app, docname))
    return hashlib.sha256(content).hexdigest()


def _translation_days(app: Sphinx, found: FileDays) -> dict[str, str]:
    """Domain -> the day of its last translation: of the commit, or where git does not know, of the header."""
    if not found.has_git:
        return {}
    settings, locale = hub_settings(app), current_language(app).locale
    changed = read_history(settings.catalogs_path, Path(app.doctreedir) / _STORED_HISTORY).changed
    folder = catalog_folder(settings.catalogs_path, locale)
    days: dict[str, str] = {}
    for domain in sorted({name for docname in app.env.all_docs for name in page_domains(app, docname)}):
        path = folder / f"{domain}.po"
        place = path.relative_to(settings.catalogs_path).as_posix()
        if day := changed.get(place) or _revision_day(path):
            days[domain] = day
    return days


def _revision_day(path: Path) -> str:
    """The day that the header of a catalog says; empty where nobody has written one since it was made."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER).decode("utf-8", "replace")
    except OSError:
        return ""
    dates = {found["name"]: found for found in _DATE.finditer(header)}
    revised, created = dates.get("PO-Revision"), dates.get("POT-Creation")
    if revised is None or (created is not None and created["when"] == revised["when"]):
        return ""
    return revised["day"]
