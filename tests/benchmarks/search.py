"""How well and how fast the search answers, beside others, in one run: `nox -s bench -- search`.

For this site and for generated ones (``search_corpus.py``) it builds the pages, serves them on loopback, and
asks some hundred queries in headless Chromium: the hub's search by its page, Sphinx's own search by its page,
and Pagefind by its interface, once as it comes and once with each Han character as a word. Which pages answer
a query is known by a scan of all text. First answers are taken with an empty cache, at 60 ms and 10 Mbit/s.

Recall at 5 is the share of the answers among the first five, of five at most; nDCG counts the first ten.
Bytes are those on the wire with all headers, of text packed by the server. Time is from the query, as typed,
to the results as shown, with the wait for the next key.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import io
import json
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from bs4 import BeautifulSoup
from pagefind_bin_extended import get_executable
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import sync_playwright

from sphinx_hub.pages.search_index import FOLDER, prepare
from sphinx_hub.pages.search_packs import READER, Digests, whole_index

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.benchmarks.search_corpus import GLOSSARY, ROOT, Asker, Page, Query, pages_of, truth, write_site
from tests.benchmarks.search_table import header, row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, CDPSession
    from playwright.sync_api import Page as Tab

BROWSERS: Final = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
LATENCY: Final = 60
"""Milliseconds."""
BYTES_A_SECOND: Final = 10_000_000 // 8
FIRST: Final = 8
"""How many queries are asked with an empty cache."""
#: Sphinx 9.0 and 9.1 name a function that there is none of (sphinx#14229): without it, nothing is found.
STEMMER: Final = "\nfunction ChineseStemmer() { return new EnglishStemmer(); }\n"
_PACKED: Final = (".html", ".js", ".css", ".json", ".svg", ".txt")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as hosts do: connections are kept, texts are packed."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return None
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in _PACKED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return io.BytesIO(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the library's name
        """Write nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes on to another page is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve ``folder`` on loopback; gives the address, with a slash at its end."""
    handler = functools.partial(_Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


_POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@dataclass
class Measured:
    """What one search did with all queries."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    """Query -> the pages it gave, best first, ten at most."""
    first: list[tuple[float, int]] = field(default_factory=list)
    """Milliseconds and bytes of a first answer."""
    later: list[float] = field(default_factory=list)
    """Milliseconds of a query after the first."""


class Search:
    """A search in a browser."""

    def __init__(self, address: str) -> None:
        self.address = address

    def open(self, tab: Tab) -> None:
        """Be on a page of the site where a reader would start to type."""
        tab.goto(f"{self.address}index.html")
        tab.wait_for_load_state("networkidle")

    def first(self, tab: Tab, query: str) -> None:
        """Ask the first query and wait for its answer."""
        raise NotImplementedError

    def ask(self, tab: Tab, query: str) -> list[str]:
        """The addresses that a query gives, ten at most."""
        raise NotImplementedError

    def later(self, tab: Tab, query: str) -> None:
        """Ask a further query and wait for its answer."""
        self.ask(tab, query)


class Hub(Search):
    """The search of sphinx-hub: its dialog for times, its page for answers."""

    _ANSWERED = ".hub-search-results .hub-search-onwards"

    def first(self, tab: Tab, query: str) -> None:
        tab.keyboard.press("Control+k")
        tab.wait_for_selector("dialog[open] input")
        tab.keyboard.insert_text(query)
        tab.wait_for_selector(self._ANSWERED, state="attached")

    def later(self, tab: Tab, query: str) -> None:
        self._type(tab, "dialog[open] input", query)

    def ask(self, tab: Tab, query: str) -> list[str]:
        if "search.html" not in tab.url:
            tab.goto(f"{self.address}search.html")
            tab.wait_for_selector("#hub-search .hub-search-results", state="attached")
        self._type(tab, "#hub-search input", query)
        more = tab.locator(".hub-search-results .hub-search-more")
        titles = tab.locator(".hub-search-results .hub-search-title")
        if titles.count() < 10 and more.count():
            before = titles.count()
            more.first.click()
            titles.nth(before).wait_for(state="attached")
        found: list[str] = titles.evaluate_all("links => links.map((link) => link.href)")
        return found[:10]

    def _type(self, tab: Tab, box: str, query: str) -> None:
        tab.evaluate("document.querySelector('.hub-search-results').replaceChildren()")
        tab.fill(box, query)
        tab.wait_for_selector(self._ANSWERED, state="attached")


class Stock(Search):
    """Sphinx's own search, by its page."""

    def first(self, tab: Tab, query: str) -> None:
        self.ask(tab, query)

    def ask(self, tab: Tab, query: str) -> list[str]:
        tab.goto(f"{self.address}search.html?q={quote(query)}")
        done = "document.querySelector('#search-results .search-summary') && Search._pulse_status < 0"
        try:
            tab.wait_for_function(done, timeout=8_000)
        except PlaywrightTimeout:  # its script stopped at an error: a reader waits for ever
            return []
        found: list[str] = tab.evaluate(
            """async () => {
              const links = () => [...document.querySelectorAll("#search-results ul.search > li > a")];
              let last = -1;
              while (links().length < 10 && links().length !== last) {
                last = links().length;
                await new Promise((done) => setTimeout(done, 100));
              }
              return links().map((link) => link.href);
            }"""
        )
        return list(dict.fromkeys(address.partition("?")[0].partition("#")[0] for address in found))[:10]


