"""How often the pages are read, from a CSV file that a maintainer exports from the host's analytics.

The columns ``page`` (or ``path``) and ``views`` count, whatever else stands beside them; rows of one page add
up, since hosts count each version and language apart.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from sphinx_hub.problems import Code, Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from sphinx_hub.settings import Settings

_PAGE: Final = ("page", "path")
_NUMBER: Final = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")


def page_views(settings: Settings, pages: Collection[str]) -> dict[str, int] | None:
    """Page -> views, for those of ``pages`` that the file of the settings has; None where they name no file.

    Pages are named as their sources are, without the suffix. What the site does not have is passed over: the
    file is of some day, and hosts count what was not found too.

    :raises ProblemsError: with every line that cannot be read.
    """
    if not settings.views:
        return None
    path = settings.root / settings.views
    try:
        # What spreadsheets write begins with a mark that is no part of the first name.
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the file is not UTF-8"
        raise ProblemsError([Problem(path, 1, Code.VIEWS_UNREADABLE, f"cannot be read: {reason}")]) from error
    return _counted(text, path, pages, {language.path for language in settings.languages})


def _counted(text: str, path: Path, pages: Collection[str], languages: Collection[str]) -> dict[str, int]:
    rows = csv.reader(text.splitlines())
    head = [name.strip().casefold() for name in next(rows, [])]
    page = next((head.index(name) for name in _PAGE if name in head), None)
    if page is None or "views" not in head:
        message = "the first line must name the columns `page` and `views`"
        raise ProblemsError([Problem(path, 1, Code.VIEWS_UNREADABLE, message)])
    number = head.index("views")
    views: dict[str, int] = {}
    problems: list[Problem] = []
    for row in rows:
        if not any(map(str.strip, row)):
            continue
        if len(row) <= max(page, number) or not row[page].strip():
            message = f"the line has no page or no number: {','.join(row)!r}"
            problems.append(Problem(path, rows.line_num, Code.VIEWS_ROW, message))
        elif not _NUMBER.fullmatch(row[number].strip()):
            message = f"views must be a whole number, not {row[number]!r}"
            problems.append(Problem(path, rows.line_num, Code.VIEWS_ROW, message))
        elif found := _page_of(row[page].strip(), pages, languages):
            views[found] = views.get(found, 0) + int(row[number].replace(",", ""))
    if problems:
        raise ProblemsError(problems)
    return views


def _page_of(address: str, pages: Collection[str], languages: Collection[str]) -> str | None:
    """The page of an address such as ``guide/first``, ``/zh-cn/guide/first.html``, ``/en/latest/guide/``."""
    path = unquote(urlsplit(address).path)
    if path.endswith("/"):
        path += "index"
    parts = re.sub(r"\.html?$", "", path).strip("/").split("/")
    # Below the language, and where a host has versions, below that.
    starts = (0, 1, 2) if parts[0] in languages else (0,)
    names = ["/".join(parts[start:]) for start in starts]
    # Some hosts and builders leave `index` out.
    names += [f"{name}/index" if name else "index" for name in names]
    return next((name for name in names if name in pages), None)
