"""The .mailmap, held against git's own reading of it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from sphinx_hub.catalogs.mailmap import Mailmap, read_mailmap

if TYPE_CHECKING:
    from pathlib import Path

TEXT: Final = """
# who is who
林小雨 <lin@example.org>
<wu@example.org> <wu@old.example>
Wang Wu <wu@example.org> wangwu <wu@example.net>  # two of them
Zhao Liu <zhao@example.org> <ZHAO@old.example>
not a line
"""


@pytest.mark.parametrize(
    ("name", "mail"),
    [
        ("Lin", "lin@example.org"),
        ("Lin", "LIN@example.org"),
        ("Wu", "wu@old.example"),
        ("wangwu", "wu@example.net"),
        ("WangWu", "wu@example.net"),
        ("Somebody Else", "wu@example.net"),
        ("z", "zhao@old.example"),
        ("Nobody Known", "x@example.org"),
    ],
)
def test_names_are_those_that_git_gives(tmp_path: Path, name: str, mail: str) -> None:
    (tmp_path / ".mailmap").write_text(TEXT, "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    asked = subprocess.run(
        ["git", "check-mailmap", f"{name} <{mail}>"], cwd=tmp_path, check=True, capture_output=True
    ).stdout.decode()
    found, address = Mailmap(TEXT).lookup(name, mail)
    assert f"{found} <{address}>" == asked.strip()


def test_a_name_without_an_address_stays(tmp_path: Path) -> None:
    assert Mailmap(TEXT).lookup("wangwu", "") == ("wangwu", "")
    assert read_mailmap(tmp_path / ".mailmap").lookup("a", "b@c.example") == ("a", "b@c.example")
