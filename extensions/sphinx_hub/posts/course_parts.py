"""What is shown of courses: the overview, the lists of lessons and of courses, and the place of a lesson.

Everything is made when a page is written: titles, durations and progress are known when all have been read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.util.nodes import make_refnode

from sphinx_hub.i18n import disclosure, disclosure_heading, name_list
from sphinx_hub.posts import course_words as words
from sphinx_hub.posts.course_domain import course_domain
from sphinx_hub.posts.nodes import foreign, title_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx

    from sphinx_hub.catalogs.counts import Progress
    from sphinx_hub.posts.course_domain import Course, Lesson


class course_nav(nodes.container):  # noqa: N801 docutils' nodes are lower case
    """The lessons of a course on a lesson's page; ``label`` is its name for voices."""


class Maker:
    """Makes the parts for one page."""

    def __init__(self, app: Sphinx, docname: str, courses: dict[str, Course]) -> None:
        self.app = app
        self.docname = docname
        self.courses = courses

    def overview(self, course: Course, needed: Sequence[nodes.Node]) -> nodes.Element:
        """The facts of a course. ``needed`` is what a reader must have or know."""
        required = [self.courses[name] for name in course.meta.requires if name in self.courses]
        rows: list[tuple[str, Sequence[nodes.Node]]] = [
            ("level", [_said(words.word(words.LEVELS[course.meta.level]))]),
            ("lessons", [_said(str(len(course.lessons)))]),
            ("duration", [_said(words.minutes(course.minutes))]),
            ("requires", [nodes.paragraph("", "", *self._listed(required))] if required else []),
            ("prerequisites", needed),
            ("authors", [nodes.paragraph("", "", *self._names(course.meta.authors))]),
        ]
        if course.progress is not None and not course.progress.complete:
            rows.append(("translated", [_said(f"{course.progress.percent}%")]))
        items = [
            nodes.definition_list_item(
                "", nodes.term("", words.word(words.LABELS[label])), nodes.definition("", *shown)
            )
            for label, shown in rows
            if shown
        ]
        return nodes.container("", nodes.definition_list("", *items), classes=["hub-course"])

    def lessons(self, course: Course) -> nodes.Element:
        """The lessons in their order, each with its duration."""
        if not course.lessons:
            return _said(words.no_lessons())
        items = [
            nodes.list_item(
                "",
                nodes.paragraph("", "", self._link(lesson.docname, lesson.title)),
                self._facts([words.minutes(lesson.meta.duration), *_share(lesson.progress)]),
            )
            for lesson in course.lessons
        ]
        return nodes.enumerated_list("", *items, enumtype="arabic", suffix=".", classes=["hub-lessons"])

    def course_list(self) -> nodes.Element:
        """All courses, each with its facts and its sentence."""
        if not self.courses:
            return _said(words.no_courses())
        items = []
        for course in self.courses.values():
            facts = [
                words.word(words.LEVELS[course.meta.level]),
                words.lessons(len(course.lessons)),
                words.minutes(course.minutes),
                *_share(course.progress),
            ]
            title = nodes.paragraph("", "", self._link(course.docname, course.title))
            title["classes"] = ["hub-course__title"]
            summary = nodes.paragraph("", "", foreign(self.app, course.summary, course.meta.summary))
            items.append(nodes.list_item("", title, summary, self._facts(facts)))
        return nodes.bullet_list("", *items, classes=["hub-courses"])

    def sources(self, course: Course) -> nodes.Element | None:
        """The works that a course draws on; None where it names none."""
        items = []
        for source in course.meta.sources:
            # A title stays as it is: browsers do not offer to translate it either.
            title = nodes.inline("", source.title, classes=["notranslate"])
            link = nodes.reference("", "", title, refuri=source.url, internal=False)
            items.append(nodes.list_item("", nodes.paragraph("", "", link)))
        return nodes.bullet_list("", *items, classes=["hub-course-sources"]) if items else None

    def navigation(self, course: Course, lesson: Lesson) -> nodes.Element:
        """Where in its course a lesson stands, and the way to the others."""
        number, count = course.lessons.index(lesson) + 1, len(course.lessons)
        authors = lesson.meta.authors or course.meta.authors
        line: list[nodes.Node] = [
            self._link(course.docname, course.title),
            nodes.Text(f" · {words.place(number, count)} · {words.minutes(lesson.meta.duration)} · "),
            *self._names(authors),
        ]
        items = []
        for other in course.lessons:
            shown: nodes.Node = self._link(other.docname, other.title)
            if other is lesson:
                shown = nodes.strong("", other.title, classes=title_classes(self.app, other.docname))
            text = nodes.paragraph("", "", shown)
            items.append(nodes.list_item("", text))
        lessons = nodes.enumerated_list("", *items, enumtype="arabic", suffix=".")
        opened = disclosure("", disclosure_heading("", words.all_lessons()), lessons, is_div=True)
        place = nodes.paragraph("", "", *line)
        return course_nav(
            "", place, opened, classes=["hub-lesson-nav", "no-search"], label=words.lessons_of(course.title)
        )

    def links(self, courses: Iterable[Course]) -> list[nodes.Node]:
        """Links to courses, in one line."""
        return self._listed(list(courses))

    def _listed(self, courses: Sequence[Course]) -> list[nodes.Node]:
        line: list[nodes.Node] = []
        for course in courses:
            line += [nodes.Text(" · ")] if line else []
            line.append(self._link(course.docname, course.title))
        return line

    def _names(self, people: Sequence[str]) -> list[nodes.Node]:
        domain = course_domain(self.app.env)
        return list(name_list(self.app, [domain.person(person) for person in people], self.docname))

    def _link(self, target: str, title: str) -> nodes.Element:
        shown = nodes.inline("", title, classes=title_classes(self.app, target))
        try:
            return make_refnode(self.app.builder, self.docname, target, "", shown)
        except NoUri:
            return shown  # a book that leaves the page out

    @staticmethod
    def _facts(facts: Sequence[str]) -> nodes.paragraph:
        return nodes.paragraph("", " · ".join(facts), classes=["hub-course__facts"])


def _said(text: str) -> nodes.paragraph:
    return nodes.paragraph("", text)


def _share(progress: Progress | None) -> list[str]:
    """How much is translated, where it is not all of it."""
    return [] if progress is None or progress.complete else [words.share(progress.percent)]
