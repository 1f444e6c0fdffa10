"""Readers who come to what has moved."""

from __future__ import annotations

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

REDIRECTS = """\
- from: old/first
  to: guide/first
  anchors:
    away: guide/deep/page#there
- from: index
  anchors:
    former: guide/first#now
    small-site: guide/first#never
"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("moved") / "root"
    shutil.copytree(ROOTS / "test-pages", root)
    (root / "docs" / "_data").mkdir()
    (root / "docs" / "_data" / "redirects.yaml").write_text(REDIRECTS, "utf-8")
    command = [sys.executable, "-m", "sphinx_hub.cli", "build", "zh_CN"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    with served(root / "_build" / "html") as address:
        yield address


@pytest.fixture
def visit_moved(browser: Browser, moved: str) -> Callable[..., Any]:
    return visits(browser, moved)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("old/first.html", "guide/first.html"),
        ("old/first.html#kept", "guide/first.html#kept"),
        ("old/first.html?a=1&b=%23#%E4%B8%AD", "guide/first.html?a=1&b=%23#%E4%B8%AD"),
        ("old/first.html?a=1#away", "guide/deep/page.html?a=1#there"),
        ("old/first.html#toString", "guide/first.html#toString"),
        ("index.html#former", "guide/first.html#now"),
        ("index.html#small-site", "index.html#small-site"),
        ("index.html#strange%", "index.html#strange%"),
    ],
)
def test_a_reader_is_led_on_with_all_that_was_asked(
    visit_moved: Callable[..., Any], asked: str, shown: str
) -> None:
    with visit_moved() as reader:
        page = reader.go(f"zh-cn/{asked}")
        page.wait_for_url(f"{reader.address}zh-cn/{shown}")
        page.locator("article h1").wait_for()
        assert reader.path == f"zh-cn/{shown}"


def test_a_link_within_a_page_to_a_former_section_leads_on(visit_moved: Callable[..., Any]) -> None:
    with visit_moved() as reader:
        page = reader.go("zh-cn/index.html")
        page.evaluate("location.hash = 'former'")
        page.wait_for_url(f"{reader.address}zh-cn/guide/first.html#now")


def test_going_back_does_not_lead_forth_again(visit_moved: Callable[..., Any]) -> None:
    with visit_moved() as reader:
        reader.go("zh-cn/guide/deep/page.html")
        page = reader.go("zh-cn/old/first.html")
        page.wait_for_url("**/guide/first.html")
        page.go_back()
        assert reader.path == "zh-cn/guide/deep/page.html"


def test_without_javascript_a_page_leads_on_too(visit_moved: Callable[..., Any]) -> None:
    with visit_moved(java_script_enabled=False) as reader:
        page = reader.go("zh-cn/old/first.html")
        page.wait_for_url("**/zh-cn/guide/first.html")