class Pagefind(Search):
    """Pagefind by its interface: the query as it is, and the data of eight results."""

    _JS = """async ([query, count]) => {
      const pagefind = await import("/pagefind/pagefind.js");
      await pagefind.options({ noWorker: true });
      const { results } = await pagefind.search(query);
      const all = await Promise.all(results.slice(0, count).map((result) => result.data()));
      return all.map((data) => data.url);
    }"""

    def first(self, tab: Tab, query: str) -> None:
        tab.evaluate(self._JS, [query, 8])

    def later(self, tab: Tab, query: str) -> None:
        self.first(tab, query)

    def ask(self, tab: Tab, query: str) -> list[str]:
        found: list[str] = tab.evaluate(self._JS, [query, 10])
        return found


class Characters(Pagefind):
    """Pagefind with spaces between Han characters, in pages and queries; the query as a phrase first."""

    _JS = """async ([query, count]) => {
      const pagefind = await import("/pagefind/pagefind.js");
      await pagefind.options({ noWorker: true });
      const words = query.normalize("NFKC").match(/[\\u3400-\\u9fff]|[\\p{L}\\p{N}]+/gu) ?? [];
      let { results } = await pagefind.search(`"${words.join(" ")}"`);
      if (!results.length) ({ results } = await pagefind.search(words.join(" ")));
      const all = await Promise.all(results.slice(0, count).map((result) => result.data()));
      return all.map((data) => data.url);
    }"""


