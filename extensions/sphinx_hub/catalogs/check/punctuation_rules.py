"""Chinese punctuation: full-width, paired, once, and at the end of a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.check.parts import HAN, OBJECT
from sphinx_hub.catalogs.text_safety import printable
from sphinx_hub.patterns import lazy
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_hub.catalogs.check.pair import Pair

_FULL: Final = {",": "，", ";": "；", ".": "。", "?": "？", "!": "！", ":": "："}
_HALF_WIDTH: Final = (
    lazy(rf"(?<=[{HAN}”」》）])[,;](?!\d)"),
    lazy(rf"(?<=[{HAN}”」》）])[?!](?![\w=\[(])"),
    lazy(rf"(?<=[{HAN}”」》）]):(?![\w/:)\\(])"),
    lazy(rf"(?<=[{HAN}”」》）])\.(?=\s|$|[{HAN}“「])"),
    lazy(rf"(?<=[{HAN}])[,;](?=[{HAN}])"),
)
#: Straight quotation marks around Chinese, and ASCII brackets that touch it on both their sides.
_QUOTES: Final = lazy(rf"(?<![A-Za-z0-9_=])\"[^\"{OBJECT}\n]*[{HAN}][^\"\n]*\"|(?<=[{HAN}])\"(?=[{HAN}])")
_SINGLE_QUOTES: Final = lazy(rf"(?<![A-Za-z0-9])'[{HAN}][^'\n]*'|(?<=[{HAN}])'[^'\n]*[{HAN}]'")
_BRACKETS: Final = lazy(rf"(?<=[{HAN}])\([^()]*[{HAN}][^()]*\)|\([^()]*[{HAN}][^()]*\)(?=[{HAN}])")
FULLWIDTH_ASCII: Final = lazy(r"[０-９Ａ-Ｚａ-ｚ＋＝＃＆＠％＿]+")
_DOUBLED: Final = lazy(
    r"，，|。。(?!。)|、、|；；|：：|！。|？。|。\.|(?<![.A-Za-z])\.。|，,|,，|。，|，。|、，|，、|、。|。、|；。|：。|。；|；，|,,|;;"
    r"|(?<![.。])\.\.(?![./\w])|。！|。？"
)
_STUTTER: Final = lazy(rf"([{HAN}]{{2,6}})\1")
_PARTICLES: Final = lazy(
    "的的(?!确)|了了(?!解)|是是(?![非否])|(?<![现存正所内潜实外旨現實])在在(?![线線场場世职職校读讀家此地意岗崗建野编編])|和和(?!气)|(?<!参)与与|将将(?![来军要])|从从(?!容)|把把|被被|(?<![因作成])为为|(?<!应)该该|(?<!合)并并|而而|或或"
)
_WORD_TWICE: Final = lazy(r"\b([A-Za-z]{2,})[ ]+\1\b")
#: Pairs of characters that Chinese repeats for good.
_REPEATED: Final = lazy(
    "一.|很多|许多|許多|好多|逐[个步一]|各种|多少|来来|哈哈|嘻嘻|谢谢|什么|越来|不断|[哔嗶]哩"
)
_PAIRS: Final = (
    ("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"), ("【", "】"), ("〈", "〉"),
)  # fmt: skip
#: Half-open intervals of mathematics.
_INTERVAL: Final = lazy(r"[(\[]\s*-?[\w.∞]+\s*[,，]\s*-?[\w.∞+]+\s*[)\]]")
_END: Final = lazy(r"[\s*_`”’」』）)\]】\"'~]+$")
#: The end of a source, and one that says something else.
_WRONG_END: Final = frozenset(((".", "："), (".", ":"), ("?", "。"), ("?", ".")))
#: In words: what is shorter is a title, a label or an answer, and may end as it likes.
_SHORT_QUESTION: Final = 6
_SHORT_SENTENCE: Final = 4
_SHORT_LABEL: Final = 3
_STOPS: Final = frozenset("。！？…；：.!?;:～~")


def half_width_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Punctuation beside Chinese is full-width."""
    if not pair.context.chinese:
        return
    text = _quoted_latin(pair.translation.text)
    for pattern in _HALF_WIDTH:
        if found := pattern.search(text):
            if found[0] == "." and text[found.end() : found.end() + 1] == ".":
                continue
            if found[0] == ":" and pair.context.markup == "plain":
                continue  # the label of a field, as many interfaces have it
            shown = printable(text[max(0, found.start() - 4) : found.end()].replace(OBJECT, "…"))
            yield Code.MESSAGE_HALF_WIDTH, f"{shown}: write {_FULL[found[0]]} after Chinese"
            return
    quotes = ("「…」", "『…』") if pair.context.traditional else ("“…”", "‘…’")
    for pattern, right in zip((_QUOTES, _SINGLE_QUOTES, _BRACKETS), (*quotes, "（…）"), strict=True):
        found = pattern.search(text)
        if found and found[0] not in pair.msgid:
            shown = printable(found[0].replace(OBJECT, "…"))
            yield Code.MESSAGE_HALF_WIDTH, f"{shown}: write {right} around Chinese"
            return


def _quoted_latin(text: str) -> str:
    """``text`` with each quotation that has no Chinese in it emptied."""
    return re.sub(rf"“[^”{HAN}]*”", "“”", text)


