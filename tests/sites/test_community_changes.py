"""What a small site reads anew after a change, and what it says when something is wrong."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

# 1 June 2024 and 1 February 2030: before and during the course of the data.
BEFORE, DURING = "1717200000", "1896134400"


@pytest.fixture(scope="module")
def changing(small_site: Callable[..., Any]) -> Any:
    """A site that was built; each test makes one change and builds it again."""
    site = small_site("test-community", SOURCE_DATE_EPOCH=BEFORE)
    assert site.build("zh_CN").warnings == ()
    return site


def test_nothing_is_read_when_nothing_changed(changing: Any) -> None:
    built = changing.build("zh_CN")
    assert (built.read, built.written) == (set(), set())


@pytest.mark.parametrize(
    ("kind", "old", "new", "readers"),
    [
        ("channels", "Recorded talks.", "Talks.", {"channels", "overview", "index"}),
        ("partners", "in 2016", "in 2015", {"partners", "events", "achievements", "overview", "guide/roles"}),
        ("achievements", "6B", "6b", {"achievements", "partners", "overview", "guide/roles"}),
    ],
)
def test_an_edit_of_the_data_reads_the_pages_that_show_it(
    changing: Any, kind: str, old: str, new: str, readers: set[str]
) -> None:
    changing.edit(f"docs/_data/{kind}.yaml", old, new)
    assert changing.build("zh_CN").read == readers


def test_an_edit_of_a_catalog_reads_the_pages_that_show_it(changing: Any) -> None:
    changing.edit("locale/zh_CN/LC_MESSAGES/_data/channels.po", 'msgstr "知乎"', 'msgstr "知乎问答"')
    built = changing.build("zh_CN")
    assert built.read == {"channels", "overview", "index"}
    assert "知乎问答" in built.text("channels.html")
    assert "知乎问答" in built.text("hub-records.html")


def test_pages_follow_a_record_that_moves(changing: Any) -> None:
    (changing.root / "docs/channels.md").rename(changing.root / "docs/elsewhere.md")
    changing.edit("docs/index.md", "channels\n", "elsewhere\n")
    built = changing.build("zh_CN", "-W", "--keep-going")
    assert built.warnings == ()
    assert "overview" in built.written - built.read
    assert built.page("overview").select('a[href="elsewhere.html#channel-wechat"]')


def test_a_new_day_reads_the_pages_whose_statuses_change(changing: Any) -> None:
    built = changing.build("zh_CN", environment={"SOURCE_DATE_EPOCH": DURING})
    assert built.read == {"events", "overview"}
    status = built.one("events", "#collaboration-llm-course .hub-badge")
    assert status.text == "进行中"
    assert json.loads(built.text("data/collaborations.json"))["collaborations"][2]["status"] == "ongoing"


# ---- what is wrong ----


@pytest.fixture(scope="module")
def wrong(small_site: Callable[..., Any]) -> Any:
    """A site in which much is wrong."""
    site = small_site("test-community", SOURCE_DATE_EPOCH=BEFORE)
    (site.root / "docs/plain.md").write_text(BAD, "utf-8")
    site.edit("docs/partners.md", "```{partner-cards}", "```{partner-cards}\n:limit: 2")
    site.edit("docs/_data/channels.yaml", "checked: 2024-05-01", "checked: 2024-05-41")
    return site.build("en", "-j", "2")


BAD = """\
# Plain

```{partner-cards}
:no-index:
:kind: companies
:sort: age
:limit: none
:columns: 7
:ids: datawhle, baixing-ai
```

See {hub:partner}`padle` and {hub:partner}`baixing-ai` and {hub:partner}`Paddle`.

```{achievement-cards}
:ids: chatglm
```

```{achievement-cards}
:ids: chatglm
```

