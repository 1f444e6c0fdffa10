"""What a reader is told of the age of a text: marks, what changed, a note on top. Nothing else changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites.conftest import Built, SmallSite

SENTENCE = "Hyphen of an item."
TRANSLATION = "- 一项前的连字符"


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-text")


@pytest.fixture(scope="module")
def before(site: SmallSite) -> Built:
    return site.build("zh_CN", name="before").clean()


@pytest.fixture(scope="module")
def after(site: SmallSite, before: Built) -> Built:
    assert before.returncode == 0
    site.edit("docs/blocks.md", SENTENCE, "Hyphen of an important item.")
    return site.build("zh_CN", name="after").clean()


def test_a_page_that_is_complete_has_no_note(before: Built) -> None:
    page = before.page("blocks")
    assert not page.select(".hub-notice, .hub-outdated, .hub-untranslated, [aria-current] + .language-share")
    # The other language has no catalog of the page at all.
    assert {share.get_text() for share in page.select(".language-share")} == {"0%"}


def test_a_changed_source_keeps_its_translation_with_a_mark_and_what_changed(after: Built) -> None:
    text = after.one("blocks", ".hub-outdated")
    assert text.get_text() == TRANSLATION
    change = text.find_next_sibling("details")
    assert change is not None
    assert [tag.get_text() for tag in change.select("ins")] == ["［新增： important］"]
    words = change.select_one("[lang=en]")
    assert words is not None
    assert "Hyphen of an" in words.get_text()


def test_the_note_says_how_much_and_leads_to_the_catalog_and_the_original(after: Built) -> None:
    note = after.one("blocks", "aside.hub-notice")
    assert note["aria-label"] == "翻译状态"
    percent = re.search(r"占 (\d+)%。另有 1 处译文落后于原文。", note.get_text())
    assert percent is not None
    shares = {share.get_text() for share in after.page("blocks").select("[aria-current] + .language-share")}
    assert shares == {f"{percent[1]}%"}
    assert [link["href"] for link in note.select("a")][-1] == "../en/blocks.html"


def test_nothing_else_changes(before: Built, after: Built) -> None:
    texts = []
    for built in (before, after):
        page = built.page("blocks")
        for element in page.select(".hub-notice, .hub-change, .language-share"):
            element.decompose()
        texts.append(re.sub(r"\s+", " ", page.get_text()))
    assert texts[0] == texts[1]
    for name in ("index", "links", "design", "terms"):
        assert after.text(f"{name}.html") == before.text(f"{name}.html")


def test_an_untranslated_text_names_its_language(before: Built) -> None:
    marked = before.page("half").select("p.hub-untranslated > [lang=en]")
    assert [element.get_text() for element in marked] == [
        "The first sentence waits for a translator.",
        "The second sentence waits too.",
    ]


@pytest.mark.parametrize(("mode", "marks", "changes"), [("off", 0, 0), ("mark", 1, 0), ("diff", 1, 1)])
def test_the_settings_choose_what_is_shown(
    site: SmallSite, after: Built, mode: str, marks: int, changes: int
) -> None:
    assert after.returncode == 0
    table = (site.root / "pyproject.toml").read_text("utf-8")
    site.edit("pyproject.toml", "[tool.sphinx-hub]\n", f'[tool.sphinx-hub]\noutdated = "{mode}"\n')
    built = site.build("zh_CN", name=f"mode-{mode}").clean()
    (site.root / "pyproject.toml").write_text(table, "utf-8")
    page = built.page("blocks")
    assert (len(page.select(".hub-outdated")), len(page.select(".hub-change"))) == (marks, changes)


def test_a_guess_is_never_shown(site: SmallSite) -> None:
    po = "locale/zh_CN/LC_MESSAGES/half.po"
    text = (site.root / po).read_text("utf-8")
    entry = 'msgid "The first sentence waits for a translator."\nmsgstr ""'
    guess = f'#, fuzzy\n#| msgid "The first sentence."\n{entry[:-1]}猜测"'
    site.edit(po, entry, guess)
    built = site.build("zh_CN", name="guess").clean()
    (site.root / po).write_text(text, "utf-8")
    assert "猜测" not in built.text("half.html")


def test_builders_of_plain_text_say_it_in_a_line(site: SmallSite, after: Built) -> None:
    assert after.returncode == 0
    text = site.build("zh_CN", builder="text", name="text").clean().text("blocks.txt")
    assert TRANSLATION in text
    assert "此处译文对应的是更改前的内容" in text
    assert "important" not in text
