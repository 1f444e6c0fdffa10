from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_hub import problems
from sphinx_hub.problems import Code, Problem, ProblemsError, display_path, format_problems

if TYPE_CHECKING:
    import pytest

PROBLEMS = [
    Problem(Path("b.yaml"), 10, Code.RECORD_URL, "not https: http://x, 50% done"),
    Problem(Path("b.yaml"), 9, Code.RECORD_DATE, "no date"),
    Problem(Path("a.po"), 20, Code.CATALOG_ORPHAN, "two\nlines"),
]


def test_one_line_a_problem_in_the_order_of_places() -> None:
    assert format_problems(PROBLEMS[:2]) == (
        "b.yaml:9: REC011 no date\nb.yaml:10: REC013 not https: http://x, 50% done"
    )


def test_order_does_not_depend_on_the_order_of_finding() -> None:
    shuffled = PROBLEMS * 2
    random.Random(1).shuffle(shuffled)
    assert format_problems(shuffled, "json") == format_problems(PROBLEMS, "json")
    assert ProblemsError(shuffled).problems[0].path == Path("a.po")


def test_json_is_a_list_also_when_empty() -> None:
    assert json.loads(format_problems([], "json")) == []
    assert json.loads(format_problems(PROBLEMS, "json"))[0] == {
        "path": "a.po",
        "line": 20,
        "code": "CAT004",
        "severity": "warning",
        "message": "two\nlines",
    }


def test_github_escapes_what_its_commands_would_swallow() -> None:
    lines = format_problems(PROBLEMS, "github").splitlines()
    assert lines[0] == "::warning file=a.po,line=20,title=CAT004::two%0Alines"
    assert lines[2].endswith("::not https: http://x, 50%25 done")


def test_paths_are_shown_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inside = Problem(tmp_path / "x" / "y.po", 1, Code.CATALOG_SYNTAX, "m")
    outside = Problem(tmp_path.parent / "z.po", 1, Code.CATALOG_SYNTAX, "m")
    assert str(inside).startswith("x/y.po:1: ")
    assert str(outside).startswith(f"{tmp_path.parent.as_posix()}/z.po:1: ")


def test_a_link_is_named_by_its_own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for target in ("nowhere", "link"):
        (tmp_path / "link").unlink(missing_ok=True)
        (tmp_path / "link").symlink_to(target)
        assert display_path(tmp_path / "link") == "link"
    # Below a link that leads to itself; Python resolves it from 3.13 on.
    assert display_path(tmp_path / "link" / "below").endswith("link/below")


def test_every_code_is_reported_somewhere() -> None:
    package = Path(problems.__file__).parent
    code = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    assert not [name for name in Code.__members__ if f"Code.{name}" not in code]


def test_codes_are_unique_and_explained() -> None:
    codes = [code.code for code in Code]
    assert len(set(codes)) == len(codes) == len(Code.__members__)
    assert all(code.explanation.endswith(".") for code in Code)
