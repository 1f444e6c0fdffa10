"""Names in the headers of catalogs: as tools write them, as people write them, and as nobody should."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from translate.storage.pypo import pofile

from sphinx_hub.catalogs.check.project import catalog_problems
from sphinx_hub.catalogs.credits import Credit, Role, header_credits
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from sphinx_hub.problems import Problem

PATH: Final = Path("page.po")
HEADER: Final = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
T: Final = Role.TRANSLATOR
R: Final = Role.REVIEWER


def head(*comments: str, fields: str = "") -> bytes:
    """A catalog with these comments and this header, and an entry whose comment names nobody."""
    lines = "".join(f"{line}\n" for line in comments)
    return f'{lines}{HEADER}{fields}\n# Not Me <not@me.example>, 2020.\nmsgid "a"\nmsgstr "b"\n'.encode()


def read(*comments: str, fields: str = "") -> tuple[list[Credit], list[Problem]]:
    credits_, problems = header_credits(head(*comments, fields=fields), PATH)
    return list(credits_), list(problems)


def named(*comments: str, fields: str = "") -> list[tuple[str, Role]]:
    """Who is named, after making sure that nothing is wrong."""
    credits_, problems = read(*comments, fields=fields)
    assert problems == []
    return [(credit.name, credit.role) for credit in credits_]


@pytest.mark.parametrize(
    ("line", "name", "mail", "year"),
    [
        ("# Lin Xiaoyu <lin@example.org>, 2026.", "Lin Xiaoyu", "lin@example.org", 2026),
        ("# Lin Xiaoyu <lin@example.org>, 2024, 2025.", "Lin Xiaoyu", "lin@example.org", 2024),
        ("# Lin Xiaoyu <lin@example.org>, 2023-2025.", "Lin Xiaoyu", "lin@example.org", 2023),
        ("# Lin Xiaoyu <lin@example.org>, 2013,2018,2020,2022-2024", "Lin Xiaoyu", "lin@example.org", 2013),
        ("# Lin Xiaoyu <lin@example.org> (2010).", "Lin Xiaoyu", "lin@example.org", 2010),
        ("# Lin Xiaoyu <lin@example.org>", "Lin Xiaoyu", "lin@example.org", 0),
        ("# Lin Xiaoyu <lin@example.org>. 2013-07-09", "Lin Xiaoyu", "lin@example.org", 2013),
        ("# Lin Xiaoyu, 2025", "Lin Xiaoyu", "", 2025),
        ("# Lin Xiaoyu <>, 2025", "Lin Xiaoyu", "", 2025),
        ("# Lin Xiaoyu <EMAIL@ADDRESS>, 2025.", "Lin Xiaoyu", "", 2025),
        ("# Yang Bob <bob.yang.dev at gmail.com>, 2006-2008.", "Yang Bob", "", 2006),
        ("# Tower Joo<zhutao.iscas@gmail.com>, 2009", "Tower Joo", "zhutao.iscas@gmail.com", 2009),
        ("# Mark Chang (zh_TW translator) <mark@example.org>, 2015.", "Mark Chang (zh_TW translator)",
         "mark@example.org", 2015),
        ("# Leo J. Caballero G. <leo@example.org>, 2020", "Leo J. Caballero G.", "leo@example.org", 2020),
        ("# Raymond To <to@example.hk>, 2020", "Raymond To", "to@example.hk", 2020),
        ("# @youngrok, 2013.", "@youngrok", "", 2013),
        ("# 林小雨 <lin@example.org>，2025。", "林小雨", "lin@example.org", 2025),
        ("# 林小雨，2024、2025。", "林小雨", "", 2024),
        ("# SPDX-FileCopyrightText: 2024, 2026 Lin <lin@example.org>", "Lin", "lin@example.org", 2024),
        ("# SPDX-FileCopyrightText: © 2024-2026 Lin <lin@example.org>", "Lin", "lin@example.org", 2024),
        ("# Translator: Lin Xiaoyu", "Lin Xiaoyu", "", 0),
        ("# translator： 林小雨 <lin@example.org>, 2025.", "林小雨", "lin@example.org", 2025),
        ("# Last-Translator: Lin Xiaoyu <lin@example.org>", "Lin Xiaoyu", "lin@example.org", 0),
    ],
)  # fmt: skip
def test_a_translator_in_each_form_that_tools_and_people_write(
    line: str, name: str, mail: str, year: int
) -> None:
    assert read(line) == ([Credit(name=name, mail=mail, role=T, year=year)], [])


@pytest.mark.parametrize(
    "line",
    [
        "# Reviewer: Wang Wu <wu@example.org>, 2025.",
        "# REVIEWER: Wang Wu <wu@example.org>, 2025",
        "# Reviewers: Wang Wu <wu@example.org>, 2025",
        "# Proofreader: Wang Wu <wu@example.org>, 2025.",
        "# SPDX-FileCopyrightText: 2025 Reviewer: Wang Wu <wu@example.org>",
    ],
)
def test_a_reviewer(line: str) -> None:
    assert read(line) == ([Credit(name="Wang Wu", mail="wu@example.org", role=R, year=2025)], [])


def test_names_stand_below_a_heading_as_transifex_has_it() -> None:
    assert named(
        "# SOME DESCRIPTIVE TITLE.",
        "# This file is distributed under the same license as the PACKAGE package.",
        "# ",
        "# Translators:",
        "# Komiya Takeshi <i@example.org>, 2016",
        "# Daniel Ribeiro (pt_BR)",
        "# 张三",
        "#",
        "# Reviewers:",
        "# - 李四, 2025",
        "#",
        "# Somebody Else <else@example.org>, 2026.",
    ) == [
        ("Komiya Takeshi", T), ("Daniel Ribeiro (pt_BR)", T), ("张三", T), ("李四", R), ("Somebody Else", T),
    ]  # fmt: skip


def test_several_names_stand_behind_one_key() -> None:
    line = "# Translators: 张三、李四 <li@example.org>, 2024, 2025；Wang Wu, 2026."
    credits_, problems = read(line)
    assert problems == []
    assert [(credit.name, credit.mail, credit.year) for credit in credits_] == [
        ("张三", "", 0), ("李四", "li@example.org", 2024), ("Wang Wu", "", 2026),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "# SOME DESCRIPTIVE TITLE.",
        "# Chinese (Simplified) translations for PROJECT.",
        "# translation of rgettext.po to Simplified Chinese, 2011.",
        "# Translations template for Sphinx.",
        "# Copyright (C) 2026 THE PACKAGE'S COPYRIGHT HOLDER",
        "# Copyright © 2000-2015 The Claws Mail team <team@example.org>, 2015.",
        "# 版权所有 2026",
        "# This file is distributed under the same license as the PACKAGE package.",
        "# package.",
        "# FIRST AUTHOR <EMAIL@ADDRESS>, YEAR.",
        "# FIRST AUTHOR <EMAIL@ADDRESS>, 2019.",
        "# Automatically generated, 2020.",
        "# Anonymous <noreply@weblate.org>, 2023.",
        "# Weblate Translation Memory <noreply-mt-weblate-translation-memory@weblate.org>, 2025.",
        "# Hosted Weblate <hosted@weblate.org>, 2023.",
        "# dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>, 2023.",
        "# SPDX-License-Identifier: GPL-3.0-or-later",
        "# SPDX-FileCopyrightText: 2024 Free Software Foundation Europe e.V. <https://fsfe.org>",
        "# Report-Msgid-Bugs-To: Somebody <bugs@example.org>",
        "# Please send bugs to <bugs@example.org>",
        "# Note: 张三",
        "# https://example.org/translate",
        "# Translators:",
        "#, fuzzy",
        "#",
        "",
    ],
)
def test_what_credits_nobody_is_no_mistake(line: str) -> None:
    assert read(line) == ([], [])


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Lin Xiaoyu <lin@example.org>", ["Lin Xiaoyu"]),
        ("Lin Xiaoyu, 2025", ["Lin Xiaoyu"]),
        ("FULL NAME <EMAIL@ADDRESS>", []),
        ("Automatically generated", []),
        ("The sphinx-hub contributors <hub@example.org>", []),
        ("translation-bot <x@example.org>", []),
        ("lin@example.org <lin@example.org>", []),
        ("", []),
    ],
)
def test_last_translator_counts_where_it_is_a_person(value: str, names: list[str]) -> None:
    assert named(fields=f'"Last-Translator: {value}\\n"\n') == [(name, T) for name in names]


def test_last_translator_is_read_over_several_lines() -> None:
    fields = '"Last-Translator: A Person with a Very Long Name "\n"<person@example.org>\\n"\n'
    assert named(fields=fields) == [("A Person with a Very Long Name", T)]


@pytest.mark.parametrize(
    ("line", "hint", "role"),
    [
        ("# Translater: 张三 <zhang@example.org>, 2025.", "'Translater': did you mean Translators?", T),
        ("# Tranlators: 张三", "'Tranlators': did you mean Translators?", T),
        ("# Reveiwers: 张三", "'Reveiwers': did you mean Reviewers?", R),
        ("# Proof-reader: 张三", "'Proof-reader': did you mean Reviewers?", R),
        ("# 译者：张三", "'译者': did you mean Translators?", T),
        ("# 審校：张三", "'審校': did you mean Reviewers?", R),
        ("# Translated by: 张三", "'Translated by': did you mean Translators?", T),
        ("# Translators (2024–2025): 张三", "'Translators (2024–2025)': did you mean Translators?", T),
        ("# Heroes: 张三 <zhang@example.org>, 2025.", "'Heroes': write Translators or Reviewers", T),
    ],
)
def test_an_unknown_key_is_told_and_its_name_is_kept(line: str, hint: str, role: Role) -> None:
    credits_, problems = read("# Title", line)
    assert [str(problem) for problem in problems] == [f"page.po:2: CRD001 unknown credit key {hint}"]
    assert [(credit.name, credit.role) for credit in credits_] == [("张三", role)]


def test_a_key_without_its_colon_is_told_and_its_name_is_kept() -> None:
    credits_, problems = read("# Reviewers – 张三, 2025.")
    assert [str(problem) for problem in problems] == [
        "page.po:1: CRD001 the key 'Reviewers' has no colon behind it"
    ]
    assert credits_ == [Credit(name="张三", role=R, year=2025)]


def test_an_unknown_heading_above_names_is_told() -> None:
    credits_, problems = read(
        "# The people of this page:", "# 张三 <zhang@example.org>, 2025.", "# 李四, 2025."
    )
    assert [(problem.line, problem.code.code) for problem in problems] == [(1, "CRD001")]
    assert [credit.name for credit in credits_] == ["张三", "李四"]


@pytest.mark.parametrize(
    ("lines", "line", "part"),
    [
        (["# <zhang@example.org>, 2025."], 1, "has no name"),
        (["# Translators:", "# zhang@example.org"], 2, "has no name"),
        (["# Reviewer: <zhang@example.org>"], 1, "has no name"),
        (["# Added strings by Zhang San <zhang@example.org>, 2020."], 1, "within a sentence"),
        (["# Long scale by Zhang San (zs), 2022."], 1, "within a sentence"),
        (["# Title", "# Reviewers:", "#"], 2, "names nobody"),
        (["# Translators: https://example.org/people"], 1, "is a link"),
        (["# Translators:", "# " + "very " * 20 + "long"], 2, "too long"),
    ],
)
def test_a_credit_without_a_name_is_told(lines: list[str], line: int, part: str) -> None:
    credits_, problems = read(*lines)
    assert credits_ == []
    assert [(problem.line, problem.code.code) for problem in problems] == [(line, "CRD002")]
    assert part in problems[0].message


def test_a_file_without_a_header_names_nobody() -> None:
    for text in ('# 张三, 2025.\nmsgid "a"\nmsgstr "b"\n', '# 张三, 2025.\nmsgid ""\n"a"\nmsgstr "b"\n', ""):
        assert header_credits(text.encode(), PATH) == ((), ())
    assert header_credits(b'# \xff\nmsgid ""\nmsgstr ""\n', PATH) == ((), ())


def test_a_blank_line_and_windows_line_ends_are_no_matter() -> None:
    content = head("# 张三, 2025.", "").replace(b"\n", b"\r\n")
    assert [credit.name for credit in header_credits(b"\xef\xbb\xbf" + content, PATH)[0]] == ["张三"]


@pytest.mark.parametrize("spdx", [False, True])
def test_no_name_and_no_reviewer_is_lost_in_what_weblate_writes(*, spdx: bool) -> None:
    """The library that Weblate writes headers with moves lines, adds one, and may turn all into SPDX."""
    store = pofile.parsestring(
        head(
            "# Chinese translations for PACKAGE.",
            "# 张三 <zhang@example.org>, 2024.",
            "# Reviewer: Wang Wu <wu@example.org>, 2024.",
            "#",
            "# Reviewer: Zhao Liu <zhao@example.org>, 2025.",
        )
    )
    store.updatecontributor("Li Si", "li@example.org", spdx=spdx)
    credits_, problems = header_credits(bytes(store), PATH)
    assert problems == ()
    assert {(credit.name, credit.role) for credit in credits_} == {
        ("张三", T), ("Li Si", T), ("Wang Wu", R), ("Zhao Liu", R),
    }  # fmt: skip


def test_a_heading_for_reviewers_that_weblate_emptied_is_told() -> None:
    store = pofile.parsestring(
        head("# 张三 <zhang@example.org>, 2024.", "#", "# Reviewers:", "# Wang Wu <wu@example.org>, 2024.")
    )
    store.updatecontributor("Li Si", "li@example.org")
    problems = header_credits(bytes(store), PATH)[1]
    assert [problem.code.code for problem in problems] == ["CRD002"]


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 100_000 + "b",
        "2024, " * 50_000,
        "a, " * 50_000,
        "<" * 100_000,
        "Translator: " * 20_000,
        "a" * 100_000,
    ],
)
def test_a_hostile_line_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    read(f"# {text}", f"# Translator: {text}", f"# {text}:", fields=f'"Last-Translator: {text}\\n"\n')
    assert time.perf_counter() - start < 1


def test_the_example_in_the_docs_is_right() -> None:
    page = (Path(__file__).parents[2] / "docs/contribute/translate.md").read_text("utf-8")
    example = page.partition("(translate-credit)=")[2].partition("```po\n")[2].partition("```")[0]
    credits_, problems = header_credits(example.encode(), PATH)
    assert problems == ()
    assert [(credit.name, credit.role) for credit in credits_] == [
        ("Lin Xiaoyu", T), ("王五", R), ("Lin Xiaoyu", T),
    ]  # fmt: skip


def test_the_check_of_the_project_tells_them(site_copy: Path) -> None:
    po = site_copy / "locale/zh_CN/LC_MESSAGES/about/index.po"
    po.write_text(f"# Title\n# Translater: 张三\n{po.read_text('utf-8')}", "utf-8")
    problems = catalog_problems(load_settings(site_copy))
    assert [(problem.path.name, problem.line, problem.code.code) for problem in problems] == [
        ("index.po", 2, "CRD001")
    ]
