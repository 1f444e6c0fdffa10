"""A page for each kind of text. With STOCK in the environment, the site as it is without this project."""

import os
from pathlib import Path

STOCK = "STOCK" in os.environ

project = "Text Site"
html_title = "Text of Every Kind"
copyright = "2026, the contributors"
language = "en"
gettext_compact = False
gettext_additional_targets = ["index", "literal-block", "raw"]
extensions = ["myst_parser", "sphinx_design"]
if not STOCK:
    extensions += ["sphinx_hub.i18n", "sphinx_hub.pages"]
myst_enable_extensions = ["colon_fence", "deflist", "strikethrough", "substitution", "tasklist"]
myst_heading_anchors = 3
myst_substitutions = {
    "place": "The place where people *meet*.",
}
myst_html_meta = {
    "keywords": "text, language, translation",
}
suppress_warnings = ["myst.strikethrough"]
translation_progress_classes = True
html_theme = "furo"
html_copy_source = False
html_theme_options = {
    "announcement": 'Read <a href="https://example.org/news">the news</a> of this year.',
}

if STOCK:
    # Sphinx resolves a relative path against docs/, sphinx-intl against this file.
    locale_dirs = [str(Path(__file__).parent / "locale")]
    if "CONF_META" not in os.environ:
        myst_html_meta = {}
if "IMAGES" in os.environ:
    gettext_additional_targets += ["image"]
