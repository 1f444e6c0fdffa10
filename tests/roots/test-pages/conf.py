project = "Small Site"
html_title = "Small Site"
copyright = "2026, the contributors"
language = "en"
gettext_compact = False
extensions = ["myst_parser", "sphinx_hub.i18n", "sphinx_hub.pages"]
html_theme = "furo"
html_favicon = "favicon.svg"
html_copy_source = False
html_last_updated_fmt = "%Y-%m-%d"
html_context = {"license_name": "Apache-2.0", "license_url": "https://www.apache.org/licenses/LICENSE-2.0"}
html_theme_options = {
    "source_repository": "https://github.com/example/small-site",
    "source_branch": "main",
    "source_directory": "docs/",
}
