"""The language of a translation: that it is one, in the right script, and whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.check.parts import HAN, OBJECT
from sphinx_hub.catalogs.check.variants import SIMPLIFIED, TRADITIONAL
from sphinx_hub.catalogs.text_safety import printable
from sphinx_hub.patterns import lazy
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_hub.catalogs.check.pair import Pair

_HAN: Final = lazy(f"[{HAN}]")
#: Scripts that no Chinese text is written in. The middle dot and the long mark are used with Han too.
_OTHER_SCRIPT: Final = lazy(
    "[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\uff66-\uff9d]+"  # kana
    "|[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+"  # hangul
    "|[\u0400-\u052f]+|[\u0590-\u06ff\u0750-\u077f]+|[\u0900-\u097f]+|[\u0e01-\u0e5b]+"
)
_SCRIPTS: Final = (
    ("\u3041", "\u30ff", "Japanese"), ("\uff66", "\uff9d", "Japanese"), ("\u1100", "\u11ff", "Korean"),
    ("\u3131", "\u318e", "Korean"), ("\uac00", "\ud7a3", "Korean"), ("\u0400", "\u052f", "Cyrillic"),
    ("\u0590", "\u05ff", "Hebrew"), ("\u0600", "\u077f", "Arabic"), ("\u0900", "\u097f", "Devanagari"),
    ("\u0e01", "\u0e5b", "Thai"),
)  # fmt: skip
#: What UTF-8 read in another charset looks like.
_MOJIBAKE: Final = lazy(
    r"\?{4,}|"
    "\ufffd|锟斤拷|烫烫烫|屯屯屯|锘挎"
    "|[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}[\u0080-\uffff]"
    "|(?:[\u00c0-\u00ff][^\x00-\x7f\u3000-\uffef]?){4,}"
)
_HAN_MOJIBAKE: Final = lazy("[鍙鐨涓鏄浠绋鎴骞鍦鐢鏂缁璇锛銆]{3,}|銆[\u20ac€傚]|锛[宎屽]|鐨勶")
_INVISIBLE: Final = lazy(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U000e007f]"
)
_NO_BREAK: Final = lazy(f"(?<=[{HAN}，。、；：！？])[\u00a0\u202f\u2007](?=[{HAN}])")
#: Quoted text may be in any script: it is about that script.
_QUOTED: Final = lazy(
    r"“[^“”]*”|「[^「」]*」|『[^『』]*』|《[^《》]*》|‘[^‘’]*’|\"[^\"]*\"|（[^（）]*）|\([^()]*\)"
)
_SCRIPT_NAMES: Final = lazy("[繁正簡简][體体體]中?[文字]?|[漢汉]字|臺灣|香港|日本語|中華民國")

_STOP_WORDS: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "but",
        "by",
        "can",
        "cannot",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "more",
        "most",
        "must",
        "new",
        "no",
        "not",
        "of",
        "on",
        "only",
        "or",
        "our",
        "should",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "until",
        "use",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "without",
        "you",
        "your",
    ]
)
#: As many words without a capital make a text, and no name.
_PROSE: Final = 2
_FEW: Final = 6
_WORDS: Final = lazy(r"[A-Za-z]+(?:['’-][A-Za-z]+)*", re.ASCII)
_RUN: Final = lazy(r"[A-Za-z][A-Za-z'’-]*(?:[,;:]?[ ]+[A-Za-z][A-Za-z'’-]*){2,}[.!?。]?", re.ASCII)

#: What a program writes that translates, about the translation.
_MACHINE: Final = lazy(
    r"[（(【\[](?:译者?注|注意?|说明|翻译说明|備註|备注)[:：].*?(?:原文|译文|翻译|格式|术语|保留|翻譯).*?[）)】\]]"
    r"|(?:抱歉|对不起|很抱歉)[，,].{0,6}(?:无法|不能|没法)"
    r"|作为(?:一个|一名)?\s?(?:AI|人工智能|语言模型|大模型)"
    r"|[（(【](?:译文|翻译|机器翻译|机翻)[）)】]|(?:以下|下面)(?:是|为).{0,8}(?:翻译|译文)"
    r"|^(?:翻译|译文|中文翻译|翻译结果|译)[:：]|翻译如下[:：]?"
    r"|^(?:好的|当然|没问题)[，,！!。].{0,20}(?:翻译|译文)|希望.{0,8}(?:帮助|翻译)"
    r"|(?i:\bhere(?:'s| is) (?:the|your) (?:\w+ )?translation|^(?:sure|certainly|of course)[,!]"
    r"|\btranslat(?:ion|ed)(?: text)?:|\bas an ai\b|\bi(?:'m| am) sorry\b"
    r"|\bi can(?:not|'t) (?:translate|assist|help))"
    r"|^\s*\{\s*[\"“](?:translations?|text|msgstr|result|output|zh|译文|翻译)[\"”]\s*[:：]"
    r"|^\s*```|<\|?(?:im_start|im_end|endoftext|translation|think)\|?>|</think>|\[/?INST\]"
    r"|^(?:msgstr|Assistant|助手)\s*[:：]"
)
#: Characters for one English word: as many as this are strange, and so few are.
_LONG: Final = 2.6
#: In words: from here on, and up to here, the length of a translation says something.
_SENTENCE: Final = 9
_PARAGRAPH: Final = 40
#: In characters.
_PHRASE: Final = 16
_BRACKETED: Final = lazy(r"[（(][^（）()]*[）)]")
_SENTENCE_END: Final = lazy(r"[.!?](?=\s|$|[\"'”’)])|[。！？]")
_ABBREVIATION: Final = lazy(r"\b(?:e\.g|i\.e|etc|vs|cf|al|Dr|Mr|Ms|No|Fig|Inc|approx|[a-zA-Z])\.")


def untranslated_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """A translation is in its language, and not the source again, or half of it."""
    if not pair.context.locale or pair.context.locale.startswith("en"):
        return
    if _same(pair.msgid, pair.msgstr):
        if _is_prose(pair.source.text):
            yield Code.MESSAGE_SOURCE_LEFT, "the translation is the source again"
    elif pair.context.chinese and not _HAN.search(pair.translation.text):
        if _is_prose(pair.translation.text) and _is_prose(pair.source.text):
            yield Code.MESSAGE_SOURCE_LEFT, "there is no Chinese in the translation"
    elif pair.context.chinese and (run := _source_run(pair)):
        yield Code.MESSAGE_SOURCE_LEFT, f"{printable(run)!r} is not translated"


def _source_run(pair: Pair) -> str | None:
    """Words of the source that stand together in the translation, outside of quotations."""
    plain = _QUOTED.sub(OBJECT, pair.translation.text)
    for link in pair.translation.links:
        # The title of a page that is in the source's language.
        if any(link.text == other.text for other in pair.source.links):
            plain = plain.replace(link.text, OBJECT)
    source = " ".join(pair.source.text.split())
    for found in _RUN.finditer(plain):
        run = found[0].rstrip(".!?。")
        small = [word for word in _WORDS.findall(run) if word.islower() and len(word) > 1]
        if ":" in run or ";" in run:
            continue  # code, or what a program prints
        told = (run != found[0] and run[0].isupper()) or any(word in _STOP_WORDS for word in small)
        if run in source and len(small) >= _PROSE and told:
            return run
    return None


def _same(msgid: str, msgstr: str) -> bool:
    return _bare(msgid) == _bare(msgstr)


def _bare(text: str) -> str:
    return re.sub(r"[\s.。,，:：!！?？;；]+", " ", text).strip().casefold()


def _is_prose(text: str) -> bool:
    """Whether ``text`` has words that are translated: no mere names, code or commands."""
    if text.startswith(("Copyright", "©")):
        return False
    words = _WORDS.findall(re.sub(r"\S*[/@_=\\]\S*|\b\S+\.\S+\b|--?\w\S*|%\S+|\{\w*\}", " ", text))
    small = [word for word in words if word.islower() and len(word) > 1]
    stops = [word for word in small if word in _STOP_WORDS]
    if len(small) < _PROSE:
        return False
    return words[0][:1].isupper() or len(stops) >= _PROSE or (bool(stops) and len(words) > 2 * _PROSE)


def script_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """A Chinese translation is written in Han and Latin."""
    if not pair.context.chinese:
        return
    for found in _OTHER_SCRIPT.finditer(pair.msgstr):
        if any(character in pair.msgid for character in found[0]) or _quoted(found, pair.msgstr):
            continue
        name = next(name for first, last, name in _SCRIPTS if first <= found[0][0] <= last)
        yield Code.MESSAGE_SCRIPT, f"{printable(found[0])} is {name}"
        return


def _quoted(found: re.Match[str], text: str) -> bool:
    """Whether a word stands in quotation marks or brackets, or by itself: it is about that script then."""
    return any(match.start() < found.start() < match.end() for match in _QUOTED.finditer(text))


def variant_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """zh_CN is in Simplified characters, zh_TW in Traditional ones."""
    if not pair.context.chinese:
        return
    wrong, name = (SIMPLIFIED, "Simplified") if pair.context.traditional else (TRADITIONAL, "Traditional")
    found = [
        character for character in pair.translation.text if character in wrong and character not in pair.msgid
    ]
    if not found:
        return
    text = _SCRIPT_NAMES.sub("", _QUOTED.sub("", pair.translation.text))
    outside = [character for character in text if character in wrong and character not in pair.msgid]
    whole = pair.translation.text
    # Quoted words may be of the other script, a whole sentence of it is none.
    if outside or (len(found) > _FEW and len(found) * 4 > len(_HAN.findall(whole))):
        shown = "".join(dict.fromkeys(outside or found))
        yield Code.MESSAGE_VARIANT, f"{name} characters: {printable(shown)}"


def character_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """No character that shows a wrong charset, and none that nobody sees."""
    msgid, msgstr = pair.msgid, pair.msgstr
    if msgstr.isascii() and msgstr.isprintable() and "????" not in msgstr:
        return
    for pattern in (_MOJIBAKE, _HAN_MOJIBAKE):
        found = pattern.search(msgstr)
        if (
            found
            and found[0] not in msgid
            and (pair.context.chinese or pattern is not _MOJIBAKE or "\ufffd" in found[0])
        ):
            yield Code.MESSAGE_MOJIBAKE, f"{printable(found[0])} is text that was read in a wrong charset"
            return
    joined = pair.context.locale.partition("_")[0] not in {
        "zh",
        "ja",
        "ko",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "ru",
    }
    for character in dict.fromkeys(_INVISIBLE.findall(msgstr)):
        if character in msgid or (joined and character in "\u200c\u200d\u200e\u200f"):
            continue
        if character == "\u200d" and re.search("[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]\u200d", msgstr):
            continue  # emoji
        yield Code.MESSAGE_INVISIBLE, f"a character that nobody sees: U+{ord(character):04X}"
    if pair.context.chinese and (found := _NO_BREAK.search(msgstr)) and found[0] not in msgid:
        yield Code.MESSAGE_INVISIBLE, f"a blank that does not break, U+{ord(found[0]):04X}, beside Chinese"


def machine_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Nothing that a program says of its translation."""
    found = _MACHINE.search(pair.msgstr)
    if found and found[0] not in pair.msgid and not _speaks_of_it(found[0], pair.msgid):
        yield Code.MESSAGE_MACHINE, f"{printable(found[0])} is about the translation, and no part of it"
        return
    plain, source = " ".join(pair.msgstr.split()), " ".join(pair.msgid.split())
    rest = plain.replace(source, "", 1).strip(" .。:：-—/()（）")
    if (
        source in plain
        and len(_WORDS.findall(source)) > _PROSE
        and _is_prose(pair.source.text)
        and _HAN.search(rest)
    ):
        yield Code.MESSAGE_MACHINE, "the source stands in its translation"


