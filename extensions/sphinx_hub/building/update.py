"""Extract the messages of the sources and merge them into the catalogs of each language."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_intl import basic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
    command = [
        *(sys.executable, "-m", "sphinx", "-b", "gettext", "-q", "-W", "--keep-going", "--no-color"),
        *("-c", str(settings.root), "-d", str(settings.output_path.parent / "doctrees" / "gettext")),
        *("-D", f"language={settings.source_locale}"),
        *(str(settings.source_path), str(folder)),
    ]
    run = subprocess.run(
        command, cwd=settings.root, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    return Extraction(folder=folder, exit_code=run.returncode, complaints=run.stderr)


def update_catalogs(settings: Settings, languages: Sequence[Language], extraction: Extraction) -> None:
    """Merge the extracted messages into the .po files of ``languages``, with sphinx-intl.

    Templates of the interface are left out: their catalog ships with the package.
    """
    for pot in extraction.folder.rglob("sphinx.pot"):
        pot.unlink()
    basic.update(
        str(settings.catalogs_path),
        str(extraction.folder),
        [language.locale for language in languages],
        line_width=LINE_WIDTH,
    )
