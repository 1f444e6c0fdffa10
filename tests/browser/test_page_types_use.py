"""Every type of page in every language, used: enlarged, without scripts, by keyboard, in the next one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import FLAGS, visits
from tests.browser.page_types import page_types
from tests.browser.test_page_types_look import DEVICES, LANGUAGES, SETTLED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

#: The size of the window in pixels of CSS, and the reader's size of text in them: 1280 pixels at 200 % and at
#: 400 % (WCAG 2.2, 1.4.10), and the text alone at 200 % (1.4.4).
ENLARGED = {"zoom 200 %": (640, 400, 16), "zoom 400 %": (320, 256, 16), "text 200 %": (1280, 800, 32)}
WIDER_THAN_THE_WINDOW = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const isWide = (element) => element.getBoundingClientRect().right > width + 1;
  const wide = [...document.querySelectorAll("body *")].filter(isWide);
  return ["wider than the window", ...wide.slice(0, 4).map((e) => e.outerHTML.slice(0, 100))];
}
"""
#: The texts of an article that a reader sees, each with the element that holds it.
SEEN = """
() => {
  const text = (node) => node.nodeType === Node.TEXT_NODE ? node.data : "";
  return [...document.querySelectorAll("article *")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map((e) => [...e.childNodes].map(text).join("").trim())
    .filter((text) => text);
}
"""
#: All that Tab shall stop at, in the order of the document.
STOPS = """
() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  window.stops = [...all]
    .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
  const jumping = window.stops.filter((e) => e.tabIndex > 0);
  return [window.stops.length, jumping.map((e) => e.outerHTML.slice(0, 100))];
}
"""
#: The page of the search has its box in focus, and from where the focus was Tab goes on.
FROM_THE_START = """
() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex"); }
"""
#: Where the focus is, and what is wrong with how it is shown.
STOP = """
() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const faults = [];
  const style = getComputedStyle(stop);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1) faults.push("no outline");
  const boxes = [...stop.getClientRects()].filter((box) => box.width && box.height);
  const seen = boxes.some((box) => {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right <= left || bottom <= top) return false;
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return there && (stop.contains(there) || there.contains(stop));
  });
  if (!seen) faults.push("out of sight, or covered");
  const { x, y, width, height } = boxes[0] ?? stop.getBoundingClientRect();
  const inArticle = Boolean(stop.closest("article"));
  return {
    at: window.stops.indexOf(stop), what: stop.outerHTML.slice(0, 100), faults, inArticle,
    box: [x + scrollX, y + scrollY, x + scrollX + width, y + scrollY + height],
  };
}
"""


def walk(page: Page) -> list[str]:
    """Press Tab through a page; what is wrong with the order, or with how the focus shows."""
    count, jumping = page.evaluate(STOPS)
    wrong = [f"tabindex above 0: {what}" for what in jumping]
    order: list[int] = []
    before = None
    for _press in range(count + 1):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (order and stop["at"] == order[0]):
            break
        wrong += [f"{fault}: {stop['what']}" for fault in stop["faults"]]
        if before and before["inArticle"] and stop["inArticle"] and is_backwards(before["box"], stop["box"]):
            wrong.append(f"read before {before['what']}: {stop['what']}")
        order.append(stop["at"])
        before = stop
    if order != list(range(count)):
        wrong.append(f"stops {order} of {count}")
    return wrong


def is_backwards(before: list[float], after: list[float]) -> bool:
    """Whether a box is above the one before it, in no column to the right, or to the left on its line."""
    above = after[3] <= before[1] and after[0] < before[2]
    left = after[2] <= before[0] and after[1] < before[3] and after[3] > before[1]
    return above or left


@pytest.fixture
def visit_enlarged(browser: Browser, chromium: str, hub_address: str) -> Callable[..., Any]:
    """Visits the real site in a browser whose text has the size given, in pixels."""

    @contextmanager
    def visit(size: int, **options: Any) -> Iterator[Any]:
        flags = [*FLAGS, f"--blink-settings=defaultFontSize={size}"]
        with (
            browser.browser_type.launch(executable_path=chromium, args=flags) as enlarged,
            visits(enlarged, hub_address)(**options) as reader,
        ):
            yield reader

    return visit


