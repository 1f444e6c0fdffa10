"""What a message is made of, whatever markup it is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

#: Stands in a text for what is no text: code, maths, the target of a role.
OBJECT: Final = "\ufffc"

#: Chinese characters: the ideographs of all blocks that prose uses.
HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: A bare address: what ASCII can hold of it.
URL: Final = re.compile(r"\b[a-z][a-z0-9+.-]*://[!#-;=?-\[\]-~]+|\bmailto:[!#-;=?-\[\]-~]+")
_TAG: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
#: Tags with a new line at them.
_BREAK: Final = re.compile(r"</?(?:br|p|div|li|ul|ol|h[1-6]|tr|td|table)(?:\s[^<>]*)?/?>", re.IGNORECASE)
#: Punctuation at the end of an address belongs to the sentence.
_URL_END: Final = re.compile(r"[.,;:!?'\"*_`]+$")


@dataclass(frozen=True)
class Link:
    """A link: where it leads, and its text."""

    target: str
    text: str
    written: bool = True
    """False for an address that is its own text."""


@dataclass(frozen=True)
class Role:
    """A role with its content, taken apart as Sphinx does it."""

    name: str
    title: str
    """The text before the target, or nothing."""
    target: str
    """What stands between ``<`` and ``>``, or the whole content."""

    @property
    def written(self) -> str:
        """How it is written, without its title."""
        return f"{{{self.name}}}`{self.target}`"


@dataclass(kw_only=True)
class Parts:
    """The parts of one message; lists are in the order of the text."""

    raw: str
    """The message as it stands in the catalog."""
    text: str = ""
    """What a reader reads, without markup; `OBJECT` for each part that is no prose."""
    links: list[Link] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    substitutions: list[str] = field(default_factory=list)
    maths: list[str] = field(default_factory=list)
    tags: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    """HTML tags: what is compared, and how it is written."""
    strong: int = 0
    emphasis: int = 0
    blocks: tuple[str, ...] = ("paragraph",)
    """The kinds of the blocks that the message is by itself."""
    marked: bool = False
    """Whether it was parsed as markup at all."""

    @property
    def urls(self) -> list[str]:
        """The bare addresses in the text."""
        return [_trimmed(found) for found in URL.findall(self.text)]


def _trimmed(url: str) -> str:
    """``url`` without the punctuation of its sentence, or a bracket that opens before it: "(see https://a.b/c)."."""
    before = ""
    while url != before:
        before, url = url, _URL_END.sub("", url)
        if url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1]
    return url


def plain_parts(text: str) -> Parts:
    """The parts of a text without markup, or of one that a program shows as HTML."""
    lines = _BREAK.sub("\n", text)
    return Parts(raw=text, text=unescape(_TAG.sub("", lines)))
