"""The pictures that are shown where somebody shares a page."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from sphinx_hub.building.root_page import search_engine_files
from sphinx_hub.pages.card_drawing import broken, draw_card, find_font, lacking
from sphinx_hub.pages.cards import HEIGHT, WIDTH
from sphinx_hub.settings import Language

TITLES = {
    "en": "How this site is built, and why three languages never drift apart although volunteers write them",
    "zh-Hans": "中文站点上线：一份名单的后来，以及我们逐一查证时发现的“三处不一致”（附全部来源）",
    "zh-Hant": "中文網站上線：一份名單的後續，以及我們逐一查證時發現的「三處不一致」（附所有來源）",
}


@pytest.mark.parametrize("tag", TITLES)
def test_a_card_is_small_whole_and_the_same_again(tag: str) -> None:
    font = find_font(tag)
    assert font is not None, "install fonts-noto-cjk"
    card = draw_card(TITLES[tag], "中文 AI 社区", "简体中文", font)
    assert draw_card(TITLES[tag], "中文 AI 社区", "简体中文", font) == card
    assert len(card) < 60_000
    with Image.open(io.BytesIO(card)) as image:
        assert image.size == (WIDTH, HEIGHT)
        edge = image.convert("L").crop((WIDTH - 60, 40, WIDTH, HEIGHT))
    assert edge.getextrema() == (255, 255), "nothing runs out of the picture"


def test_each_language_has_its_own_forms_of_characters() -> None:
    simplified, traditional = find_font("zh-Hans"), find_font("zh-Hant")
    assert simplified is not None
    assert traditional is not None
    assert simplified != traditional
    one, other = (draw_card("直骨", "s", "l", font) for font in (simplified, traditional))
    assert one != other


@pytest.mark.parametrize("tag", TITLES)
@pytest.mark.parametrize("width", [300, 500, 1020])
def test_no_line_begins_or_ends_with_a_sign_that_may_not(tag: str, width: int) -> None:
    font = find_font(tag)
    assert font is not None
    lines = broken(TITLES[tag], font.of_size(50), width)
    assert "".join("".join(lines).split()) == "".join(TITLES[tag].split())
    assert not [line for line in lines if line[0] in "，。：；？！）」”、"]
    assert not [line for line in lines if line[-1] in "（「“"]


def test_characters_without_a_picture_are_found() -> None:
    font = find_font("zh-Hans")
    assert font is not None
    assert lacking("中文 Latin ，。", font) == []
    assert lacking("中\U00012000", font) == ["\U00012000"]


def test_search_engines_are_led_to_every_language_where_the_address_is_known() -> None:
    languages = [Language(locale="zh_CN", path="zh-cn", tag="zh-Hans", name="简体中文")]
    assert search_engine_files("", languages) == {}
    files = search_engine_files("https://hub.example.org", languages)
    assert "<loc>https://hub.example.org/zh-cn/sitemap.xml</loc>" in files["sitemap.xml"]
    assert files["robots.txt"].endswith("Sitemap: https://hub.example.org/sitemap.xml\n")
