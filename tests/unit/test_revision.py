"""Former texts are known by their place, and what changed in them is said word by word."""

from __future__ import annotations

import random

import pytest

from sphinx_hub.catalogs.counts import Progress, count_entries
from sphinx_hub.catalogs.entries import Entry, State
from sphinx_hub.catalogs.revision import former, revised
from sphinx_hub.catalogs.worddiff import count_words, word_diff


def entry(msgid: str, msgstr: str = "译") -> Entry:
    return Entry(msgid=msgid, msgstr=msgstr, state=State.CURRENT if msgstr else State.UNTRANSLATED)


def test_a_changed_text_is_found_where_it_stood() -> None:
    old = ["Title", "Volunteers run this hub", "The end"]
    assert former(old, ["Title", "Volunteers run this hub together", "The end"]) == {
        "Volunteers run this hub together": "Volunteers run this hub"
    }


def test_a_similar_text_elsewhere_is_no_former_text() -> None:
    old = ["Title", "Volunteers run this hub", "The end"]
    assert (
        former(old, ["Volunteers run this hub together", "Title", "Volunteers run this hub", "The end"]) == {}
    )
    assert former(old, ["Title", "Install it with pip", "The end"]) == {}


def test_a_page_is_compared_with_its_catalog_without_an_update() -> None:
    entries = [entry("Title"), entry("Volunteers run this hub", "志愿者运营"), entry("Gone", "")]
    found = revised(entries, ["Title", "Volunteers run this hub together", "New"])
    assert [found[text].state for text in found] == [State.CURRENT, State.OUTDATED, State.UNTRANSLATED]
    changed = found["Volunteers run this hub together"]
    assert (changed.msgstr, changed.previous) == ("志愿者运营", "Volunteers run this hub")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("—", 1),
        ("two words", 2),
        ("微调 Transformer 模型", 5),
        ("[a link](https://example.org/a/b)", 2),
        ("{hub:partner}`datawhale` helps", 2),
    ],
)
def test_words_are_counted_without_markup(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_diff_holds_both_texts_to_the_letter() -> None:
    random.seed(3)
    words = ["the", "hub", " ", "  ", "，", "中文", "模型", ".", "(a)", "\n", "`code`"]
    for _ in range(500):
        old, new = ("".join(random.choices(words, k=random.randrange(12))) for _ in range(2))
        changes = word_diff(old, new)
        assert "".join(change.text for change in changes if change.kind != "insert") == old
        assert "".join(change.text for change in changes if change.kind != "delete") == new


def test_a_diff_is_by_words() -> None:
    assert [(change.kind, change.text) for change in word_diff("Run the hub.", "Run this hub.")] == [
        ("same", "Run "),
        ("delete", "the"),
        ("insert", "this"),
        ("same", " hub."),
    ]


def test_a_hundred_per_cent_is_said_only_of_what_is_complete() -> None:
    counts = count_entries([entry(f"{'word ' * 300}{number}") for number in range(3)] + [entry("short", "")])
    assert (counts.messages, counts.current, counts.untranslated, counts.complete) == (4, 3, 1, False)
    assert counts.percent == 99
    assert Progress().percent == 100


def test_the_earliest_day_stays_in_a_sum() -> None:
    days = [Progress(messages=1, outdated=1, since=since) for since in ("2026-11-25", "", "2026-03-01")]
    assert sum(days, start=Progress()).since == "2026-03-01"
