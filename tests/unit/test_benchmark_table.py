"""The tables in the docs are those that were measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import builds, preview, updates

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("benchmark", "results"),
    [(builds, "results.json"), (updates, "updates.json"), (preview, "preview.json")],
)
def test_the_docs_show_what_stands_in_the_results(benchmark: ModuleType, results: str) -> None:
    measured = json.loads((ROOT / "tests" / "benchmarks" / results).read_text("utf-8"))
    page = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert "```text\n" + "\n".join(benchmark.table(measured)) + "\n```" in page
