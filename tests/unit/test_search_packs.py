"""An index made from the one before has the files of one that is made whole."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_hub.pages.search_index import prepare
from sphinx_hub.pages.search_packs import Digests, Index, KeptIndex, PreparedPage, changed_index, whole_index

if TYPE_CHECKING:
    from collections.abc import Sequence

SITE: dict[str, Any] = {
    "texts": {"empty": "没有找到"},
    "others": [],
    "terms": [["fine-tuning", "微调", "微調"], ["whale", "鲸鱼"], ["…", "dots"]],
}
WORDS = (
    "微调",
    "微調",
    "鲸",
    "鱼",
    "whale",
    "fine-tuning",
    "from_pretrained",
    "AutoModel",
    "。",
    "，",
    "\n",
    " ",
    "的",
)


def random_page(number: int, chance: random.Random) -> PreparedPage:
    def text(least: int, most: int) -> str:
        return "".join(chance.choices(WORDS, k=chance.randint(least, most)))

    sections = [
        {"id": f"s{at}", "title": text(0, 4), "text": text(0, 40)} for at in range(chance.randint(0, 3))
    ]
    return prepare(f"page-{number}.html", sections)


def digests_of(pages: Sequence[PreparedPage], site: str = "") -> Digests:
    each = [repr(page) for page in pages]
    return Digests(folder=f"{random.Random(repr(each)).random():f}", site=site, pages=each)


def kept(index: Index, digests: Digests, files: dict[str, bytes]) -> KeptIndex:
    return KeptIndex(digests=digests, contents=index.contents, read=files.__getitem__)


@pytest.mark.parametrize("seed", range(20))
def test_changes_one_after_the_other_end_as_a_whole_index(seed: int) -> None:
    chance = random.Random(seed)
    pages = [random_page(number, chance) for number in range(12)]
    digests = digests_of(pages)
    index = whole_index(pages, SITE, digests)
    files = index.made
    steps = 0
    for _step in range(15):
        for number in chance.sample(range(12), chance.randint(1, 3)):
            pages[number] = random_page(number, chance)
        now = digests_of(pages)
        changed = changed_index(pages, SITE, now, kept(index, digests, files))
        whole = whole_index(pages, SITE, now)
        if changed is not None:
            steps += 1
            assert {**changed.made, **{name: files[old] for name, old in changed.kept.items()}} == whole.made
            assert changed.contents == whole.contents
        index, digests, files = changed or whole, now, whole.made
    assert steps > 10


def test_a_change_of_one_sentence_leaves_the_files_of_other_words() -> None:
    chance = random.Random(7)
    letters = [chr(0x4E00 + number) for number in range(3000)]
    lines = [["".join(chance.choices(letters, k=20)) for _line in range(30)] for _page in range(60)]
    pages = [
        prepare(f"{at}.html", [{"id": "", "title": f"{at}", "text": "\n".join(text)}])
        for at, text in enumerate(lines)
    ]
    digests = digests_of(pages)
    index = whole_index(pages, SITE, digests)
    lines[5][0] = "一" + lines[5][0]
    pages[5] = prepare("5.html", [{"id": "", "title": "5", "text": "\n".join(lines[5])}])
    changed = changed_index(pages, SITE, digests_of(pages), kept(index, digests, index.made))
    assert changed is not None
    # The page, the reader, and words: no more than the sentence has, though all others stand below it.
    assert index.contents.files >= 32
    assert len(changed.made) <= 2 + 2 * 21
    assert len(changed.kept) > 60


@pytest.mark.parametrize("how", ["pages", "site", "many"])
def test_what_changes_more_than_a_few_pages_is_made_whole(how: str) -> None:
    chance = random.Random(1)
    pages = [random_page(number, chance) for number in range(8)]
    digests = digests_of(pages)
    before = kept(whole_index(pages, SITE, digests), digests, {})
    now = [*pages, random_page(8, chance)] if how == "pages" else pages
    if how == "many":
        now = [random_page(number, chance) for number in range(8)]
    after = digests_of(now, site="other" if how == "site" else "")
    assert changed_index(now, SITE, after, before) is None
