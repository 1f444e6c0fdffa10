"""The counts of the catalogs as they were, read from git: at a revision, or before a day.

Nothing is checked out; git is asked for the files as it has them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.compiled import catalog_folder, parse_catalog
from sphinx_hub.catalogs.counts import Progress, count_entries
from sphinx_hub.catalogs.entries import entries_of
from sphinx_hub.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_hub.settings import Language, Settings

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
#: A line of `git ls-tree -z`: only files are read, neither links nor submodules.
_FILE: Final = re.compile(r"100\d{3} blob (?P<name>[0-9a-f]+)\t(?P<path>.+)", re.DOTALL)


class HistoryError(Exception):
    """The former state cannot be known; the message says why, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The counts that the present ones are compared with."""

    asked: str
    """The day or the revision as it was asked for."""
    revision: str
    """The commit; empty where there was none yet on that day, so that everything came since."""
    counts: Mapping[str, Mapping[str, Progress]]
    """Locale -> domain -> counts."""
    unreadable: tuple[Problem, ...] = ()
    """The catalogs of that revision that cannot be read, and are left out."""


def read_baseline(settings: Settings, languages: Sequence[Language], since: str) -> Baseline:
    """The counts at the revision ``since``, or before the day ``since``, ``YYYY-MM-DD`` in UTC.

    :raises HistoryError: there is no git, no repository, or no such revision.
    """
    git = _Git(settings)
    revision = git.before(since) if _DAY.fullmatch(since) else git.commit(since)
    counts: dict[str, dict[str, Progress]] = {language.locale: {} for language in languages}
    unreadable: list[Problem] = []
    for language in languages if revision else ():
        folder = catalog_folder(settings.catalogs_path, language.locale)
        for domain, content in git.catalogs(revision, folder.relative_to(settings.root).as_posix()):
            path = folder / f"{domain}.po"
            catalog = parse_catalog(content, path, language.locale)
            if isinstance(catalog, Problem):
                unreadable.append(catalog)
            else:
                counts[language.locale][domain] = count_entries(entries_of(catalog))
    return Baseline(asked=since, revision=revision, counts=counts, unreadable=tuple(unreadable))


class _Git:
    """Asks git about the repository in which the project stands."""

    def __init__(self, settings: Settings) -> None:
        self._program = shutil.which("git") or ""
        self._root = settings.root
        if not self._program:
            raise HistoryError("git is not installed, and without it no former state is known")
        if self._run("rev-parse", "--is-inside-work-tree").returncode:
            raise HistoryError(f"{settings.root} is no git repository, so no former state is known")

    def commit(self, name: str) -> str:
        """The commit that the revision ``name`` means."""
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if found.returncode:
            raise HistoryError(f"{name!r} is neither a day, YYYY-MM-DD, nor a revision that git knows here")
        return found.stdout.decode().strip()

    def before(self, day: str) -> str:
        """The last commit before ``day`` begins, in UTC; empty where there is none."""
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise HistoryError(f"there is no day {day}") from error
        # Of a day alone, git would take the present hour.
        found = self._run("rev-list", "-1", f"--before={day}T00:00:00Z", "HEAD")
        if found.returncode:
            raise HistoryError("git knows no commit here")
        revision = found.stdout.decode().strip()
        if not revision and self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            raise HistoryError(f"this clone does not reach back to {day}: run `git fetch --unshallow`")
        return revision

    def catalogs(self, revision: str, folder: str) -> Iterator[tuple[str, bytes]]:
        """(domain, content) of every .po below ``folder`` at ``revision``, sorted by domain."""
        listing = self._run("ls-tree", "-r", "-z", revision, "--", f"{folder}/").stdout.decode()
        names: dict[str, str] = {}
        for line in listing.split("\0"):
            found = _FILE.fullmatch(line)
            relative = found["path"].removeprefix(f"{folder}/") if found else ""
            if found and relative.endswith(".po") and not re.search(r"(?:^|/)\.", relative):
                names[relative.removesuffix(".po")] = found["name"]
        if not names:
            return
        domains = sorted(names)
        answer = self._run("cat-file", "--batch", asked="".join(f"{names[name]}\n" for name in domains))
        content, start = answer.stdout, 0
        for domain in domains:
            end = content.index(b"\n", start)
            size = int(content[start:end].split()[2])
            yield domain, content[end + 1 : end + 1 + size]
            start = end + 1 + size + 1

    def _run(self, *arguments: str, asked: str = "") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self._program, *arguments],
            cwd=self._root,
            input=asked.encode(),
            capture_output=True,
            check=False,
        )
