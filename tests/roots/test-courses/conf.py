from pathlib import Path

from sphinx_hub.i18n import site_language, site_settings

settings = site_settings(Path(__file__).parent)
project = "Small Site"
copyright = "2026, the contributors"
version = release = "1"
gettext_compact = False
language = site_language(settings)
extensions = ["myst_parser", "sphinx_hub.i18n", "sphinx_hub.community", "sphinx_hub.posts", "sphinx_hub.pages"]
exclude_patterns = ["_data"]
html_theme = "furo"
latex_engine = "xelatex"
