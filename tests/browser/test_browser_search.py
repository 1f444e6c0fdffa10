"""The search: its dialog as a reader uses it, its page, and Sphinx's own search behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from sphinx_hub.pages.search import ChineseSearch
from sphinx_hub.pages.search_packs import file_of
from sphinx_hub.pages.search_words import covering, split
from tests.browser.conftest import visits
from tests.browser.serving import served
from tests.tables.make import STROKES, by_strokes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

TITLES = ".hub-search-title"
DONE = ".hub-search-onwards"


def results_of(page: Page) -> list[str]:
    """The titles of what is found, once it is."""
    page.wait_for_selector(DONE, state="attached")
    return page.locator(TITLES).all_inner_texts()


@pytest.mark.parametrize(
    ("path", "query", "title"),
    [
        ("zh-cn", "自然语言处理", "入门指南"),
        ("zh-cn", "語言模型", "入门指南"),
        ("zh-cn", "入门", "入门指南"),
        ("zh-cn", "台阶", "入门指南"),
        ("zh-tw", "自然语言处理", "入門指南"),
        ("zh-tw", "兩層資料夾", "深處的頁面"),
        ("zh-tw", "如何處理自然語言", "入門指南"),
        ("en", "processing", "First Guide"),
        ("en", "“natural language”", "First Guide"),
        ("en", "proces", "First Guide"),
    ],
)
def test_a_word_of_a_page_finds_it(visit: Callable[..., Any], path: str, query: str, title: str) -> None:
    with visit() as reader:
        page = reader.go(f"{path}/search.html?q={quote(query)}")
        assert title in results_of(page)


def test_a_word_not_written_to_its_end_finds_pages_while_it_is_typed(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("en/index.html")
        page.locator("input.sidebar-search").press_sequentially("proc")
        page.wait_for_selector(f"dialog[open] {TITLES}")
        assert page.locator(TITLES).first.inner_text() == "First Guide"
        assert page.locator("dialog mark").first.inner_text() == "processing"
        assert page.input_value("dialog input") == "proc"


def test_the_number_is_announced_and_the_address_can_be_kept(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("zh-tw/search.html")
        page.wait_for_selector("[role=status]")
        page.locator("main input[type=search], #hub-search input[type=search]").first.fill("語言模型")
        page.wait_for_selector(TITLES)
        assert page.inner_text("#hub-search [role=status]") == "找到 1 個頁面"
        assert reader.path == f"zh-tw/search.html?q={quote('語言模型')}"
        assert page.locator(".hub-search-index").is_hidden()


def test_what_is_nowhere_leads_to_the_other_languages(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go(f"zh-cn/search.html?q={quote('鯨魚')}")
        assert results_of(page) == []
        page.locator(f"{DONE} a[hreflang=en]").click()
        page.wait_for_selector(DONE, state="attached")
        assert reader.path == f"en/search.html?q={quote('鯨魚')}"


def test_the_keyboard_opens_walks_and_closes(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("zh-cn/guide/deep/page.html")
        page.keyboard.press("/")
        page.wait_for_selector("dialog[open] .hub-search-results", state="attached")
        page.keyboard.insert_text("第二")
        page.wait_for_selector(f"dialog {TITLES}")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.className") == "hub-search-section"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.type") == "search"
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog:not([open])", state="attached")
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open]")
        for _press in range(12):  # the focus stays within the dialog, or is on the browser itself
            page.keyboard.press("Tab")
            assert page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )


def test_a_result_leads_to_its_section_and_is_remembered(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("en/index.html")
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open] .hub-search-results", state="attached")
        page.keyboard.insert_text("step")
        page.locator("dialog .hub-search-section").first.click()
        page.wait_for_url("**/guide/first.html#first-second")
        page.keyboard.press("Control+k")
        page.locator("dialog .hub-search-recent button").click()
        page.wait_for_selector(f"dialog {TITLES}")
        assert page.input_value("dialog input") == "step"
        page.locator("dialog input").fill("")
        page.locator("dialog .hub-search-results > .hub-search-more").click()
        assert page.evaluate("localStorage.getItem('hub-search-recent')") is None


def test_nothing_is_searched_while_an_input_method_composes(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("zh-cn/index.html")
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open] .hub-search-results", state="attached")
        method = page.context.new_cdp_session(page)
        method.send("Input.imeSetComposition", {"text": "yuyan", "selectionStart": 5, "selectionEnd": 5})
        page.wait_for_timeout(200)
        assert page.locator(DONE).count() == 0
        page.keyboard.press("Enter")
        assert page.locator("dialog[open]").count() == 1
        method.send("Input.insertText", {"text": "语言"})
        page.wait_for_selector(f"dialog {TITLES}")
        assert page.input_value("dialog input") == "语言"


def test_nothing_is_loaded_before_it_is_asked_for(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        asked: list[str] = []
        reader.page.on("request", lambda request: asked.append(request.url))
        page = reader.go("zh-cn/index.html")
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "hub-search" in url or "/search/" in url or "searchindex" in url]


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)


def test_a_strict_policy_lets_the_search_work(visit: Callable[..., Any]) -> None:
    def answer(route: Route) -> None:
        response = route.fetch()
        headers = {**response.headers, "content-security-policy": POLICY}
        route.fulfill(response=response, headers=headers)

    with visit() as reader:
        reader.page.route("**/*", answer)
        page = reader.go("zh-cn/guide/first.html")
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open] .hub-search-results", state="attached")
        page.keyboard.insert_text("语言")
        page.wait_for_selector(f"dialog {TITLES}")
        reader.go("zh-cn/search.html?q=x")
        page.wait_for_selector(DONE, state="attached")
        # Furo has a script and styles within its pages, and evaluates a string; none of ours is stopped.
        assert [fault for fault in reader.faults if "inline" not in fault and "-eval'" not in fault] == []
        reader.faults.clear()


def test_a_site_below_any_path_searches(browser: Browser, site: Path) -> None:
    with served(site.parent) as address, visits(browser, f"{address}{site.name}/")() as reader:
        page = reader.go("zh-cn/guide/deep/page.html")
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open] .hub-search-results", state="attached")
        page.keyboard.insert_text("第二")
        page.locator("dialog .hub-search-section").first.click()
        page.wait_for_url(f"{reader.address}zh-cn/guide/first.html#first-second")


def test_an_index_that_was_made_anew_is_opened_anew(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        gone: list[str] = []

        def answer(route: Route) -> None:
            if gone:
                route.continue_()
            else:
                gone.append(route.request.url)
                route.fulfill(status=404)

        reader.page.route("**/words/*.pack", answer)
        page = reader.go(f"zh-cn/search.html?q={quote('语言')}")
        assert "入门指南" in results_of(page)
        assert gone
        assert all("404" in fault for fault in reader.faults)
        reader.faults.clear()


def test_without_scripts_the_page_lists_all_pages(visit: Callable[..., Any]) -> None:
    with visit(java_script_enabled=False) as reader:
        page = reader.go("zh-cn/search.html?q=x")
        page.locator(".hub-search-index a", has_text="入门指南").click()
        assert reader.path == "zh-cn/guide/first.html"


def test_where_the_index_cannot_be_loaded_sphinx_searches(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        reader.page.route("**/hub-search/**", lambda route: route.abort())
        page = reader.go(f"zh-cn/search.html?q={quote('自然语言处理')}")
        page.wait_for_selector("#search-results ul.search li > a")
        assert "入门指南" in page.locator("#search-results ul.search li > a").all_inner_texts()
        assert reader.faults
        assert all(
            "hub-search" in fault or "ERR_FAILED" in fault or "Failed" in fault for fault in reader.faults
        )
        reader.faults.clear()


TEXTS = [
    "语言模型",
    "微调Transformer模型",
    "from_pretrained，4 位",
    "模",
    "數據·集，ＡＩ",
    "𠮷野家",
    "—— 。",
    "Straße",
    "好，世界。one. Two",
    "torch.nn.Linear",
]


def test_the_dialog_splits_and_asks_as_its_index_does(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("zh-cn/index.html")
        found = page.evaluate(
            """async (texts) => {
              const words = await import("../zh-cn/_static/sphinx_hub/search/words.js");
              const forms = new Map([["數", "数"], ["據", "据"]]);
              return texts.map((text) => {
                const found = words.split(text, forms);
                const asked = found.length ? words.covering(found) : [];
                return [
                  found.map(({ form, place }) => [form, place]),
                  asked.map(({ entry, offset }) => [entry, offset, words.fileOf(entry, 256)]),
                ];
              });
            }""",
            TEXTS,
        )
        for text, (words, asked) in zip(TEXTS, found, strict=True):
            expected = split(text)
            assert words == [[word.form, word.place] for word in expected]
            assert asked == [[entry, place, file_of(entry, 256)] for entry, place in covering(expected)]


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("微调Transformer", ["微 调 | fine tuning", "transformer"]),
        ("微调 模型", ["微 调 | fine tuning", "模 型"]),
        ('"微调 模型"', ["微 调 模 型"]),
        ("from_pretrained", ["from pretrained"]),
        ("what is fine tuning", ["what", "is", "fine tuning | 微 调", "?", "fine tuning | 微 调"]),
        ("如何微调？", ["如 何 微 调", "?", "微 调 | fine tuning"]),
        ("向量和分词器有什么区别", ["向 量 和 分 词 器 有 什 么 区 别", "?", "向 量", "分 词 器"]),
        ("软体", ["软 体"]),
        ("模型微调", ["模 型 微 调"]),
        ("软件包", ["软 件 包 | 软 体 包"]),
        ("，。", []),
    ],
)
def test_a_query_is_read_as_phrases(visit: Callable[..., Any], query: str, clauses: list[str]) -> None:
    with visit() as reader:
        page = reader.go("zh-cn/index.html")
        found = page.evaluate(
            """async (query) => {
              const words = await import("../zh-cn/_static/sphinx_hub/search/words.js");
              const same = [[["fine tuning", "微 调"], []], [["软 体"], ["软 件"]]];
              const { clauses, asked } = words.parse(query, new Map(), same);
              const said = ({ words, same }) =>
                [words, ...same].map((phrase) => phrase.map(({ form }) => form).join(" ")).join(" | ");
              return [...clauses.map(said), ...(asked ? ["?", ...asked.map(said)] : [])];
            }""",
            query,
        )
        assert found == clauses


@pytest.mark.parametrize("text", TEXTS)
def test_sphinx_splits_in_the_browser_as_its_index_does(visit: Callable[..., Any], text: str) -> None:
    with visit() as reader:
        page = reader.go("zh-cn/index.html")
        page.add_script_tag(url="_static/language_data.js")
        words = page.evaluate("text => splitQuery(text)", text)
        indexed = ChineseSearch({}).split(text)
        assert set(words) <= set(indexed)
        # The index holds the single characters too, for queries of one character.
        assert {word for word in indexed if len(word) > 1} <= set(words)


def test_the_order_by_strokes_is_that_of_the_browser(browser: Browser) -> None:
    # Releases of ICU differ in a few.
    page = browser.new_page()
    there = by_strokes(page).splitlines()
    page.close()
    ours = STROKES.read_text("utf-8").splitlines()
    assert sum(line in ours for line in there) > 0.9 * len(ours)
