"""What the stack makes of these sites without this project: the defects that it repairs.

Each test fails on the day that an upstream project mends the defect; then the repair can go. The other
half of each, the page as it should be, stands in the test files beside this one. The search has its
own tests (tests/unit/test_pages_search.py), and so have the strings of Furo (test_pages_furo.py).
"""

from __future__ import annotations

import json
import os
import pickle
import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docutils import nodes

    from tests.sites.conftest import Built, SmallSite

CATALOGS = "locale/zh_CN/LC_MESSAGES"


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-text", STOCK="1")


@pytest.fixture(scope="module")
def english(site: SmallSite) -> Built:
    return site.build("en")


@pytest.fixture(scope="module")
def chinese(site: SmallSite) -> Built:
    return site.build("zh_CN")


@pytest.fixture(scope="module")
def extracted(site: SmallSite) -> dict[str, set[tuple[str, int]]]:
    """Message -> its places, of all catalogs of the site."""
    built = site.build(builder="gettext")
    messages: dict[str, set[tuple[str, int]]] = {}
    for path in built.output.rglob("*.pot"):
        with path.open("rb") as file:
            for message in read_po(file):
                places = {(os.path.normpath(built.output / place), line) for place, line in message.locations}
                messages.setdefault(str(message.id), set()).update(
                    (os.path.relpath(place, site.root), line) for place, line in places
                )
    return messages


@pytest.fixture(scope="module")
def changed(small_site: Callable[..., SmallSite]) -> SmallSite:
    """The site of changes, built and then changed in every way at once; its next build shows them all."""
    site = small_site("test-text-changes", STOCK="1")
    assert site.build("zh_CN").returncode == 0
    site.edit(f"{CATALOGS}/two.po", "第二页", "又一页")
    site.edit(f"{CATALOGS}/index.po", "第一部分", "上篇")
    site.edit(f"{CATALOGS}/sphinx.po", "查找", "寻找")
    (site.root / CATALOGS / "deep" / "three.po").unlink()
    site.edit(f"{CATALOGS}/single.po", "没有别的页面通向这里。", "哪一页都不通向这里。")
    os.utime(site.root / CATALOGS / "single.po", (1, 1))
    return site


@pytest.fixture(scope="module")
def after(changed: SmallSite) -> Built:
    return changed.build("zh_CN")


def links(built: Built, name: str, selector: str = "#furo-main-content p a") -> list[tuple[str, str]]:
    """Text and target of the links of a page."""
    return [(link.get_text(), str(link["href"])) for link in built.page(name).select(selector)]


def text(built: Built, name: str) -> str:
    return built.one(name, "#furo-main-content").get_text()


# A1: sphinx#14229, mended after 9.0 and not for the Chinese that comes without jieba.
def test_search_names_a_stemmer_that_is_not_there(chinese: Built) -> None:
    script = chinese.text("_static/language_data.js")
    assert "window.Stemmer = ChineseStemmer" in script
    assert not re.search(r"(function|class|var|let|const) ChineseStemmer", script)


# A2
def test_search_indexes_no_chinese_of_a_page(chinese: Built) -> None:
    script = chinese.text("searchindex.js")
    index = json.loads(script.removeprefix("Search.setIndex(").removesuffix(")"))
    assert "段落" in text(chinese, "terms")
    assert [word for word in index["terms"] if "段" in word] == []


# A3
@pytest.mark.parametrize("locale", ["zh-cn", "zh_Hans"])
def test_a_language_that_nothing_is_known_of_is_english(
    small_site: Callable[..., SmallSite], locale: str
) -> None:
    built = small_site("test-text-changes", STOCK="1").build(locale)
    assert built.returncode == 0
    assert "The paragraph of page one." in text(built, "one")


# A4
def test_a_relative_folder_of_catalogs_is_looked_for_among_the_sources(
    small_site: Callable[..., SmallSite],
) -> None:
    built = small_site("test-text-changes", STOCK="1").build("zh_CN", "-D", "locale_dirs=locale")
    built.clean()
    assert "The paragraph of page one." in text(built, "one")


