"""What stands where pages and sections were: pages that lead to where they are now, in the same language.

A script keeps the fragment and the query, and knows where single sections went. Without it, a page leads on
by itself, and has a link. Nothing is made in a language that lacks the page to which it would lead: there,
``404.html`` names the other languages.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from sphinx.locale import get_translation
from sphinx.util import logging

from sphinx_hub import records
from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.i18n import current_language, hub_settings, page_uri, whole_address
from sphinx_hub.pages.policy import policy_of, with_policy
from sphinx_hub.pages.search_index import makes_index
from sphinx_hub.problems import display_path

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_hub.records import Redirects

_ = get_translation("sphinx_hub")
logger = logging.getLogger(__name__)

SCRIPT: Final = "sphinx_hub/moved.js"
#: In the doctree folder: the files that were made, for the next build.
MADE: Final = "hub-redirects.json"

_PAGE: Final = """<!doctype html>
<html lang="{language.tag}" dir="{language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<meta name="robots" content="noindex">
{canonical}<script src="{script}" data-to="{address}" data-anchors="{anchors}"></script>
<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>
</head>
<body>
<p>{moved} <a href="{address}">{name}</a></p>
</body>
</html>
"""

_loaded: WeakKeyDictionary[Config, Redirects] = WeakKeyDictionary()


def load_redirects(app: Sphinx, config: Config) -> None:
    """On config-inited: read the redirects, and say what is wrong with them.

    They become a value of the configuration, so that every page follows a change.
    """
    settings = hub_settings(app)
    redirects, problems = records.load_redirects(settings.data_path, settings.source_path)
    for problem in problems:
        logger.warning(
            "%s %s",
            problem.code,
            problem.message,
            type="hub",
            subtype="redirects",
            location=f"{display_path(problem.path)}:{problem.line}",
        )
    _loaded[config] = redirects
    config.hub_redirects = repr(sorted(redirects.moved.items()))


def add_moved_sections(
    app: Sphinx, pagename: str, _templatename: str, _context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context: tell a page that is still there where its former sections are."""
    entry = _loaded[app.config].moved.get(pagename)
    if entry is not None and pagename in app.env.found_docs and makes_index(app):
        attributes: dict[str, Any] = {"data-anchors": json.dumps(_anchors(app, pagename))}
        app.add_js_file(SCRIPT, loading_method="defer", **attributes)


def write_redirects(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: write a page where each page was that has moved, and remove those of before."""
    if exception is not None or not makes_index(app):
        return
    made: dict[str, bytes] = {}
    redirects = _loaded[app.config]
    for page in sorted(redirects.moved):
        target, anchor = redirects.destination(page)
        if page not in app.env.found_docs and target in app.env.found_docs:
            file = Path(app.builder.get_output_path(page))  # type: ignore[attr-defined]
            made[file.relative_to(app.outdir).as_posix()] = _page(app, page, target, anchor).encode()
    note = Path(app.doctreedir) / MADE
    for name in set(_made_before(note)) - set(made):
        if not any(Path(app.outdir, name) == _file(app, docname) for docname in app.env.found_docs):
            Path(app.outdir, name).unlink(missing_ok=True)
    for name, content in made.items():
        write_if_changed(Path(app.outdir, name), content)
    write_if_changed(note, json.dumps(sorted(made)).encode())


def _file(app: Sphinx, docname: str) -> Path:
    return Path(app.builder.get_output_path(docname))  # type: ignore[attr-defined]


def _made_before(note: Path) -> list[str]:
    try:
        made: list[str] = json.loads(note.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return made


def _anchors(app: Sphinx, page: str) -> dict[str, str]:
    """Anchor of ``page`` -> relative address of where that section is now, if this language has it."""
    found = {}
    for anchor, place in _loaded[app.config].anchors_of(page).items():
        target, _sign, there = place.partition("#")
        if target in app.env.found_docs:
            found[anchor] = _address(app, page, target, there)
    return found


def _address(app: Sphinx, page: str, target: str, anchor: str) -> str:
    uri = app.builder.get_relative_uri(page, target) or Path(page_uri(app, target)).name or "./"
    return f"{uri}#{anchor}" if anchor else uri


def _page(app: Sphinx, page: str, target: str, anchor: str) -> str:
    language = current_language(app)
    whole = whole_address(app, language, page_uri(app, target))
    content = _PAGE.format(
        language=language,
        title=_("This page has moved"),
        moved=_("This page has moved:"),
        name=escape(app.env.titles[target].astext()),
        canonical=f'<link rel="canonical" href="{escape(whole)}">\n' if whole else "",
        script=f"{'../' * page_uri(app, page).count('/')}_static/{SCRIPT}",
        address=escape(_address(app, page, target, anchor)),
        anchors=escape(json.dumps(_anchors(app, page), ensure_ascii=False)),
    )
    policy = policy_of(app.config)
    return content if policy is None else with_policy(policy, content)
