"""Descriptions of pages: whole sentences where they fit, a sensible cut where one does not."""

from __future__ import annotations

import pytest

from sphinx_hub.posts.description import LONGEST, columns, description_of

LONG = "One clause stands here, and it is long enough to be kept, " + "a word " * 30 + "ends it."
CHINESE = "社区把模型、数据集和课程放在一起，" + "让每个人都能用自己的语言读到同样的内容，" * 5 + "不用等待。"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], ""),
        (["  "], ""),
        (["One line"], "One line."),
        (["First.", "Second?", "Third!"], "First. Second? Third!"),
        (["第一点。", "第二点", "第三点！"], "第一点。第二点。第三点！"),
        (["他说：“好。”", "完"], "他说：“好。”完。"),
        (["用 Sphinx 构建", "用 MyST"], "用 Sphinx 构建。用 MyST。"),
        # What does not fit is left out as a whole.
        (["First.", LONG], "First."),
        (["第一点。", CHINESE], "第一点。"),
        # An abbreviation ends no sentence.
        ([f"Tools, e.g. models. {'Very ' * 30}long."], "Tools, e.g. models."),
    ],
)
def test_whole_sentences_are_kept(texts: list[str], expected: str) -> None:
    assert description_of(texts) == expected


def test_a_long_sentence_ends_behind_a_clause() -> None:
    assert description_of([CHINESE]).endswith("读到同样的内容…")
    assert 80 < columns(description_of([CHINESE])) <= LONGEST
    clauses = "A clause of some length, " * 9 + "and an end."
    assert description_of([clauses]) == f"{', '.join(['A clause of some length'] * 6)}…"


def test_a_long_clause_ends_between_words() -> None:
    latin = description_of(["word " * 50])
    assert latin == f"{' '.join(['word'] * 32)}…"
    mixed = description_of(["这" * 75 + " transformers 模型" + "这" * 30])
    assert mixed == "这" * 75 + "…"
    assert description_of(["这" * 100]) == "这" * 79 + "…"
    assert description_of(["x" * 300]) == "x" * 159 + "…"


@pytest.mark.parametrize("text", [LONG, CHINESE, "词" * 200, "x" * 400, "word " * 90])
def test_no_description_is_too_long(text: str) -> None:
    assert 0 < columns(description_of([text])) <= LONGEST
