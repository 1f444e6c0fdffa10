"""The numbers of a text, in digits and in words, English and Chinese."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = re.compile(
    r"(?<![A-Za-z0-9_.])(?<![A-Za-z]-)(?<![A-Za-z]/)"
    r"(?P<prefix>[vV]?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)|\d+(?:\.\d+)*)"
    r"(?P<tag>(?:[-.]?(?:rc|alpha|beta|dev|post|a|b)\.?\d+)?)"
    r"(?:[ ]?(?P<unit>%|(?:[kKMGT]i?B|[kMG]?Hz|[mµn]?s|[kcm]?m|px|dpi)(?![A-Za-z]))|(?P<rest>[A-Za-z]*))"
)
#: What names a release before its number, beside a name in capitals.
_RELEASE: Final = re.compile(r"(?:\b[Vv]ersions?|\b[Rr]eleases?|\b[A-Z][\w.+#-]*)[ ]$")
#: Words that stand before a number and are no name of what has versions.
NO_NAMES: Final = frozenset((
    "About", "After", "All", "Appendix", "At", "Before", "Case", "Chapter", "Day", "Every", "Example",
    "Exercise",
    "Figure", "First", "Group", "Instance", "Item", "Keep", "Lesson", "Level", "Line", "Method", "Mode",
    "Node", "Note",
    "Option", "Over", "Page", "Part", "Phase", "Question", "Rank", "Scenario", "Section", "Stage",
    "Step", "Steps",
    "Table", "Task", "The", "Tier", "Type", "Unit", "Up", "Week", "With",
))  # fmt: skip
_NO_NAME: Final = re.compile(rf"\b(?:{'|'.join(sorted(NO_NAMES))})[ ]$")

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_ORDINALS: Final = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
_OTHER_WORDS: Final[dict[str, tuple[int, ...]]] = {
    "once": (1,), "twice": (2,), "thrice": (3,), "double": (2,), "doubles": (2,), "doubled": (2,),
    "triple": (3,),
    "both": (2,), "pair": (2,), "pairs": (2,), "couple": (2,), "twofold": (2,), "half": (50, 2, 1, 30),
    "halves": (2, 50),
    "halved": (2, 50), "quarter": (4, 25, 15), "quarters": (4, 75), "third": (3,), "thirds": (3,),
    "dozen": (12,),
    "dozens": (12, 10), "hundred": (100,), "hundreds": (100,), "thousand": (1000,), "thousands": (1000,),
    "million": (1_000_000, 100), "millions": (1_000_000, 100), "billion": (1_000_000_000, 10),
    "billions": (1_000_000_000, 10), "decade": (10,), "decades": (10,), "century": (100,), "daily": (1,),
    "hourly": (1,), "weekly": (7, 1), "fortnight": (14, 2), "midnight": (0, 24), "noon": (12,), "none": (0,),
    "no": (0,), "binary": (2,), "hexadecimal": (16,), "octal": (8,), "percent": (100,), "minute": (60,),
    "year": (12,), "quadruple": (4,), "quartet": (4,), "empty": (0,), "single": (1,), "never": (0,),
}  # fmt: skip
WORDS: Final[dict[str, tuple[int, ...]]] = {
    **{word: (value,) for value, word in enumerate(_ONES)},
    **{word: (10 * value,) for value, word in enumerate(_TENS, 2)},
    **{word: (value,) for value, word in enumerate(_ORDINALS)},
    **{f"{word[:-1]}ieth": (10 * value,) for value, word in enumerate(_TENS, 2)},
    **_OTHER_WORDS,
}
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december",
)  # fmt: skip
_MONTH: Final = re.compile(
    r"\b(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE: Final = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH.pattern}|{_MONTH.pattern.replace('name', 'other')}\s+\d"
)
_WORD: Final = re.compile(r"[A-Za-z]+")

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "兩": 2, "壹": 1, "贰": 2, "叁": 3, "双": 2, "雙": 2,
}  # fmt: skip
_SCALES: Final = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "萬": 10_000,
    "亿": 100_000_000,
    "億": 100_000_000,
}
_HAN_NUMBER: Final = re.compile(f"[{''.join(_DIGITS)}{''.join(_SCALES)}]+(?:点[零一二三四五六七八九]+)?")
_SCALED: Final = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(?:多|余|餘|几|來|来)?\s*([十百千万萬亿億]+)")


#: Chinese words that say a number without naming it.
_HAN_WORDS: Final[tuple[tuple[re.Pattern[str], tuple[float, ...]], ...]] = (
    (re.compile("半"), (50, 0.5, 1, 2, 30)),
    (re.compile("百分之百|百分百|完全|全部|满分|滿分"), (100,)),
    (re.compile("全天候|全天"), (24, 7)),
    (re.compile("倍"), (2,)),
    (re.compile("单个|單個|每"), (1,)),
)
_TWENTY: Final = 20
_THOUSAND: Final = 1000
#: What Chinese counts large numbers in: 万 and 亿.
_MYRIADS: Final = (1e4, 1e8)
_ENGLISH_SCALES: Final = {"t": 1e3, "k": 1e3, "m": 1e6, "b": 1e9}
_SCALED_ENGLISH: Final = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<scale>(?:thousand|million|billion|[kKMB])(?![A-Za-z]))"
)
_AFTERNOON: Final = re.compile(r"(\d{1,2})(?::\d\d)?\s*(?:p\.?m\b|PM\b)")


@dataclass(kw_only=True)
class Numbers:
    """The numbers of one text."""

    values: Counter[str] = field(default_factory=Counter)
    """Numbers in digits, as they are compared: without commas, zeros in front, or prefix."""
    versions: set[str] = field(default_factory=set)
    """Those of them that are numbers of releases."""
    units: dict[str, str] = field(default_factory=dict)
    """Number -> the unit that it has, where it has one."""
    written: dict[str, str] = field(default_factory=dict)
    """Number -> how it is written."""
    meant: set[str] = field(default_factory=set)
    """Numbers that the words of the text may stand for."""
    alternatives: dict[str, set[str]] = field(default_factory=dict)
    """Number -> others that say the same: 15 (亿) for 1.5 (billion)."""


def numbers_of(text: str) -> Numbers:
    """The numbers in ``text``, which is prose in English or Chinese."""
    numbers = Numbers()
    for found in _NUMBER.finditer(text):
        rest, unit = found["rest"] or "", found["unit"]
        if unit == "s" and re.fullmatch(r"\d{4}s", found[0]):
            rest, unit = unit, None  # a decade, and no seconds
        if rest and rest not in _ENDINGS and not found["prefix"]:
            continue  # a name: 3D, 4xx
        value = _value(found["digits"]) + found["tag"].lstrip("-.").lower()
        numbers.values[value] += 1
        numbers.written.setdefault(value, found[0].strip())
        if unit:
            numbers.units[value] = unit.replace("i", "") if unit.endswith("B") else unit
        if _is_version(found, value, text):
            numbers.versions.add(value)
        if rest == "s" and re.fullmatch(r"\d{4}", value):
            # "The 1990s" are the 90s of the 20th century.
            numbers.alternatives[value] = {str(int(value) % 100)}
            numbers.meant |= {str(int(value) // 100 + 1), str(int(value) % 100)}
    _add_words(text, numbers)
    return numbers


#: What may stand right behind the digits of a number.
_ENDINGS: Final = frozenset(("st", "nd", "rd", "th", "s", "x", "X", "am", "pm"))


def _is_version(found: re.Match[str], value: str, text: str) -> bool:
    """Whether a number is that of a release: by its form, or by the name before it."""
    if found["prefix"] or found["tag"] or value.count(".") > 1:
        return True
    before = text[: found.start()]
    named = bool(_RELEASE.search(before)) and not _NO_NAME.search(before)
    return not found["unit"] and ("." in value or named)


def _value(digits: str) -> str:
    plain = digits.replace(",", "")
    return str(int(plain)) if plain.isdecimal() else plain


def _add_words(text: str, numbers: Numbers) -> None:
    """Add what the words of ``text`` may mean, and the numbers that say the same as those in digits."""
    meant = {*_english_values(text), *_chinese_values(text)}
    for found in _SCALED_ENGLISH.finditer(text):
        value = float(found["number"]) * _ENGLISH_SCALES[found["scale"][0].lower()]
        same = {value, *(value / scale for scale in _MYRIADS)}
        meant |= same
        numbers.alternatives.setdefault(_value(found["number"]), set()).update(map(_shown, same))
    for hour in _AFTERNOON.findall(text):
        later = int(hour) + 12
        meant.add(later)
        numbers.alternatives.setdefault(_value(hour), set()).add(str(later))
    for digits in numbers.values:
        if digits.replace(".", "", 1).isdecimal() and float(digits) >= _THOUSAND:
            meant |= {float(digits) / scale for scale in (_THOUSAND, 1e6, 1e9, *_MYRIADS)}
    numbers.meant |= {_shown(number) for number in meant}


def _english_values(text: str) -> Iterator[float]:
    words = [word.lower() for word in _WORD.findall(text)]
    for word, following in pairwise([*words, ""]):
        values = WORDS.get(word, ())
        yield from values
        for value in values:
            # "twenty five" is a sum, "five hundred" a product.
            yield from (
                value + other if value >= _TWENTY > other else value * other
                for other in WORDS.get(following, ())
            )
    yield from (month_of(found["name"]) for found in _MONTH.finditer(text))


def _chinese_values(text: str) -> Iterator[float]:
    for number, scales in _SCALED.findall(text):
        yield round(float(number.replace(",", "")) * prod(_SCALES[sign] for sign in scales), 6)
    for numeral in _HAN_NUMBER.findall(text):
        yield from _han_values(numeral)
    for pattern, values in _HAN_WORDS:
        if pattern.search(text):
            yield from values


def _shown(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.6f}".rstrip("0")


def _han_values(text: str) -> set[int | float]:
    """The values that a run of Chinese numerals may have."""
    whole, _point, fraction = text.partition("点")
    values: set[int | float] = {_DIGITS[sign] for sign in whole if sign in _DIGITS}
    if all(sign in _DIGITS for sign in whole):
        values.add(int("".join(str(_DIGITS[sign]) for sign in whole)))
    total, section, digit = 0, 0, 0
    for sign in whole:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            continue
        scale = _SCALES[sign]
        if scale >= _MYRIADS[0]:
            total = (total + section + digit or 1) * scale
            section = 0
        else:
            section += (digit or 1) * scale
        digit = 0
    values.add(total + section + digit)
    if fraction:
        values.add(total + section + digit + float("0." + "".join(str(_DIGITS[sign]) for sign in fraction)))
    return values


def month_of(name: str) -> int:
    """The number of the month whose English name, or its first letters, is ``name``."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def dated_months(text: str) -> list[int]:
    """The months of the dates in ``text``: those whose name stands beside a number."""
    found = (match["name"] or match["other"] for match in _DATE.finditer(text))
    return [month_of(name) for name in found]
