"""The community hub: partners, collaborations, achievements, channels and people, from YAML to pages.

The records come from ``docs/_data``. Five directives show them, five roles link to them, and the
domain ``hub`` knows which page is the home of which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sphinx_hub
from sphinx_hub.community import handlers
from sphinx_hub.community.calendar import announce_calendar, fill_calendar_notes, write_calendar
from sphinx_hub.community.directives import DIRECTIVES, VolunteerWall
from sphinx_hub.community.domain import HubDomain, warn_missing
from sphinx_hub.community.export import write_records
from sphinx_hub.community.linkcheck import setup_linkcheck
from sphinx_hub.community.nodes import add_nodes
from sphinx_hub.community.options import OPTIONS, Option
from sphinx_hub.community.people import setup_people

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["DIRECTIVES", "OPTIONS", "HubDomain", "Option", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain, the directives, their nodes, and what happens at each stage of a build."""
    app.setup_extension("sphinx_design")
    app.setup_extension("sphinx_hub.i18n")
    app.add_config_value(
        "hub_data",
        None,
        "env",
        types=frozenset({str, type(None)}),
        description="The folder of the records, relative to the sources; `_data` where it is None.",
    )
    add_nodes(app)
    app.add_domain(HubDomain)
    for directive in DIRECTIVES:
        app.add_directive(directive.directive_name, directive)
    app.add_directive(VolunteerWall.directive_name, VolunteerWall)
    setup_people(app)
    setup_linkcheck(app)
    app.connect("builder-inited", handlers.load_records)
    app.connect("builder-inited", handlers.add_stylesheet)
    app.connect("env-get-outdated", handlers.find_outdated)
    app.connect("env-updated", handlers.finish_reading)
    app.connect("warn-missing-reference", lambda _app, domain, node: warn_missing(domain, node))
    app.connect("doctree-resolved", fill_calendar_notes)
    app.connect("html-page-context", handlers.add_page_data)
    app.connect("html-page-context", announce_calendar)
    app.connect("build-finished", write_records)
    app.connect("build-finished", write_calendar)
    return {
        "version": sphinx_hub.__version__,
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
