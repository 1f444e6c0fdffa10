"""Pseudo-locales: catalogs that translate every message into itself, accented, longer, and between marks.

A page built from them shows what no translator ever sees: visible text without marks. It also shows what
breaks when text grows by two fifths, or runs from right to left. Two territories are set aside for such
locales: XA for accents, XB for right-to-left (https://unicode.org/reports/tr35/#Unicode_Locale_Identifier,
"pseudo-locales").
"""

from __future__ import annotations

import gettext
import io
import json
import math
import re
import string
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from sphinx_hub.catalogs.compiled import DATA, SITE, catalog_folder, write_if_changed
from sphinx_hub.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

#: What stands around each translation: mathematical brackets, which no source and no markup uses.
OPENING: Final = "⟦"
CLOSING: Final = "⟧"
#: How much longer a translation is at least.
GROWTH: Final = 1.4

#: The domain of the interface, of Sphinx and of a project's own words for it.
_INTERFACE: Final = "sphinx"
_PSEUDO: Final = lazy(r"([a-z]{2,3})_X[AB]")
_VOWELS: Final = frozenset("aeiouAEIOU")
_FILLER: Final = "one two three four five six seven "


def _table(letters: str) -> Mapping[int, str]:
    """A table for `str.translate` that gives each ASCII letter its counterpart, and each vowel twice."""
    pairs = zip(string.ascii_letters, letters, strict=True)
    return {ord(letter): other * 2 if letter in _VOWELS else other for letter, other in pairs}


_ACCENTED: Final = _table("áƀçḋéƒĝĥíĵķļḿñöṕʠŕšţûṽŵẋýžÁƁÇḊÉƑĜĤÍĴĶĻḾÑÖṔǪŔŠŢÛṼŴẊÝŽ")
#: Each letter of the Hebrew block once, for the Latin one of its sound where there is one.
_HEBREW: Final = _table("אבכדעףגהיזקלמנופךרסטחםןצץת" * 2)

_URL: Final = r"(?:https?://|mailto:)[^\s<>⟦⟧]*[^\s<>⟦⟧.,;:!?)\]'\"*_~]"
_TAG: Final = r"<[A-Za-z/!?][^<>]*>"
_ENTITY: Final = r"&(?:\#\d+|\#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*);"
#: Python's two kinds and JavaScript's; the braces are those of attributes and substitutions too.
_PLACEHOLDER: Final = (
    r"%(?:\(\w+\))?[#0+-]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa%]|\{\{.*?\}\}|\$?\{[^{}\n]*\}".replace("#", r"\#")
)
_PLAIN: Final = lazy(rf"(?xs) {_TAG} | {_ENTITY} | {_URL} | {_PLACEHOLDER}")
_DESTINATION: Final = r"\s* (?: <[^<>\n]*> | (?:[^\s()<>\\]|\\.|\([^\s()]*\))* )"
_TITLE: Final = r"\s+ (?: \"(?:[^\"\\]|\\.)*\" | '(?:[^'\\]|\\.)*' | \((?:[^()\\]|\\.)*\) )"
_LABEL: Final = r"\[ (?:[^\[\]\\`]|\\.)+ \]"
#: MyST's inline markup, as far as its words are no text. https://myst-parser.readthedocs.io/en/latest/syntax/
_MYST: Final = lazy(
    rf"""(?xs)
      \\[!-/:-@\[-`{{-~]                                                        # an escaped character
    | \{{(?P<role>[\w:.+-]+)\}} (?P<ticks>`+) (?P<content>.+?) (?<!`)(?P=ticks)(?!`)
    | (?P<code>`+)(?!`) .+? (?<!`)(?P=code)(?!`)
    | \$\$ .+? \$\$ | \$(?![\s{{]) [^$]*? (?<!\s)\$(?!\d)
    | <[A-Za-z][A-Za-z\d+.-]*:[^\s<>]*> | {_TAG} | {_ENTITY}
    | !\[ (?P<alt>(?:[^\[\]\\]|\\.)*) (?=\]\(|\]\[[^\[\]]) (?P<of_image>)
    | (?P<tail>\] \( {_DESTINATION}) (?P<title>{_TITLE})? \s* \)
    | \]\[ [^\[\]]+ \]                                                          # the label of a reference
    | {_LABEL} (?:\[\])? (?![\[(])                        # perhaps a reference by its text, or a footnote's
    | {_URL} | {_PLACEHOLDER}
    """
)
_ELEMENT: Final = lazy(
    r"(?s)(?P<start>\s*<(?P<tag>[A-Za-z][\w-]*)(?:\s[^<>]*)?>)(?P<inner>.*\S.*)(?P<end></(?P=tag)\s*>\s*)"
)
_SUBSTITUTION: Final = lazy(r"\{\{.*?\}\}", re.DOTALL)
#: Of a role: a title before its target.
_TITLED: Final = lazy(r"(?s)(?P<title>.+?)(?P<target>\s*<[^<]*>)")
_EXPLAINED: Final = lazy(r"(?s)(?P<short>.*\()(?P<explanation>[^()]+)(?P<end>\)\s*)")
#: Roles whose content is text, and those whose content is code, where ``<`` begins no target.
_TEXT_ROLES: Final = frozenset(
    {"emphasis", "guilabel", "menuselection", "strong", "sub", "subscript", "sup", "superscript"}
)
_CODE_ROLES: Final = frozenset(
    {"code", "command", "file", "kbd", "literal", "math", "program", "raw", "regexp", "samp"}
)


