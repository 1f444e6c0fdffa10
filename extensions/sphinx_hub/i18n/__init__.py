"""How text leaves for the catalogs and comes back.

What the other extensions and conf.py may use is what this module offers by name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sphinx_hub
from sphinx_hub.catalogs.counts import Progress
from sphinx_hub.catalogs.people import CatalogCredits, KnownPerson, Volunteer
from sphinx_hub.i18n.addresses import (
    Hosting,
    is_preview,
    is_website,
    page_uri,
    relative_address,
    whole_address,
)
from sphinx_hub.i18n.availability import Availability, available_languages
from sphinx_hub.i18n.catalogs import (
    DataCatalog,
    catalog_entries,
    catalog_lines,
    compile_for_build,
    data_catalog,
    refuse_untranslated,
)
from sphinx_hub.i18n.credits import (
    follow_volunteers,
    known_people,
    name_list,
    page_credits,
    person_name,
    separator,
    setup_credits,
    volunteers,
    work_of,
)
from sphinx_hub.i18n.dates import DatePart, written_date, written_range
from sphinx_hub.i18n.doctrees import drop_doctree, drop_last_doctree
from sphinx_hub.i18n.extraction import TemplateBuilder, extract
from sphinx_hub.i18n.garbage import collect_as_before, collect_rarely
from sphinx_hub.i18n.glossary import setup_glossary
from sphinx_hub.i18n.glossary_downloads import setup_glossary_downloads
from sphinx_hub.i18n.inputs import note_inputs, write_inputs
from sphinx_hub.i18n.interface import add_interface_catalogs, interface_digest
from sphinx_hub.i18n.languages import (
    current_language,
    hub_settings,
    is_source_language,
    note_settings,
    site_language,
    site_settings,
)
from sphinx_hub.i18n.nodes import add_nodes, disclosure, disclosure_heading, moment, source_change
from sphinx_hub.i18n.page import open_page
from sphinx_hub.i18n.pages import (
    DATA_FILES,
    PageRecord,
    TextDomain,
    find_new_catalogs,
    page_progress,
    page_records,
)
from sphinx_hub.i18n.parser import HubParser
from sphinx_hub.i18n.processes import use_processes
from sphinx_hub.i18n.progress import TranslationProgress
from sphinx_hub.i18n.report import write_report
from sphinx_hub.i18n.ruby import setup_ruby
from sphinx_hub.i18n.shares import catalog_counts, follow_shares, page_shares, recount_shares
from sphinx_hub.i18n.shown import NameTerms, follow_titles
from sphinx_hub.i18n.site_strings import extract_site_strings, translate_site_strings
from sphinx_hub.i18n.sorting import index_key, index_version, name_key
from sphinx_hub.i18n.spacing import UNSPACED, close_gaps, join_lines
from sphinx_hub.i18n.states import OUTDATED, UNTRANSLATED, mark_outdated
from sphinx_hub.i18n.translate import KeepWords, TranslateMessages
from sphinx_hub.i18n.units import message_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

STATIC: Final = Path(__file__).parent / "static"

__all__ = [
    "DATA_FILES",
    "OUTDATED",
    "UNSPACED",
    "UNTRANSLATED",
    "Availability",
    "CatalogCredits",
    "DataCatalog",
    "DatePart",
    "Hosting",
    "KnownPerson",
    "PageRecord",
    "Progress",
    "Volunteer",
    "available_languages",
    "catalog_counts",
    "catalog_entries",
    "catalog_lines",
    "current_language",
    "data_catalog",
    "disclosure",
    "disclosure_heading",
    "extract",
    "follow_volunteers",
    "hub_settings",
    "index_key",
    "index_version",
    "is_preview",
    "is_source_language",
    "is_website",
    "known_people",
    "mark_outdated",
    "message_of",
    "moment",
    "name_key",
    "name_list",
    "note_inputs",
    "page_credits",
    "page_progress",
    "page_records",
    "page_shares",
    "page_uri",
    "person_name",
    "recount_shares",
    "relative_address",
    "separator",
    "setup",
    "site_language",
    "site_settings",
    "source_change",
    "volunteers",
    "whole_address",
    "work_of",
    "written_date",
    "written_range",
]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the catalogs to the build."""
    app.setup_extension("myst_parser")
    add_interface_catalogs(app)
    add_nodes(app)
    setup_glossary(app)
    setup_glossary_downloads(app)
    setup_credits(app)
    setup_ruby(app)
    app.add_domain(TextDomain)
    app.add_role("translation-progress", TranslationProgress())
    app.add_source_parser(HubParser, override=True)
    app.add_builder(TemplateBuilder, override=True)
    app.add_transform(KeepWords)
    app.add_transform(TranslateMessages)
    app.add_post_transform(NameTerms)
    app.add_config_value("hub_digest", interface_digest(app), "env", types=frozenset({str}))
    app.add_config_value("hub_settings", "", "env", types=frozenset({str}))
    app.add_config_value(
        "hub_plain",
        default=False,
        rebuild="",
        types=frozenset({bool}),
        description="Whether to leave out what only saves time; `sphinx-hub build --plain` sets it.",
    )
    app.add_config_value(
        "hub_counts",
        default="",
        rebuild="",
        types=frozenset({str}),
        description="A folder in which the builds of all languages keep what they counted of catalogs; "
        "`sphinx-hub build` sets it. Without one, each build counts by itself.",
    )
    app.add_config_value(
        "hub_processes",
        default=1,
        rebuild="",
        types=frozenset({int}),
        description="In how many processes pages are read and written, where every extension says that it "
        "can be; `sphinx-hub build` sets it where processors are free.",
    )
    app.add_config_value(
        "hub_preview",
        default=False,
        rebuild="",
        types=frozenset({bool}),
        description="Whether a catalog that breaks keeps what it had; `sphinx-hub preview` sets it.",
    )
    app.connect("config-inited", collect_rarely, priority=200)
    app.connect("config-inited", note_settings, priority=300)
    app.connect("config-inited", compile_for_build, priority=300)
    app.connect("config-inited", translate_site_strings, priority=310)
    app.connect("builder-inited", refuse_untranslated, priority=300)
    app.connect("builder-inited", use_processes)
    app.connect("env-get-outdated", find_new_catalogs)
    # After every extension that rewrites sources: what they make is what is read.
    app.connect("source-read", open_page, priority=900)
    app.connect("source-read", drop_doctree)
    app.connect("doctree-read", join_lines)
    app.connect("doctree-read", close_gaps)
    app.connect("builder-inited", add_stylesheet)
    app.connect("env-updated", drop_last_doctree)
    app.connect("env-updated", follow_titles)
    app.connect("env-updated", follow_shares)
    app.connect("env-updated", extract_site_strings)
    app.connect("build-finished", write_report)
    app.connect("build-finished", write_inputs, priority=900)
    app.connect("build-finished", collect_as_before, priority=999)
    return {
        "version": sphinx_hub.__version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_stylesheet(app: Sphinx) -> None:
    """On builder-inited: offer the styles of the marks to builders that have any."""
    if app.builder.format == "html":
        app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]
        app.add_css_file("sphinx_hub/translation.css", priority=700)
