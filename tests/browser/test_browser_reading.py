"""The real site for who reads on a phone, by the keyboard, or by the ear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}

#: Boxes of an article that scroll sideways, and that the Tab key passes over.
OUT_OF_REACH = """
() => [...document.querySelectorAll("article pre, article .table-wrapper")]
  .filter(box => box.scrollWidth > box.clientWidth && box.tabIndex < 0)
  .map(box => box.outerHTML.slice(0, 120))
"""
FOCUSED = "() => document.activeElement.getBoundingClientRect()"


@pytest.mark.parametrize("page", ["contribute/glossary", "reference/data", "reference/directives"])
def test_a_phone_shows_wide_tables_as_blocks_that_stay_tables(
    page: str, visit_hub: Callable[..., Any]
) -> None:
    with visit_hub(viewport=PHONE) as reader:
        opened = reader.go(f"zh-cn/{page}.html")
        table = opened.locator("table.stackable").first
        assert table.bounding_box()["width"] <= PHONE["width"]
        heads = table.get_by_role("columnheader").all_text_contents()
        row = table.locator("tbody tr").first
        assert row.get_by_role("rowheader").count() == 1
        labels = row.get_by_role("cell").evaluate_all("cells => cells.map(cell => cell.dataset.label)")
        assert labels == heads[1:][: len(labels)]
        first, second = (row.locator(":scope > *").nth(number).bounding_box() for number in (0, 1))
        assert second["y"] >= first["y"] + first["height"]


def test_a_table_without_javascript_is_as_wide_as_it_needs(visit_hub: Callable[..., Any]) -> None:
    with visit_hub(viewport=PHONE, java_script_enabled=False) as reader:
        page = reader.go("zh-cn/reference/data.html")
        row = page.locator("table.hub-reference tbody tr").first
        cells = row.locator(":scope > *")
        assert len({cell.bounding_box()["y"] for cell in cells.all()}) == 1


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("page", ["contribute/hosting", "contribute/translate", "reference/problems"])
def test_the_keyboard_reaches_all_that_scrolls(
    page: str, viewport: dict[str, int], visit_hub: Callable[..., Any]
) -> None:
    with visit_hub(viewport=viewport) as reader:
        opened = reader.go(f"en/{page}.html")
        opened.wait_for_timeout(100)
        assert opened.evaluate(OUT_OF_REACH) == []


@pytest.mark.parametrize(("box", "drawer"), [("__navigation", ".sidebar-drawer"), ("__toc", ".toc-drawer")])
def test_the_keyboard_opens_and_closes_a_drawer(box: str, drawer: str, visit_hub: Callable[..., Any]) -> None:
    with visit_hub(viewport=PHONE, reduced_motion="reduce") as reader:
        page = reader.go("zh-cn/community/partners.html")
        button = page.locator(f"header label[for={box}] [role=button]")
        assert page.locator(drawer).is_hidden()
        assert button.get_attribute("aria-expanded") == "false"
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert page.evaluate("drawer => document.activeElement.closest(drawer) !== null", drawer)
        for key in (*["Tab"] * (page.locator(f"{drawer} a").count() + 3), "Shift+Tab", "Shift+Tab"):
            page.keyboard.press(key)
            # In the drawer, or on the browser itself.
            assert page.evaluate(
                "(drawer) => [document.body, document.activeElement.closest(drawer)]"
                ".includes(document.activeElement) || document.activeElement.closest(drawer) !== null",
                drawer,
            )
        page.keyboard.press("Escape")
        page.locator(drawer).wait_for(state="hidden")
        assert page.evaluate("() => document.activeElement.getAttribute('aria-expanded')") == "false"
        button.click()
        page.locator(drawer).wait_for(state="visible")


def test_a_window_that_grows_shuts_the_menu(visit_hub: Callable[..., Any]) -> None:
    with visit_hub(viewport=PHONE, reduced_motion="reduce") as reader:
        page = reader.go("zh-cn/community/partners.html")
        page.locator("header label[for=__navigation] [role=button]").click()
        page.set_viewport_size(DESKTOP)
        until(page, "() => !document.querySelector('.main').inert")
        page.locator("article p a").first.focus()
        assert page.evaluate("() => document.activeElement.closest('article') !== null")


def test_the_focus_is_always_in_sight(visit_hub: Callable[..., Any]) -> None:
    with visit_hub(viewport=PHONE, reduced_motion="reduce") as reader:
        page = reader.go("zh-cn/index.html")
        for _ in range(30):
            page.keyboard.press("Tab")
            place = page.evaluate(FOCUSED)
            assert place["width"] > 0
            assert 0 <= place["left"] <= place["right"] <= PHONE["width"]
            assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_letters_of_a_monogram_are_not_read_twice(visit_hub: Callable[..., Any]) -> None:
    with visit_hub() as reader:
        line = reader.go("zh-cn/index.html").locator(".hub-channels-inline")
        assert "博客园" in line.inner_text()
        assert "博博" not in line.text_content().replace(" ", "")


def test_the_search_page_has_a_box_of_its_own(visit_hub: Callable[..., Any]) -> None:
    with visit_hub(viewport=PHONE) as reader:
        page = reader.go("zh-cn/search.html")
        page.fill("article input[name=q]", "词元")
        page.keyboard.press("Enter")
        page.wait_for_selector("article .hub-search-title")
        page.wait_for_url("**/zh-cn/search.html?q=%*")
        assert page.input_value("article input[name=q]") == "词元"
