project = "Reference"
extensions = ["myst_parser", "sphinx_hub.reference"]
source_suffix = {".md": "markdown"}
gettext_compact = False
html_theme = "basic"


def setup(app):
    app.add_config_value("hub_sample", "quiet", "html", description="How loud the sample is: `quiet` or `loud`.")
