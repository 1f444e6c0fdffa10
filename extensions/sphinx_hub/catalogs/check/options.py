"""How a catalog is checked: what its project says of it in pyproject.toml and conf.py."""

from __future__ import annotations

import ast
import difflib
import re
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, get_args

from sphinx_hub.catalogs.check.checker import Options
from sphinx_hub.catalogs.check.markdown import EXTENSIONS
from sphinx_hub.catalogs.check.pair import Markup
from sphinx_hub.catalogs.check.term_rules import read_terms
from sphinx_hub.catalogs.glossary import GLOSSARY, load_glossary
from sphinx_hub.problems import Code, Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_hub.catalogs.glossary import Term

MARKUPS: Final[tuple[str, ...]] = get_args(Markup)
_TABLE: Final = "tool.sphinx-hub.check"
_CODES: Final = {code.code: code for code in Code}
_LANGUAGE: Final = re.compile(r'<tuv\b[^>]*\bxml:lang="([A-Za-z-]+)"')


@dataclass(frozen=True, kw_only=True)
class CheckTable:
    """``[tool.sphinx-hub.check]`` of pyproject.toml."""

    ignore: tuple[str, ...] = ()
    """Codes that are not reported, such as ``MSG503``."""
    enable: tuple[str, ...] = ()
    """Codes that are reported though they are off by default, such as ``MSG507``."""
    markup: str = ""
    """What the sources are written in: ``myst``, ``rst`` or ``plain``; empty to guess it for each entry."""
    glossary: str = ""
    """The glossary, TMX or a table of two columns; empty for ``glossary.tmx`` beside the catalogs."""


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """What the command line says, for all files alike."""

    markup: Markup | None = None
    ignore: frozenset[Code] = frozenset()
    enable: frozenset[Code] = frozenset()
    glossary: Path | None = None


class OptionsFinder:
    """Gives the options of each catalog, and reads each project once."""

    def __init__(self, overrides: Overrides) -> None:
        self._overrides = overrides
        self._projects: dict[Path | None, Options] = {}
        self._roots: dict[Path, Path | None] = {}

    def __call__(self, path: Path) -> Options:
        """The options of the catalog ``path``.

        :raises ProblemsError: the table of its project, or the glossary, has problems.
        """
        root = self._root(path.resolve().parent)
        if root not in self._projects:
            self._projects[root] = self._read(root)
        return self._projects[root]

    def _root(self, folder: Path) -> Path | None:
        """The folder of the project that ``folder`` is a part of, if it has one with a table of ours."""
        if folder not in self._roots:
            candidate = folder / "pyproject.toml"
            here = candidate.is_file() and b"[tool.sphinx-hub" in candidate.read_bytes()
            above = folder.parent if folder.parent != folder else None
            self._roots[folder] = folder if here else self._root(above) if above else None
        return self._roots[folder]

    def _read(self, root: Path | None) -> Options:
        overrides = self._overrides
        table, whole = (CheckTable(), {}) if root is None else read_table(root / "pyproject.toml")
        glossary = overrides.glossary
        if glossary is None and root is not None:
            named = table.glossary or f"{whole.get('catalogs', 'locale')}/{GLOSSARY}"
            glossary = root / named
            if not table.glossary and not glossary.is_file():
                glossary = None
        source = str(whole.get("source-locale", "en"))
        return Options(
            markup=overrides.markup or (table.markup or None),  # type: ignore[arg-type]  # read_table knows it
            ignore=overrides.ignore | {_CODES[name] for name in table.ignore},
            enable=overrides.enable | {_CODES[name] for name in table.enable},
            extensions=EXTENSIONS if root is None else _extensions(root / "conf.py"),
            # A project with a table of languages is built with our extension.
            hub="languages" in whole,
            terms=_Terms(glossary, source) if glossary else lambda _locale: (),
        )


