"""The programs of the courses: each lesson is run as a reader runs it, and prints what its page says."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

LEARN = Path(__file__).resolve().parents[2] / "docs" / "learn"
COURSES = sorted(path.parent for path in LEARN.glob("*/index.md"))
LESSONS = [path for course in COURSES for path in sorted(course.glob("*.md")) if path.stem != "index"]
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: Runs the blocks that it is given one after the other in one namespace, and tells what each printed.
RUNNER = """
import contextlib, io, json, sys

printed, namespace = [], {"__name__": "__main__"}
for block in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(compile(block, "<lesson>", "exec"), namespace)
    printed.append(output.getvalue())
json.dump(printed, sys.stdout)
"""


def blocks(page: str) -> list[tuple[str, str]]:
    """Each Python block of a page with the output that stands below it, empty where there is none."""
    pairs: list[tuple[str, str]] = []
    for kind, body in BLOCK.findall(page):
        if kind == "python":
            pairs.append((body, ""))
        else:
            assert pairs, "an output stands before the first program"
            code, shown = pairs[-1]
            assert not shown, f"two outputs stand below one program: {body}"
            pairs[-1] = (code, body)
    return pairs


def run(programs: list[str]) -> list[str]:
    # In a process of its own, as a reader runs it: a lesson may set how arrays are printed.
    result = subprocess.run(
        [sys.executable, "-W", "error", "-X", "utf8", "-c", RUNNER],
        input=json.dumps(programs),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    printed: list[str] = json.loads(result.stdout)
    return ["".join(f"{line.rstrip()}\n" for line in output.splitlines()) for output in printed]


def name(path: Path) -> str:
    return path.relative_to(LEARN).as_posix()


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_every_program_prints_what_its_page_shows(lesson: Path) -> None:
    pairs = blocks(lesson.read_text("utf-8"))
    assert len([shown for _, shown in pairs if shown]) >= 3
    printed = run([code for code, _ in pairs])
    for (code, shown), output in zip(pairs, printed, strict=True):
        assert output == shown, code


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_programs_need_python_and_numpy_only(lesson: Path) -> None:
    imported = set()
    for code, _ in blocks(lesson.read_text("utf-8")):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).partition(".")[0])
    assert not imported - sys.stdlib_module_names - {"numpy"}


@pytest.mark.parametrize("course", COURSES, ids=name)
def test_lessons_stand_in_one_order(course: Path) -> None:
    page = (course / "index.md").read_text("utf-8")
    toctree = re.search(r"```\{toctree\}\n:hidden:\n\n(.*?)\n```", page, re.DOTALL)
    assert toctree
    order = toctree[1].splitlines()
    assert sorted(order) == [path.stem for path in LESSONS if path.parent == course]
    assert len(order) >= 3


def test_every_course_is_found() -> None:
    assert [course.name for course in COURSES] == ["diffusion", "reinforcement-learning", "transformers"]


def test_a_wrong_output_is_noticed() -> None:
    page = (
        "```python\nx = 1\nprint(x)\n```\n\n```text\n1\n```\n\n"
        "```python\nprint(x + 1)\n```\n\n```text\n3\n```\n"
    )
    pairs = blocks(page)
    assert [shown for _, shown in pairs] == ["1\n", "3\n"]
    assert run([code for code, _ in pairs]) == ["1\n", "2\n"]
