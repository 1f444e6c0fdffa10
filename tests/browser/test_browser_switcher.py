from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PHONE = {"width": 375, "height": 667}
PAGES = ("en/index.html", "zh-cn/guide/first.html", "zh-tw/guide/deep/page.html", "zh-cn/genindex.html")
MENU = "details.language-menu"


def test_it_keeps_the_page_and_the_fragment(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("en/guide/first.html#first-second")
        page.click(".sidebar-languages a[hreflang=zh-Hans]")
        page.wait_for_url("**/zh-cn/guide/first.html#first-second")
        assert page.inner_text("#first-second h2").startswith("第二节")


def test_it_follows_a_fragment_that_changes_on_the_page(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("zh-cn/guide/deep/page.html")
        page.click("a.headerlink[href='#deep-end']", force=True)
        page.click(".sidebar-languages a[hreflang=zh-Hant]")
        page.wait_for_url("**/zh-tw/guide/deep/page.html#deep-end")


def test_it_remembers_an_explicit_choice_only(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("en/index.html")
        assert page.evaluate("localStorage.getItem('sphinx-hub-language')") is None
        page.click(".sidebar-languages a[hreflang=zh-Hant]")
        page.wait_for_url("**/zh-tw/index.html")
        assert page.evaluate("localStorage.getItem('sphinx-hub-language')") == "zh-Hant"


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desktop"])
def test_without_javascript_the_links_lead_to_the_page(
    visit: Callable[..., Any], viewport: dict[str, int]
) -> None:
    with visit(java_script_enabled=False, viewport=viewport) as reader:
        page = reader.go("zh-tw/guide/deep/page.html")
        nav = ".sidebar-languages"
        if viewport == PHONE:
            page.click(f"{MENU} summary")
            nav = f"{MENU} nav"
        page.click(f"{nav} a[hreflang=en]")
        page.wait_for_url("**/en/guide/deep/page.html")
        assert page.inner_text("h1").startswith("Deep Page")


def test_on_a_phone_it_opens_and_closes_by_keyboard(visit: Callable[..., Any]) -> None:
    with visit(viewport=PHONE) as reader:
        page = reader.go("en/guide/first.html#first-third")
        assert page.get_by_role("navigation", name="Languages").count() == 0
        page.focus(f"{MENU} summary")
        page.keyboard.press("Enter")
        assert page.is_visible(f"{MENU} a[hreflang=zh-Hans]")
        assert page.get_by_role("navigation", name="Languages").count() == 1
        page.keyboard.press("Escape")
        assert not page.is_visible(f"{MENU} a[hreflang=zh-Hans]")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/zh-cn/guide/first.html#first-third")


def test_on_a_phone_it_closes_by_a_tap_elsewhere(visit: Callable[..., Any]) -> None:
    with visit(viewport=PHONE) as reader:
        page = reader.go("en/guide/first.html")
        page.click(f"{MENU} summary")
        page.mouse.click(20, 600)
        assert not page.is_visible(f"{MENU} nav")


def test_a_screen_reader_hears_what_it_is_and_where_it_stands(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("zh-cn/guide/first.html")
        nav = page.get_by_role("navigation", name="语言")
        assert nav.get_by_role("link").all_inner_texts() == ["English", "简体中文", "繁體中文（台灣）"]
        assert nav.locator("[aria-current=true]").all_inner_texts() == ["简体中文"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 640, 320])
def test_no_page_has_a_fault_or_scrolls_sideways(
    visit: Callable[..., Any], path: str, scheme: str, width: int
) -> None:
    with visit(viewport={"width": width, "height": 600}, color_scheme=scheme) as reader:
        page = reader.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_read_the_docs_may_know_better_where_a_translation_is(visit: Callable[..., Any]) -> None:
    with visit() as reader:
        page = reader.go("en/guide/first.html#first-second")
        links = page.evaluate(
            """() => {
              const documentation = "https://zh.example.org/docs/zh-cn/latest/";
              const projects = {
                translations: [{ language: { code: "zh_CN" }, urls: { documentation } }],
              };
              const detail = { data: () => ({ projects }) };
              document.dispatchEvent(new CustomEvent("readthedocs-addons-data-ready", { detail }));
              return [...document.querySelectorAll(".sidebar-languages a")].map((link) => link.href);
            }"""
        )
        assert links == [
            f"{reader.address}en/guide/first.html#first-second",
            "https://zh.example.org/docs/zh-cn/guide/first.html#first-second",
            f"{reader.address}zh-tw/guide/first.html#first-second",
        ]
