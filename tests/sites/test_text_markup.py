"""Markup of every kind, translated: the page in Chinese has what the page in English has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag

    from tests.sites.conftest import Built, SmallSite

CATALOGS = "locale/zh_CN/LC_MESSAGES"
PAGES = [
    *("index", "links", "deep", "emphasis", "blocks", "maths", "tasks", "front", "design", "tables"),
    *("figures", "terms", "native", "progress", "half"),
]
CONTENT = "#furo-main-content"


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-text")


@pytest.fixture(scope="module")
def english(site: SmallSite) -> Built:
    return site.build("en")


@pytest.fixture(scope="module")
def chinese(site: SmallSite) -> Built:
    return site.build("zh_CN")


@pytest.fixture(scope="module")
def taiwanese(site: SmallSite) -> Built:
    return site.build("zh_TW")


def content(built: Built, name: str) -> Tag:
    return built.one(name, CONTENT)


def texts(built: Built, name: str, selector: str) -> list[str]:
    return [" ".join(element.get_text().split()) for element in content(built, name).select(selector)]


def links(built: Built, name: str, selector: str = "p a") -> list[tuple[str, str]]:
    """Text and target of the links of a page."""
    return [(link.get_text(), unquote(str(link["href"]))) for link in content(built, name).select(selector)]


def headings(built: Built, name: str) -> list[str]:
    """The headings of a page, without the sign of their permalinks."""
    found = content(built, name).select("h1, h2, h3")
    return [str(heading.find(string=True)) for heading in found]


def test_a_whole_translation_brings_no_warning(english: Built, chinese: Built, taiwanese: Built) -> None:
    for built in (english, chinese, taiwanese):
        built.clean()


def test_no_compiled_catalog_is_left_among_the_sources(site: SmallSite, chinese: Built) -> None:
    assert chinese.returncode == 0
    assert not list((site.root / "locale").rglob("*.mo"))


@pytest.mark.parametrize("name", [name for name in PAGES if name not in {"native", "half"}])
def test_a_translation_has_the_elements_of_its_source(english: Built, chinese: Built, name: str) -> None:
    """Counted by name: links, images, tables, boxes, marks. Emphasis is where the translator puts it."""

    def count(built: Built) -> dict[str, int]:
        names = [element.name for element in content(built, name).find_all(name=True)]
        return {tag: names.count(tag) for tag in sorted(set(names) - {"em", "strong", "span", "wbr"})}

    assert count(chinese) == count(english)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in {"native", "half"}])
def test_no_sentence_of_a_page_is_english(chinese: Built, name: str) -> None:
    page = content(chinese, name)
    for element in page.select("pre, code, .math, script, style"):
        element.decompose()
    words = re.findall(r"[A-Za-z]{3,}", page.get_text())
    assert [word for word in words if word not in {"handbook", "HTML"}] == []


# ---- links.md: A6, A7, A9


def test_each_link_keeps_its_own_target(english: Built, chinese: Built) -> None:
    """Also where the translation has them in another order."""
    targets = dict(links(english, "links")[:4])
    assert targets["the introduction"] != targets["its end"]
    assert links(chinese, "links")[:4] == 2 * [
        ("介绍", targets["the introduction"]),
        ("它的结尾", targets["its end"]),
    ]


def test_the_fragment_of_a_link_is_an_id_of_its_page(chinese: Built) -> None:
    ids = {str(element["id"]) for element in chinese.page("deep").select("[id]")}
    for _text, target in links(chinese, "links"):
        path, _sign, fragment = target.partition("#")
        if path == "deep.html" and fragment:
            assert fragment in ids


def test_a_link_without_a_text_shows_the_heading_in_the_readers_language(
    english: Built, chinese: Built
) -> None:
    for built, here, there in ((english, "Second Section", "The End"), (chinese, "第二节", "结尾")):
        assert [text for text, _target in links(built, "links")[4:6]] == [here, there]


def test_definitions_of_the_page_serve_its_messages(chinese: Built) -> None:
    found = links(chinese, "links")
    assert ("指南", "https://example.org/guide") in found
    assert ("handbook", "https://example.org/handbook") in found


def test_footnotes_lead_there_and_back(chinese: Built) -> None:
    page = content(chinese, "links")
    [mark] = page.select("a.footnote-reference")
    [note] = page.select("aside.footnote")
    assert mark["href"] == f"#{note['id']}"
    assert "说法的出处。" in note.text
    assert [str(back["href"]) for back in note.select("a")] == [f"#{mark['id']}"]


def test_substitutions_of_the_page_serve_its_messages(english: Built, chinese: Built) -> None:
    assert "The Text Forum has a name of its own." in content(english, "links").text
    assert "文本论坛有自己的名字。" in content(chinese, "links").text


def test_roles_of_a_message_are_translated(chinese: Built) -> None:
    assert links(chinese, "links")[-2:] == [("结尾", "deep.html#deep-end"), ("深处的页面", "deep.html")]


# ---- emphasis.md: A12, A13


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ("strong", ["「强调」", "注意：", "粗体的句子。", "make", "中间"]),
        ("em", ["“斜体”"]),
        ("s", ["旧的句子。"]),
        ("strong > code", ["make"]),
    ],
)
def test_emphasis_touches_chinese_punctuation(chinese: Built, selector: str, words: list[str]) -> None:
    assert texts(chinese, "emphasis", selector) == words


def test_no_mark_of_emphasis_is_left(chinese: Built) -> None:
    page = content(chinese, "emphasis").text
    assert "**" not in page
    assert "~~" not in page
    assert "2 * 3 * 4" in page


def test_english_emphasis_is_as_it_was(english: Built) -> None:
    assert texts(english, "emphasis", "strong") == [
        *("“Emphasis”", "note:", "A sentence in bold.", "make", "between"),
    ]
    assert "Multiply 2 * 3 * 4" in content(english, "emphasis").text


@pytest.mark.parametrize("locale", ["english", "chinese"])
def test_a_line_of_chinese_runs_on_in_the_next(request: pytest.FixtureRequest, locale: str) -> None:
    built: Built = request.getfixturevalue(locale)
    page = content(built, "native").text
    assert "社区里有许多读者，他们互相学习。" in page
    assert re.search(r"Answer\s混排", page)


# ---- blocks.md: A8


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ("h1", "1. 概览"),
        ("p", "1. 列表的开头"),
        ("p", "- 一项前的连字符"),
        ("p", "# 标题的井号"),
        ("p", "+ 加一"),
        ("p", "---"),
        ("p", "> 今日引言"),
        ("li > p", "2. 第二点"),
        ("h2", "2. 细节"),
        (".admonition > p", "3. 第三条"),
    ],
)
def test_a_message_that_looks_like_a_block_is_a_sentence(chinese: Built, selector: str, words: str) -> None:
    assert words in [text.rstrip("¶#").strip() for text in texts(chinese, "blocks", selector)]


def test_a_sentence_makes_no_block(english: Built, chinese: Built) -> None:
    for selector in ("ul, ol", "blockquote", "hr", "section", "li"):
        found = [len(content(built, "blocks").select(selector)) for built in (english, chinese)]
        assert found[0] == found[1], selector


# ---- maths.md: A9, A10


def test_syntax_of_the_page_serves_its_messages(chinese: Built) -> None:
    [maths] = content(chinese, "maths").select("span.math")
    assert maths.text == r"\(x^2\)"
    assert "价格为 5 美元。" in content(chinese, "maths").text


def test_maths_code_and_raw_are_translated(chinese: Built) -> None:
    page = content(chinese, "maths")
    assert r"\text{速度} = v" in page.select("div.math")[0].text
    assert page.select("div.highlight-python pre")[0].text == 'print("Hello")  # 向读者问好\n'
    assert [note.text for note in page.select("p.raw-note")] == ["一条 HTML 说明。"]


def test_code_keeps_its_colours(english: Built, chinese: Built) -> None:
    for selector in ("span.c1", "span.nb, span.nf"):
        assert len(content(english, "maths").select(selector)) == 1
        assert len(content(chinese, "maths").select(selector)) == 1


def test_an_image_among_the_targets_ends_no_build(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-text", IMAGES="1")
    (site.root / "docs" / "picture.zh.svg").write_bytes((site.root / "docs" / "picture.svg").read_bytes())
    with (site.root / CATALOGS / "figures.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgid ".. image:: picture.svg"\nmsgstr ".. image:: picture.zh.svg"\n')
    built = site.build("zh_CN")
    assert built.returncode == 0
    assert content(built, "figures").select("figure img")[0]["alt"] == "蓝色的小方块"


# ---- tasks.md: A11


@pytest.mark.parametrize("locale", ["english", "chinese"])
def test_a_task_keeps_its_box(request: pytest.FixtureRequest, locale: str) -> None:
    built: Built = request.getfixturevalue(locale)
    items = content(built, "tasks").select("li")
    boxes = [item.select("input.task-list-item-checkbox") for item in items]
    assert [len(found) for found in boxes] == [1, 1, 0]
    assert [box.has_attr("checked") for [box] in boxes[:2]] == [False, True]
    for [box] in boxes[:2]:
        # The box stands before the words, in their line.
        assert str(box.find_next(string=True)).strip()
        assert box.find_parent("p") is not None


def test_the_words_beside_a_box_are_translated(chinese: Built) -> None:
    assert texts(chinese, "tasks", "li") == ["写好第一页。", "读完指南。", "不是任务。"]
    assert texts(chinese, "tasks", "li strong") == ["第一"]


# ---- front.md and conf.py: A5, A15, B


def test_the_front_matter_is_translated(chinese: Built) -> None:
    assert headings(chinese, "front") == ["来自文件头的标题"]
    assert "来自文件头的标题" in chinese.one("deep", ".sidebar-tree").text
    for name, words in (("description", "页面的文件头也是文本。"), ("keywords", "文件头, 元数据")):
        assert chinese.one("front", f'meta[name="{name}"]')["content"] == words


def test_metadata_has_no_attribute_of_the_build(chinese: Built) -> None:
    for name in ("front", "index", "deep"):
        for meta in chinese.page(name).select("meta[content]"):
            assert set(meta.attrs) <= {"name", "content", "property", "http-equiv", "lang"}, meta


def test_substitutions_are_translated_as_blocks_too(english: Built, chinese: Built) -> None:
    for built, words, stressed in (
        (english, ["Many voices, one page.", "The place where people meet."], ["one", "meet"]),
        (chinese, ["许多声音，同一页。", "人们相遇的地方。"], ["同", "相遇"]),
    ):
        assert texts(built, "front", "p:not(.hub-print)")[1:] == words
        assert texts(built, "front", "p em") == stressed


def test_metadata_of_conf_is_translated_and_turns_nothing_off(chinese: Built) -> None:
    assert chinese.one("deep", 'meta[name="keywords"]')["content"] == "文本, 语言, 翻译"
    assert "后面什么也没有。" in content(chinese, "deep").text


def test_strings_of_the_site_are_translated(chinese: Built) -> None:
    page = chinese.page("deep")
    assert page.title is not None
    assert page.title.text == "深处的页面 - 各种文本"
    announcement = chinese.one("deep", ".announcement-content")
    assert announcement.text.strip() == "阅读今年的新闻。"
    assert [str(link["href"]) for link in announcement.select("a")] == ["https://example.org/news"]


# ---- design.md, tables.md, figures.md, terms.md: B


@pytest.mark.parametrize(
    ("selector", "words", "markup"),
    [
        ("label.sd-tab-label", "第一页签", "<strong>第一</strong>"),
        ("summary", "展开 this 折叠框", '<span class="pre">this</span>'),
        (".sd-card-title", "有粗体标题的卡片", "<strong>粗体</strong>"),
        (".sd-card-footer", "卡片的页脚", "<em>页脚</em>"),
        ("a.sd-btn-primary", "在这里多读一些", "<strong>多</strong>"),
        ('a[title="打开另一个网站"]', "逛逛 shop", '<span class="pre">shop</span>'),
        ("a.sd-stretched-link", "前往深处的页面", ""),
    ],
)
def test_titles_and_buttons_keep_their_markup(chinese: Built, selector: str, words: str, markup: str) -> None:
    element = content(chinese, "design").select(selector)[0]
    assert " ".join(element.text.split()) == words
    assert markup in element.decode_contents()


def test_the_targets_of_cards_and_buttons_stay(chinese: Built) -> None:
    page = content(chinese, "design")
    targets = [str(link["href"]) for link in page.select("a.sd-stretched-link, a.sd-btn")]
    assert targets == ["deep.html", "deep.html", "https://example.org/shop"]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("design", ["列", "含义", "页签里的单元格", "相遇的地方"]),
        (
            "tables",
            [
                *("一列的表头", "另一列的表头", "第一个单元格", "有链接的单元格", "第二个单元格"),
                *("有粗体的单元格", "名称", "地点", "文本枢纽", "在两种 languages 之间"),
                *("键", "值", "一", "一的值", "二", "二的值", "字母", "读音", "字母 A", "如同爸"),
                *("符号", "用途", "说明框里的符号", "它的用途"),
            ],
        ),
    ],
)
def test_every_cell_of_a_table_is_translated(chinese: Built, name: str, cells: list[str]) -> None:
    assert texts(chinese, name, "th, td") == cells


def test_captions_are_translated_with_their_markup(chinese: Built) -> None:
    assert texts(chinese, "tables", ".caption-text") == ["名称与地点", "逗号分隔", "有标题的表格"]
    assert texts(chinese, "figures", ".caption-text") == ["蓝色的方块。", "有题注的代码"]
    assert texts(chinese, "figures", ".caption-text strong, .caption-text em") == ["方块", "题注"]
    assert texts(chinese, "figures", ".legend") == ["方块的图例。"]


def test_the_words_for_an_image_are_translated(chinese: Built) -> None:
    alts = [str(image["alt"]) for image in content(chinese, "figures").select("img")]
    assert alts == ["蓝色的小方块", "文中的方块", "独立的方块"]
    assert content(chinese, "design").select("img")[0]["alt"] == "卡片上方的方块"


def test_titles_of_boxes_are_translated(chinese: Built) -> None:
    assert texts(chinese, "figures", ".admonition-title, .topic-title, .rubric") == [
        *("带 code 的标题", "独立的主题", "小标题"),
    ]
    assert texts(chinese, "deep", ".admonition-title strong") == ["缝隙"]


def test_terms_lead_to_the_glossary(english: Built, chinese: Built) -> None:
    assert texts(chinese, "terms", "dl.glossary > dt") in (["大语言模型¶", "词元¶"], ["大语言模型#", "词元#"])
    for built in (english, chinese):
        assert [target for _text, target in links(built, "terms")] == [
            *("#term-large-language-model", "#term-token"),
        ]
    assert [text for text, _target in links(chinese, "terms")] == ["大语言模型", "词元"]


def test_the_index_is_translated(chinese: Built) -> None:
    entries = chinese.page("genindex").select(".indextable")
    words = " ".join(entry.get_text(" ") for entry in entries)
    for word in ("模型", "开放权重", "大语言模型", "词元"):
        assert word in words


# ---- index.md


def test_captions_and_titles_of_the_navigation_are_translated(chinese: Built) -> None:
    tree = chinese.one("deep", ".sidebar-tree").text
    for words in ("消息里的标记", "段落之外的文本", "强调遇到中文", "消息里的链接", "1. 概览"):
        assert words in tree


# ---- native.md: A18


@pytest.mark.parametrize("locale", ["english", "chinese", "taiwanese"])
def test_a_chinese_heading_is_its_own_anchor(request: pytest.FixtureRequest, locale: str) -> None:
    built: Built = request.getfixturevalue(locale)
    anchors = ["智源社区", "常见问题", "第-1-节数据集", "常见问题-1"]
    page = content(built, "native")
    assert [unquote(str(link["href"])) for link in page.select("a.headerlink")] == [
        f"#{anchor}" for anchor in anchors
    ]
    for anchor in anchors:
        assert len(page.select(f'[id="{anchor}"]')) == 1
    navigation = content(built, "index").select('a[href*="native.html#"]')
    assert [unquote(str(link["href"])) for link in navigation] == [
        f"native.html#{anchor}" for anchor in anchors[1:]
    ]


@pytest.mark.parametrize("locale", ["english", "chinese", "taiwanese"])
def test_a_latin_heading_keeps_its_anchor(request: pytest.FixtureRequest, locale: str) -> None:
    built: Built = request.getfixturevalue(locale)
    found = [target for _text, target in links(built, "deep", "a.headerlink")]
    assert found == ["#a-deep-page", "#the-middle", "#deep-end"]


def test_a_page_written_in_chinese_is_translated_like_any_other(chinese: Built, taiwanese: Built) -> None:
    assert headings(chinese, "native") == ["智源社区", "常见问题", "第 1 节：数据集", "常见问题"]
    assert headings(taiwanese, "native") == ["智源社群", "常見問題", "第 1 節：資料集", "常見問題"]


# ---- progress.md, half.md: A15, A16


@pytest.mark.parametrize(("name", "least", "most"), [("progress", 100, 100), ("half", 1, 99)])
def test_a_page_says_how_much_of_it_is_translated(chinese: Built, name: str, least: int, most: int) -> None:
    """An image counts as its words do: with them it is translated."""
    found = re.search(r"(?:本页已翻译 |本页译了一半：)(\d+)\s?%。", content(chinese, name).text)
    assert found is not None
    assert least <= int(found[1]) <= most


def test_what_waits_for_a_translation_is_shown_in_english(chinese: Built) -> None:
    assert "The first sentence waits for a translator." in texts(chinese, "half", "p")


# sphinx#13841 asks for it.
def test_what_waits_for_a_translation_is_marked_with_its_language(
    english: Built, chinese: Built, taiwanese: Built
) -> None:
    def languages(built: Built, name: str) -> dict[str, str]:
        """Text -> its language, where that is not the one of the page."""
        found = content(built, name).select("[lang]")
        return {" ".join(element.get_text().split()): str(element["lang"]) for element in found}

    assert languages(chinese, "half") == {
        "The first sentence waits for a translator.": "en",
        "The second sentence waits too.": "en",
    }
    assert languages(chinese, "native") == {}
    assert languages(english, "native")["数据集的说明。"] == "zh-Hans"
    assert "重複的標題。" not in languages(taiwanese, "native")
    assert languages(taiwanese, "native")["问题和 Answer 混排。"] == "zh-Hans"
