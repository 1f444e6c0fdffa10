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

    # Building
    LANGUAGE_UNKNOWN = ("BLD001", "error", "The locale is not in the table of languages.")

    def __init__(self, code: str, severity: Severity, explanation: str) -> None:
        self.code: Final = code
        self.severity: Final = severity
        self.explanation: Final = explanation

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
