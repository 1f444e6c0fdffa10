"""The role `ruby`: a word with how it is read, in a page and in its translations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites.conftest import SmallSite

DEEP: Final = "locale/zh_CN/LC_MESSAGES/deep/page.po"
WRITTEN: Final = "The words {ruby}`汉字(hànzì)` and {ruby}`漢（ㄏㄢˋ）字（ㄗˋ）`."
READ: Final = {
    "text": "汉字(hànzì)读作“{name}”，漢(ㄏㄢˋ)字(ㄗˋ)也是。",
    "latex": "汉字(hànzì)读作“{name}”，漢(ㄏㄢˋ)字(ㄗˋ)也是。",
}


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    site = small_site("test-origins")
    site.edit("docs/deep/page.md", "Words.", WRITTEN)
    site.edit(
        DEEP,
        'msgid "Words."\nmsgstr ""',
        f'msgid "{WRITTEN}"\n'
        'msgstr "{ruby}`汉字(hànzì)`读作“{ruby}`名(míng)字`”，{ruby}`漢（ㄏㄢˋ）字（ㄗˋ）`也是。"',
    )
    return site


def test_a_page_has_the_elements_of_html(site: SmallSite) -> None:
    english = site.build("en", "-W").clean()
    assert [str(tag) for tag in english.page("deep/page").select("article ruby")] == [
        "<ruby>汉字<rp>(</rp><rt>hànzì</rt><rp>)</rp></ruby>",
        "<ruby>漢<rp>(</rp><rt>ㄏㄢˋ</rt><rp>)</rp></ruby>",
        "<ruby>字<rp>(</rp><rt>ㄗˋ</rt><rp>)</rp></ruby>",
    ]


def test_a_translation_has_ruby_where_its_language_needs_it(site: SmallSite, run_module: Any) -> None:
    chinese = site.build("zh_CN", "-W").clean()
    page = chinese.page("deep/page")
    assert [str(tag) for tag in page.select("article ruby")][:2] == [
        # Voices are told that Latin letters on a Chinese page are a romanisation.
        '<ruby>汉字<rp>(</rp><rt lang="zh-Latn-pinyin">hànzì</rt><rp>)</rp></ruby>',
        '<ruby>名<rp>(</rp><rt lang="zh-Latn-pinyin">míng</rt><rp>)</rp></ruby>',
    ]
    # What is copied, and what a program reads of the page, is the text.
    assert page.select("article section > p")[-1].get_text().startswith("汉字读作“名字”，")
    checked = run_module(site.root, "sphinx_hub.cli", "check", DEEP)
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize("builder", READ)
def test_other_builders_have_the_reading_in_brackets(site: SmallSite, builder: str) -> None:
    built = site.build("zh_CN", "-W", builder=builder).clean()
    files = [path for path in built.output.rglob("*") if path.suffix in {".tex", ".txt"}]
    content = "".join(path.read_text("utf-8") for path in files)
    assert READ[builder].format(name="名(míng)字") in content


def test_a_word_without_a_reading_is_a_warning_with_its_line(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-origins")
    site.edit("docs/deep/page.md", "Words.", "The word {ruby}`汉字`.")
    built = site.build("en")
    (warning,) = built.warnings
    assert warning.startswith(
        "docs/deep/page.md:3: WARNING: ruby: '汉字' has no reading: write it in brackets"
    )
    assert warning.endswith("[hub.ruby]")
    assert "The word 汉字." in built.page("deep/page").get_text()
