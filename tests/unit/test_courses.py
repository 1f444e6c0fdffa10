"""The front matter of courses and lessons: what is right, and how each mistake is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from sphinx_hub.records import KINDS, load_hub
from sphinx_hub.records.courses import course_problems

if TYPE_CHECKING:
    from pathlib import Path

COURSE: Final = """\
---
summary: Steps.
level: beginner
authors: [ann]
sources:
  - title: A paper
    url: https://example.org/paper
myst:
  html_meta:
    description: Steps.
---

# Basics
"""
LESSON: Final = "---\nduration: 30\nauthors: [ann]\n---\n\n# One\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    data = tmp_path / "_data"
    data.mkdir()
    for plural in KINDS:
        (data / f"{plural}.yaml").write_text("[]\n", "utf-8")
    (data / "people.yaml").write_text("- id: ann\n  name: Ann\n", "utf-8")
    for name in ("basics", "more"):
        (tmp_path / "learn" / name).mkdir(parents=True)
        (tmp_path / "learn" / name / "index.md").write_text(COURSE, "utf-8")
        (tmp_path / "learn" / name / "one.md").write_text(LESSON, "utf-8")
    (tmp_path / "learn" / "index.md").write_text("# Learn\n", "utf-8")
    return tmp_path


def told(docs: Path) -> list[str]:
    hub, problems = load_hub(docs / "_data")
    assert problems == ()
    return [
        f"{problem.path.relative_to(docs / 'learn').as_posix()}:{problem.line}: "
        f"{problem.code} {problem.message}"
        for problem in course_problems(docs / "learn", hub)
    ]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_good_courses_have_no_problem(docs: Path) -> None:
    edit(docs / "learn/more/index.md", "authors: [ann]", "authors: [ann]\nrequires: [basics]")
    edit(docs / "learn/more/one.md", "authors: [ann]\n", "")
    assert told(docs) == []


@pytest.mark.parametrize(
    ("page", "old", "new", "expected"),
    [
        ("index", "summary", "sumary", ["2: REC004 unknown key 'sumary': did you mean 'summary'?"]),
        ("index", "level: beginner", "level: begginer", ["3: REC006 level: 'begginer' is not one of the"]),
        ("index", "[ann]", "\n  - ann\n  - anne", ["6: REC010 authors: there is no person 'anne'"]),
        ("index", "[ann]", "[]", ["4: REC006 authors: the list is empty"]),
        ("index", "https:", "http:", ["7: REC013 sources.url: 'http://example.org/paper': an address"]),
        ("index", "title:", "titel:", ["6: REC004 unknown key 'titel': did you mean 'title'?"]),
        ("index", "level: beginner", "level: beginner\nrequires: [basic]", ["4: REC010 requires: there"]),
        ("index", "level: beginner", "level: beginner\nduration: 40", ["4: REC004 unknown key 'duration'"]),
        ("one", "30", "half an hour", ["2: REC006 duration: 'half an hour' is not a whole number"]),
        ("one", "30", "0", ["2: REC018 duration: 0 is not a number of minutes from 1 to 600"]),
        ("one", "duration: 30\n", "", ["the key 'duration' is missing"]),
        ("one", "---\nduration: 30\nauthors: [ann]\n---\n", "", ["1: REC003 a lesson begins with"]),
        ("one", "30\n", "30\n  x\n y: 1\n", ["REC001"]),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_line(
    docs: Path, page: str, old: str, new: str, expected: list[str]
) -> None:
    edit(docs / f"learn/basics/{page}.md", old, new)
    found = [message for message in told(docs) if message.startswith(f"basics/{page}.md:")]
    for part in expected:
        assert any(part in message for message in found), found


def test_a_course_cannot_require_itself_by_any_way(docs: Path) -> None:
    edit(docs / "learn/more/index.md", "[ann]", "[ann]\nrequires: [basics]")
    edit(docs / "learn/basics/index.md", "[ann]", "[ann]\nrequires: [more]")
    assert told(docs) == [
        f"{name}/index.md:1: REC010 requires: the course requires itself by way of another"
        for name in ("basics", "more")
    ]
    edit(docs / "learn/more/index.md", "[basics]", "[more]")
    assert "more/index.md:1: REC010 requires: 'more' is this course itself" in told(docs)
