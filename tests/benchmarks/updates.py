"""How long an update of the catalogs takes, beside gettext and sphinx-intl: `nox -s bench -- updates`.

For each size two copies of a site with complete catalogs in five languages are made (``corpus.py``). In both
the same sentences are changed: one on one page, then one on every page. ``sphinx-hub update`` is run in the
one copy, ``sphinx-build -b gettext`` and ``sphinx-intl update`` in the other, in turn. The middle of the runs
is printed for the time of the processor and the time that passes, ours as a share of theirs; ``--output``
writes all of it as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

CORPUS: Final = Path(__file__).with_name("corpus.py")
LOCALES: Final = ("zh_CN", "zh_TW", "ja", "ko", "de")
_PARAGRAPH: Final = re.compile(r"(?m)^(?=[A-Z][a-z]+ [a-z]+ )")


@dataclass(frozen=True)
class Run:
    """What an update used."""

    cpu: float
    """Seconds of the processor, by the processes and those that they started."""
    wall: float
    """Seconds from beginning to end."""


def used(commands: list[list[str]], folder: Path) -> Run:
    """Run ``commands`` in ``folder``, one after the other, to their ends."""
    # Compiled modules are read from the disk in every run, or in none.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin, cpu = time.perf_counter(), 0.0
    for command in commands:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment)
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
        cpu += usage.ru_utime + usage.ru_stime
    return Run(round(cpu, 2), round(time.perf_counter() - begin, 2))


def ours(site: Path) -> Run:
    """Update the catalogs of ``site`` with sphinx-hub."""
    return used([[sys.executable, "-m", "sphinx_hub.cli", "update"]], site)


def stock(site: Path) -> Run:
    """Update the catalogs of ``site`` as the documentation of Sphinx says."""
    languages = [part for locale in LOCALES for part in ("-l", locale)]
    gettext = [sys.executable, "-m", "sphinx", "-q", "-b", "gettext", "-c", "stock", "docs", "_build/gettext"]
    intl = [str(Path(sys.executable).with_name("sphinx-intl")), "-c", "stock/conf.py", "update"]
    return used([gettext, [*intl, "-p", "_build/gettext", "-d", "locale", *languages]], site)


def edit(page: Path, number: int) -> None:
    """Put a word in front of the first paragraph of ``page``, another for each ``number``."""
    text = page.read_text("utf-8")
    found = _PARAGRAPH.search(text)
    if found is None:
        sys.exit(f"{page} has no paragraph to change")
    page.write_text(f"{text[: found.start()]}Edit {number} of {text[found.start() :]}", "utf-8")


def measure(folder: Path, pages: int, runs: int) -> dict[str, Any]:
    """Time both in sites of ``pages`` pages; returns every run, and the shares."""
    sites = {"sphinx-hub": folder / f"ours-{pages}", "stock": folder / f"stock-{pages}"}
    for site in sites.values():
        command = [sys.executable, str(CORPUS), str(site), "--pages", str(pages), "--locales", *LOCALES]
        subprocess.run(command, check=True)
    ways = {"sphinx-hub": ours, "stock": stock}
    for name, way in ways.items():
        way(sites[name])
    result: dict[str, Any] = {}
    for which, pattern in (("one page", "docs/chapter-000/page-001.md"), ("every page", "docs/*/page-*.md")):
        timed: dict[str, list[Run]] = {name: [] for name in ways}
        for number in range(runs):
            for name, way in ways.items():
                found = sorted(sites[name].glob(pattern))
                if not found:
                    sys.exit(f"{sites[name]} has no {pattern}")
                for page in found:
                    edit(page, number)
                timed[name].append(way(sites[name]))
        result[which] = {
            **{name: [asdict(run) for run in found] for name, found in timed.items()},
            **{
                measure: shares([getattr(run, measure) for run in timed[name]] for name in ways)
                for measure in ("cpu", "wall")
            },
        }
    return result


def shares(times: Any) -> dict[str, Any]:
    """The middle of ours, of theirs, and the share with its spread."""
    mine, theirs = times
    found = [before / after for before, after in zip(mine, theirs, strict=True)]
    return {
        "seconds": [round(statistics.median(each), 2) for each in (mine, theirs)],
        "share": round(statistics.median(found), 3),
        "spread": [round(min(found), 3), round(max(found), 3)],
    }


HEAD: Final = (
    "pages  changed     ours CPU   stock CPU  share (spread)        ours s   stock s  share (spread)"
)


def rows(pages: str, result: dict[str, Any]) -> list[str]:
    """The rows of one size, below :data:`HEAD`."""
    lines = []
    for which, found in result.items():
        parts = []
        for name in ("cpu", "wall"):
            (mine, theirs), (low, high) = found[name]["seconds"], found[name]["spread"]
            parts.append(f"{mine:9.2f}  {theirs:9.2f}  {found[name]['share']:.2f} ({low:.2f}–{high:.2f})  ")
        lines.append(f"{pages:>5}  {which:<10}{''.join(parts).rstrip()}")
    return lines


def main() -> None:
    """Measure each size, and print its rows."""
    parser = argparse.ArgumentParser(description="Time updates of catalogs beside sphinx-intl.")
    parser.add_argument("--pages", type=int, nargs="+", default=[200])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    results: dict[str, Any] = {"machine": platform.platform(), "processors": os.cpu_count()}
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for pages in options.pages:
            results[str(pages)] = measure(Path(folder), pages, options.runs)
            print("\n".join(rows(str(pages), results[str(pages)])), flush=True)
    if options.output:
        options.output.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
