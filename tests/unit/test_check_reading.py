"""Reading a catalog for a check: every fault with its line, and all that can be read beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_hub.catalogs.check.reading import Reading, read_catalog

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(tmp_path: Path, content: str | bytes) -> Reading:
    path = tmp_path / "a.po"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_catalog(path)


def told(reading: Reading) -> list[str]:
    return [f"{problem.line} {problem.code} {problem.message}" for problem in reading.problems]


def test_an_entry_with_all_its_parts(tmp_path: Path) -> None:
    entry = (
        "# by hand\n#. from the writer\n#: docs/a.md:3 docs/b.md:7\n#, fuzzy, python-format\n"
        '#| msgid "before"\n'
        'msgctxt "menu"\nmsgid "one\\t"\n"two"\nmsgstr ""\n"yī"\n"\\n"\n'
    )
    reading = read(tmp_path, HEADER + entry)
    assert not reading.problems
    assert reading.fields == {"Content-Type": "text/plain; charset=UTF-8"}
    (message,) = reading.messages
    assert (message.msgid, message.strings, message.context) == ("one\ttwo", ["yī\n"], "menu")
    assert message.comments == ["by hand"]
    assert message.flags == ["fuzzy", "python-format"]
    assert message.locations == ["docs/a.md:3", "docs/b.md:7"]
    assert (message.first, message.line, message.last) == (4, 12, 14)


def test_entries_without_a_blank_line_between_them(tmp_path: Path) -> None:
    reading = read(
        tmp_path, HEADER + 'msgid "a"\nmsgstr "甲"\nmsgid "b"\nmsgstr "乙"\n#~ msgid "c"\n#~ msgstr "丙"\n'
    )
    assert not reading.problems
    assert [message.msgid for message in reading.messages] == ["a", "b"]
    assert [message.msgid for message in reading.obsolete] == ["c"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('msgid "a"\nmsgstr "甲', "5 CAT003 a string ends with a quotation mark at the end of its line"),
        ('msgid "a"\nmsgstr "甲"乙"', "5 CAT003 a string ends with a quotation mark at the end of its line"),
        ('msgid "a"\nmsgstr “甲”', "5 CAT003 a string must stand in straight quotation marks"),
        ('msgid "a"\nmsgstring "甲"', "5 CAT003 there is no keyword 'msgstring'"),
        ('msgid "a"\nmsgstr "\\q"', "5 CAT003 there is no escape \\q"),
        ('msgid "a"', "4 CAT003 a msgid without its msgstr"),
        ('msgstr "甲"', "4 CAT003 a msgstr without its msgid"),
        ('"甲"', "4 CAT003 a string that belongs to no msgid or msgstr"),
        ("nonsense", "4 CAT003 a line that is neither a comment nor a string"),
        ('msgid "a"\nmsgstr "甲"\nmsgstr "乙"', "6 CAT003 msgstr stands twice in one entry"),
        (
            'msgid "a"\n<<<<<<< HEAD\nmsgstr "甲"\n=======\nmsgstr "乙"\n>>>>>>> other',
            "5 CAT006 a merge conflict",
        ),
        ('msgid "a"\nmsgstr "<<<<<<< HEAD\\n甲"', "5 CAT006 marks of a merge conflict in the text"),
        ('msgid "a"\nmsgstr "甲"\n\nmsgid "a"\nmsgstr "乙"', "8 CAT007 the msgid stands twice"),
    ],
)
def test_a_fault_is_told_with_its_line_and_the_rest_is_read(
    tmp_path: Path, lines: str, expected: str
) -> None:
    reading = read(tmp_path, f'{HEADER}{lines}\n\nmsgid "z"\nmsgstr "末"\n')
    assert len(reading.problems) == 1
    assert told(reading)[0].startswith(expected)
    assert reading.messages[-1].strings == ["末"]
    assert not reading.messages[-1].broken


def test_the_same_text_in_another_context_is_another_message(tmp_path: Path) -> None:
    reading = read(tmp_path, HEADER + 'msgid "a"\nmsgstr "甲"\n\nmsgctxt "x"\nmsgid "a"\nmsgstr "乙"\n')
    assert not reading.problems


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("\ufeff" + HEADER, "1 CAT005 the file begins with a byte order mark"),
        (HEADER.replace("UTF-8", "CHARSET"), "2 CAT005 there is no charset 'CHARSET'"),
        (HEADER.replace("UTF-8", "ASCII") + 'msgid "a"\nmsgstr "甲"\n', "2 CAT005 the file is not ASCII"),
        (HEADER.replace("UTF-8", "GBK") + 'msgid "a"\nmsgstr "甲乙"\n', "2 CAT005 the file is not GBK"),
        (HEADER.replace("UTF-8", "utf-16"), "2 CAT005 the file is not utf-16"),
        ('msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n', "1 CAT005 the header names no charset"),
        ((HEADER + 'msgid "a"\nmsgstr "甲"\n').encode("gbk"), "5 CAT005 a byte that is not UTF-8 (0xBC)"),
        (HEADER.encode("utf-16"), "1 CAT005 the file is UTF-16"),
        (
            (HEADER.replace("UTF-8", "GBK") + 'msgid "a"\nmsgstr "甲"\n').encode("gbk"),
            "2 CAT005 the file says that it is GBK: save it as UTF-8",
        ),
    ],
)
def test_a_charset_that_is_not_utf_8(tmp_path: Path, content: str | bytes, expected: str) -> None:
    reading = read(tmp_path, content)
    assert len(reading.problems) == 1
    assert told(reading)[0].startswith(expected)


def test_a_file_in_another_charset_is_read_all_the_same(tmp_path: Path) -> None:
    content = HEADER.replace("UTF-8", "GBK") + 'msgid "a"\nmsgstr "甲"\n'
    assert read(tmp_path, content.encode("gbk")).messages[0].strings == ["甲"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    reading = read_catalog(tmp_path / "none.po")
    assert told(reading) == ["1 CAT003 cannot be read: No such file or directory"]
