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
import re
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.benchmarks.timing import Run, make_corpus, measured_before, shares, shown, sizes, used

LOCALES: Final = ("zh_CN", "zh_TW", "ja", "ko", "de")
_PARAGRAPH: Final = re.compile(r"(?m)^(?=[A-Z][a-z]+ [a-z]+ )")


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
        make_corpus(site, pages, "--locales", *LOCALES)
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
                measure: shares(*([getattr(run, measure) for run in timed[name]] for name in ways))
                for measure in ("cpu", "wall")
            },
        }
    return result


HEAD: Final = f"{'':25}     ours    stock  share (least–most)"


def rows(pages: str, result: dict[str, Any]) -> list[str]:
    """The rows of one size, below :data:`HEAD`."""
    return [
        f"{pages} pages",
        *(
            f"  {which + ', ' + name + ', s':<23}{shown(found[measure])}"
            for which, found in result.items()
            for measure, name in (("cpu", "processor"), ("wall", "clock"))
        ),
    ]


def table(results: dict[str, Any]) -> list[str]:
    """The lines of the table of all sizes that were measured."""
    return [HEAD, *(line for pages, result in sizes(results) for line in rows(pages, result))]


def main() -> None:
    """Measure each size, and print its rows."""
    parser = argparse.ArgumentParser(description="Time updates of catalogs beside sphinx-intl.")
    parser.add_argument("--pages", type=int, nargs="+", default=[200])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    results = measured_before(options.output)
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for pages in options.pages:
            results[str(pages)] = measure(Path(folder), pages, options.runs)
            print("\n".join(rows(str(pages), results[str(pages)])), flush=True)
    if options.output:
        options.output.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
