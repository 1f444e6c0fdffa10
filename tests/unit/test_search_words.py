from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from opencc import OpenCC

from sphinx_hub.i18n import index_key
from sphinx_hub.pages.search_index import prepare
from sphinx_hub.pages.search_packs import HEADINGS_FROM, TEXT_FROM, Digests, file_of, whole_index
from sphinx_hub.pages.search_words import UNSPACED_SIGNS, covering, entries, fold, han_forms, split

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS_JS = Path(__file__).parents[2] / "extensions/sphinx_hub/pages/static/sphinx_hub/search/words.js"


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("微调Transformer模型", ["微", "调", "transformer", "模", "型"]),
        ("from_pretrained(name)", ["from", "pretrained", "name"]),
        ("torch.nn 3.5", ["torch", "nn", "3", "5"]),
        ("用 GPU。再用", ["用", "gpu", "再", "用"]),
        ("ＡＩ 軟體", ["ai", "软", "体"]),
        ("ひらがな한국", ["ひ", "ら", "が", "な", "한", "국"]),
        ("𠮷野家", ["𠮷", "野", "家"]),
        ("—— 。", []),
    ],
)
def test_a_text_is_split_into_folded_words(text: str, forms: list[str]) -> None:
    assert [word.form for word in split(text)] == forms


@pytest.mark.parametrize("text", ["微调 Transformer，模型。", "one. Two-three\nfour", "數據·集：ＡＩ"])
def test_the_words_keep_the_text_as_it_is_written(text: str) -> None:
    assert "".join(word.text + word.gap for word in split(text)) == text


@pytest.mark.parametrize(
    ("text", "places"),
    [("模型，好", [0, 1, 3]), ("one. Two", [0, 2]), ("3.5 版", [0, 1, 2]), ("一\n二", [0, 2])],
)
def test_a_place_is_left_out_where_a_phrase_ends(text: str, places: list[int]) -> None:
    assert [word.place for word in split(text)] == places


def test_traditional_characters_are_folded_as_opencc_does_it() -> None:
    convert = OpenCC("t2s")
    different = [old for old in han_forms().simplified if convert.convert(chr(old)) != fold(chr(old))]
    assert different == []


def test_words_of_two_regions_are_in_one_script() -> None:
    assert ("软件", "软体") in han_forms().words
    assert all(fold(word) == word for pair in han_forms().words for word in pair)


def test_the_browser_knows_the_same_signs() -> None:
    signs = "".join(re.findall(r'"(\\\\.*?)"', WORDS_JS.read_text("utf-8"))).replace("\\\\", "\\")
    assert signs.replace("{20000}-\\u{3ffff}", "") == UNSPACED_SIGNS.replace("\\U00020000-\\U0003ffff", "\\u")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("微调模型", ["微", "微调", "调", "调模", "模", "模型", "型"]),
        # Around other words the single characters have their places too.
        ("用GPU跑", ["用", "gpu", "跑"]),
        ("from_pretrained", ["from", "from_pretrained", "pretrained"]),
        ("torch.nn.Linear", ["torch", "torch.nn.linear", "nn", "nn.linear", "linear"]),
        ("AutoModel", ["automodel", "^model"]),
        # No phrase goes over the end of a sentence.
        ("模。型", ["模", "型"]),
    ],
)
def test_a_text_is_indexed_by_pairs_names_and_words(text: str, wanted: list[str]) -> None:
    assert sorted(entry for entry, _place in entries(split(text))) == sorted(wanted)


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("微调", [("微调", 0)]),
        ("语言模型", [("语言", 0), ("模型", 2)]),
        ("大模型", [("大模", 0), ("模型", 1)]),
        ("微调GPU模", [("微调", 0), ("gpu", 2), ("模", 3)]),
        ("好，世界", [("好", 0), ("世界", 2)]),
    ],
)
def test_a_phrase_is_asked_for_by_few_entries_that_its_text_has(
    phrase: str, wanted: list[tuple[str, int]]
) -> None:
    words = split(phrase)
    assert covering(words) == wanted
    assert set(covering(words)) <= set(entries(words))


SECTIONS: Sequence[dict[str, str]] = (
    {"id": "top", "title": "微調指南", "text": "我們用 from_pretrained 載入。\n"},
    {"id": "next", "title": "語言模型", "text": "尾聲"},
)


def test_a_page_has_title_headings_and_text_at_their_places() -> None:
    page = prepare("guide.html", SECTIONS)
    places = dict(page.entries())
    assert places["微调"] == 0
    assert places["语言"] == HEADINGS_FROM
    assert places["我们"] == TEXT_FROM
    assert places["尾声"] > places["from_pretrained"] > TEXT_FROM
    assert page.title == "微調指南"


def test_a_title_and_headings_that_are_too_long_keep_to_their_places() -> None:
    page = prepare("a.html", [{"id": f"s{number}", "title": "長" * 700, "text": "字"} for number in range(3)])
    places = [place for entry, place in page.entries() if entry == "长长"]
    assert max(place for place in places if place < HEADINGS_FROM) == HEADINGS_FROM - 3
    assert max(places) < TEXT_FROM
    assert ("字", TEXT_FROM) in set(page.entries())


def read(content: bytes) -> Any:
    return json.loads(gzip.decompress(content))


def test_the_same_pages_make_the_same_files_with_each_entry_in_its_own() -> None:
    pages = [prepare("guide.html", SECTIONS), prepare("<&>.html", []), prepare("b.html", SECTIONS)]
    site: dict[str, Any] = {"texts": {}, "others": [], "terms": [["fine-tuning", "微调"], ["鯨魚", "whale"]]}
    digests = Digests(folder="x", site="", pages=["", "", ""])
    made = whole_index(pages, site, digests).made
    assert made == whole_index(pages, site, digests).made
    reader = json.loads(made["reader.json"])
    # Of a glossary, what the site has comes first, and what it has nothing of stays away.
    assert [["微 调"], ["fine tuning"]] in reader["aliases"]
    assert "鲸" not in made["reader.json"].decode()
    found = read(made[f"x/words/{file_of('微调', reader['files'])}.pack"])["微调"]
    # On page 0 one place, which is 0; two pages further the same.
    assert found == [0, 1, 0, 2, 1, 0]
    assert read(made["x/pages/0.pack"])[:2] == ["guide.html", "微調指南"]


@pytest.mark.parametrize(("one", "other"), [("pre", "pretrained"), ("from_pretrained", "^fromage")])
def test_words_that_begin_alike_are_in_one_file(one: str, other: str) -> None:
    assert file_of(one, 512) == file_of(other, 512)


def test_an_index_goes_by_strokes_where_traditional_chinese_is_written() -> None:
    titles = ["關於", "一覽", "資料", "Blog", "中文"]
    taiwan = sorted(titles, key=lambda title: index_key(title, Locale.parse("zh_TW")))
    assert taiwan == ["Blog", "一覽", "中文", "資料", "關於"]
    mainland = sorted(["资料", "关于", "中文"], key=lambda title: index_key(title, Locale.parse("zh_CN")))
    assert mainland == ["关于", "中文", "资料"]
