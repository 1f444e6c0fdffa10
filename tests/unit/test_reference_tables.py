"""The rows of the reference's tables against the code that they are made from."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from sphinx_hub import cli, problems, settings
from sphinx_hub.catalogs.check.options import CheckTable
from sphinx_hub.community import DIRECTIVES, OPTIONS
from sphinx_hub.records import KINDS, PartialDate
from sphinx_hub.records.fields import HttpsUrl, ImageFile
from sphinx_hub.reference.checks import checks_table
from sphinx_hub.reference.directive import ReferenceTable
from sphinx_hub.reference.fields import fields_table, type_words
from sphinx_hub.reference.table import NoTableError, Sentence, SourceTexts, Table, Verbatim
from sphinx_hub.reference.tables import (
    arguments_table,
    commands_table,
    options_table,
    problems_table,
    sessions_table,
    settings_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def heads(table: Table) -> list[str]:
    return [row.cells[0].text for row in table.rows]


def cells(table: Table, head: str) -> list[str]:
    return next([cell.text for cell in row.cells] for row in table.rows if row.cells[0].text == head)


@pytest.mark.parametrize("model", KINDS.values(), ids=KINDS)
def test_every_field_has_a_row_with_type_and_meaning(model: Any) -> None:
    table = fields_table(model.kind_name)
    assert heads(table) == list(model.model_fields)
    for row in table.rows:
        name, words, default, meaning = row.cells
        field = model.model_fields[name.text]
        assert words.text
        assert meaning.text == field.description
        assert (default == Sentence("required")) is field.is_required()
        assert isinstance(meaning, Sentence)
        assert meaning.path is not None
        assert field.description.split()[0] in meaning.path.read_text("utf-8").splitlines()[meaning.line - 1]


def test_fields_are_told_in_words() -> None:
    assert cells(fields_table("partner"), "kind") == [
        "kind",
        "one of `company`, `community`, `lab`, `platform`",
        "required",
        "What sort of organisation it is.",
    ]
    assert cells(fields_table("collaboration"), "online")[1:3] == ["`true` or `false`", "false"]
    assert cells(fields_table("collaboration"), "partners")[1:3] == ["list of ids of partners", ""]


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (PartialDate | None, "date"),
        (bool | ImageFile, "`true` or `false` or path of an image"),
        (tuple[HttpsUrl, ...], "list of https addresses"),
        (tuple[Literal["a", "b"], ...], "list of `a`, `b`"),
    ],
)
def test_types_in_words(hint: object, words: str) -> None:
    assert type_words(hint) == words


@pytest.mark.parametrize("hint", [dict[str, str], tuple[bytes, ...], float])
def test_a_type_without_words_is_refused_by_name(hint: object) -> None:
    with pytest.raises(TypeError, match="no words for the type"):
        type_words(hint)


def test_every_code_has_a_row() -> None:
    table = problems_table()
    assert heads(table) == [code.code for code in problems.Code]
    for row, code in zip(table.rows, problems.Code, strict=True):
        assert row.anchor == f"problem-{code.code.lower()}"
        assert row.cells[1:] == (
            Verbatim(code.severity, note="" if code.default else ", off by default"),
            Sentence(code.explanation, Path(problems.__file__), row.cells[2].line),  # type: ignore[union-attr]
        )


def test_what_is_off_by_default_is_marked() -> None:
    marked = {row.head for row in problems_table().rows if row.cells[1] != Verbatim(row.cells[1].text)}
    assert {"MSG103", "MSG504", "MSG507"} <= marked
    assert not marked & {"REC001", "MSG101", "MSG503"}


def test_an_example_shows_what_nobody_sees() -> None:
    entries = {entry.head: dict(entry.fields) for entry in checks_table().rows}
    assert entries["MSG202"]["✗ Wrong"].text == r"社区\n"
    assert entries["MSG203"]["✗ Wrong"].text == "社区␣"
    assert entries["MSG601"]["Glossary"].text == "fine-tuning = 微调"
    assert entries["MSG401"]["✗ Wrong"].text == 'msgid "Where to find us"\nmsgstr ""'


def subcommands() -> dict[str, argparse.ArgumentParser]:
    (action,) = (
        action
        for action in cli.command_line()._actions  # noqa: SLF001 argparse shows its arguments in no other way
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 as above
    )
    return dict(action.choices)


def test_every_command_and_every_argument_has_a_row() -> None:
    assert heads(commands_table()) == [f"sphinx-hub {name}" for name in subcommands()]
    for name, parser in subcommands().items():
        listed = " ".join(heads(arguments_table(name)))
        for option in parser._option_string_actions:  # noqa: SLF001 as above
            assert (option in listed) is (option not in {"-h", "--help"}), (name, option)


def test_arguments_are_written_as_on_the_command_line() -> None:
    assert heads(arguments_table("build")) == [
        "[LOCALE ...]",
        "-j JOBS, --jobs JOBS",
        "--shard K/N",
        "--fresh",
        "--drafts",
        "--plain",
        "--pseudo",
    ]
    assert cells(arguments_table("check"), "--format {text,json,github}") == [
        "--format {text,json,github}",
        "text",
        "How problems are printed.",
    ]
    assert cells(arguments_table("preview"), "--port PORT")[1] == "8000"
    assert cells(arguments_table("check"), "--ignore CODE")[1] == ""


def test_no_default_of_an_argument_depends_on_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [arguments_table(name) for name in subcommands()]
    monkeypatch.setattr("os.cpu_count", lambda: 4711)
    assert [arguments_table(name) for name in subcommands()] == before


@pytest.mark.parametrize(
    ("subject", "cls"), [("", settings.Settings), ("language", settings.Language), ("check", CheckTable)]
)
def test_every_key_of_the_settings_has_a_row(subject: str, cls: Any) -> None:
    table = settings_table(subject)
    keys = [
        entry.name.replace("_", "-")
        for entry in dataclasses.fields(cls)
        if not entry.metadata.get("internal")
    ]
    assert heads(table) == keys
    for row in table.rows:
        meaning = row.cells[-1]
        assert isinstance(meaning, Sentence)
        assert meaning.path == Path(sys.modules[cls.__module__].__file__ or "")
        assert meaning.text
        assert "``" not in meaning.text


def test_settings_have_types_and_defaults() -> None:
    assert cells(settings_table(""), "output")[1:3] == ["text", '"_build/html"']
    assert cells(settings_table(""), "languages")[1:3] == [
        "tables, `[[tool.sphinx-hub.languages]]`",
        "required",
    ]
    assert cells(settings_table("language"), "direction")[1:3] == ['one of `"ltr"`, `"rtl"`', '"ltr"']
    assert cells(settings_table("language"), "tag")[2] == "required"


def test_sessions_are_read_without_nox(tmp_path: Path) -> None:
    noxfile = tmp_path / "noxfile.py"
    noxfile.write_text(
        "import no_such_module\n\n@nox.session\ndef build(session):\n    '''Build it.'''\n\n"
        "@nox.session(name='two-words', python='3.11')\ndef two(session):\n    '''Second\n    line.'''\n\n"
        "def helper(session):\n    '''None.'''\n",
        "utf-8",
    )
    table = sessions_table(noxfile)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["nox -s build", "Build it."],
        ["nox -s two-words", "Second line."],
    ]
    assert [row.anchor for row in table.rows] == ["session-build", "session-two-words"]


@pytest.mark.parametrize("name", [*OPTIONS, "reference-table"])
def test_every_option_has_a_row_with_values_and_meaning(name: str) -> None:
    table = options_table(name)
    (source,) = table.sources
    for row in table.rows:
        option, values, meaning = row.cells
        assert row.anchor == f"option-{name}-{option.text.strip(':')}"
        assert values.text
        assert isinstance(meaning, Sentence)
        assert meaning.path == source


@pytest.mark.parametrize(
    ("name", "directive"),
    [
        ("reference-table", ReferenceTable),
        *((directive.directive_name, directive) for directive in DIRECTIVES),
    ],
)
def test_the_rows_are_the_options_of_the_directive(name: str, directive: Any) -> None:
    assert heads(options_table(name)) == [f":{option}:" for option in directive.option_spec]


def test_values_of_options_are_listed() -> None:
    words = "one of the values: `list`, `cards`, `inline`"
    assert cells(options_table("channel-list"), ":style:")[1] == words
    words = "one or more of the values, with commas between: `active`, `past`, `unknown`"
    assert cells(options_table("partner-cards"), ":status:")[1] == words


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: fields_table("partners"), "no kind 'partners' .known: partner, collaboration"),
        (lambda: arguments_table("bild"), "no command 'bild' .known: build, preview"),
        (lambda: settings_table("locale"), "no settings of 'locale' .known: language, check"),
        (
            lambda: options_table("no-such-directive"),
            "no directive 'no-such-directive' .known: partner-cards,",
        ),
        (lambda: sessions_table(Path("no/noxfile.py")), "no noxfile.py"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_what_there_is(make: Callable[[], Table], message: str) -> None:
    with pytest.raises(NoTableError, match=message):
        make()


def test_a_sentence_knows_its_line_and_a_composed_one_has_none(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text("A = 1\nB = (\n    'One ``two`` '\n    'three.'\n)\n", "utf-8")
    texts = SourceTexts(source)
    assert texts.sentence("One ``two`` three.") == Sentence("One `two` three.", source, 3)
    assert texts.sentence("Other.") == Sentence("Other.")
