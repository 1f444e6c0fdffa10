"""What can be wrong, and how it is said: ``path:line: CODE message``.

Nothing here imports another part of the package: every floor reports through it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from functools import total_ordering
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]
Format = Literal["text", "json", "github"]
FORMATS: Final[tuple[Format, ...]] = ("text", "json", "github")


class Code(Enum):
    """Every problem the project can report.

    The value is the code that is printed, its severity, and one sentence that says what is
    wrong and what to do. The table of codes in the docs is made from these.
    """

    # Settings: the table of pyproject.toml
    SETTINGS_UNREADABLE = ("SET001", "error", "`pyproject.toml` is missing, unreadable or not TOML.")
    SETTINGS_MISSING = ("SET002", "error", "A key of the settings table is missing: add it.")
    SETTINGS_UNKNOWN = ("SET003", "error", "A key of the settings table is not known: remove or rename it.")
    SETTINGS_TYPE = ("SET004", "error", "A value of the settings table has the wrong type or form.")
    SETTINGS_DUPLICATE = ("SET005", "error", "Two languages share a locale, a path or a tag.")
    LOCALE_FORM = (
        "SET006",
        "error",
        "A locale is not written as gettext writes it: `zh_CN`, not `zh-cn`, `zh-CN` or `zh_Hans`.",
    )
    SETTINGS_PATH = (
        "SET007",
        "error",
        "A folder that the settings name does not exist or lies outside the project.",
    )

    # Records: the YAML files of docs/_data
    RECORD_SYNTAX = ("REC001", "error", "The file is not YAML: mend the syntax at this line.")
    RECORD_UNREADABLE = ("REC002", "error", "The file is missing, cannot be opened or is not UTF-8.")
    RECORD_SHAPE = (
        "REC003",
        "error",
        "The file must hold a list of records, and each record must be a mapping.",
    )
    RECORD_UNKNOWN_KEY = ("REC004", "error", "The record has a key that its kind does not know.")
    RECORD_MISSING_KEY = ("REC005", "error", "The record lacks a key that its kind requires.")
    RECORD_TYPE = ("REC006", "error", "The value has the wrong type or is not one of the values allowed.")
    RECORD_ID = ("REC007", "error", "An id is not lower-case letters, digits and single hyphens.")
    RECORD_DUPLICATE = ("REC008", "error", "Two records of one kind share an id, a name or an alias.")
    RECORD_DUPLICATE_KEY = (
        "REC009",
        "error",
        "One mapping holds the same key twice; YAML would keep the last.",
    )
    RECORD_DANGLING = ("REC010", "error", "A relation names a record that does not exist.")
    RECORD_DATE = ("REC011", "error", "A date is not `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, or does not exist.")
    RECORD_DATE_ORDER = (
        "REC012",
        "error",
        "Two dates stand in the wrong order, or a date of checking lies ahead.",
    )
    RECORD_URL = ("REC013", "error", "An address is not a well-formed https URL.")
    RECORD_TRACKING = ("REC014", "error", "An address carries tracking parameters: remove them.")
    RECORD_HOST = ("REC015", "error", "An account is not on the registrable domain of its channel's home.")
    RECORD_FILE = (
        "REC016",
        "error",
        "A logo or QR image is not there, or is not an image of an allowed type.",
    )
    RECORD_TEXT = (
        "REC017",
        "error",
        "A text is empty, has markup, control characters or white space at its edges.",
    )
    RECORD_VALUE = (
        "REC018",
        "error",
        "A value is outside what its field allows: a colour, a country, a language.",
    )

    # Catalogs: .po files
    CATALOG_FOLDER = (
        "CAT001",
        "error",
        "A language has no folder of catalogs: run `sphinx-hub update LOCALE`.",
    )
    CATALOG_EMPTY = (
        "CAT002",
        "error",
        "No message of the language is translated: its site would be in the source language.",
    )
    CATALOG_SYNTAX = ("CAT003", "error", "The catalog cannot be read: mend the entry at this line.")
    CATALOG_ORPHAN = ("CAT004", "warning", "The catalog belongs to no page, kind of record or interface.")
    CATALOG_ENCODING = (
        "CAT005",
        "error",
        "The file is not UTF-8, or names another charset: save it as UTF-8.",
    )
    CATALOG_CONFLICT = ("CAT006", "error", "A merge conflict: keep one of the two versions.")
    CATALOG_DUPLICATE = ("CAT007", "error", "A msgid stands twice, on which msgfmt stops: keep one.")
    CATALOG_LANGUAGE = (
        "CAT008",
        "error",
        "The header names no language, or not that of the catalog's folder.",
    )
    CATALOG_HEADER = ("CAT009", "warning", "The header is missing, or has a field that is wrong.")
    CATALOG_OPT_OUT = ("CAT010", "error", "A comment switches off a code that does not exist.")

    # Messages: a translation beside its source, as the checker reads it
    MESSAGE_LINK = ("MSG101", "error", "A link is missing, leads elsewhere, or is not in the source.")
    MESSAGE_LINK_TEXT = ("MSG102", "error", "A link has no text: nobody can follow it.")
    MESSAGE_LINK_LANGUAGE = (
        "MSG103",
        "warning",
        "An address names another language than the source's.",
        False,
    )
    MESSAGE_IMAGE = ("MSG104", "error", "An image is missing, another one, or not in the source.")
    MESSAGE_URL = ("MSG105", "error", "A bare address is missing or changed.")
    MESSAGE_URL_GLUED = (
        "MSG106",
        "warning",
        "A bare address goes straight on into the text: put a space there.",
    )
    MESSAGE_ROLE = ("MSG107", "error", "A role is missing, misspelt, or has another target.")
    MESSAGE_CODE = ("MSG108", "error", "Code is missing or changed: it is copied to the letter.")
    MESSAGE_CODE_PLAIN = ("MSG109", "warning", "Code lost its backticks.")
    MESSAGE_CODE_ADDED = ("MSG110", "warning", "A word got backticks that has none in the source.", False)
    MESSAGE_EMPHASIS = ("MSG111", "error", "Marks of emphasis are shown as text: mend or move them.")
    MESSAGE_EMPHASIS_LOST = ("MSG112", "warning", "An emphasised text is not emphasised any more.")
    MESSAGE_EMPHASIS_ADDED = ("MSG113", "warning", "A text is emphasised that is not in the source.", False)
    MESSAGE_SUBSTITUTION = ("MSG114", "error", "A substitution is missing or has another name.")
    MESSAGE_MATHS = ("MSG115", "error", "A formula is missing or changed.")
    MESSAGE_FOOTNOTE = ("MSG116", "error", "The mark of a footnote is missing or changed.")
    MESSAGE_TAG = ("MSG117", "error", "An HTML tag is missing, changed, or does not close.")
    MESSAGE_ESCAPE = (
        "MSG118",
        "error",
        "A backslash that keeps a sign from being markup is missing, or shown.",
    )
    MESSAGE_PLACEHOLDER = ("MSG119", "error", "A placeholder is missing, changed or out of order.")
    MESSAGE_FULLWIDTH = ("MSG120", "error", "Markup has full-width signs: write it with ASCII signs.")
    MESSAGE_FOREIGN_MARKUP = ("MSG121", "error", "Markup of another language: reStructuredText in Markdown.")
    MESSAGE_BLOCK = ("MSG201", "error", "By itself the translation is no paragraph: a list, a heading, code.")
    MESSAGE_EDGE_LINE = ("MSG202", "error", "One of the two texts alone begins or ends with a line break.")
    MESSAGE_EDGE_SPACE = ("MSG203", "warning", "One of the two texts alone begins or ends with a blank.")
    MESSAGE_NUMBER = ("MSG301", "warning", "A number or its unit is missing or another one.")
    MESSAGE_VERSION = ("MSG302", "error", "The number of a version is missing or another one.")
    MESSAGE_DATE = ("MSG303", "warning", "A date has another month.")
    MESSAGE_NAME = ("MSG304", "warning", "A name is misspelt, has other capitals, or is missing.")
    MESSAGE_MISALIGNED = ("MSG305", "error", "The translation belongs to another message of the catalog.")
    MESSAGE_EMPTY = ("MSG401", "warning", "The message is not translated: readers see the source.")
    MESSAGE_FUZZY = ("MSG402", "warning", "The translation is in doubt: look at it, then remove the mark.")
    MESSAGE_SOURCE_LEFT = ("MSG403", "warning", "The source, or a part of it, stands in the translation.")
    MESSAGE_SCRIPT = ("MSG404", "error", "A word is in another script: kana, hangul, Cyrillic.")
    MESSAGE_VARIANT = ("MSG405", "warning", "Traditional characters in zh_CN, or Simplified ones in zh_TW.")
    MESSAGE_MOJIBAKE = ("MSG406", "error", "A text was read in a wrong charset and saved.")
    MESSAGE_INVISIBLE = ("MSG407", "warning", "A character that nobody sees: remove it.")
    MESSAGE_MACHINE = ("MSG408", "error", "What a translating program said stands in the translation.")
    MESSAGE_SHORT = ("MSG409", "warning", "The translation is so short that a part must be missing.")
    MESSAGE_LONG = ("MSG410", "warning", "The translation is so long that it must hold something else.")
    MESSAGE_HALF_WIDTH = ("MSG501", "warning", "Half-width punctuation beside Chinese.")
    MESSAGE_FULL_WIDTH = ("MSG502", "warning", "Full-width digits, Latin letters or signs.")
    MESSAGE_END = ("MSG503", "warning", "The punctuation at the end is missing, or does not end a sentence.")
    MESSAGE_END_ADDED = ("MSG504", "warning", "A full stop was added at the end.", False)
    MESSAGE_UNPAIRED = ("MSG505", "warning", "A quotation mark or a bracket stands alone.")
    MESSAGE_DOUBLED = ("MSG506", "warning", "A sign or a word stands twice.")
    MESSAGE_SPACING = ("MSG507", "warning", "No space between Han and Latin.", False)
    MESSAGE_TERM = ("MSG601", "warning", "A term is not translated as the glossary has it.")
    MESSAGE_TWO_WAYS = ("MSG602", "warning", "A title is translated in two ways.")
    MESSAGE_TEXT_TWO_WAYS = ("MSG603", "warning", "A word or a longer text is translated in two ways.", False)

    # Status: how often pages are read
    VIEWS_UNREADABLE = (
        "STA001",
        "error",
        "The file of page views is missing, not UTF-8, or its first line does not name `page` and `views`.",
    )
    VIEWS_ROW = ("STA002", "error", "A line of the file of page views lacks its page or its number.")

    # Credits: the comments in the header of a catalog
    CREDIT_KEY = (
        "CRD001",
        "error",
        "A comment in a catalog's header has an unknown key before a name: write `Translator` or `Reviewer`.",
    )
    CREDIT_NAME = (
        "CRD002",
        "error",
        "A comment in a catalog's header credits somebody, and has no name that could be shown.",
    )

    # Glossary, one file for all languages
    GLOSSARY_SHAPE = (
        "GLO001",
        "error",
        "The glossary has an element, attribute or language that it must not have, or lacks one.",
    )
    GLOSSARY_TERM = (
        "GLO002",
        "error",
        "A term or a word is empty, untidy or stands twice.",
    )
    GLOSSARY_UNREADABLE = (
        "GLO003",
        "error",
        "The glossary is missing, not UTF-8, not XML, or has a DOCTYPE.",
    )
    GLOSSARY_UNTRANSLATED = ("GLO004", "warning", "A term has no word yet in one of the languages: add it.")

    # Texts: a message and its translation
    TEXT_UNSAFE = (
        "TXT001",
        "error",
        "A translation does what its source does not, such as raw HTML: the source is shown.",
    )
    TEXT_LACKS = (
        "TXT002",
        "warning",
        "A translation lacks a link, a role, a footnote or an image of its source.",
    )
    TEXT_LANGUAGE = (
        "TXT003",
        "error",
        "A page says that it is written in a locale which is not in the table.",
    )

    TEXT_UNMARKED = (
        "TXT004",
        "error",
        "A text of a page has never been a message: it reaches no translator.",
    )

    # Updating catalogs
    CATALOG_TWICE = ("UPD001", "error", "A catalog has a text twice: keep one of the two entries.")
    UPDATE_UNWRITABLE = (
        "UPD002",
        "error",
        "A catalog or its folder cannot be written, or the disk is full: nothing was changed.",
    )
    UPDATE_UNFINISHED = (
        "UPD003",
        "warning",
        "An update was stopped midway, and a catalog was changed since: the new version was put aside.",
    )

    # Addresses: redirects, and the list of what was published
    MOVED_FORM = (
        "ADR001",
        "error",
        "A page or an anchor of a redirect is not named as it is known: `guide/old` or `guide/new#anchor`.",
    )
    MOVED_STILL_THERE = (
        "ADR002",
        "error",
        "A page has moved and is still there: remove the page, or `to` where only sections of it moved.",
    )
    MOVED_NOWHERE = ("ADR003", "error", "A redirect leads to a page or an anchor that does not exist.")
    MOVED_IN_CIRCLES = ("ADR004", "error", "Redirects lead to each other, and to no page.")
    MOVED_TWICE = ("ADR005", "error", "A page has two redirects: make one entry of them.")
    PAGE_LOST = (
        "ADR006",
        "error",
        "A page that was published is gone: say in `redirects.yaml` where it is now.",
    )
    ANCHOR_LOST = (
        "ADR007",
        "error",
        "An anchor that was published is gone: give it back to its section, or say where it is now.",
    )

    # Building
    LANGUAGE_UNKNOWN = ("BLD001", "error", "The locale is not in the table of languages.")

    def __init__(self, code: str, severity: Severity, explanation: str, default: bool = True) -> None:
        self.code: Final = code
        self.severity: Final = severity
        self.explanation: Final = explanation
        #: Whether it is reported where nobody asks for it: what reasonable projects differ in is not.
        self.default: Final = default

    def __str__(self) -> str:
        return self.code


@total_ordering
@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with its place.

    ``path`` is the file as the caller named it, ``line`` counts from 1.
    """

    path: Path
    line: int
    code: Code
    message: str

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Problem):
            return NotImplemented
        return (self.path, self.line, self.code.code, self.message) < (
            other.path,
            other.line,
            other.code.code,
            other.message,
        )

    @property
    def severity(self) -> Severity:
        """``"error"`` or ``"warning"``, as the code has it."""
        return self.code.severity

    def __str__(self) -> str:
        return f"{display_path(self.path)}:{self.line}: {self.code} {self.message}"