def _speaks_of_it(found: str, msgid: str) -> bool:
    """Whether the source says the same: it may be about translations itself, or sorry."""
    lower = msgid.lower()
    if found.lstrip().startswith("```"):
        return msgid.lstrip().startswith("```")
    if re.match("[（(【\\[]", found):
        return bool(re.search(r"\bnote\b|\boriginal\b|\btranslat", lower))
    if "抱歉" in found or "对不起" in found or "sorry" in found.lower():
        return bool(re.search(r"sorry|unfortunately|apolog|regret|cannot|can't|unable|could not", lower))
    if "希望" in found:
        return "hope" in lower or "help" in lower
    return bool(re.search(r"translat|\bai\b|language model", lower))


def length_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """A translation is as long as one is: neither cut off nor continued by something else."""
    if not pair.context.chinese:
        return
    words = len(_WORDS.findall(pair.source.text))
    text = pair.translation.text
    han = len(_HAN.findall(text))
    latin = len(_WORDS.findall(text))
    if not words or not han:
        return
    sentences, given = _sentences(pair.source.text), _sentences(text)
    size = han + 1.5 * latin
    clauses = len(re.findall(r"[，；：,;:]|\ufffc", text))
    if words >= _SENTENCE and size < 0.5 * words:
        yield Code.MESSAGE_SHORT, f"{words} words became {han} characters: is a part missing?"
    elif words >= _SENTENCE and sentences > given and size < 0.8 * words and clauses < sentences:
        yield Code.MESSAGE_SHORT, f"{sentences} sentences became {given}: is a part missing?"
    elif size > _LONG * words and words < _PARAGRAPH:
        # What stands in brackets may explain a word.
        text = _BRACKETED.sub("", text)
        han = len(_HAN.findall(text))
        size = han + 1.5 * len(_WORDS.findall(text))
        if han >= _PHRASE and size > 4.2 * words + 6 and not pair.source.codes:
            yield Code.MESSAGE_LONG, f"{words} words became {han} characters: does something else follow?"
        elif given >= sentences + 2 and size > _LONG * words + 6:
            yield Code.MESSAGE_LONG, f"{sentences} sentences became {given}: does something else follow?"


def _sentences(text: str) -> int:
    ends = len(_SENTENCE_END.findall(_ABBREVIATION.sub("", text).replace("...", "").replace("…", "")))
    return max(1, ends)


LANGUAGE_RULES: Final = (
    untranslated_rule, script_rule, variant_rule, character_rule, machine_rule, length_rule,
)  # fmt: skip
