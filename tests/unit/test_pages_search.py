from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sphinx_hub.pages.search import ChineseSearch, han_pairs

PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("模型", ["模", "型", "模型"]),
        ("语言模型", ["语", "言", "模", "型", "语言", "言模", "模型"]),
        ("微调Transformer模型", ["微", "调", "微调", "Transformer", "模", "型", "模型"]),
        ("from_pretrained，4 位", ["from_pretrained", "4", "位"]),
        ("數據·集", ["數", "據", "數據", "集"]),
        ("𠮷野家", ["𠮷", "野", "家", "𠮷野", "野家"]),
        ("  —— 。", []),
    ],
)
def test_han_is_indexed_by_character_and_by_pair(text: str, words: list[str]) -> None:
    assert ChineseSearch({}).split(text) == words


def test_any_stretch_of_a_text_is_found_by_its_pairs() -> None:
    index = set(ChineseSearch({}).split("自然语言处理的入门指南"))
    for query in ("自然语言处理", "语言", "处理的入门", "指南"):
        assert set(han_pairs(query)) <= index
    assert not set(han_pairs("自然指南")) <= index


def test_the_words_of_one_character_pass_the_filter() -> None:
    search = ChineseSearch({})
    assert all(search.word_filter(search.stem(word)) for word in ("模", "模型", "tokenizer"))


def test_the_stemmers_name_is_mended_for_as_long_as_sphinx_needs_it() -> None:
    """sphinx#14229: mended by sphinx#14416, after 9.1. Until the lower bound is past it, we define it."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    bound = next(entry for entry in project["dependencies"] if entry.startswith("sphinx>="))
    assert bound in {"sphinx>=9.0.4", "sphinx>=9.1"}, "function ChineseStemmer in pages/search.py can go"
    assert "function ChineseStemmer()" in ChineseSearch.js_splitter_code
