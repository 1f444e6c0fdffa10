"""locale/glossary.tmx itself, and what load_glossary says of files that are wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from sphinx_hub.catalogs.glossary import GLOSSARY, PARTS_OF_SPEECH, Term, load_glossary, slugify
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from sphinx_hub.problems import Problem

ROOT: Final = Path(__file__).parents[2]

#: Simplified forms that Big5 happens to have as rare characters of their own, and so lets pass.
SIMPLIFIED_IN_BIG5: Final = frozenset("体机万与号礼无尽宁厂广云价优伙么适这")


@pytest.fixture(scope="module")
def terms() -> tuple[Term, ...]:
    settings = load_settings(ROOT)
    targets = [locale for locale in settings.locales if locale != settings.source_locale]
    loaded, problems = load_glossary(
        settings.catalogs_path / GLOSSARY, source=settings.source_locale, targets=targets
    )
    assert list(map(str, problems)) == []
    return loaded


def words(term: Term, locale: str) -> str:
    return term.translations[locale] + "".join(term.avoid.get(locale, ()))


def test_each_term_is_complete(terms: tuple[Term, ...]) -> None:
    assert len(terms) >= 80
    for term in terms:
        assert term.translations.keys() == {"zh_CN", "zh_TW"}
        assert all(term.translations.values())
        assert term.part_of_speech in PARTS_OF_SPEECH


def test_terms_stand_in_alphabetical_order(terms: tuple[Term, ...]) -> None:
    order = [term.term.casefold() for term in terms]
    assert order == sorted(order)


def test_zh_cn_has_no_traditional_character(terms: tuple[Term, ...]) -> None:
    wrong = [term.term for term in terms if not _fits(words(term, "zh_CN"), "gb2312")]
    assert wrong == []


def test_zh_tw_has_no_simplified_character(terms: tuple[Term, ...]) -> None:
    wrong = [
        term.term
        for term in terms
        if not _fits(words(term, "zh_TW"), "cp950") or SIMPLIFIED_IN_BIG5 & set(words(term, "zh_TW"))
    ]
    assert wrong == []


def _fits(text: str, encoding: str) -> bool:
    return text.encode(encoding, errors="replace").decode(encoding) == text


@pytest.mark.parametrize(
    ("term", "zh_cn", "zh_tw"),
    [
        ("token", "词元", "詞元"),
        ("agent", "智能体", "AI 代理"),
        ("dataset", "数据集", "資料集"),
        ("inference", "推理", "推論"),
        ("software", "软件", "軟體"),
        ("Transformer", "Transformer", "Transformer"),
    ],
)
def test_each_side_has_its_own_word(terms: tuple[Term, ...], term: str, zh_cn: str, zh_tw: str) -> None:
    found = {entry.term: entry.translations for entry in terms}[term]
    assert (found["zh_CN"], found["zh_TW"]) == (zh_cn, zh_tw)


def test_a_term_holds_all_that_its_unit_says(tmp_path: Path) -> None:
    unit = (
        '<tu><prop type="x-part-of-speech">noun</prop><note>A name &amp; more.</note>'
        '<tuv xml:lang="en"><seg>fine-tuning</seg></tuv>'
        '<tuv xml:lang="zh-CN"><seg>微调</seg></tuv>'
        '<tuv xml:lang="zh-TW"><prop type="x-avoid">微调</prop><seg>微調</seg></tuv></tu>'
    )
    (term,), problems = load(tmp_path, body(unit).encode())
    assert problems == ()
    assert (term.term, term.slug, term.line) == ("fine-tuning", "fine-tuning", 3)
    assert (term.part_of_speech, term.definition) == ("noun", "A name & more.")
    assert dict(term.translations) == {"zh_CN": "微调", "zh_TW": "微調"}
    assert dict(term.avoid) == {"zh_TW": ("微调",)}


@pytest.mark.parametrize(
    ("term", "slug"),
    [("log in", "log-in"), ("retrieval-augmented generation", "retrieval-augmented-generation"),
     ("café", "cafe"), ("C++ / C", "c-c"), ("词元", "")],
)  # fmt: skip
def test_slug(term: str, slug: str) -> None:
    assert slugify(term) == slug


HEADER: Final = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="phrase" o-tmf="tmx"'
    ' adminlang="en" srclang="en" datatype="plaintext"/>\n<body>\n'
)
EN: Final = '<tuv xml:lang="en"><seg>token</seg></tuv>\n'
CN: Final = '<tuv xml:lang="zh-CN"><seg>词元</seg></tuv>\n'
NOUN: Final = '<prop type="x-part-of-speech">noun</prop>\n'
TW: Final = '<tuv xml:lang="zh-TW"><seg>詞元</seg></tuv>\n'
AVOIDED: Final = TW.replace("<seg>", '<prop type="x-avoid">詞元</prop><seg>')
UNIT: Final = f"<tu>\n{EN}{CN}{TW}</tu>\n"


def body(units: str) -> str:
    """A glossary whose first unit starts in line 3."""
    return f"{HEADER}{units}</body></tmx>\n"


def unit(*lines: str) -> str:
    """A unit whose start tag stands alone in line 3, so that the first of ``lines`` is line 4."""
    return body("<tu>\n" + "".join(lines) + "</tu>\n")


def load(folder: Path, content: bytes) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    path = folder / GLOSSARY
    path.write_bytes(content)
    return load_glossary(path, source="en", targets=("zh_CN", "zh_TW"))


BOMB: Final = '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n'

BAD: Final[list[tuple[str, str | bytes, list[str]]]] = [
    ("empty file", "", ["1: GLO003"]),
    ("not XML", "<tmx>\n<body>\n</tmx>\n", ["3: GLO003"]),
    ("cut off", HEADER + "<tu>\n", ["4: GLO003"]),
    ("two roots", body("") + "<tmx/>\n", ["4: GLO003"]),
    ("not UTF-8", body("\n").encode() + "词元".encode("gb2312"), ["5: GLO003"]),
    ("UTF-16", body("").encode("utf-16"), ["1: GLO003"]),
    ("declared encoding", '<?xml version="1.0" encoding="GBK"?>\n' + body(""), ["1: GLO003"]),
    ("doctype with entities", BOMB + body("&b;"), ["1: GLO003"]),
    ("undefined entity", body("<tu>&b;</tu>\n"), ["3: GLO003"]),
    ("another root", "<tbx/>\n", ["1: GLO001"]),
    ("no header, no body", '<tmx version="1.4"/>\n', ["1: GLO001", "1: GLO001"]),
    ("two bodies", body("").replace("</tmx>", "\n<body/></tmx>"), ["4: GLO001"]),
    ("header lacks an attribute", body("").replace(' o-tmf="tmx"', ""), ["1: GLO001"]),
    ("another source language", body("").replace('srclang="en"', 'srclang="de"'), ["1: GLO001"]),
    ("unknown element", body("<tu>\n" + EN + CN + TW + "<tub/>\n</tu>\n"), ["7: GLO001"]),
    ("unknown attribute", unit(EN, CN, TW.replace("<seg>", '<seg x="1">')), ["6: GLO001"]),
    ("text outside an element", unit(EN, CN, TW, "stray\n"), ["3: GLO001"]),
    ("markup in a word", unit(EN, CN, TW.replace("詞元", "詞<b>元</b>")), ["6: GLO001"]),
    ("no language", unit(EN, CN, TW, "<tuv><seg>x</seg></tuv>\n"), ["7: GLO001"]),
    ("unknown language", unit(EN, CN, TW, TW.replace("zh-TW", "zh-HK")), ["7: GLO001"]),
    ("gettext's form of a language", unit(EN, CN, TW, TW.replace("zh-TW", "zh_TW")), ["7: GLO001"]),
    ("no word", unit(EN, CN, '<tuv xml:lang="zh-TW"/>\n'), ["6: GLO001"]),
    ("two words", unit(EN, CN, TW.replace("</tuv>", "<seg>x</seg></tuv>")), ["6: GLO001"]),
    ("unknown prop", unit('<prop type="x-gender">f</prop>\n', EN, CN, TW), ["4: GLO001"]),
    ("two notes", unit("<note>a</note>\n", "<note>b</note>\n", EN, CN, TW), ["5: GLO001"]),
    ("two parts of speech", unit(NOUN, NOUN, EN, CN, TW), ["5: GLO001"]),
    ("unknown part of speech", unit(NOUN.replace("noun", "nuon"), EN, CN, TW), ["4: GLO002"]),
    ("missing translation", unit(EN, CN), ["3: GLO004"]),
    ("missing term", unit(CN, TW), ["3: GLO002"]),
    ("empty unit", unit(), ["3: GLO002"]),
    ("empty word", unit(EN, CN, TW.replace("詞元", "")), ["6: GLO002"]),
    ("blank term", unit(EN.replace("token", "  "), CN, TW), ["4: GLO002"]),
    ("empty note", unit("<note/>\n", EN, CN, TW), ["4: GLO002"]),
    ("white space at an edge", unit(EN, CN.replace("词元", "词元 "), TW), ["5: GLO002"]),
    ("ideographic space at an edge", unit(EN, CN, TW.replace("詞元", "\u3000詞元")), ["6: GLO002"]),
    ("line break in a word", unit(EN, CN, TW.replace("詞元", "詞\n元")), ["6: GLO002"]),
    ("language twice", unit(EN, CN, TW, CN), ["7: GLO002"]),
    ("word to use and to avoid", unit(EN, CN, AVOIDED), ["6: GLO002"]),
    ("term without letters", unit(EN.replace("token", "…"), CN, TW), ["3: GLO002"]),
    ("term twice", body(UNIT + UNIT), ["8: GLO002"]),
    ("term twice in other letters", body(UNIT + UNIT.replace("token", "Token")), ["8: GLO002"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_file(tmp_path: Path, content: str | bytes, expected: list[str]) -> None:
    _terms, problems = load(tmp_path, content.encode() if isinstance(content, str) else content)
    assert [f"{problem.line}: {problem.code}" for problem in problems] == expected
    assert {problem.path.name for problem in problems} == {GLOSSARY}


def test_missing_file(tmp_path: Path) -> None:
    terms, problems = load_glossary(tmp_path / GLOSSARY, source="en", targets=("zh_CN",))
    assert terms == ()
    assert [str(problem.code) for problem in problems] == ["GLO003"]


def test_all_problems_come_at_once_and_whole_terms_stay(tmp_path: Path) -> None:
    second = EN.replace("token", "model")
    content = body(f"<tu>\n{EN}{CN}</tu>\n<tu>\n{second}{CN}{TW}</tu>\n<tu>\n{CN}{TW}</tu>\n")
    terms, problems = load(tmp_path, content.encode())
    assert [term.term for term in terms] == ["token", "model"]
    assert [f"{problem.line}: {problem.code}" for problem in problems] == ["3: GLO004", "12: GLO002"]
    assert "zh_TW" not in terms[0].translations


def test_the_example_in_the_docs_is_right(tmp_path: Path) -> None:
    page = (ROOT / "docs/contribute/glossary.md").read_text("utf-8")
    _before, _fence, rest = page.partition("```xml\n")
    example, _fence, _after = rest.partition("```")
    terms, problems = load(tmp_path, body(example).encode())
    assert problems == ()
    assert [term.term for term in terms] == ["key-value cache"]
