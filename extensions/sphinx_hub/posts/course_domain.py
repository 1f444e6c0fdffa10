"""The courses of a site: what their pages say, and what follows from it once all have been read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.domains import Domain
from sphinx.util import logging

from sphinx_hub.i18n import Progress, hub_settings, known_people, page_progress
from sphinx_hub.problems import display_path
from sphinx_hub.records import load_hub
from sphinx_hub.records.courses import CourseMeta, LessonMeta, known_ids, read_course, read_lesson

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.records import Hub

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A page of a course."""

    docname: str
    title: str
    """In the language that is being built."""
    meta: LessonMeta
    progress: Progress | None
    """How much is translated; None where the page is shown in its own language."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """A course with its lessons in their order."""

    id: str
    docname: str
    title: str
    summary: str
    meta: CourseMeta
    lessons: tuple[Lesson, ...]
    own_progress: Progress | None

    @property
    def minutes(self) -> int:
        """How long all lessons take."""
        return sum(lesson.meta.duration for lesson in self.lessons)

    @property
    def progress(self) -> Progress | None:
        """How much of all its pages is translated; None where they are shown in their own language."""
        known = [
            part
            for part in (self.own_progress, *(lesson.progress for lesson in self.lessons))
            if part is not None
        ]
        return sum(known, Progress()) if known else None


class CourseDomain(Domain):
    """Keeps what pages say of courses right in incremental and parallel builds."""

    name = "hubcourses"
    label = "Courses"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {
        # docname -> CourseMeta
        "courses": {},
        # docname -> LessonMeta
        "lessons": {},
        # the pages that show something of courses other than their own
        "shown": set(),
        # docname -> what it shows of courses, as of the end of the last reading
        "told": {},
    }

    hub: Hub
    """The records; set when the builder starts, and never pickled."""

    def clear_doc(self, docname: str) -> None:
        """Forget what a page said: it is gone or is read anew."""
        self.data["courses"].pop(docname, None)
        self.data["lessons"].pop(docname, None)
        self.data["shown"].discard(docname)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of ``docnames``."""
        for key in ("courses", "lessons"):
            self.data[key].update({name: said for name, said in otherdata[key].items() if name in docnames})
        self.data["shown"] |= otherdata["shown"] & set(docnames)

    def resolve_any_xref(self, *_arguments: object) -> list[tuple[str, nodes.reference]]:
        """Nothing: courses are pages, and the domain has no objects of its own."""
        return []

    def read(self, docname: str, text: str, folder: str) -> None:
        """Note what the front matter of a page of a course in ``folder`` says; warn of problems."""
        course = course_of(docname, folder)
        if course is None:
            return
        path = Path(self.env.doc2path(docname))
        others = (name for found in self.env.found_docs if (name := course_of(found, folder)))
        known = known_ids(self.hub, dict.fromkeys(sorted(others)))
        meta: CourseMeta | LessonMeta | None
        if docname.endswith("/index"):
            meta, problems = read_course(path, text, known)
        else:
            meta, problems = read_lesson(path, text, known)
        if isinstance(meta, CourseMeta):
            self.data["courses"][docname] = meta
        elif meta is not None:
            self.data["lessons"][docname] = meta
        for problem in problems:
            logger.warning(
                "%s %s",
                problem.code,
                problem.message,
                type="hub",
                subtype="course",
                location=f"{display_path(problem.path)}:{problem.line}",
            )

    def courses(self, folder: str) -> dict[str, Course]:
        """The courses by id, in the order of the toctree of the page ``<folder>/index``, then by id."""
        trees = self.env.toctree_includes
        found = {name.split("/")[-2]: name for name in sorted(self.data["courses"])}
        order = [name for name in trees.get(f"{folder}/index", ()) if name in found.values()]
        ids = {name: course for course, name in found.items()}
        return {
            ids[name]: self._course(ids[name], name, trees.get(name, ()))
            for name in dict.fromkeys((*order, *found.values()))
        }

    def _course(self, course: str, docname: str, tree: list[str] | tuple[str, ...]) -> Course:
        lessons = tuple(
            Lesson(
                docname=name,
                title=self.env.titles[name].astext(),
                meta=self.data["lessons"][name],
                progress=page_progress(self.env, name),
            )
            for name in tree
            if name in self.data["lessons"] and name.rpartition("/")[0] == docname.rpartition("/")[0]
        )
        meta: CourseMeta = self.data["courses"][docname]
        return Course(
            id=course,
            docname=docname,
            title=self.env.titles[docname].astext(),
            summary=str(self.env.metadata[docname].get("summary") or meta.summary),
            meta=meta,
            lessons=lessons,
            own_progress=page_progress(self.env, docname),
        )

    def person(self, person: str) -> str:
        """The name of somebody, as readers of this language see it."""
        shown = {known.id: name for name, known in known_people(self.env).items()}
        return shown.get(person) or self.hub.people[person].name


def course_of(docname: str, folder: str) -> str | None:
    """The id of the course that a page belongs to; None for one of no course."""
    inner = docname.removeprefix(f"{folder}/")
    parts = inner.split("/")
    return parts[0] if folder and inner != docname and len(parts) == len(("course", "page")) else None


def course_domain(env: BuildEnvironment) -> CourseDomain:
    """The domain of the courses in ``env``."""
    domain = env.get_domain(CourseDomain.name)
    if not isinstance(domain, CourseDomain):
        raise TypeError(f"the domain {CourseDomain.name!r} is {type(domain).__name__}")
    return domain


def load_people(app: Sphinx) -> None:
    """On builder-inited: load the records, of which the extension of the community tells what is wrong."""
    course_domain(app.env).hub = load_hub(hub_settings(app).data_path)[0]


def read_pages(app: Sphinx, docname: str, source: list[str]) -> None:
    """On source-read: take in what a page of a course says in its front matter."""
    settings = hub_settings(app)
    domain = course_domain(app.env)
    domain.read(docname, source[0], settings.courses)
    people = settings.data_path / "people.yaml"
    if course_of(docname, settings.courses) and people.is_file():
        app.env.note_dependency(str(people), docname=docname)


def all_courses(app: Sphinx) -> dict[str, Course]:
    """The courses by id, once all pages have been read."""
    return course_domain(app.env).courses(hub_settings(app).courses)
