"""A language that the table does not have yet: what its row would be, and how the row comes into the file."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final

from babel.core import Locale, UnknownLocaleError

from sphinx_hub.problems import Code, Problem, ProblemsError
from sphinx_hub.settings import LOCALE_FORM, Language, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD: Final = "[[tool.sphinx-hub.languages]]"
_SCRIPTS: Final[Mapping[str, str]] = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab"}
_FULL_WIDTH: Final = frozenset({"zh", "ja", "yue"})


def new_language(settings: Settings, locale: str) -> Language:
    """The row of a language that the table lacks, as CLDR knows the language.

    :raises ProblemsError: it is no locale, or not written as gettext writes it; the message says what to
        write instead.
    """
    path = settings.root / "pyproject.toml"
    found = _cldr(locale)
    if not LOCALE_FORM.fullmatch(locale) or found is None:
        meant = _meant(locale) or settings.nearest_locale(locale) or ""
        hint = f"write {meant!r}" if meant else "write language and territory, as in 'zh_HK', 'pt_BR' or 'ja'"
        hint += ", which is in the table" if meant in settings.locales else ""
        message = f"{locale!r} is no locale that CLDR knows in gettext's form: {hint}"
        raise ProblemsError([Problem(path, settings.line_of_languages, Code.LANGUAGE_UNKNOWN, message)])
    return Language(
        locale=locale,
        path=locale.lower().replace("_", "-").replace("@", "-"),
        tag=_tag(settings, locale, found),
        name=_name(found),
        direction="rtl" if found.text_direction == "rtl" else "ltr",
    )


def table_of(language: Language) -> str:
    """The row of a language as it is written in ``pyproject.toml``."""
    rows = [
        _HEAD,
        f'locale = "{language.locale}"',
        f'path = "{language.path}"',
        f'tag = "{language.tag}"',
        f'name = "{language.name}"',
    ]
    if language.direction != "ltr":
        rows.append(f'direction = "{language.direction}"')
    return "\n".join(rows) + "\n"


def with_language(content: bytes, language: Language) -> bytes | None:
    """``pyproject.toml`` with one more row, behind the last one; every other byte stays.

    None where the table is written in another way, so that a person must add it.
    """
    newline = "\r\n" if b"\r\n" in content else "\n"
    lines = content.decode("utf-8").splitlines(keepends=True)
    heads = [number for number, line in enumerate(lines) if line.strip() == _HEAD]
    if not heads:
        return None
    end = heads[-1] + 1
    while end < len(lines) and not lines[end].lstrip().startswith("["):
        end += 1
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1  # what stands before the next table belongs to that
    before = "".join(lines[:end])
    if not before.endswith("\n"):
        before += newline
    row = table_of(language).replace("\n", newline)
    text = f"{before}{newline}{row}{''.join(lines[end:])}"
    try:
        rows = tomllib.loads(text)["tool"]["sphinx-hub"]["languages"]
    except (tomllib.TOMLDecodeError, LookupError):
        return None
    return text.encode() if len(rows) == len(heads) + 1 else None


def _cldr(locale: str) -> Locale | None:
    try:
        return Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return None


def _meant(locale: str) -> str:
    """The locale that another form of it means, or nothing."""
    language, *rest = re.split(r"[-_]", locale)
    scripts = {"hans": "CN", "hant": "TW"} if language.casefold() == "zh" else {}
    territory = next((part for part in reversed(rest) if re.fullmatch("[A-Za-z]{2}", part)), "")
    if not territory:
        territory = next((scripts[part.casefold()] for part in rest if part.casefold() in scripts), "")
    if rest and not territory:
        return ""
    meant = f"{language.lower()}_{territory.upper()}" if territory else language.lower()
    return meant if LOCALE_FORM.fullmatch(meant) and _cldr(meant) is not None else ""


def _tag(settings: Settings, locale: str, found: Locale) -> str:
    """The shortest tag that says the script where the language has several, and the territory."""
    script = _SCRIPTS.get(locale.partition("@")[2], found.script or "")
    territory = locale.partition("@")[0].partition("_")[2]
    tag = "-".join(filter(None, (found.language, script, territory)))
    taken = {language.tag for language in settings.languages}
    return next((form for form in (tag, locale.replace("_", "-")) if form not in taken), tag)


def _name(found: Locale) -> str:
    """The language's own name, with its script and territory where the locale has them."""
    script = f"{found.language}_{found.script}" if found.script else found.language
    language = found.languages.get(script) or found.languages.get(found.language) or found.language
    language = language[:1].upper() + language[1:]
    territory = found.territories.get(found.territory or "")
    if not territory:
        return language
    return f"{language}（{territory}）" if found.language in _FULL_WIDTH else f"{language} ({territory})"
