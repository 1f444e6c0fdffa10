"""The directive ``translation-status``: every language and every page, with what is left to do.

What it shows is put in when its page is written, since it goes by the counts of all pages; and its page is
written anew whenever one of them changes, also where it was not read again.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sphinx.domains import Domain
from sphinx.locale import get_translation, get_translator
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sphinx_hub.catalogs.baseline import UnknownRevisionError
from sphinx_hub.i18n import is_website, page_shares
from sphinx_hub.pages.status_data import build_baseline, build_statuses, sections
from sphinx_hub.pages.templating import TEMPLATES
from sphinx_hub.problems import display_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import OptionSpec

    from sphinx_hub.catalogs.baseline import Baseline
    from sphinx_hub.pages.status_data import Row, Section

logger = logging.getLogger(__name__)

_ = get_translation("sphinx_hub")

_TEMPLATE: Final = "partials/translation-status.html"


class translation_status(nodes.General, nodes.Element):  # noqa: N801 docutils' nodes are lower case
    """The place of the tables."""


class TranslationStatus(SphinxDirective):
    """Marks the place, and says since when changes are shown."""

    option_spec: ClassVar[OptionSpec] = {"since": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """The mark."""
        since, docname = self.options.get("since", ""), self.env.docname
        status_domain(self.env).pages[docname] = since
        return [translation_status(since=since, docname=docname)]


class StatusDomain(Domain):
    """Remembers which pages have the directive, and what they showed."""

    name = "hubstatus"
    label = "State of the translations"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}, "shown": ""}

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.former: dict[str, Baseline | None] = {}
        """What this build found of the former counts, by the option `since`; git is asked once."""

    @property
    def pages(self) -> dict[str, str]:
        """The pages that have the directive, and since when each shows changes; empty for none."""
        pages: dict[str, str] = self.data["pages"]
        return pages

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is gone or is read anew."""
        self.pages.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of ``docnames``."""
        pages: dict[str, str] = otherdata["pages"]
        self.pages.update({name: since for name, since in pages.items() if name in docnames})

    def resolve_any_xref(self, *_arguments: object) -> list[tuple[str, nodes.reference]]:
        """Nothing: the domain has no objects. MyST warns of a domain that does not say so."""
        return []


def status_domain(env: BuildEnvironment) -> StatusDomain:
    """The domain of the status pages in ``env``."""
    domain = env.get_domain(StatusDomain.name)
    if not isinstance(domain, StatusDomain):
        raise TypeError(f"the domain {StatusDomain.name!r} is {type(domain).__name__}")
    return domain


def follow_status(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated, after the counts of pages: the pages that show a count which was another one before."""
    domain = status_domain(env)
    if app.builder.name == "gettext" or not domain.pages:
        return set()
    statuses, problems = build_statuses(app)
    for problem in problems:
        logger.warning(
            "%s %s",
            problem.code,
            problem.message,
            type="hub",
            subtype="status",
            location=f"{display_path(problem.path)}:{problem.line}",
        )
    shares = [(name, sorted(page_shares(env, name).items())) for name in sorted(env.found_docs)]
    # Where the project stands makes no difference.
    catalogs = [
        (
            status.language,
            [(each.domain, each.progress, each.has_file, each.views) for each in status.catalogs],
        )
        for status in statuses
    ]
    former = [_baseline(app, since, name) for name, since in sorted(domain.pages.items())]
    shown = hashlib.sha256(repr((shares, catalogs, former)).encode()).hexdigest()
    before, domain.data["shown"] = domain.data["shown"], shown
    return set() if before in {"", shown} else set(domain.pages)


def show_status(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On doctree-resolved: put the tables in their place."""
    for place in list(doctree.findall(translation_status)):
        # Some builders put all pages into one: then `docname` is that of the one.
        baseline = _baseline(app, place["since"], place["docname"])
        found = sections(app, docname, baseline)
        if app.builder.format == "html":
            place.replace_self(nodes.raw("", status_html(found, baseline), format="html"))
        else:
            place.replace_self([node for section in found for node in _plain(section)])


def add_status_style(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context of a page with the directive: its styles, and where its feeds are."""
    if pagename not in status_domain(app.env).pages or not is_website(app.builder):
        return
    app.add_css_file("sphinx_hub/status.css", priority=700)
    links = [
        _environment().get_template("partials/feed-link.html").render(section=section)
        for section in sections(app, pagename, None)
        if section.feed
    ]
    context["metatags"] = "\n".join([context.get("metatags", ""), *links])


def status_html(found: Iterable[Section], baseline: Baseline | None) -> str:
    """The tables as HTML, in the language that is being built."""
    since = baseline.asked if baseline else ""
    return _environment().get_template(_TEMPLATE).render(sections=list(found), since=since)


def _baseline(app: Sphinx, since: str, docname: str) -> Baseline | None:
    """The former counts that a page compares with, or a warning of it where there are none such."""
    known = status_domain(app.env).former
    if since not in known:
        try:
            known[since] = build_baseline(app, since)
        except UnknownRevisionError as error:
            known[since] = None
            logger.warning("translation-status: %s", error, type="hub", subtype="status", location=docname)
    return known[since]


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translator = get_translator("sphinx_hub")
    environment.install_gettext_callables(translator.gettext, translator.ngettext)  # type: ignore[attr-defined]
    return environment


def _plain(section: Section) -> list[nodes.Node]:
    """One language for a builder without styles: a heading, and a table of every page."""
    language = section.status.language
    heading = nodes.paragraph(
        "",
        "",
        nodes.strong("", "", nodes.inline("", language.name, classes=[f"language-{language.tag}"])),
        nodes.Text(f" {section.status.percent}%"),
    )
    columns = (_("Page"), _("Up to date"), _("Current"), _("Outdated"), _("Untranslated"))
    group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in (40, 15, 15, 15, 15)), cols=5)
    group += nodes.thead("", nodes.row("", *(_cell(str(column)) for column in columns)))
    group += nodes.tbody("", *map(_plain_row, (*section.to_do, *section.complete)))
    return [heading, nodes.table("", group)]


def _plain_row(row: Row) -> nodes.row:
    count = row.catalog.progress
    numbers = (f"{count.percent}%", str(count.current), str(count.outdated), str(count.untranslated))
    return nodes.row("", _cell(row.page.name), *map(_cell, numbers))


def _cell(text: str) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", text))


def _skip(self: object, node: nodes.Element) -> None:
    del self, node
    raise nodes.SkipNode


def setup_status(app: Sphinx) -> None:
    """Register the directive, and what keeps its pages up to date."""
    app.add_domain(StatusDomain)
    skipped: dict[str, Any] = dict.fromkeys(("html", "latex", "text", "man", "texinfo"), (_skip, None))
    app.add_node(translation_status, **skipped)
    app.add_directive("translation-status", TranslationStatus)
    # After i18n, which counts the pages on the same event.
    app.connect("env-updated", follow_status, priority=600)
    app.connect("doctree-resolved", show_status)
    app.connect("html-page-context", add_status_style)
