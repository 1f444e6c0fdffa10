"""A small site with posts in three languages."""

from pathlib import Path

from sphinx_hub.i18n import site_language, site_settings

settings = site_settings(Path(__file__).parent)
project = "Small site"
html_title = "Small site"
author = "The contributors"
copyright = "2026, the contributors"
language = site_language(settings)
gettext_compact = False
extensions = ["myst_parser", "sphinx_hub.i18n", "sphinx_hub.community", "sphinx_hub.posts", "sphinx_hub.pages"]
myst_enable_extensions = ["tasklist"]
html_theme = "furo"
exclude_patterns = ["_data"]
html_copy_source = False
