"""A small site whose catalogs change. With STOCK in the environment, without this project."""

import os
from pathlib import Path

STOCK = "STOCK" in os.environ

project = "Changing Site"
html_title = "Changing Site"
copyright = "2026, the contributors"
language = "en"
gettext_compact = False
extensions = ["myst_parser"]
if not STOCK:
    extensions += ["sphinx_hub.i18n", "sphinx_hub.pages"]
html_theme = "furo"
html_copy_source = False

if STOCK:
    # Sphinx resolves a relative path against docs/, sphinx-intl against this file.
    locale_dirs = [str(Path(__file__).parent / "locale")]
