"""The counts of the catalogs as they were, read from git: at a revision, or before a day.

Nothing is checked out; git is asked for the files as it has them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.compiled import catalog_folder, parse_catalog
from sphinx_hub.catalogs.counts import count_entries
from sphinx_hub.catalogs.entries import entries_of
from sphinx_hub.catalogs.status import site_status
from sphinx_hub.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_hub.catalogs.counts import Progress
    from sphinx_hub.catalogs.status import LanguageStatus
    from sphinx_hub.settings import Settings

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS: Final = re.compile(r"(\d{1,5}) days?")
#: A line of `git ls-tree -z`: only files are read, neither links nor submodules.
_FILE: Final = re.compile(r"100\d{3} blob (?P<name>[0-9a-f]+)\t(?P<path>.+)", re.DOTALL)


class HistoryError(Exception):
    """The former state cannot be known; the message says why, and what to do."""


class UnknownRevisionError(HistoryError):
    """There is no such day or revision, wherever one asks."""


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The counts that the present ones are compared with."""

    asked: str
    """The day, YYYY-MM-DD, or the revision that was asked for."""
    revision: str
    """The commit; empty where there was none yet on that day, so that everything came since."""
    statuses: Mapping[str, LanguageStatus]
    """Locale -> how far the language was, for those that there is a catalog of."""
    unreadable: tuple[Problem, ...] = ()
    """The catalogs of that revision that cannot be read, and are left out."""


def read_baseline(settings: Settings, since: str, today: date) -> Baseline:
    """How far the languages were at the revision ``since``, or before a day.

    A day is ``YYYY-MM-DD``, in UTC, or ``30 days``: as many before ``today``. Which pages there are, and what
    they are written in, is taken from the sources as they are now.

    :raises HistoryError: there is no git, no repository, or no such revision.
    """
    if ago := _DAYS.fullmatch(since):
        since = (today - timedelta(days=int(ago[1]))).isoformat()
    git = _Git(settings)
    revision = git.before(since) if _DAY.fullmatch(since) else git.commit(since)
    counts: dict[str, dict[str, Progress]] = {}
    unreadable: list[Problem] = []
    for language in settings.languages if revision else ():
        found = counts[language.locale] = {}
        folder = catalog_folder(settings.catalogs_path, language.locale)
        for domain, content in git.catalogs(revision, folder.relative_to(settings.root).as_posix()):
            catalog = parse_catalog(content, folder / f"{domain}.po", language.locale)
            if isinstance(catalog, Problem):
                unreadable.append(catalog)
            else:
                found[domain] = count_entries(entries_of(catalog))
    # How often pages are read now says nothing of then.
    statuses = site_status(replace(settings, views=""), settings.languages, counts)
    return Baseline(
        asked=since,
        revision=revision,
        statuses={status.language.locale: status for status in statuses},
        unreadable=tuple(unreadable),
    )


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
            if self._is_shallow():
                raise HistoryError(f"this clone may not reach back to {name!r}: run `git fetch --unshallow`")
            raise UnknownRevisionError(
                f"{name!r} is neither a day, such as 2026-11-01 or `30 days`, nor a revision that git knows"
            )
        return found.stdout.decode().strip()

    def before(self, day: str) -> str:
        """The last commit before ``day`` begins, in UTC; empty where there is none."""
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise UnknownRevisionError(f"there is no day {day}") from error
        # Of a day alone, git would take the present hour.
        found = self._run("rev-list", "-1", f"--before={day}T00:00:00Z", "HEAD")
        if found.returncode:
            raise HistoryError("git knows no commit here")
        revision = found.stdout.decode().strip()
        if not revision and self._is_shallow():
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

    def _is_shallow(self) -> bool:
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _run(self, *arguments: str, asked: str = "") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self._program, *arguments],
            cwd=self._root,
            input=asked.encode(),
            capture_output=True,
            check=False,
        )
