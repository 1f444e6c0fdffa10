"""Many files are written as one: a kill, a full disk or a read-only file leaves all of them old or new."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_hub.catalogs import transaction
from sphinx_hub.catalogs.lock import LockedError, locked
from sphinx_hub.catalogs.transaction import JOURNAL, finish_interrupted, write_together
from sphinx_hub.problems import Code, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Callable

#: What a version of the folder holds: some files in every version, one in the even and one in the odd ones.
PROGRAM = """
import os, pathlib, signal, sys
from sphinx_hub.catalogs import transaction

def contents(folder, version):
    files = {folder / f"zh/{name}.po": f"{version}\\n".encode() * 2000 for name in ("a", "b/c", "b/d", "e")}
    files[folder / "zh/even.po"] = b"even\\n" if version % 2 == 0 else None
    files[folder / "zh/x/odd.po"] = b"odd\\n" if version % 2 else None
    return files

def kill_at(step):
    calls = 0
    def counted(function):
        def call(*arguments, **keywords):
            nonlocal calls
            calls += 1
            if calls == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **keywords)
        return call
    os.replace, os.fsync, os.open = counted(os.replace), counted(os.fsync), counted(os.open)
    for name in ("open", "unlink", "mkdir", "rmdir", "chmod"):
        setattr(pathlib.Path, name, counted(getattr(pathlib.Path, name)))

if __name__ == "__main__":
    folder, version, step = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    if step:
        kill_at(step)
        transaction.write_together(folder, contents(folder, version))
    else:
        print("ready", flush=True)
        while True:
            version += 1
            transaction.write_together(folder, contents(folder, version))
"""

namespace: dict[str, Any] = {"__name__": "program"}
exec(PROGRAM, namespace)  # noqa: S102 the program above, whose function the test shares
contents: Callable[[Path, int], dict[Path, bytes | None]] = namespace["contents"]

needs_signals = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")


def nowhere(_path: Path) -> Path | None:
    return None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "locale"
    target.mkdir()
    write_together(target, contents(target, 0))
    return target


def version_of(folder: Path) -> int:
    """The one version that the files are of; none of them is of two, and nothing else lies about."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    lines = (folder / "zh" / "a.po").read_text("utf-8").split()
    version = int(lines[0])
    wanted = {path: content for path, content in contents(folder, version).items() if content is not None}
    assert names == {path.relative_to(folder).as_posix() for path in wanted}
    assert all(path.read_bytes() == content for path, content in wanted.items())
    return version


def every_file_is_whole(folder: Path) -> None:
    for path in folder.rglob("*.po"):
        if not path.name.startswith("."):
            lines = path.read_text("utf-8").split()
            assert len(set(lines)) == 1
            assert len(lines) == (1 if path.stem in {"even", "odd"} else 2000)


def start(folder: Path, version: int, step: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), str(version), str(step)],
        stdout=subprocess.PIPE,
        text=True,
    )


@needs_signals
def test_a_kill_at_a_random_moment_leaves_all_files_old_or_new(folder: Path) -> None:
    chance = random.Random(5)
    seen = set()
    for _ in range(40):
        process = start(folder, version_of(folder), 0)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.random() / 20)
        process.kill()
        process.wait()
        process.stdout.close()
        every_file_is_whole(folder)
        assert finish_interrupted(folder, nowhere) == []
        seen.add(version_of(folder))
    assert len(seen) > 3