def build(folder: Path, conf: str, out: str, *options: str) -> float:
    """Build a generated site; returns the seconds of the processor."""
    command = [sys.executable, "-m", "sphinx", "-q", "-c", conf, "docs", out, "-d", f"{out}-doctrees"]
    before = os.times()
    subprocess.run([*command, *options], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def pagefind(folder: Path, selector: str) -> None:
    """Index the pages of ``folder`` by Pagefind's program, the one that splits Chinese."""
    command = [str(get_executable()), "--site", str(folder), "--root-selector", selector, "--silent"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def spaced(source: Path, target: Path, selector: str) -> None:
    """Copy the pages of ``source`` with spaces around each Han character."""
    target.mkdir()
    for path in source.rglob("*.html"):
        article = BeautifulSoup(path.read_text("utf-8"), "lxml").select_one(selector)
        if article is None:
            continue
        content = re.sub(r"([\u3400-\u9fff])", r" \1 ", str(article))
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(f'<!doctype html><html lang="en"><body>{content}</body></html>', "utf-8")


def articles(folder: Path) -> list[Page]:
    """The pages of a built site as they are read: title, headings and text of each article."""
    found = []
    for path in sorted(folder.rglob("*.html")):
        article = BeautifulSoup(path.read_text("utf-8"), "lxml").select_one("article[role=main]")
        name = path.relative_to(folder).as_posix()
        if article is None or name in {"search.html", "genindex.html", "404.html"} or article.h1 is None:
            continue
        for each in article.select(".headerlink, .no-search, .hub-notice, .toctree-wrapper, script, svg"):
            each.decompose()
        page = Page(name.removesuffix(".html"), article.h1.extract().get_text().strip())
        page.sections.append(("", []))
        for block in article.find_all(["h2", "h3", "h4", "p", "pre", "td", "li", "dt", "dd"]):
            if block.name in {"h2", "h3", "h4"}:
                page.sections.append((block.get_text().strip(), []))
            elif not block.find(["p", "pre", "li"]):
                page.sections[-1][1].append(block.get_text().strip())
        found.append(page)
    return found


@contextmanager
def tab_of(browser: Browser) -> Iterator[tuple[Tab, CDPSession]]:
    """A tab with an empty cache, and the way to its network."""
    context = browser.new_context()
    context.set_default_timeout(120_000)
    tab = context.new_page()
    network = context.new_cdp_session(tab)
    network.send("Network.enable")
    yield tab, network
    context.close()


def slow(network: CDPSession) -> None:
    """Let the network of a tab be that of a phone."""
    network.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )


def _note(sizes: list[float], event: dict[str, Any]) -> None:
    sizes.append(event["encodedDataLength"])


def measure(browser: Browser, search: Search, queries: Sequence[Query]) -> Measured:
    """Ask ``search`` all queries for what it finds, and some for what they take."""
    measured = Measured()
    with tab_of(browser) as (tab, _network):
        search.open(tab)
        for query in queries:
            found = search.ask(tab, query.text)
            measured.answers[query.text] = [
                urlsplit(each).path.strip("/").removesuffix(".html") for each in found
            ]
    step = max(1, len(queries) // FIRST)
    some = [query.text for query in queries[::step]][:FIRST]
    for number, text in enumerate(some):
        with tab_of(browser) as (tab, network):
            search.open(tab)
            sizes: list[float] = []
            network.on(
                "Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"])
            )
            slow(network)
            started = time.perf_counter()
            search.first(tab, text)
            measured.first.append((1000 * (time.perf_counter() - started), int(sum(sizes))))
            for later in (some[(number + 3) % len(some)], some[(number + 7) % len(some)]):
                started = time.perf_counter()
                search.later(tab, later)
                measured.later.append(1000 * (time.perf_counter() - started))
    return measured


def gain(worths: Sequence[int]) -> float:
    """What results of such worth are worth in their order."""
    return sum(worth / math.log2(place + 2) for place, worth in enumerate(worths))


def figures(
    measured: Measured, queries: Sequence[Query], answers: dict[str, dict[str, int]]
) -> dict[str, Any]:
    """The figures of one search."""
    recalls: dict[int, list[float]] = {5: [], 10: []}
    gains = []
    empty = 0
    kinds: dict[str, list[float]] = {}
    for query in queries:
        right, given = answers[query.text], measured.answers[query.text]
        empty += not given
        for count, values in recalls.items():
            values.append(len(right.keys() & set(given[:count])) / min(count, len(right)))
        kinds.setdefault(query.kind, []).append(recalls[5][-1])
        best = sorted(right.values(), reverse=True)[:10]
        gains.append(gain([right.get(each, 0) for each in given[:10]]) / gain(best))
    times, sizes = zip(*measured.first, strict=True)
    return {
        "recall at 5": round(statistics.mean(recalls[5]), 3),
        "recall at 10": round(statistics.mean(recalls[10]), 3),
        "nDCG at 10": round(statistics.mean(gains), 3),
        "empty": empty,
        "first ms": round(statistics.median(times)),
        "first ms, most": round(max(times)),
        "first kB": round(statistics.median(sizes) / 1000),
        "first kB, most": round(max(sizes) / 1000),
        "later ms": round(statistics.median(measured.later)),
        "later ms, most": round(max(measured.later)),
        "recall at 5 by kind": {kind: round(statistics.mean(each), 3) for kind, each in kinds.items()},
    }