def pseudo_text(message: str, *, rtl: bool = False, plain: bool = False) -> str:
    """The pseudo-translation of ``message``, MyST's inline markup: its words in other letters, between marks.

    Each ASCII letter becomes one with an accent, or with ``rtl`` a Hebrew one. Vowels stand twice and words
    are added at the end, until the text is longer by two fifths. Markup is kept to the letter, but for words
    that a reader sees: titles of links and roles, explanations of abbreviations, descriptions of images. Of a
    `plain` message only HTML, addresses and placeholders are markup.

    Text that becomes an attribute, as titles, explanations and descriptions do, has marks of its own. An
    empty message and one that is a substitution and nothing else come back as they are: the latter is a
    block, which marks would make a part of a paragraph. Those of an HTML element stand within it, for the
    same reason. Code and formulas that ``gettext_additional_targets`` makes messages change like text.
    """
    text = message.strip()
    if not text or (not plain and _SUBSTITUTION.fullmatch(text)):
        return message
    if element := _ELEMENT.fullmatch(message):
        inner = pseudo_text(element["inner"], rtl=rtl, plain=plain)
        return f"{element['start']}{inner}{element['end']}"
    start = message.index(text)
    letters = _HEBREW if rtl else _ACCENTED
    changed = _changed(text, _PLAIN if plain else _MYST, letters)
    missing = math.ceil(len(text) * GROWTH) - len(changed)
    if missing > 0:
        words = cycle(_FILLER.translate(letters))
        changed = f"{changed} {''.join(islice(words, max(missing - 1, 1))).rstrip()}"
    return f"{message[:start]}{OPENING}{changed}{CLOSING}{message[start + len(text) :]}"


def is_pseudo(locale: str) -> bool:
    """Whether ``locale`` is one of the pseudo-locales: ``en_XA``, ``ar_XB``."""
    return bool(_PSEUDO.fullmatch(locale))


def known_locale(locale: str) -> str:
    """The locale by whose rules dates, lists and plurals of ``locale`` are written, as CLDR has them.

    It is ``locale`` itself but for a pseudo-locale, of which Babel knows the language alone.
    """
    pseudo = _PSEUDO.fullmatch(locale)
    return pseudo[1] if pseudo else locale


def pseudo_catalogs(source: Path, target: Path, locale: str, *, rtl: bool = False) -> None:
    """Translate every template below ``source`` for ``locale``: ``<target>/<locale>/LC_MESSAGES/**/*.po``.

    The messages of conf.py and of the data files are plain text, all others MyST. Every message is current.
    Catalogs that no template stands behind are removed. That of the interface is :func:`pseudo_interface`'s.

    :raises ValueError: ``locale`` is no pseudo-locale, and its catalogs may be somebody's work.
    :raises babel.messages.pofile.PoFileError: a template cannot be read.
    """
    folder = _pseudo_folder(target, locale)
    written = {folder / f"{_INTERFACE}.po"}
    for path in sorted(source.rglob("*.pot")):
        domain = path.relative_to(source).with_suffix("").as_posix()
        if domain == _INTERFACE:
            continue
        plain = domain == SITE or domain.startswith(f"{DATA}/")
        catalog = _translated([path], locale, rtl=rtl, plain=plain)
        written.add(folder / f"{domain}.po")
        write_if_changed(folder / f"{domain}.po", _po_bytes(catalog, locale))
    for path in folder.rglob("*.po"):
        if path not in written:
            path.unlink()


