"""The table in the docs is the one that was measured."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "tests" / "benchmarks"


def test_the_docs_show_what_stands_in_the_results() -> None:
    spec = importlib.util.spec_from_file_location("builds", BENCHMARKS / "builds.py")
    assert spec is not None
    assert spec.loader is not None
    builds = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builds)
    results = json.loads((BENCHMARKS / "results.json").read_text("utf-8"))
    page = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert "```text\n" + "\n".join(builds.table(results)) + "\n```" in page
