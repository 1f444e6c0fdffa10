"""The options of the directives: what each allows, what it means, and how wrong values are told.

The tables of options in the docs are made from :data:`OPTIONS`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, get_args

from sphinx_hub.records import (
    AREAS,
    AchievementKind,
    ChannelKind,
    CollaborationKind,
    CollaborationStatus,
    PartnerKind,
    PartnerStatus,
    PersonKind,
    PersonRole,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SORTS: Final = ("name", "date", "kind")
#: Those of a list that leads somewhere: to what one can still take part in.
TIMELINE_SORTS: Final = (*SORTS, "status")
STYLES: Final = ("list", "cards", "inline")

_MOST_COLUMNS: Final = 4
_GRID: Final = 12
_WIDTHS: Final = ("", "xs-", "sm-", "md-", "lg-")
# How many columns phones, small and large tablets and desktops get when one number is asked for.
_RESPONSIVE: Final = {1: (1, 1, 1, 1), 2: (1, 1, 2, 2), 3: (1, 2, 2, 3), 4: (1, 2, 3, 4)}


@dataclass(frozen=True)
class Option:
    """One option of a directive."""

    name: str
    allowed: str
    """The values allowed, in words, when ``values`` does not list them."""
    description: str
    values: tuple[str, ...] = ()
    """The values allowed, where they can be listed."""


@dataclass
class Choices:
    """The options of one directive after they were checked."""

    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Field -> the values of which a record must have one."""
    ids: tuple[str, ...] = ()
    sort: str | None = None
    limit: int | None = None
    columns: tuple[str, ...] = ()
    """sphinx-design's classes."""
    style: str = "list"


def _filter(name: str, values: tuple[str, ...], description: str) -> Option:
    return Option(name, "one or more of the values, with commas between", description, values)


_SORT: Final = Option(
    "sort",
    "one of the values",
    "The order: by name (in Chinese by pinyin), by date with the newest first, or by kind. "
    "Without it, the order of the file.",
    SORTS,
)
_TIMELINE_SORT: Final = Option(
    "sort",
    "one of the values",
    "The order: by name (in Chinese by pinyin), by date with the newest first, by kind, or by status: what "
    "is ongoing on top, then what is upcoming with the next first, then the others by date. "
    "Without it, the order of the file.",
    TIMELINE_SORTS,
)


def _common(sort: Option = _SORT) -> tuple[Option, ...]:
    return (
        Option("ids", "ids or aliases, with commas between", "Only these records, in this order."),
        sort,
        Option("limit", "a number from 1", "At most so many records."),
        Option(
            "columns",
            "1 to 4, or four numbers from 1 to 12 with spaces between",
            "How many stand side by side; four numbers are for phones, small and large tablets, and "
            "desktops.",
        ),
        Option(
            "no-index",
            "no value",
            "The page is not the home of these records: they get no anchor and no index entry here, and "
            "their titles link to their home.",
        ),
    )


#: The options of each directive, by its name.
OPTIONS: Final[Mapping[str, tuple[Option, ...]]] = {
    "partner-cards": (
        _filter("kind", get_args(PartnerKind), "Only partners of these kinds."),
        _filter("status", get_args(PartnerStatus), "Only partners with these statuses."),
        *_common(),
    ),
    "collaboration-timeline": (
        _filter("kind", get_args(CollaborationKind), "Only collaborations of these kinds."),
        _filter("status", get_args(CollaborationStatus), "Only collaborations with these statuses."),
        *_common(_TIMELINE_SORT),
    ),
    "achievement-cards": (
        _filter("kind", get_args(AchievementKind), "Only achievements of these kinds."),
        _filter("area", AREAS, "Only achievements of these areas."),
        *_common(),
    ),
    "channel-list": (
        _filter("kind", get_args(ChannelKind), "Only channels of these kinds."),
        Option(
            "language",
            "BCP 47 tags, with commas between",
            "Only channels in these languages; `zh` finds `zh-Hans` too.",
        ),
        *_common(),
        Option(
            "style",
            "one of the values",
            "Rows, cards, or names within a line. A line is never a record's home.",
            STYLES,
        ),
    ),
    "person-list": (
        _filter("kind", get_args(PersonKind), "Only people of these kinds."),
        _filter("role", get_args(PersonRole), "Only people with one of these roles."),
        *_common(),
    ),
}

