"""Lighthouse on the built site, as `nox -s lighthouse` runs it: on a phone, over a loopback server.

Builds the site in a folder of its own, as it is published. Keeps each report in _build/lighthouse, prints a
table, and ends with exit code 1 where a category of a page has less than 95 of 100. Lighthouse is from npm,
Chromium of the system; nothing else is loaded.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

# Run as a script, its folder alone is on the path.
from tests.browser.serving import served  # noqa: E402
from tests.conftest import build_published, copy_site  # noqa: E402

PROGRAM = ROOT / "tests" / "browser" / "node_modules" / "lighthouse" / "cli" / "index.js"
BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
REPORTS = ROOT / "_build" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
PAGES = [
    f"{language}/{page}.html"
    for language in ("en", "zh-cn")
    for page in ("index", "posts/announcement", "search")
]
#: What a page is not asked for: search engines shall not list the page of the search.
EXCEPTIONS = {"search.html": "is-crawlable"}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def judge(address: str, page: str, browser: str) -> dict[str, Any]:
    """The report of one page; also written as HTML and JSON."""
    name = REPORTS / page.removesuffix(".html").replace("/", "-")
    command = [
        *("node", str(PROGRAM), f"{address}{page}", "--quiet", "--form-factor=mobile"),
        *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"),
        *(f"--skip-audits={audit}" for end, audit in EXCEPTIONS.items() if page.endswith(end)),
        *("--output=json", "--output=html", f"--output-path={name}"),
    ]
    run = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise SystemExit(f"Lighthouse could not judge {page}:\n{run.stderr.strip()}")
    report: dict[str, Any] = json.loads(name.with_name(f"{name.name}.report.json").read_text("utf-8"))
    return report


def lost_points(report: dict[str, Any]) -> list[str]:
    """What costs points, a line for each audit that counts and does not pass."""
    lines = []
    for category in report["categories"].values():
        for entry in category["auditRefs"]:
            audit = report["audits"][entry["id"]]
            if entry["weight"] and audit["score"] is not None and audit["score"] < 1:
                lines.append(f"  {category['id']}: {audit['title']} {audit.get('displayValue', '')}".rstrip())
    return lines


def row(page: str, report: dict[str, Any], scores: list[int]) -> str:
    """The line of the table for one page."""
    weight = report["audits"]["total-byte-weight"]["numericValue"] / 1000
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    return f"{page:<28}{''.join(f'{score:>16}' for score in scores)} {weight:>4.0f} {shift:>5.3f}"


def main() -> int:
    """Judge every page; returns the exit code."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not shutil.which("node") or not PROGRAM.exists():
        print("Lighthouse needs Chromium, Node.js and `npm ci` in tests/browser", file=sys.stderr)
        return 2
    REPORTS.mkdir(parents=True, exist_ok=True)
    worst = 100
    print(f"{'page':<28}{''.join(f'{category:>16}' for category in CATEGORIES)}   kB   CLS", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        site = copy_site(Path(folder) / "site")
        build_published(site)
        with served(site / "_build" / "html") as address:
            for page in sys.argv[1:] or PAGES:
                report = judge(address, page, browser)
                scores = [round(100 * report["categories"][category]["score"]) for category in CATEGORIES]
                print("\n".join([row(page, report, scores), *lost_points(report)]), flush=True)
                worst = min(worst, *scores)
    return 1 if worst < LEAST else 0


if __name__ == "__main__":
    sys.exit(main())
