"""Dates, names and sentences as a language writes them."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.dates import format_interval
from docutils import nodes

from sphinx_hub.community.directives.channels import language_name
from sphinx_hub.community.wording import filled, filled_nodes, listed
from sphinx_hub.i18n import name_key
from sphinx_hub.i18n.dates import written_date, written_range
from sphinx_hub.records import PartialDate

EN, ZH = Locale.parse("en"), Locale.parse("zh_CN")
SKELETONS = {"year": "y", "month": "yMMM", "day": "yMMMd"}


@pytest.mark.parametrize(
    ("when", "english", "chinese"),
    [
        ("2023", "2023", "2023年"),
        ("2023-01", "January 2023", "2023年1月"),
        ("2023-01-09", "January 9, 2023", "2023年1月9日"),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(when: str, english: str, chinese: str) -> None:
    date = PartialDate.parse(when)
    assert (written_date(date, EN), written_date(date, ZH)) == (english, chinese)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2023-04-18", "2023-04-20"),
        ("2023-01-09", "2023-02-10"),
        ("2023-12-30", "2024-01-02"),
        ("2023-02", "2023-05"),
        ("2023-11", "2024-01"),
        ("2022", "2024"),
    ],
)
@pytest.mark.parametrize("locale", ["en", "zh_CN", "zh_TW", "de", "ar"])
def test_a_range_is_written_as_cldr_has_it(start: str, end: str, locale: str) -> None:
    first, last = PartialDate.parse(start), PartialDate.parse(end)
    parts = written_range(first, last, Locale.parse(locale))
    expected = format_interval(first.first, last.first, SKELETONS[first.precision], locale=locale)
    assert "".join(part.text for part in parts) == expected
    assert [part.date for part in parts if part.date] == [first, last]


def test_dates_of_different_precision_are_written_in_full() -> None:
    parts = written_range(PartialDate.parse("2023"), PartialDate.parse("2023-05-02"), EN)
    assert "".join(part.text for part in parts) == "2023\u2009–\u2009May 2, 2023"


def test_a_range_of_one_day_is_a_date() -> None:
    day = PartialDate.parse("2023-05-02")
    assert [part.text for part in written_range(day, day, EN)] == ["May 2, 2023"]


def test_chinese_names_are_sorted_by_pinyin() -> None:
    names = ["知乎", "百姓 AI", "Datawhale", "飞桨", "和鲸", "ERNIE", "Ａ站"]
    ordered = sorted(names, key=lambda name: name_key(name, ZH))
    assert ordered == ["Ａ站", "百姓 AI", "Datawhale", "ERNIE", "飞桨", "和鲸", "知乎"]


def test_other_names_are_sorted_without_case() -> None:
    names = ["datawhale", "Baixing", "BAAI", "Zhihu", "paddle"]
    assert sorted(names, key=lambda name: name_key(name, EN)) == [
        "BAAI",
        "Baixing",
        "datawhale",
        "paddle",
        "Zhihu",
    ]


@pytest.mark.parametrize(
    ("tag", "locale", "name"),
    [
        ("zh-Hans", EN, "Simplified Chinese"),
        ("zh-Hans", ZH, "简体中文"),
        ("en", ZH, "英语"),
        ("zh", EN, "Chinese"),
        ("pt-BR", EN, "Brazilian Portuguese"),
    ],
)
def test_languages_have_names(tag: str, locale: Locale, name: str) -> None:
    assert language_name(tag, locale) == name


def test_a_place_that_a_translation_invents_stays_as_it_is() -> None:
    assert filled("{name}: {nmae}", name="Zhihu") == "Zhihu: {nmae}"
    parts = filled_nodes("见 {date} {when}", date=nodes.Text("2023"))
    assert "".join(part.astext() for part in parts) == "见 2023 {when}"


@pytest.mark.parametrize(
    ("count", "english", "chinese"), [(1, "a", "a"), (2, "a and b", "a和b"), (3, "a, b, and c", "a、b和c")]
)
def test_things_are_listed_as_the_language_does(count: int, english: str, chinese: str) -> None:
    def text(locale: Locale) -> str:
        items = [nodes.Text(letter) for letter in "abc"[:count]]
        return "".join(part.astext() for part in listed(items, locale))

    assert (text(EN), text(ZH)) == (english, chinese)
