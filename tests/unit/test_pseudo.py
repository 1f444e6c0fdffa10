"""Pseudo-locales: words change, markup stays, and every catalog is complete."""

from __future__ import annotations

import ast
import gettext
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sphinx
from babel.messages.pofile import read_po
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from sphinx_hub.catalogs.compiled import mo_bytes, read_catalog
from sphinx_hub.catalogs.emphasis import cjk_emphasis_plugin
from sphinx_hub.catalogs.markup_safety import excess, plain_excess
from sphinx_hub.catalogs.pseudo import (
    CLOSING,
    OPENING,
    is_pseudo,
    known_locale,
    pseudo_catalogs,
    pseudo_interface,
    pseudo_text,
)
from sphinx_hub.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
ASCII_LETTER = re.compile(r"[A-Za-z]")
#: Markup that stays to the letter, each in the middle of a sentence.
KEPT = (
    "`code span`",
    "``code ` span``",
    "{ref}`target`",
    "{hub:partner}`some-id`",
    "{term}`word`",
    "{kbd}`Ctrl`",
    "{math}`a <b>`",
    "<https://a.example/b>",
    "<mail@a.example>",
    "https://a.example/b?c=d",
    "<br>",
    '<span class="a">',
    "</span>",
    "<!-- comment -->",
    "&nbsp;",
    "&#x2013;",
    "{{ name }}",
    "$a_b$",
    "$$a_b$$",
    "[^note]",
    "[label]",
    "[label][]",
    "![picture]",
    "\\*",
    "\\[",
    "%s",
    "%d",
    "%5.2f",
    "%%",
    "%(name)s",
    "{name}",
    "{}",
    "{0!r}",
    "${name}",
    "\n",
)


def messages() -> Iterator[str]:
    """Every message of this site and of the small one with a page for each kind of markup."""
    for folder in (ROOT / "locale/zh_CN", ROOT / "tests/roots/test-text/locale/zh_CN"):
        for path in sorted(folder.rglob("*.po")):
            catalog = read_catalog(path, "zh_CN")
            assert not isinstance(catalog, Problem)
            yield from (message.id for message in catalog if isinstance(message.id, str) and message.id)


def site_parser() -> MarkdownIt:
    """MyST's parser with the extensions of this site and of the small one."""
    found: set[str] = set()
    for path in (ROOT / "conf.py", ROOT / "tests/roots/test-text/conf.py"):
        for statement in ast.parse(path.read_text("utf-8")).body:
            match statement:
                case ast.Assign(targets=[ast.Name(id="myst_enable_extensions")], value=value):
                    found |= set(ast.literal_eval(value))
    assert "substitution" in found
    return create_md_parser(MdParserConfig(enable_extensions=found), RendererHTML).use(cjk_emphasis_plugin)


def structure(tokens: Iterable[Token]) -> Iterator[tuple[str, ...]]:
    """What a message does, without its words."""
    for token in tokens:
        match token.type:
            case "text":
                continue
            case "inline":
                yield from structure(token.children or [])
            case "link_open":
                yield token.type, str(token.attrs["href"])
            case "image":
                yield token.type, str(token.attrs["src"])
            case "html_block":
                yield token.type, "".join(re.findall(r"<[^<>]*>", token.content))
            case "myst_role":
                target = re.fullmatch(r"(?s).*(<[^<>]*>)", token.content)
                yield token.type, token.meta["name"], target[1] if target else ""
            case _:
                yield token.type, token.content, token.markup


@pytest.mark.parametrize("rtl", [False, True])
def test_a_real_message_keeps_its_structure(rtl: bool) -> None:
    md, found = site_parser(), list(messages())
    for message in found:
        changed = pseudo_text(message, rtl=rtl)
        assert list(structure(md.parse(changed))) == list(structure(md.parse(message))), message
        assert changed.count(OPENING) == changed.count(CLOSING) > 0, message
    assert len(found) > 1000


@pytest.mark.parametrize("rtl", [False, True])
def test_no_safety_check_takes_it_for_an_attack(rtl: bool) -> None:
    md = site_parser()
    for message in messages():
        if not message.startswith("<"):  # HTML is no message that is parsed
            assert excess(message, pseudo_text(message, rtl=rtl), md, rtl=rtl) == (), message
        # Attributes and links of a page are plain text, and may hold what looks like markup.
        for plain in (False, True):
            changed = pseudo_text(message, rtl=rtl, plain=plain)
            assert plain_excess(message, changed, rtl=rtl) == (), message


