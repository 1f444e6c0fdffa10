"""The navigation tree of Furo: made once for all pages, with labels in the reader's language.

Sphinx resolves the whole tree anew for each page and Furo parses what comes out, which grows with the square
of the pages: 758 of 1,133 seconds at 1,000 pages. Here the theme is shown one tree that holds every page
(:mod:`sphinx_hub.pages.tree`), through the function ``toctree`` that Sphinx gives to templates. The first
page proves that the outcome is the same, byte for byte; where it is not, with a version of Sphinx or Furo
that works differently, each page gets its tree in the old way.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import get_translation
from sphinx.util import logging

from sphinx_hub.pages.tree import BETWEEN, SharedTree, UnknownTreeError, outline, renumbered

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.pages.tree import Outline

_ = get_translation("sphinx_hub")
logger = logging.getLogger(__name__)

#: Where a site has more entries in its tree, a page shows only the branches in which it stands.
MANY: Final = 500
#: Furo writes the label in Python and marks it for no translation (furo#434).
_LABEL: Final = re.compile(r'aria-label="Toggle navigation of (?P<title>[^"]*)"')
#: How Furo asks for the tree.
_FURO_ASKS: Final = {"collapse": False, "titles_only": True, "maxdepth": -1, "includehidden": True}
#: Pages that Sphinx makes, which may stand in a toctree.
_MADE: Final = ("genindex", "py-modindex", "search")
#: The builders that give an address by the folder of a page alone.
_BUILDERS: Final = frozenset({"html", "dirhtml"})


@dataclass(kw_only=True)
class _Navigation:
    """The tree of one build; between two events also what was asked of the page that is being written."""

    shown: str
    """A digest of what the tree is made of."""
    shares: bool
    """Whether pages may be given the shared tree."""
    tree: SharedTree | None = None
    many: bool | None = None
    """Whether the tree has more entries than a page shows; None while nobody has counted."""
    toctree: Callable[..., str] | None = None
    """Sphinx's own function, while the theme is given another."""
    asked: bool = False
    """Whether the theme has asked for the tree of the page."""
    outlined: Outline | None = None
    """What the theme was shown for the shared tree."""


_navigations: WeakKeyDictionary[Builder, _Navigation] = WeakKeyDictionary()


def setup_navigation(app: Sphinx) -> None:
    """Register the settings, and stand before and after Furo, which makes its tree at 500."""
    app.add_config_value(
        "hub_navigation_entries",
        MANY,
        "html",
        types=frozenset({int}),
        description="How many entries the navigation of a page may have. On a site with more, a page shows "
        "the top level and the branches in which it stands.",
    )
    app.connect("env-updated", forget_tree)
    app.connect("html-page-context", offer_tree, priority=400)
    app.connect("html-page-context", place_tree, priority=600)


def forget_tree(app: Sphinx, env: BuildEnvironment) -> None:
    """On env-updated: a process that builds again, as a preview does, may have another tree now."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    navigation, shown = _navigations.get(app.builder), _shown(env)
    if navigation is None or navigation.shown != shown:
        _navigations[app.builder] = _Navigation(shares=_may_share(app), shown=shown)


def _shown(env: BuildEnvironment) -> str:
    """A digest of all that a tree is made of."""
    digest = hashlib.sha256()
    for docname in sorted(env.tocs):
        depth = env.metadata[docname].get("tocdepth")
        digest.update(repr((docname, depth, env.tocs[docname].pformat())).encode())
    return digest.hexdigest()


def offer_tree(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context, before Furo: answer for Sphinx when the theme asks for the tree."""
    if "toctree" not in context or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    navigation = _navigations.get(app.builder)
    if navigation is None:
        return
    toctree: Callable[..., str] = context["toctree"]
    navigation.toctree, navigation.asked = toctree, False

    def answer(**wishes: object) -> str:
        if wishes != _FURO_ASKS:
            return toctree(**wishes)
        navigation.asked = True
        if navigation.tree is not None:
            return ""  # the theme has nothing to do: the tree comes after it
        return _first_answer(app, pagename, navigation, toctree)

    context["toctree"] = answer


