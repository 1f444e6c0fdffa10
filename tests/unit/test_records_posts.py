"""The front matter of posts: each problem once, with its code, in the line where it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.records.posts import is_published, post_files, read_post

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "---\ndate: 2026-01-10\nauthors: [ada]\nsummary: What it is about.\n---\n\n# A post\n"
KNOWN = {"people": ["ada", "bo"], "tags": ["news"], "partners": ["datawhale"]}


def problems(source: Path, text: str) -> list[str]:
    found = read_post(source / "a.md", text, source, KNOWN)
    assert (found.meta is None) == bool(found.problems)
    return [f"{problem.line}: {problem.code}" for problem in found.problems]


def test_a_post_has_what_its_front_matter_says(tmp_path: Path) -> None:
    text = GOOD.replace("summary", "title: A title\nmyst: {}\nsource-language: en\nsummary")
    post = read_post(tmp_path / "a.md", text, tmp_path, KNOWN)
    assert post.problems == ()
    assert post.meta is not None
    assert (str(post.meta.date), post.meta.authors, post.meta.tags) == ("2026-01-10", ("ada",), ())
    assert not post.held_back


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("summary: What it is about.", "tgas: [news]\nsummary: A.", ["4: REC004"]),
        ("summary: What it is about.", "tags: [nwes]\nsummary: A.", ["4: REC010"]),
        ("[ada]", "[adda]", ["3: REC010"]),
        ("date: 2026-01-10", "date: 2026-01-41", ["2: REC011"]),
        ("date: 2026-01-10", "date: 2026-01", ["2: REC011"]),
        ("authors", "updated: 2026-01-09\nauthors", ["3: REC012"]),
        ("authors", "thumbnail: none.png\nthumbnail-alt: A\nauthors", ["3: REC016"]),
        ("[ada]\nsummary: What it is about.", "[eve]\ndrfat: true\nsummary: A.", ["3: REC010", "4: REC004"]),
    ],
)
def test_each_problem_has_its_line(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert old in GOOD
    assert problems(tmp_path, GOOD.replace(old, new)) == expected


def test_a_thumbnail_needs_words_for_those_who_do_not_see_it(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    text = GOOD.replace("authors", "thumbnail: a.svg\nauthors")
    assert problems(tmp_path, text) == ["3: REC005"]


def test_a_page_without_front_matter_is_told_of_in_its_first_line(tmp_path: Path) -> None:
    assert len(problems(tmp_path, "# A post\n")) == 1
    assert problems(tmp_path, "# A post\n")[0].startswith("1: ")


@pytest.mark.parametrize(
    ("key", "held_back"),
    [("draft: true", True), ("draft: false", False), ("draft: yes please", True), ("tgas: []", False)],
)
def test_what_is_wrong_with_a_draft_does_not_make_it_public(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, held_back: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770681600")
    text = GOOD.replace("authors", f"{key}\nunknown: 1\nauthors")
    post = read_post(tmp_path / "a.md", text, tmp_path, KNOWN)
    assert (post.meta, post.held_back) == (None, held_back)


def test_a_post_is_published_on_its_day_and_not_before(tmp_path: Path) -> None:
    meta = read_post(tmp_path / "a.md", GOOD, tmp_path, KNOWN).meta
    assert meta is not None
    days = (date(2026, 1, 9), date(2026, 1, 10), date(2026, 1, 11))
    assert [is_published(meta, day) for day in days] == [False, True, True]


def test_indexes_and_hidden_files_are_no_posts(tmp_path: Path) -> None:
    for name in ("index.md", "a.md", "deep/index.md", "deep/b.md", ".c.md", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    assert post_files(tmp_path) == [tmp_path / "a.md", tmp_path / "deep/b.md"]