@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize("rtl", [False, True])
def test_markup_stays_to_the_letter(kept: str, rtl: bool) -> None:
    changed = pseudo_text(f"before {kept} after", rtl=rtl)
    assert f" {kept} " in changed
    assert not ASCII_LETTER.search(changed.replace(kept, ""))


@pytest.mark.parametrize(
    ("markdown", "pattern"),
    [
        ("[text](page.md#part)", r"\[ţééẋţ\]\(page\.md#part\)"),
        ("[text](a(b)c.md)", r"\[ţééẋţ\]\(a\(b\)c\.md\)"),
        ("[text](<a b.md>)", r"\[ţééẋţ\]\(<a b\.md>\)"),
        ('[text](a.md "title")', r'\[ţééẋţ\]\(a\.md "⟦ţííţļéé⟧"\)'),
        ("[text](a.md 'title')", r"\[ţééẋţ\]\(a\.md '⟦ţííţļéé⟧'\)"),
        ("[text][label]", r"\[ţééẋţ\]\[label\]"),
        ("[**text**](a.md)", r"\[\*\*ţééẋţ\*\*\]\(a\.md\)"),
        ("![text](a.png)", r"!\[⟦ţééẋţ⟧\]\(a\.png\)"),
        ("![](a.png)", r"!\[\]\(a\.png\)"),
        ("![text][label]", r"!\[⟦ţééẋţ⟧\]\[label\]"),
        ("[![text](a.png)](b.md)", r"\[!\[⟦ţééẋţ⟧\]\(a\.png\)\]\(b\.md\)"),
        ("{ref}`text <label>`", r"\{ref\}`ţééẋţ <label>`"),
        ("{numref}`text %s <label>`", r"\{numref\}`ţééẋţ %s <label>`"),
        ("{guilabel}`text`", r"\{guilabel\}`ţééẋţ`"),
        ("{abbr}`text`", r"\{abbr\}`ţééẋţ`"),
        ("{abbr}`text (words)`", r"\{abbr\}`ţééẋţ \(⟦ŵööŕḋš⟧\)`"),
        ("[text](a.md){#text .c}", r"\[ţééẋţ\]\(a\.md\)\{#text \.c\}"),
        ("**text** _text_", r"\*\*ţééẋţ\*\* _ţééẋţ_"),
        ("text $5 text $6", r"ţééẋţ \$5 ţééẋţ \$6"),
        ("`text", r"`ţééẋţ"),
        ("text <3", r"ţééẋţ <3"),
    ],
)
def test_words_within_markup_change(markdown: str, pattern: str) -> None:
    assert re.fullmatch(f"⟦{pattern}( [^⟦⟧]+)?⟧", pseudo_text(markdown))


def test_every_ascii_letter_changes_to_one_letter() -> None:
    consonants = "BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
    for letter in consonants:
        for rtl in (False, True):
            other = pseudo_text(letter, rtl=rtl).strip("⟦⟧").split(" ")[0]
            assert len(other) == 1
            assert unicodedata.category(other)[0] == "L"
            assert unicodedata.is_normalized("NFC", other)
    assert ASCII_LETTER.search(pseudo_text("abcdefghijklmnopqrstuvwxyz" * 2)) is None


def test_right_to_left_text_is_hebrew_and_has_no_direction_marks() -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    changed = pseudo_text(alphabet + alphabet.upper(), rtl=True).strip("⟦⟧").split(" ")[0]
    assert {unicodedata.bidirectional(character) for character in changed} == {"R"}
    assert len(set(changed)) == 26
    assert not [character for character in changed if unicodedata.category(character) == "Cf"]


def test_a_message_grows_by_two_fifths_at_least() -> None:
    for message in messages():
        text = re.sub(r"<\w[^<>]*>|</\w+>", "", message)
        assert len(pseudo_text(message)) >= len(text) * 1.4, message


def test_the_text_grows_inside_too() -> None:
    assert "ááppééáá".replace("p", "ṕ") in pseudo_text("appea and more")


