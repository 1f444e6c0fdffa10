"""Addresses within a repository on the web, as each forge writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_hub.forges import edit_address, file_address
from sphinx_hub.settings import Forge, Settings

PATH = "docs/a page.md"


def settings(repository: str, forge: Forge = "") -> Settings:
    return Settings(root=Path("/x"), repository=repository, branch="feature/x", forge=forge)


@pytest.mark.parametrize(
    ("repository", "forge", "at_line", "edit"),
    [
        (
            "https://github.com/a/b/",
            "",
            "https://github.com/a/b/blob/feature/x/docs/a%20page.md?plain=1#L7",
            "https://github.com/a/b/edit/feature/x/docs/a%20page.md",
        ),
        (
            "https://gitlab.com/a/b/c",
            "",
            "https://gitlab.com/a/b/c/-/blob/feature/x/docs/a%20page.md?plain=1#L7",
            "https://gitlab.com/a/b/c/-/edit/feature/x/docs/a%20page.md",
        ),
        (
            "https://codeberg.org/a/b",
            "",
            "https://codeberg.org/a/b/src/branch/feature/x/docs/a%20page.md?display=source#L7",
            "https://codeberg.org/a/b/_edit/feature/x/docs/a%20page.md",
        ),
        (
            "https://git.example.org/gitlab/b",
            "",
            "https://git.example.org/gitlab/b/blob/feature/x/docs/a%20page.md?plain=1#L7",
            "https://git.example.org/gitlab/b/edit/feature/x/docs/a%20page.md",
        ),
        (
            "https://git.example.org/a/b",
            "gitea",
            "https://git.example.org/a/b/src/branch/feature/x/docs/a%20page.md?display=source#L7",
            "https://git.example.org/a/b/_edit/feature/x/docs/a%20page.md",
        ),
        (
            "https://git.example.org/a/b",
            "gitlab",
            "https://git.example.org/a/b/-/blob/feature/x/docs/a%20page.md?plain=1#L7",
            "https://git.example.org/a/b/-/edit/feature/x/docs/a%20page.md",
        ),
    ],
)
def test_each_forge_has_its_own_addresses(repository: str, forge: Forge, at_line: str, edit: str) -> None:
    of = settings(repository, forge)
    assert file_address(of, PATH, 7) == at_line
    assert file_address(of, PATH) == at_line.partition("?")[0]
    assert edit_address(of, PATH) == edit


def test_without_a_repository_there_is_no_address() -> None:
    assert file_address(settings(""), PATH, 7) == ""
    assert edit_address(settings(""), PATH) == ""
