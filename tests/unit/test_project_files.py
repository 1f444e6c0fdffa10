"""The files that other services read: Read the Docs, GitHub, pre-commit, and the wheel."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.readthedocs", ".readthedocs.yaml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.github-workflows", ".github/workflows/links.yml"),
    ],
)
def test_service_files_follow_the_published_schemas(schema: str, path: str, tmp_path: Path) -> None:
    result = run("check_jsonschema", "--builtin-schema", schema, path)
    assert result.returncode == 0, result.stdout
    # The check can fail: a key that the schema does not know is refused.
    broken = tmp_path / Path(path).name
    broken.write_text((ROOT / path).read_text("utf-8") + "\nno-such-key: 1\n", "utf-8")
    assert run("check_jsonschema", "--builtin-schema", schema, str(broken)).returncode == 1


def test_the_page_about_hosting_shows_the_build_file() -> None:
    page = (ROOT / "docs/contribute/hosting.md").read_text("utf-8")
    shown = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert shown
    lines = (ROOT / ".readthedocs.yaml").read_text("utf-8").splitlines()
    assert shown[1].splitlines() == [line for line in lines if not line.startswith("#")]


def test_workflow_takes_its_languages_from_the_table() -> None:
    text = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    locales = [language["locale"] for language in PROJECT["tool"]["sphinx-hub"]["languages"]]
    workflow = yaml.safe_load(text)
    assert workflow["jobs"]["build"]["strategy"]["matrix"]["locale"].startswith("${{ fromJSON(")
    assert not [locale for locale in locales if locale != "en" and locale in text]
    script = workflow["jobs"]["languages"]["steps"][1]["run"]
    code = re.search(r"<<'PYTHON'\n(.*)\nPYTHON", script, re.DOTALL)
    assert code
    result = subprocess.run(
        [sys.executable, "-c", code[1]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert yaml.safe_load(result.stdout.removeprefix("locales=")) == locales


def test_workflow_runs_the_pythons_that_are_promised() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    promised = [
        classifier.rpartition(" ")[2]
        for classifier in PROJECT["project"]["classifiers"]
        if re.search(r"Python :: 3\.\d+$", classifier)
    ]
    assert workflow["jobs"]["tests"]["strategy"]["matrix"]["python"] == promised
    noxfile = (ROOT / "noxfile.py").read_text("utf-8")
    listed = re.search(r"^PYTHONS = \[(.*)\]$", noxfile, re.MULTILINE)
    assert listed
    assert listed[1].replace('"', "").split(", ") == promised


def test_pre_commit_has_the_versions_of_the_lint_session() -> None:
    pinned = {
        requirement for requirement in PROJECT["dependency-groups"]["lint"] if isinstance(requirement, str)
    }
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    wanted = {need for hook in hooks for need in hook["additional_dependencies"] if "==" in need}
    assert wanted
    assert wanted <= pinned


def test_no_compiled_or_built_file_is_tracked() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing is tracked here")
    tracked = subprocess.run(
        ["git", "ls-files", "*.mo", "*.pot", "_build"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not tracked.stdout


def test_wheel_holds_what_the_package_needs(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for locale in ("zh_CN", "zh_TW"):
        folder = f"sphinx_hub/locale/{locale}/LC_MESSAGES"
        assert {f"{folder}/sphinx_hub.po", f"{folder}/sphinx_hub.mo", f"{folder}/sphinx.mo"} <= names
    package = ROOT / "extensions" / "sphinx_hub"
    shipped = {".py", ".html", ".css", ".js", ".svg", ".toml"}
    for path in package.rglob("*"):
        if path.suffix in shipped and "__pycache__" not in path.parts:
            assert f"sphinx_hub/{path.relative_to(package).as_posix()}" in names
    assert "sphinx_hub/py.typed" in names
