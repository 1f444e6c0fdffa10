from pathlib import Path

from sphinx_hub.i18n import site_language, site_settings

settings = site_settings(Path(__file__).parent)
project = "Small site"
html_title = "Small site"
copyright = "2026, nobody"
language = site_language(settings)
gettext_compact = False
extensions = ["myst_parser", "sphinx_hub.i18n"]
html_theme = "furo"
