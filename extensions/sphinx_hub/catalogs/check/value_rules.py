"""What a translation must say as its source does: placeholders, numbers, versions, dates."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.check.numbers import Numbers, dated_months, numbers_of
from sphinx_hub.catalogs.check.parts import OBJECT, URL
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_hub.catalogs.check.pair import Pair

#: A conversion of Python's % operator and of C; one with a blank as its flag is more often prose.
_PERCENT: Final = re.compile(
    r"%(?:\(\w+\)|\d+\$)?[#0+-]*\d*(?:\.\d+)?(?:[hlLqjzt]{0,2})[diouxXeEfFgGcrsa](?![A-Za-z])"
)
_PERCENT_STRICT: Final = re.compile(
    r"%%|%(?:\(\w+\)|\d+\$)?[#0+-]*\d*(?:\.\d+)?(?:[hlLqjzt]{0,2})[diouxXeEfFgGcrsa]"
)
_NAMED: Final = re.compile(r"%\(\w+\)[#0+-]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]")
_BRACE: Final = re.compile(
    r"(?<![{$\\])\{(?:\w+(?:[.\[][\w.\[\]]*)?)?(?:![rsa])?(?::[^{}\s]*)?\}(?![`\ufffc])", re.ASCII
)
_SHELL: Final = re.compile(r"\$\{\w+\}", re.ASCII)


def placeholder_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Placeholders stay, and where they have no names, in their order."""
    msgid, msgstr = pair.msgid, pair.msgstr
    if pair.context.markup != "plain" and not pair.flags:
        # What stands in code or maths is compared as such.
        msgid, msgstr = pair.source.text, pair.translation.text
    strict = pair.context.markup == "plain" and any(
        flag in {"python-format", "c-format"} for flag in pair.flags
    )
    pattern = _PERCENT_STRICT if strict else _PERCENT
    for piece in _differing(pattern, msgid, msgstr, ordered=True):
        yield Code.MESSAGE_PLACEHOLDER, f"the placeholder {piece} differs between the two texts"
    for pattern in (_BRACE, _SHELL):
        for piece in _differing(pattern, msgid, msgstr, ordered=False):
            yield Code.MESSAGE_PLACEHOLDER, f"the placeholder {piece} differs between the two texts"


def _differing(pattern: re.Pattern[str], msgid: str, msgstr: str, *, ordered: bool) -> list[str]:
    wanted, given = pattern.findall(msgid), pattern.findall(msgstr)
    if wanted == given:
        return []
    if not wanted and not pattern.pattern.startswith(("%%", r"%(?:\(")):
        # Curly brackets of prose, unless they hold nothing but a name.
        given = [piece for piece in given if re.fullmatch(r"\{[a-z_]\w*\}", piece)]
        if not given:
            return []
    missing, added = Counter(wanted) - Counter(given), Counter(given) - Counter(wanted)
    if set(wanted) == {"{}"} and given == [f"{{{index}}}" for index in range(len(wanted))]:
        return []
    named = all(_NAMED.fullmatch(piece) or "$" in piece or piece == "%%" for piece in (*wanted, *given))
    if named or not ordered:
        # A named one may be said twice, or once where the source says it twice.
        pieces = sorted(set(wanted) ^ set(given))
        unnamed = [piece for piece in (*missing, *added) if piece == "{}"]
        return sorted({*pieces, *unnamed})
    if missing or added:
        return sorted({*missing, *added})
    return [f"{' '.join(wanted)} (in this order)"]


_PLACEHOLDER: Final = re.compile(r"\{\w*\}|%\(\w+\)\w|%\d\b", re.ASCII)


