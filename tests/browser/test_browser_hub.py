"""The real site as a reader meets it: each type of page, each language, desktop and phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = {"en": "English", "zh-cn": "简体中文", "zh-tw": "繁體中文（台灣）"}
PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 800}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_javascript_a_reader_gets_everywhere(
    language: str, viewport: dict[str, int], visit_hub: Callable[..., Any]
) -> None:
    """From the root page to a language, a page, a record, its partner, and the other languages."""
    with visit_hub(java_script_enabled=False, viewport=viewport) as reader:
        page = reader.go("index.html")
        with page.expect_navigation():
            page.click(f"text={LANGUAGES[language]}")
        assert reader.path.rstrip("/").removesuffix("index.html").rstrip("/") == language
        with page.expect_navigation():
            page.click("article a[href='community/collaborations.html#community-collaborations']")
        with page.expect_navigation():
            page.click("#collaboration-lora-hackathon a[href='partners.html#partner-paddlepaddle'] >> nth=0")
        assert reader.path == f"{language}/community/partners.html#partner-paddlepaddle"
        assert page.is_visible("#partner-paddlepaddle")
        page.click("#partner-paddlepaddle summary >> nth=0")
        assert page.is_visible("#partner-paddlepaddle details[open] a[href^='https://']")
        links = page.eval_on_selector_all("a[hreflang]", "links => links.map(a => a.getAttribute('href'))")
        for other in set(LANGUAGES) - {language}:
            assert f"../../{other}/community/partners.html" in links


def test_the_phone_menu_opens_without_javascript(visit_hub: Callable[..., Any]) -> None:
    with visit_hub(java_script_enabled=False, viewport=PHONE) as reader:
        page = reader.go("zh-cn/index.html")
        page.click("header label[for=__navigation]")
        with page.expect_navigation():
            page.click(".sidebar-tree a[href='community/index.html']")
        assert reader.path == "zh-cn/community/index.html"


def test_the_root_page_follows_the_browser(visit_hub: Callable[..., Any]) -> None:
    for locale, path in (("zh-TW", "zh-tw"), ("zh-CN", "zh-cn"), ("de-DE", "en")):
        with visit_hub(locale=locale) as reader:
            reader.go("index.html").wait_for_url(f"**/{path}/**")