def hub(folder: Path, pages: Sequence[Page]) -> None:
    """Build the hub's page of the search, and its index of ``pages`` without the pages themselves."""
    alone = folder / "alone"
    shutil.copytree(folder, alone, ignore=shutil.ignore_patterns("p[0-9]*.md"))
    build(alone, ".", "hub")
    (alone / "hub").rename(folder / "hub")
    target = folder / "hub" / FOLDER
    reader = json.loads((target / READER).read_text("utf-8"))
    prepared = []
    for page in pages:
        sections = [{"id": "", "title": page.title, "text": ""}]
        for number, (heading, blocks) in enumerate(page.sections):
            text = "\n".join(block.replace("`", "").strip() for block in blocks)
            sections.append({"id": f"s{number}", "title": heading, "text": text})
        prepared.append(prepare(f"{page.docname}.html", sections))
    site = {"texts": reader["texts"], "others": reader["others"], "terms": [list(pair) for pair in GLOSSARY]}
    digests = Digests(folder="measured", site="", pages=[page.url for page in prepared])
    for name, content in whole_index(prepared, site, digests).made.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def searches(folder: Path, pages: Sequence[Page], only: list[str]) -> dict[str, tuple[type[Search], Path]]:
    """Build a generated site for each search; where each is to be served from."""
    write_site(folder, pages)
    found: dict[str, tuple[type[Search], Path]] = {}
    if not only or "sphinx-hub" in only:
        hub(folder, pages)
        found["sphinx-hub"] = (Hub, folder / "hub")
    if only == ["sphinx-hub"]:
        return found
    build(folder, "stock", "stock-out")
    with (folder / "stock-out/_static/language_data.js").open("a", encoding="utf-8") as script:
        script.write(STEMMER)
    shutil.copytree(folder / "stock-out", folder / "plain", ignore=shutil.ignore_patterns("_sources"))
    pagefind(folder / "plain", "div.body")
    spaced(folder / "stock-out", folder / "characters", "div.body")
    pagefind(folder / "characters", "body")
    return found | {
        "Sphinx": (Stock, folder / "stock-out"),
        "Pagefind": (Pagefind, folder / "plain"),
        "Pagefind, by character": (Characters, folder / "characters"),
    }


def own_site(folder: Path) -> dict[str, tuple[type[Search], Path]]:
    """Build this site in Simplified Chinese; stock Sphinx cannot."""
    command = [sys.executable, "-m", "sphinx", "-q", "-c", str(ROOT), str(ROOT / "docs"), str(folder / "hub")]
    subprocess.run([*command, "-D", "language=zh_CN", "-d", str(folder / "doctrees")], check=True)
    shutil.copytree(folder / "hub", folder / "plain", ignore=shutil.ignore_patterns("_sources", "hub-search"))
    for page in (folder / "plain").rglob("*.html"):
        # Pagefind runs WebAssembly, which the policy of the pages forbids.
        page.write_text(_POLICY.sub("", page.read_text("utf-8")), "utf-8")
    pagefind(folder / "plain", "article[role=main]")
    return {"sphinx-hub": (Hub, folder / "hub"), "Pagefind": (Pagefind, folder / "plain")}


def compare(browser: Browser, folder: Path, size: int, seed: int, only: list[str]) -> dict[str, Any]:
    """Measure the searches on one site; size 0 is this site."""
    if size:
        pages: Sequence[Page] = pages_of(size, seed)
        found = searches(folder, pages, only)
    else:
        found = own_site(folder)
        pages = articles(folder / "hub")
    queries = Asker(pages, seed).queries()
    answers = {query.text: truth(pages, query) for query in queries}
    result: dict[str, Any] = {"pages": len(pages), "queries": len(queries)}
    for name, (kind, root) in found.items():
        if only and name not in only:
            continue
        with served(root) as address:
            measured = measure(browser, kind(address), queries)
        result[name] = figures(measured, queries, answers)
        result[name]["missed"] = [
            [query.kind, query.text, measured.answers[query.text][:5]]
            for query in queries
            if len(answers[query.text].keys() & set(measured.answers[query.text][:5]))
            < min(5, len(answers[query.text]))
        ][:20]
        print(row(size, name, result[name]), flush=True)
    return result


def main() -> None:
    """Measure each site, and print the table."""
    parser = argparse.ArgumentParser(description="Measure the search beside others.")
    parser.add_argument("--pages", type=int, nargs="+", default=[0, 50, 300, 3000], help="0 is this site")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[], help="names of the searches")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    results: dict[str, Any] = {
        "machine": platform.platform(),
        "processors": os.cpu_count(),
        "seed": options.seed,
    }
    print(header(), flush=True)
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for size in options.pages:
            with tempfile.TemporaryDirectory() as folder:
                results[str(size)] = compare(browser, Path(folder, "site"), size, options.seed, options.only)
            if options.output:
                text = json.dumps(results, ensure_ascii=False, indent=1)
                options.output.write_text(f"{text}\n", "utf-8")
        browser.close()


if __name__ == "__main__":
    main()
