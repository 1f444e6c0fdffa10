"""What the front matter of courses and lessons says, checked as records are: every problem with its line.

A folder below that of the courses is a course: its ``index`` page describes it, and the other pages in
it are its lessons. Their front matter has the keys of :class:`CourseMeta` and :class:`LessonMeta`, and those
that Sphinx, MyST and the theme know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from sphinx_hub.problems import Code, Problem
from sphinx_hub.records.fields import HttpsUrl, Name, PersonId, RefersTo, Text
from sphinx_hub.records.positions import Row, read_front_matter
from sphinx_hub.records.posts import OTHER_KEYS
from sphinx_hub.records.refusal import refusal
from sphinx_hub.records.relations import check_references, reference_fields
from sphinx_hub.records.validation import CheckedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sphinx_hub.records.hub import Hub

_LONGEST: Final = 600

Level = Literal["beginner", "intermediate", "advanced"]
CourseId = Annotated[str, RefersTo("courses"), WithJsonSchema({"type": "string"})]
"""The id of a course: the name of its folder."""


def _minutes(value: int) -> int:
    if not 1 <= value <= _LONGEST:
        raise refusal(Code.RECORD_VALUE, f"{value} is not a number of minutes from 1 to {_LONGEST}")
    return value


Minutes = Annotated[
    int,
    AfterValidator(_minutes),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": _LONGEST}),
]
"""How long something takes."""


class Source(BaseModel):
    """A work that a course draws on."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Name = Field(description="Its title, in its own language.")
    url: HttpsUrl = Field(description="Its address.")


class CourseMeta(BaseModel):
    """The front matter of the index page of a course."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    summary: Text = Field(description="One sentence for lists of courses.")
    level: Level = Field(description="For whom it is.")
    authors: tuple[PersonId, ...] = Field(
        min_length=1, description="Ids of people in `people.yaml`, the first author first."
    )
    requires: tuple[CourseId, ...] = Field(
        default=(), description="Ids of courses to take before; an id is the name of a course's folder."
    )
    sources: tuple[Source, ...] = Field(
        default=(), description="The works that it draws on, each with `title` and `url`."
    )


class LessonMeta(BaseModel):
    """The front matter of a lesson."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    duration: Minutes = Field(description="How many minutes it takes, with its exercises.")
    authors: tuple[PersonId, ...] = Field(
        default=(), description="Ids of people in `people.yaml`; those of the course when left out."
    )


_Meta = TypeVar("_Meta", CourseMeta, LessonMeta)


@dataclass(frozen=True, kw_only=True)
class CoursePages:
    """The files of one course."""

    id: str
    index: Path
    lessons: tuple[Path, ...]


def course_pages(folder: Path) -> list[CoursePages]:
    """The courses below ``folder``, sorted by id: folders with an index page."""
    return [
        CoursePages(
            id=index.parent.name,
            index=index,
            lessons=tuple(
                sorted(
                    path
                    for path in index.parent.glob("*.md")
                    if path != index and not path.name.startswith(".")
                )
            ),
        )
        for index in sorted(folder.glob("*/index.md"))
    ]


def read_course(
    path: Path, text: str, known: Mapping[str, Iterable[str]]
) -> tuple[CourseMeta | None, tuple[Problem, ...]]:
    """What the front matter of a course says; None where something is wrong with it.

    :param path: the index page, whose content is ``text``
    :param known: plural -> ids of records and of ``courses``; a kind that is not there is not looked up
    """
    meta, problems = _read(path, text, known, CourseMeta, "a course", "summary, level and authors")
    if meta is not None and path.parent.name in meta.requires:
        message = f"requires: {path.parent.name!r} is this course itself"
        problems = (*problems, Problem(path, 1, Code.RECORD_DANGLING, message))
    return (None if problems else meta), problems


def read_lesson(
    path: Path, text: str, known: Mapping[str, Iterable[str]]
) -> tuple[LessonMeta | None, tuple[Problem, ...]]:
    """What the front matter of a lesson says; None where something is wrong with it."""
    return _read(path, text, known, LessonMeta, "a lesson", "its duration in minutes")


def course_problems(folder: Path, hub: Hub) -> list[Problem]:
    """What is wrong with the front matter of the courses below ``folder`` and of their lessons."""
    courses = course_pages(folder)
    known = known_ids(hub, (course.id for course in courses))
    problems: list[Problem] = []
    requires: dict[str, tuple[str, ...]] = {}
    for course in courses:
        for path in (course.index, *course.lessons):
            try:
                text = path.read_bytes().decode("utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                message = f"the file cannot be read: {error}"
                problems.append(Problem(path, 1, Code.RECORD_UNREADABLE, message))
                continue
            if path == course.index:
                meta, found = read_course(path, text, known)
                requires[course.id] = meta.requires if meta else ()
            else:
                found = read_lesson(path, text, known)[1]
            problems += found
    problems += (
        Problem(
            course.index, 1, Code.RECORD_DANGLING, "requires: the course requires itself by way of another"
        )
        for course in courses
        if course.id in _before(course.id, requires)
    )
    return sorted(set(problems))


def known_ids(hub: Hub, courses: Iterable[str]) -> dict[str, list[str]]:
    """Plural -> the ids of all records, and of the courses."""
    return {**{plural: list(records) for plural, records in hub.records.items()}, "courses": list(courses)}


def _read(  # noqa: PLR0913, PLR0917 one reader for two kinds of pages, told apart by the last three
    path: Path,
    text: str,
    known: Mapping[str, Iterable[str]],
    model: type[_Meta],
    kind: str,
    needed: str,
) -> tuple[_Meta | None, tuple[Problem, ...]]:
    row, problems = read_front_matter(path, text)
    if row is None:
        if not problems:
            message = f"{kind} begins with front matter between two lines ---: {needed} at least"
            problems = [Problem(path, 1, Code.RECORD_SHAPE, message)]
        return None, tuple(problems)
    own = {key: value for key, value in row.data.items() if key not in OTHER_KEYS}
    checked = CheckedRow(Row(own, row.line, row.keys, row.values, row.texts), model, path, {})
    for key, target in reference_fields(model).items():
        if target in known:
            check_references(checked, key, target, list(known[target]))
    problems += checked.problems
    meta = None if problems else cast("_Meta | None", checked.record)
    return meta, tuple(sorted(set(problems)))


def _before(course: str, requires: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The courses that are to be taken before one, and before those."""
    found: set[str] = set()
    waiting = list(requires.get(course, ()))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += requires.get(name, ())
    # A course that names itself is told where it does so.
    return found - ({course} if course in requires.get(course, ()) else set())