@pytest.mark.parametrize("message", ["", " ", "\n", "{{ name }}", " {{ name }} "])
def test_a_message_without_text_comes_back_as_it_is(message: str) -> None:
    assert pseudo_text(message) == message


def test_white_space_around_a_message_stays_outside() -> None:
    assert re.fullmatch(r"\n ⟦ŵ[^\n]*⟧ \n", pseudo_text("\n word \n"))


@pytest.mark.parametrize(
    ("message", "pattern"),
    [
        ("<p class='a'>text</p>", "<p class='a'>⟦ţééẋţ[^<]*⟧</p>"),
        ("<div><p>text</p></div>\n", "<div><p>⟦ţééẋţ[^<]*⟧</p></div>\n"),
        ("<b>text</b> text", "⟦<b>ţééẋţ</b> ţééẋţ[^<]*⟧"),
        ("<b></b>", "⟦<b></b>[^<]*⟧"),
    ],
)
def test_the_marks_of_an_html_element_stand_within_it(message: str, pattern: str) -> None:
    assert re.fullmatch(pattern, pseudo_text(message))


def test_numbers_and_code_are_marked_too() -> None:
    assert pseudo_text("42").startswith("⟦42")
    assert pseudo_text("`code`").startswith("⟦`code`")


def test_a_plain_message_has_html_and_placeholders_and_no_markup() -> None:
    message = "Made with <a href='b'>c</a> %(name)s, ${count} &amp; {x}: `word` [word](word) $word$"
    changed = pseudo_text(message, plain=True)
    for kept in ("<a href='b'>", "</a>", "%(name)s", "${count}", "&amp;", "{x}"):
        assert kept in changed
    assert "word" not in changed
    assert "%" not in pseudo_text("100 percent", plain=True)


def test_pseudo_locales_are_known_by_their_territory() -> None:
    assert [
        locale for locale in ("en_XA", "ar_XB", "zh_CN", "en", "sq_XK", "en-XA") if is_pseudo(locale)
    ] == [
        "en_XA",
        "ar_XB",
    ]
    assert known_locale("ar_XB") == "ar"
    assert known_locale("zh_CN") == "zh_CN"


TEMPLATE = r"""
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: Site 1\n"
"POT-Creation-Date: 2026-01-02 03:04+0000\n"
"Content-Type: text/plain; charset=UTF-8\n"

#. Said on the first page.
#: docs/index.md:3
msgid "Read [this](a.md)"
msgstr ""

#: docs/index.md:5
#, python-format
msgid "%(count)s page"
msgid_plural "%(count)s pages"
msgstr[0] ""
msgstr[1] ""

#: a.js:1
msgctxt "verb"
msgid "Close"
msgstr ""
"""


