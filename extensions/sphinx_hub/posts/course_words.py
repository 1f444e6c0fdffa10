"""What the parts of courses say. Each function translates when it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation, get_translator

if TYPE_CHECKING:
    from sphinx_hub.records.courses import Level

_ = get_translation("sphinx_hub")


def N_(message: str) -> str:  # noqa: N802 the name by which extraction tools know it
    """Mark ``message`` for the translators; it is looked up where it is shown."""
    return message


LEVELS: Final[dict[Level, str]] = {
    "beginner": N_("Beginner"),
    "intermediate": N_("Intermediate"),
    "advanced": N_("Advanced"),
}
#: The labels of the facts of a course.
LABELS: Final[dict[str, str]] = {
    "level": N_("Level"),
    "lessons": N_("Lessons"),
    "duration": N_("Duration"),
    "requires": N_("Take before"),
    "prerequisites": N_("You need"),
    "authors": N_("Written by"),
    "translated": N_("Translated"),
}


def word(message: str) -> str:
    """The translation of a message that a table of this file holds."""
    return _(message)


def minutes(count: int) -> str:
    """So many minutes."""
    return _filled(get_translator("sphinx_hub").ngettext("{count} minute", "{count} minutes", count), count)


def lessons(count: int) -> str:
    """So many lessons."""
    return _filled(get_translator("sphinx_hub").ngettext("{count} lesson", "{count} lessons", count), count)


def share(percent: int) -> str:
    """How much is translated into the reader's language, where it is not all of it."""
    return _("{percent} translated").replace("{percent}", f"{percent}%")


def place(number: int, count: int) -> str:
    """Which lesson of how many a page is."""
    return _("Lesson {number} of {count}").replace("{number}", str(number)).replace("{count}", str(count))


def numbered(number: int, title: str) -> str:
    """A lesson with its number."""
    return _("Lesson {number}: {title}").replace("{number}", str(number)).replace("{title}", title)


def next_course(title: str) -> str:
    """The course that comes after another one."""
    return _("Next course: {title}").replace("{title}", title)


def lessons_of(title: str) -> str:
    """What the list of lessons on each lesson's page is called, for voices."""
    return _("Lessons of the course “{title}”").replace("{title}", title)


def all_lessons() -> str:
    """What opens the list of lessons on each lesson's page."""
    return _("All lessons")


def no_lessons() -> str:
    """What stands in place of a list without lessons."""
    return _("There is no lesson here yet.")


def no_courses() -> str:
    """What stands in place of a list without courses."""
    return _("There is no course here yet.")


def posts() -> str:
    """The label of the posts that somebody wrote."""
    return _("Posts")


def courses() -> str:
    """The label of what somebody wrote courses."""
    return _("Courses")


def _filled(text: str, count: int) -> str:
    return text.replace("{count}", str(count))
