"""The checker on files: what it finds, how a project sets it, what it mends, and the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.catalogs.check.checker import check_catalogs
from sphinx_hub.catalogs.check.files import find_catalogs, fix_catalogs
from sphinx_hub.catalogs.check.options import OptionsFinder, Overrides
from sphinx_hub.cli import FINE, PROBLEMS, WRONG_USE, main
from sphinx_hub.problems import Code, ProblemsError
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
)
GLUED = 'msgid "Start here, then go on."\nmsgstr "从这里开始,然后继续。"\n'


def write(
    folder: Path, entries: str, name: str = "locale/zh_CN/LC_MESSAGES/a.po", header: str = HEADER
) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + entries, "utf-8")
    return path


def check(path: Path, overrides: Overrides | None = None) -> list[str]:
    problems = check_catalogs([path], OptionsFinder(overrides or Overrides()))
    return [f"{problem.line} {problem.code}" for problem in sorted(problems)]


def test_folders_are_searched_and_each_file_is_checked_once(tmp_path: Path) -> None:
    one = write(tmp_path, GLUED)
    write(tmp_path, GLUED, "locale/.backup/a.po")
    two = write(tmp_path, GLUED, "other/b.po")
    assert find_catalogs([tmp_path, one, tmp_path / "other"]) == [one, two]


def test_catalogs_of_pages_that_are_gone_are_left_out(tmp_path: Path) -> None:
    one = write(tmp_path, GLUED)
    write(tmp_path, GLUED, "locale/zh_CN/retired/gone.po")
    other = write(tmp_path, GLUED, "retired/zh_CN.po")
    assert find_catalogs([tmp_path]) == [one, other]


def test_a_path_without_catalogs_is_told_with_all_others(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ProblemsError) as caught:
        find_catalogs([tmp_path / "empty", tmp_path / "none.po"])
    assert [problem.message for problem in caught.value.problems] == [
        "there is no .po file in this folder",
        "there is no such file or folder",
    ]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("docs/a.md:3", ["10 MSG201"]),
        ("docs/a.rst:3", ["10 MSG201"]),
        ("pkg/a.py:3", []),
        ("pkg/a.py:docstring of pkg.a:3", ["10 MSG201"]),
        ("templates/a.html:3", []),
    ],
)
def test_what_a_source_is_written_in_is_told_by_its_place(
    tmp_path: Path, location: str, expected: list[str]
) -> None:
    path = write(tmp_path, f'#: {location}\n#: {location}\nmsgid "Start here"\nmsgstr "1. 从这里开始"\n')
    assert check(path) == expected


def test_plurals_are_checked_form_by_form(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '#: a.py:1\n#, python-format\nmsgid "%(n)d page in %(folder)s"\n'
        'msgid_plural "%(n)d pages in %(folder)s"\nmsgstr[0] "%(folder)s 中有 %(m)d 页"\n',
    )
    assert "11 MSG119" in check(path)


def test_a_title_in_two_ways_is_told_where_it_differs(tmp_path: Path) -> None:
    write(tmp_path, '#: docs/a.md:1\nmsgid "Getting started"\nmsgstr "快速入门"\n')
    write(
        tmp_path,
        '#: docs/b.md:1\nmsgid "Getting started"\nmsgstr "新手上路"\n',
        "locale/zh_CN/LC_MESSAGES/b.po",
    )
    problems = check_catalogs(find_catalogs([tmp_path]), OptionsFinder(Overrides()))
    (problem,) = problems
    assert (problem.path.name, problem.code) == ("b.po", Code.MESSAGE_TWO_WAYS)
    assert "'快速入门' in a.po:9" in problem.message


def test_swapped_translations_are_told(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'msgid "Tested with PostgreSQL 15 and Redis."\nmsgstr "随 Fedora 40 和 Debian 一同提供。"\n\n'
        'msgid "It comes with Fedora 40 and Debian."\nmsgstr "已使用 PostgreSQL 15 和 Redis 测试。"\n',
    )
    assert {"8 MSG305", "11 MSG305"} <= set(check(path))


def test_an_obsolete_twin_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "Start"\nmsgstr "开始"\n\n#~ msgid "Start"\n#~ msgstr "起步"\n')
    assert check(path) == ["11 CAT007"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Language: zh_CN", "Language: zh_TW", "2 CAT008"),
        ("Language: zh_CN", "Language: ", "2 CAT008"),
        ("Language: zh_CN", "Language: zh_Hans", None),
        ("MIME-Version: 1.0", "X-Version: 1.0", "2 CAT009"),
        (
            "MIME-Version: 1.0",
            'MIME-Version: 1.0\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);',
            "2 CAT009",
        ),
        (
            "MIME-Version: 1.0",
            'MIME-Version: 1.0\\n"\n"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;',
            "2 CAT009",
        ),
        ("MIME-Version: 1.0", 'MIME-Version: 1.0\\n"\n"PO-Revision-Date: 2025-13-45 99:99+0800', "2 CAT009"),
        ("MIME-Version: 1.0", 'MIME-Version: 1.0\\n"\n"PO-Revision-Date: 2025-11-05 09:30+0800', None),
    ],
)
def test_the_header(tmp_path: Path, old: str, new: str, expected: str | None) -> None:
    path = write(tmp_path, 'msgid "Start"\nmsgstr "开始"\n', header=HEADER.replace(old, new))
    assert check(path) == ([expected] if expected else [])


def test_a_comment_switches_a_code_off_for_its_entry(tmp_path: Path) -> None:
    path = write(
        tmp_path, f"# sphinx-hub: ignore MSG501, MSG503\n{GLUED}\n" + GLUED.replace("Start", "Begin")
    )
    assert check(path) == ["12 MSG501"]


def test_a_comment_with_a_code_that_is_none_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, f"# sphinx-hub: ignore MSG5O1\n{GLUED}")
    assert check(path) == ["7 CAT010", "9 MSG501"]


def test_a_project_sets_codes_markup_and_glossary(tmp_path: Path) -> None:
    table = '[tool.sphinx-hub.check]\nignore = ["MSG501"]\nenable = ["MSG507"]\nglossary = "words.tsv"\n'
    (tmp_path / "pyproject.toml").write_text(table, "utf-8")
    (tmp_path / "words.tsv").write_text("cache\t缓存\n", "utf-8")
    path = write(tmp_path, f'{GLUED}\nmsgid "Use Git and a cache."\nmsgstr "请使用Git和快取。"\n')
    assert check(path) == ["11 MSG507", "11 MSG601"]
    assert check(path, Overrides(ignore=frozenset((Code.MESSAGE_TERM,)))) == ["11 MSG507"]


def test_every_fault_of_the_table_is_told_at_once(tmp_path: Path) -> None:
    table = '[tool.sphinx-hub.check]\nignor = []\nenable = ["MSG999"]\nmarkup = "html"\nglossary = 3\n'
    (tmp_path / "pyproject.toml").write_text(table, "utf-8")
    with pytest.raises(ProblemsError) as caught:
        check(write(tmp_path, GLUED))
    assert [(problem.line, str(problem.code)) for problem in caught.value.problems] == [
        (2, "SET003"), (3, "SET004"), (4, "SET004"), (5, "SET004"),
    ]  # fmt: skip
    assert "did you mean ignore?" in caught.value.problems[0].message


def test_a_site_may_have_the_table_of_the_checker(tmp_path: Path) -> None:
    site = '[tool.sphinx-hub]\n[tool.sphinx-hub.check]\nignore = ["MSG501"]\n'
    language = '[[tool.sphinx-hub.languages]]\nlocale = "en"\npath = "en"\ntag = "en"\nname = "English"\n'
    (tmp_path / "pyproject.toml").write_text(site + language, "utf-8")
    (tmp_path / "docs").mkdir()
    assert load_settings(tmp_path).locales == ("en",)
    assert check(write(tmp_path, GLUED)) == []


def test_conf_py_is_read_for_its_extensions_and_never_run(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.sphinx-hub.check]\n", "utf-8")
    (tmp_path / "conf.py").write_text('myst_enable_extensions = ["deflist"]\nraise SystemExit\n', "utf-8")
    path = write(tmp_path, 'msgid "It costs $5 or $6."\nmsgstr "价格为 $5 或 $6。"\n')
    assert check(path) == []
    maths = write(tmp_path, 'msgid "The sum $a$."\nmsgstr "总和 $b$。"\n')
    assert check(maths) == []
    (tmp_path / "conf.py").write_text('myst_enable_extensions = ["dollarmath"]\n', "utf-8")
    assert check(maths) == ["8 MSG115"]


def test_a_glossary_with_a_line_that_is_no_pair(tmp_path: Path) -> None:
    glossary = tmp_path / "words.tsv"
    glossary.write_text("cache\t缓存\nthread\n", "utf-8")
    with pytest.raises(ProblemsError, match=r"words.tsv:2: GLO002 a line must be a term and its translation"):
        check(write(tmp_path, GLUED), Overrides(glossary=glossary))


FAULTY = (
    '# kept as it is\nmsgid "See [a](a.md)."\nmsgstr "参见[甲]（a.md）。"\n\n'
    'msgid "It needs port 80 here."\nmsgstr "这里需要端口 ８０。"\n\n'
    'msgid "Call `run` now."\nmsgstr " 现在调用 ｀run｀。"\n\n'
    '#, fuzzy\nmsgid "In doubt."\nmsgstr " 存疑。"\n\n'
    '# sphinx-hub: ignore MSG203\nmsgid "On purpose."\nmsgstr " 有意为之。"\n'
)


def test_what_can_be_mended_in_one_way_is_mended_and_shown(tmp_path: Path) -> None:
    header = HEADER.replace("Language: zh_CN", "Language: ja").replace('"MIME-Version: 1.0\\n"\n', "")
    path = write(tmp_path, FAULTY, header=header)
    changes = list(fix_catalogs([path], OptionsFinder(Overrides())))
    assert path.read_text("utf-8") == HEADER.replace('"MIME-Version: 1.0\\n"\n', "").rstrip("\n") + (
        '\n"MIME-Version: 1.0\\n"\n\n'
        '# kept as it is\nmsgid "See [a](a.md)."\nmsgstr "参见[甲](a.md)。"\n\n'
        'msgid "It needs port 80 here."\nmsgstr "这里需要端口 80。"\n\n'
        'msgid "Call `run` now."\nmsgstr "现在调用 `run`。"\n\n'
        '#, fuzzy\nmsgid "In doubt."\nmsgstr " 存疑。"\n\n'
        '# sphinx-hub: ignore MSG203\nmsgid "On purpose."\nmsgstr " 有意为之。"\n'
    )
    assert len(changes) == 1
    assert '-msgstr "参见[甲]（a.md）。"\n+msgstr "参见[甲](a.md)。"\n' in changes[0]
    assert not list(fix_catalogs([path], OptionsFinder(Overrides())))


def test_what_is_switched_off_is_not_mended(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "Start"\nmsgstr " 开始"\n', header=HEADER.replace("zh_CN", "ja"))
    off = frozenset((Code.CATALOG_LANGUAGE, Code.MESSAGE_EDGE_SPACE))
    assert not list(fix_catalogs([path], OptionsFinder(Overrides(ignore=off))))


def test_nothing_is_mended_in_a_file_that_a_person_must_look_at(tmp_path: Path) -> None:
    path = write(tmp_path, FAULTY + '\nmsgid "open\nmsgstr "开"\n')
    before = path.read_bytes()
    assert not list(fix_catalogs([path], OptionsFinder(Overrides())))
    assert path.read_bytes() == before


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    path.write_bytes((HEADER + FAULTY).replace("\n", "\r\n").encode())
    list(fix_catalogs([path], OptionsFinder(Overrides())))
    assert b"\r\n" in path.read_bytes()
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, GLUED)
    assert main(["check", "locale"]) == FINE
    assert capsys.readouterr().out == (
        "locale/zh_CN/LC_MESSAGES/a.po:8: MSG501 这里开始,: write ， after Chinese\n"
    )
    assert main(["check", "locale", "--warnings-as-errors"]) == PROBLEMS
    capsys.readouterr()
    assert main(["check", "locale", "--ignore", "MSG501,MSG503", "--warnings-as-errors"]) == FINE
    assert capsys.readouterr().out == ""
    assert main(["check", "locale", "--format", "json"]) == FINE
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["path"], row["line"], row["code"], row["severity"]) == (
        "locale/zh_CN/LC_MESSAGES/a.po", 8, "MSG501", "warning",
    )  # fmt: skip
    assert main(["check", "locale", "--format", "github"]) == FINE
    assert capsys.readouterr().out.startswith(
        "::warning file=locale/zh_CN/LC_MESSAGES/a.po,line=8,title=MSG501::"
    )
    write(tmp_path, 'msgid "See [a](a.md)."\nmsgstr "参见。"\n')
    assert main(["check", str(path)]) == PROBLEMS


def test_a_code_that_is_none_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["check", str(tmp_path), "--ignore", "MSG1"])
    assert caught.value.code == WRONG_USE
    assert "there is no code 'MSG1'" in capsys.readouterr().err


def test_a_check_imports_neither_sphinx_nor_babel(tmp_path: Path) -> None:
    path = write(tmp_path, GLUED)
    program = (
        "import sys; from sphinx_hub.cli import main; main(['check', sys.argv[1]]);"
        "print(sorted({'sphinx', 'docutils', 'babel', 'pydantic'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_plain_words_tell_which_translation_belongs_where(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'msgid "Start the server and open the page."\nmsgstr "译者会收到一封邮件。"\n\n'
        'msgid "A mail is sent to the translators."\nmsgstr "启动服务器并打开页面。"\n',
    )
    assert check(path) == ["8 MSG305", "11 MSG305"]


def test_links_with_each_others_targets_are_told(tmp_path: Path) -> None:
    text = (
        'msgid "See the [changelog](a.md) and the [roadmap](b.md)."\nmsgstr "参见[{}](b.md)和[{}](a.md)。"\n'
    )
    assert check(write(tmp_path, text.format("更新日志", "路线图"))) == ["8 MSG101"]
    assert check(write(tmp_path, text.format("路线图", "更新日志"))) == []


def test_a_single_word_may_be_translated_in_two_ways(tmp_path: Path) -> None:
    write(tmp_path, '#: docs/a.md:1\nmsgid "Open"\nmsgstr "打开"\n')
    write(tmp_path, '#: docs/b.md:1\nmsgid "Open"\nmsgstr "开放"\n', "locale/zh_CN/LC_MESSAGES/b.po")
    assert check_catalogs(find_catalogs([tmp_path]), OptionsFinder(Overrides())) == []
