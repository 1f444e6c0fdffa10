"""Sphinx's own search, in Chinese: the browser splits a query as the index was split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from sphinx_hub.pages.search import ChineseSearch

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("path", "query", "title"),
    [
        ("zh-cn", "自然语言处理", "入门指南"),
        ("zh-cn", "语言模型", "入门指南"),
        ("zh-cn", "入门", "入门指南"),
        ("zh-cn", "台阶", "入门指南"),
        ("zh-tw", "自然語言處理", "入門指南"),
        ("zh-tw", "兩層資料夾", "深處的頁面"),
        ("en", "processing", "First Guide"),
    ],
)
def test_a_word_of_a_page_finds_it(visit: Callable[..., Any], path: str, query: str, title: str) -> None:
    with visit() as reader:
        page = reader.go(f"{path}/search.html?q={quote(query)}")
        page.wait_for_selector("#search-results .search-summary:not(:empty)")
        assert title in page.locator("#search-results ul.search li > a").all_inner_texts()


def test_the_reader_is_told_how_many_pages_there_are(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go(f"zh-tw/search.html?q={quote('語言模型')}")
        page.wait_for_selector("#search-results .search-summary:not(:empty)")
        assert page.inner_text("#search-results .search-summary") == "搜尋完成，共有 1 個頁面符合條件。"


def test_what_is_nowhere_is_not_found(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go(f"zh-cn/search.html?q={quote('量子力学')}")
        page.wait_for_selector("#search-results .search-summary:not(:empty)")
        assert page.locator("#search-results ul.search li").count() == 0


@pytest.mark.parametrize(
    "text",
    ["语言模型", "微调Transformer模型", "from_pretrained，4 位", "模", "數據·集，ＡＩ", "𠮷野家", "—— 。"],
)
def test_the_browser_splits_as_the_index_does(visit: Callable[..., Any], text: str) -> None:
    with visit() as reader:
        page = reader.go("zh-cn/search.html")
        words = page.evaluate("text => splitQuery(text)", text)
        indexed = ChineseSearch({}).split(text)
        assert set(words) <= set(indexed)
        # The index holds the single characters too, for queries of one character.
        assert {word for word in indexed if len(word) > 1} <= set(words)
