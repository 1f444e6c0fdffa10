"""Sphinx's own search, mended for Chinese: the same splitter in the index and in the browser."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sphinx.locale import get_translator
from sphinx.search.en import SearchEnglish

from sphinx_hub.patterns import lazy

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

#: The Han blocks that Python's re and a browser name alike: the zero, the extensions A to J, the
#: compatibility ideographs.
HAN: Final = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN: Final = lazy(rf"[{HAN}]+|[^\W{HAN}]+")
_STARTS_HAN: Final = lazy(f"[{HAN}]")
_JS_HAN: Final = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}"

#: Sphinx 9.0 and 9.1 end the stemmer's code with ``window.Stemmer = ChineseStemmer``, a name that
#: nothing defines (sphinx#14229). A function is hoisted, so this one is there in time; where Sphinx
#: names the English stemmer itself, it is not called.
_JS_STEMMER: Final = """
function ChineseStemmer() {
  return new EnglishStemmer();
}
"""

_JS_SPLITTER: Final = (
    """
/* Words; of a run of Han characters each pair, or the one character. The same in the index. */
function splitQuery(query) {
  const words = [];
  for (const run of query.match(/[HAN]+|(?:(?![HAN])[\\p{Letter}\\p{Number}_])+/gu) || []) {
    const characters = [...run];
    if (characters.length < 2 || !/^[HAN]/u.test(run)) words.push(run);
    else for (let i = 1; i < characters.length; i++) words.push(characters[i - 1] + characters[i]);
  }
  return words;
}
"""
).replace("HAN", _JS_HAN)


def han_pairs(run: str) -> list[str]:
    """The overlapping pairs of a run of Han characters: 语言模型 gives 语言, 言模, 模型."""
    return [first + second for first, second in pairwise(run)]


class ChineseSearch(SearchEnglish):
    """Splits Chinese into pairs of characters, in the index and in the query alike.

    Sphinx's own class splits the index by jieba (and indexes no Chinese without it) while the browser
    takes a whole run of Han characters for one word, so that most queries find nothing. All words of
    a query must be on a page: pairs find any stretch of text, and need neither jieba nor a dictionary.
    """

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = _JS_STEMMER + _JS_SPLITTER

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        # Each word of each page is asked about, and most stand on many pages.
        self.word_filter = cache(super().word_filter)  # type: ignore[method-assign]

    def split(self, input: str) -> list[str]:  # noqa: A002 Sphinx's name for it
        """The words of a text: Latin words, single Han characters, and pairs of them."""
        words: list[str] = []
        for run in _RUN.findall(input):
            words += [*run, *han_pairs(run)] if _STARTS_HAN.match(run) else [run]
        return words


def complete_search_strings(
    app: Sphinx, pagename: str, _templatename: str, _context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context of the search page: say how many pages were found.

    Sphinx's catalog for the browser has this sentence empty in zh_TW, and the reader sees nothing.
    """
    if pagename != "search" or app.builder.name == "epub" or not (app.config.language or "").startswith("zh"):
        return
    found = get_translator("sphinx_hub").ngettext(
        "Search finished, found one page matching the search query.",
        "Search finished, found ${resultCount} pages matching the search query.",
        2,
    )
    key = "Search finished, found one page matching the search query."
    catalog = {"messages": {key: [found]}, "plural_expr": "0", "locale": app.config.language}
    # After translations.js, which comes at the default of 500 and would overwrite it.
    app.add_js_file(None, body=f"Documentation.addTranslations({json.dumps(catalog)});", priority=600)