def number_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Numbers stay the same, in digits or in words."""
    if not pair.context.chinese or pair.msgid == pair.msgstr or not pair.msgid:
        return
    source, translation = (
        numbers_of(_PLACEHOLDER.sub(OBJECT, URL.sub(OBJECT, parts.text)))
        for parts in (pair.source, pair.translation)
    )
    missing = [value for value in source.values if not _is_said(value, source, translation, pair)]
    for value in missing:
        code = Code.MESSAGE_VERSION if value in source.versions else Code.MESSAGE_NUMBER
        yield code, f"{source.written[value]} is missing, or another number"
    if missing:
        return  # what is there instead is no second fault
    added = [value for value in translation.values if _is_added(value, source, pair)]
    for value in added[:1]:
        version = value in translation.versions and bool(source.versions)
        code = Code.MESSAGE_VERSION if version else Code.MESSAGE_NUMBER
        yield code, f"the source has no number {translation.written[value]}"
    if not added:
        yield from _unit_rule(pair, source, translation)


def _is_said(value: str, source: Numbers, translation: Numbers, pair: Pair) -> bool:
    """Whether the translation says the number ``value`` of its source, in whatever form."""
    said = translation.values.keys() | translation.meant
    text = pair.translation.text
    if value in said or source.alternatives.get(value, set()) & said or _one(value, text):
        return True
    # Within a name, as 8859 in ISO-8859, or in code that the translator made of it.
    within = rf"(?<![\d.]){re.escape(value)}(?!\.?\d)"
    return bool(re.search(within, text.replace(",", ""))) or any(
        value in code for code in pair.translation.codes
    )


def _is_added(value: str, source: Numbers, pair: Pair) -> bool:
    """Whether the number ``value`` of a translation is not in its source in any form."""
    # Chinese counts one and two where English has an article or a plural.
    if "次方" in pair.translation.text:
        return False  # a large number that English has a word for
    if value in {"1", "2"} or value in source.values or value in source.meant or value in pair.msgid:
        return False
    if dated_months(pair.source.text) and re.search(rf"(?<!\d){value}\s*月", pair.translation.text):
        return False  # what is wrong with a month, the rule of dates says
    return not any(value + zeros in source.meant for zeros in ("000", "0000", "00000000"))


def _unit_rule(pair: Pair, source: Numbers, translation: Numbers) -> Iterator[tuple[Code, str]]:
    """Units stay the same, in signs or in words."""
    for value, unit in source.units.items():
        other = translation.units.get(value)
        if value not in translation.values:
            continue
        if other and other.lower() != unit.lower():
            yield (
                Code.MESSAGE_NUMBER,
                f"{source.written[value]} has another unit: {translation.written[value]}",
            )
        elif unit == "%" and not other and not re.search("[％百成倍]|percent", pair.translation.text):
            yield Code.MESSAGE_NUMBER, f"{source.written[value]} lost its unit"
    for number, unit in _TIME.findall(pair.source.text):
        units = re.findall(rf"(?<!\d){number}\s*(?:个|個|多)?({_HAN_TIMES})", pair.translation.text)
        if units and not any(one in _TIMES[unit] for one in units):
            yield Code.MESSAGE_NUMBER, f"{number} {unit}s became {number} {units[0]}"


_TIMES: Final = {
    "second": ("秒",), "minute": ("分钟", "分鐘", "分"), "hour": ("小时", "小時", "时", "時", "钟头", "鐘頭"),
    "day": ("天", "日"), "week": ("周", "星期", "礼拜", "週", "禮拜"), "month": ("月",),
    "year": ("年", "周年", "岁"),
}  # fmt: skip
_HAN_TIMES: Final = "|".join(sorted((one for many in _TIMES.values() for one in many), key=len, reverse=True))
_TIME: Final = re.compile(rf"(?<![\d.])(\d+)[ -]({'|'.join(_TIMES)})s?\b")


def _one(value: str, text: str) -> bool:
    # "One", "the 1st" and "1 or more" are said in many ways.
    return value == "1" and bool(re.search("[一单單首第每各同另某最]|几|個|个", text))


_HAN_MONTHS: Final = dict(
    enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), 1)
)


def date_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Dates keep their month; their numbers are compared with the others."""
    if not pair.context.chinese:
        return
    months = dated_months(pair.source.text)
    if not months:
        return
    text = pair.translation.text
    given = {int(month) for month in re.findall(r"(\d{1,2})\s*月", text)}
    given |= {int(month) for month in re.findall(r"\d{4}[-/.](\d{1,2})(?!\d)", text)}
    given |= {number for number, name in _HAN_MONTHS.items() if re.search(rf"(?<!十){name}月", text)}
    given |= set(dated_months(text))
    if missing := set(months) - given:
        yield Code.MESSAGE_DATE, f"month {min(missing)} is missing, or another month"
    elif extra := given - set(months):
        yield Code.MESSAGE_DATE, f"month {min(extra)} is not in the source"


VALUE_RULES: Final = (placeholder_rule, number_rule, date_rule)