def read_table(path: Path) -> tuple[CheckTable, dict[str, Any]]:
    """The table of the checker in the pyproject.toml ``path``, and ``[tool.sphinx-hub]`` as it stands.

    :raises ProblemsError: with every problem of the table at once.
    """
    text = path.read_text("utf-8")
    try:
        whole = tomllib.loads(text)["tool"]["sphinx-hub"]
    except tomllib.TOMLDecodeError as error:
        raise ProblemsError([Problem(path, 1, Code.SETTINGS_UNREADABLE, f"not TOML: {error}")]) from error
    table = whole.get("check", {})
    if not isinstance(table, dict):
        table = {"check": table}
    problems = [Problem(path, _line(text, key), code, message) for key, code, message in _faults(table)]
    if problems:
        raise ProblemsError(problems)
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    return CheckTable(**values), whole


def _faults(table: dict[str, Any]) -> Iterator[tuple[str, Code, str]]:
    """What is wrong with each key of the table."""
    known = [entry.name for entry in fields(CheckTable)]
    for key, value in table.items():
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            hint = f": did you mean {close[0]}?" if close else f" (known: {', '.join(known)})"
            yield key, Code.SETTINGS_UNKNOWN, f"unknown key {key!r}{hint}"
        elif key in {"ignore", "enable"}:
            unknown = [name for name in value if name not in _CODES] if isinstance(value, list) else [value]
            for name in unknown:
                yield key, Code.SETTINGS_TYPE, f"{key} must be a list of codes; there is no code {name!r}"
        elif key == "markup" and value not in {"", *MARKUPS}:
            yield key, Code.SETTINGS_TYPE, f"markup must be one of {', '.join(MARKUPS)}"
        elif not isinstance(value, str):
            yield key, Code.SETTINGS_TYPE, f"{key} must be a path"


def _line(text: str, key: str) -> int:
    """The line of ``key`` in the table, else that of its head."""
    lines = text.splitlines()
    head = next((number for number, line in enumerate(lines, 1) if line.strip() == f"[{_TABLE}]"), 1)
    rest = enumerate(lines[head:], head + 1)
    return next((number for number, line in rest if re.match(rf"\s*{re.escape(key)}\s*=", line)), head)


def _extensions(conf: Path) -> frozenset[str]:
    """``myst_enable_extensions`` of a conf.py, which is read and not run; else those of a plain project."""
    try:
        tree = ast.parse(conf.read_text("utf-8"))
    except (OSError, SyntaxError, ValueError):
        return EXTENSIONS
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and any(
                isinstance(target, ast.Name) and target.id == "myst_enable_extensions"
                for target in node.targets
            )
            and isinstance(node.value, ast.List | ast.Tuple | ast.Set)
        ):
            names = [element.value for element in node.value.elts if isinstance(element, ast.Constant)]
            return frozenset(name for name in names if isinstance(name, str))
    return EXTENSIONS


class _Terms:
    """The terms of a glossary by locale, read when they are first asked for."""

    def __init__(self, path: Path, source: str) -> None:
        self._path = path
        self._source = source
        self._read: dict[str, Sequence[Term]] = {}

    def _targets(self) -> list[str]:
        """The locales of a TMX file: of all languages that it has a word in."""
        try:
            tags = _LANGUAGE.findall(self._path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            return []  # what keeps it from being read is said where the glossary is checked
        return sorted({tag.replace("-", "_") for tag in tags} - {self._source})

    def __call__(self, locale: str) -> Sequence[Term]:
        if locale not in self._read:
            self._read[locale] = self._terms(locale)
        return self._read[locale]

    def _terms(self, locale: str) -> Sequence[Term]:
        if self._path.suffix.lower() == ".tmx":
            # What is wrong with a glossary is said where it is checked itself; good terms are used.
            return load_glossary(self._path, source=self._source, targets=self._targets())[0]
        try:
            return read_terms(self._path, locale)
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            raise ProblemsError([Problem(self._path, 1, Code.GLOSSARY_UNREADABLE, message)]) from error
