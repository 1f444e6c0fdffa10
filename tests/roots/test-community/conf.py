from pathlib import Path

from sphinx_hub.i18n import site_language, site_settings

settings = site_settings(Path(__file__).parent)
project = "Small hub"
copyright = "the contributors"
version = release = "1"
gettext_compact = False
language = site_language(settings)
extensions = ["myst_parser", "sphinx_hub.i18n", "sphinx_hub.community"]
html_theme = "furo"
html_baseurl = "https://hub.example.org/en/"
exclude_patterns = ["_data"]
myst_enable_extensions = ["colon_fence"]
show_warning_types = True
man_pages = [("index", "hub", "Small hub", [], 7)]
