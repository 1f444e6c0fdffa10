"""Names are left as they are: what the project is called, and what programs and formats are called."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.check.numbers import NO_NAMES
from sphinx_hub.catalogs.check.parts import HAN
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_hub.catalogs.check.pair import Pair

#: Names of things that are followed by the number of a version.
_VERSIONED: Final = re.compile(r"\b(?P<name>[A-Z][A-Za-z.+#-]*)[ ]v?\d")
_TOKEN: Final = re.compile(r"(?<![.\w])[A-Za-z][A-Za-z0-9]*(?:[.+#_-][A-Za-z0-9]+)*[+#]*", re.ASCII)
_MIXED: Final = re.compile(
    r"(?=[A-Za-z.-]*\d)(?=[\d.-]*[A-Za-z])[A-Za-z][A-Za-z0-9]*(?:-\d[\w.]*)?", re.ASCII
)
#: Names that everybody leaves in Latin letters.
_LATIN: Final = frozenset((
    "Android", "Anaconda", "Ansible", "Apache", "Bash", "CUDA", "Conda", "Debian", "Django", "Docker",
    "Docutils",
    "Fedora", "Flask", "Git", "GitHub", "GitLab", "Gradio", "HTML", "HTTP", "JSON", "Java", "JavaScript",
    "Jinja", "Jupyter", "Kubernetes", "LaTeX", "Linux", "Markdown", "MySQL", "Node.js", "NumPy", "Pandas",
    "PostgreSQL", "PyPI", "PyTorch", "Python", "Redis", "Rust", "SQL", "SQLite", "Sphinx", "TensorFlow",
    "TypeScript", "Ubuntu", "Unicode", "Vim", "Windows", "XML", "YAML", "iOS", "macOS", "npm", "pip",
))  # fmt: skip
#: A shorter word is too near to others to be called misspelt.
_ORDINARY: Final = 4
#: "It" and "this program" stand for a name.
_PRONOUN: Final = re.compile("[它他她该該本此其这這]|我们|我們")
_SHOUTED: Final = 12


def name_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Names are spelt as in the source."""
    if pair.msgid == pair.msgstr or not pair.msgid or pair.context.latin:
        return
    names = _Names(pair)
    yield from names.misspelt()
    yield from names.missing()


class _Names:
    """The words in Latin letters of a message and of its translation."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._source = tuple(dict.fromkeys(_TOKEN.findall(pair.source.text)))
        self._given = tuple(dict.fromkeys(_TOKEN.findall(pair.translation.text)))
        self._told: set[str] = set()

    def misspelt(self) -> Iterator[tuple[Code, str]]:
        """Words that differ from one of the source by their capitals, or by a slip of the fingers."""
        pair = self._pair
        folded = {word.casefold(): word for word in reversed(self._source)}
        for word in self._given:
            if word in pair.source.text or any(word in code for code in pair.source.codes):
                continue
            original = folded.get(word.casefold()) or self._joined(word)
            if original is not None:
                better = word in _LATIN or (word.isupper() and original.istitle())
                if not better and _is_name(original, pair):
                    self._told.add(original)
                    yield Code.MESSAGE_NAME, f"{word} is written {original} in the source"
                continue
            near = _misspelt(word, self._source, self._given)
            if near is not None and word.casefold() not in pair.msgid.casefold():
                self._told.add(near)
                yield Code.MESSAGE_NAME, f"{word} looks like a misspelling of {near}"

    def _joined(self, word: str) -> str | None:
        """The two words of the source that ``word`` is without the blank between them."""
        pairs = (f"{one} {two}" for one, two in pairwise(self._source))
        return next(
            (
                name
                for name in pairs
                if name[0].isupper()
                and name.replace(" ", "").casefold() == word.casefold()
                and name in self._pair.source.text
            ),
            None,
        )

    def missing(self) -> Iterator[tuple[Code, str]]:
        """Names that everybody leaves as they are, and that the translation lacks."""
        pair = self._pair
        if not re.search(f"[{HAN}]", pair.translation.text):
            return
        shown = f"{pair.translation.text} {pair.msgstr}".casefold()
        versioned = {found["name"] for found in _VERSIONED.finditer(pair.source.text)} - NO_NAMES
        for word in self._source:
            if word in self._told or word.casefold() in shown:
                continue
            project = word == pair.context.project and not _PRONOUN.search(pair.translation.text)
            known = word in _LATIN or project
            if known and (pair.context.markup != "plain" or word in versioned):
                yield Code.MESSAGE_NAME, f"the name {word} is missing"


def mixed_name_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Names that hold a number, such as UTF-8 or x86_64."""
    shown = f"{pair.msgstr} {pair.translation.text}".casefold()
    for word in dict.fromkeys(_MIXED.findall(pair.source.text)):
        if word.casefold() in shown:
            continue
        stem = re.split(r"\d", word)[0].rstrip("-").casefold()
        others = [
            found for found in _MIXED.findall(pair.translation.text) if found.casefold().startswith(stem)
        ]
        if stem and any(other.casefold() not in pair.msgid.casefold() for other in others):
            yield Code.MESSAGE_VERSION, f"{word} is missing, or another one"
            return


def _is_name(word: str, pair: Pair) -> bool:
    """Whether ``word`` of the source is a name, so that its capitals matter."""
    if word.islower():
        return False
    if word[1:] != word[1:].lower():
        return not (word.isupper() and _shouted(pair.source.text))
    if word in _LATIN or word in pair.context.names:
        return True
    return not _begins_sentence(word, pair.source.text)


def _shouted(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character.isupper() for character in letters) * 2 > len(letters) > _SHOUTED


def _begins_sentence(word: str, text: str) -> bool:
    return bool(re.search(rf"(?:^|[.!?:;•–—\n\"“(\[]\s*){re.escape(word)}\b", text)) or _is_title(text)


def _is_title(text: str) -> bool:
    """Whether most words of ``text`` have a capital, as in a title."""
    words = re.findall(r"[A-Za-z]{4,}", text)
    return bool(words) and sum(word[0].isupper() for word in words) * 2 > len(words)


def _misspelt(word: str, source: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    """The word of the source that ``word`` is but for a slip of the fingers."""
    if len(word) < _ORDINARY:
        return None
    for other in source:
        if other in given or len(other) < _ORDINARY or abs(len(other) - len(word)) > 1:
            continue
        one, two = word.casefold(), other.casefold()
        if two.replace("_", "") == one:
            continue  # the letter behind the mark is a key of a menu
        if one.rstrip("s") == two.rstrip("s") or one.replace("-", "") == two.replace("-", ""):
            continue  # a plural, or another way to write it
        if _one_slip(one, two):
            return other
    return None


def _one_slip(one: str, two: str) -> bool:
    """Whether two words differ by one letter, or by two that changed places."""
    if len(one) == len(two):
        differing = [index for index in range(len(one)) if one[index] != two[index]]
        if len(differing) == 1:
            return one[0] == two[0]
        first = differing[0] if differing else 0
        swapped = one[:first] + one[first : first + 2][::-1] + one[first + 2 :]
        return bool(differing) and swapped == two
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return any(longer[:index] + longer[index + 1 :] == shorter for index in range(1, len(longer)))


NAME_RULES: Final = (name_rule, mixed_name_rule)
