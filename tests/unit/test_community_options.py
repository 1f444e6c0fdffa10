"""The options of the directives, and the structured data of pages."""

from __future__ import annotations

import json

import pytest

from sphinx_hub.community.directives import DIRECTIVES
from sphinx_hub.community.jsonld import script_of
from sphinx_hub.community.options import OPTIONS, OptionError, columns, parse_options
from sphinx_hub.community.words import (
    ACHIEVEMENT_KINDS,
    AREA_NAMES,
    CHANNEL_KINDS,
    COLLABORATION_KINDS,
    COLLABORATION_STATUSES,
    KIND_HEADINGS,
    KIND_NAMES,
    PARTNER_KINDS,
    PARTNER_STATUSES,
    PERMALINKS,
    PERSON_ROLES,
)
from sphinx_hub.records import AREAS, KINDS
from sphinx_hub.records.validation import literal_values


@pytest.mark.parametrize(
    ("directive", "option", "value", "expected"),
    [
        ("partner-cards", "kind", "company, Lab", {"kind": ("company", "lab")}),
        ("partner-cards", "status", "active", {"status": ("active",)}),
        ("collaboration-timeline", "kind", "Fine-tuning event", {"kind": ("fine-tuning event",)}),
        ("achievement-cards", "area", "spaces", {"area": ("Spaces",)}),
        ("channel-list", "kind", "q&a", {"kind": ("Q&A",)}),
        ("channel-list", "language", "zh-Hans，en", {"language": ("zh-Hans", "en")}),
    ],
)
def test_filters_are_read_in_any_case(
    directive: str, option: str, value: str, expected: dict[str, tuple[str, ...]]
) -> None:
    choices, wrong = parse_options(directive, {option: value})
    assert wrong == []
    assert choices.filters == expected


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("kind", "film", "'film' is not allowed (allowed: video, blog, Q&A, social, research community)"),
        ("kind", "vidoe", "'vidoe' is not allowed: did you mean 'video'? (allowed: video,"),
        ("kind", "", "it has no value (allowed: video,"),
        ("ids", " , ", "it has no value"),
        ("sort", "names", "'names' is not allowed: did you mean 'name'? (allowed: name, date, kind)"),
        ("style", "table", "'table' is not allowed (allowed: list, cards, inline)"),
        ("limit", "0", "'0' is not a number from 1"),
        ("limit", "-2", "'-2' is not a number from 1"),
        ("columns", "5", "'5' is not a number from 1 to 4"),
        ("columns", "1 2", "'1 2' is neither one number from 1 to 4 nor four from 1 to 12"),
        ("columns", "1 2 3 13", "'1 2 3 13' has a number that is not from 1 to 12"),
        ("columns", "two", "'two' is neither one number"),
    ],
)
def test_a_wrong_value_is_told_with_those_allowed(option: str, value: str, message: str) -> None:
    choices, wrong = parse_options("channel-list", {option: value, "limit": "2"} | {option: value})
    assert len(wrong) == 1
    assert wrong[0].startswith(f"channel-list: option {option!r}: {message}")
    assert choices.limit == (None if option == "limit" else 2)


def test_what_has_no_status_is_not_sorted_by_it() -> None:
    assert parse_options("collaboration-timeline", {"sort": "Status"})[0].sort == "status"
    choices, wrong = parse_options("channel-list", {"sort": "status"})
    assert choices.sort is None
    assert wrong == [
        "channel-list: option 'sort': 'status' is not allowed (allowed: name, date, kind)",
    ]


def test_every_wrong_value_is_told_at_once() -> None:
    _, wrong = parse_options("channel-list", {"kind": "film", "sort": "age", "limit": "x"})
    assert len(wrong) == 3


def test_columns_are_narrow_on_phones() -> None:
    assert columns("3") == (
        "sd-row-cols-1",
        "sd-row-cols-xs-1",
        "sd-row-cols-sm-2",
        "sd-row-cols-md-2",
        "sd-row-cols-lg-3",
    )
    assert columns("1 1 6 12")[-1] == "sd-row-cols-lg-12"
    with pytest.raises(OptionError, match="neither"):
        columns("")


def test_each_directive_has_a_table_of_its_options() -> None:
    assert {directive.directive_name for directive in DIRECTIVES} == set(OPTIONS)
    for directive in DIRECTIVES:
        assert set(directive.option_spec or {}) == {
            option.name for option in OPTIONS[directive.directive_name]
        }
        assert all(option.allowed for option in OPTIONS[directive.directive_name])


@pytest.mark.parametrize(
    ("plural", "field", "words"),
    [
        ("partners", "kind", PARTNER_KINDS),
        ("collaborations", "kind", COLLABORATION_KINDS),
        ("achievements", "kind", ACHIEVEMENT_KINDS),
        ("achievements", "area", AREA_NAMES),
        ("channels", "kind", CHANNEL_KINDS),
        ("people", "roles", PERSON_ROLES),
    ],
)
def test_every_value_of_the_data_has_a_word(plural: str, field: str, words: dict[str, str]) -> None:
    assert set(words) == set(literal_values(KINDS[plural].model_fields[field].annotation))


def test_statuses_areas_and_kinds_have_words() -> None:
    assert set(PARTNER_STATUSES) == {"active", "past", "unknown"}
    assert set(COLLABORATION_STATUSES) == {"upcoming", "ongoing", "completed", "unknown"}
    assert tuple(AREA_NAMES) == AREAS
    assert set(KIND_HEADINGS) == set(KINDS)
    assert set(KIND_NAMES) == set(PERMALINKS) == {model.kind_name for model in KINDS.values()}


def test_nothing_in_structured_data_ends_its_script() -> None:
    data = {"name": "</script><script>alert('&')</script>\u2028\u2029"}
    script = script_of(data)
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside) == data
