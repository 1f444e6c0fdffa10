"""What a build read that does not stand in the project: code, themes, files that pages include.

``sphinx-hub build`` leaves out a language of which nothing changed since. It knows the project's folder by
itself; what else there was, only the build knows.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx_hub.catalogs.build_files import INPUTS
from sphinx_hub.catalogs.compiled import write_if_changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

_noted: WeakKeyDictionary[Sphinx, set[str]] = WeakKeyDictionary()


def note_inputs(app: Sphinx, paths: Iterable[str]) -> None:
    """Note files outside of the project by which a build goes, whether they are there or not."""
    _noted.setdefault(app, set()).update(paths)


def write_inputs(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: write the paths of all files and folders that were read, sorted."""
    if exception is None and app.builder.name != "gettext":  # whose own record is in its folder
        paths = sorted({str(path) for path in _inputs(app)})
        write_if_changed(Path(app.doctreedir) / INPUTS, json.dumps(paths).encode())


def _inputs(app: Sphinx) -> Iterator[str | Path]:
    modules = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    yield from (file for file in modules if isinstance(file, str) and Path(file).is_absolute())
    yield from _noted.get(app, ())
    for names in app.env.dependencies.values():
        # A path below the folder of doctrees is made by the build itself.
        paths = (Path(app.srcdir, name) for name in names)
        yield from (path for path in paths if not path.is_relative_to(app.doctreedir))
    config = app.config
    for folder in (*config.templates_path, *config.html_static_path, *config.html_extra_path):
        yield Path(app.confdir, folder)
    for file in (config.html_logo, config.html_favicon):
        if file:
            yield Path(app.confdir, file)
    theme = getattr(app.builder, "theme", None)
    if theme is not None:
        yield from theme.get_theme_dirs()
