"""How text leaves for the catalogs and comes back.

What the other extensions and conf.py may use is what this module offers by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sphinx_hub
from sphinx_hub.i18n.catalogs import (
    DataCatalog,
    compile_for_build,
    data_catalog,
    note_page_catalog,
    refuse_untranslated,
)
from sphinx_hub.i18n.extraction import extract
from sphinx_hub.i18n.glossary import setup_glossary
from sphinx_hub.i18n.interface import add_interface_catalogs, package_digest
from sphinx_hub.i18n.languages import (
    current_language,
    hub_settings,
    is_source_language,
    note_settings,
    site_language,
    site_settings,
)
from sphinx_hub.i18n.metadata import clean_meta
from sphinx_hub.i18n.report import write_report
from sphinx_hub.i18n.site_strings import extract_site_strings, translate_site_strings
from sphinx_hub.i18n.spacing import close_gaps

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = [
    "DataCatalog",
    "current_language",
    "data_catalog",
    "extract",
    "hub_settings",
    "is_source_language",
    "setup",
    "site_language",
    "site_settings",
]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the catalogs to the build."""
    add_interface_catalogs(app)
    setup_glossary(app)
    app.add_config_value("hub_digest", package_digest(), "env", types=frozenset({str}))
    app.add_config_value("hub_settings", "", "env", types=frozenset({str}))
    app.connect("config-inited", note_settings, priority=300)
    app.connect("config-inited", compile_for_build, priority=300)
    app.connect("config-inited", translate_site_strings, priority=310)
    app.connect("builder-inited", refuse_untranslated, priority=300)
    app.connect("source-read", note_page_catalog)
    app.connect("doctree-read", clean_meta)
    app.connect("doctree-read", close_gaps)
    app.connect("env-updated", extract_site_strings)
    app.connect("build-finished", write_report)
    return {
        "version": sphinx_hub.__version__,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
