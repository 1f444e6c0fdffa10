"""Extract the messages of the sources and merge them into the catalogs of each language."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import PoFileError

import sphinx_hub
from sphinx_hub.catalogs.compiled import catalog_folder, write_if_changed
from sphinx_hub.catalogs.interface import extract_interface
from sphinx_hub.catalogs.merge import Merged, merge
from sphinx_hub.catalogs.po_files import parse_po, unreadable
from sphinx_hub.i18n.extraction import SOURCES
from sphinx_hub.problems import Problem, ProblemsError
from sphinx_hub.records.dates import today

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_hub.settings import Language, Settings


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """What the gettext builder made."""

    folder: Path
    """Holds the .pot files, and which pages are written in another language than the site."""
    exit_code: int
    complaints: str


def extract_messages(settings: Settings) -> Extraction:
    """Run the gettext builder over the sources."""
    folder = settings.output_path.parent / "gettext"
    for pot in folder.rglob("*.pot"):
        pot.unlink()  # that of a page which is gone would make its catalog anew
    command = [
        *(sys.executable, "-m", "sphinx", "-b", "gettext", "-q", "-W", "--keep-going", "--no-color"),
        *("-c", str(settings.root), "-d", str(settings.output_path.parent / "doctrees" / "gettext")),
        *("-D", f"language={settings.source_locale}"),
        *(str(settings.source_path), str(folder)),
    ]
    run = subprocess.run(
        command, cwd=settings.root, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    for pot in sorted(folder.rglob("*.pot")):
        _tidy_template(pot)
    return Extraction(folder=folder, exit_code=run.returncode, complaints=run.stderr)


def update_catalogs(settings: Settings, languages: Sequence[Language], extraction: Extraction) -> list[str]:
    """Merge the extracted messages into the .po files of ``languages``.

    A language has no catalog for a page that is written in it, so the source language has catalogs only
    for pages that are written in another. Templates of the interface are left out: their catalog ships
    with the package. Returns a line for each catalog that is new or changed.

    :raises ProblemsError: with every catalog that cannot be read; then none was touched.
    """
    written_in = _page_locales(extraction.folder)
    templates = {
        pot.relative_to(extraction.folder).with_suffix("").as_posix(): parse_po(pot.read_bytes())
        for pot in sorted(extraction.folder.rglob("*.pot"))
    }
    templates.pop("sphinx", None)
    day = today()
    merged: dict[Path, Merged] = {}
    problems: list[Problem] = []
    for language in languages:
        for domain, template in templates.items():
            if written_in.get(domain, settings.source_locale) == language.locale:
                continue
            path = catalog_folder(settings.catalogs_path, language.locale) / f"{domain}.po"
            try:
                content = path.read_bytes() if path.exists() else None
                merged[path] = merge(content, template, language.locale, day)
            except (PoFileError, OSError, LookupError, ValueError) as error:
                problems.append(unreadable(path, error))
    if problems:
        raise ProblemsError(problems)
    lines = []
    for path, result in merged.items():
        known = path.exists()
        if write_if_changed(path, result.content):
            name = path.relative_to(settings.root).as_posix()
            lines.append(f"Update: {name}{_counts(result)}" if known else f"Create: {name}")
    return sorted(lines)


def update_interface(settings: Settings) -> None:
    """Bring the interface's own catalogs up to date, where the package is part of the project.

    In every other project the package is installed, and its files are not the project's to write.
    """
    package = Path(sphinx_hub.__file__).resolve().parent
    if package.is_relative_to(settings.root):
        extract_interface(package)


def _counts(result: Merged) -> str:
    """What changed beside line numbers."""
    texts = f" +{result.added}, -{result.gone}" if result.added or result.gone else ""
    return f"{texts}, {result.outdated} outdated" if result.outdated else texts


def _page_locales(folder: Path) -> Mapping[str, str]:
    """Domain -> locale, of the pages that are written in another language than the site."""
    path = folder / SOURCES
    if not path.is_file():
        return {}
    locales: dict[str, str] = json.loads(path.read_text("utf-8"))
    return locales


def _tidy_template(pot: Path) -> None:
    """Name sources from the project's root, as a reader of a .po knows them, and drop placeholders."""
    text = pot.read_text("utf-8")
    text = re.sub(r"(?m)^#: (?:\.\./)+", "#: ", text)
    # A space would end the name; gettext has these marks around it.
    text = re.sub(r"(?m)^#: (.* .*)(:\d+)$", "#: \u2068\\1\u2069\\2", text)
    text = re.sub(r"(?m)^# (?:SOME DESCRIPTIVE TITLE|FIRST AUTHOR|Copyright \(C\)).*\n", "", text)
    pot.write_text(text, "utf-8")
