"""What happens at each stage of a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

from sphinx_hub.community.domain import hub_domain
from sphinx_hub.community.export import publishes
from sphinx_hub.community.jsonld import page_data, script_of
from sphinx_hub.community.site import load_site
from sphinx_hub.i18n import extract
from sphinx_hub.problems import display_path
from sphinx_hub.records import KINDS

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

STATIC: Final = Path(__file__).parent / "static"
STYLESHEET: Final = "sphinx_hub/community.css"


def load_records(app: Sphinx) -> None:
    """On builder-inited: load the records, and say once a build what is wrong with them.

    Processes that read or write in parallel start later, and inherit what was loaded.
    """
    site = load_site(app)
    hub_domain(app.env).site = site
    for problem in site.problems:
        logger.warning(
            "%s %s",
            problem.code,
            problem.message,
            type="hub",
            subtype="record",
            location=f"{display_path(problem.path)}:{problem.line}",
        )


def add_stylesheet(app: Sphinx) -> None:
    """On builder-inited: offer the stylesheet to builders that have any."""
    if app.builder.format == "html":
        app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]
        app.add_css_file(STYLESHEET)


def find_outdated(app: Sphinx, env: BuildEnvironment, *_found: object) -> set[str]:
    """On env-get-outdated: the pages that show a status which is another one today."""
    del app
    return hub_domain(env).outdated()


def finish_reading(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: extract the texts of the records; the pages that link to a record that moved."""
    domain = hub_domain(env)
    for plural in KINDS:
        extract(app, f"_data/{plural}", domain.site.hub.texts(plural))
    return domain.settle()


def add_page_data(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """On html-page-context: describe the records that have their home on the page."""
    del templatename
    if doctree is None or not publishes(app.builder):
        return
    domain = hub_domain(app.env)
    base = app.config.html_baseurl
    page = f"{base.rstrip('/')}/{app.builder.get_target_uri(pagename)}" if base else None
    data = page_data(domain.site, domain.records_at(pagename), page, app.config.project)
    if data is not None:
        context["metatags"] = f"{context.get('metatags', '')}\n{script_of(data)}"
