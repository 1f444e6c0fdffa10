"""People who have a record: their place, the links to it, the wall, and what follows a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites.conftest import Built, SmallSite

PEOPLE: Final = "docs/_data/people.yaml"
RECORDS: Final = """\
- id: zhang-san
  name: Zhang San the Translator
  native_name: 张 三丰
  aliases: [张三]
  roles: [translator]
  links: ["https://www.zhihu.com/people/zhang", "https://zhang.example.org/"]
  bio: Translates.
- id: lin
  name: Lin Xiaoyu
  native_name: 林小雨
  native_language: zh-Hant
- id: team
  name: The team
  kind: team
"""
PAGE: Final = """\
# Everybody

Thanks to {hub:person}`张三`.

```{volunteer-wall}
```

```{person-list}
```
"""


def with_people(copy: Callable[..., SmallSite]) -> SmallSite:
    """The small site of credits, with records of three people and a page that shows them."""
    site = copy("test-credits")
    site.edit("conf.py", '"sphinx_hub.i18n",', '"sphinx_hub.i18n", "sphinx_hub.community",')
    with (site.root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('exclude_patterns = ["_data"]\n')
    folder = site.root / "docs" / "_data"
    folder.mkdir()
    for plural in ("partners", "collaborations", "achievements", "channels"):
        (folder / f"{plural}.yaml").write_text("[]\n", "utf-8")
    (site.root / PEOPLE).write_text(RECORDS, "utf-8")
    (site.root / "docs" / "everybody.md").write_text(PAGE, "utf-8")
    site.edit("docs/index.md", "people\n", "people\neverybody\n")
    return site


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return with_people(small_site)


@pytest.fixture(scope="module")
def simplified(site: SmallSite) -> Built:
    return site.build("zh_CN", "-W", "--keep-going").clean()


def test_a_name_below_a_page_leads_to_its_person(simplified: Built) -> None:
    block = simplified.one("deep/two", ".hub-credits")
    assert block.get_text().strip() == "译者：张 三丰\u2003审校：李四"
    assert [(link["href"], link.get_text()) for link in block.select("a")] == [
        ("../everybody.html#person-zhang-san", "张 三丰")
    ]


def titles(built: Built) -> list[str]:
    """The names on the cards, without the signs of their permalinks."""
    return [str(title.contents[0].get_text()) for title in built.page("everybody").select(".hub-title")]


def test_a_name_is_that_of_the_readers_language_in_any_script(site: SmallSite, simplified: Built) -> None:
    assert titles(simplified) == ["张 三丰", "林小雨", "The team"]
    lin = simplified.one("everybody", "#person-lin .hub-title span[lang]")
    assert (lin.get_text(), lin["lang"]) == ("林小雨", "zh-Hant")
    english = site.build("en", "-W", "--keep-going").clean()
    assert titles(english) == ["Zhang San the Translator", "Lin Xiaoyu", "The team"]


def test_a_card_says_what_was_done_in_each_language(simplified: Built) -> None:
    card = simplified.one("everybody", "#person-zhang-san")
    facts = card.select_one(".hub-facts")
    assert facts is not None
    assert " ".join(facts.get_text(" ", strip=True).split()) == (
        "English 翻译： 中文写的页面 简体中文 翻译： 第二页 、 第一页 、 _site.po"
    )
    assert {link["href"] for link in facts.select("a")} == {"one.html", "deep/two.html", "native.html"}
    assert [(link.get_text(), link["aria-label"]) for link in card.select(".hub-links a")] == [
        ("知乎", "知乎：张 三丰"), ("example.org", "example.org：张 三丰"),
    ]  # fmt: skip
    assert simplified.one("everybody", "#person-team").select(".hub-facts, .hub-links, .hub-sources") == []


def test_the_wall_has_everybody_and_links_those_with_a_place(simplified: Built) -> None:
    bricks = simplified.page("everybody").select(".hub-wall > li")
    shown = {
        brick.select(".hub-name")[0].get_text(): (brick.a["href"] if brick.a else None) for brick in bricks
    }
    assert shown == {
        "Ann Example": None, "The team": "#person-team", "李四": None,
        "林小雨": "#person-lin", "王五": None, "张 三丰": "#person-zhang-san", "赵六": None,
    }  # fmt: skip
    assert all(image["alt"] == "" for brick in bricks for image in brick.select("img"))
    assert [brick.select_one(".hub-brick__languages") is None for brick in bricks].count(True) == 1


def test_a_role_shows_and_links_a_person(simplified: Built) -> None:
    link = simplified.page("everybody").select('article p a[href="#person-zhang-san"]')[0]
    assert link.get_text() == "张 三丰"


@pytest.mark.parametrize("builder", ["latex", "text", "epub", "singlehtml", "man"])
def test_other_builders_show_people_without_a_warning(site: SmallSite, builder: str) -> None:
    site.build("zh_CN", "-W", "--keep-going", builder=builder).clean()


def test_what_changes_reaches_the_pages_that_show_it_and_no_other(
    small_site: Callable[..., SmallSite],
) -> None:
    site = with_people(small_site)
    site.build("zh_CN", "-W", "-j", "2").clean()
    assert site.build("zh_CN", "-W").clean().written == set()
    site.edit(PEOPLE, "native_name: 张 三丰", "native_name: 张三丰")
    site.edit("locale/zh_CN/LC_MESSAGES/one.po", "王五", "王六")
    changed = site.build("zh_CN", "-W").clean()
    assert {"one", "deep/two", "people", "everybody"} <= changed.written
    assert "native" not in changed.written
    whole = site.build("zh_CN", "-W", "-E", name="whole").clean()
    for name in ("one", "deep/two", "people", "everybody"):
        assert changed.text(f"{name}.html") == whole.text(f"{name}.html")