def test_catalogs_are_complete_and_current(tmp_path: Path) -> None:
    for name in ("index.pot", "deep/page.pot", "_site.pot", "_data/partners.pot"):
        (tmp_path / "pot" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pot" / name).write_text(TEMPLATE, "utf-8")
    stale = tmp_path / "locale/ar_XB/LC_MESSAGES/gone.po"
    stale.parent.mkdir(parents=True)
    stale.write_text("", "utf-8")
    pseudo_catalogs(tmp_path / "pot", tmp_path / "locale", "ar_XB", rtl=True)

    folder = tmp_path / "locale/ar_XB/LC_MESSAGES"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.po")}
    assert names == {"index.po", "deep/page.po", "_site.po", "_data/partners.po"}
    for name in names:
        catalog = read_catalog(folder / name, "ar_XB")
        assert not isinstance(catalog, Problem)
        found = [message for message in catalog if message.id]
        assert len(found) == 3
        for message in found:
            strings = [message.string] if isinstance(message.string, str) else message.string or [""]
            assert not message.fuzzy
            assert all(string.startswith(OPENING) for string in strings)
            assert not list(message.check(catalog))
        assert catalog.num_plurals == len(found[1].string or ()) == 6
        assert found[0].locations == [("docs/index.md", 3)]
    text = (folder / "index.po").read_text("utf-8")
    assert '"Language: ar_XB\\n"' in text
    assert "nplurals=6" in text
    assert text.count("](a.md)") == 2  # in the msgid, and in the msgstr
    assert (folder / "_site.po").read_text("utf-8").count("](a.md)") == 1
    assert (folder / "_data/partners.po").read_text("utf-8").count("](a.md)") == 1
    assert not re.search(r"(?m)^#, .*fuzzy", text)


def test_catalogs_are_the_same_whenever_they_are_made(tmp_path: Path) -> None:
    (tmp_path / "pot").mkdir()
    (tmp_path / "pot/index.pot").write_text(TEMPLATE, "utf-8")
    path = tmp_path / "locale/en_XA/LC_MESSAGES/index.po"
    pseudo_catalogs(tmp_path / "pot", tmp_path / "locale", "en_XA")
    before = path.read_bytes(), path.stat().st_mtime_ns
    pseudo_catalogs(tmp_path / "pot", tmp_path / "locale", "en_XA")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize("locale", ["zh_CN", "en", "../en_XA"])
def test_no_real_locale_is_written_over(locale: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no pseudo-locale"):
        pseudo_catalogs(tmp_path, tmp_path, locale)
    with pytest.raises(ValueError, match="no pseudo-locale"):
        pseudo_interface([], tmp_path, locale)


@pytest.mark.parametrize(("locale", "rtl"), [("en_XA", False), ("ar_XB", True)])
def test_interfaces_are_translated_for_templates_and_for_scripts(
    locale: str, rtl: bool, tmp_path: Path
) -> None:
    (tmp_path / "own.pot").write_text(TEMPLATE, "utf-8")
    sphinxs = Path(sphinx.__file__).parent / "locale/sphinx.pot"
    pseudo_interface([sphinxs, tmp_path / "own.pot"], tmp_path, locale, rtl=rtl)

    def changed(text: str) -> str:
        return pseudo_text(text, rtl=rtl, plain=True)

    folder = tmp_path / locale / "LC_MESSAGES"
    catalog = read_catalog(folder / "sphinx.po", locale)
    assert not isinstance(catalog, Problem)
    translation = gettext.GNUTranslations(io.BytesIO(mo_bytes(catalog)))
    assert translation.gettext("Next topic") == changed("Next topic")
    counted = catalog.get("%(count)s page")
    assert counted
    assert counted.string
    form_of = gettext.c2py(catalog.plural_expr)
    assert counted.string[form_of(1)] == changed("%(count)s page")
    assert counted.string[form_of(2)] == counted.string[form_of(40)] == changed("%(count)s pages")

    call = re.fullmatch(
        r"(?s)Documentation\.addTranslations\((.*)\);", (folder / "sphinx.js").read_text("utf-8")
    )
    assert call
    table = json.loads(call[1])
    assert table["locale"] == locale
    assert table["messages"]["Close"] == changed("Close")
    assert "Next topic" not in table["messages"]
    found = table["messages"]["Search finished, found one page matching the search query."]
    assert len(found) == (6 if rtl else 2)
    assert "${resultCount}" in found[-1]
    assert gettext.c2py(table["plural_expr"])(1) == (1 if rtl else 0)


def test_the_catalog_of_the_interface_is_left_to_its_own(tmp_path: Path) -> None:
    (tmp_path / "pot").mkdir()
    for name in ("index.pot", "sphinx.pot"):
        (tmp_path / "pot" / name).write_text(TEMPLATE, "utf-8")
    pseudo_interface([tmp_path / "pot/sphinx.pot"], tmp_path / "locale", "en_XA")
    path = tmp_path / "locale/en_XA/LC_MESSAGES/sphinx.po"
    before = path.read_bytes()
    pseudo_catalogs(tmp_path / "pot", tmp_path / "locale", "en_XA")
    assert path.read_bytes() == before
    assert path.with_name("index.po").is_file()


def test_every_string_of_the_scripts_of_sphinx_is_there(tmp_path: Path) -> None:
    template = Path(sphinx.__file__).parent / "locale/sphinx.pot"
    with template.open("rb") as file:
        messages_of_scripts = [
            message.id if isinstance(message.id, str) else message.id[0]
            for message in read_po(file)
            if any(path.endswith((".js", ".js.jinja")) for path, _line in message.locations)
        ]
    assert messages_of_scripts
    pseudo_interface([template], tmp_path, "en_XA")
    script = (tmp_path / "en_XA/LC_MESSAGES/sphinx.js").read_text("utf-8")
    assert all(json.dumps(message) in script for message in messages_of_scripts)
