"""The names below pages and on the page of the volunteers, built in the languages of a small site."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup

    from tests.sites.conftest import Built, SmallSite

ONE: Final = "locale/zh_CN/LC_MESSAGES/one.po"
PAGES: Final = ("index", "one", "deep/two", "untranslated", "native", "people")


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-credits")


@pytest.fixture(scope="module")
def simplified(site: SmallSite) -> Built:
    return site.build("zh_CN", "-W", "--keep-going").clean()


def credit(page: BeautifulSoup) -> list[str]:
    return [tag.get_text().strip() for tag in page.select(".hub-credits")]


def people(page: BeautifulSoup) -> list[tuple[str, str]]:
    """(name, what is said of it), in the order of the page."""
    return [
        (tag.get_text(" ", strip=True), " ".join(tag.find_next("dd").get_text(" ", strip=True).split()))  # type: ignore[union-attr]
        for tag in page.select(".hub-volunteers dt")
    ]


def test_a_translated_page_names_its_people_in_its_language(simplified: Built) -> None:
    assert credit(simplified.page("one")) == ["译者：张三、李四\u2003审校：王五"]
    assert credit(simplified.page("deep/two")) == ["译者：张三\u2003审校：李四"]


def test_the_line_stands_at_the_end_of_the_article_outside_the_search(simplified: Built) -> None:
    block = simplified.one("one", ".hub-credits")
    # Behind it stands only what is no part of the page's own text.
    behind = [str(tag["class"][0]) for tag in block.find_next_siblings()]
    assert set(behind) <= {"hub-feedback", "hub-print", "hub-copied"}
    assert block.find_parent("article") is not None
    assert "no-search" in block["class"]


def test_pages_that_are_not_translated_name_nobody(simplified: Built) -> None:
    assert [name for name in PAGES if credit(simplified.page(name))] == ["one", "deep/two"]


def test_each_language_has_its_own_names(site: SmallSite) -> None:
    assert credit(site.build("zh_TW", "-W", "--keep-going").clean().page("one")) == ["譯者：林小雨"]


def test_english_names_those_who_translated_into_it(site: SmallSite) -> None:
    english = site.build("en", "-W", "--keep-going").clean()
    assert {name: credit(english.page(name)) for name in PAGES if credit(english.page(name))} == {
        "native": ["Translators: Zhang San, Ann Example"]
    }


def test_an_address_is_on_no_page(site: SmallSite, simplified: Built) -> None:
    for path in simplified.output.rglob("*.*"):
        assert b"@example.org" not in path.read_bytes(), path
    assert site.root.is_dir()


def test_the_volunteers_stand_by_language_with_links_to_their_pages(simplified: Built) -> None:
    page = simplified.page("people")
    assert people(page) == [
        ("Ann Example", "翻译： 中文写的页面"),
        ("Zhang San", "翻译： 中文写的页面"),
        ("张三", "翻译： 第二页 、 第一页 、 _site.po"),
        ("李四", "翻译： 第一页 审校： 第二页"),
        ("王五", "审校： 第一页"),
        ("赵六", "翻译： Third page"),
        ("林小雨", "翻译： 第一页"),
    ]
    assert [(tag.name, tag.get_text(strip=True)) for tag in page.select("article .rubric")] == [
        ("h3", "English"), ("h3", "简体中文"), ("h3", "繁體中文（台灣）"),
    ]  # fmt: skip
    assert {str(tag["href"]) for tag in page.select(".hub-volunteers a")} == {
        "one.html", "deep/two.html", "native.html", "untranslated.html",
    }  # fmt: skip


@pytest.mark.parametrize(
    "builder", ["latex", "text", "man", "texinfo", "epub", "singlehtml", "dirhtml", "json"]
)
def test_other_builders_have_the_names_and_no_warning(site: SmallSite, builder: str) -> None:
    built = site.build("zh_CN", "-W", "--keep-going", builder=builder).clean()
    content = "".join(
        path.read_text("utf-8", errors="replace")
        for path in built.output.rglob("*")
        if path.is_file() and path.suffix in {".tex", ".txt", ".1", ".texi", ".xhtml", ".html", ".fjson"}
    )
    if builder == "json":
        content = content.encode().decode("unicode_escape")
    if builder not in {"man", "texinfo"}:  # these have the page of the index alone
        assert len(re.findall("译者", content)) >= 2
    assert "王五" in content


@pytest.fixture(scope="module")
def changing(small_site: Callable[..., SmallSite]) -> SmallSite:
    site = small_site("test-credits")
    site.build("zh_CN", "-W", "-j", "2").clean()
    return site


def test_a_new_name_writes_only_what_shows_it(changing: SmallSite) -> None:
    assert changing.build("zh_CN").clean().written == set()
    changing.edit(ONE, "# 李四 <li@example.org>, 2025.\n", "# 李四 <li@example.org>, 2025.\n# 孙七, 2026.\n")
    built = changing.build("zh_CN").clean()
    # Sphinx adds the page whose table of contents has them.
    assert (built.read, built.written) == (set(), {"index", "one", "people"})
    assert credit(built.page("one")) == ["译者：张三、李四、孙七\u2003审校：王五"]
    assert ("孙七", "翻译： 第一页") in people(built.page("people"))
    # A year more changes nothing that is shown.
    changing.edit(ONE, "# 孙七, 2026.", "# 孙七, 2026, 2027.")
    assert changing.build("zh_CN").clean().written == set()


def test_a_name_in_another_language_reaches_the_volunteers_alone(changing: SmallSite) -> None:
    changing.edit("locale/zh_TW/LC_MESSAGES/one.po", "# 林小雨", "# 陳八, 2025.\n# 林小雨")
    built = changing.build("zh_CN").clean()
    assert (built.read, built.written) == (set(), {"index", "people"})


def test_a_build_that_goes_on_is_the_one_that_begins_anew(changing: SmallSite) -> None:
    changing.edit(ONE, "# Reviewer: 王五 <wang@example.org>, 2025.\n", "")
    went_on = changing.build("zh_CN").clean()
    anew = changing.build("zh_CN", "-j", "4", name="anew").clean()
    for name in PAGES:
        assert went_on.text(f"{name}.html") == anew.text(f"{name}.html")


def test_a_misspelt_key_is_a_warning_with_its_line_at_every_build(
    small_site: Callable[..., SmallSite],
) -> None:
    site = small_site("test-credits")
    site.edit(ONE, "# Reviewer: 王五", "# Reveiwer: 王五")
    for _time in range(2):
        built = site.build("zh_CN")
        assert built.warnings == (
            f"{ONE}:5: WARNING: CRD001 unknown credit key 'Reveiwer': did you mean Reviewers? [hub.credits]",
        )
        # The name is where it was meant to be all the same.
        assert credit(built.page("one")) == ["译者：张三、李四\u2003审校：王五"]


def test_a_commit_adds_its_author_and_only_there(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-credits")
    (site.root / ".gitignore").write_text("_build\n")

    def commit(author: str) -> None:
        for arguments in (["add", "-A"], ["commit", "-q", "-m", "Change", f"--author={author}"]):
            subprocess.run(
                ["git", "-c", "user.name=C", "-c", "user.email=c@example.org", *arguments],
                cwd=site.root, env={**os.environ, "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z"}, check=True,
            )  # fmt: skip

    subprocess.run(["git", "init", "-q"], cwd=site.root, check=True)
    commit("Small Site maintainers <site@example.org>")
    assert credit(site.build("zh_CN").clean().page("one")) == ["译者：张三、李四\u2003审校：王五"]
    site.edit(ONE, "一些文字。", "若干文字。")
    commit("周九 <zhou@example.org>")
    built = site.build("zh_CN").clean()
    assert credit(built.page("one")) == ["译者：张三、李四、周九\u2003审校：王五"]
    assert credit(built.page("deep/two")) == ["译者：张三\u2003审校：李四"]
    site.edit("pyproject.toml", "[tool.sphinx-hub]\n", '[tool.sphinx-hub]\ncredits = "off"\n')
    silent = site.build("zh_CN").clean()
    assert credit(silent.page("one")) == []
    assert people(silent.page("people")) == []
    assert "还没有" in silent.page("people").select_one("article p").get_text()  # type: ignore[union-attr]
