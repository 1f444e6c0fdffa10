"""Suggestions for one Chinese language from another, made by OpenCC with its phrases.

OpenCC knows characters and common words of Taiwan and Hong Kong. It knows neither this project's terms nor
how people there write, so what it makes is a start for a translator and is shown to nobody else. Terms of
the glossary have precedence over its words. Code, addresses, placeholders and the like are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.merge import Known
from sphinx_hub.catalogs.po_files import parse_po
from sphinx_hub.catalogs.suggestions import Suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_hub.catalogs.glossary import Term


#: OpenCC's name of each conversion (https://github.com/BYVoid/OpenCC#configurations).
_CONFIGURATIONS: Final[Mapping[tuple[str, str], str]] = {
    ("zh_CN", "zh_TW"): "s2twp",
    ("zh_CN", "zh_HK"): "s2hk",
    ("zh_TW", "zh_CN"): "tw2sp",
    ("zh_HK", "zh_CN"): "hk2s",
}
_QUOTES: Final = dict(zip("“”‘’", "「」『』", strict=True))
#: A quotation mark, but no apostrophe between Latin letters.
_QUOTE: Final = re.compile(r"[“”‘「」『』]|(?<![A-Za-z])’|’(?![A-Za-z])")
#: What is no Chinese text: it is the same in every language.
_KEPT: Final = re.compile(
    r"""(?x)
      (?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)    # code
    | \]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*         # where a link leads; its title is text
    | \]\[[^\[\]]*\] | \[\^[^\[\]]*\]               # the label of a reference, a footnote
    | </?[A-Za-z][^<>]*>                            # an autolink, a tag
    | https?://[^\s<>()，。；：！？、“”‘’「」（）]+
    | \{\{.*?\}\} | \{[^{}]*\} | %\([^()]*\)[a-z] | %[a-z]    # substitutions, attributes, placeholders
    | \$[^$]+\$                                     # maths
    | &\#?\w+;
    """
)
#: A role whose text is translated and whose target is not.
_ROLE: Final = re.compile(r"(?P<start>\{[\w:.+-]+\}`)(?P<text>[^`<>]+)(?P<end> <[^`<>]+>`)")


class _OpenCC(Protocol):
    """What is used of OpenCC."""

    def convert(self, text: str) -> str:
        """``text`` in the other script, with the other place's words."""


class ConversionError(Exception):
    """There is no such conversion; says what there is."""


class ChineseConverter:
    """Converts translations of one Chinese language to another."""

    def __init__(self, source: str, target: str, terms: Sequence[Term] = ()) -> None:
        """Load OpenCC; ``terms`` are those of the glossary.

        :raises ConversionError: OpenCC has no conversion of these two, or is not installed.
        """
        self.source = source
        self._name = _CONFIGURATIONS.get((source, target), "")
        if not self._name:
            known = ", ".join(f"{start} to {end}" for start, end in _CONFIGURATIONS)
            raise ConversionError(f"there is no conversion of {source} to {target} (there is: {known})")
        try:
            import opencc  # noqa: PLC0415 an extra, and slow to load
        except ImportError as error:
            message = "suggestions need OpenCC, which is not installed: pip install 'sphinx-hub[opencc]'"
            raise ConversionError(message) from error
        self._opencc: _OpenCC = opencc.OpenCC(self._name)
        self._quotes = {end: start for start, end in _QUOTES.items()} if target == "zh_CN" else _QUOTES
        self._terms = [
            (_pattern(term.term), words[source], words[target], term.avoid.get(target, ()))
            for term in terms
            if source in (words := term.translations) and target in words
        ]

    def proposals(self, catalogs: Mapping[str, bytes]) -> dict[str, dict[str, Suggestion]]:
        """A suggestion for each text that ``catalogs``, by domain, have a current translation of."""
        found: dict[str, dict[str, Suggestion]] = {}
        for domain, content in catalogs.items():
            table = found.setdefault(domain, {})
            for po in parse_po(content).entries:
                if Known.of(po).state is State.CURRENT:
                    strings = tuple(self.convert(string, po.msgid) for string in po.strings)
                    table[po.key] = Suggestion(strings=strings, origin=self._origin)
        return found

    @property
    def _origin(self) -> str:
        return f"{self.source}, converted by OpenCC ({self._name})"

    def convert(self, text: str, msgid: str) -> str:
        """``text``, the translation of ``msgid``, in the other language."""
        terms = [row for row in self._terms if row[0].search(msgid)]
        words = {word: other for _pattern, word, other, _avoid in terms}
        wrong = {word: other for _pattern, _word, other, avoid in terms for word in avoid}
        text = _ROLE.sub(
            lambda role: role["start"] + self._words(role["text"], words, wrong) + role["end"], text
        )
        parts: list[str] = []
        place = 0
        for kept in _KEPT.finditer(text):
            parts += [self._words(text[place : kept.start()], words, wrong), kept[0]]
            place = kept.end()
        return "".join([*parts, self._words(text[place:], words, wrong)])

    def _words(self, text: str, words: Mapping[str, str], wrong: Mapping[str, str]) -> str:
        """Plain text, with the glossary's word wherever it stands for one of ``words`` or is ``wrong``."""
        if not text:
            return text
        parts = _either(words).split(text) if words else [text]
        converted = [
            words[part] if number % 2 else self._opencc.convert(part) for number, part in enumerate(parts)
        ]
        result = "".join(converted)
        if wrong:
            result = _either(wrong).sub(lambda found: wrong[found[0]], result)
        return _QUOTE.sub(lambda found: self._quotes.get(found[0], found[0]), result)


def _pattern(term: str) -> re.Pattern[str]:
    """The term of the source language as a word, in either number."""
    return re.compile(rf"(?<![A-Za-z]){re.escape(term)}(?:e?s)?(?![A-Za-z])", re.IGNORECASE)


def _either(words: Mapping[str, str]) -> re.Pattern[str]:
    """Any of the words, the longest first, as the one group."""
    return re.compile(f"({'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})")
