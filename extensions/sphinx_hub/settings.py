"""``[tool.sphinx-hub]`` of pyproject.toml, read once: where things are, and the table of languages.

Everything that knows a language reads it from here: conf.py, the command line, the switcher.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path  # noqa: TC003 the docs read the types of the settings
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

from sphinx_hub.problems import Code, Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Mapping

Direction = Literal["ltr", "rtl"]
#: How a reader is told that a translation is behind its source: not at all, by a mark, or by a mark that
#: opens to show what changed.
Outdated = Literal["off", "mark", "diff"]
OUTDATED_MODES: Final = get_args(Outdated)
#: Where the names of translators and reviewers are taken from.
Credits = Literal["both", "header", "git", "off"]
CREDIT_SOURCES: Final = get_args(Credits)
#: How the repository on the web writes its addresses; empty where its host says it.
Forge = Literal["", "github", "gitlab", "gitea"]
FORGES: Final = get_args(Forge)

#: gettext's form of a locale: language, territory, modifier. A script subtag has no place in it.
#: https://www.gnu.org/software/gettext/manual/html_node/Locale-Names.html
LOCALE_FORM: Final = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?(@[a-z]+)?")
#: One path segment, as Read the Docs writes language codes in its addresses.
PATH_FORM: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Enough of BCP 47 to refuse what is surely none (RFC 5646, section 2.1, without extensions).
TAG_FORM: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")

_MODES: Final = ", ".join(OUTDATED_MODES)
_TABLE: Final = "tool.sphinx-hub"
_SCRIPTS: Final = {"hans": "zh_CN", "hant": "zh_TW"}


#: The variable of the environment that builds drafts and posts of days to come, with any value.
DRAFTS: Final = "SPHINX_HUB_DRAFTS"


@dataclass(frozen=True, kw_only=True)
class Language:
    """One row of the table of languages."""

    locale: str
    """gettext's and Sphinx's name: ``zh_CN``."""
    path: str
    """The segment in addresses, and Read the Docs' code: ``zh-cn``."""
    tag: str
    """BCP 47, for ``lang=`` and ``hreflang=``: ``zh-Hans``."""
    name: str
    """The language's own name: ``简体中文``."""
    direction: Direction = "ltr"
    """The direction of the script."""
    exclude: tuple[str, ...] = ()
    """Patterns of sources that this language does not have, as in Sphinx's ``exclude_patterns``."""
    outdated: Outdated | None = None
    """How outdated translations are shown in this language; as in the whole site where it is left out."""
    complete_from: float | None = None
    """From which share on a page counts as one of this language; as in the whole site where left out."""


