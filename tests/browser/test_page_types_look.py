"""Every type of page in every language, on a desktop and a phone, light and dark: axe finds nothing, nothing
fails, nothing shifts, and a picture of it is kept in _build/screenshots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.page_types import page_types

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

LANGUAGES = ("en", "zh-cn", "zh-tw")
SCREENSHOTS = Path(__file__).resolve().parents[2] / "_build" / "screenshots"
#: What a browser says of itself on each kind of device.
DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
#: Notes what moves without the reader's doing: https://web.dev/articles/cls. Rows of a wide table may move on
#: a phone that has shown them before wide.js lays them out as blocks.
WATCH_SHIFTS = """
window.shifted = [];
const element = ({ node }) => node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map(element).filter((each) => each && !each.closest("table.stackable"));
    if (moved.length) window.shifted.push([entry.value, moved.map((each) => each.outerHTML.slice(0, 80))]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
#: Until what scripts do on their own is done: two frames after the last of them ran, and the fonts are there.
SETTLED = """
async () => {
  await document.fonts.ready;
  const frame = () => new Promise(requestAnimationFrame);
  const searches = document.querySelector("#hub-search");
  while (searches && !document.querySelector(".hub-search-results")) await frame();
  for (let turn = 0; turn < 3; turn++) await frame();
}
"""


def axe_violations(page: Page) -> list[str]:
    """What axe finds, a line for each rule and element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_page_is_accessible_and_stays_where_it_is(
    language: str, device: str, scheme: str, visit_hub: Callable[..., Any], published_site: Path
) -> None:
    wrong: list[str] = []
    with visit_hub(**DEVICES[device], color_scheme=scheme, locale=language) as reader:
        reader.page.add_init_script(WATCH_SHIFTS)
        for name in page_types(published_site / language):
            page = reader.go(f"{language}/{name}.html")
            page.evaluate(SETTLED)
            shifted = page.evaluate("window.shifted")
            wrong += [f"{name}: shifted by {value}: {nodes}" for value, nodes in shifted]
            wrong += [f"{name}: {line}" for line in axe_violations(page)]
            picture = SCREENSHOTS / language / f"{name.replace('/', '-')}-{device}-{scheme}.jpg"
            picture.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=picture, full_page=True, type="jpeg", quality=70, animations="disabled")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["index", "posts/announcement", "search"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_light_to_load(language: str, name: str, visit_hub: Callable[..., Any]) -> None:
    """Less than 150 kB without pictures, compressed as a host does it."""
    with visit_hub(**DEVICES["phone"]) as reader:
        network = reader.page.context.new_cdp_session(reader.page)
        network.send("Network.enable")
        sizes: dict[str, float] = {}
        kinds: dict[str, str] = {}
        network.on(
            "Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]})
        )
        network.on(
            "Network.loadingFinished",
            lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
        )
        page = reader.go(f"{language}/{name}.html")
        page.wait_for_load_state("networkidle")
        assert {"Document", "Stylesheet", "Script"} <= set(kinds.values())
        assert sum(size for request, size in sizes.items() if kinds.get(request) != "Image") < 150_000


def test_axe_finds_what_is_wrong(browser: Any) -> None:
    """The check above can fail."""
    page = browser.new_page()
    page.set_content("<html lang='en'><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    assert [line.partition(":")[0] for line in axe_violations(page)] == ["image-alt"]
    page.close()
