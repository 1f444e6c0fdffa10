"""Serve one language on this machine and rebuild it when a file changes."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING

from sphinx_hub.building.languages import doctree_folder

if TYPE_CHECKING:
    from sphinx_hub.settings import Language, Settings


class PreviewUnavailableError(Exception):
    """The server for previews is not installed."""


def preview(settings: Settings, language: Language, *, port: int, open_browser: bool) -> int:
    """Serve ``language`` on loopback until Ctrl-C; returns the server's exit code.

    ``port`` 0 takes a free one. Catalogs and data are watched besides the sources.

    :raises PreviewUnavailableError: sphinx-autobuild is not installed.
    """
    if importlib.util.find_spec("sphinx_autobuild") is None:
        raise PreviewUnavailableError("previews need sphinx-autobuild: run `nox -s preview`, or install it")
    command = [
        *(sys.executable, "-m", "sphinx_autobuild", "--host", "127.0.0.1", "--port", str(port)),
        *("-c", str(settings.root), "-d", str(doctree_folder(settings, language).with_suffix(".preview"))),
        *("-D", f"language={language.locale}", "--watch", str(settings.catalogs_path)),
        *(("--open-browser",) if open_browser else ()),
        *(str(settings.source_path), str(settings.output_path.parent / "preview" / language.path)),
    ]
    try:
        return subprocess.run(command, cwd=settings.root, check=False).returncode
    except KeyboardInterrupt:
        return 0