class ProblemsError(Exception):
    """Raised where work cannot go on: carries every problem found, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Final = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def display_path(path: Path) -> str:
    """``path`` relative to the current folder when it lies below it, with forward slashes."""
    try:
        # Of the file itself, only the folder is resolved: a link is named by the place where it stands.
        return (path.parent.resolve() / path.name).relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError, RuntimeError):  # elsewhere, or below a link that leads to itself
        return path.as_posix()


def format_problems(problems: Iterable[Problem], output: Format = "text") -> str:
    """All ``problems``, sorted by place, in the asked format; the empty string when there are none.

    ``json`` is always a list, also when empty. ``github`` writes workflow commands
    (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
    """
    ordered = sorted(set(problems))
    if output == "json":
        rows = [
            {
                "path": display_path(problem.path),
                "line": problem.line,
                "code": problem.code.code,
                "severity": problem.severity,
                "message": problem.message,
            }
            for problem in ordered
        ]
        return json.dumps(rows, ensure_ascii=False, indent=2)
    if output == "github":
        return "\n".join(_workflow_command(problem) for problem in ordered)
    return "\n".join(map(str, ordered))


def _workflow_command(problem: Problem) -> str:
    def escape(text: str, *, of_property: bool = False) -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return text.replace(":", "%3A").replace(",", "%2C") if of_property else text

    place = f"file={escape(display_path(problem.path), of_property=True)},line={problem.line}"
    title = f"title={escape(problem.code.code, of_property=True)}"
    return f"::{problem.severity} {place},{title}::{escape(problem.message)}"
