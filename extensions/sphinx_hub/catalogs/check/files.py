"""Finds the catalogs to check, and mends them."""

from __future__ import annotations

import difflib
from functools import partial
from typing import TYPE_CHECKING

from sphinx_hub.catalogs.check.checker import opt_outs
from sphinx_hub.problems import Code, Problem, ProblemsError, display_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sphinx_hub.catalogs.check.checker import Options
    from sphinx_hub.catalogs.check.reading import Message


def find_catalogs(paths: Iterable[Path]) -> list[Path]:
    """The .po files that ``paths`` are, or that lie below them, each once and in order.

    Below a folder, those in dot folders and those of pages that are gone are left out.

    :raises ProblemsError: a path is not there, or no catalog is found in it.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        # Editors and version control keep copies in folders with a dot.
        inside = [
            one
            for one in sorted(path.rglob("*.po"))
            if one.is_file()
            and not any(part.startswith(".") for part in one.relative_to(path).parts)
            and not _is_retired(one)
        ]
        here = [path] if path.is_file() else inside
        if not here:
            message = (
                "there is no .po file in this folder" if path.is_dir() else "there is no such file or folder"
            )
            problems.append(Problem(path, 1, Code.CATALOG_SYNTAX, message))
        found.update((one.resolve(), one) for one in here if one.resolve() not in found)
    if problems:
        raise ProblemsError(problems)
    return list(found.values())


def _is_retired(path: Path) -> bool:
    """Whether a catalog stands where an update puts those whose page is gone: beside ``LC_MESSAGES``."""
    return any(
        folder.name == "retired" and (folder.parent / "LC_MESSAGES").is_dir() for folder in path.parents
    )


def _may_mend(options: Options, message: Message, code: Code) -> bool:
    """Whether what ``code`` tells may be mended in an entry: where it would be reported."""
    return options.wants(code) and code not in opt_outs(message)


def fix_catalogs(paths: Iterable[Path], options: Callable[[Path], Options]) -> Iterator[str]:
    """Mend each of ``paths`` where there is one way to do it; gives the difference of each, as a patch."""
    from sphinx_hub.catalogs.check.fixes import fixed  # noqa: PLC0415 it is needed for --fix alone
    from sphinx_hub.catalogs.compiled import write_if_changed  # noqa: PLC0415

    for path in paths:
        content = fixed(path, partial(_may_mend, options(path)))
        if content is None:
            continue
        before = path.read_bytes().decode("utf-8-sig")
        write_if_changed(path, content)
        name = display_path(path)
        yield "".join(
            difflib.unified_diff(
                before.splitlines(keepends=True), content.decode().splitlines(keepends=True), name, name
            )
        )
