"""The examples that the docs show of each code: the wrong ones are found, the right ones are let pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from sphinx_hub.catalogs.check.checker import Options, check_catalogs
from sphinx_hub.catalogs.check.examples import EXAMPLES, Example, load_examples
from sphinx_hub.catalogs.glossary import Term
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from pathlib import Path

CODES = {code.code: code for code in Code}
EXAMPLE = load_examples()


def found(example: Example, which: Literal["wrong", "right"], folder: Path) -> list[str]:
    """What is found in one of the two translations, as ``CODE message``."""
    paths = []
    for number, text in enumerate(example.catalogs(which)):
        path = folder / example.locale / "LC_MESSAGES" / f"page{number}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        paths.append(path)
    terms = [Term(term=term, translations={example.locale: word}) for term, word in example.glossary.items()]
    options = Options(
        markup=example.markup, enable=frozenset({CODES[example.code]}), terms=lambda _locale: terms
    )
    return [f"{problem.code} {problem.message}" for problem in check_catalogs(paths, lambda _path: options)]


def test_every_code_of_the_checker_has_an_example() -> None:
    wanted = {code for code in CODES if code.startswith("MSG")}
    wanted |= {"CAT003", *(f"CAT{number:03}" for number in range(5, 11))}
    assert set(EXAMPLE) == wanted


@pytest.mark.parametrize("example", EXAMPLE.values(), ids=EXAMPLE)
def test_the_wrong_one_is_found_and_the_right_one_is_not(example: Example, tmp_path: Path) -> None:
    wrong = found(example, "wrong", tmp_path)
    assert example.code in {line.split()[0] for line in wrong}, wrong
    assert found(example, "right", tmp_path) == []


def test_examples_stand_in_the_order_of_their_codes() -> None:
    assert list(EXAMPLE) == sorted(EXAMPLE)
    # A source has one translation of each sort: more would be catalogs.
    assert all(len(one.wrong) == len(one.right) == 1 for one in EXAMPLE.values() if one.source), EXAMPLES
