"""How long a build takes, beside stock Sphinx, in one run: `nox -s bench -- --pages 20 100 200`.

For each size a site is made (``corpus.py``), and stock Sphinx and sphinx-hub build one translated language of
it in turn, each with nothing of earlier builds and with the whole navigation on every page. The time of the
processor counts, and the most memory that a process held. The middle of the runs is printed, with the ratio
and from where to where it went; ``--output`` writes all of it as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

CORPUS: Final = Path(__file__).with_name("corpus.py")
LOCALE: Final = "zh_CN"


@dataclass(frozen=True)
class Run:
    """What one process used."""

    seconds: float
    """Of the processor, by the process and those that it started."""
    megabytes: float
    """The most memory that it held."""


def used(command: list[str], folder: Path) -> Run:
    """Run ``command`` in ``folder`` to its end."""
    # Compiled modules are read from the disk in every run, or in none.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    unit = 1024 if sys.platform == "linux" else 1024**2
    return Run(round(usage.ru_utime + usage.ru_stime, 2), round(usage.ru_maxrss / unit))


def build(site: Path, conf: str, *options: str) -> Run:
    """Build one language of ``site`` anew, with the configuration in the folder ``conf``."""
    shutil.rmtree(site / "out", ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-q", "-c", conf, "docs", "out", "-D", f"language={LOCALE}"]
    return used([*command, *options], site)


def measure(site: Path, runs: int) -> dict[str, Any]:
    """Build ``site`` in both ways, in turn; returns every run, the middle ones and the ratio."""
    stock: list[Run] = []
    ours: list[Run] = []
    for _run in range(runs):
        stock.append(build(site, "stock"))
        ours.append(build(site, ".", "-D", "hub_navigation_entries=1000000"))
    ratios = [before.seconds / after.seconds for before, after in zip(stock, ours, strict=True)]
    return {
        "stock": [asdict(run) for run in stock],
        "sphinx-hub": [asdict(run) for run in ours],
        "seconds": [statistics.median(run.seconds for run in tool) for tool in (stock, ours)],
        "megabytes": [statistics.median(run.megabytes for run in tool) for tool in (stock, ours)],
        "ratio": round(statistics.median(ratios), 2),
        "spread": [round(min(ratios), 2), round(max(ratios), 2)],
    }


HEAD: Final = "pages   stock s    ours s   ratio (spread)      stock MB   ours MB"


def row(pages: str, result: dict[str, Any]) -> str:
    """The row of one size, below :data:`HEAD`."""
    (before, after), (most, least) = result["seconds"], result["megabytes"]
    low, high = result["spread"]
    seconds = f"{pages:>5}  {before:8.1f}  {after:8.1f}   {result['ratio']:5} ({low}–{high})"
    return f"{seconds}{most:14.0f}{least:10.0f}"


def table(results: dict[str, Any]) -> list[str]:
    """The lines of the table of all sizes that were measured."""
    return [HEAD, *(row(pages, result) for pages, result in results.items() if pages.isdecimal())]


def main() -> None:
    """Measure each size, and print a row for it."""
    parser = argparse.ArgumentParser(description="Time builds beside stock Sphinx.")
    parser.add_argument("--pages", type=int, nargs="+", default=[20, 100, 200])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    results: dict[str, Any] = {"machine": platform.platform(), "processors": os.cpu_count()}
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for pages in options.pages:
            site = Path(folder) / str(pages)
            subprocess.run([sys.executable, str(CORPUS), str(site), "--pages", str(pages)], check=True)
            results[str(pages)] = measure(site, options.runs)
            print(row(str(pages), results[str(pages)]), flush=True)
    if options.output:
        options.output.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
