"""That no released address leads nowhere: what the built site has, beside a list of what was released.

The list, ``anchors.txt`` among the records, has each page on a line of its own and its anchors below, so that
a change of it can be read. It only grows: what is taken out of it by hand is meant to be lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.patterns import is_excluded
from sphinx_hub.problems import Code, Problem
from sphinx_hub.records import load_redirects, redirect_places, source_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sphinx_hub.records import Redirects
    from sphinx_hub.settings import Language, Settings

    #: The name of a page -> its anchors.
    Pages = Mapping[str, AbstractSet[str]]

ANCHORS_FILE: Final = "anchors.txt"
_HEAD: Final = (
    "# Every page and anchor that has been released. `sphinx-hub anchors` keeps them from getting lost.\n"
)
#: What docutils and sphinx-design number: another paragraph before it gives it another name.
_NUMBERED: Final = re.compile(r"(?:id|section-|sd-tab-(?:item|set)-|footnote-reference-)\d+")


class _Main(HTMLParser):
    """Collects the ids of what stands in the main part of a page, as all themes of Sphinx mark it."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self._tag = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id of a tag, and how deep it stands."""
        values = dict(attrs)
        if self._depth and (name := values.get("id")) and not _NUMBERED.fullmatch(name):
            self.ids.add(name)
        if not self._depth and values.get("role") == "main":
            self._tag, self._depth = tag, 1
        elif tag == self._tag and self._depth:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        """Note that one ends."""
        self._depth -= bool(self._depth) and tag == self._tag


@dataclass(frozen=True)
class Released:
    """What the list says: page -> its line, and page -> anchor -> its line."""

    path: Path
    pages: dict[str, int] = field(default_factory=dict)
    anchors: dict[str, dict[str, int]] = field(default_factory=dict)


def page_anchors(page: str) -> set[str]:
    """The anchors in the main part of the HTML of a page that keep their names when other text changes."""
    parser = _Main()
    parser.feed(page)
    return parser.ids


def built_pages(settings: Settings, language: Language) -> Pages:
    """The pages of the built site of a language that have a source, with their anchors."""
    folder = settings.output_path / language.path
    return {
        name: page_anchors(file.read_text("utf-8"))
        for name in sorted(source_pages(settings.source_path))
        if (file := folder / f"{name}.html").is_file()
    }


def read_released(settings: Settings) -> Released:
    """The list of what was released; empty where there is none."""
    released = Released(settings.data_path / ANCHORS_FILE)
    if not released.path.is_file():
        return released
    page = ""
    for number, line in enumerate(released.path.read_text("utf-8").splitlines(), 1):
        name = line.strip()
        if not name or name.startswith("#"):
            continue
        if line[0].isspace():
            released.anchors.setdefault(page, {})[name] = number
        else:
            page = name
            released.pages[page] = number
    return released


def write_released(released: Released, built: Sequence[Pages]) -> bool:
    """Add what is built to the list; returns whether that changed it."""
    known = {page: set(released.anchors.get(page, ())) for page in released.pages}
    for pages in built:
        for page, anchors in pages.items():
            known.setdefault(page, set()).update(anchors)
    lines = [_HEAD]
    for page in sorted(known):
        lines += [f"{page}\n", *(f"  {anchor}\n" for anchor in sorted(known[page]))]
    content = "".join(lines).encode()
    if released.path.is_file() and released.path.read_bytes() == content:
        return False
    write_if_changed(released.path, content)
    return True


def lost_anchors(settings: Settings, languages: Sequence[Language]) -> list[Problem]:
    """What was released and leads nowhere in the built site of ``languages``, and redirects that do."""
    released = read_released(settings)
    redirects, problems = load_redirects(settings.data_path, settings.source_path)
    found: dict[Problem, list[str]] = {}
    for language in languages:
        pages = built_pages(settings, language)
        kept = {page for page in released.pages if not is_excluded(f"{page}.md", language.exclude)}
        for problem in (*_lost(released, kept, pages, redirects), *_nowhere(pages, redirects, language)):
            found.setdefault(problem, []).append(language.locale)
    for problem, locales in found.items():
        where = f" (in {', '.join(locales)})" if len(locales) < len(languages) else ""
        problems += (Problem(problem.path, problem.line, problem.code, f"{problem.message}{where}"),)
    return sorted(set(problems))


def _lost(
    released: Released, kept: AbstractSet[str], pages: Pages, redirects: Redirects
) -> Iterator[Problem]:
    file = redirects.path.name
    for page in sorted(kept):
        there, _anchor = redirects.destination(page)
        if there not in pages:
            message = f"the page {page!r} is gone: say in {file} where it is now (`from: {page}`, `to: ...`)"
            yield Problem(released.path, released.pages[page], Code.PAGE_LOST, message)
            continue
        for anchor, line in released.anchors.get(page, {}).items():
            target, name = redirects.destination(page, anchor)
            if target in pages and (not name or name in pages[target]):
                continue
            place = (
                f"the anchor {anchor!r} of {page!r} is gone"
                if target == page
                else (f"the anchor {anchor!r} of {page!r} is not on {target!r}, where the page is now")
            )
            message = f"{place}: put `({anchor})=` before its section, or say in {file} where it is now"
            yield Problem(released.path, line, Code.ANCHOR_LOST, message)


def _nowhere(pages: Pages, redirects: Redirects, language: Language) -> Iterator[Problem]:
    for page, target, anchor in redirect_places(redirects):
        if is_excluded(f"{target}.md", language.exclude) or target not in pages:
            continue  # the page is missing in this language, or altogether, which was said
        if anchor and anchor not in pages[target]:
            message = f"from: {page!r}: the page {target!r} has no anchor {anchor!r}"
            yield Problem(redirects.path, redirects.lines[page], Code.MOVED_NOWHERE, message)
