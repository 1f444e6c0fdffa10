"""The plural forms of Sphinx's scripts, without `unsafe-eval`.

``doctools.js`` makes a function of the text ``plural_expr`` in ``translations.js``. A content security policy
does not let that happen, and every translated page would report an error. Here the same function stands in
the page, and is named in the policy by its hash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_hub.i18n import is_website
from sphinx_hub.pages.policy import policy_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_EXPRESSION: Final = re.compile(r'"plural_expr":\s*"([^"\\]*)"')
#: What gettext's expressions are made of; anything else is no expression.
_SAFE: Final = re.compile(r"[n0-9\s()!=<>&|?:%+*-]+")
_SCRIPT: Final = (
    "Documentation.addTranslations = ({{ messages, locale }}) => {{ Object.assign(Documentation.TRANSLATIONS,"
    " messages); Documentation.PLURAL_EXPR = (n) => Number({expression}); Documentation.LOCALE = locale; }};"
)


def add_plurals(app: Sphinx) -> None:
    """On builder-inited: put the function between the two scripts, where pages have a policy."""
    builder = app.builder
    if not is_website(builder) or not isinstance(builder, StandaloneHTMLBuilder):
        return
    # How Sphinx finds the words of its scripts; without any it loads none.
    path = builder._get_translations_js()  # noqa: SLF001 it has no other name
    if path is None or policy_of(app.config) is None:
        return
    found = _EXPRESSION.search(path.read_text("utf-8"))
    expression = found[1] if found and _SAFE.fullmatch(found[1]) else "n != 1"
    # After doctools.js, which comes at 200, and before translations.js at 500.
    app.add_js_file(None, body=_SCRIPT.format(expression=expression), priority=400)
