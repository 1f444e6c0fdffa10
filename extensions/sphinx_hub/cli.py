"""The ``sphinx-hub`` command: thin, and quick to start.

Exit codes: 0 fine, 1 problems found, 2 wrong use. Every subcommand imports what it needs only when it runs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_hub import __version__
from sphinx_hub.problems import FORMATS, Code, Problem, ProblemsError, display_path, format_problems
from sphinx_hub.settings import DRAFTS, Language, Settings, find_root, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx_hub.building.languages import BuildResult
    from sphinx_hub.problems import Format

FINE: Final = 0
PROBLEMS: Final = 1
WRONG_USE: Final = 2

#: The codes of messages that are not translated yet, or not again.
_PROGRESS: Final = frozenset((Code.MESSAGE_EMPTY, Code.MESSAGE_FUZZY))
#: What SOURCE_DATE_EPOCH may be. Sphinx, like everything else that reads it, stops in a traceback.
_SECONDS: Final = re.compile(r"[0-9]{1,11}")


def command_line() -> argparse.ArgumentParser:
    """The parser of the whole command line; the tables of the docs are made from it."""
    parser = argparse.ArgumentParser(
        prog="sphinx-hub",
        description="Build, preview, translate and check a Sphinx site in several languages.",
    )
    parser.add_argument("--version", action="version", version=f"sphinx-hub {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    build = _command(
        commands, "build", "Build the site in every language, or in the languages named.", _build
    )
    _locales(build, "Locales to build, such as zh_CN; all of them when left out.")
    build.add_argument(
        "-j",
        "--jobs",
        type=_positive,
        help="How many languages to build at a time; as many as there are processors when left out.",
    )
    build.add_argument(
        "--shard",
        type=_shard,
        default=(1, 1),
        metavar="K/N",
        help="Build the K-th of N parts of the languages: N computers share the work of a release.",
    )
    build.add_argument("--fresh", action="store_true", help="Use nothing of earlier builds.")
    _drafts(build)
    build.add_argument(
        "--plain",
        action="store_true",
        help="Build without the parts that only save time; every page is the same, to the byte.",
    )
    build.add_argument(
        "--pseudo",
        action="store_true",
        help="Build two pseudo-locales instead, and fail on every text that is no message.",
    )

    preview = _command(commands, "preview", "Serve languages here, and show every change at once.", _preview)
    _locales(preview, "Locales to serve; the source's when left out.")
    _drafts(preview)
    preview.add_argument(
        "--port",
        type=_port,
        default=8000,
        help="Port on loopback; where it is taken, and with 0, a free one is used.",
    )
    preview.add_argument("--open-browser", action="store_true", help="Open the site in a browser.")

    update = _command(commands, "update", "Extract the messages and merge them into the catalogs.", _update)
    _locales(update, "Locales to update; all of them when left out. One that is new is added to the table.")
    update.add_argument(
        "--suggest-from",
        metavar="LOCALE",
        help="Suggest what this Chinese locale has, converted to the one that is named, such as zh_TW.",
    )

    check = _command(
        commands,
        "check",
        "Check settings, data, glossary and catalogs; or the catalogs named, of any project.",
        _check,
    )
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="Catalogs, or folders of them, to check instead of this project; they may be anywhere.",
    )
    check.add_argument("--format", choices=FORMATS, default="text", help="How problems are printed.")
    check.add_argument(
        "--markup",
        choices=("myst", "rst", "plain"),
        help="What the sources are written in; guessed for each entry when left out.",
    )
    check.add_argument(
        "--ignore",
        action="append",
        type=_codes,
        default=[],
        metavar="CODE",
        help="Do not report this code; may be repeated.",
    )
    check.add_argument(
        "--enable",
        action="append",
        type=_codes,
        default=[],
        metavar="CODE",
        help="Report this code, which is off by default; may be repeated.",
    )
    check.add_argument(
        "--glossary",
        type=Path,
        metavar="FILE",
        help="A glossary: TMX, or a table of two columns, TSV or CSV.",
    )
    check.add_argument(
        "--warnings-as-errors",
        action="store_true",
        help="End with exit code 1 where there are only warnings.",
    )
    check.add_argument(
        "--fix", action="store_true", help="Mend what can be mended in one way only, and show the changes."
    )
    check.add_argument(
        "--write-schemas", action="store_true", help="Write the JSON schemas of the data files for editors."
    )

    anchors = _command(
        commands,
        "anchors",
        "Say which addresses that were released lead nowhere in the site as it is built.",
        _anchors,
    )
    _locales(anchors, "Locales to look at; all that are built when left out.")
    anchors.add_argument("--format", choices=FORMATS, default="text", help="How problems are printed.")
    anchors.add_argument(
        "--write",
        action="store_true",
        help="At a release: add to the list what is new, if nothing is lost.",
    )

    status = _command(commands, "status", "Say how much of each language is translated.", _status)
    _locales(status, "Locales to count; all of them when left out.")
    _status_options(status)

    glossary = _command(
        commands, "glossary", "Write the glossary as TBX and CSV, a file for each language.", _glossary
    )
    _locales(glossary, "Locales to write; all of them when left out.")
    glossary.add_argument(
        "--format",
        dest="glossary_format",
        choices=("tbx", "csv"),
        default=None,
        help="The one format to write; both when left out.",
    )
    glossary.add_argument(
        "--output",
        type=Path,
        default=None,
        metavar="FOLDER",
        help="The folder to write to; `glossary` beside the built site when left out.",
    )
    links = _command(
        commands,
        "links",
        "Note when the channels' links were last seen working, from a check of links.",
        _links,
    )
    links.add_argument(
        "--report",
        type=Path,
        default=None,
        metavar="FILE",
        help="The report of linkcheck; `linkcheck/output.json` beside the built site when left out.",
    )
    links.add_argument("--format", choices=("text", "json"), default="text", help="How the links are listed.")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = command_line().parse_args(arguments)
    run: Callable[[Settings, argparse.Namespace], int] = options.run
    if getattr(options, "drafts", False):
        os.environ[DRAFTS] = "1"  # for every process that builds
    pinned = os.environ.get("SOURCE_DATE_EPOCH", "")
    if pinned and not _SECONDS.fullmatch(pinned):
        print(f"sphinx-hub: SOURCE_DATE_EPOCH must be a number of seconds, not {pinned!r}", file=sys.stderr)
        return WRONG_USE
    try:
        # A catalog may be checked anywhere; everything else is about the project here.
        anywhere = options.command == "check" and options.paths
        return _check_catalogs(options) if anywhere else run(load_settings(find_root(Path.cwd())), options)
    except ProblemsError as error:
        output: Format = getattr(options, "format", "text")
        # What a program reads stands where it reads it, whatever was wrong.
        print(format_problems(error.problems, output), file=sys.stderr if output == "text" else sys.stdout)
        wrong_use = all(problem.code is Code.LANGUAGE_UNKNOWN for problem in error.problems)
        return WRONG_USE if wrong_use else PROBLEMS
    except BrokenPipeError:
        # The reader of a pipe has gone, as `head` does: no more to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    except OSError as error:
        place = f"{display_path(Path(error.filename))}: " if error.filename else ""
        print(f"sphinx-hub {options.command}: {place}{error.strerror}", file=sys.stderr)
        return PROBLEMS
    except KeyboardInterrupt:
        return 130  # as a shell reports a process that SIGINT ended


def _drafts(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--drafts", action="store_true", help="Show drafts and posts of days to come as well."
    )


def _build(settings: Settings, options: argparse.Namespace) -> int:
    from sphinx_hub.building.languages import build_languages, write_root_page
    from sphinx_hub.building.progress import Progress

    jobs = options.jobs or os.cpu_count() or 1
    if options.pseudo:
        return _build_pseudo(settings, jobs)
    part, parts = options.shard
    chosen = _chosen(settings, options.locales)
    languages = chosen[part - 1 :: parts]
    if not languages:
        print("sphinx-hub build: there are fewer languages than parts, so this part is empty")
        return FINE
    progress = Progress(languages)
    results = build_languages(
        settings, languages, jobs=jobs, fresh=options.fresh, plain=options.plain, progress=progress
    )
    failed = [result for result in results if result.exit_code]
    for result in failed:
        _complain(result)
    # Of the parts of one build, the first has the page that leads to all of them.
    root = write_root_page(settings, chosen if parts > 1 else ()) if part == 1 else None
    if failed:
        names = ", ".join(result.language.locale for result in failed)
        print(f"sphinx-hub build: failed for {names}", file=sys.stderr)
        return PROBLEMS
    if root is not None:
        print(f"Open {display_path(root)}")
    return FINE


def _build_pseudo(settings: Settings, jobs: int) -> int:
    from sphinx_hub.building.progress import Progress
    from sphinx_hub.building.pseudo import build_pseudo
    from sphinx_hub.settings import PSEUDO_LANGUAGES

    result = build_pseudo(settings, jobs=jobs, progress=Progress(PSEUDO_LANGUAGES))
    if result.complaints:
        print(result.complaints.rstrip(), file=sys.stderr)
    failed = [build for build in result.builds if build.exit_code]
    for build in failed:
        _complain(build)
    if result.problems:
        print(format_problems(result.problems))
    return PROBLEMS if result.complaints or failed or result.problems else FINE


def _complain(result: BuildResult) -> None:
    print(f"\n{result.language.locale}:", file=sys.stderr)
    print(result.complaints.rstrip() or "Sphinx said nothing.", file=sys.stderr)


def _preview(settings: Settings, options: argparse.Namespace) -> int:
    from sphinx_hub.building.preview import PreviewUnavailableError, preview

    languages = _chosen(settings, options.locales or [settings.source_locale])
    try:
        return preview(settings, languages, port=options.port, open_browser=options.open_browser)
    except PreviewUnavailableError as error:
        print(f"sphinx-hub preview: {error}", file=sys.stderr)
        return WRONG_USE


def _update(settings: Settings, options: argparse.Namespace) -> int:
    from sphinx_hub.building.update import UpdateRefusedError, update
    from sphinx_hub.catalogs.lock import LockedError

    try:
        result = update(settings, options.locales, suggest_from=options.suggest_from)
    except LockedError as error:
        message = f"another update is running ({error}): wait until it has ended. Nothing was changed"
        print(f"sphinx-hub update: {message}", file=sys.stderr)
        return PROBLEMS
    except UpdateRefusedError as error:
        print(f"sphinx-hub update: {error}", file=sys.stderr)
        return WRONG_USE
    if result.warnings:
        print(format_problems(result.warnings), file=sys.stderr)
    if result.complaints:
        print(result.complaints.rstrip(), file=sys.stderr)
        print("sphinx-hub update: the sources have problems; no catalog was touched", file=sys.stderr)
        return PROBLEMS
    for line in result.lines:
        print(line)
    return FINE


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from sphinx_hub.catalogs.check.project import catalog_problems, glossary_problems, project_catalogs
    from sphinx_hub.records import load_hub, load_posts, load_redirects, load_tags, write_schemas
    from sphinx_hub.records.courses import course_problems

    if options.write_schemas:
        write_schemas(settings.data_path / "schema")
    hub, of_records = load_hub(settings.data_path)
    tags, of_tags = load_tags(settings.data_path)
    _posts, of_posts = load_posts(settings.posts_path, settings.source_path, hub, tags)
    _redirects, of_redirects = load_redirects(settings.data_path, settings.source_path)
    problems: list[Problem] = [*of_records, *of_tags, *of_posts, *of_redirects]
    if settings.courses_path is not None:
        problems += course_problems(settings.courses_path, hub)
    problems += glossary_problems(settings)
    problems += catalog_problems(settings)
    # How far the translations of the project are is what `status` is for.
    problems += _checked(project_catalogs(settings), options, leave=_PROGRESS)
    return _report(problems, options)


def _check_catalogs(options: argparse.Namespace) -> int:
    from sphinx_hub.catalogs.check.files import find_catalogs

    return _report(_checked(find_catalogs(options.paths), options), options)


def _checked(
    paths: Sequence[Path], options: argparse.Namespace, leave: frozenset[Code] = frozenset()
) -> list[Problem]:
    """Every problem of the catalogs ``paths``, after mending them where that is asked for.

    ``leave`` are codes that are not reported, unless somebody asks for them.
    """
    from sphinx_hub.catalogs.check.checker import check_catalogs
    from sphinx_hub.catalogs.check.files import fix_catalogs
    from sphinx_hub.catalogs.check.options import OptionsFinder, Overrides

    finder = OptionsFinder(
        Overrides(
            markup=options.markup,
            ignore=leave.union(*options.ignore).difference(*options.enable),
            enable=frozenset().union(*options.enable),
            glossary=options.glossary,
        )
    )
    if options.fix:
        for changes in fix_catalogs(paths, finder):
            print(changes, end="", file=sys.stderr if options.format == "json" else sys.stdout)
    return check_catalogs(paths, finder)


def _report(problems: Sequence[Problem], options: argparse.Namespace) -> int:
    listing = format_problems(problems, options.format)
    if listing:
        print(listing)
    bad = options.warnings_as_errors or any(problem.severity == "error" for problem in problems)
    return PROBLEMS if problems and bad else FINE


def _status(settings: Settings, options: argparse.Namespace) -> int:
    from sphinx_hub.catalogs.status import site_status, status_json
    from sphinx_hub.catalogs.status_table import TableOptions, status_table

    languages = _chosen(settings, options.locales)
    statuses = site_status(settings, languages)
    baseline = None
    if options.since:
        from sphinx_hub.catalogs.baseline import HistoryError, read_baseline
        from sphinx_hub.records.day import today

        try:
            baseline = read_baseline(settings, options.since, today())
        except HistoryError as error:
            print(f"sphinx-hub status: {error}", file=sys.stderr)
            return WRONG_USE
        for problem in baseline.unreadable:
            print(f"sphinx-hub status: as it was at {baseline.asked}, {problem}", file=sys.stderr)
    if options.format == "json":
        data = status_json(settings, statuses, order=options.order, take_next=options.next, baseline=baseline)
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return FINE
    shown = TableOptions(unit=options.by, order=options.order, take_next=options.next, whole=options.all)
    print(status_table(statuses, shown, baseline))
    return FINE


def _status_options(status: argparse.ArgumentParser) -> None:
    status.add_argument(
        "--format", choices=("text", "json"), default="text", help="A table, or JSON for other programs."
    )
    status.add_argument(
        "--by", choices=("messages", "words"), default="messages", help="What the table counts."
    )
    status.add_argument("--all", action="store_true", help="Show what is complete too.")
    status.add_argument(
        "--next", type=_number, default=5, help="How many catalogs are named to be taken next."
    )
    status.add_argument(
        "--order",
        choices=("most-read", "shortest"),
        default="most-read",
        help="Which of them come first: what is read most, or the shortest.",
    )
    status.add_argument(
        "--since",
        default="",
        help="A day, such as `2026-11-01` or `30 days`, or a revision of git: show what changed since.",
    )


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("must be a number")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:  # noqa: PLR2004 the last port
        raise argparse.ArgumentTypeError("must be a number from 0 to 65535")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a number from 1")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    part, slash, parts = text.partition("/")
    if not (slash and part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise argparse.ArgumentTypeError("must be K/N with K from 1 to N, such as 1/4")
    return int(part), int(parts)


def _glossary(settings: Settings, options: argparse.Namespace) -> int:
    from sphinx_hub.catalogs.compiled import write_if_changed
    from sphinx_hub.catalogs.glossary_files import GLOSSARY_FORMATS, glossary_files

    locales = [language.locale for language in _chosen(settings, options.locales)]
    formats = (options.glossary_format,) if options.glossary_format else GLOSSARY_FORMATS
    folder: Path = options.output or settings.output_path.parent / "glossary"
    for name, content in glossary_files(settings, locales, formats).items():
        write_if_changed(folder / name, content)
        print(display_path(folder / name))
    return FINE


def _anchors(settings: Settings, options: argparse.Namespace) -> int:
    from sphinx_hub.building.anchors import built_pages, lost_anchors, read_released, write_released

    languages = [
        language
        for language in _chosen(settings, options.locales)
        if (settings.output_path / language.path / "index.html").is_file()
    ]
    if not languages:
        print("sphinx-hub anchors: no site is built: run `sphinx-hub build` first", file=sys.stderr)
        return WRONG_USE
    problems = lost_anchors(settings, languages)
    listing = format_problems(problems, options.format)
    if listing:
        print(listing)
    if problems:
        return PROBLEMS
    released = read_released(settings)
    if options.write and write_released(released, [built_pages(settings, each) for each in languages]):
        print(display_path(released.path))
    elif not released.pages and options.format == "text":
        print(f"{display_path(released.path)}: there is no list yet; `sphinx-hub anchors --write` makes it")
    return FINE


def _links(settings: Settings, options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from sphinx_hub.catalogs.compiled import write_if_changed
    from sphinx_hub.records.dates import PartialDate
    from sphinx_hub.records.day import today
    from sphinx_hub.records.links import check_channels, read_report

    report = options.report or settings.output_path.parent / "linkcheck" / "output.json"
    path = settings.data_path / "channels.yaml"
    day = today()
    links, text = check_channels(path, read_report(report), day)
    write_if_changed(path, text.encode())
    if options.format == "json":
        print(json.dumps([asdict(link) for link in links], ensure_ascii=False, indent=2))
    for link in links if options.format == "text" else ():
        since = f"last seen working {link.checked}" if link.checked else "never seen working"
        if link.checked and (days := (day - PartialDate.parse(link.checked).last).days):
            since += f", {days} {'day' if days == 1 else 'days'} ago"
        said = "works" if link.state == "works" else f"{link.state}, {since}"
        info = f" ({link.info})" if link.info and link.state == "fails" else ""
        print(f"{display_path(path)}:{link.line}: {link.id}: {said}: {link.address}{info}")
    return PROBLEMS if any(link.state == "fails" for link in links) else FINE


def _chosen(settings: Settings, locales: Sequence[str]) -> list[Language]:
    """The languages named, each once, or all of them.

    :raises ProblemsError: with every unknown locale.
    """
    chosen: list[Language] = []
    problems: list[Problem] = []
    for locale in dict.fromkeys(locales):
        try:
            chosen.append(settings.language(locale))
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return chosen or list(settings.languages)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    explanation: str,
    run: Callable[[Settings, argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=explanation, description=explanation)
    parser.set_defaults(run=run)
    return parser


def _locales(parser: argparse.ArgumentParser, explanation: str) -> None:
    parser.add_argument("locales", nargs="*", metavar="LOCALE", help=explanation)


def _codes(text: str) -> frozenset[Code]:
    """The codes of an argument, with commas between them."""
    known = {code.code: code for code in Code}
    names = [name.strip() for name in text.split(",")]
    if unknown := next((name for name in names if name not in known), None):
        raise argparse.ArgumentTypeError(f"there is no code {unknown!r}")
    return frozenset(known[name] for name in names)


if __name__ == "__main__":
    sys.exit(main())
