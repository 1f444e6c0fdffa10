"""Build the site in several languages, each by a Sphinx process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_hub import records
from sphinx_hub.building.root_page import root_not_found, root_page, search_engine_files
from sphinx_hub.building.unchanged import Project, State, project_state
from sphinx_hub.catalogs.compiled import compile_site_catalogs, write_if_changed
from sphinx_hub.i18n.report import REPORT
from sphinx_hub.problems import Code, Problem, ProblemsError, format_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.building.progress import Progress
    from sphinx_hub.settings import Language, Settings

#: Stands in a doctree folder while a build is under way, and after one that failed: Sphinx repeats
#: no warning of a page that it has read, so the next build must read everything anew.
_UNFINISHED: Final = "hub-unfinished"


@dataclass(frozen=True, kw_only=True)
class BuildResult:
    """What became of one language."""

    language: Language
    output: Path
    """The folder of the built site."""
    exit_code: int
    """Sphinx's exit code, or 1 when its catalogs cannot be used; 0 when there was no warning."""
    seconds: float
    """How long it took, by the clock."""
    complaints: str
    """What Sphinx wrote to its standard error, whole."""
    unchanged: bool = False
    """Whether it was left as it stood, since nothing had changed."""
    pages: int = 0
    translated: int = 0
    outdated: int = 0
    messages: int = 0


def build_languages(  # noqa: PLR0913 options of the command, by name
    settings: Settings,
    languages: Sequence[Language],
    *,
    jobs: int,
    fresh: bool,
    progress: Progress,
    plain: bool = False,
) -> list[BuildResult]:
    """Build each of ``languages``, ``jobs`` at a time; results come in the order of ``languages``.

    A language that fails does not stop the others. One of which nothing changed since it was built is left as
    it is (:mod:`sphinx_hub.building.unchanged`). With ``fresh``, nothing of earlier builds is used, and with
    ``plain`` nothing that only saves time.
    """
    project = Project("") if plain else project_state(settings)
    running = RunningBuilds()
    build = partial(_build, settings, project, running, fresh=fresh, plain=plain, progress=progress)
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        futures = {pool.submit(build, language): language for language in languages}
        results = {}
        try:
            for future in as_completed(futures):
                result = future.result()
                results[result.language.locale] = result
                progress.done(result)
        except KeyboardInterrupt:
            # Ctrl-C reaches the processes that run; the languages that wait must not begin after it.
            pool.shutdown(wait=False, cancel_futures=True)
            running.stop()
            raise
    return [results[language.locale] for language in languages]


def write_root_page(settings: Settings, to_come: Sequence[Language] = ()) -> Path | None:
    """Write the page that sends a reader to a language; returns its path, or None where no site is built.

    It lists the languages whose site is there, so that it leads to none that is not, and those ``to_come``
    from other computers. Its title is the site's, in the source language where that is there, else in the
    first.

    :raises ProblemsError: the page cannot be written.
    """
    built = [
        language
        for language in settings.languages
        if (settings.output_path / language.path / "index.html").is_file()
    ]
    if not built:
        return None
    titled = settings.source_language if settings.source_language in built else built[0]
    built = [language for language in settings.languages if language in built or language in to_come]
    reports = {
        language.locale: _read_report(doctree_folder(settings, language) / REPORT) for language in built
    }
    title = str(reports[titled.locale].get("title", ""))
    words = {locale: str(report.get("not_found", "")) for locale, report in reports.items()}
    path = settings.output_path / "index.html"
    files = {
        path.name: root_page(built, title),
        "404.html": root_not_found(built, title, words, settings.site),
        **search_engine_files(settings.site, built),
    }
    try:
        for name, text in files.items():
            write_if_changed(settings.output_path / name, text.encode())
    except OSError as error:
        raise ProblemsError([_unwritable(path, error)]) from error
    return path


def doctree_folder(settings: Settings, language: Language) -> Path:
    """Where the doctrees of ``language`` are kept between builds: beside the output, not in it."""
    return settings.output_path.parent / "doctrees" / language.path