# A4, too
def test_a_relative_folder_of_templates_is_not_extracted(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-text-changes", STOCK="1")
    (site.root / "templates").mkdir()
    (site.root / "templates" / "part.html").write_text("{{ _('A text of a template') }}\n", "utf-8")
    built = site.build("en", "-D", "templates_path=templates", builder="gettext")
    assert not (built.output / "sphinx.pot").exists()


# A5
def test_metadata_of_conf_turns_translation_off(site: SmallSite) -> None:
    built = site.build("zh_CN", environment={"CONF_META": "1"}, name="meta")
    assert "The title stands above." in text(built, "front")
    assert "Nothing comes after it." in text(built, "deep")


# A6: as sphinx#1193 was, which knew of no fragment
def test_two_links_to_one_page_are_one_link_in_the_translation(chinese: Built) -> None:
    assert links(chinese, "links")[:4] == [
        ("介绍", "deep.html#the-end"),
        ("它的结尾", "deep.html#the-end"),
        ("介绍", "deep.html"),
        ("它的结尾", "deep.html"),
    ]


# A7: MyST#844
def test_a_link_without_a_text_shows_the_heading_in_english(chinese: Built) -> None:
    assert ("Second Section", "#second-section") in links(chinese, "links")


# A7: MyST#844
def test_the_title_of_an_admonition_takes_the_place_of_all_slugs(english: Built, chinese: Built) -> None:
    warning = "WARNING: local id not found in doc 'deep': 'the-end'"
    assert not any(warning in line for line in english.warnings)
    assert any(warning in line for line in chinese.warnings)


# A8
def test_a_message_that_looks_like_a_block_stays_english(chinese: Built) -> None:
    page = text(chinese, "blocks")
    assert not re.search("[一-鿿]", page.replace("备注", ""))  # "Note", which Sphinx itself translates
    assert "First: an Overview" in page
    assert not any("blocks" in line for line in chinese.warnings)


# A9: MyST#690, sphinx#4293
def test_references_substitutions_and_syntax_of_the_page_are_unknown_to_its_messages(chinese: Built) -> None:
    page = text(chinese, "links")
    assert "请读[指南][guide]或 [handbook]。" in page
    assert "\n有自己的名字。" in page
    assert "'product' is undefined" in "\n".join(chinese.warnings)
    assert "面积是 $x^2$" in text(chinese, "maths")


# A10: MyST#444
def test_maths_code_and_raw_are_two_colons(english: Built, chinese: Built) -> None:
    for selector, words in (("div.math", "speed"), ("div.highlight-python", "print")):
        assert words in english.one("maths", selector).text
        assert words not in chinese.one("maths", selector).text
        assert "::" in chinese.one("maths", selector).text
    assert english.page("maths").select_one(".raw-note")
    assert not chinese.page("maths").select_one(".raw-note")


# A10: MyST#444
def test_a_translated_image_ends_the_build(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-text", STOCK="1", IMAGES="1")
    with (site.root / CATALOGS / "figures.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgid ".. image:: picture.svg"\nmsgstr ".. image:: picture.zh.svg"\n')
    built = site.build("zh_CN")
    assert built.returncode != 0
    assert any("KeyError" in line or "'uri'" in line for line in built.warnings)


# A11
def test_the_boxes_of_a_task_list_vanish(english: Built, chinese: Built) -> None:
    assert len(english.page("tasks").select("input.task-list-item-checkbox")) == 2
    assert not chinese.page("tasks").select("input.task-list-item-checkbox")


# A12: commonmark-spec#650
def test_emphasis_beside_chinese_punctuation_stays_marks(chinese: Built) -> None:
    page = chinese.one("emphasis", "#furo-main-content")
    for words in ("**「强调」**", "**注意：**", "**粗体的句子。**", "**make**", "*“斜体”*", "~~旧的句子。~~"):
        assert words in page.text
    assert [strong.text for strong in page.select("strong, em, s")] == ["中间"]


# A13: commonmark-spec#744
def test_a_line_that_ends_in_chinese_ends_in_a_space(chinese: Built) -> None:
    assert "社区里有许多读者，\n他们互相学习。" in text(chinese, "native")


# A14: sphinx#5506
def test_a_new_title_reaches_no_other_sidebar(after: Built) -> None:
    assert "又一页" in after.one("two", ".sidebar-tree").text
    for words in ("又一页", "上篇"):
        assert words not in after.one("one", ".sidebar-tree").text


# A14
def test_a_string_of_the_interface_rebuilds_nothing(after: Built) -> None:
    assert after.one("one", "input.sidebar-search")["placeholder"] == "查找"


# A14
def test_a_catalog_outlives_its_file(after: Built) -> None:
    assert "第三页的段落。" in text(after, "deep/three")


# A14
def test_a_catalog_with_an_older_time_is_not_read(after: Built) -> None:
    assert "没有别的页面通向这里。" in text(after, "single")


# A14
def test_catalogs_are_compiled_among_their_sources(after: Built, changed: SmallSite) -> None:
    assert after.returncode == 0
    assert list((changed.root / "locale").rglob("*.mo"))


# A15
def test_metadata_carries_an_attribute_that_is_no_html(chinese: Built) -> None:
    assert chinese.one("front", 'meta[name="description"]')["translated"] == "True"


# A15
@pytest.mark.parametrize(("name", "counts"), [("progress", (3, 4)), ("index", (3, 5)), ("half", (2, 4))])
def test_an_image_and_a_toctree_never_count_as_translated(
    chinese: Built, name: str, counts: tuple[int, int]
) -> None:
    """The first two are translated whole, and half of the third is."""
    progress = doctree(chinese, name)["translation_progress"]
    assert (progress["translated"], progress["total"]) == counts


# A16
def test_the_progress_has_no_role(chinese: Built) -> None:
    assert any('Unknown interpreted text role "translation-progress"' in line for line in chinese.warnings)


# A17: furo#434
def test_strings_of_furo_are_english(chinese: Built) -> None:
    page = chinese.page("links")
    assert "Skip to content" in page.text
    assert "Back to top" in page.text


# A18
def test_chinese_headings_are_numbered(chinese: Built) -> None:
    found = links(chinese, "native", "a.headerlink")
    assert [target for _text, target in found] == ["#id1", "#id2", "#id3", "#id4"]


# A19
def test_a_variable_in_a_template_ends_the_extraction(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-text-changes", STOCK="1")
    folder = site.root / "templates"
    folder.mkdir()
    (folder / "part.html").write_text("{{ _(variable) }}\n", "utf-8")
    built = site.build("en", "-D", f"templates_path={folder}", builder="gettext")
    assert built.returncode != 0
    assert any("'NoneType' object has no attribute 'replace'" in line for line in built.warnings)


# B: sphinx-design#306 has the tables
@pytest.mark.parametrize(
    "message",
    [
        "The Authors of the Page",
        "Text Forum",
        "Cell in a tab",
        "As in *father*",
        "A sign in a note",
        "Read **more** here",
        "Go to the deep page",
        "Opens another site",
        "Text of Every Kind",
        'Read <a href="https://example.org/news">the news</a> of this year.',
    ],
)
def test_text_that_no_translator_sees(extracted: dict[str, set[tuple[str, int]]], message: str) -> None:
    assert message not in extracted


# B
@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("Card with a **bold** title", "Card with a bold title"),
        ("Foot of the *card*", "Foot of the card"),
        ("Visit the `shop`", "Visit the shop"),
    ],
)
def test_a_message_loses_its_markup(
    extracted: dict[str, set[tuple[str, int]]], source: str, message: str
) -> None:
    assert source not in extracted
    assert message in extracted


# B
@pytest.mark.parametrize(
    ("message", "path", "line"),
    [
        ("First **tab**", "docs/design.md", 0),
        ("Open `this` dropdown", "docs/design.md", 0),
        ("large language model", "docs/terms.md", 0),
        ("token", "docs/terms.md", 3),
        ("Second cell", "docs/tables.md", 5),
        ("Value of two", "docs/tables.md", 20),
        ("Text beside the paragraphs", "docs/index.md", 22),
        ("The front matter of a page is text too.", "docs/front.md", 0),
        ("The place where people *meet*.", "docs/front.md", 18),
    ],
)
def test_a_message_is_said_to_stand_where_it_does_not(
    site: SmallSite,
    extracted: dict[str, set[tuple[str, int]]],
    message: str,
    path: str,
    line: int,
) -> None:
    assert extracted[message] == {(path, line)}
    lines = ["", *(site.root / path).read_text("utf-8").splitlines()]
    assert message not in "".join(lines[line : line + 1])


# B
def test_html_that_syntax_makes_comes_to_the_translator(extracted: dict[str, set[tuple[str, int]]]) -> None:
    """With raw HTML among the additional targets: the marks of strikethrough and of task lists."""
    assert {"<s>", "</s>"} <= extracted.keys()
    assert any("task-list-item-checkbox" in message for message in extracted)


def doctree(built: Built, name: str) -> nodes.document:
    """A page as it was read."""
    path: Path = built.output.with_name(f"{built.output.name}-doctrees") / f"{name}.doctree"
    document: nodes.document = pickle.loads(path.read_bytes())  # noqa: S301 made by the build just now
    return document
