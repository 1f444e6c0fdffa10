"""Type as a browser sets it: emphasis, lines, fonts, ruby, and paper."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import ROOTS, visits
from tests.browser.serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1400, "height": 900}

#: (of the first element, the value of each property as the browser computes it)
STYLES = """
([selector, ...properties]) => {
  const style = getComputedStyle(document.querySelector(selector));
  return properties.map(name => style.getPropertyValue(name));
}
"""
#: How wide a text is within an element, in em, as a span of the language.
WIDTH = """
([selector, text, language]) => {
  const span = document.createElement("span");
  if (language) span.lang = language;
  span.textContent = text;
  document.querySelector(selector).append(span);
  const width = span.getBoundingClientRect().width / parseFloat(getComputedStyle(span).fontSize);
  span.remove();
  return width;
}
"""
#: The paragraphs whose lines have more than so many characters of a full em, with the number.
LONG_LINES = """
most => [...document.querySelectorAll("article section :is(p, li, dd)")]
  .map(block => block.getBoundingClientRect().width / parseFloat(getComputedStyle(block).fontSize))
  .filter(width => width > most)
"""

#: The first paragraph of the text itself.
TEXT = "article section > p"

ENGLISH = """# Type

Some *emphasis* here, and *emphasis with 汉字*. It says “so”.

A word is read: {ruby}`汉字(hànzì)`, {ruby}`漢(ㄏㄢˋ)字(ㄗˋ)`.

