"""Extract the messages of the sources and merge them into the catalogs of each language."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_intl import basic

import sphinx_hub
from sphinx_hub.catalogs.compiled import catalog_files
from sphinx_hub.catalogs.interface import extract_interface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.settings import Language, Settings

#: Long lines are wrapped at gettext's own width, so that other tools don't rewrap them.
LINE_WIDTH: Final = 79


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """What the gettext builder made."""

    folder: Path
    """Holds the .pot files."""
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
    """Merge the extracted messages into the .po files of ``languages``, with sphinx-intl.

    Templates of the interface are left out: their catalog ships with the package. Returns a line for
    each catalog that is new or has other messages than before.
    """
    for pot in extraction.folder.rglob("sphinx.pot"):
        pot.unlink()
    with redirect_stdout(io.StringIO()) as output:
        basic.update(
            str(settings.catalogs_path),
            str(extraction.folder),
            [language.locale for language in languages],
            line_width=LINE_WIDTH,
        )
    for language in languages:
        for _domain, path in catalog_files(settings.catalogs_path, language.locale):
            _confirm_header(path)
    lines = output.getvalue().replace(f"{settings.root}/", "").splitlines()
    return sorted(line for line in lines if not line.startswith("Not Changed"))


def update_interface(settings: Settings) -> None:
    """Bring the interface's own catalogs up to date, where the package is part of the project.

    In every other project the package is installed, and its files are not the project's to write.
    """
    package = Path(sphinx_hub.__file__).resolve().parent
    if package.is_relative_to(settings.root):
        extract_interface(package)


def _tidy_template(pot: Path) -> None:
    """Name sources from the project's root, as a reader of a .po knows them, and drop placeholders."""
    text = pot.read_text("utf-8")
    text = re.sub(r"(?m)^#: (?:\.\./)+", "#: ", text)
    text = re.sub(r"(?m)^# (?:SOME DESCRIPTIVE TITLE|FIRST AUTHOR|Copyright \(C\)).*\n", "", text)
    pot.write_text(text, "utf-8")


def _confirm_header(po: Path) -> None:
    """Take the mark of doubt off the header: sphinx-intl copies it from the template."""
    text = po.read_text("utf-8")
    confirmed = re.sub(r"\A((?:#.*\n)*?)#, fuzzy\n((?:#.*\n)*msgid \"\"\n)", r"\1\2", text)
    if confirmed != text:
        po.write_text(confirmed, "utf-8")
