"""Who translated and who reviewed a catalog, as the comments in its header say.

Emacs, Lokalize, Virtaal and Weblate write ``# Name <mail>, 2024, 2025.`` as gettext's manual has it; Weblate
can also write ``# SPDX-FileCopyrightText: 2024, 2025 Name <mail>``
(https://docs.weblate.org/en/latest/formats/gettext.html). Transifex puts ``# Translators:`` above such lines.
Poedit writes none of them, only ``Last-Translator``. None of them knows reviewers: a line for one is
``# Reviewer: Name <mail>, 2025.``, a key and what the others write. Weblate moves every line with an address
and a year into one block, so that names below a heading ``# Reviewers:`` would become translators there; a
key on each line survives.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.po_files import charset_of
from sphinx_hub.patterns import lazy
from sphinx_hub.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class Role(Enum):
    """What somebody did for a catalog."""

    TRANSLATOR = "translator"
    REVIEWER = "reviewer"


@dataclass(frozen=True, kw_only=True)
class Credit:
    """One person, named for one thing."""

    name: str
    mail: str = ""
    """The address, as far as it is one; it tells people apart and is never shown."""
    role: Role = Role.TRANSLATOR
    year: int = 0
    """The first year that is named; 0 for none."""


#: The keys, in lower case and with spaces for hyphens. Weblate takes "Contributors" for a heading too.
KEYS: Final = {
    "translator": Role.TRANSLATOR,
    "translators": Role.TRANSLATOR,
    "contributor": Role.TRANSLATOR,
    "contributors": Role.TRANSLATOR,
    "last translator": Role.TRANSLATOR,
    "reviewer": Role.REVIEWER,
    "reviewers": Role.REVIEWER,
    "proofreader": Role.REVIEWER,
    "proofreaders": Role.REVIEWER,
}

#: What people write instead of ``Translators`` and of ``Reviewers``.
_MEANT_TRANSLATORS: Final = frozenset({
    "author", "authors", "translated by", "译者", "翻译", "翻译者", "譯者", "翻譯", "翻譯者",
})  # fmt: skip
_MEANT_REVIEWERS: Final = frozenset({
    "editor", "editors", "reviewed by", "proofread by", "checked by",
    "校对", "校对者", "审校", "审校者", "审阅", "审阅者",
    "校對", "校對者", "審校", "審校者", "審閱", "審閱者",
})  # fmt: skip
#: Keys that are followed by an address and name nobody to be credited, or are like a key and are none.
_OTHER_KEYS: Final = frozenset({
    "bugs", "contact", "copyright", "copyright holder", "language team", "license", "licence",
    "mailing list", "note", "notes", "project id version", "report bugs to", "report msgid bugs to",
    "spdx license identifier", "translate", "translation", "translations",
})  # fmt: skip

_SPDX: Final = "spdx filecopyrighttext"
_YEAR: Final = r"\d{4}(?:-\d\d-\d\d| *[-–—~] *\d{2,4})?"
_YEARS: Final = rf"{_YEAR}(?: *[,，、/ ] *{_YEAR})*"
_YEARS_ALONE: Final = lazy(rf"[(（]?{_YEARS}[)）]?年?")
_KEY: Final = lazy(r"(?P<key>[^\s:：<>@][^:：<>@]{0,39}?) *[:：](?!//) *(?P<value>.*)")
_WITH_MAIL: Final = lazy(
    rf"(?P<name>[^<>]*?) *<(?P<mail>[^<>]*)> *[,，.。]? *(?P<years>[(（]?{_YEARS}[)）]?年?)? *[.。,，]?"
)
_WITH_YEARS: Final = lazy(rf"(?P<name>[^<>,，]+?) *[,，] *(?P<years>{_YEARS})年? *[.。]?")
_SPDX_VALUE: Final = lazy(rf"(?:© *)?(?P<years>{_YEARS})?,? *(?P<rest>.+)")
#: What may stand in a key beside its word.
_ADDITION: Final = lazy(r"\(.*\)|（.*）|[\d–—-]+")
_SEPARATORS: Final = lazy(r"[,，、;；](?![^<]*>)")
_MAIL: Final = lazy(r"[^\s@<>]+@[^\s@<>]+")
_NOTICE: Final = lazy(r"(?:copyright|©|\(c\)|版权|版權)", re.IGNORECASE)
#: Words of sentences that end in a year or an address. To and In are names too, where they are written so.
_PROSE: Final = frozenset(
    {"as", "at", "by", "for", "from", "in", "of", "on", "the", "this", "to", "us", "with"}
)
_PROSE_IN_ANY_CASE: Final = frozenset({
    "added", "bugs", "contact", "copyright", "distributed", "file", "license", "licence", "list", "mailing",
    "package", "please", "project", "see", "send", "strings", "template", "templates", "translated",
    "translation", "translations", "updated",
})  # fmt: skip
_LONGEST_NAME: Final = 80
#: A longer line is a text and no name; searching it for one could take long.
LONGEST_LINE: Final = 400

#: Who stands for nobody: what tools put where a name belongs.
_NOBODY: Final = frozenset({
    "", "anonymous", "automatically generated", "first author", "full name", "hosted weblate", "name",
    "nobody", "none", "root", "translate toolkit", "unknown", "weblate", "weblate admin", "your name",
})  # fmt: skip
_NOBODYS_MAIL: Final = lazy(r"(?:no-?reply|do-?not-?reply)(?:-(?:mt|addon)-[^@]*)?@.*", re.IGNORECASE)
#: The last word of a name that stands for a group or a program.
_GROUPS: Final = frozenset({
    "action", "actions", "admin", "authors", "bot", "committers", "contributors", "developers", "maintainers",
    "project", "robot", "team",
})  # fmt: skip


def header_credits(content: bytes, path: Path) -> tuple[tuple[Credit, ...], tuple[Problem, ...]]:
    """Whom the header of the catalog ``content`` names, in its order, and what is wrong with it.

    A name whose key is misspelt counts for what the key most likely means, or else as a translator: the
    problem is told, and nobody is left out. A file that cannot be decoded names nobody.

    :param path: the file, for the problems
    """
    try:
        text = content.decode(charset_of(content))
    except (UnicodeDecodeError, LookupError):
        return (), ()
    comments, last = _head(text.removeprefix("\ufeff"))
    reader = _Reader(path)
    reader.read(comments)
    credits_ = reader.credits
    found = _person(last)
    if found is not None and is_person(found.name, found.mail):
        credits_.append(found)
    return tuple(credit for credit in credits_ if not is_nobody(credit.name, credit.mail)), tuple(
        reader.problems
    )


def credit_problems(path: Path) -> tuple[Problem, ...]:
    """What is wrong with the credits in the header of the file ``path``; one that cannot be read has none."""
    try:
        return header_credits(path.read_bytes(), path)[1]
    except OSError:
        return ()


def is_nobody(name: str, mail: str) -> bool:
    """Whether a name is what a tool puts in the place of one."""
    folded = name.strip().casefold()
    return folded in _NOBODY or folded.endswith("[bot]") or bool(_NOBODYS_MAIL.fullmatch(mail))


def is_person(name: str, mail: str) -> bool:
    """Whether a name that a tool wrote, and nobody by hand, is that of a person.

    Programs commit too, and a project has an account: ``The … contributors``, ``… bot``.
    """
    words = name.casefold().replace("-", " ").split()
    return (
        bool(words) and words[-1] not in _GROUPS and not is_nobody(name, mail) and not _MAIL.fullmatch(name)
    )


def _head(text: str) -> tuple[list[tuple[int, str]], str]:
    """The comments of the header with their lines, and ``Last-Translator``; nothing without a header."""
    comments: list[tuple[int, str]] = []
    fields = ""
    begun = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("#"):
            if begun:
                break
            if line[1:2] not in {",", ":", ".", "|", "~"}:
                comments.append((number, " ".join(line[1:].split())))
        elif line == 'msgid ""' and not begun:
            begun = True
        elif not begun and line:
            return [], ""  # an entry of its own
        elif begun and line:
            if not fields and not line.startswith("msgstr"):
                return [], ""  # a long msgid
            fields += line.removeprefix("msgstr").strip().strip('"') or "\\n"
        elif begun:
            break
    last = next((value for value in fields.split("\\n") if value.startswith("Last-Translator:")), "")
    last = " ".join(last.removeprefix("Last-Translator:").replace('\\"', '"').split())
    return (comments if begun else []), (last if len(last) <= LONGEST_LINE else "")


class _Reader:
    """Goes through the comments, under one heading after the other."""

    def __init__(self, path: Path) -> None:
        self.credits: list[Credit] = []
        self.problems: list[Problem] = []
        self._path = path
        self._heading: tuple[int, str, Role] | None = None
        """Line, key and meaning of the heading whose names are being read."""
        self._under = 0
        """How many names it has."""

    def read(self, comments: Sequence[tuple[int, str]]) -> None:
        """Read all comments of the header."""
        for index, (number, text) in enumerate(comments):
            if len(text) > LONGEST_LINE:
                if self._heading is not None:
                    self._below(number, text)
                continue
            key = _KEY.fullmatch(text)
            if not text:
                if self._under:
                    self._close()
            elif _NOTICE.match(text):
                self._close()
            elif key is not None:
                following = next((line for _number, line in comments[index + 1 :] if line), "")[:LONGEST_LINE]
                self._keyed(number, key["key"], key["value"], following)
            elif self._heading is not None:
                self._below(number, text)
            else:
                self._alone(number, text)
        self._close()

    def _close(self) -> None:
        """End a heading. Names below one for reviewers may have been moved away by a tool."""
        if self._heading is not None and not self._under and self._heading[2] is Role.REVIEWER:
            number, key, _role = self._heading
            message = f"{key}: names nobody: write a line `# Reviewer: Name, 2025.` for each of them"
            self._add(number, message, Code.CREDIT_NAME)
        self._heading, self._under = None, 0

    def _keyed(self, number: int, key: str, value: str, following: str) -> None:
        self._close()
        folded = " ".join(key.casefold().replace("-", " ").split())
        if folded == _SPDX:
            self._spdx(number, value)
            return
        role = KEYS.get(folded)
        if role is None:
            meant = _meant(folded)
            names_somebody = _person(value or following) is not None
            if meant is None and (not names_somebody or folded in _OTHER_KEYS):
                return
            hint = f"did you mean {meant}?" if meant else "write Translators or Reviewers"
            self._add(number, f"unknown credit key {key!r}: {hint}")
            role = KEYS[meant.lower()] if meant else Role.TRANSLATOR
        if value:
            self._listed(number, value, role)
        else:
            self._heading = number, key, role

    def _listed(self, number: int, value: str, role: Role) -> None:
        """One person or several behind a key, each perhaps with years."""
        names: list[str] = []
        for part in _SEPARATORS.split(value.rstrip(" .。")):
            if _YEARS_ALONE.fullmatch(part.strip()) and names:
                names[-1] += f", {part.strip()}"
            elif part.strip():
                names.append(part.strip())
        for name in names:
            self._note(number, name, role)

    def _spdx(self, number: int, value: str) -> None:
        """A holder of copyright, as Weblate names a translator: with an address."""
        found = _SPDX_VALUE.fullmatch(value)
        if found is None or not _WITH_MAIL.fullmatch(found["rest"]) or not _MAIL.search(found["rest"]):
            return
        # Weblate makes this of a line that has a key before the name.
        key = _KEY.fullmatch(found["rest"])
        role = KEYS.get(key["key"].casefold()) if key else None
        rest = key["value"] if key and role else found["rest"]
        self._note(number, f"{rest}, {found['years']}" if found["years"] else rest, role or Role.TRANSLATOR)

    def _below(self, number: int, text: str) -> None:
        role = self._heading[2] if self._heading else Role.TRANSLATOR
        self._under += 1
        self._note(number, text.removeprefix("-").removeprefix("*").strip(), role)

    def _alone(self, number: int, text: str) -> None:
        """A line without a key, which may be one of gettext's or a sentence."""
        found = _WITH_MAIL.fullmatch(text) or _WITH_YEARS.fullmatch(text)
        if found is None:
            return
        first, _space, rest = text.partition(" ")
        role = KEYS.get(first.casefold())
        if role is not None:
            self._add(number, f"the key {first!r} has no colon behind it")
            self._listed(number, rest.lstrip("-–— "), role)
            return
        words = [word.strip("().,:") for word in found["name"].split()]
        mail = found.groupdict().get("mail") or ""
        if is_nobody(found["name"], mail):
            if not found["name"] and _MAIL.fullmatch(mail):
                self._note(number, text, Role.TRANSLATOR)
        elif not _is_prose(words):
            if found["years"] or _MAIL.fullmatch(mail):
                self._note(number, text, Role.TRANSLATOR)
        elif found["years"] and ("<" in text or "by" in words):
            message = f"{text!r} names somebody within a sentence: write `# Translator: Name, 2025.`"
            self._add(number, message, Code.CREDIT_NAME)

    def _note(self, number: int, text: str, role: Role) -> None:
        credit = _person(text, role) if len(text) <= LONGEST_LINE else None
        credit = credit or Credit(name=text.rstrip(" .。"), role=role)
        name = credit.name
        if not any(character.isalnum() for character in name) or _MAIL.fullmatch(name):
            # An address would be all there is, and addresses are not shown.
            self._add(number, f"{text!r} has no name: write one before the address", Code.CREDIT_NAME)
        elif "://" in name:
            self._add(number, f"{text!r} is a link and no name", Code.CREDIT_NAME)
        elif len(name) > _LONGEST_NAME:
            self._add(number, f"{text[:40]!r}… is too long for a name", Code.CREDIT_NAME)
        else:
            self.credits.append(credit)

    def _add(self, number: int, message: str, code: Code = Code.CREDIT_KEY) -> None:
        self.problems.append(Problem(self._path, number, code, message))


