"""The site's Sphinx configuration. Languages and folders stand in pyproject.toml, in [tool.sphinx-hub]."""

import os
from pathlib import Path

from sphinx_hub.i18n import site_language, site_settings

settings = site_settings(Path(__file__).parent)

project = "Chinese AI Community Hub"
html_title = "Chinese AI Community Hub"
author = "The sphinx-hub contributors"
copyright = "2026, the sphinx-hub contributors"  # noqa: A001 Sphinx's name for it

language = site_language(settings)
gettext_compact = False
locale_dirs = [settings.catalogs]  # for sphinx-intl; the extension reads the catalogs by itself

extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_hub.i18n",
    "sphinx_hub.community",
    "sphinx_hub.posts",
    "sphinx_hub.pages",
    "sphinx_hub.reference",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_data/**", "_static/**"]
myst_enable_extensions = [
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "fieldlist",
    "substitution",
]

# These answer programs with an error, or with one page for every address; linkcheck asks them nothing.
linkcheck_ignore = [
    rf"https://([a-z0-9-]+\.)*{host}(/|$)"
    for host in (r"bilibili\.com", r"csdn\.net", r"weixin\.qq\.com", r"zhihu\.com")
]
linkcheck_anchors_ignore_for_url = [r"https://github\.com/"]  # scripts make those anchors
linkcheck_retries = 3
linkcheck_timeout = 20
linkcheck_rate_limit_timeout = 300
linkcheck_workers = 8

html_theme = "furo"
html_static_path = [str(settings.source_path / "_static")]
html_favicon = "docs/_static/favicon.svg"
html_logo = "docs/_static/logo.svg"
html_permalinks_icon = "#"
html_use_index = False
html_context = {
    "license_name": "Apache-2.0",
    "license_url": "https://www.apache.org/licenses/LICENSE-2.0",
}
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_copy_source = False
