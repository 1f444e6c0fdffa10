"""What keeps a catalog from being merged is said in one line each, with the line of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_hub.catalogs.faults import catalog_faults
from sphinx_hub.problems import Code

HEAD = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
ENTRY = '\nmsgid "Home"\nmsgstr "首页"\n'
CONFLICT = (
    '\n<<<<<<< HEAD\nmsgid "Home"\nmsgstr "首页"\n=======\nmsgid "Home"\nmsgstr "主页"\n>>>>>>> branch\n'
)


def faults(content: bytes) -> list[tuple[int, str, str]]:
    found = catalog_faults(Path("a.po"), content, "zh_CN")
    return [(problem.line, problem.code.code, problem.message) for problem in found]


def test_a_catalog_that_is_right_has_no_fault() -> None:
    assert faults((HEAD + ENTRY).encode()) == []
    assert faults((HEAD + ENTRY).replace("\n", "\r\n").encode()) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_conflict_of_a_merge_is_named(newline: str) -> None:
    content = (HEAD + CONFLICT + CONFLICT).replace("\n", newline).encode()
    rows = faults(content)
    assert [(line, code) for line, code, _message in rows] == [(6, "CAT003"), (14, "CAT003")]
    assert "keep one version of what stands between <<<<<<< and >>>>>>>" in rows[0][2]


def test_a_text_about_conflicts_is_none() -> None:
    text = '\nmsgid "<<<<<<< HEAD\\n=======\\n"\nmsgstr ""\n"<<<<<<< HEAD\\n"\n"=======\\n"\n'
    assert faults((HEAD + text).encode()) == []


def test_another_charset_than_the_header_says_is_found_at_its_first_line() -> None:
    assert faults((HEAD + ENTRY).encode("gb18030")) == [
        (7, "CAT003", "not UTF-8, as its header says it is: save the file as UTF-8")
    ]


def test_a_charset_that_nobody_knows_is_found_in_the_header() -> None:
    assert faults((HEAD + ENTRY).replace("UTF-8", "utf-9").encode()) == [
        (4, "CAT003", "there is no charset 'utf-9': save the file as UTF-8 and say so in its header")
    ]


def test_a_byte_order_mark_is_named() -> None:
    ((line, _code, message),) = faults((HEAD + ENTRY).encode("utf-8-sig"))
    assert (line, message) == (1, "begins with a byte order mark: save the file as UTF-8 without one")


def test_a_text_that_stands_twice_is_named_at_each_further_place() -> None:
    menu = ENTRY.replace("\nmsgid", '\nmsgctxt "menu"\nmsgid')
    rows = faults((HEAD + ENTRY + menu + ENTRY + ENTRY).encode())
    assert [(line, code) for line, code, _message in rows] == [
        (13, Code.CATALOG_TWICE.code),
        (16, Code.CATALOG_TWICE.code),
    ]
    assert "stands in line 6 already" in rows[0][2]


def test_an_unterminated_string_is_named() -> None:
    ((line, code, message),) = faults((HEAD + '\nmsgid "Home"\nmsgstr "首页\n').encode())
    assert (line, code) == (7, "CAT003")
    assert "must end with a quotation mark" in message