def place_tree(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context, after Furo: put the tree of the page in, or the label of each branch.

    A caption is a heading for screen readers; Sphinx leaves out the rank, which ARIA asks for.
    """
    tree = context.get("furo_navigation_tree")
    navigation = _navigations.get(app.builder)
    if navigation is not None and navigation.toctree is not None:
        context["toctree"], navigation.toctree = navigation.toctree, None
    if not isinstance(tree, str):
        return
    if navigation is None or not navigation.asked:
        context["furo_navigation_tree"] = _translated(tree)
    elif navigation.tree is not None:
        context["furo_navigation_tree"] = navigation.tree.of_page(*_place(app, pagename))
    elif BETWEEN in tree:
        context["furo_navigation_tree"] = _learn(app, pagename, navigation, _translated(tree))
    else:
        context["furo_navigation_tree"] = _translated(tree)


def _may_share(app: Sphinx) -> bool:
    """Whether the trees of two pages differ in nothing but addresses and the page that is current."""
    if app.config.hub_plain or app.builder.name not in _BUILDERS:
        return False
    # Sphinx heeds `only` in a different way around the page that is current.
    return not any(next(toc.findall(addnodes.only), None) for toc in app.env.tocs.values())


def _first_answer(app: Sphinx, pagename: str, navigation: _Navigation, toctree: Callable[..., str]) -> str:
    """What the theme gets while there is no shared tree: that of the page, with what is needed for one."""
    if navigation.many and not navigation.shares:
        return toctree(**_FURO_ASKS | {"collapse": True})
    whole = toctree(**_FURO_ASKS)
    navigation.many = whole.count("<li ") > app.config.hub_navigation_entries
    stock = toctree(**_FURO_ASKS | {"collapse": True}) if navigation.many else whole
    # A page that is not in the tree cannot show how the theme marks the page that is.
    if not navigation.shares or ' class="current' not in stock:
        return stock
    try:
        navigation.outlined = outline(whole, _addresses(app, pagename))
    except UnknownTreeError as error:
        _give_up(navigation, error)
        return stock
    return BETWEEN.join((navigation.outlined.nowhere, navigation.outlined.everywhere, stock))


def _learn(app: Sphinx, pagename: str, navigation: _Navigation, trees: str) -> str:
    """Make the shared tree of what the theme made of three trees at once; returns that of the page."""
    nowhere, everywhere, stock = trees.split(BETWEEN)
    # The theme counts its switches through all three.
    stock = renumbered(stock, -(nowhere.count("<input") + everywhere.count("<input")))
    outlined, navigation.outlined = navigation.outlined, None
    assert outlined is not None  # noqa: S101 the three were made from it
    try:
        tree = SharedTree(outlined, nowhere, everywhere, collapse=bool(navigation.many))
        tree.learn_mark(*_place(app, pagename), stock)
        navigation.tree = tree
    except UnknownTreeError as error:
        _give_up(navigation, error)
    return stock


def _give_up(navigation: _Navigation, error: UnknownTreeError) -> None:
    """Say once that each page gets its tree in the old way from now on."""
    navigation.shares = False
    logger.info("note: the navigation is made anew for each page, which is slow: %s", error)


def _place(app: Sphinx, pagename: str) -> tuple[str, str, Callable[[str, str], str]]:
    """Docname and address of a page, and the function that gives addresses as they are from there."""
    return pagename, app.builder.get_target_uri(pagename), app.builder.get_relative_uri


def _addresses(app: Sphinx, pagename: str) -> dict[str, str]:
    """Address from ``pagename`` -> docname, of all that a toctree may lead to."""
    return {app.builder.get_relative_uri(pagename, name): name for name in (*_MADE, *app.env.found_docs)}


def _translated(tree: str) -> str:
    ranked = tree.replace('role="heading"', 'role="heading" aria-level="2"')
    return _LABEL.sub(_translated_label, ranked)


def _translated_label(label: re.Match[str]) -> str:
    # A slip in a catalog must not end the build, as it would with format().
    text = str(_("Toggle navigation of {title}")).replace("{title}", html.unescape(label["title"]))
    return f'aria-label="{html.escape(text)}"'