def pseudo_interface(templates: Iterable[Path], target: Path, locale: str, *, rtl: bool = False) -> None:
    """Translate the strings of interfaces for ``locale``, from their templates.

    Writes into ``<target>/<locale>/LC_MESSAGES`` what a build loads: ``sphinx.po``, the project's own words
    for the interface, and ``sphinx.js``, those of them that stand in scripts, in the form of Sphinx's own.

    :raises ValueError: ``locale`` is no pseudo-locale.
    :raises babel.messages.pofile.PoFileError: a template cannot be read.
    """
    folder = _pseudo_folder(target, locale)
    catalog = _translated(templates, locale, rtl=rtl, plain=True)
    write_if_changed(folder / f"{_INTERFACE}.po", _po_bytes(catalog, locale))
    messages = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for message in catalog
        if any(path.endswith((".js", ".js.jinja")) for path, _line in message.locations)
    }
    table = {"locale": locale, "messages": messages, "plural_expr": catalog.plural_expr}
    script = f"Documentation.addTranslations({json.dumps(table, indent=1, sort_keys=True)});"
    write_if_changed(folder / f"{_INTERFACE}.js", script.encode())


def _translated(templates: Iterable[Path], locale: str, *, rtl: bool, plain: bool) -> Catalog:
    """One catalog of all messages of ``templates``, translated."""
    # Babel knows no plurals of a pseudo-locale, and writes no header of them.
    catalog = Catalog(
        locale=known_locale(locale),
        header_comment=f"# Pseudo-translations for {locale}, made from the templates.",
        language_team=locale,
        last_translator="sphinx-hub",
        fuzzy=False,
        charset="utf-8",
    )
    form_of: Callable[[int], int] = gettext.c2py(catalog.plural_expr)

    def translate(text: str) -> str:
        return pseudo_text(text, rtl=rtl, plain=plain)

    for path in templates:
        template = read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
        catalog.project, catalog.version = template.project, template.version
        # The same catalog whenever it is made.
        catalog.creation_date = catalog.revision_date = template.creation_date
        for message in template:
            if not message.id:
                continue
            translation: str | tuple[str, ...]
            if isinstance(message.id, str):
                translation = translate(message.id)
            else:
                singular, plural = map(translate, message.id)
                forms = [plural] * catalog.num_plurals
                forms[form_of(1)] = singular
                translation = tuple(forms)
            catalog.add(
                message.id,
                translation,
                locations=message.locations,
                flags=message.flags - {"fuzzy"},
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return catalog


def _po_bytes(catalog: Catalog, locale: str) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=79)
    known = f'"Language: {catalog.locale_identifier}\\n"'.encode()
    return buffer.getvalue().replace(known, f'"Language: {locale}\\n"'.encode(), 1)


def _pseudo_folder(target: Path, locale: str) -> Path:
    if not is_pseudo(locale):
        raise ValueError(f"{locale!r} is no pseudo-locale: its territory is neither XA nor XB")
    return catalog_folder(target, locale)


def _changed(text: str, markup: re.Pattern[str], letters: Mapping[int, str]) -> str:
    """``text`` in other letters, but for what ``markup`` finds."""
    parts, end = [], 0
    for match in markup.finditer(text):
        parts += [text[end : match.start()].translate(letters), _kept(match, letters)]
        end = match.end()
    return "".join([*parts, text[end:].translate(letters)])


def _kept(match: re.Match[str], letters: Mapping[int, str]) -> str:
    """A piece of markup as it is, with the words changed that a reader sees."""

    def marked(text: str) -> str:
        return f"{OPENING}{_changed(text, _PLAIN, letters)}{CLOSING}" if text.strip() else text

    match match.groupdict():
        case {"role": str(role), "content": str(content)}:
            start, end = match.start("content"), match.end("content")
            before, after = match.string[match.start() : start], match.string[end : match.end()]
            return f"{before}{_role_content(role, content, letters, marked)}{after}"
        case {"of_image": "", "alt": str(alt)}:
            return f"![{marked(alt)}"
        case {"tail": str(tail), "title": str(title)}:
            quoted = title.lstrip()
            space = title[: len(title) - len(quoted)]
            return f"{tail}{space}{quoted[0]}{marked(quoted[1:-1])}{quoted[-1]})"
    return match[0]


def _role_content(role: str, content: str, letters: Mapping[int, str], marked: Callable[[str], str]) -> str:
    if role in _CODE_ROLES:
        return content
    if titled := _TITLED.fullmatch(content):
        return f"{_changed(titled['title'], _PLAIN, letters)}{titled['target']}"
    if role in {"abbr", "abbreviation"} and (explained := _EXPLAINED.fullmatch(content)):
        short = _changed(explained["short"], _PLAIN, letters)
        return f"{short}{marked(explained['explanation'])}{explained['end']}"
    if role in _TEXT_ROLES or role in {"abbr", "abbreviation"}:
        return _changed(content, _PLAIN, letters)
    return content