@pytest.mark.parametrize("how", ENLARGED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_enlarged_page_needs_no_scrolling_sideways(
    language: str, how: str, visit_enlarged: Callable[..., Any], published_site: Path
) -> None:
    width, height, text = ENLARGED[how]
    wrong = []
    with visit_enlarged(text, viewport={"width": width, "height": height}, locale=language) as reader:
        for name in page_types(published_site / language):
            page = reader.go(f"{language}/{name}.html")
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{text}px"
            wrong += [f"{name}: {line}" for line in page.evaluate(WIDER_THAN_THE_WINDOW)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_a_page_says_all_that_it_says_with_them(
    language: str, visit_hub: Callable[..., Any], published_site: Path
) -> None:
    # These two have other words for who cannot run scripts; tests of their own look at them.
    names = [name for name in page_types(published_site / language) if name not in {"search", "404"}]
    said: dict[str, list[str]] = {}
    with visit_hub(locale=language) as reader:
        for name in names:
            said[name] = reader.go(f"{language}/{name}.html").evaluate(SEEN)
    with visit_hub(java_script_enabled=False, locale=language) as reader:
        for name in names:
            assert said[name]
            assert reader.go(f"{language}/{name}.html").evaluate(SEEN) == said[name], name


def test_the_next_language_is_at_the_same_place(
    visit_hub: Callable[..., Any], published_site: Path, settings: Any
) -> None:
    """From each language to the next, on each type of page, at the last of its sections."""
    languages = [*settings.languages, settings.languages[0]]
    with visit_hub() as reader:
        for name in page_types(published_site / "en"):
            if name == "404":
                continue  # it stands at every address that has no page, and the switch leads home
            page = reader.go(f"en/{name}.html")
            place = page.evaluate("[...document.querySelectorAll('article section[id]')].at(-1)?.id ?? ''")
            if place:
                page.goto(f"{page.url}#{place}")
            for language in languages[1:]:
                with page.expect_navigation():
                    page.click(f".sidebar-languages a[hreflang={language.tag}]")
                assert reader.path == f"{language.path}/{name}.html" + (f"#{place}" if place else "")
                assert page.evaluate("document.documentElement.lang") == language.tag
                assert page.evaluate("document.querySelector(':target')?.id ?? ''") == place


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_walks_through_every_type_of_page(
    language: str, device: str, visit_hub: Callable[..., Any], published_site: Path
) -> None:
    wrong = []
    with visit_hub(**DEVICES[device], locale=language, reduced_motion="reduce") as reader:
        for name in page_types(published_site / language):
            page = reader.go(f"{language}/{name}.html")
            page.evaluate(SETTLED)
            page.evaluate(FROM_THE_START)
            wrong += [f"{name}: {line}" for line in walk(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_stop_leads_past_the_menu(language: str, visit_hub: Callable[..., Any]) -> None:
    with visit_hub(locale=language) as reader:
        page = reader.go(f"{language}/community/channels.html")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.skip-to-content')")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('article') !== null")


def test_a_walk_finds_what_is_wrong(browser: Any) -> None:
    page = browser.new_page()
    page.set_content(
        "<article><a href='#a' style='outline: none'>a</a> <button tabindex='2'>b</button>"
        "<div style='display: flex; flex-direction: column-reverse'><a href='#c'>c</a><a href='#d'>d</a>"
        "</div>"
        "<div style='position: relative'><a href='#e'>e</a>"
        "<b style='position: absolute; inset: 0; background: red'></b></div></article>"
    )
    found = "\n".join(walk(page))
    page.close()
    assert "tabindex above 0: <button" in found
    assert 'no outline: <a href="#a"' in found
    assert 'read before <a href="#c">c</a>: <a href="#d"' in found
    assert 'out of sight, or covered: <a href="#e"' in found
    assert "stops [1, 0, 2, 3, 4] of 5" in found
