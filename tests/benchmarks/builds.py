"""How long builds take, beside stock Sphinx, in one run: `nox -s bench -- --pages 20 100 200 1000`.

For each size a site in six translated languages is made (``corpus.py``), with the whole navigation on every
page. Then, in turn:

- one language is built anew, by ``sphinx-build`` with stock extensions and by ``sphinx-hub build``;
- all six are built anew by ``sphinx-hub build``, on all processors;
- nothing is changed, and one message of one catalog is: ``sphinx-build`` builds that language again,
  ``sphinx-hub build`` all six. To build all six as well, ``sphinx-build`` would have to run five times
  more with nothing to do, so that is added to its time.

The middle of the runs is printed, ours as a share of theirs with the least and the most; ``--output``
writes all of it as JSON, beside what is there of other sizes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.benchmarks.timing import Run, make_corpus, measured_before, shares, shown, sizes, used

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LOCALE: Final = "zh_CN"
LOCALES: Final = ("zh_CN", "zh_TW", "ja", "ko", "de", "es")
CATALOG: Final = "chapter-000/page-001.po"


def stock(site: Path) -> Run:
    """Build one language with stock Sphinx."""
    command = [sys.executable, "-m", "sphinx", "-q", "-c", "stock", "docs", str(_output(site))]
    return used([[*command, "-D", f"language={LOCALE}"]], site)


def _output(site: Path) -> Path:
    """Where stock Sphinx builds: beside the site, since sphinx-hub looks at every file of that."""
    return site.with_name(f"{site.name}-stock")


def ours(site: Path, *arguments: str) -> Run:
    """Build with sphinx-hub, as ``arguments`` say."""
    return used([[sys.executable, "-m", "sphinx_hub.cli", "build", *arguments]], site)


def stock_anew(site: Path) -> Run:
    """Build one language with stock Sphinx, with nothing of earlier builds."""
    shutil.rmtree(_output(site), ignore_errors=True)
    for catalog in (site / "locale").rglob("*.mo"):
        catalog.unlink()
    return stock(site)


def ours_anew(site: Path, *arguments: str) -> Run:
    """Build with sphinx-hub, with nothing of earlier builds."""
    shutil.rmtree(site / "_build", ignore_errors=True)
    return ours(site, *arguments)


def edit(site: Path, number: int) -> None:
    """Change the translation of a page's first paragraph, to another one for each ``number``."""
    path = site / "locale" / LOCALE / "LC_MESSAGES" / CATALOG
    header, title, paragraph, *others = path.read_text("utf-8").split("\n\n")
    changed = paragraph.replace('msgstr "', f'msgstr "{number}', 1)
    if changed == paragraph:
        sys.exit(f"{path} has no message to change")
    path.write_text("\n\n".join((header, title, changed, *others)), "utf-8")


def measure(site: Path, runs: int) -> dict[str, Any]:
    """Time everything in ``site``; returns every run, and what came of them."""
    # On one processor each.
    one = [(ours_anew(site, LOCALE, "--jobs", "1"), stock_anew(site)) for _run in range(runs)]
    six = [ours_anew(site, *LOCALES) for _run in range(runs)]
    idle: list[tuple[Run, Run]] = []
    po: list[tuple[Run, Run]] = []
    for number in range(runs):
        idle.append((ours(site, *LOCALES), stock(site)))
        edit(site, number)
        po.append((ours(site, *LOCALES), stock(site)))
    more = len(LOCALES) - 1
    whole = [
        (mine.wall, theirs.wall + more * none.wall)
        for (mine, theirs), (_, none) in zip(po, idle, strict=True)
    ]
    return {
        "one language": {
            **_runs(one),
            "cpu": _shares(one, lambda run: run.cpu),
            "megabytes": _shares(one, lambda run: run.megabytes),
        },
        "six languages": {
            "sphinx-hub": [asdict(run) for run in six],
            # All six of ours beside one of theirs, by the clock.
            "wall": shares([run.wall for run in six], [theirs.wall for _mine, theirs in one]),
            "megabytes": round(statistics.median(run.megabytes for run in six)),
        },
        "nothing changed": {**_runs(idle), "wall": _shares(idle, lambda run: run.wall)},
        "one message": {
            **_runs(po),
            "wall": _shares(po, lambda run: run.wall),
            "six by six": shares([mine for mine, _theirs in whole], [theirs for _mine, theirs in whole]),
        },
    }


def _runs(pairs: Iterable[tuple[Run, Run]]) -> dict[str, Any]:
    mine, theirs = zip(*pairs, strict=True)
    return {"sphinx-hub": [asdict(run) for run in mine], "stock": [asdict(run) for run in theirs]}


def _shares(pairs: Iterable[tuple[Run, Run]], of: Callable[[Run], float]) -> dict[str, Any]:
    mine, theirs = zip(*pairs, strict=True)
    return shares([of(run) for run in mine], [of(run) for run in theirs])


HEAD: Final = f"{'':33}     ours    stock  share (least–most)"


def rows(pages: str, result: dict[str, Any]) -> list[str]:
    """The rows of one size, below :data:`HEAD`."""
    one, six = result["one language"], result["six languages"]
    idle, po = result["nothing changed"], result["one message"]
    return [
        f"{pages} pages",
        f"  one language, processor, s     {shown(one['cpu'])}",
        f"  one language, memory, MB       {shown(one['megabytes'])}",
        f"  six languages, stock one, s    {shown(six['wall'])}",
        f"  nothing changed, stock one, s  {shown(idle['wall'])}",
        f"  one message, stock one, s      {shown(po['wall'])}",
        f"  one message, stock six, s      {shown(po['six by six'])}",
    ]


def table(results: dict[str, Any]) -> list[str]:
    """The lines of the table of all sizes that were measured."""
    return [HEAD, *(line for pages, result in sizes(results) for line in rows(pages, result))]


def main() -> None:
    """Measure each size, and print its rows."""
    parser = argparse.ArgumentParser(description="Time builds beside stock Sphinx.")
    parser.add_argument("--pages", type=int, nargs="+", default=[20, 100, 200])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    results = measured_before(options.output)
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for pages in options.pages:
            site = Path(folder) / str(pages)
            make_corpus(site, pages, "--locales", *LOCALES, "--whole-navigation")
            results[str(pages)] = measure(site, options.runs)
            print("\n".join(rows(str(pages), results[str(pages)])), flush=True)
            shutil.rmtree(site)
            if options.output:
                options.output.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
