"""Addresses that have no page, on hosts of the two kinds: one page for the site, or one a language."""

from __future__ import annotations

import functools
import http.server
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves a site below a path; where there is no page, what GitHub Pages or Read the Docs would show."""

    def __init__(self, *arguments: Any, below: str, single: bool, **options: Any) -> None:
        self.below, self.single = below, single
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        return super().translate_path(
            path.removeprefix(self.below) if path.startswith(self.below) else "/none"
        )

    def send_error(self, code: int, *_arguments: Any, **_options: Any) -> None:
        language = self.path.removeprefix(self.below).partition("/")[0]
        name = (
            "404.html" if self.single or language not in {"en", "zh-cn", "zh-tw"} else f"{language}/404.html"
        )
        content = Path(self.directory, name).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the library's name
        """Write nothing."""


@contextmanager
def hosted(site: Path, below: str, *, single: bool) -> Iterator[str]:
    handler = functools.partial(Host, directory=str(site), below=below, single=single)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{below}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=["one page, below a path", "one page", "a page a language"])
def host(site: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    below = "/some/where/" if "path" in request.param else "/"
    with hosted(site, below, single="one page" in request.param) as address:
        yield address


@contextmanager
def lost(browser: Browser, host: str, path: str, **options: Any) -> Iterator[Page]:
    """Open an address that has no page; nothing else may be missing, and nothing comes from elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en", **options)
    context.set_default_timeout(10_000)
    try:
        visit = Visit(context, host)
        page = visit.go(path)
        page.wait_for_load_state("networkidle")
        yield page
        # A browser guesses addresses before the script has found the root: those may be missing.
        assert page.evaluate(
            "[...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"
        )
        origin = host.split("/", 3)[:3]
        for fault in visit.faults:
            address = fault.partition(": ")[2]
            assert not fault.startswith("uncaught"), fault
            assert "://" not in address or address.split("/", 3)[:3] == origin, fault
            assert not (address.startswith(host) and ("_static" in address or "hub-search" in address)), fault
    finally:
        context.close()


def test_it_is_shown_in_the_language_of_the_address(browser: Browser, host: str) -> None:
    with lost(browser, host, "zh-cn/deep/er/gone.html?a=1#there") as page:
        assert page.locator("h1").inner_text() == "找不到页面"
        # The address stays what the reader asked for.
        assert page.url == f"{host}zh-cn/deep/er/gone.html?a=1#there"
        assert page.locator("#hub-elsewhere").is_hidden()
        page.locator("article a", has_text="前往首页").click()
        page.wait_for_url(f"{host}zh-cn/index.html")


def test_other_languages_that_have_the_page_are_named(browser: Browser, host: str) -> None:
    with lost(browser, host, "zh-tw/guide/mainland.html?a=1#mainland") as page:
        page.locator("#hub-elsewhere").wait_for()
        links = page.locator("#hub-elsewhere a")
        assert links.all_inner_texts() == ["English", "简体中文"]
        links.nth(1).click()
        page.wait_for_url(f"{host}zh-cn/guide/mainland.html?a=1#mainland")


def test_its_search_and_its_skip_link_work(browser: Browser, host: str) -> None:
    with lost(browser, host, "en/gone/for/ever.html") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className").startswith("skip-to-content")
        page.keyboard.press("Enter")
        assert page.url == f"{host}en/gone/for/ever.html#furo-main-content"
        page.keyboard.press("Control+k")
        page.locator("dialog input[type=search]").fill("mainland")
        page.locator("dialog a", has_text="Mainland").first.wait_for()
        page.keyboard.press("Escape")
        page.locator("article input[type=search]").fill("mainland")
        page.locator("article button[type=submit]").click()
        page.wait_for_url(f"{host}en/search.html?q=mainland")


def test_an_address_without_a_language_lists_them(browser: Browser, host: str) -> None:
    with lost(browser, host, "old/page.html") as page:
        assert page.locator("a[hreflang]").count() == 3
        page.locator("a[hreflang=zh-Hans]").click()
        page.wait_for_url(f"{host}zh-cn/index.html")


def test_another_host_cannot_be_named_by_the_address(browser: Browser, host: str) -> None:
    path = (
        "zh-tw/404.html?from="
        + host.split("/", 3)[3].join(["/", ""])
        + "zh-tw/https://example.org/guide/mainland.html"
    )
    with lost(browser, host, path) as page:
        assert page.url.startswith(host)
        assert page.locator("#hub-elsewhere").is_hidden()
    with lost(browser, host, "zh-tw/404.html?from=https://example.org/zh-tw/guide/mainland.html") as page:
        assert page.url.startswith(f"{host}zh-tw/404.html")


def test_without_javascript_there_are_links(browser: Browser, site: Path) -> None:
    with (
        hosted(site, "/", single=True) as host,
        lost(browser, host, "zh-cn/gone.html", java_script_enabled=False) as page,
    ):
        assert "找不到页面" in page.locator("a[hreflang=zh-Hans]").inner_text()
        page.locator("a[hreflang=zh-Hans]").click()
        page.wait_for_url(f"{host}zh-cn/index.html")
    with (
        hosted(site, "/", single=False) as host,
        lost(browser, host, "zh-cn/a/gone.html", java_script_enabled=False) as page,
    ):
        page.locator("article a", has_text="所有页面").click()
        page.wait_for_url(f"{host}zh-cn/search.html")


def test_the_visit_of_the_root_is_found_by_no_loop(browser: Browser, site: Path, tmp_path: Path) -> None:
    """A language whose page is missing too is not led to for ever."""
    (tmp_path / "404.html").write_bytes((site / "404.html").read_bytes())
    with hosted(tmp_path, "/", single=True) as host, lost(browser, host, "zh-cn/gone.html") as page:
        assert "/zh-cn/404.html" in page.url
        assert page.locator("a[hreflang]").count() == 3
