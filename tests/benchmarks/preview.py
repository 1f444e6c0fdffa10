"""How long a saved text takes to be served, beside sphinx-autobuild: `nox -s bench -- preview`.

For each size a site is made (``corpus.py``). Each tool serves one translated language of it on loopback, with
all pages built; then a .po and a page are saved, one after the other, and the page is asked for until the new
words are in it. The middle of the saves is printed, by the clock: what a person waits for, ours as a share of
theirs with the least and the most; ``--output`` writes all of it as JSON. sphinx-autobuild runs stock Sphinx,
and watches catalogs besides sources.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.benchmarks.timing import make_corpus, measured_before, shares, shown, sizes

LOCALE: Final = "zh_CN"
PAGE: Final = "chapter-000/page-003"
#: Seconds after which a tool is taken not to have noticed a change, and is told to be slow.
_LONGEST: Final = 3600.0
#: Seconds between two saves: a person reads what is there before the next one.
_PAUSE: Final = 3.0


@dataclass(frozen=True)
class Tool:
    """Something that serves a site."""

    name: str
    command: tuple[str, ...]
    """``PORT`` stands for the port."""
    path: str
    """Where the pages are."""


OURS: Final = Tool(
    "sphinx-hub", (sys.executable, "-m", "sphinx_hub.cli", "preview", LOCALE, "--port", "PORT"), "zh-cn/"
)
AUTOBUILD: Final = Tool(
    "sphinx-autobuild",
    (
        *(sys.executable, "-m", "sphinx_autobuild", "--port", "PORT", "-c", "stock", "--watch", "locale"),
        *("-D", f"language={LOCALE}", "-q", "docs", "autobuilt"),
    ),
    "",
)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def wait_for(address: str, text: str) -> None:
    """Ask for a page until ``text`` is in it."""
    patience = time.monotonic() + _LONGEST
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 loopback
                if text in answer.read().decode():
                    return
        except (OSError, HTTPException):
            pass  # it has not begun to serve, or writes the page at this moment
        if time.monotonic() > patience:
            sys.exit(f"{address} never had {text!r}")
        time.sleep(0.01)


def latencies(tool: Tool, site: Path, saves: int) -> dict[str, Any]:
    """Seconds from each save to its text being served, of a .po and of a page."""
    port = free_port()
    command = [str(port) if part == "PORT" else part for part in tool.command]
    po = site / "locale" / LOCALE / "LC_MESSAGES" / f"{PAGE}.po"
    page = site / "docs" / f"{PAGE}.md"
    before = {file: file.read_text("utf-8") for file in (po, page)}
    address = f"http://127.0.0.1:{port}/{tool.path}{PAGE}.html"
    times: dict[str, list[float]] = {".po": [], ".md": []}
    process = subprocess.Popen(
        command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        started = time.monotonic()
        wait_for(address, "</html>")
        ready = time.monotonic() - started
        for number in range(saves):
            for file in (po, page):
                time.sleep(_PAUSE)
                words = f"saved{number}{file.suffix[1:]}"
                file.write_text(_changed(before[file], words, file.suffix), "utf-8")
                saved = time.monotonic()
                wait_for(address, words)
                times[file.suffix].append(time.monotonic() - saved)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for file, content in before.items():
            file.write_text(content, "utf-8")
    return {
        "ready": round(ready, 2),
        "saves": {kind: [round(each, 3) for each in all_] for kind, all_ in times.items()},
    }


def _changed(content: str, words: str, kind: str) -> str:
    """The file with ``words`` in its last translation, or in a paragraph more."""
    if kind == ".md":
        return f"{content.rstrip()}\n\n{words}\n"
    last = list(re.finditer(r'(?m)^msgstr "', content))[-1]
    return f"{content[: last.end()]}{words}{content[last.end() :]}"


TOOLS: Final = (OURS, AUTOBUILD)
HEAD: Final = f"{'':25}     ours    stock  share (least–most)"


def rows(pages: str, result: dict[str, Any]) -> list[str]:
    """The rows of one size, below :data:`HEAD`; ours alone where the other was left out."""
    rows = [f"{pages} pages"]
    for kind, text in {".po": "catalog saved, s", ".md": "page saved, s"}.items():
        ours, *theirs = (result[tool.name]["saves"][kind] for tool in TOOLS if tool.name in result)
        found = shown(shares(ours, *theirs)) if theirs else f"{statistics.median(ours):8.2f}"
        rows.append(f"  {text:<23}{found}")
    return rows


def table(results: dict[str, Any]) -> list[str]:
    """The lines of the table of all sizes that were measured."""
    return [HEAD, *(line for pages, result in sizes(results) for line in rows(pages, result))]


def main() -> None:
    """Measure each size, and print its rows."""
    parser = argparse.ArgumentParser(description="Time previews beside sphinx-autobuild.")
    parser.add_argument("--pages", type=int, nargs="+", default=[20, 200])
    parser.add_argument("--saves", type=int, default=5)
    parser.add_argument("--alone", action="store_true", help="leave sphinx-autobuild out")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    results = measured_before(options.output)
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for pages in options.pages:
            site = Path(folder) / str(pages)
            make_corpus(site, pages)
            tools = TOOLS[:1] if options.alone else TOOLS
            results[str(pages)] = {tool.name: latencies(tool, site, options.saves) for tool in tools}
            print("\n".join(rows(str(pages), results[str(pages)])), flush=True)
    if options.output:
        options.output.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