A link to [another site](https://example.org/x), to <https://example.org/bare>, and to [a part](#part).

(part)=
## Part

```{code-block} text
aaaaaaaaaa|
汉汉汉汉汉|
```

```{code-block} python
# 汉字
```
"""
CHINESE = {
    "Type": "字体",
    "Some *emphasis* here, and *emphasis with 汉字*. It says “so”.": (
        "这里有*强调*，还有*强调 fine-tuning 与 LoRA 的话*，以及*Attention Is All You Need*。它说“是”。"
    ),
    "A word is read: {ruby}`汉字(hànzì)`, {ruby}`漢(ㄏㄢˋ)字(ㄗˋ)`.": "{ruby}`汉字(hànzì)`这样读。"
    + "长" * 200,
    "Part": "部分",
}


def build(root: Path) -> Path:
    """A small site with a page about type, in English and Chinese."""
    shutil.copytree(ROOTS / "test-origins", root)
    (root / "docs/type.md").write_text(ENGLISH, "utf-8")
    index = root / "docs/index.md"
    index.write_text(index.read_text("utf-8").replace("dated\n", "dated\ntype\n"), "utf-8")
    rows = "".join(f'\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n' for msgid, msgstr in CHINESE.items())
    head = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    (root / "locale/zh_CN/LC_MESSAGES/type.po").write_text(head + rows, "utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("READTHEDOCS")}
    command = [sys.executable, "-m", "sphinx_hub.cli", "build"]
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return root / "_build" / "html"


@pytest.fixture(scope="module")
def type_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(build(tmp_path_factory.mktemp("type") / "site")) as address:
        yield address


@pytest.fixture
def visit_type(browser: Browser, type_address: str) -> Callable[..., Any]:
    return visits(browser, type_address)


def styles(page: Page, selector: str, *properties: str) -> list[str]:
    found: list[str] = page.evaluate(STYLES, [selector, *properties])
    return found


def test_emphasis_is_dots_below_chinese_and_italics_in_latin(visit_type: Callable[..., Any]) -> None:
    emphasis = ("font-style", "text-emphasis-style", "text-emphasis-position")
    with visit_type() as reader:
        page = reader.go("zh-cn/type.html")
        assert styles(page, "article em", *emphasis) == ["normal", "dot", "under"]
        latin = page.locator("article em .hub-latin").all_inner_texts()
        assert latin == ["fine-tuning", "LoRA", "Attention Is All You Need"]
        assert styles(page, "article em .hub-latin", *emphasis[:2]) == ["italic", "none"]
        # English has its italics, and no part of a sentence is torn out of it.
        page = reader.go("en/type.html")
        assert styles(page, "article em", *emphasis[:2]) == ["italic", "none"]
        assert page.locator(".hub-latin").count() == 0


def test_a_line_has_some_forty_characters(
    visit_type: Callable[..., Any], visit_hub: Callable[..., Any]
) -> None:
    with visit_type(viewport=DESKTOP) as reader:
        page = reader.go("zh-cn/type.html")
        widths = page.evaluate(LONG_LINES, 0)
        assert 35 <= max(widths) <= 40.01
        assert styles(page, TEXT, "line-break", "text-autospace", "text-wrap-style") == [
            "strict", "normal", "pretty",
        ]  # fmt: skip
        assert float(styles(page, TEXT, "line-height")[0].removesuffix("px")) == 16 * 1.75
    # Nor does any page of the real site have longer ones.
    with visit_hub(viewport=DESKTOP) as reader:
        for name in ("contribute/translate", "about/why", "posts/join"):
            assert reader.go(f"zh-cn/{name}.html").evaluate(LONG_LINES, 40.01) == []


def test_a_text_has_the_forms_of_its_own_language(visit_type: Callable[..., Any]) -> None:
    with visit_type() as reader:
        page = reader.go("zh-cn/type.html")
        firsts: dict[str, list[str]] = {}
        for tag in ("zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "ja", "ko", "en"):
            page.evaluate(
                """tag => {
                  document.querySelector("#probe")?.remove();
                  const span = Object.assign(document.createElement("span"), { id: "probe", lang: tag });
                  span.innerHTML = "<code>x</code>";
                  document.querySelector("article p").append(span);
                }""",
                tag,
            )
            for selector in ("#probe", "#probe code"):
                [family] = styles(page, selector, "font-family")
                named = (
                    name for name in family.replace('"', "").split(", ") if name.startswith("Noto Sans CJK")
                )
                firsts.setdefault(tag, []).append(next(named))
        assert firsts == {
            "zh-Hans": ["Noto Sans CJK SC"] * 2,
            "zh-Hant": ["Noto Sans CJK TC"] * 2,
            "zh-TW": ["Noto Sans CJK TC"] * 2,
            "zh-HK": ["Noto Sans CJK HK"] * 2,
            "ja": ["Noto Sans CJK JP"] * 2,
            "ko": ["Noto Sans CJK KR"] * 2,
            "en": ["Noto Sans CJK SC"] * 2,
        }
        assert "system-ui" not in styles(page, "body", "font-family")[0]


def test_chinese_quotes_are_as_wide_as_characters(visit_type: Callable[..., Any]) -> None:
    with visit_type() as reader:
        page = reader.go("zh-cn/type.html")
        around = page.evaluate(WIDTH, ["article p", "汉“汉", ""]) - page.evaluate(
            WIDTH, ["article p", "汉汉", ""]
        )
        assert around == pytest.approx(1, abs=0.02)
        within = page.evaluate(WIDTH, ["article p", "a“a", "en"]) - page.evaluate(
            WIDTH, ["article p", "aa", "en"]
        )
        assert within < 0.7


def test_in_code_a_character_is_as_wide_as_two_letters(visit_type: Callable[..., Any]) -> None:
    with visit_type() as reader:
        page = reader.go("zh-cn/type.html")
        letters, characters = (
            page.evaluate(WIDTH, ["article pre", text, ""]) for text in ("a" * 10, "汉" * 5)
        )
        assert letters == pytest.approx(characters, rel=0.02)
        # Where a style slants comments, it slants no Han character in them.
        assert styles(page, ".highlight-python pre .c1", "font-synthesis-style") == ["none"]


def test_ruby_is_above_its_word_and_in_brackets_for_who_has_none(visit_type: Callable[..., Any]) -> None:
    with visit_type() as reader:
        page = reader.go("zh-cn/type.html")
        ruby = page.locator("article ruby").first
        assert ruby.inner_html() == ('汉字<rp>(</rp><rt lang="zh-Latn-pinyin">hànzì</rt><rp>)</rp>')
        word, reading = ruby.bounding_box(), ruby.locator("rt").bounding_box()
        assert word is not None
        assert reading is not None
        assert reading["y"] + reading["height"] <= word["y"] + word["height"] / 2


def test_headings_are_balanced_and_blocks_stand_in_lines(visit_hub: Callable[..., Any]) -> None:
    with visit_hub(viewport=DESKTOP) as reader:
        page = reader.go("zh-cn/contribute/translate.html")
        assert styles(page, "article h2", "text-wrap-style") == ["balance"]
        above, below = styles(page, "article section section h2", "margin-top", "margin-bottom")
        assert (above, below) == ("42px", "14px")
        assert styles(page, "article section section > p", "margin-bottom") == ["14px"]


#: Luminance contrast of a colour with the one behind it, by WCAG 2.
CONTRAST = """
selector => {
  const parts = text => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const element = document.querySelector(selector);
  const front = light(parts(getComputedStyle(element).color));
  let behind = element;
  const isClear = each => /^rgba.*, 0\\)$/.test(getComputedStyle(each).backgroundColor);
  while (behind.parentElement && isClear(behind)) behind = behind.parentElement;
  const back = light(parts(getComputedStyle(behind).backgroundColor));
  return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_added_can_be_read_in_both_themes(scheme: str, visit_hub: Callable[..., Any]) -> None:
    with visit_hub(color_scheme=scheme) as reader:
        page = reader.go("zh-cn/contribute/translate.html")
        for selector in (
            ".hub-feedback-links a",
            "h2 > .hub-edit",
            ".hub-copied",
            "article em",
        ):
            assert page.evaluate(CONTRAST, selector) >= 4.5, selector


@pytest.mark.parametrize("language", ["zh-cn", "en"])
def test_paper_has_the_text_and_nothing_to_press(language: str, visit_hub: Callable[..., Any]) -> None:
    with visit_hub(color_scheme="dark", viewport=DESKTOP) as reader:
        page = reader.go(f"{language}/contribute/translate.html")
        page.evaluate("document.body.dataset.theme = 'dark'")
        page.emulate_media(media="print", color_scheme="dark")
        for selector in (
            ".sidebar-drawer", ".toc-drawer", ".mobile-header", ".sidebar-search", ".language-links",
            ".back-to-top", ".theme-toggle", ".headerlink", ".hub-edit", ".related-pages",
            ".hub-feedback-links",
        ):  # fmt: skip
            assert not any(each.is_visible() for each in page.locator(selector).all()), selector
        assert styles(page, "body", "color", "background-color") == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert styles(page, "article pre", "white-space-collapse", "break-inside")[1] == "avoid"
        assert styles(page, "article h2", "break-after") == ["avoid"]
        assert page.evaluate(CONTRAST, "article pre .nb, article pre span") >= 4.5
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        label = page.locator(".hub-print")
        assert label.is_visible()
        text = label.inner_text()
        assert ("简体中文" if language == "zh-cn" else "English") in text
        # Not where the page happens to be served, but its own address.
        assert page.get_attribute("link[rel=canonical]", "href") in text
        assert page.title().split(" - ")[0] in text


def test_paper_says_where_links_to_other_sites_lead(visit_type: Callable[..., Any]) -> None:
    with visit_type() as reader:
        page = reader.go("en/type.html")
        page.emulate_media(media="print")
        after = {
            text: page.evaluate(
                """text => {
                  const links = [...document.querySelectorAll("article p a.reference")];
                  return getComputedStyle(links.find(a => a.textContent === text), "::after").content;
                }""",
                text,
            )
            for text in ("another site", "https://example.org/bare", "a part")
        }
        assert after == {
            "another site": '" (https://example.org/x)"',
            "https://example.org/bare": "none",
            "a part": "none",
        }


def test_a_page_can_be_put_on_paper(visit_hub: Callable[..., Any]) -> None:
    with visit_hub() as reader:
        reader.go("zh-cn/contribute/translate.html")
        document = reader.page.pdf(format="A4")
        assert document.startswith(b"%PDF-")
        # Code and headings that stay whole leave no page empty.
        assert 4 <= document.count(b"/Type /Page\n") <= 9
