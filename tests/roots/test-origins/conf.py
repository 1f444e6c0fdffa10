project = "Small Site"
copyright = "2026, the contributors"
version = release = "1"
language = "en"
gettext_compact = False
extensions = ["myst_parser", "sphinx_hub.i18n", "sphinx_hub.pages"]
html_theme = "furo"
html_favicon = "favicon.svg"
html_copy_source = False
latex_engine = "xelatex"
