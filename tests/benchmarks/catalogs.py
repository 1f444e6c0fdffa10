"""How long a check and an update of catalogs take, beside the tools that others use, in one run.

    nox -s benchmarks

Each command runs three times as a process of its own, and the shortest time counts. Between machines, compare
the ratios.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3
ENTRIES = 10_000
#: Pages of a generated site that have as many messages.
PAGES = 265
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)


def shortest(*command: str | Path, cwd: Path = ROOT) -> float:
    """The seconds of the fastest of three runs; exit code 1 may say that something was found."""
    times = []
    for _run in range(RUNS):
        started = time.perf_counter()
        run = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, check=False)
        times.append(time.perf_counter() - started)
        if run.returncode not in {0, 1}:
            sys.exit(f"{command[0]}: {run.stderr.decode(errors='replace')[-2000:]}")
    return min(times)


def catalogs(folder: Path, entries: int) -> list[Path]:
    """Catalogs of right translations, with ``entries`` messages in all."""
    cases = (ROOT / "tests" / "catalog_cases" / "cases.jsonl").read_text("utf-8").strip().split("\n")
    right = [case for case in map(json.loads, cases) if case["class"] == "clean"]
    paths: list[Path] = []
    while entries > 0:
        path = folder / "zh_CN" / "LC_MESSAGES" / f"page{len(paths)}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        texts = [
            f"#: docs/page.md:{number}\nmsgid {quoted(case['msgid'])}\nmsgstr {quoted(case['msgstr'])}\n"
            for number, case in enumerate(right[:entries], 1)
        ]
        path.write_text(HEADER + "\n".join(texts), "utf-8")
        paths.append(path)
        entries -= len(texts)
    return paths


def quoted(text: str) -> str:
    """``text`` as a string of a catalog, on one line."""
    return json.dumps(text, ensure_ascii=False)


def check(folder: Path) -> None:
    """Time the check of many right entries, and of one."""
    one = catalogs(folder / "one", 1)[0]
    many = catalogs(folder / "many", ENTRIES)
    hub = shortest("sphinx-hub", "check", folder / "many")
    rows = [
        ("sphinx-hub check, one entry", shortest("sphinx-hub", "check", one), 1),
        ("sphinx-hub check", hub, ENTRIES),
        ("pofilter (translate-toolkit)", shortest("pofilter", folder / "many", folder / "out"), ENTRIES),
    ]
    if shutil.which("msgfmt"):
        rows.append(
            (
                "msgfmt -c, a file at a time",
                sum(shortest("msgfmt", "-c", "-o", "/dev/null", path) for path in many),
                ENTRIES,
            )
        )
    for name, seconds, entries in rows:
        each = f"{1000 * seconds / entries:7.2f} s per 1,000" if entries > 1 else ""
        print(f"  {name:32} {seconds:7.2f} s  {each}  {seconds / hub:6.2f} x ours")


def status(folder: Path) -> None:
    """Time the count of a site with many messages, and the start of the command."""
    corpus = ROOT / "tests" / "benchmarks" / "corpus.py"
    command = [sys.executable, corpus, folder, "--pages", str(PAGES), "--locales", "zh_CN"]
    subprocess.run(list(map(str, command)), check=True)
    messages = sum(path.read_text("utf-8").count("\nmsgid ") for path in folder.rglob("*.po"))
    for name, seconds in (
        (f"sphinx-hub status, {messages} messages", shortest("sphinx-hub", "status", cwd=folder)),
        ("sphinx-hub --version", shortest("sphinx-hub", "--version")),
    ):
        print(f"  {name:38} {seconds:7.2f} s")


def update(folder: Path) -> None:
    """Time an update of this site, with nothing changed and after one edit."""
    ours, stock = folder / "ours", folder / "stock"
    for site in (ours, stock):
        site.mkdir()
        for name in ("conf.py", "pyproject.toml", "docs", "locale", "noxfile.py"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, site / name)
    gettext = ("sphinx-build", "-q", "-b", "gettext", "-c", ".", "docs", "_build/gettext")
    intl = ("sphinx-intl", "update", "-p", "_build/gettext", "-d", "locale", "-l", "zh_CN", "-l", "zh_TW")
    shortest("sphinx-hub", "update", cwd=ours)
    shortest(*gettext, cwd=stock)
    shortest(*intl, cwd=stock)
    for name in ("nothing changed", "one edit a run"):
        times = {}
        for site, commands in ((ours, [("sphinx-hub", "update")]), (stock, [gettext, intl])):
            runs = []
            for run in range(RUNS):
                if name != "nothing changed":
                    with (site / "docs" / "index.md").open("a", encoding="utf-8") as page:
                        page.write(f"\nText {run} that is new.\n")
                started = time.perf_counter()
                for command in commands:
                    subprocess.run(command, cwd=site, capture_output=True, check=True)
                runs.append(time.perf_counter() - started)
            times[site] = min(runs)
        print(
            f"  {name:32} {times[ours]:7.2f} s  gettext and sphinx-intl {times[stock]:7.2f} s"
            f"  {times[stock] / times[ours]:6.2f} x ours"
        )


def main() -> None:
    """Run all, each in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"check, {ENTRIES} right translations")
        check(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        print("status, a generated site in one language")
        status(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        print("update, this site in two languages")
        update(Path(folder))


if __name__ == "__main__":
    main()
