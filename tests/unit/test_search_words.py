from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from opencc import OpenCC
from sphinx.errors import ExtensionError

from sphinx_hub.i18n import index_key
from sphinx_hub.pages.search_index import TEXT_FROM, make_index, pagefind_program, prepare
from sphinx_hub.pages.search_words import UNSPACED_SIGNS, fold, han_forms, split

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS_JS = Path(__file__).parents[2] / "extensions/sphinx_hub/pages/static/sphinx_hub/search/words.js"


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("微调Transformer模型", ["微", "调", "transformer", "模", "型"]),
        ("from_pretrained(name)", ["from", "pretrained", "name"]),
        ("torch.nn 3.5", ["torch", "nn", "3", "5"]),
        ("用 GPU。再用", ["用", "gpu", ".", "再", "用"]),
        ("one. Two", ["one", ".", "two"]),
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
    assert "".join(word.text for word in split(text)) == text


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


SECTIONS: Sequence[dict[str, str]] = (
    {"id": "top", "title": "微調指南", "text": "我們用 from_pretrained 載入。\n"},
    {"id": "next", "title": "語言模型", "text": "尾聲"},
)


def test_a_page_has_title_headings_and_text_at_their_places() -> None:
    page = prepare("guide.html", SECTIONS)
    assert page.indexed[:5] == ("微", "调", "指", "南", ".")
    assert page.indexed[64:69] == ("语", "言", "模", "型", ".")
    assert len(page.indexed) == TEXT_FROM + len(page.words)
    assert "".join(page.words) == "微調指南\n我們用 from_pretrained 載入。\n\n語言模型\n尾聲\n"
    assert [(anchor, title) for _start, anchor, title in page.sections] == [
        ("top", "微調指南"),
        ("next", "語言模型"),
    ]


def test_a_title_and_headings_that_are_too_long_keep_their_place() -> None:
    page = prepare("a.html", [{"id": f"s{number}", "title": "長" * 700, "text": "字"} for number in range(3)])
    assert page.indexed[63] == page.indexed[TEXT_FROM - 1] == "."
    assert len(page.indexed) == TEXT_FROM + len(page.words)


def test_pagefind_makes_the_same_files_of_the_same_pages_and_gives_their_text(tmp_path: Path) -> None:
    program = pagefind_program()
    assert program is not None
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        pages = [prepare("guide.html", SECTIONS), prepare("<&>.html", [])]
        folder = make_index(program, pages, "en", tmp_path / name)
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        made.append({file.relative_to(folder): file.read_bytes() for file in files})
    assert made[0] == made[1]
    fragments = [
        json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
        for path, content in made[0].items()
        if path.suffix == ".pf_fragment"
    ]
    assert sorted(fragment["url"] for fragment in fragments) == ["<&>.html", "guide.html"]
    assert "我\u200b們" in max(fragment["meta"]["words"] for fragment in fragments)
    assert not any("ui" in path.name for path in made[0])


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 3", "Pagefind failed"),
        ('mkdir -p "$4/fragment" "$4/index"; : > "$4/fragment/a"', "not whole"),
        (
            """mkdir -p "$4/fragment" "$4/index"; : > "$4/fragment/a.pf_fragment"
            echo '{"languages": {"en": {"page_count": 1}}}' > "$4/pagefind-entry.json"
            """,
            "not whole",
        ),
    ],
)
def test_a_program_that_fails_or_leaves_half_a_thing_ends_the_build(
    tmp_path: Path, script: str, words: str
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{script}\n", "ascii")
    program.chmod(0o755)
    (tmp_path / "work").mkdir()
    with pytest.raises(ExtensionError, match=words):
        make_index(program, [prepare("a.html", SECTIONS)], "en", tmp_path / "work")


def test_an_index_goes_by_strokes_where_traditional_chinese_is_written() -> None:
    titles = ["關於", "一覽", "資料", "Blog", "中文"]
    taiwan = sorted(titles, key=lambda title: index_key(title, Locale.parse("zh_TW")))
    assert taiwan == ["Blog", "一覽", "中文", "資料", "關於"]
    mainland = sorted(["资料", "关于", "中文"], key=lambda title: index_key(title, Locale.parse("zh_CN")))
    assert mainland == ["关于", "中文", "资料"]
