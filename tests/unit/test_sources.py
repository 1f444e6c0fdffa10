"""Rules that every page in docs/ keeps, so that translations fit them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LABEL = re.compile(r"\(([a-z0-9-]+)\)=")


def lines_without_code(path: Path) -> list[str]:
    """The lines of a page; those of fenced code are emptied."""
    lines, fence = [], ""
    for line in path.read_text("utf-8").splitlines():
        opened = re.match(r"(`{3,}|:{3,})", line)
        if fence:
            if line.startswith(fence) and not line.strip(fence[0]):
                fence = ""
            lines.append("")
        elif opened and opened[1].startswith("`"):
            fence = opened[1]
            lines.append("")
        else:
            lines.append(line)
    return lines


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_every_section_has_a_label_of_its_own(path: Path) -> None:
    lines = lines_without_code(path)
    headings = [number for number, line in enumerate(lines) if re.match(r"#{1,6} ", line)]
    assert headings
    assert not [lines[number] for number in headings if not LABEL.fullmatch(lines[number - 1])]


def test_labels_are_unique_in_the_whole_site() -> None:
    labels = [
        match[1] for path in PAGES for line in lines_without_code(path) if (match := LABEL.fullmatch(line))
    ]
    assert len(labels) == len(set(labels)) > 100


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_every_page_describes_itself(path: Path) -> None:
    front, _rule, _text = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    # That of a post is its summary.
    assert re.search(r"^(?:myst:\n  html_meta:\n    description|summary): \S.{20,}$", front, re.MULTILINE)
