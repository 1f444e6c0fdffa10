# ruff: noqa: S314 the drawings that are parsed here were made here
"""Colours, monograms, icons and QR codes."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
import segno

from sphinx_hub.community.brand_icons import ICONS, icon_svg
from sphinx_hub.community.colours import (
    GRAPHICS_CONTRAST,
    GROUNDS,
    TEXT_CONTRAST,
    colour_of,
    contrast,
    letters_on,
    seen_on_both,
)
from sphinx_hub.community.monogram import monogram_image, monogram_letters, monogram_svg
from sphinx_hub.community.qr import qr_svg

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
COLOURS = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in itertools.product((0, 64, 127, 128, 192, 255), repeat=3)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(one, other) == contrast(other, one)


def test_letters_can_be_read_on_every_fill() -> None:
    assert all(contrast(*letters_on(colour)) >= TEXT_CONTRAST for colour in COLOURS)


def test_a_fill_that_is_dark_enough_stays() -> None:
    assert letters_on("#0062b0") == ("#ffffff", "#0062b0")


def test_shades_stand_out_from_both_pages() -> None:
    shades = [seen_on_both(colour) for colour in COLOURS]
    assert all(contrast(shade, ground) >= GRAPHICS_CONTRAST for shade in shades for ground in GROUNDS)
    assert seen_on_both("#007fff") == "#007fff"


def test_a_colour_follows_from_the_seed_alone() -> None:
    assert colour_of("partner-datawhale") == colour_of("partner-datawhale")
    assert len({colour_of(f"partner-{number}") for number in range(40)}) > 30


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("PaddlePaddle", "PP"),
        ("Datawhale", "D"),
        ("Baixing AI", "BA"),
        ("百姓 AI", "百"),
        ("IDEA-CCNL", "IC"),
        ("GPT 学术优化", "G"),
        ("（和鲸）", "和"),
        ("élan vital", "ÉV"),
        ("…", "·"),
    ],
)
def test_letters_of_a_monogram(name: str, letters: str) -> None:
    assert monogram_letters(name) == letters


def test_a_monogram_is_drawing_only() -> None:
    drawn = ET.fromstring(monogram_svg("R<D & Co", "#ffee00", "partner-r"))
    text, fill = drawn.find(f"{SVG}text"), drawn.find(f"{SVG}rect")
    assert text is not None
    assert fill is not None
    assert text.text == "RD"
    assert contrast(text.get("fill", ""), fill.get("fill", "")) >= TEXT_CONTRAST
    assert not [element for element in drawn.iter() if "style" in element.attrib]


def test_the_letters_of_a_monogram_are_no_text_of_the_page() -> None:
    image = ET.fromstring(monogram_image("“R<D” & Co", "#ffee00", "partner-r"))
    assert (image.tag, image.get("alt"), image.text) == ("img", "", None)
    kind, drawn = image.attrib["src"].split(",", 1)
    assert kind == "data:image/svg+xml"
    assert unquote(drawn) == monogram_svg("“R<D” & Co", "#ffee00", "partner-r")


@pytest.mark.parametrize("slug", sorted(path.stem for path in ICONS.glob("*.svg")))
def test_every_icon_that_is_shipped_can_be_shown(slug: str) -> None:
    icon = icon_svg(slug, "#FC5531")
    assert icon is not None
    drawn = ET.fromstring(icon)
    assert {element.tag for element in drawn.iter()} == {f"{SVG}svg", f"{SVG}path"}
    assert drawn.get("fill") == "#fc5531"


def test_an_icon_without_a_colour_takes_that_of_the_text() -> None:
    assert 'fill="currentColor"' in (icon_svg("zhihu", None) or "")


def test_only_paths_are_taken_from_an_icon(tmp_path: Path) -> None:
    (tmp_path / "bad.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" onload="alert(1)">'
        '<script>alert(1)</script><path d="M0 0h1z" onclick="alert(1)"/>'
        '<path d="M0 0&quot;/>&lt;script>"/></svg>',
        "utf-8",
    )
    icon = icon_svg("bad", None, tmp_path)
    assert icon is not None
    assert icon.count("<path") == 1
    assert "alert" not in icon
    assert icon_svg("missing", None, tmp_path) is None
    (tmp_path / "empty.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>', "utf-8"
    )
    assert icon_svg("empty", None, tmp_path) is None


def test_a_qr_code_draws_the_modules_of_the_code() -> None:
    url = "https://www.zhihu.com/org/huggingface"
    drawn = ET.fromstring(qr_svg(url, 'Zhihu "here" & <there>'))
    assert (drawn.get("role"), drawn.get("aria-label")) == ("img", 'Zhihu "here" & <there>')
    path = drawn.find(f"{SVG}path")
    assert path is not None
    dark = set()
    for run in (path.get("d") or "").rstrip("z").split("z"):
        start, _, length = run.removeprefix("M").partition("h")
        x, y = map(int, start.split())
        dark |= {(x + step, y) for step in range(int(length.split("v")[0]))}
    matrix = segno.make(url, error="m", micro=False).matrix
    expected = {(x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert dark == expected
