"""Finds the catalogs to check, and mends them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from sphinx_hub.problems import Code, Problem, ProblemsError, display_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sphinx_hub.catalogs.check.checker import Options


def find_catalogs(paths: Iterable[Path]) -> list[Path]:
    """The .po files that ``paths`` are, or that lie below them, each once and in order.

    :raises ProblemsError: a path is not there, or no catalog is found in it.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        # Editors and version control keep copies in folders with a dot.
        inside = [
            one
            for one in sorted(path.rglob("*.po"))
            if one.is_file() and not any(part.startswith(".") for part in one.relative_to(path).parts)
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


def fix_catalogs(paths: Iterable[Path], options: Callable[[Path], Options]) -> Iterator[str]:
    """Mend each of ``paths`` where there is one way to do it; gives the difference of each, as a patch."""
    from sphinx_hub.catalogs.check.checker import opt_outs  # noqa: PLC0415 a start is quick
    from sphinx_hub.catalogs.check.fixes import fixed  # noqa: PLC0415
    from sphinx_hub.catalogs.compiled import write_if_changed  # noqa: PLC0415

    for path in paths:
        chosen = options(path)
        content = fixed(path, lambda message, code: chosen.wants(code) and code not in opt_outs(message))  # noqa: B023
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
