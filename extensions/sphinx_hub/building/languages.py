"""Build the site in several languages, each by a Sphinx process of its own."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_hub import records
from sphinx_hub.building.root_page import root_not_found, root_page, search_engine_files
from sphinx_hub.building.sphinx_process import PAGES, SphinxProcess
from sphinx_hub.building.unchanged import Project, State, project_state
from sphinx_hub.catalogs.build_files import REPORT
from sphinx_hub.catalogs.compiled import compile_site_catalogs, write_if_changed
from sphinx_hub.problems import Code, Problem, ProblemsError, format_problems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

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
    waiting = [_Build(settings, project, language, fresh=fresh, plain=plain) for language in languages]
    running: list[_Build] = []
    results: dict[str, BuildResult] = {}
    try:
        while waiting or running:
            while waiting and len(running) < max(1, jobs):
                build = waiting.pop(0)
                # Processors that no other language will need go to the pages of this one.
                build.begin((jobs - len(running)) // (1 + len(waiting)), quiet=not progress.live)
                running.append(build)
            ready = wait([each for build in running for each in build.open]) if _all_write(running) else ()
            for build in running:
                progress.status(build.language, build.read(ready))
            for build in [build for build in running if not build.open]:
                running.remove(build)
                result = build.end()
                results[result.language.locale] = result
                progress.done(result)
    except BaseException:
        # Ctrl-C reaches the processes that run; what else comes must not leave them behind.
        for build in running:
            build.stop()
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


def sphinx_arguments(
    settings: Settings, language: Language, *, fresh: bool, plain: bool = False
) -> list[str]:
    """What ``sphinx-build`` is given to build one language, in the folder of pyproject.toml."""
    return [
        *("-b", "html", "-c", str(settings.root)),
        *("-d", str(doctree_folder(settings, language))),
        *("-D", f"language={language.locale}", "-W", "--keep-going", "--no-color"),
        *(("--fresh-env", "--write-all") if fresh else ()),
        *(("-D", "hub_plain=1") if plain else ()),
        *("-D", f"hub_counts={settings.output_path.parent / 'counts'}"),
        *(str(settings.source_path), str(settings.output_path / language.path)),
    ]


class _Build:
    """The build of one language."""

    def __init__(
        self, settings: Settings, project: Project, language: Language, *, fresh: bool, plain: bool
    ) -> None:
        self._settings, self.language, self._project = settings, language, project
        self._fresh, self._plain = fresh, plain
        self._exit_code, self._complaints = 0, ""
        self._unchanged = False
        self._process: SphinxProcess | None = None

    def begin(self, processes: int, *, quiet: bool) -> None:
        """Start Sphinx, unless there is nothing to do or something keeps it from being done.

        It may read and write pages in so many ``processes``. A ``quiet`` one does not tell how far it is.
        """
        settings, language = self._settings, self.language
        self._started = time.monotonic()
        # However a site came to be, fresh or not, it is the same.
        arguments = sphinx_arguments(settings, language, fresh=False, plain=self._plain)
        self._state = State(settings, language, self._project, arguments)
        doctrees, output = doctree_folder(settings, language), settings.output_path / language.path
        self._unfinished = doctrees / _UNFINISHED
        anew = self._fresh or self._unfinished.exists()
        if not (anew or self._plain) and self._state.is_known():
            self._unchanged = True
            return
        problems: tuple[Problem, ...]
        try:
            doctrees.mkdir(parents=True, exist_ok=True)
            self._unfinished.touch()
            self._state.forget()
            (doctrees / REPORT).unlink(missing_ok=True)
            problems = _catalog_problems(settings, language, doctrees)
            if not problems:
                output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problems = (_unwritable(output, error),)
        if problems:
            self._exit_code, self._complaints = 1, format_problems(problems)
            return
        arguments = sphinx_arguments(settings, language, fresh=anew, plain=self._plain)
        if processes > 1 and not self._plain:
            arguments = ["-D", f"hub_processes={processes}", *arguments]
        if quiet:
            arguments = ["-q", *arguments]
        self._process = SphinxProcess(arguments, settings.root, PAGES)

    @property
    def open(self) -> list[Connection]:
        """What Sphinx may still write to."""
        return self._process.open if self._process else []

    def read(self, ready: Sequence[object]) -> str:
        """What Sphinx wrote of its progress to those of ``ready`` that are its own."""
        return self._process.read(ready) if self._process else ""

    def end(self) -> BuildResult:
        """What became of it, when there is nothing more to read."""
        if self._process:
            self._exit_code, self._complaints = self._process.end(), self._process.complaints
            if self._exit_code == 0:
                self._unfinished.unlink()
                self._state.keep()
        result = _result(self._settings, self.language, self._exit_code, self._started, self._complaints)
        return replace(result, unchanged=self._unchanged)

    def stop(self) -> None:
        """End Sphinx, whatever it does."""
        if self._process:
            self._process.stop()


def _all_write(running: Sequence[_Build]) -> bool:
    """Whether there is something to wait for: each of them may still write."""
    return all(build.open for build in running)


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


def _read_report(path: Path) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return report
