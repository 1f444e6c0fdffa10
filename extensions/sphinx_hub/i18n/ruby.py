"""The role ``ruby``: a word with how it is read above it, ``{ruby}`汉字(hànzì)```.

HTML has ruby: https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-ruby-element. Whatever
cannot show it, an old browser or a terminal, shows the reading in brackets behind its word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes
from docutils.utils import unescape
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    _Visit = Callable[[HTML5Translator, nodes.Element], None]

logger = logging.getLogger(__name__)

#: A reading, in brackets of either width, behind what it is of.
_READING: Final = re.compile(r"(?P<base>[^()（）]+)[(（](?P<reading>[^()（）]+)[)）]")
#: Of a reading in Latin letters on a Chinese page, the language is the romanisation of it.
_ROMAN: Final = re.compile(r"[\s0-9A-Za-z\u00c0-\u024f\u0300-\u036f'’·-]+")


class ruby(nodes.inline):  # noqa: N801 docutils' nodes are lower case
    """A word and its reading."""


class ruby_bracket(nodes.inline):  # noqa: N801
    """A bracket for whatever cannot show ruby."""


class ruby_reading(nodes.inline):  # noqa: N801
    """How the word before it is read."""


class Ruby(SphinxRole):
    """Takes words with their readings in brackets, ``汉(hàn)字(zì)``; text behind them stays as it is."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The words with their readings; where there is no reading at all, a warning and the text."""
        text = unescape(self.text)
        if not _READING.search(text):
            logger.warning(
                "ruby: %r has no reading: write it in brackets behind its word, as in 汉字(hànzì)",
                text,
                type="hub",
                subtype="ruby",
                location=self.get_location(),
            )
            return [nodes.Text(text)], []
        return list(_annotated(text, is_chinese=self.config.language.startswith("zh"))), []


def _annotated(text: str, *, is_chinese: bool) -> Iterator[nodes.Node]:
    end = 0
    for found in _READING.finditer(text):
        end = found.end()
        reading = ruby_reading("", found["reading"])
        if is_chinese and _ROMAN.fullmatch(found["reading"]):
            reading["lang"] = "zh-Latn-pinyin"
        yield ruby("", found["base"], ruby_bracket("", "("), reading, ruby_bracket("", ")"))
    if end < len(text):
        yield nodes.Text(text[end:])


def setup_ruby(app: Sphinx) -> None:
    """Register the role, and the elements that HTML has for it; elsewhere it is text with brackets."""
    app.add_role("ruby", Ruby())
    app.add_node(ruby, html=_element("ruby"))
    app.add_node(ruby_bracket, html=_element("rp"))
    app.add_node(ruby_reading, html=_element("rt"))


def _element(tag: str) -> tuple[_Visit, _Visit]:
    def visit(self: HTML5Translator, node: nodes.Element) -> None:
        attributes = {"lang": node["lang"]} if "lang" in node else {}
        self.body.append(self.starttag(node, tag, "", **attributes))

    def depart(self: HTML5Translator, node: nodes.Element) -> None:
        del node
        self.body.append(f"</{tag}>")

    return visit, depart