def sphinx_command(settings: Settings, language: Language, *, fresh: bool, plain: bool = False) -> list[str]:
    """The command that builds one language; run it in the folder of pyproject.toml."""
    return [
        *(sys.executable, "-m", "sphinx", "-b", "html", "-c", str(settings.root)),
        *("-d", str(doctree_folder(settings, language))),
        *("-D", f"language={language.locale}", "-W", "--keep-going", "--no-color"),
        *(("--fresh-env", "--write-all") if fresh else ()),
        *(("-D", "hub_plain=1") if plain else ()),
        *(str(settings.source_path), str(settings.output_path / language.path)),
    ]


def _build(  # noqa: PLR0913 options of the command, by name
    settings: Settings,
    project: Project,
    running: RunningBuilds,
    language: Language,
    *,
    fresh: bool,
    plain: bool,
    progress: Progress,
) -> BuildResult:
    started = time.monotonic()
    state = State(settings, language, project, sphinx_command(settings, language, fresh=fresh, plain=plain))
    if (
        not (fresh or plain or (doctree_folder(settings, language) / _UNFINISHED).exists())
        and state.is_known()
    ):
        return replace(_result(settings, language, 0, started, ""), unchanged=True)
    doctrees, output = doctree_folder(settings, language), settings.output_path / language.path
    unfinished = doctrees / _UNFINISHED
    problems: tuple[Problem, ...]
    try:
        doctrees.mkdir(parents=True, exist_ok=True)
        fresh = fresh or unfinished.exists()
        unfinished.touch()
        state.forget()
        (doctrees / REPORT).unlink(missing_ok=True)
        problems = _catalog_problems(settings, language, doctrees)
        if not problems:
            output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problems = (_unwritable(output, error),)
    exit_code, complaints = 1, format_problems(problems)
    if not problems:
        command = sphinx_command(settings, language, fresh=fresh, plain=plain)
        exit_code, complaints = _run(command, settings, language, progress, running)
    if exit_code == 0:
        unfinished.unlink()
        state.keep()
    return _result(settings, language, exit_code, started, complaints)


def _result(
    settings: Settings, language: Language, exit_code: int, started: float, complaints: str
) -> BuildResult:
    """What became of a language, with what its report says."""
    report = _read_report(doctree_folder(settings, language) / REPORT)
    return BuildResult(
        language=language,
        output=settings.output_path / language.path,
        exit_code=exit_code,
        seconds=time.monotonic() - started,
        complaints=complaints,
        pages=report.get("pages", 0),
        translated=report.get("translated", 0),
        outdated=report.get("outdated", 0),
        messages=report.get("messages", 0),
    )


def _unwritable(path: Path, error: OSError) -> Problem:
    """What to say of ``error``, which came while ``path`` was to be written."""
    place = Path(error.filename2 or error.filename or path)
    return Problem(place, 1, Code.SETTINGS_PATH, f"the output cannot be written: {error.strerror}")


def _catalog_problems(settings: Settings, language: Language, doctrees: Path) -> tuple[Problem, ...]:
    """What keeps the language from being built, in a line each; Sphinx would say it with a traceback."""
    if language.locale == settings.source_locale:
        return ()
    return compile_site_catalogs(settings, language.locale, doctrees, records.DATA_NAMES).problems


class RunningBuilds:
    """The processes that build. One may be about to begin when all are to stop, and must be stopped too."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: list[subprocess.Popen[str]] = []
        self._stopped = False

    def add(self, process: subprocess.Popen[str]) -> None:
        """Note a process that has begun; stop it, if all are to."""
        with self._lock:
            self._processes.append(process)
            if self._stopped:
                process.terminate()

    def stop(self) -> None:
        """Stop those that run, and each that is added from now on."""
        with self._lock:
            self._stopped = True
            for process in self._processes:
                process.terminate()  # does nothing to one that has ended


def _run(
    command: list[str], settings: Settings, language: Language, progress: Progress, running: RunningBuilds
) -> tuple[int, str]:
    """Run Sphinx, passing on its progress; returns its exit code and its standard error."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    with (
        subprocess.Popen(
            command,
            cwd=settings.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process,
        ThreadPoolExecutor(max_workers=1) as reader,
    ):
        assert process.stdout is not None  # noqa: S101 both are pipes
        assert process.stderr is not None  # noqa: S101
        running.add(process)
        complaints = reader.submit(process.stderr.read)
        for line in process.stdout:
            progress.status(language, line)
        return process.wait(), complaints.result()


def _read_report(path: Path) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return report