#: Locales of no readers, for `sphinx-hub build --pseudo`: English with accents, and a script that runs
#: from right to left. Unicode keeps the regions XA and XB for them (CLDR, "Pseudo-locales").
PSEUDO_LANGUAGES: Final = (
    Language(locale="en_XA", path="en-xa", tag="en-XA", name="⟦Ƥšéûðö⟧"),
    Language(locale="ar_XB", path="ar-xb", tag="ar-XB", name="⟦פסודו⟧", direction="rtl"),
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The whole table. Folders are relative to ``root``, the folder of pyproject.toml."""

    root: Path = field(metadata={"internal": True})
    source: str = "docs"
    """The folder of the MyST sources."""
    catalogs: str = "locale"
    """The folder of the .po files: ``<locale>/LC_MESSAGES/*.po``."""
    output: str = "_build/html"
    """The folder that receives one built site per language."""
    source_locale: str = "en"
    """The locale that the sources are written in."""
    repository: str = ""
    """The https address of the repository, for links that edit a source; empty for none."""
    branch: str = "main"
    """The branch that such links edit."""
    forge: Forge = ""
    """How the repository writes its addresses: ``github``, ``gitlab`` or ``gitea``; by its host if empty."""
    translate: str = ""
    """Where a page is translated on the web: an https address with ``{locale}`` and ``{domain}`` in it, as
    Weblate has, and perhaps a query with ``{message}``. Empty, it is the catalog in the repository."""
    views: str = ""
    """A CSV file of page views with the columns `page` and `views`, relative to `pyproject.toml`; by it, what
    is read most is translated first."""
    outdated: Outdated = "diff"
    """How a translation that is behind its source is shown: ``off``, ``mark`` or ``diff``."""
    credits: Credits = "both"
    """Where the names of translators and reviewers are taken from: the ``header`` of each catalog, ``git``,
    ``both``, or ``off`` for nowhere."""
    credits_without: tuple[str, ...] = ()
    """Names and addresses that are no people, such as the project's own, or that are not to be shown."""
    complete_from: float = 0.8
    """From which share of its words, 0 to 1, that are translated, a page counts as one of its language for
    search engines and feed readers, even if the translation is behind its source."""
    obsolete_days: int = 365
    """How many days a translation is kept whose text or page is gone; 0 keeps it for ever."""
    site: str = ""
    """The https address below which the site stands, each language in the folder of its path; empty where it
    is not known. Read the Docs says it by itself."""
    posts: str = "posts"
    """The folder of the posts, relative to that of the sources. Its index pages are none."""
    courses: str = ""
    """The folder whose folders are courses, relative to that of the sources; empty for none."""
    languages: tuple[Language, ...] = ()
    """The languages, in the order in which they are offered."""

    @property
    def source_path(self) -> Path:
        """The folder of the sources, absolute."""
        return self.root / self.source

    @property
    def catalogs_path(self) -> Path:
        """The folder of the catalogs, absolute."""
        return self.root / self.catalogs

    @property
    def output_path(self) -> Path:
        """The folder of the built sites, absolute."""
        return self.root / self.output

    @property
    def data_path(self) -> Path:
        """The folder of the YAML records, absolute."""
        return self.source_path / "_data"

    @property
    def posts_path(self) -> Path:
        """The folder of the posts, absolute; it need not exist."""
        return self.source_path / self.posts

    @property
    def courses_path(self) -> Path | None:
        """The folder of the courses, absolute; None for a site without."""
        return self.source_path / self.courses if self.courses else None

    @property
    def source_language(self) -> Language:
        """The language that the sources are written in."""
        return self.language(self.source_locale)

    def catalogs_of(self, locale: str) -> Path:
        """The folder of the catalogs of ``locale``, absolute: pseudo-locales have theirs in the output."""
        if any(language.locale == locale for language in PSEUDO_LANGUAGES):
            return self.output_path.parent / "pseudo" / "locale"
        return self.catalogs_path

    def outdated_in(self, language: Language) -> Outdated:
        """How outdated translations are shown in ``language``."""
        return language.outdated or self.outdated

    def complete_from_in(self, language: Language) -> float:
        """From which share of translated words on a page counts as one of ``language``."""
        return self.complete_from if language.complete_from is None else language.complete_from

    @property
    def locales(self) -> tuple[str, ...]:
        """All locales, in the table's order."""
        return tuple(language.locale for language in self.languages)

    def language(self, locale: str) -> Language:
        """The row of ``locale``.

        :raises ProblemsError: the locale is not in the table; the message names the nearest one.
        """
        for language in (*self.languages, *PSEUDO_LANGUAGES):
            if language.locale == locale:
                return language
        known = ", ".join(self.locales)
        hint = self.nearest_locale(locale)
        message = (
            f"unknown locale {locale!r}" + (f": did you mean {hint}?" if hint else "") + f" (known: {known})"
        )
        path = self.root / "pyproject.toml"
        raise ProblemsError([Problem(path, self.line_of_languages, Code.LANGUAGE_UNKNOWN, message)])

    @property
    def line_of_languages(self) -> int:
        """The line of pyproject.toml at which the table of languages begins."""
        return _Lines(self.root / "pyproject.toml").of("languages")

    def language_for_path(self, path: str) -> Language | None:
        """The row whose address segment is ``path`` (Read the Docs' code), in any case, or None."""
        wanted = path.casefold().replace("_", "-")
        return next((language for language in self.languages if language.path.casefold() == wanted), None)

    def nearest_locale(self, wrong: str) -> str | None:
        """The known locale that a path, a tag or a misspelling most likely meant."""
        folded = wrong.casefold().replace("_", "-")
        for language in self.languages:
            if folded in {language.path.casefold(), language.tag.casefold(), language.locale.casefold()}:
                return language.locale
        script = _SCRIPTS.get(folded.partition("-")[2])
        if script in self.locales:
            return script
        close = difflib.get_close_matches(wrong, self.locales, n=1)
        return close[0] if close else None


def find_root(start: Path) -> Path:
    """The nearest folder from ``start`` upwards whose pyproject.toml has ``[tool.sphinx-hub]``.

    :raises ProblemsError: there is none.
    """
    for folder in (start, *start.parents):
        candidate = folder / "pyproject.toml"
        if candidate.is_file() and f"[{_TABLE}]" in candidate.read_text("utf-8", errors="replace"):
            return folder
    message = f"no pyproject.toml with [{_TABLE}] here or above: run this inside the project"
    raise ProblemsError([Problem(start / "pyproject.toml", 1, Code.SETTINGS_UNREADABLE, message)])


def load_settings(root: Path) -> Settings:
    """Read ``[tool.sphinx-hub]`` of ``root/pyproject.toml``.

    :raises ProblemsError: with every problem of the table at once.
    """
    path = root / "pyproject.toml"
    problems: list[Problem] = []
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ProblemsError([Problem(path, 1, Code.SETTINGS_UNREADABLE, message)]) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = "cannot be read: the file is not UTF-8"
        raise ProblemsError([Problem(path, line, Code.SETTINGS_UNREADABLE, message)]) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        raise ProblemsError([Problem(path, line, Code.SETTINGS_UNREADABLE, f"not TOML: {error}")]) from error
    tool = document.get("tool")
    table = tool.get("sphinx-hub") if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        raise ProblemsError([Problem(path, 1, Code.SETTINGS_MISSING, f"there is no table [{_TABLE}]")])
    reader = _Reader(path)
    settings = reader.settings(table, root.resolve())
    problems += reader.problems
    if settings is None or problems:
        raise ProblemsError(problems)
    return settings


def locale_from_environment(settings: Settings) -> str:
    """The locale that Read the Docs asks for in ``READTHEDOCS_LANGUAGE``, else the source's.

    :raises ProblemsError: Read the Docs asks for a language that the table does not have.
    """
    code = os.environ.get("READTHEDOCS_LANGUAGE", "")
    if not code:
        return settings.source_locale
    language = settings.language_for_path(code)
    if language is None:
        return settings.language(code).locale  # raises, with the nearest name
    return language.locale


class _Lines:
    """Finds the line of a key: tomllib gives no positions, and a hint beats none."""

    def __init__(self, path: Path) -> None:
        try:
            self._lines = path.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            self._lines = []

    def of(self, key: str = "", row: int | None = None) -> int:
        """The line of ``key`` in the table, or in its ``row``-th language; else of the table's head."""
        head = f"[{_TABLE}]" if row is None else f"[[{_TABLE}.languages]]"
        if key == "languages" and row is None:
            head, key, row = f"[[{_TABLE}.languages]]", "", 0
        seen = -1
        head_line = 1
        inside = False
        for number, line in enumerate(self._lines, 1):
            stripped = line.strip()
            if stripped.startswith("["):
                inside = False
                if stripped.startswith(head):
                    seen += 1
                    if seen == (row or 0):
                        inside, head_line = True, number
                        if not key:
                            return number
            elif inside and key and re.match(rf"[\"']?{re.escape(key)}[\"']?\s*=", stripped):
                return number
        return head_line


class _Reader:
    """Turns the parsed table into settings, and notes every problem with its line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = _Lines(path)
        self.problems: list[Problem] = []

    def settings(self, table: Mapping[str, Any], root: Path) -> Settings | None:
        known = {entry.name.replace("_", "-"): entry.name for entry in fields(Settings) if not entry.metadata}
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key in {"check", "languages"}:
                continue  # tables of their own; the first is the checker's
            if key not in known:
                self._unknown(key, known, None)
            elif (fault := _fault(key, value)) is not None:
                self._add(Code.SETTINGS_TYPE, fault, key)
            else:
                values[known[key]] = tuple(value) if isinstance(value, list) else value
        rows = table.get("languages")
        if not isinstance(rows, list) or not rows:
            self._add(Code.SETTINGS_MISSING, f"at least one [[{_TABLE}.languages]] is needed", "")
            return None
        languages = [self._language(row, index) for index, row in enumerate(rows)]
        settings = Settings(
            root=root, languages=tuple(language for language in languages if language is not None), **values
        )
        self._check(settings)
        return settings

    def _language(self, row: object, index: int) -> Language | None:  # noqa: C901 one branch a key
        if not isinstance(row, dict):
            self._add(Code.SETTINGS_TYPE, "a language must be a table", "", index)
            return None
        known = {entry.name.replace("_", "-"): entry.name for entry in fields(Language)}
        good = True
        for key in row:
            if key not in known:
                self._unknown(key, known, index)
        for key in ("locale", "path", "tag", "name"):
            if key not in row:
                self._add(Code.SETTINGS_MISSING, f"the language lacks {key}", "", index)
                good = False
            elif not isinstance(row[key], str) or not row[key].strip():
                self._add(Code.SETTINGS_TYPE, f"{key} must be a string that is not empty", key, index)
                good = False
        if row.get("direction", "ltr") not in {"ltr", "rtl"}:
            self._add(Code.SETTINGS_TYPE, 'direction must be "ltr" or "rtl"', "direction", index)
            good = False
        if row.get("outdated", "diff") not in OUTDATED_MODES:
            self._add(Code.SETTINGS_TYPE, f"outdated must be one of {_MODES}", "outdated", index)
            good = False
        if (fault := _fault("complete-from", row.get("complete-from", 1))) is not None:
            self._add(Code.SETTINGS_TYPE, fault, "complete-from", index)
            good = False
        exclude = row.get("exclude", [])
        if not isinstance(exclude, list) or not all(isinstance(pattern, str) for pattern in exclude):
            self._add(Code.SETTINGS_TYPE, "exclude must be a list of patterns", "exclude", index)
            good = False
        if not good:
            return None
        self._forms(row, index)
        return Language(
            locale=row["locale"],
            path=row["path"],
            tag=row["tag"],
            name=row["name"],
            direction=cast("Direction", row.get("direction", "ltr")),
            exclude=tuple(exclude),
            outdated=row.get("outdated"),
            complete_from=row.get("complete-from"),
        )

    def _forms(self, row: Mapping[str, Any], index: int) -> None:
        locale: str = row["locale"]
        if not LOCALE_FORM.fullmatch(locale):
            self._add(Code.LOCALE_FORM, _locale_advice(locale), "locale", index)
        if not PATH_FORM.fullmatch(row["path"]):
            message = f"path {row['path']!r} must be lower-case letters, digits and hyphens"
            self._add(Code.SETTINGS_TYPE, message, "path", index)
        if not TAG_FORM.fullmatch(row["tag"]):
            message = f"tag {row['tag']!r} must be a BCP 47 tag such as zh-Hans"
            self._add(Code.SETTINGS_TYPE, message, "tag", index)

    def _check(self, settings: Settings) -> None:
        for attribute in ("locale", "path", "tag"):
            seen: set[str] = set()
            for index, language in enumerate(settings.languages):
                value = getattr(language, attribute)
                if value in seen:
                    message = f"{attribute} {value!r} stands in two languages"
                    self._add(Code.SETTINGS_DUPLICATE, message, attribute, index)
                seen.add(value)
        if settings.languages and settings.source_locale not in settings.locales:
            message = f"source-locale {settings.source_locale!r} is not one of the languages"
            self._add(Code.SETTINGS_TYPE, message, "source-locale")
        if settings.site and not settings.site.startswith("https://"):
            self._add(Code.SETTINGS_TYPE, "site must be an https address", "site")
        if settings.repository and not settings.repository.startswith("https://"):
            self._add(Code.SETTINGS_TYPE, "repository must be an https address", "repository")
        if settings.translate and not settings.translate.startswith("https://"):
            self._add(Code.SETTINGS_TYPE, "translate must be an https address", "translate")
        for key, values in (("outdated", OUTDATED_MODES), ("credits", CREDIT_SOURCES), ("forge", FORGES)):
            if getattr(settings, key) not in values:
                named = ", ".join(filter(None, values))
                self._add(Code.SETTINGS_TYPE, f"{key} must be one of {named}", key)
        self._folders(settings)

    def _folders(self, settings: Settings) -> None:
        folders: dict[str, Path] = {}
        for key in ("source", "catalogs", "output"):
            named = getattr(settings, key)
            folder = folders[key] = (settings.root / named).resolve()
            # The folder itself, or the file that keeps it from being made.
            there = next(path for path in (folder, *folder.parents) if path.exists())
            if not folder.is_relative_to(settings.root) or folder == settings.root:
                message = f"{key} {named!r} must lie below the folder of pyproject.toml"
                self._add(Code.SETTINGS_PATH, message, key)
            elif not there.is_dir():
                message = f"{key} {named!r}: {there.relative_to(settings.root).as_posix()} is no folder"
                self._add(Code.SETTINGS_PATH, message, key)
            elif key == "source" and there != folder:
                self._add(Code.SETTINGS_PATH, f"there is no folder {named!r}", key)
        for key in ("source", "catalogs"):
            # Built pages would be read as sources, and doctrees mixed with catalogs.
            if folders["output"].is_relative_to(folders[key]) and folders[key] != settings.root:
                message = f"output {settings.output!r} must not lie in {getattr(settings, key)!r}, the {key}"
                self._add(Code.SETTINGS_PATH, message, "output")

    def _unknown(self, key: str, known: Mapping[str, str], row: int | None) -> None:
        close = difflib.get_close_matches(key, known, n=1)
        hint = f": did you mean {close[0]}?" if close else f" (known: {', '.join(sorted(known))})"
        self._add(Code.SETTINGS_UNKNOWN, f"unknown key {key!r}{hint}", key, row)

    def _add(self, code: Code, message: str, key: str, row: int | None = None) -> None:
        self.problems.append(Problem(self._path, self._lines.of(key, row), code, message))


def _fault(key: str, value: object) -> str | None:
    """What is wrong with the type of a value, or nothing."""
    if key == "credits-without":
        names = isinstance(value, list) and all(isinstance(name, str) for name in value)
        return None if names else f"{key} must be a list of names and addresses"
    if key == "obsolete-days":
        days = type(value) is int and value >= 0
        return None if days else f"{key} must be a number of days, 0 or more"
    if key == "complete-from":
        share = type(value) in {int, float} and 0 <= cast("float", value) <= 1
        return None if share else f"{key} must be a number from 0 to 1, such as 0.8"
    return None if isinstance(value, str) else f"{key} must be a string, not {type(value).__name__}"


def _locale_advice(locale: str) -> str:
    """What to write instead of a locale in another form than gettext's."""
    language, _, rest = locale.replace("-", "_").partition("_")
    script = _SCRIPTS.get(rest.casefold()) if language.casefold() == "zh" else None
    meant = script or (f"{language.lower()}_{rest.upper()}" if re.fullmatch("[A-Za-z]{2}", rest) else None)
    hint = f": write {meant!r}" if meant else ""
    return f"locale {locale!r} is not in gettext's form, language and territory{hint}"