@needs_signals
def test_a_kill_at_any_step_leaves_all_files_old_or_new(folder: Path) -> None:
    results = []
    for step in range(1, 200):
        with start(folder, 1, step) as process:
            code = process.wait()
        every_file_is_whole(folder)
        finish_interrupted(folder, nowhere)
        results.append(version_of(folder))
        if code == 0:
            break
        write_together(folder, contents(folder, 0))
    assert results == sorted(results)
    assert {results[0], results[-1]} == {0, 1}
    assert len(results) > 30


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_full_disk_at_any_step_changes_nothing_or_is_made_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    write = transaction._write  # noqa: SLF001 where the disk is full
    for step in range(1, 100):
        calls = 0

        def failing(function: Callable[..., Any], at: int = step) -> Callable[..., Any]:
            def call(*arguments: Any, **keywords: Any) -> Any:
                nonlocal calls
                calls += 1
                if calls == at:
                    if function is write:  # a part of it still had room
                        arguments[0].write_bytes(arguments[1][:100])
                    raise OSError(number, os.strerror(number))
                return function(*arguments, **keywords)

            return call

        with monkeypatch.context() as patch:
            for owner, name in ((os, "fsync"), (os, "replace"), (Path, "mkdir"), (transaction, "_write")):
                patch.setattr(owner, name, failing(getattr(owner, name)))
            try:
                write_together(folder, contents(folder, 1))
            except ProblemsError as error:
                (problem,) = error.problems
            else:
                break
        assert problem.code is Code.UPDATE_UNWRITABLE
        if "nothing was changed" in problem.message:
            assert version_of(folder) == 0
        else:
            assert "run the update again" in problem.message
            finish_interrupted(folder, nowhere)
            assert version_of(folder) == 1
            write_together(folder, contents(folder, 0))
    assert version_of(folder) == 1
    assert step > 15


def test_read_only_files_and_folders_are_named_all_at_once_before_anything_is_written(folder: Path) -> None:
    (folder / "zh" / "a.po").chmod(0o444)
    (folder / "zh" / "b").chmod(0o555)
    with pytest.raises(ProblemsError) as caught:
        write_together(folder, contents(folder, 1))
    (folder / "zh" / "b").chmod(0o755)
    found = {(problem.path.name, problem.message) for problem in caught.value.problems}
    assert found == {
        ("a.po", "the file is read-only: nothing was changed"),
        ("b", "the folder is read-only: nothing was changed"),
    }
    assert version_of(folder) == 0


def test_a_file_in_the_place_of_a_folder_is_named(folder: Path) -> None:
    (folder / "zh" / "x").write_text("", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        write_together(folder, contents(folder, 1))
    assert {problem.path.name for problem in caught.value.problems} == {"x"}


def test_a_file_that_somebody_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    path = folder / "zh" / "a.po"
    with pytest.raises(ProblemsError, match="somebody changed the file"):
        write_together(folder, contents(folder, 1), {path: b"what was read"})
    assert version_of(folder) == 0


def test_a_file_that_was_changed_after_a_kill_keeps_its_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(transaction, "_finish", stop)
        with pytest.raises(KeyboardInterrupt):
            write_together(folder, contents(folder, 1))
    assert (folder / JOURNAL).exists()
    path, aside = folder / "zh" / "a.po", folder / "retired" / "a.po"
    path.write_bytes(b"a translator's work\n")
    (problem,) = finish_interrupted(folder, lambda _path: aside)
    assert (problem.path, problem.code) == (path, Code.UPDATE_UNFINISHED)
    assert path.read_bytes() == b"a translator's work\n"
    assert aside.read_bytes() == b"1\n" * 2000
    assert (folder / "zh" / "e.po").read_bytes() == b"1\n" * 2000
    assert not (folder / JOURNAL).exists()


def test_the_mode_of_a_file_stays(folder: Path) -> None:
    (folder / "zh" / "a.po").chmod(0o664)
    write_together(folder, contents(folder, 1))
    assert (folder / "zh" / "a.po").stat().st_mode & 0o777 == 0o664


def test_a_lock_is_held_by_one_process_and_says_which(tmp_path: Path) -> None:
    path = tmp_path / "update.lock"
    with locked(path), pytest.raises(LockedError, match=rf"process {os.getpid()}, since 20"), locked(path):
        pass
    assert not path.exists()
    with locked(path):
        pass


@needs_signals
def test_a_lock_is_free_when_its_process_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "update.lock"
    program = (
        "import pathlib, sys, time\n"
        "from sphinx_hub.catalogs.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n"
        "    print('locked', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(LockedError, match=f"process {process.pid}"), locked(path):
            pass
        process.kill()
        process.wait()
    assert path.exists()
    with locked(path):
        pass
    assert not path.exists()
