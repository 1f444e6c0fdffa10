"""What `sphinx-hub` does when a build is stopped, cannot be written, or finds its settings changed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_hub.building.sphinx_process import SphinxProcess

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1] / "roots" / "test-languages"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    copy = tmp_path / "site"
    shutil.copytree(ROOT, copy)
    return copy


@pytest.fixture
def hub(source: Path, run_module: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: str, **environment: str) -> Any:
        result = run_module(source, "sphinx_hub.cli", *arguments, **environment)
        assert "Traceback" not in result.stdout + result.stderr
        return result

    return run


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("place", "folder", "said"),
    [
        ("_build", False, "pyproject.toml:1: SET007 output '_build/html': _build is no folder"),
        ("_build/html", False, "pyproject.toml:1: SET007 output '_build/html': _build/html is no folder"),
        ("_build/html/en", False, "_build/html/en:1: SET007 the output cannot be written: "),
        ("_build/doctrees/en", False, "_build/doctrees/en:1: SET007 the output cannot be written: "),
        ("_build/html/index.html", True, "_build/html/index.html:1: SET007 the output cannot be written: "),
    ],
)
def test_what_stands_in_the_way_is_named(source: Path, hub: Any, place: str, folder: bool, said: str) -> None:
    (source / place).parent.mkdir(parents=True, exist_ok=True)
    if folder:
        (source / place).mkdir()
    else:
        (source / place).write_text("mine", "utf-8")
    result = hub("build", "en")
    assert result.returncode == 1
    assert any(line.startswith(said) for line in result.stderr.splitlines()), result.stderr
    assert folder or (source / place).read_text("utf-8") == "mine"


def test_schemas_that_cannot_be_written(source: Path, hub: Any) -> None:
    (source / "docs" / "_data").mkdir()
    (source / "docs" / "_data" / "schema").write_text("mine", "utf-8")
    result = hub("check", "--write-schemas")
    assert result.returncode == 1
    assert result.stderr.startswith("sphinx-hub check: docs/_data/schema: ")


@pytest.mark.parametrize("seconds", ["tomorrow", "-1", "9" * 30])
def test_a_day_that_is_none_is_wrong_use(hub: Any, seconds: str) -> None:
    result = hub("check", SOURCE_DATE_EPOCH=seconds)
    assert result.returncode == 2
    assert f"SOURCE_DATE_EPOCH must be a number of seconds, not '{seconds}'" in result.stderr


def test_data_and_glossary_that_are_no_files_are_told(source: Path, hub: Any) -> None:
    (source / "docs" / "_data").write_text("", "utf-8")
    (source / "locale" / "glossary.tmx").mkdir()
    result = hub("check")
    assert result.returncode == 1
    assert "docs/_data/partners.yaml:1: REC002 the file cannot be read: " in result.stdout
    assert "locale/glossary.tmx:1: GLO003 cannot be read: " in result.stdout


def test_links_that_lead_nowhere_are_told(source: Path, hub: Any) -> None:
    data = source / "docs" / "_data"
    shutil.copytree(ROOT.parent / "test-community" / "docs" / "_data", data)
    (data / "partners.yaml").unlink()
    (data / "partners.yaml").symlink_to("nowhere.yaml")
    (data / "channels.yaml").unlink()
    (data / "channels.yaml").symlink_to("channels.yaml")
    edit(source / "conf.py", '"sphinx_hub.i18n"', '"sphinx_hub.i18n", "sphinx_hub.community"')
    for result in (hub("check"), hub("build", "en")):
        assert result.returncode == 1
        said = result.stdout + result.stderr
        assert "docs/_data/partners.yaml:1: " in said
        assert "REC002 there is no such file" in said
        assert "docs/_data/channels.yaml:1: " in said
        assert "REC002 the file cannot be read" in said


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ('name = "Deutsch"', 'name = "Platt"', "Platt</a>"),
        (
            "[[tool",
            'repository = "https://example.org/site"\n\n[[tool',
            "https://example.org/site/blob/main/",
        ),
    ],
)
def test_pages_follow_the_settings(source: Path, hub: Any, old: str, new: str, shown: str) -> None:
    shutil.copytree(ROOT.parent / "test-community" / "docs" / "_data", source / "docs" / "_data")
    shutil.copytree(ROOT.parent / "test-community" / "docs" / "_static", source / "docs" / "_static")
    extensions = '"sphinx_hub.i18n", "sphinx_hub.community", "sphinx_hub.pages"'
    edit(source / "conf.py", '"sphinx_hub.i18n"', extensions)
    with (source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('html_theme = "furo"\n')
    with (source / "docs" / "other.md").open("a", encoding="utf-8") as text:
        text.write("\n```{partner-cards}\n```\n")
    assert hub("build", "en").returncode == 0
    page = source / "_build" / "html" / "en" / "other.html"
    assert shown not in page.read_text("utf-8")
    table = (source / "pyproject.toml").read_text("utf-8")
    (source / "pyproject.toml").write_text(table.replace(old, new, 1), "utf-8")
    assert hub("build", "en").returncode == 0
    assert shown in page.read_text("utf-8")


def test_a_process_that_is_stopped_is_gone(source: Path) -> None:
    with (source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("import time\nprint('sleeping')\ntime.sleep(600)\n")
    process = SphinxProcess(["-b", "html", ".", "out"], source)
    said = ""
    while "sleeping" not in said:
        assert process.open, process.complaints
        said += process.read(wait(process.open))
    process.stop()
    while process.open:
        process.read(wait(process.open))
    assert process.end() != 0


def test_what_a_process_says_is_told_apart(source: Path) -> None:
    (source / "beside.py").write_text("", "utf-8")
    with (source / "conf.py").open("a", encoding="utf-8") as conf:
        # A module beside conf.py is found, as it is by `python -m sphinx`.
        conf.write("import beside, os, sys\nprint('状态', os.getcwd())\nprint('错误', file=sys.stderr)\n")
    process = SphinxProcess(["-b", "none", ".", "out"], source)
    said = ""
    while process.open:
        said += process.read(wait(process.open))
    assert process.end() == 2
    assert f"状态 {source}" in said
    assert process.complaints.startswith("错误\n")
    assert "none" in process.complaints
    assert "错误" not in said


def test_after_ctrl_c_no_further_language_begins(source: Path) -> None:
    # The first language waits for the signal, however late a busy machine sends it.
    with (source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("import time\n\ndef setup(app):\n")
        conf.write("    app.connect('env-updated', lambda *_: time.sleep(60))\n")
    # A shell starts what runs in the background with Ctrl-C ignored, and that is inherited.
    script = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from sphinx_hub.cli import main; sys.exit(main(['build', '--jobs', '1']))"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command,
        cwd=source,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        started = source / "_build" / "doctrees" / "en"
        for _ in range(600):
            if started.exists():
                break
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _output, complaints = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in complaints
    assert [path.name for path in started.parent.iterdir()] == ["en"]
