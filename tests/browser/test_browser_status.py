"""The page about the state of the translations, in a browser: on a phone, by keyboard, without colours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import ROOTS, visits
from tests.browser.serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

LANGUAGES = ("en", "zh-cn", "zh-tw")


@pytest.fixture(scope="module")
def visit_status(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Visits the small site of translations; one of its messages is outdated."""
    root = tmp_path_factory.mktemp("status") / "root"
    shutil.copytree(ROOTS / "test-status", root)
    po = root / "locale" / "zh_CN" / "LC_MESSAGES" / "guide" / "first.po"
    entry = 'msgid "Open the file and read it."'
    text = po.read_text("utf-8")
    assert entry in text
    mark = '# outdated since 2026-11-20\n#, fuzzy\n#| msgid "Open the file."\n'
    po.write_text(text.replace(entry, mark + entry), "utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("READTHEDOCS")}
    command = [sys.executable, "-m", "sphinx_hub.cli", "build"]
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    with served(root / "_build" / "html") as address:
        yield visits(browser, address)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_shows_everything_without_scrolling_sideways(
    visit_status: Callable[..., Any], language: str, width: int, scripts: bool
) -> None:
    with visit_status(viewport={"width": width, "height": 700}, java_script_enabled=scripts) as visit:
        page = visit.go(f"{language}/status.html")
        page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for cell in page.locator(".hub-status-table tbody :is(th, td)").all():
            box = cell.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


def test_a_language_opens_by_keyboard_and_leads_to_its_pages(visit_status: Callable[..., Any]) -> None:
    with visit_status() as visit:
        page = visit.go("en/status.html")
        section = page.locator("#status-zh-cn")
        link = section.locator("th a[href$='guide/first.html']")
        assert not link.is_visible()
        section.locator("> summary").focus()
        page.keyboard.press("Enter")
        link.click()
        page.wait_for_url("**/zh-cn/guide/first.html")


@pytest.mark.parametrize("width", [390, 1280])
def test_voices_hear_tables_with_names_heads_and_figures(
    visit_status: Callable[..., Any], width: int
) -> None:
    with visit_status(viewport={"width": width, "height": 800}) as visit:
        page = visit.go("en/status.html")
        table = page.get_by_role("table", name="Every language, in messages and words")
        heads = [head.text_content() for head in table.get_by_role("columnheader").all()]
        assert heads == ["Language", "Up to date", "Current", "Outdated", "Untranslated"]
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="简体中文"))
        cells = [" ".join(cell.inner_text().split()) for cell in row.get_by_role("cell").all()]
        assert cells == ["91%", "14 67 words", "1 6 words since 2026-11-20", "0"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_parts_of_a_bar_differ_without_colour(
    visit_status: Callable[..., Any], scheme: str, forced: str
) -> None:
    with visit_status(color_scheme=scheme, forced_colors=forced) as visit:
        page = visit.go("zh-cn/status.html")
        bar = page.locator("#status-zh-cn .hub-status-share .hub-status-bar").first
        styles = bar.evaluate(
            "bar => [...bar.children].map(part => { const style = getComputedStyle(part);"
            " return [style.backgroundColor, style.backgroundImage, part.getBoundingClientRect().width] })"
        )
        (full, full_image, full_width), (_none, striped, striped_width) = styles
        assert full not in {"rgba(0, 0, 0, 0)", "transparent"}
        assert (full_image, striped.partition("(")[0]) == ("none", "repeating-linear-gradient")
        # 17 and 6 words of 23
        assert full_width / striped_width == pytest.approx(73 / 27, rel=0.05)
        edge, ground = bar.evaluate(
            "bar => [getComputedStyle(bar).borderTopColor, getComputedStyle(document.body).backgroundColor]"
        )
        assert edge != ground
