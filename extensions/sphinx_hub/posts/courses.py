"""The parts of courses in a build: directives, what every lesson gets, and when pages follow."""

from __future__ import annotations

import hashlib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sphinx_hub.i18n import follow_volunteers, hub_settings
from sphinx_hub.posts import course_words as words
from sphinx_hub.posts.course_domain import (
    CourseDomain,
    all_courses,
    course_domain,
    course_of,
    load_people,
    read_pages,
)
from sphinx_hub.posts.course_parts import Maker, course_nav

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_hub.posts.course_domain import Course, Lesson

logger = logging.getLogger(__name__)

STATIC: Final = Path(__file__).parent / "static"
STYLESHEET: Final = "sphinx_hub/courses.css"


class course_part(nodes.container):  # noqa: N801 docutils' nodes are lower case
    """Stands for a part of a course, until its page is written; ``part`` names it."""


class CoursePart(SphinxDirective):
    """Shows something of the course whose index page it stands on."""

    part: ClassVar[str]
    has_content = False

    def run(self) -> list[nodes.Node]:
        """The node that :class:`ShowCourses` replaces."""
        docname = self.env.current_document.docname
        domain = course_domain(self.env)
        if docname not in domain.data["courses"] and self.part != "list":
            logger.warning(
                "%s stands on a page that is no course: it belongs on the index page of a folder of courses",
                self.name,
                type="hub",
                subtype="course",
                location=self.get_location(),
            )
            return []
        domain.data["shown"].add(docname)
        follow_volunteers(self.env)
        node = course_part("", part=self.part)
        self.set_source_info(node)
        if self.has_content:
            node += self.parse_content_to_nodes()
        return [node]


class CourseOverview(CoursePart):
    """The facts of a course; the content says what a reader must have or know."""

    part = "overview"
    has_content = True


class LessonList(CoursePart):
    """The lessons of a course."""

    part = "lessons"


class CourseSources(CoursePart):
    """The works that a course draws on."""

    part = "sources"


class CourseList(CoursePart):
    """All courses, on any page."""

    part = "list"


DIRECTIVES: Final[dict[str, type[CoursePart]]] = {
    "course-overview": CourseOverview,
    "lesson-list": LessonList,
    "course-sources": CourseSources,
    "course-list": CourseList,
}


def setup_courses(app: Sphinx) -> None:
    """Register the domain, the directives, and what happens at each stage of a build."""
    app.add_domain(CourseDomain)
    app.add_node(course_part)
    app.add_node(course_nav, html=(_visit_nav, _depart_nav))
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.add_post_transform(type("ShowCourses", (ShowCourses,), {"building": app}))
    app.connect("builder-inited", load_people)
    app.connect("builder-inited", add_stylesheet)
    app.connect("source-read", read_pages)
    app.connect("env-updated", follow_courses)
    app.connect("hub-person-work", tell_courses)
    app.connect("html-page-context", label_neighbours)


def add_stylesheet(app: Sphinx) -> None:
    """On builder-inited: offer the stylesheet to builders that have any."""
    if app.builder.format == "html":
        app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]
        app.add_css_file(STYLESHEET, priority=700)


def follow_courses(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: the pages that show something else of courses than before."""
    data = course_domain(env).data
    courses = all_courses(app)
    whole = hashlib.sha256(repr(courses).encode()).hexdigest()
    now: dict[str, str] = {}
    for course in courses.values():
        own = hashlib.sha256(repr(course).encode()).hexdigest()
        now |= dict.fromkeys((lesson.docname for lesson in course.lessons), own)
    now |= dict.fromkeys(data["shown"], whole)
    before, data["told"] = data["told"], now
    return {name for name, digest in now.items() if before.get(name, digest) != digest} | {
        name for name in before.keys() - now.keys() if name in env.all_docs
    }


def tell_courses(app: Sphinx, person: str, docname: str) -> list[tuple[str, list[nodes.Node]]]:
    """On hub-person-work: the courses that somebody wrote, or of which a lesson."""
    courses = all_courses(app)
    own = [
        course
        for course in courses.values()
        if person
        in {*course.meta.authors, *(name for lesson in course.lessons for name in lesson.meta.authors)}
    ]
    if not own:
        return []
    links = Maker(app, docname, courses).links(own)
    return [(words.courses(), [nodes.paragraph("", "", *links)])]


def label_neighbours(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """On html-page-context: say at the foot of a lesson which lesson or course comes before and after it."""
    del templatename
    if doctree is None or course_of(pagename, hub_settings(app).courses) is None:
        return
    courses = all_courses(app)
    lessons = {
        lesson.docname: (number, lesson.title)
        for course in courses.values()
        for number, lesson in enumerate(course.lessons, 1)
    }
    indexes = {course.docname: course.title for course in courses.values()}
    for side in ("prev", "next"):
        target = app.env.collect_relations().get(pagename, (None, None, None))[1 if side == "prev" else 2]
        if context.get(side) and target in lessons:
            context[side] = {**context[side], "title": escape(words.numbered(*lessons[target]))}
        elif context.get(side) and side == "next" and target in indexes and pagename in lessons:
            context[side] = {**context[side], "title": escape(words.next_course(indexes[target]))}


class ShowCourses(SphinxPostTransform):
    """Fills the parts of courses, and gives every lesson its place in the course."""

    default_priority = 5
    building: ClassVar[Sphinx]
    """The application that is building: the transform's own is deprecated since Sphinx 9."""

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 docutils' signature
        """Run for the page that is being written."""
        del kwargs
        docname = self.env.current_document.docname
        found = list(self.document.findall(course_part))
        folder = hub_settings(self.building).courses
        if not found and course_of(docname, folder) is None:
            return
        courses = all_courses(self.building)
        maker = Maker(self.building, docname, courses)
        for node in found:
            shown = _part(maker, node, courses.get(course_of(docname, folder) or ""))
            node.replace_self(shown if shown is not None else [])
        place = _lesson(courses, docname)
        title = self.document.next_node(nodes.title)
        if place is not None and title is not None and title.parent is not None:
            title.parent.insert(title.parent.index(title) + 1, maker.navigation(*place))


def _part(maker: Maker, node: course_part, course: Course | None) -> nodes.Node | None:
    if node["part"] == "list":
        return maker.course_list()
    if course is None:
        return None
    if node["part"] == "overview":
        return maker.overview(course, list(node.children))
    return maker.lessons(course) if node["part"] == "lessons" else maker.sources(course)


def _lesson(courses: dict[str, Course], docname: str) -> tuple[Course, Lesson] | None:
    """The course and the lesson that a page is; None for another page."""
    return next(
        (
            (course, lesson)
            for course in courses.values()
            for lesson in course.lessons
            if lesson.docname == docname
        ),
        None,
    )


def _visit_nav(self: HTML5Translator, node: course_nav) -> None:
    self.body.append(self.starttag(node, "nav", **{"aria-label": node["label"]}))


def _depart_nav(self: HTML5Translator, node: course_nav) -> None:
    del node
    self.body.append("</nav>\n")
