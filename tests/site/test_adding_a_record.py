"""What a maintainer does: add a record, or get one wrong."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]

PARTNER = """
- id: test-lab
  name: Test Lab
  native_name: 测试实验室
  kind: lab
  url: https://lab.example.org/
  summary: A laboratory that exists for this test only.
  sources: [https://lab.example.org/about]
"""
EVENT = """
- id: test-course
  title: A course of the test
  partners: [test-lab]
  kind: course
  start: 2024-01-02
  end: 2024-01-05
  summary: Four days on tests.
  sources: [https://lab.example.org/course]
"""
WRONG = """
- id: wrong-course
  title: A course with four faults
  partners: [paddlepaddel]
  kind: course
  start: 2024-13-01
  urll: https://lab.example.org/course
  url: http://lab.example.org/course
  summary: Every fault has its line.
  sources: [https://lab.example.org/course]
"""


def append(path: Path, text: str) -> int:
    """Append ``text``; returns the number of lines before it."""
    before = path.read_text("utf-8")
    path.write_text(before + text, "utf-8")
    return len(before.splitlines())


def test_the_catalogs_hold_what_the_sources_say(site_copy: Path, run_module: Run) -> None:
    result = run_module(site_copy, "sphinx_hub.cli", "update")
    assert (result.returncode, result.stderr) == (0, "")
    # The package lies outside the copy, so the places of its own texts are others; no message is.
    changed = result.stdout.splitlines()
    assert not [line for line in changed if "reference/" not in line or "+" in line or "Create" in line]


def test_one_entry_makes_everything_else_follow(site_copy: Path, run_module: Run) -> None:
    line = append(site_copy / "docs/_data/partners.yaml", PARTNER)
    append(site_copy / "docs/_data/collaborations.yaml", EVENT)
    assert run_module(site_copy, "sphinx_hub.cli", "check").stdout == ""
    result = run_module(site_copy, "sphinx_hub.cli", "build", "en")
    assert result.returncode == 0, result.stderr
    output = site_copy / "_build" / "html" / "en"

    partners = BeautifulSoup((output / "community/partners.html").read_text("utf-8"), "html.parser")
    anchor = partners.find(id="partner-test-lab")
    assert anchor is not None
    card = partners.select_one(".sd-card:has(#partner-test-lab), .sd-card#partner-test-lab")
    assert card is not None
    assert "A laboratory that exists for this test only." in card.get_text()
    assert card.select('a[href$="collaborations.html#collaboration-test-course"]')
    (correction,) = (a["href"] for a in card.select("a[href*=partners\\.yaml]"))
    assert str(correction).endswith(f"#L{line + 2}")

    events = (output / "community/collaborations.html").read_text("utf-8")
    assert 'href="partners.html#partner-test-lab"' in events
    assert "#partner-test-lab" in (output / "hub-records.html").read_text("utf-8")
    exported = json.loads((output / "data/partners.json").read_text("utf-8"))
    assert "test-lab" in json.dumps(exported)

    assert run_module(site_copy, "sphinx_hub.cli", "update").returncode == 0
    for locale in ("zh_CN", "zh_TW"):
        catalog = (site_copy / f"locale/{locale}/LC_MESSAGES/_data/partners.po").read_text("utf-8")
        assert re.search(rf"docs/_data/partners\.yaml:{line + 3}\nmsgid \"Test Lab\"", catalog)
        assert 'msgid "A laboratory that exists for this test only."\nmsgstr ""' in catalog


def test_four_faults_are_four_lines(site_copy: Path, run_module: Run) -> None:
    line = append(site_copy / "docs/_data/collaborations.yaml", WRONG)
    result = run_module(site_copy, "sphinx_hub.cli", "check")
    assert result.returncode == 1
    assert [text.partition(" ")[0] + text.partition(" ")[2][:6] for text in result.stdout.splitlines()] == [
        f"docs/_data/collaborations.yaml:{line + 4}:REC010",
        f"docs/_data/collaborations.yaml:{line + 6}:REC011",
        f"docs/_data/collaborations.yaml:{line + 7}:REC004",
        f"docs/_data/collaborations.yaml:{line + 8}:REC013",
    ]
