"""A translation may not do what its source does not: the comparison of a msgid with its msgstr.

A .po file is data from strangers. Its messages are parsed on the build machine, so a fenced ``include``
would read a file there, and a ``<script>`` would run with every reader. What a message does is decided by
its msgid; the docs say it for people (``docs/reference/security.md``).
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from sphinx_hub.catalogs.link_targets import refused_schemes
from sphinx_hub.catalogs.plain_markup import does_no_more
from sphinx_hub.catalogs.powers import Power, deepest, maths_powers, powers
from sphinx_hub.catalogs.text_safety import (
    Excess,
    character_excess,
    length_excess,
    level_excess,
    plain_excess,
    printable,
    size_excess,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["Excess", "excess", "is_words", "maths_excess", "paragraphs_of", "plain_excess"]

_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n\s*")
#: Characters that could be read as markup again, once an entity has hidden them from the parser.
_MARKUP: Final = frozenset("<>[](){}*`|\\")
#: These are harmless where the source shows them anyway: "R&D" as "R&amp;D".
_QUOTES: Final = frozenset("&\"'")
#: Words, and the punctuation between them that begins no markup and is part of no address.
_WORDS: Final = re.compile(r"(?:[^\W_]|[，。、；：！？“”‘’「」『』《》（）…—· ]|[,;!?](?= |\Z)|\.\Z)*")


def excess(
    msgid: str, msgstr: str, md: MarkdownIt, env: Mapping[str, Any] | None = None, *, rtl: bool = False
) -> tuple[Excess, ...]:
    """What ``msgstr`` does and ``msgid`` does not; empty for a translation that is safe to show.

    ``md`` is the parser of the page and ``env`` what it knows of the page, of which the ``references`` are
    used; neither is changed. ``rtl`` is whether the language is written from
    right to left. Nothing is raised: a translation on which the parser fails is an excess, ``parse``.

    A msgstr that is far longer or more tangled than its msgid is never parsed.
    """
    if msgid == msgstr:
        return ()
    words = is_words(msgstr)  # which have no sign of markup, do nothing, and need no parser
    if found := length_excess(msgid, msgstr) if words else size_excess(msgid, msgstr):
        return found
    found = tuple(character_excess(msgid, msgstr, rtl=rtl))
    if words or does_no_more(msgid, msgstr, md):
        return tuple(dict.fromkeys(found))
    found += tuple(_refused(msgid, msgstr))
    references = (env or {}).get("references", {})
    try:
        source, translation = _Parsed(msgid, md, references), _Parsed(msgstr, md, references)
    except Exception as error:  # noqa: BLE001 a message on which a plugin fails must not end the build
        return (*found, Excess("parse", printable(str(error))))
    found += level_excess(source.level, translation.level)
    for before, after in zip(source.powers, translation.powers, strict=True):
        found += tuple(_more(before, after))
    found += tuple(
        Excess("definition", printable(label)) for label in sorted(translation.defined - source.defined)
    )
    found += tuple(_entities(source, translation))
    return tuple(dict.fromkeys(found))


def maths_excess(msgid: str, msgstr: str, *, rtl: bool = False) -> tuple[Excess, ...]:
    """What ``msgstr`` does and ``msgid`` does not, of a message that is maths and nothing else."""
    if msgid == msgstr:
        return ()
    found = [*size_excess(msgid, msgstr), *character_excess(msgid, msgstr, rtl=rtl)]
    found += _more(list(maths_powers(msgid)), list(maths_powers(msgstr)))
    return tuple(dict.fromkeys(found))


def paragraphs_of(text: str) -> list[str]:
    r"""The paragraphs of a message, which are parsed one by one, so that each is compared by itself too.

    >>> paragraphs_of("a\nb\n\n  c")
    ['a\nb', 'c']
    """
    return [paragraph for paragraph in _BLANK_LINE.split(text.strip()) if paragraph]


def is_words(text: str) -> bool:
    """Whether ``text`` is words and punctuation that no parser of Markdown makes anything else of.

    >>> is_words("模型，以及 data"), is_words("a *b*"), is_words("1. a")
    (True, False, False)
    """
    return _WORDS.fullmatch(text) is not None and text == text.strip()


class _Parsed:
    """A message, parsed as the build does it, with inline rules, and as a document as well.

    As a document, since a directive is one there: the build would show its text, but no message should
    hold one, for the day on which another tool builds the page.
    """

    def __init__(self, text: str, md: MarkdownIt, references: Mapping[str, Any]) -> None:
        known = _env(references)
        whole = md.parseInline(text, _env(references))
        block = _as_one_paragraph(text, md, _env(references), whole) or md.parse(text, known)
        # What follows a blank line in code is code to a parse of the whole, and none to one by paragraphs.
        paragraphs = paragraphs_of(text)
        apart = whole
        if len(paragraphs) > 1:
            apart = [token for one in paragraphs for token in md.parseInline(one, _env(references))]
        self.powers = tuple(list(powers(tokens)) for tokens in (whole, apart, block))
        self.level = max(map(deepest, (whole, apart, block)))
        self.defined = known["references"].keys() - references.keys()
        self.defined |= {str(definition.get("label", "")) for definition in known["duplicate_refs"]}
        self.shown = {
            character for token in _flat(whole) if token.type == "text" for character in token.content
        }
        # The rule that joins text forgets what was an entity, so the inline rules are run alone.
        raw: list[Token] = []
        for one in (text, *paragraphs) if "&" in text else ():
            md.inline.parse(one, md, _env(references), raw)
        self.entities = {token.content: token.markup for token in _flat(raw) if token.info == "entity"}
        """The characters that are written as entities, and how."""


def _as_one_paragraph(text: str, md: MarkdownIt, env: dict[str, Any], whole: list[Token]) -> list[Token]:
    """What the parser makes of ``text`` as a document where it is one paragraph; empty where it is more.

    The content is ``whole``, what the inline rules make of it: it need not be parsed for them again.
    """
    if "\r" in text or "\0" in text:
        return []  # the parser replaces them before it looks for blocks
    paragraph: list[Token] = []
    md.block.parse(text, md, env, paragraph)
    kinds = [token.type for token in paragraph]
    if kinds != ["paragraph_open", "inline", "paragraph_close"] or paragraph[1].content != text:
        return []
    paragraph[1].children = whole[0].children
    return [*paragraph, *whole[1:]]


def _env(references: Mapping[str, Any]) -> dict[str, Any]:
    """What a parse may see of the page, so that it can change nothing of it."""
    return {"references": dict(references), "duplicate_refs": []}


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())


def _more(source: list[Power], translation: list[Power]) -> Iterator[Excess]:
    """The powers of the translation that the source lacks, or has less often where that counts."""
    has = Counter(power.key for power in source)
    granted = {key for power in source for key in power.grants} | has.keys()
    used: Counter[tuple[str, ...]] = Counter()
    for power in translation:
        used[power.key] += 1
        allowed = used[power.key] <= has[power.key] if power.counted else power.key in granted
        if not allowed:
            yield Excess(power.kind, printable(power.what))


def _entities(source: _Parsed, translation: _Parsed) -> Iterator[Excess]:
    for character, written in translation.entities.items():
        dangerous = character in _MARKUP or (character in _QUOTES and character not in source.shown)
        if dangerous and character not in source.entities:
            yield Excess("entity", printable(written))


def _refused(msgid: str, msgstr: str) -> Iterator[Excess]:
    """Links whose scheme the parser refuses: shown as text here, but somebody tried."""
    known = refused_schemes(_plainest(msgid))
    yield from (
        Excess("link-scheme", scheme) for scheme in sorted(refused_schemes(_plainest(msgstr)) - known)
    )


def _plainest(text: str) -> str:
    """``text`` without what could disguise a scheme: entities, escapes, percent signs, controls, blanks."""
    decoded = unquote(unescape(text)).replace("\\", "")
    return "".join(character for character in decoded if character > " " and character != "\x7f")