def _is_prose(words: Sequence[str]) -> bool:
    """Whether ``words`` are those of a sentence or a title, and of no name."""
    return any(
        word in _PROSE or word.casefold() in _PROSE_IN_ANY_CASE or word.endswith((".po", ".pot"))
        for word in words
    )


def _meant(key: str) -> str | None:
    """The key that ``key``, in lower case, was most likely meant to be."""
    key = " ".join(_ADDITION.sub("", key).split())
    if key in _OTHER_KEYS:
        return None
    close = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.8)
    role = KEYS[close[0]] if close else None
    if role is Role.TRANSLATOR or key in _MEANT_TRANSLATORS:
        return "Translators"
    return "Reviewers" if role is Role.REVIEWER or key in _MEANT_REVIEWERS else None


def _person(text: str, role: Role = Role.TRANSLATOR) -> Credit | None:
    """The person whom ``text`` names as gettext writes names; None where it does not."""
    found = _WITH_MAIL.fullmatch(text) or _WITH_YEARS.fullmatch(text)
    if found is None:
        return None
    mail = (found.groupdict().get("mail") or "").strip()
    return Credit(
        name=" ".join(found["name"].strip('" ').split()),
        mail=mail if _MAIL.fullmatch(mail) and mail.upper() != "EMAIL@ADDRESS" else "",
        role=role,
        year=min(_years(found["years"]), default=0),
    )


def _years(text: str | None) -> Iterator[int]:
    return (int(year) for year in re.findall(r"\d{4}", text or ""))
