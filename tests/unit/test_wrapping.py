"""How strings of catalogs are wrapped, where gettext is not at hand to be compared with."""

from __future__ import annotations

import unicodedata

import pytest
from babel.messages.pofile import unescape

from sphinx_hub.catalogs.line_break_classes import line_break_class
from sphinx_hub.catalogs.wrapping import WIDTH, wrapped


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        *(("a", "AL"), ("7", "NU"), (" ", "SP"), ("-", "HY"), ("\u0301", "CM"), ("\U0010ffff", "AL")),
        *(("中", "ID"), ("，", "CL"), ("（", "OP"), ("」", "CL"), ("ー", "NS"), ("👍", "EB")),
        *(("가", "H2"), ("각", "H3")),
    ],
)
def test_the_class_of_a_character(character: str, kind: str) -> None:
    assert line_break_class(character) == kind


def test_a_short_string_stands_in_one_line() -> None:
    assert wrapped("msgstr", "首页") == ('msgstr "首页"',)
    assert wrapped("msgstr", "") == ('msgstr ""',)
    assert wrapped("msgid", "One line\n") == ('msgid "One line\\n"',)


def test_each_line_of_a_text_begins_a_line() -> None:
    assert wrapped("msgid", "one\n\ntwo", "#~ ") == (
        '#~ msgid ""',
        '#~ "one\\n"',
        '#~ "\\n"',
        '#~ "two"',
    )


@pytest.mark.parametrize(
    "text", ["志愿者运营这个网站，用多种语言介绍社区的成果。" * 12, "words of a text " * 30]
)
def test_lines_are_no_longer_than_79_columns_and_say_the_same(text: str) -> None:
    for start in ("", "#~ ", "#~| "):
        lines = wrapped("msgstr", text, start)
        assert lines[0] == f'{start}msgstr ""'
        assert all(columns(line) <= WIDTH for line in lines)
        assert columns(lines[1]) > WIDTH - 12
        assert "".join(unescape(line[len(start) :]) for line in lines[1:]) == text


def test_no_line_begins_with_a_mark_that_ends_a_sentence() -> None:
    for length in range(60, 90):
        lines = wrapped("msgstr", "字" * length + "。」然后是下一句" + "字" * 40)
        assert not any(line.startswith(('"。', '"」')) for line in lines)
