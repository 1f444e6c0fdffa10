"""The link to a section, copied by who has a pointer, a keyboard, no script or no clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

PERMISSIONS = ["clipboard-read", "clipboard-write"]
LINK = "#translate-tools h2 > a.headerlink"
PAGE = "zh-cn/contribute/translate.html"
PLACE = f"{PAGE}#translate-tools"
CLIPBOARD = "navigator.clipboard.readText()"


@pytest.mark.parametrize("way", ["click", "Enter"])
def test_the_link_of_a_heading_is_copied_and_said(way: str, visit_hub: Callable[..., Any]) -> None:
    with visit_hub(permissions=PERMISSIONS) as reader:
        page = reader.go(PAGE)
        link = page.locator(LINK)
        assert link.get_attribute("aria-label") == "复制本节链接"
        status = page.locator("[role=status].hub-copied")
        assert status.inner_text() == ""
        if way == "click":
            page.hover("#translate-tools h2")
            link.click()
        else:
            link.focus()
            page.keyboard.press(way)
        until(page, "document.querySelector('.hub-copied').textContent === '链接已复制'")
        assert page.evaluate(CLIPBOARD) == reader.address + PLACE
        # It is a link all the same.
        page.wait_for_url(f"**/{PLACE}")


def test_the_keyboard_reaches_what_the_pointer_makes_visible(visit_hub: Callable[..., Any]) -> None:
    with visit_hub() as reader:
        page = reader.go(PAGE)
        link = page.locator(LINK)
        opacity = "element => getComputedStyle(element).opacity"
        assert link.evaluate(opacity) == "0"
        page.locator("#translate-tools h2 > a.hub-edit").focus()
        page.keyboard.press("Tab")
        assert link.evaluate("element => element === document.activeElement")
        assert link.evaluate(opacity) == "1"
        # On a touch screen nothing hovers.
    with visit_hub(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}) as reader:
        assert reader.go(PAGE).locator(LINK).evaluate(opacity) == "1"


def test_another_window_is_no_copy(visit_hub: Callable[..., Any]) -> None:
    with visit_hub(permissions=PERMISSIONS) as reader:
        page = reader.go(PAGE)
        page.evaluate("navigator.clipboard.writeText('before')")
        with page.context.expect_page() as opened:
            page.locator(LINK).click(modifiers=["ControlOrMeta"])
        assert opened.value.url == reader.address + PLACE
        page.bring_to_front()
        assert page.evaluate(CLIPBOARD) == "before"


@pytest.mark.parametrize("script", [True, False], ids=["denied", "without JavaScript"])
def test_without_a_clipboard_the_link_leads_to_its_section(
    script: bool, visit_hub: Callable[..., Any]
) -> None:
    with visit_hub(java_script_enabled=script) as reader:
        reader.page.add_init_script(
            "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
        )
        page = reader.go(PAGE)
        page.locator(LINK).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{PLACE}")
        assert page.locator(".hub-copied").inner_text() == ""
