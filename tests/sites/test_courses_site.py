"""Courses in a small site: their facts, lists and places, in two languages, and what follows a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup

    from tests.sites.conftest import Built, SmallSite

LESSON = "docs/learn/basics/alpha.md"


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-courses")


@pytest.fixture(scope="module")
def english_courses(site: SmallSite) -> Built:
    return site.build("en", "-W", "--keep-going").clean()


@pytest.fixture(scope="module")
def chinese_courses(site: SmallSite) -> Built:
    return site.build("zh_CN", "-W", "--keep-going").clean()


def facts(page: BeautifulSoup) -> dict[str, str]:
    """The overview of a course: label -> what stands beside it."""
    return {
        term.get_text(): " ".join(term.find_next("dd").get_text(" ", strip=True).split())  # type: ignore[union-attr]
        for term in page.select(".hub-course dt")
    }


def rows(page: BeautifulSoup, selector: str) -> list[list[str]]:
    return [[part.get_text() for part in item.select("p")] for item in page.select(f"{selector} > li")]


def test_the_overview_says_what_follows_from_the_lessons(english_courses: Built) -> None:
    assert facts(english_courses.page("learn/basics/index")) == {
        "Level": "Beginner",
        "Lessons": "2",
        "Duration": "45 minutes",
        "You need": "A pencil.",
        "Written by": "Ann Example , Lin Xiaoyu",
    }
    more = english_courses.page("learn/more/index")
    assert facts(more)["Take before"] == "Basics"
    assert facts(more)["Duration"] == "1 minute"
    assert [link["href"] for link in more.select(".hub-course a")] == [
        "../basics/index.html",
        "../../people.html#person-ann",
    ]


def test_lessons_stand_in_the_order_of_the_toctree(english_courses: Built, chinese_courses: Built) -> None:
    selector = "ol.hub-lessons"
    assert rows(english_courses.page("learn/basics/index"), selector) == [
        ["Zero", "30 minutes"],
        ["Alpha", "15 minutes"],
    ]
    assert rows(chinese_courses.page("learn/basics/index"), selector) == [
        ["零", "30 分钟"],
        ["阿尔法", "15 分钟 · 已翻译 8%"],
    ]


def test_courses_are_listed_with_their_progress_on_every_page(
    english_courses: Built, chinese_courses: Built
) -> None:
    for name in ("index", "learn/index"):
        assert rows(english_courses.page(name), "ul.hub-courses") == [
            ["More", "The next steps.", "Advanced · 1 lesson · 1 minute"],
            ["Basics", "The first steps.", "Beginner · 2 lessons · 45 minutes"],
        ]
        basics = rows(chinese_courses.page(name), "ul.hub-courses")[1]
        assert basics == ["基础", "最初的几步。", "入门 · 2 节课 · 45 分钟 · 已翻译 50%"]


def test_what_is_not_translated_of_a_course_says_its_language(chinese_courses: Built) -> None:
    (more, basics) = chinese_courses.page("learn/index").select("ul.hub-courses > li")
    assert [tag.get_text() for tag in more.select("[lang=en]")] == ["More", "The next steps."]
    assert basics.select("[lang=en]") == []


def test_a_lesson_says_where_it_stands(chinese_courses: Built) -> None:
    place = chinese_courses.one("learn/basics/alpha", "nav.hub-lesson-nav")
    assert place["aria-label"] == "课程“基础”的课时"
    assert place.select("p")[0].get_text() == "基础 · 第 2 课，共 2 课 · 15 分钟 · 林小雨"
    assert [item.get_text(strip=True) for item in place.select("ol > li")] == ["零", "阿尔法"]
    assert [item.get_text() for item in place.select("ol strong")] == ["阿尔法"]
    heading = place.find_previous_sibling()
    assert heading is not None
    assert heading.name in {"h1", "aside"}


def test_the_foot_of_a_lesson_names_lessons_and_courses_by_what_they_are(english_courses: Built) -> None:
    def foot(name: str) -> list[str]:
        return [
            title.get_text(strip=True) for title in english_courses.page(name).select(".related-pages .title")
        ]

    assert foot("learn/basics/zero") == ["Lesson 2: Alpha", "Basics"]
    assert foot("learn/more/only") == ["Next course: Basics", "More"]


def test_sources_are_links_and_none_is_nothing(english_courses: Built) -> None:
    links = english_courses.page("learn/basics/index").select(".hub-course-sources a")
    assert [(link.get_text(), link["href"]) for link in links] == [("A Paper", "https://example.org/paper")]
    assert english_courses.page("learn/more/index").select(".hub-course-sources") == []


def test_a_person_is_shown_with_the_courses(english_courses: Built) -> None:
    for person, courses in (("ann", ["More", "Basics"]), ("lin", ["Basics"])):
        card = english_courses.one("people", f"#person-{person}")
        assert [link.get_text() for link in card.select(".hub-facts a")] == courses


@pytest.mark.parametrize("builder", ["latex", "text", "epub", "singlehtml", "man", "gettext"])
def test_other_builders_show_courses_without_a_warning(site: SmallSite, builder: str) -> None:
    site.build("zh_CN", "-W", "--keep-going", builder=builder).clean()


def test_mistakes_are_told_by_the_build_with_their_line(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-courses")
    site.edit(LESSON, "authors: [lin]", "autors: [lin]")
    site.edit("docs/learn/more/index.md", "requires: [basics]", "requires: [basic]")
    site.edit("docs/people.md", "# People", "# People\n\n```{lesson-list}\n```")
    warnings = site.build().warnings
    assert any(
        f"{LESSON}:3: WARNING: REC004 unknown key 'autors': did you mean 'authors'?" in line
        for line in warnings
    )
    assert any(
        "more/index.md:5: WARNING: REC010 requires: there is no course 'basic'" in line for line in warnings
    )
    assert any(
        "docs/people.md:3: WARNING: lesson-list stands on a page that is no course" in line
        for line in warnings
    )


def test_what_changes_in_a_lesson_reaches_every_page_that_shows_it(
    small_site: Callable[..., SmallSite],
) -> None:
    site = small_site("test-courses")
    site.build("zh_CN", "-W", "-j", "2").clean()
    assert site.build("zh_CN", "-W").clean().written == set()
    site.edit(LESSON, "duration: 15", "duration: 20")
    site.edit("docs/learn/basics/index.md", "zero\nalpha\n", "alpha\nzero\n")
    changed = site.build("zh_CN", "-W").clean()
    whole = site.build("zh_CN", "-W", "-E", "-j", "2", name="whole").clean()
    for page in whole.output.rglob("*.html"):
        name = page.relative_to(whole.output).as_posix()
        assert changed.text(name) == whole.text(name), name
    catalog = "locale/zh_CN/LC_MESSAGES/learn/basics/alpha.po"
    site.edit(
        catalog, 'msgstr "阿尔法"\n', 'msgstr "阿尔法"\n\nmsgid "The second lesson."\nmsgstr "第二课。"\n'
    )
    translated = site.build("zh_CN", "-W").clean()
    assert {"index", "learn/index", "learn/basics/index", "learn/basics/alpha"} <= translated.written
