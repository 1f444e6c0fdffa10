"""A browser over a loopback server. Chromium comes from the system; nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Request

ROOTS = Path(__file__).resolve().parents[1] / "roots"
BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
#: Each keeps the browser from reaching for the network by itself, or lets it run in a container.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)
DESKTOP = {"width": 1280, "height": 800}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a browser over a loopback server")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = f"no browser here: none of {', '.join(BROWSERS)} is on the PATH"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(made_once: Callable[..., Path], run_module: Callable[..., Any]) -> Path:
    """The small site that the tests walk through: every language in its folder, and the root page."""

    def make(root: Path) -> None:
        shutil.copytree(ROOTS / "test-pages", root)
        run = run_module(root, "sphinx_hub.cli", "build")
        assert run.returncode == 0, run.stdout + run.stderr

    return made_once("small-site", make) / "_build" / "html"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the small site is served."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def hub_address(published_site: Path) -> Iterator[str]:
    """Where the real site is served."""
    with served(published_site) as address:
        yield address


class Visit:
    """A page open in a browser, and what went wrong on it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        self.page.on("request", self._check_host)
        self.page.on("response", lambda answer: self._note_status(answer.status, answer.url))

    def go(self, path: str) -> Page:
        """Open a page of the site and wait until it is loaded."""
        self.page.goto(self.address + path)
        return self.page

    @property
    def path(self) -> str:
        """Where the browser is now, below the root of the site."""
        return self.page.url.removeprefix(self.address)

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.faults.append(f"console: {text}")

    def _note_status(self, status: int, url: str) -> None:
        if status >= 400:
            self.faults.append(f"{status}: {url}")

    def _check_host(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.faults.append(f"request to another host: {request.url}")


@pytest.fixture
def visit(browser: Browser, address: str) -> Callable[..., Any]:
    """Visits the small site; every fault of its pages fails the test."""
    return visits(browser, address)


@pytest.fixture
def visit_hub(browser: Browser, hub_address: str) -> Callable[..., Any]:
    """Visits the real site; every fault of its pages fails the test."""
    return visits(browser, hub_address)


def visits(browser: Browser, address: str) -> Callable[..., Any]:
    """Opens a browser with the given options of a context, at a site."""

    @contextmanager
    def open_context(**options: Any) -> Iterator[Visit]:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "en", **options})
        context.set_default_timeout(60_000)  # on a busy machine too
        try:
            visit = Visit(context, address)
            yield visit
            assert visit.faults == []
        finally:
            context.close()

    return open_context