```{channel-list}
:no-index:
:language: fr
```
"""


ASK = "give one of the two directives the option 'no-index'"
WARNINGS = {
    "docs/plain.md:3": [
        (
            "partner-cards: option 'kind': 'companies' is not allowed: did you mean 'company'? "
            "(allowed: company, community, lab, platform) [hub.option]"
        ),
        "partner-cards: option 'sort': 'age' is not allowed (allowed: name, date, kind) [hub.option]",
        "partner-cards: option 'limit': 'none' is not a number from 1 [hub.option]",
        "partner-cards: option 'columns': '7' is not a number from 1 to 4 [hub.option]",
        "partner-cards: there is no partner 'datawhle': did you mean 'datawhale'? [hub.unknown]",
    ],
    "docs/plain.md:12": [
        "there is no partner 'padle': did you mean 'paddlepaddle'? [hub.dangling]",
        "the partner 'baixing-ai' has no link: no page shows it [hub.dangling]",
    ],
    "docs/plain.md:14": [
        f"achievement-chatglm has its home in 'achievements' already: {ASK} [hub.duplicate]"
    ],
    "docs/plain.md:18": [
        f"achievement-cards: 'chatglm' has its home on this page already: {ASK} [hub.duplicate]"
    ],
    "docs/_data/partners.yaml:24": [
        "no page shows partner-baixing-ai, and others of its kind are shown [hub.homeless]"
    ],
}


@pytest.mark.parametrize("place", WARNINGS)
def test_warnings_name_their_place(wrong: Any, place: str) -> None:
    found = [
        line.removeprefix(f"{place}: WARNING: ") for line in wrong.warnings if line.startswith(f"{place}:")
    ]
    assert sorted(found) == sorted(WARNINGS[place])


def test_problems_of_the_data_are_told_once(wrong: Any) -> None:
    found = [line for line in wrong.warnings if "[hub.record]" in line]
    assert len(found) == 1
    assert re.match(r"docs/_data/channels\.yaml:11: WARNING: REC011 .*2024-05-41.* \[hub\.record\]", found[0])


def test_nothing_else_is_wrong(wrong: Any) -> None:
    others = [line for line in wrong.warnings if not re.search(r"\[hub\.\w+\]$", line)]
    assert others == []


def test_the_records_that_are_fine_are_shown_all_the_same(wrong: Any) -> None:
    cards = [card["id"] for card in wrong.page("channels").select(".hub-card")]
    assert cards == ["channel-bilibili", "channel-wechat"]


def test_a_list_without_records_says_so(wrong: Any) -> None:
    assert wrong.one("plain", ".hub-nothing").text == "There is nothing to show here at present."


def test_a_record_says_what_is_behind_its_source_and_what_is_not_translated(
    small_site: Callable[..., Any],
) -> None:
    site = small_site("test-community", SOURCE_DATE_EPOCH=BEFORE)
    before = site.build("zh_CN", "-W", "--keep-going", name="before")
    catalog = "locale/zh_CN/LC_MESSAGES/_data/partners.po"
    site.edit("docs/_data/partners.yaml", "people who learn AI together", "people who learn together")
    site.edit(
        catalog,
        'msgid "An open community of people who learn AI together."',
        "# outdated since 2024-05-01\n#, fuzzy\n"
        '#| msgid "An open community of people who learn AI together."\n'
        'msgid "An open community of people who learn together."',
    )
    site.edit(catalog, 'msgstr "百度于 2016 年开源的深度学习框架。"', 'msgstr ""')
    built = site.build("zh_CN", "-W", "--keep-going")
    (outdated,) = built.page("partners").select(".hub-outdated")
    assert outdated.get_text() == "一起学习人工智能的开放社区。"
    change = outdated.find_next_sibling()
    assert change is not None
    assert "2024-05-01" in change.get_text() or "2024年5月1日" in change.get_text()
    assert [tag.get_text() for tag in change.select("del")] == ["［删去： AI］"]
    marked = "#partner-paddlepaddle .hub-untranslated"
    assert built.one("partners", f"{marked} [lang=en]").get_text().startswith("A deep learning framework")
    assert before.page("partners").select(f".hub-outdated, {marked}") == []