def full_width_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Digits and Latin letters are not full-width."""
    for found in FULLWIDTH_ASCII.finditer(pair.msgstr):
        if found[0] not in pair.msgid:
            yield Code.MESSAGE_FULL_WIDTH, f"{found[0]}: write it in ASCII"
            return


def end_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """A sentence ends as one."""
    if not pair.context.chinese or not re.search(f"[{HAN}]", pair.translation.text):
        return
    source, text = _END.sub("", pair.source.text), _END.sub("", pair.translation.text)
    if not source or not text:
        return
    last, wanted = text[-1], source[-1]
    if last in "、，,;；" and wanted not in ",;、，；":
        yield Code.MESSAGE_END, f"it ends with {last}, the source does not"
        return
    if (wanted, last) in _WRONG_END or (wanted == "." and last in "?？" and text[-2:-1] not in "?？"):
        yield Code.MESSAGE_END, f"it ends with {last}, the source with {wanted}"
        return
    if last in _STOPS or last == OBJECT or (last.isascii() and not last.isalnum()):
        return
    if pair.context.markup == "plain" and "。" not in text:
        return  # short texts of an interface do without
    if wanted == "." and not source.endswith("..") and _is_sentence(pair):
        yield Code.MESSAGE_END, "the full stop at the end is missing: 。"
    elif wanted == "?" and len(source.split()) >= _SHORT_QUESTION:
        yield Code.MESSAGE_END, "the question mark at the end is missing: ？"
    elif wanted == ":" and len(source.split()) >= _SHORT_LABEL:
        yield Code.MESSAGE_END, "the colon at the end is missing: ："


def _is_sentence(pair: Pair) -> bool:
    """Whether the source is a sentence, and no item of a list with a label of its own."""
    text = pair.source.text
    words = re.findall(r"[A-Za-z]+", text)
    abbreviated = re.search(r"\b(?:etc|Inc|Ltd|Co|al|e\.g|a\.m|p\.m|[A-Z])\.$", _END.sub("", text))
    if len(words) < _SHORT_SENTENCE or abbreviated:
        return False
    return not re.match(rf"\s*(?:[A-Z]\w*|{OBJECT})(?::|\s[-–—])\s", text)


def added_end_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """A text without a full stop gets none; projects differ in it."""
    source, text = _END.sub("", pair.source.text), _END.sub("", pair.translation.text)
    if source and text.endswith("。") and source[-1].isalnum():
        yield Code.MESSAGE_END_ADDED, "it ends with 。, the source without a full stop"


def pair_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Quotation marks and brackets come in pairs."""
    if not pair.context.chinese:
        return
    text, source = (_INTERVAL.sub("", parts.text) for parts in (pair.translation, pair.source))
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing) and source.count(opening) == source.count(closing):
            if closing == "’" and (text.count(closing) > text.count(opening)):
                continue  # an apostrophe
            mark = opening if text.count(opening) < text.count(closing) else closing
            yield Code.MESSAGE_UNPAIRED, f"{mark} is missing"
            return
    opened, closed = len(re.findall("[(（]", text)), len(re.findall("[)）]", text))
    if opened != closed and source.count("(") == source.count(")"):
        numbered = re.match(r"\s*[\w]{1,3}[)）]", text)
        if not numbered or opened != closed - 1:
            yield Code.MESSAGE_UNPAIRED, f"{'（' if opened < closed else '）'} is missing"
            return
    if opened == closed and text.count("（") != text.count("）"):
        yield Code.MESSAGE_UNPAIRED, "a full-width bracket is paired with a half-width one"
        return
    if text.count('"') % 2 and not source.count('"') % 2:
        yield Code.MESSAGE_UNPAIRED, 'a " is missing'
    elif text.count("[") != text.count("]") and source.count("[") == source.count("]"):
        yield Code.MESSAGE_UNPAIRED, f"{'[' if text.count('[') < text.count(']') else ']'} is missing"


def doubled_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Nothing stands twice by a slip."""
    text = pair.translation.text
    found = _DOUBLED.search(text)
    if found and found[0] not in pair.source.text and pair.context.chinese:
        yield Code.MESSAGE_DOUBLED, f"{found[0]} stands together"
        return
    if pair.context.chinese:
        for found in _STUTTER.finditer(text):
            if not _REPEATED.match(found[1]) and len(set(found[1])) > 1:
                yield Code.MESSAGE_DOUBLED, f"{found[1]} stands twice"
                return
        if found := _PARTICLES.search(text):
            yield Code.MESSAGE_DOUBLED, f"{found[0][0]} stands twice"
            return
    for found in _WORD_TWICE.finditer(text) if not pair.context.latin else ():
        if not re.search(rf"\b{found[1]}\s+{found[1]}\b", pair.source.text, re.IGNORECASE):
            yield Code.MESSAGE_DOUBLED, f"{found[1]} stands twice"
            return


def spacing_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """A space between Han and Latin; projects differ in it."""
    if pair.context.chinese and (
        found := re.search(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%][{HAN}]", pair.translation.text)
    ):
        yield Code.MESSAGE_SPACING, f"{found[0]}: put a space between Han and Latin"


PUNCTUATION_RULES: Final = (
    half_width_rule, full_width_rule, end_rule, added_end_rule, pair_rule, doubled_rule, spacing_rule,
)  # fmt: skip
