"""Text of a built site that no translator ever saw: what stands outside the marks of a pseudo-locale.

In a site that is built from :mod:`sphinx_hub.catalogs.pseudo`, each translated message stands between marks.
Text without them is a hole: it reached the reader and never reached a catalog. Text is judged within its
closest block, since a message is the content of one block or of one attribute.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from babel import Locale

from sphinx_hub.catalogs.pseudo import CLOSING, OPENING, known_locale
from sphinx_hub.community.export import FOLDER
from sphinx_hub.i18n.states import UNTRANSLATED
from sphinx_hub.records import KINDS
from sphinx_hub.records.hub import text_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path


@dataclass(frozen=True, kw_only=True, order=True)
class Hole:
    """A text outside the marks."""

    page: Path
    selector: str
    """The element, as a CSS selector; behind it in brackets an attribute, or the path within JSON."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """What may stand outside the marks, and why."""

    pattern: str
    """A regular expression; what it finds is left out of account."""
    where: str = ""
    """Where it may stand: in an element, as ``tag``, ``.class``, ``#id`` or ``tag.class``, or in an attribute
    or under a key of JSON, as ``[name]``. Empty for everywhere."""
    reason: str


#: What needs no translation although it has letters, in every language.
ALLOWED: Final = (
    Allowed(
        pattern=".+",
        where="[alternateName]",
        reason="What a record is called in other languages: a string of JSON-LD cannot say in which.",
    ),
)

_INLINE: Final = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em"),
        *("font", "i", "img", "input", "ins", "kbd", "mark", "math", "q", "rp", "rt", "ruby", "s", "samp"),
        *("small", "span", "strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "use", "var", "wbr"),
    }
)
_VOID: Final = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img"),
        *("input", "link", "meta", "source", "track", "wbr"),
    }
)
#: Code and formulas are the same in every language; dates are written by CLDR's rules, not by translators.
_NO_TEXT: Final = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "time", "var"})
#: Where Sphinx puts formulas, for MathJax or as images.
_NO_TEXT_CLASSES: Final = frozenset({"math", "mjx-chtml", "MathJax"})
_ATTRIBUTES: Final = frozenset(
    {
        *("alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription"),
        *("aria-valuetext", "placeholder", "title"),
    }
)
_BUTTONS: Final = frozenset({"button", "reset", "submit"})
#: Of <meta>, by ``name`` or ``property``.
_META: Final = re.compile(
    r"(description|keywords|((og|twitter):([\w:]+:)?(title|description|site_name|alt)))"
)
#: Keys whose values are for people. https://schema.org/docs/full.html
_LINKED_KEYS: Final = frozenset(
    {
        *("abstract", "alternateName", "alternativeHeadline", "articleBody", "articleSection", "caption"),
        *("description", "disambiguatingDescription", "headline", "jobTitle", "keywords", "license", "name"),
        *("slogan", "text"),
    }
)
_RECORD_KEYS: Final = frozenset(name for model in KINDS.values() for name in text_fields(model))
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ATOM_TEXTS: Final = frozenset({"content", "rights", "subtitle", "summary", "title"})
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_URL: Final = re.compile(r"(?:https?|ftp|mailto):\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SIMPLE_NAME: Final = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)

_JS_TOKENS: Final = re.compile(
    r"""(?xs)
      /\*.*?\*/ | //[^\n]*
      # A regular expression, which begins where no value stands before it, may hold quotes.
    | (?<![\w)\]\s]) \s? / (?: \\. | \[ (?:\\.|[^\]\\\n])* \] | [^/\\\[\n] )+ /
    | (?P<quote>["'`]) (?P<text>(?:\\.|(?!(?P=quote)).)*) (?P=quote)
    """
)
#: A string before which one of these stands selects elements.
_JS_SELECTS: Final = re.compile(r"\b(?:querySelector|querySelectorAll|closest|matches)\(\s*\Z")

#: The value of ``aria-keyshortcuts``: names of keys, which WAI-ARIA fixes in English.
_JS_KEYS: Final = re.compile(r"(?:(?:Alt|Control|Meta|Shift)\+)*\S(?: (?:(?:Alt|Control|Meta|Shift)\+)*\S)*")


def allowed_in(tag: str) -> tuple[Allowed, ...]:
    """What may stand outside the marks in a site whose language is ``tag``: `ALLOWED`, and words of CLDR.

    :raises babel.UnknownLocaleError: CLDR does not know the language, and it is no pseudo-locale.
    """
    locale = Locale.parse(known_locale(tag.replace("-", "_")))
    names = "|".join(map(re.escape, {*locale.languages.values(), *locale.territories.values()}))
    joints = {
        joint
        for pattern in locale.list_patterns.values()
        for form in pattern.values()
        for joint in map(str.strip, re.split(r"\{\d\}", form))
        if joint
    }
    between = "|".join(map(re.escape, joints))
    return (
        *ALLOWED,
        Allowed(
            pattern=rf"\A(?:{names})(?:\s*(?:{between})\s*(?:{names}))*\Z",
            where=".hub-facts",
            reason="Names of languages and countries come from CLDR, not from a translator.",
        ),
        Allowed(pattern=rf"\A(?:{between})\Z", reason="What joins the items of a list comes from CLDR."),
    )


def holes_of_site(output: Path, tag: str, *, allowed: Sequence[Allowed] | None = None) -> list[Hole]:
    """Every hole of the site in ``output``, whose language is ``tag``: of its pages, its data and its feeds.

    Files below ``_static`` and ``_sources`` are no pages. ``allowed`` is what :func:`allowed_in` says unless
    something else is given.
    """
    if allowed is None:
        allowed = allowed_in(tag)
    holes = []
    for path in sorted(output.rglob("*")):
        relative = path.relative_to(output)
        if relative.parts[0] in {"_static", "_sources"} or not path.is_file():
            continue
        if path.suffix == ".html":
            holes += unmarked(path, tag=tag, allowed=allowed)
        elif path.suffix == ".json" and relative.parts[0] == FOLDER:
            holes += unmarked_records(path, allowed=allowed)
        elif path.suffix in {".xml", ".atom"}:
            holes += unmarked_feed(path, tag=tag, allowed=allowed)
    return holes


def unmarked(page: Path, *, tag: str, allowed: Sequence[Allowed] = ALLOWED) -> list[Hole]:
    """Every hole of an HTML page whose language is ``tag``, in the order of the page.

    Text in another language that is declared by ``lang`` is none, and neither is code, a date, an address
    that is shown as itself, or what may not be translated. A text that the build declared because it is not
    translated is one. A page that is not declared to be in ``tag`` is a hole itself.
    """
    judge = _Judge(page, allowed)
    judge.html(page.read_text("utf-8"), tag)
    return judge.holes


def unmarked_records(path: Path, *, allowed: Sequence[Allowed] = ALLOWED) -> list[Hole]:
    """Every hole of a JSON file of records, in the fields that hold human text."""
    judge = _Judge(path, allowed)
    judge.json(path.read_text("utf-8"), _RECORD_KEYS, "")
    return judge.holes


def unmarked_feed(path: Path, *, tag: str, allowed: Sequence[Allowed] = ALLOWED) -> list[Hole]:
    """Every hole of an Atom feed whose language is ``tag``; none of another kind of XML.

    :raises xml.etree.ElementTree.ParseError: the file is no XML.
    """
    judge = _Judge(path, allowed)
    root = ET.fromstring(path.read_bytes())  # noqa: S314 a file of our own build
    if root.tag == f"{_ATOM}feed":
        judge.atom(root, tag, "feed", root.get(_XML_LANG, tag))
    return judge.holes


def script_texts(script: Path) -> list[Hole]:
    """The string literals of a JavaScript file that a reader may see: those with words and a space.

    A script has its words from the page, where they are translated. Selectors of elements are no words,
    and neither are names of keys or a directive such as ``"use strict"``. The selector of a hole is its line.
    """
    source = script.read_text("utf-8")
    holes = []
    for token in _JS_TOKENS.finditer(source):
        text = token["text"]
        if text is None or text == "use strict" or _JS_KEYS.fullmatch(text):
            continue
        if _JS_SELECTS.search(source[: token.start()]):
            continue
        words = re.sub(r"\$\{[^{}]*\}", "", text)
        if re.search(r"[^\W\d_]\s+\S*[^\W\d_]", words):
            line = source.count("\n", 0, token.start()) + 1
            holes.append(Hole(page=script, selector=f"line {line}", text=text))
    return holes


@dataclass
class _Judge:
    """Gathers the holes of one file."""

    page: Path
    allowed: Sequence[Allowed]
    holes: list[Hole] = field(default_factory=list)

    def add(self, selector: str, text: str) -> None:
        """Note a hole."""
        self.holes.append(Hole(page=self.page, selector=selector, text=text))

    def whole(self, text: str, selector: str, places: AbstractSet[str]) -> None:
        """Note the holes of a text that is judged by itself."""
        for stretch in _outside(text, 0)[0]:
            if self.needs_marks(stretch, places):
                self.add(selector, stretch)

    def needs_marks(self, text: str, places: AbstractSet[str]) -> bool:
        """Whether a text that stands outside the marks is a hole: whether letters are left in it."""
        rest = _URL.sub("", text)
        for leave in self.allowed:
            if not leave.where or leave.where in places:
                rest = re.sub(leave.pattern, "", rest)
        return any(map(str.isalpha, rest))

    def html(self, content: str, tag: str, within: str = "") -> None:
        """Note the holes of a page, or of the part of one."""
        scanner = _Scanner(self, tag, within)
        scanner.feed(content)
        scanner.close()

    def json(self, content: str, keys: AbstractSet[str], selector: str) -> None:
        """Note the holes of the values of ``keys``, however deep they stand."""
        for path, key, text in _texts_of_json(json.loads(content), keys):
            self.whole(text, f"{selector}[{path}]", {f"[{key}]"})

    def atom(self, element: ET.Element, tag: str, selector: str, lang: str) -> None:
        """Note the holes of the elements of a feed within ``element``, whose language is ``lang``."""
        counts: Counter[str] = Counter()
        for child in element:
            name = child.tag.removeprefix(_ATOM)
            counts[name] += 1
            place = f"{selector} > {name}:nth-of-type({counts[name]})"
            own = child.get(_XML_LANG, lang)
            if name not in _ATOM_TEXTS:
                self.atom(child, tag, place, own)
            if own != tag:
                continue
            if "label" in child.attrib:
                self.whole(child.attrib["label"], f"{place}[label]", {name, "[label]"})
            if name not in _ATOM_TEXTS:
                continue
            match child.get("type", "text"):
                case "text":
                    self.whole(child.text or "", place, {name})
                case "html":
                    self.html(child.text or "", tag, place)
                case "xhtml":
                    parts = (ET.tostring(part, "unicode").replace("html:", "") for part in child)
                    self.html("".join(parts), tag, place)


def _outside(text: str, depth: int) -> tuple[list[str], int]:
    """The stretches of ``text`` that stand outside all marks, and how many are open at its end."""
    stretches, current = [], []
    for character in text:
        if character == OPENING:
            depth += 1
        elif character == CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            current.append(character)
            continue
        stretches.append("".join(current))
        current = []
    stretches.append("".join(current))
    return [" ".join(stretch.split()) for stretch in stretches if stretch.strip()], depth


def _texts_of_json(
    data: Any,  # noqa: ANN401 JSON
    keys: AbstractSet[str],
    path: str = "$",
    key: str = "",
) -> Iterator[tuple[str, str, str]]:
    """(path, key, text) of every string that is a value of ``keys``, or stands in a list that is one."""
    match data:
        case str() if key in keys:
            yield path, key, data
        case list():
            for index, item in enumerate(data):
                yield from _texts_of_json(item, keys, f"{path}[{index}]", key)
        case dict():
            for name, value in data.items():
                yield from _texts_of_json(value, keys, f"{path}.{name}", name)


@dataclass(kw_only=True)
class _Element:
    """An element that is open."""

    tag: str
    selector: str
    names: AbstractSet[str]
    """By which `Allowed.where` finds it."""
    foreign: bool
    """In another language than the page, or not to be translated."""
    no_text: bool
    """Its text is no text in any language."""
    untranslated: bool
    linked_data: bool
    href: str
    block: _Block
    children: Counter[str] = field(default_factory=Counter)


@dataclass
class _Block:
    """A block, and how many marks are open in it."""

    depth: int = 0


class _Scanner(HTMLParser):
    """Goes through a page once and gathers its holes."""

    def __init__(self, judge: _Judge, tag: str, within: str) -> None:
        super().__init__(convert_charrefs=True)
        self._judge, self._tag = judge, tag
        root = _Element(
            tag="",
            selector=within,
            names=frozenset(),
            foreign=False,
            no_text=False,
            untranslated=False,
            linked_data=False,
            href="",
            block=_Block(),
        )
        self._open = [root]
        self._linked_data = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = self._element(tag, attributes)
        if tag == "html" and attributes.get("lang") != self._tag:
            self._judge.add("html[lang]", attributes.get("lang", ""))
        if not element.foreign:
            places = self._places() | element.names
            for name, value in attributes.items():
                if _is_text(tag, name, attributes):
                    self._judge.whole(value, f"{element.selector}[{name}]", {*places, f"[{name}]"})
        if tag not in _VOID:
            self._open.append(element)
        self._linked_data = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        # HTML heeds the slash within SVG and MathML alone.
        if tag not in _VOID and any(element.tag in {"svg", "math"} for element in self._open):
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._linked_data:
            self._judge.json(self._linked_data, _LINKED_KEYS, self._open[-1].selector)
            self._linked_data = ""
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        element = self._open[-1]
        if element.linked_data:
            self._linked_data += data
            return
        stretches, element.block.depth = _outside(data, element.block.depth)
        if element.foreign or element.no_text:
            return
        places = self._places()
        for stretch in stretches:
            if self._judge.needs_marks(stretch, places) and not _shows_itself(stretch, element.href):
                self._judge.add(element.selector, stretch)

    def _element(self, tag: str, attributes: Mapping[str, str]) -> _Element:
        parent = self._open[-1]
        parent.children[tag] += 1
        classes = attributes.get("class", "").split()
        untranslated = parent.untranslated or UNTRANSLATED in classes
        foreign = parent.foreign
        if "lang" in attributes and tag != "html":
            foreign = attributes["lang"] != self._tag and not untranslated
        if attributes.get("translate") == "no" or "notranslate" in classes:
            foreign = True
        names = {tag, *(f".{name}" for name in classes), *(f"{tag}.{name}" for name in classes)}
        if "id" in attributes:
            names.add(f"#{attributes['id']}")
        return _Element(
            tag=tag,
            selector=_selector(parent, tag, attributes.get("id", "")),
            names=names,
            foreign=foreign,
            no_text=(
                parent.no_text
                or tag in _NO_TEXT
                or tag.startswith("mjx-")
                or bool(_NO_TEXT_CLASSES & set(classes))
            ),
            untranslated=untranslated,
            linked_data=tag == "script" and attributes.get("type") == "application/ld+json",
            href=attributes["href"] if tag == "a" and "href" in attributes else parent.href,
            block=parent.block if tag in _INLINE else _Block(),
        )

    def _places(self) -> set[str]:
        return {name for element in self._open for name in element.names}


def _is_text(tag: str, name: str, attributes: Mapping[str, str]) -> bool:
    """Whether the attribute ``name`` is shown to people, or spoken."""
    if name in _ATTRIBUTES:
        # Style sheets and feeds have titles too, which browsers show.
        return True
    if tag == "meta" and name == "content":
        return bool(_META.fullmatch(attributes.get("name") or attributes.get("property") or ""))
    if tag == "input" and name == "value":
        return attributes.get("type", "") in _BUTTONS
    if name == "label":
        return tag in {"option", "optgroup", "track"}
    # What a script shows, or a style sheet. A value without a space is a word of the script's own.
    return name.startswith("data-") and " " in attributes[name].strip()


def _selector(parent: _Element, tag: str, own_id: str) -> str:
    if own_id:
        return f"#{own_id}" if _SIMPLE_NAME.fullmatch(own_id) else f'[id="{own_id}"]'
    if tag in {"html", "head", "body"}:
        return tag
    step = f"{tag}:nth-of-type({parent.children[tag]})"
    return f"{parent.selector} > {step}" if parent.selector else step


def _shows_itself(text: str, href: str) -> bool:
    """Whether the text of a link is its address, perhaps without the scheme or the last slash."""
    return bool(href) and ("." in text or "/" in text) and text.strip("/") in href
