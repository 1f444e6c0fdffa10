"""The navigation tree of Furo: labels that are English in every language, headings without a rank."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

from sphinx.locale import get_translation

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_ = get_translation("sphinx_hub")

#: Furo writes the label in Python and marks it for no translation (furo#434).
_LABEL: Final = re.compile(r'aria-label="Toggle navigation of (?P<title>[^"]*)"')


def translate_tree(
    _app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """On html-page-context, after Furo: put the label of each branch into the reader's language.

    A caption is a heading for screen readers; Sphinx leaves out the rank, which ARIA asks for.
    """
    tree = context.get("furo_navigation_tree")
    if isinstance(tree, str):
        ranked = tree.replace('role="heading"', 'role="heading" aria-level="2"')
        context["furo_navigation_tree"] = _LABEL.sub(_translated, ranked)


def _translated(label: re.Match[str]) -> str:
    # A slip in a catalog must not end the build, as it would with format().
    text = str(_("Toggle navigation of {title}")).replace("{title}", html.unescape(label["title"]))
    return f'aria-label="{html.escape(text)}"'
