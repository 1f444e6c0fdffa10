"""Compile the interface's catalogs into the wheel; a source tree holds none, and needs none."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("extensions") / "sphinx_hub"
#: Loaded under both names: the package's own, and Sphinx's for what a theme marks but does not ship.
NAMES = ("sphinx_hub", "sphinx")


class CompileCatalogs(BuildHookInterface[Any]):
    """Adds a .mo for each .po of the interface."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a temporary folder and include the results, except in an editable install."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        for po in sorted((Path(self.root) / PACKAGE / "locale").glob("*/LC_MESSAGES/*.po")):
            locale = po.parent.parent.name
            with po.open("rb") as file:
                catalog = pofile.read_po(file, locale=locale, abort_invalid=True)
            for name in NAMES:
                mo = Path(self._folder.name) / f"{locale}.{name}.mo"
                with mo.open("wb") as file:
                    mofile.write_mo(file, catalog)
                target = f"sphinx_hub/locale/{locale}/LC_MESSAGES/{name}.mo"
                build_data["force_include"][str(mo)] = target
