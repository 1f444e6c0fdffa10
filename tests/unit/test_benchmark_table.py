"""The table in the docs is the one that was measured."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "tests" / "benchmarks"


def test_the_docs_show_what_stands_in_the_results(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    builds = importlib.import_module("builds")
    results = json.loads((BENCHMARKS / "results.json").read_text("utf-8"))
    page = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert "```text\n" + "\n".join(builds.table(results)) + "\n```" in page
