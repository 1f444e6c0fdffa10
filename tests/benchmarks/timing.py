"""What benchmarks have in common: how a command is timed, and how two are compared."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

CORPUS: Final = Path(__file__).with_name("corpus.py")


@dataclass(frozen=True)
class Run:
    """What commands used."""

    cpu: float
    """Seconds of the processor, by the processes and those that they started."""
    wall: float
    """Seconds from beginning to end."""
    megabytes: float
    """The most memory that one process held."""


def used(commands: Sequence[Sequence[str]], folder: Path) -> Run:
    """Run ``commands`` in ``folder``, one after the other, to their ends."""
    # Compiled modules are read from the disk in every run, or in none.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin, cpu, memory = time.perf_counter(), 0.0, 0
    for command in commands:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment)
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
        cpu += usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss)
    unit = 1024 if sys.platform == "linux" else 1024**2
    return Run(round(cpu, 2), round(time.perf_counter() - begin, 2), round(memory / unit))


def make_corpus(folder: Path, pages: int, *options: str) -> None:
    """Write a generated site into ``folder``."""
    subprocess.run([sys.executable, str(CORPUS), str(folder), "--pages", str(pages), *options], check=True)


def shares(ours: Sequence[float], theirs: Sequence[float]) -> dict[str, Any]:
    """The middle of both, and ours as a share of theirs: the middle of the runs, the least and the most."""
    found = [one / other for one, other in zip(ours, theirs, strict=True)]
    return {
        "seconds": [round(statistics.median(each), 2) for each in (ours, theirs)],
        "share": round(statistics.median(found), 3),
        "spread": [round(min(found), 3), round(max(found), 3)],
    }


def shown(share: dict[str, Any]) -> str:
    """What :func:`shares` found, for a row of a table."""
    (mine, theirs), (low, high) = share["seconds"], share["spread"]
    return f"{mine:8.2f} {theirs:8.2f}  {share['share']:.3f} ({low:.3f}–{high:.3f})"


def measured_before(path: Path | None) -> dict[str, Any]:
    """Where a benchmark is run, with what stands in ``path`` of other sizes, measured at such a place."""
    here = {"machine": platform.platform(), "processors": os.cpu_count(), "python": platform.python_version()}
    if path is None or not path.is_file():
        return here
    before: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return before if before | here == before else here


def sizes(results: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """(pages, what was measured) of each size, the smallest first."""
    return sorted((item for item in results.items() if item[0].isdecimal()), key=lambda item: int(item[0]))
