"""Where pages and sections are now: what the file may say, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_hub.records import Redirects, load_redirects, redirect_places

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_hub.problems import Problem


def load(folder: Path, text: str) -> tuple[Redirects, tuple[Problem, ...]]:
    """The redirects of a site with the pages ``index``, ``guide/new``, ``guide/other`` and ``made``."""
    source = folder / "docs"
    for name in ("index.md", "guide/new.md", "guide/other.md", "made.rst", "_data/notes.md"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("# A\n", "utf-8")
    (source / "_data" / "redirects.yaml").write_text(text, "utf-8")
    return load_redirects(source / "_data", source)


WRONG = [
    ("- from: index\n  to: guide/new\n", "1: ADR002 from: 'index' is still there"),
    (
        "- from: gone\n  to: guide/nwe\n",
        "2: ADR003 to: there is no page 'guide/nwe': did you mean 'guide/new'?",
    ),
    ("- from: gone\n  to: _data/notes\n", "2: ADR003"),
    ("- from: a\n  to: b\n- from: b\n  to: a\n", "2: ADR004 to: 'b' leads to no page|4: ADR004"),
    ("- from: a\n  to: a\n", "2: ADR004"),
    ("- from: a\n  to: index\n\n- from: a\n  to: made\n", "4: ADR005 from: 'a' stands already on line 1"),
    ("- from: a.md\n  to: index\n", "1: ADR001 from: 'a.md' is no name of a page"),
    ("- from: /a\n  to: index\n", "1: ADR001"),
    ("- from: a\n  to: ../index\n", "2: ADR001"),
    ("- from: a\n  to: https://example.org/\n", "2: ADR001"),
    ("- from: a\n  to: 'index#'\n", "2: ADR001"),
    ("- from: a\n  too: index\n", "2: REC004 unknown key 'too'"),
    ("- from: gone\n", "1: REC005 the key 'to' is missing: where the page is now"),
    ("- from: index\n", "1: REC005 the key 'anchors' is missing: which of its sections moved"),
    (
        "- from: index\n  anchors:\n    a: made#x\n    b: mode#x\n",
        "4: ADR003 anchors.b: there is no page 'mode'",
    ),
    ("from: a\n", "1: REC003"),
    ("- from: a\n  to: [index]\n", "2: REC006"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_what_is_wrong_is_told_with_its_line(text: str, expected: str, tmp_path: Path) -> None:
    redirects, problems = load(tmp_path, text)
    told = [f"{problem.line}: {problem.code} {problem.message}" for problem in problems]
    wanted = expected.split("|")
    assert len(told) == len(wanted)
    assert all(line.startswith(start) for line, start in zip(told, wanted, strict=True)), told
    assert all(problem.path == redirects.path for problem in problems)


def test_all_problems_are_told_at_once_and_the_good_entries_hold(tmp_path: Path) -> None:
    redirects, problems = load(
        tmp_path, "- from: a\n  to: x\n- from: b\n  to: index\n- from: index\n  to: made\n"
    )
    assert [(problem.line, problem.code.code) for problem in problems] == [(2, "ADR003"), (5, "ADR002")]
    assert list(redirects.moved) == ["b"]


def test_no_file_is_no_redirect(tmp_path: Path) -> None:
    assert load_redirects(tmp_path, tmp_path) == (Redirects(path=tmp_path / "redirects.yaml"), ())


MOVED = """
- from: first
  to: second
  anchors:
    taken: guide/other#taken-along
- from: second
  to: guide/new#start
  anchors:
    part: guide/other
    taken: made#never
- from: index
  anchors:
    section: second#part
"""


@pytest.mark.parametrize(
    ("page", "anchor", "expected"),
    [
        ("guide/new", "x", ("guide/new", "x")),
        ("first", "", ("guide/new", "start")),
        ("first", "kept", ("guide/new", "kept")),
        ("first", "taken", ("guide/other", "taken-along")),
        ("first", "part", ("guide/other", "")),
        ("second", "taken", ("made", "never")),
        ("index", "", ("index", "")),
        ("index", "other", ("index", "other")),
        ("index", "section", ("guide/other", "")),
    ],
)
def test_a_reader_comes_through_all_that_moved(
    page: str, anchor: str, expected: tuple[str, str], tmp_path: Path
) -> None:
    redirects, problems = load(tmp_path, MOVED)
    assert problems == ()
    assert redirects.destination(page, anchor) == expected


def test_a_page_knows_the_sections_that_left_it_and_those_after_it(tmp_path: Path) -> None:
    redirects, _problems = load(tmp_path, MOVED)
    assert redirects.anchors_of("first") == {"taken": "guide/other#taken-along", "part": "guide/other"}
    assert redirects.anchors_of("index") == {"section": "guide/other"}
    assert redirects.anchors_of("guide/new") == {}
    assert ("first", "guide/new", "start") in set(redirect_places(redirects))
