"""On which day files were last changed, as git knows it, in repositories that are made here."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.catalogs import history
from sphinx_hub.catalogs.file_days import FileDays, file_days

if TYPE_CHECKING:
    from pathlib import Path


def git(root: Path, *arguments: str, day: str = "2026-01-01") -> None:
    environment = {
        "GIT_AUTHOR_DATE": f"{day}T23:30:00+0800",
        "GIT_COMMITTER_DATE": "2026-12-31T00:00:00Z",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    identity = ("-c", "user.name=Z", "-c", "user.email=z@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], cwd=root, env={**os.environ, **environment}, check=True)


def commit(root: Path, day: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x", day=day)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "docs").mkdir(parents=True)
    git(root, "init", "-q")
    for name in ("a.md", "b.md", "c d.md", "中.md"):
        (root / "docs" / name).write_text(f"# {name}\n" + "words\n" * 20, "utf-8")
    commit(root, "2026-01-01")
    (root / "docs/b.md").write_text("changed", "utf-8")
    commit(root, "2026-02-02")
    return root


def test_each_file_has_the_day_of_its_last_commit(root: Path) -> None:
    (root / "docs/new.md").write_text("not committed", "utf-8")
    wanted = ["docs/a.md", "docs/b.md", "docs/c d.md", "docs/中.md", "docs/new.md", "docs/none.md"]
    assert file_days(root, wanted) == FileDays(
        has_git=True,
        # The day is that of the author, whose clock is ahead of UTC.
        days={
            "docs/a.md": "2026-01-01",
            "docs/b.md": "2026-02-02",
            "docs/c d.md": "2026-01-01",
            "docs/中.md": "2026-01-01",
        },
    )


def test_a_file_that_was_moved_as_it_was_keeps_its_day(root: Path) -> None:
    (root / "docs/deep").mkdir()
    git(root, "mv", "docs/a.md", "docs/deep/a.md")
    commit(root, "2026-03-03")
    git(root, "mv", "docs/中.md", "docs/文.md")
    (root / "docs/文.md").write_text("# 中.md\n" + "words\n" * 19 + "other words\n", "utf-8")
    commit(root, "2026-04-04")
    days = file_days(root, ["docs/deep/a.md", "docs/文.md"]).days
    assert days == {"docs/deep/a.md": "2026-01-01", "docs/文.md": "2026-04-04"}


def test_a_project_within_a_repository_has_its_own_paths(root: Path) -> None:
    assert file_days(root / "docs", ["b.md"]).days == {"b.md": "2026-02-02"}


def test_a_shallow_clone_knows_no_day(root: Path) -> None:
    clone = root.parent / "clone"
    git(root, "clone", "-q", "--depth", "1", f"file://{root}", str(clone))
    found = file_days(clone, ["docs/a.md"])
    assert (found.has_git, found.days) == (True, {})
    assert "git fetch --unshallow" in found.missing
    git(clone, "fetch", "-q", "--unshallow")
    assert file_days(clone, ["docs/a.md"]).days == {"docs/a.md": "2026-01-01"}


def test_without_git_there_is_no_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert file_days(tmp_path, ["a.md"]) == FileDays()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert file_days(tmp_path, ["a.md"]) == FileDays()


def test_the_answer_is_kept_until_there_is_another_commit(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = tmp_path / "days.json"
    first = file_days(root, ["docs/a.md"], stored)
    asked: list[str] = []
    real = history.run_git

    def counted(folder: Path, arguments: tuple[str, ...], read: object) -> bool:
        asked.append(arguments[0])
        return real(folder, arguments, read)  # type: ignore[arg-type]

    monkeypatch.setattr("sphinx_hub.catalogs.file_days.run_git", counted)
    assert file_days(root, ["docs/a.md"], stored) == first
    assert asked == ["rev-parse"]
    # Other files are another question, and so is another commit.
    assert file_days(root, ["docs/a.md", "docs/b.md"], stored).days["docs/b.md"] == "2026-02-02"
    (root / "docs/a.md").write_text("changed", "utf-8")
    commit(root, "2026-05-05")
    assert file_days(root, ["docs/a.md"], stored).days == {"docs/a.md": "2026-05-05"}
    stored.write_text("{", "utf-8")
    assert file_days(root, ["docs/a.md"], stored).days == {"docs/a.md": "2026-05-05"}
