"""A preview as somebody sees it who edits."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ROOTS = Path(__file__).resolve().parents[1] / "roots"
PATIENCE = 120_000
OVERLAY = "#sphinx-hub-preview [role=alert]"


@pytest.fixture
def page(browser: Browser) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 400})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_a_saved_translation_shows_where_one_was_reading_and_a_mistake_says_so(
    page: Any, tmp_path: Path, run_preview: Callable[..., Any]
) -> None:
    root = tmp_path / "site"
    shutil.copytree(ROOTS / "test-text-changes", root)
    source = root / "docs" / "one.md"
    more = "".join(f"\nA long page: {number}.\n" for number in range(60))
    source.write_text(source.read_text("utf-8") + more, "utf-8")
    po = root / "locale" / "zh_CN" / "LC_MESSAGES" / "one.po"
    fine = po.read_text("utf-8")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    with run_preview(root, "zh_CN", "--port", "0") as preview:
        preview.wait_for("zh_CN: ready")
        page.goto(f"{preview.address}zh-cn/one.html")
        page.get_by_text("第一页的段落。").wait_for()
        page.evaluate("window.scrollTo(0, 500)")
        place = page.evaluate("window.scrollY")
        assert place > 400

        po.write_text(fine.replace("第一页的段落。", "改好的段落。"), "utf-8")
        page.get_by_text("改好的段落。").wait_for()
        until(page, "place => document.readyState === 'complete' && scrollY === place", arg=place)

        po.write_text(fine.replace('msgid "Page One"', 'msgid "Page One'), "utf-8")
        overlay = page.locator(OVERLAY)
        overlay.wait_for()
        assert "locale/zh_CN/LC_MESSAGES/one.po:6" in overlay.inner_text()
        assert page.get_by_text("改好的段落。").is_visible()  # the last good page
        preview.wait_for("one.po:6: CAT003")

        po.write_text(fine.replace("第一页的段落。", "又好了的段落。"), "utf-8")
        page.get_by_text("又好了的段落。").wait_for()
        overlay.wait_for(state="detached")
        preview.wait_for("nothing is wrong any more")
    assert faults == []
