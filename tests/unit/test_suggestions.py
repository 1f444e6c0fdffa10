"""Suggestions are made where they are good: measured on the messages of this project's own pages."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest

from sphinx_hub.catalogs.po_files import parse_po
from sphinx_hub.catalogs.suggestions import JOINED, SPLIT, Offer, suggestion_for
from sphinx_hub.catalogs.worddiff import words_of

ROOT = Path(__file__).resolve().parents[2]
#: A sentence ends and another begins.
END = re.compile(r"[.!?] (?=[A-Z`\[])")


@pytest.fixture(scope="module")
def pages() -> list[list[Offer]]:
    paths = sorted((ROOT / "locale" / "zh_CN").glob("LC_MESSAGES/**/*.po"))
    catalogs = [parse_po(path.read_bytes()).entries for path in paths]
    return [[Offer(po.msgid, po.strings[0]) for po in entries if po.strings[0]] for entries in catalogs]


@pytest.fixture(scope="module")
def every(pages: list[list[Offer]]) -> list[Offer]:
    return list(dict.fromkeys(offer for page in pages for offer in page))


def others(chance: random.Random, every: list[Offer], *own: Offer) -> list[Offer]:
    return [*own, *(offer for offer in chance.sample(every, 20) if offer not in own)]


def test_texts_that_have_nothing_to_do_with_each_other_are_left_alone(every: list[Offer]) -> None:
    chance = random.Random(1)
    offered = 0
    for wanted in every:
        rest = [offer for offer in chance.sample(every, 20) if offer.text != wanted.text]
        offered += suggestion_for(wanted.text, rest) is not None
    assert offered <= len(every) / 100


def test_halves_of_a_paragraph_are_offered_its_translation(every: list[Offer]) -> None:
    chance = random.Random(2)
    found = total = 0
    for whole in every:
        ends = [match.end() for match in END.finditer(whole.text)]
        if not ends or len(words_of(whole.text)) < 16:
            continue
        place = chance.choice(ends)
        for half in (whole.text[:place].strip(), whole.text[place:]):
            suggestion = suggestion_for(half, others(chance, every, whole))
            total += 1
            found += suggestion is not None and suggestion.strings == (whole.string,)
    assert total > 200
    assert found >= total * 0.95


def test_joined_paragraphs_are_offered_both_translations(
    pages: list[list[Offer]], every: list[Offer]
) -> None:
    chance = random.Random(3)
    found = total = 0
    for page in pages:
        for first, second in pairwise(page):
            if min(len(words_of(first.text)), len(words_of(second.text))) < 6:
                continue
            suggestion = suggestion_for(f"{first.text} {second.text}", others(chance, every, first, second))
            total += 1
            found += (
                suggestion is not None
                and suggestion.origin == JOINED
                and suggestion.strings[0].startswith(first.string)
                and suggestion.strings[0].endswith(second.string)
            )
    assert total > 100
    assert found >= total * 0.95


def test_the_text_that_is_most_alike_is_chosen() -> None:
    offers = [
        Offer("Volunteers translate the pages of this hub every week.", "近"),
        Offer("Volunteers translate the pages.", "远"),
    ]
    suggestion = suggestion_for("Volunteers translate the pages of this hub every day.", offers)
    assert suggestion is not None
    assert (suggestion.strings, suggestion.previous) == (("近",), offers[0].text)


def test_a_short_text_is_no_part_of_a_long_one() -> None:
    long = Offer("Read the guide before you translate the first page of the hub.", "长")
    assert suggestion_for("the hub", [long]) is None
    suggestion = suggestion_for("translate the first page of the hub", [long])
    assert suggestion is not None
    assert suggestion.origin == SPLIT


def test_translations_are_joined_with_a_space_only_beside_latin_letters() -> None:
    texts = ["One sentence about the hub and its volunteers.", "Another one about partners and courses."]
    for strings, joined in ((("前。", "后。"), "前。后。"), (("Avant.", "Après."), "Avant. Après.")):
        offers = [Offer(text, string) for text, string in zip(texts, strings, strict=True)]
        suggestion = suggestion_for(" ".join(texts), offers)
        assert suggestion is not None
        assert suggestion.strings == (joined,)
