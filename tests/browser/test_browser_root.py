from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

#: navigator.languages -> the language that suits best of en, zh-Hans and zh-Hant.
PREFERENCES = [
    (["en"], "en"),
    (["en-GB", "zh-CN"], "en"),
    (["zh"], "zh-Hans"),
    (["zh-CN"], "zh-Hans"),
    (["zh-SG", "en"], "zh-Hans"),
    (["zh-MY"], "zh-Hans"),
    (["zh-Hans-HK"], "zh-Hans"),
    (["zh-TW"], "zh-Hant"),
    (["zh-HK", "zh", "en"], "zh-Hant"),
    (["zh-MO"], "zh-Hant"),
    (["zh-Hant"], "zh-Hant"),
    (["zh-Hant-CN"], "zh-Hant"),
    (["ZH-tw"], "zh-Hant"),
    (["fr-CA", "zh-TW", "en"], "zh-Hant"),
    (["de", "fr"], "en"),
    (["not a tag", "zh-CN"], "zh-Hans"),
    ([], "en"),
]
PATHS = {"en": "en", "zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}


@pytest.mark.parametrize(("languages", "expected"), PREFERENCES)
def test_the_matching_of_languages(visit: Callable[..., Any], languages: list[str], expected: str) -> None:
    with visit() as reader:
        page = reader.go("index.html?choose")
        best = page.evaluate("wanted => bestLanguage(['en', 'zh-Hans', 'zh-Hant'], wanted)", languages)
        assert best == expected


@pytest.mark.parametrize(
    ("wanted", "offered", "expected"),
    [
        (["pt-BR"], ["pt-PT", "pt-BR"], "pt-BR"),
        (["zh-TW"], ["en", "zh-Hans"], "zh-Hans"),
        (["sr-Latn"], ["sr", "sr-Latn"], "sr-Latn"),
        (["de"], ["fr", "en"], "fr"),
    ],
)
def test_the_matching_on_other_sites(
    visit: Callable[..., Any], wanted: list[str], offered: list[str], expected: str
) -> None:
    with visit() as reader:
        page = reader.go("index.html?choose")
        best = page.evaluate("([offered, wanted]) => bestLanguage(offered, wanted)", [offered, wanted])
        assert best == expected


@pytest.mark.parametrize(("locale", "path"), [("zh-TW", "zh-tw"), ("zh-CN", "zh-cn"), ("fr-FR", "en")])
def test_a_reader_is_led_to_the_language_of_the_browser(
    visit: Callable[..., Any], locale: str, path: str
) -> None:
    with visit(locale=locale) as reader:
        page = reader.go("#somewhere")
        page.wait_for_url(f"**/{path}/index.html#somewhere")
        # The root page is not in the history: the way back leads out of the site, not into a circle.
        assert page.evaluate("history.length") <= 2


def test_an_explicit_choice_wins_over_the_browser(visit: Callable[..., Any]) -> None:
    with visit(locale="en") as reader:
        page = reader.go("index.html?choose")
        page.click("text=繁體中文")
        page.wait_for_url("**/zh-tw/index.html")
        reader.go("")
        page.wait_for_url("**/zh-tw/index.html")
        page.click(".sidebar-languages a[hreflang=zh-Hans]")
        page.wait_for_url("**/zh-cn/index.html")
        reader.go("")
        page.wait_for_url("**/zh-cn/index.html")


def test_a_choice_that_the_site_no_longer_has_is_passed_over(visit: Callable[..., Any]) -> None:
    with visit(locale="zh-CN") as reader:
        page = reader.go("index.html?choose")
        page.evaluate("localStorage.setItem('sphinx-hub-language', 'tlh')")
        reader.go("")
        page.wait_for_url("**/zh-cn/index.html")


def test_denied_storage_does_no_harm(visit: Callable[..., Any]) -> None:
    with visit(locale="zh-TW") as reader:
        reader.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })"
        )
        # Only the root page: Furo itself reads the storage unguarded.
        page = reader.go("index.html?choose")
        assert page.evaluate("chosenLanguage(['en'])") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_javascript_it_is_a_list(visit: Callable[..., Any], scheme: str) -> None:
    phone = {"width": 320, "height": 480}
    with visit(java_script_enabled=False, color_scheme=scheme, viewport=phone) as reader:
        page = reader.go("")
        links = page.get_by_role("link")
        assert links.all_inner_texts() == ["English", "简体中文", "繁體中文（台灣）"]
        assert [link.get_attribute("hreflang") for link in links.all()] == list(PATHS)
        links.nth(1).click()
        page.wait_for_url("**/zh-cn/index.html")