#: The fields that filters compare; the others shape what is found.
FILTERS: Final = ("kind", "status", "area", "language", "role")


class OptionError(ValueError):
    """An option has a value that it does not allow; the message says which ones it does."""


def parse_options(directive: str, given: Mapping[str, str]) -> tuple[Choices, list[str]]:
    """Check the options ``given`` to ``directive``.

    :returns: what the good ones ask for, and a message for each that is wrong.
    """
    choices, wrong = Choices(), []
    for option in OPTIONS[directive]:
        if option.name not in given or option.name == "no-index":
            continue
        try:
            _apply(choices, option, (given[option.name] or "").strip())
        except OptionError as error:
            wrong.append(f"{directive}: option {option.name!r}: {error}")
    return choices, wrong


def _apply(choices: Choices, option: Option, value: str) -> None:
    if option.name in FILTERS:
        choices.filters[option.name] = _several(value, option.values)
    elif option.name == "ids":
        choices.ids = _several(value, ())
    elif option.name == "sort":
        choices.sort = _one_of(value, option.values)
    elif option.name == "style":
        choices.style = _one_of(value, STYLES)
    elif option.name == "limit":
        if not value.isdecimal() or int(value) < 1:
            raise OptionError(f"{value!r} is not {option.allowed}")
        choices.limit = int(value)
    elif option.name == "columns":
        choices.columns = columns(value)


def _several(value: str, allowed: Sequence[str]) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in re.split(r"[,，、]", value) if part.strip())
    if not parts:
        raise OptionError("it has no value" + (f" (allowed: {', '.join(allowed)})" if allowed else ""))
    return tuple(_one_of(part, allowed) for part in parts) if allowed else parts


def _one_of(value: str, allowed: Sequence[str]) -> str:
    for candidate in allowed:
        if candidate.casefold() == value.casefold():
            return candidate
    hint = did_you_mean(value, allowed)
    raise OptionError(f"{value!r} is not allowed{hint} (allowed: {', '.join(allowed)})")


def did_you_mean(wrong: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """``: did you mean 'x'?`` with the known name nearest to ``wrong``, or the empty string.

    A mapping says what to propose for each name.
    """
    pairs = known.items() if isinstance(known, Mapping) else ((name, name) for name in known)
    by_folded = {name.casefold(): proposed for name, proposed in pairs}
    close = difflib.get_close_matches(wrong.casefold(), by_folded, n=1)
    return f": did you mean {by_folded[close[0]]!r}?" if close else ""


def columns(value: str) -> tuple[str, ...]:
    """sphinx-design's classes for ``value``: one number, or one each for four widths of the screen.

    :raises OptionError: it is neither.
    """
    numbers = tuple(int(part) for part in value.split() if part.isdecimal())
    if len(numbers) != len(value.split()) or len(numbers) not in {1, 4}:
        raise OptionError(f"{value!r} is neither one number from 1 to 4 nor four from 1 to 12")
    if len(numbers) == 1:
        if numbers[0] not in _RESPONSIVE:
            raise OptionError(f"{value!r} is not a number from 1 to {_MOST_COLUMNS}")
        numbers = _RESPONSIVE[numbers[0]]
    if not all(1 <= number <= _GRID for number in numbers):
        raise OptionError(f"{value!r} has a number that is not from 1 to {_GRID}")
    return tuple(
        f"sd-row-cols-{width}{number}" for width, number in zip(_WIDTHS, (numbers[0], *numbers), strict=True)
    )
