from pathlib import Path

from sphinx_hub.i18n import site_language, site_settings

settings = site_settings(Path(__file__).parent)
project = "Small blog"
copyright = "the contributors"
version = release = "1"
gettext_compact = False
language = site_language(settings)
extensions = [
    "myst_parser",
    "sphinx_hub.i18n",
    "sphinx_hub.community",
    "sphinx_hub.pages",
    "sphinx_hub.posts",
]
html_theme = "furo"
html_baseurl = "https://blog.example.org/en/"
exclude_patterns = ["_data"]
myst_enable_extensions = ["colon_fence"]
show_warning_types = True
latex_engine = "xelatex"
