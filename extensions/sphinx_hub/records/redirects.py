"""How ``redirects.yaml`` is read: which pages and sections moved.

Each entry is a page that is gone and where it is now, or a page that is still there and lost some of its
sections to others. Pages are named as in a toctree, below the folder of the sources and without suffix.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sphinx_hub.problems import Code, Problem
from sphinx_hub.records.moves import Redirects
from sphinx_hub.records.positions import read_rows
from sphinx_hub.records.refusal import nearest, refusal
from sphinx_hub.records.validation import CheckedRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

#: Suffixes of the sources of pages.
_SUFFIXES: Final = frozenset({".md", ".rst", ".txt", ".ipynb"})
_PAGE: Final = re.compile(r"(?!\.)[^\s#?\\:]+")
_ANCHOR: Final = re.compile(r"[^\s#]+")


def _page(name: str) -> str:
    parts = name.split("/")
    if not _PAGE.fullmatch(name) or "" in parts or ".." in parts or name.endswith((*_SUFFIXES, ".html")):
        message = f"{name!r} is no name of a page: write it as `guide/page`, without suffix and anchor"
        raise refusal(Code.MOVED_FORM, message)
    return name


def _place(name: str) -> str:
    page, sign, anchor = name.partition("#")
    _page(page)
    if sign and not _ANCHOR.fullmatch(anchor):
        raise refusal(Code.MOVED_FORM, f"{name!r}: write an anchor as `guide/page#anchor`")
    return name


Page = Annotated[str, AfterValidator(_page)]
Place = Annotated[str, AfterValidator(_place)]


class Moved(BaseModel):
    """A page of which all or a part has moved."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    page: Page = Field(alias="from", description="The page that was published.")
    to: Place | None = Field(
        default=None, description="Where it is now, with an anchor if need be; none if it is still there."
    )
    anchors: dict[str, Place] = Field(
        default={}, description="An anchor of the page -> the page and the anchor where that section is now."
    )


def source_pages(source: Path) -> set[str]:
    """The names of the pages below the folder of the sources."""
    return {
        path.relative_to(source).with_suffix("").as_posix()
        for path in source.rglob("*")
        if path.suffix in _SUFFIXES and not path.relative_to(source).parts[0].startswith(("_", "."))
    }


def read_redirects(path: Path, source: Path) -> tuple[Redirects, tuple[Problem, ...]]:
    """What :func:`sphinx_hub.records.load_redirects` gives where the file ``path`` is there."""
    rows, problems = read_rows(path)
    checked = [CheckedRow(row, Moved, path, {}) for row in rows or ()]
    pages = source_pages(source)
    lines: dict[str, int] = {}
    good: dict[str, Moved] = {}
    for row in checked:
        entry = cast("Moved | None", row.record)
        if entry is None:
            continue
        if entry.page in lines:
            message = f"from: {entry.page!r} stands already on line {lines[entry.page]}"
            row.add(("from",), Code.MOVED_TWICE, message)
            continue
        lines[entry.page] = row.row.value_line(("from",))
        good[entry.page] = entry
        _check_page(row, entry, pages)
    for row in checked:
        if (entry := cast("Moved | None", row.record)) is not None:
            _check_places(row, entry, pages, good)
    problems += (problem for row in checked for problem in row.problems)
    wrong = {entry.page for row in checked if row.problems and (entry := cast("Moved | None", row.record))}
    moved = {page: entry for page, entry in good.items() if page not in wrong}
    return Redirects(path=path, moved=moved, lines=lines), tuple(sorted(set(problems)))


def _check_page(row: CheckedRow, entry: Moved, pages: AbstractSet[str]) -> None:
    if entry.page in pages and entry.to is not None:
        message = (
            f"from: {entry.page!r} is still there: remove the page, or `to` if only sections of it moved"
        )
        row.add(("from",), Code.MOVED_STILL_THERE, message)
    elif entry.to is None and (entry.page not in pages or not entry.anchors):
        what = "to" if entry.page not in pages else "anchors"
        why = "where the page is now" if what == "to" else "which of its sections moved, and where they are"
        row.add((), Code.RECORD_MISSING_KEY, f"the key {what!r} is missing: {why}")


def _places(entry: Moved) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each place that an entry leads to: where it stands in the entry, its page, its anchor."""
    if entry.to is not None:
        page, _sign, anchor = entry.to.partition("#")
        yield ("to",), page, anchor
    for old, place in entry.anchors.items():
        page, _sign, anchor = place.partition("#")
        yield ("anchors", old), page, anchor


def _check_places(row: CheckedRow, entry: Moved, pages: AbstractSet[str], moved: Mapping[str, Moved]) -> None:
    for location, page, anchor in _places(entry):
        if page not in pages and page not in moved:
            message = f"{'.'.join(location)}: there is no page {page!r}{nearest(page, sorted(pages))}"
            row.add(location, Code.MOVED_NOWHERE, message)
        elif _circles(page, anchor, moved) or _circles(page, "", moved):
            row.add(location, Code.MOVED_IN_CIRCLES, f"{'.'.join(location)}: {page!r} leads to no page")


def _circles(page: str, anchor: str, moved: Mapping[str, Moved]) -> bool:
    """Whether who goes to a place never comes to a page."""
    seen: set[tuple[str, str]] = set()
    while (page, anchor) not in seen:
        seen.add((page, anchor))
        after = moved.get(page)
        place = after.anchors.get(anchor, after.to) if after else None
        if after is None or place is None:
            return False
        there, _sign, new = place.partition("#")
        page, anchor = there, new if anchor in after.anchors else anchor
    return True


def redirect_places(redirects: Redirects) -> Iterator[tuple[str, str, str]]:
    """Each place that a redirect leads to: the page that moved, the page and the anchor where it is now."""
    for entry in redirects.moved.values():
        for _location, page, anchor in _places(entry):
            yield entry.page, *redirects.destination(page, anchor)
