"""The tables that there are, but for the fields of records: codes, commands, settings, options."""

from __future__ import annotations

import argparse
import ast
import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin, get_type_hints

from sphinx.locale import get_translation

import sphinx_hub
from sphinx_hub import cli, problems, settings
from sphinx_hub.catalogs.check.examples import load_examples
from sphinx_hub.catalogs.check.options import CheckTable
from sphinx_hub.community import OPTIONS as COMMUNITY_OPTIONS
from sphinx_hub.i18n import hub_settings
from sphinx_hub.reference.checks import checks_table, severity
from sphinx_hub.reference.fields import fields_table
from sphinx_hub.reference.options import OPTIONS as OWN_OPTIONS
from sphinx_hub.reference.table import (
    Listing,
    NoTableError,
    Row,
    Sentence,
    SourceTexts,
    Table,
    Verbatim,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

    from sphinx_hub.community import Option

_ = get_translation("sphinx_hub")

PACKAGE: Final = Path(sphinx_hub.__file__).parent


def make_table(app: Sphinx, name: str, subject: str, prefix: str) -> Table | Listing:
    """The table or list ``name``, of ``subject`` where the name needs one.

    ``prefix`` keeps the rows whose heads begin with it.

    :raises NoTableError: there is no such table, or it would have no row.
    """
    makers: dict[str, Callable[[], Table | Listing]] = {
        "fields": lambda: fields_table(subject),
        "problems": problems_table,
        "checks": checks_table,
        "commands": lambda: arguments_table(subject) if subject else commands_table(),
        "settings": lambda: settings_table(subject),
        "directive-options": lambda: options_table(subject),
        "config-values": lambda: config_table(app),
        "sessions": lambda: sessions_table(hub_settings(app).root / "noxfile.py"),
    }
    if name not in makers:
        raise NoTableError(f"there is no table {name!r} (known: {', '.join(makers)})")
    if subject and name in {"problems", "checks", "config-values", "sessions"}:
        raise NoTableError(f"the table {name!r} takes no name after it, not {subject!r}")
    table = makers[name]().beginning(prefix)
    if not table.rows:
        beginning = f" that begins with {prefix!r}" if prefix else ""
        raise NoTableError(f"the table {f'{name} {subject}'.strip()!r} has no row{beginning}")
    return table


def problems_table() -> Table:
    """Every problem that can be reported."""
    texts = _texts(problems.__file__)
    examples = load_examples()
    rows = tuple(
        Row(
            f"problem-{name.lower()}",
            (
                Verbatim(name, target=f"example-{name.lower()}" if name in examples else ""),
                severity(code),
                texts.sentence(code.explanation),
            ),
        )
        for name, code in ((code.code, code) for code in problems.Code)
    )
    return _table([_("Code"), _("Severity"), _("Meaning")], rows, texts)


def commands_table() -> Table:
    """The subcommands, each in a sentence."""
    texts = _texts(cli.__file__)
    rows = tuple(
        Row(f"command-{name}", (Verbatim(f"sphinx-hub {name}"), texts.sentence(parser.description or "")))
        for name, parser in _subcommands().items()
    )
    return _table([_("Command"), _("What it does")], rows, texts)


def arguments_table(command: str) -> Table:
    """The arguments of one subcommand.

    :raises NoTableError: there is no such subcommand.
    """
    commands = _subcommands()
    if command not in commands:
        raise NoTableError(f"there is no command {command!r} (known: {', '.join(commands)})")
    texts = _texts(cli.__file__)
    rows = tuple(
        Row(
            f"command-{command}-{action.dest.replace('_', '-')}",
            (
                Verbatim(_invocation(action)),
                Verbatim(_argument_default(action)),
                texts.sentence(action.help or ""),
            ),
        )
        for action in commands[command]._actions  # noqa: SLF001 argparse shows its arguments in no other way
        if not isinstance(action, argparse._HelpAction)  # noqa: SLF001 as above
    )
    return _table([_("Argument"), _("Default"), _("Meaning")], rows, texts)


def settings_table(subject: str) -> Table:
    """The keys of ``[tool.sphinx-hub]``, or of a table in it.

    ``language`` is a row of its table of languages, ``check`` the table of the checker.

    :raises NoTableError: ``subject`` is something else.
    """
    classes: dict[str, type] = {"": settings.Settings, "language": settings.Language, "check": CheckTable}
    if subject not in classes:
        raise NoTableError(f"there are no settings of {subject!r} (known: language, check)")
    cls = classes[subject]
    texts = _texts(sys.modules[cls.__module__].__file__)
    docstrings = _attribute_docstrings(texts.path, cls.__name__)
    # The module knows Path only while types are checked.
    hints = get_type_hints(cls, localns={"Path": Path})
    rows = []
    for entry in dataclasses.fields(cls):
        if entry.metadata.get("internal"):
            continue
        key = entry.name.replace("_", "-")
        rows_of = _row_class(hints[entry.name])
        # The loader refuses a table without a row, whatever the default of the class is.
        required = entry.default is dataclasses.MISSING or rows_of is not None
        rows.append(
            Row(
                f"{subject or 'setting'}-{key}",
                (
                    Verbatim(key),
                    Sentence(_setting_words(hints[entry.name])),
                    Sentence("required") if required else Verbatim(json.dumps(entry.default)),
                    texts.sentence(docstrings.get(entry.name, "")),
                ),
            )
        )
    return _table([_("Key"), _("Type"), _("Default"), _("Meaning")], tuple(rows), texts)


def options_table(name: str) -> Table:
    """The options of one of the package's directives.

    :raises NoTableError: the package has no such directive with options.
    """
    # Each extension describes its directives' options in a file of its own.
    described = {**COMMUNITY_OPTIONS, **OWN_OPTIONS}
    if name not in described:
        raise NoTableError(f"there is no directive {name!r} (known: {', '.join(described)})")
    extension = "reference" if name in OWN_OPTIONS else "community"
    texts = SourceTexts(PACKAGE / extension / "options.py")
    rows = tuple(
        Row(
            f"option-{name}-{option.name}",
            (Verbatim(f":{option.name}:"), _option_values(option, texts), texts.sentence(option.description)),
        )
        for option in described[name]
    )
    return _table([_("Option"), _("Value"), _("Meaning")], rows, texts)


def config_table(app: Sphinx) -> Table:
    """The configuration values of this package's extensions: those whose names begin with ``hub_``.

    One without a description is set by an extension for itself, and left out.
    """
    rows = []
    for name, option in app.config._options.items():  # noqa: SLF001 the only way to the description
        if not name.startswith("hub_") or not option.description:
            continue
        default = "" if callable(option.default) else repr(option.default)
        cells = (
            Verbatim(name),
            Verbatim(default),
            Verbatim(option.rebuild),
            Sentence(one_line(option.description)),
        )
        rows.append(Row(f"config-{name.replace('_', '-')}", cells))
    return _table([_("Value"), _("Default"), _("Rebuilds"), _("Meaning")], tuple(rows))


def sessions_table(path: Path) -> Table:
    """The sessions of a noxfile, read without nox.

    :raises NoTableError: there is no such file.
    """
    if not path.is_file():
        raise NoTableError(f"there is no {path.name} beside pyproject.toml")
    texts = SourceTexts(path)
    rows = tuple(
        Row(f"session-{name}", (Verbatim(f"nox -s {name}"), texts.sentence(docstring)))
        for name, docstring in _sessions(path)
    )
    return _table([_("Session"), _("What it does")], rows, texts)


def _table(columns: list[Any], rows: tuple[Row, ...], *sources: SourceTexts) -> Table:
    # The heads are translated here and now: a lazy translation would be pickled with the page.
    return Table(tuple(map(str, columns)), rows, tuple(texts.path for texts in sources))


def _texts(file: str | None) -> SourceTexts:
    return SourceTexts(Path(file or ""))


def _subcommands() -> dict[str, argparse.ArgumentParser]:
    for action in cli.command_line()._actions:  # noqa: SLF001 argparse shows its arguments in no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 as above
            return dict(action.choices)
    return {}


def _invocation(action: argparse.Action) -> str:
    """How the argument is written: ``-j JOBS, --jobs JOBS`` or ``[LOCALE ...]``."""
    metavar = str(action.metavar or action.dest.upper())
    if action.choices is not None:
        metavar = "{" + ",".join(map(str, action.choices)) + "}"
    if action.option_strings:
        value = "" if action.nargs == 0 else f" {metavar}"
        return ", ".join(option + value for option in action.option_strings)
    return {"*": f"[{metavar} ...]", "?": f"[{metavar}]"}.get(str(action.nargs), metavar)


def _argument_default(action: argparse.Action) -> str:
    given = action.option_strings and action.nargs != 0 and action.default not in (None, [])
    return str(action.default) if given else ""


def _option_values(option: Option, texts: SourceTexts) -> Sentence:
    if not option.values:
        return texts.sentence(option.allowed)
    values = ", ".join(f"`{value}`" for value in option.values)
    return Sentence(f"{option.allowed}: {values}")


def _attribute_docstrings(path: Path, class_name: str) -> dict[str, str]:
    """The strings that stand below the attributes of a class; Python itself keeps none of them."""
    found = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name == class_name:
            for attribute, below in zip(node.body, node.body[1:], strict=False):
                match attribute, below:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(str(text))):
                        found[name] = text
    return found


def _row_class(hint: Any) -> type | None:  # noqa: ANN401 a type hint has no type of its own
    members = get_args(hint)
    row = members[0] if get_origin(hint) is tuple else None
    return row if dataclasses.is_dataclass(row) and isinstance(row, type) else None


def _setting_words(hint: Any) -> str:  # noqa: ANN401 as above
    if _row_class(hint):
        return "tables, `[[tool.sphinx-hub.languages]]`"
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(f'`"{value}"`' for value in get_args(hint))
    if hint is int:
        return "whole number"
    if float in {hint, *get_args(hint)}:
        return "number"
    return "list of texts" if get_origin(hint) is tuple else "text"


def _sessions(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        for decorator in node.decorator_list:
            keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(called, ast.Attribute) and called.attr == "session":
                names = [word.value for word in keywords if word.arg == "name"]
                name = names[0].value if names and isinstance(names[0], ast.Constant) else node.name
                yield str(name), ast.get_docstring(node) or ""
