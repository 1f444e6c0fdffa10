"""A message beside its translation, as the rules see them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from sphinx_hub.catalogs.check.parts import plain_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_hub.catalogs.check.parts import Parts
    from sphinx_hub.catalogs.glossary import Term
    from sphinx_hub.catalogs.text_safety import Excess
    from sphinx_hub.problems import Code

    #: A rule says what is wrong with a pair, each thing with its code.
    Rule = Callable[["Pair"], Iterator[tuple[Code, str]]]

#: Entities, tags, templates, definitions, delimiters of maths, attributes, and links that a parser refuses.
_RISKY: Final = re.compile(r"[&<%]|\{\{|\]:|\\[\[(]|\$\$|\\begin|[)`\]]\{|script|data:", re.IGNORECASE)

#: Languages in which a word in Latin letters is a name, or code.
_OTHER_SCRIPTS: Final = frozenset((
    "am", "ar", "be", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn", "ko",
    "lo", "mk", "ml", "mn", "mr", "my", "ne", "pa", "ru", "si", "ta", "te", "th", "uk", "ur", "yi", "zh",
))  # fmt: skip

Markup = Literal["myst", "rst", "plain"]


@dataclass(frozen=True, kw_only=True)
class Context:
    """What holds for all messages of a catalog."""

    locale: str
    """gettext's locale of the translations, such as ``zh_CN``; empty where nothing says it."""
    markup: Markup = "myst"
    parse: Callable[[str], Parts] = plain_parts
    lenient_blocks: bool = False
    """Whether a translation is read with inline rules alone, so that it may begin as its source does."""
    terms: Sequence[Term] = ()
    names: frozenset[str] = frozenset()
    """Words of the sources that are names, as they are written."""
    excess: Callable[[str, str], Sequence[Excess]] = field(default=lambda _msgid, _msgstr: ())
    """What a translation does and its source does not, as a build refuses it."""
    project: str = ""
    """The first word of the project's name, where that is a name in Latin letters."""

    @property
    def chinese(self) -> bool:
        """Whether the translations are Chinese."""
        return self.locale.partition("_")[0] == "zh"

    @property
    def latin(self) -> bool:
        """Whether they are in Latin letters, so that a word that resembles one of the source is no slip."""
        return self.locale.partition("_")[0] not in _OTHER_SCRIPTS

    @property
    def traditional(self) -> bool:
        """Whether they are in Traditional characters."""
        return self.chinese and self.locale.partition("@")[0] in {"zh_TW", "zh_HK", "zh_MO", "zh_Hant"}


@dataclass(kw_only=True)
class Pair:
    """A message and one string of its translation."""

    msgid: str
    msgstr: str
    context: Context
    flags: Sequence[str] = ()
    sources: Sequence[str] = field(default=())
    """Both forms of a plural message; a form may hold what either of them holds."""

    @cached_property
    def source(self) -> Parts:
        """The parts of the message."""
        return self.context.parse(self.msgid)

    @cached_property
    def translation(self) -> Parts:
        """The parts of the translation."""
        return self.context.parse(self.msgstr)

    @property
    def keeps_markup(self) -> bool:
        """Whether the translation has just the markup of its source, as most have: then it does no more."""
        if _RISKY.search(self.msgstr) or self.translation.blocks != ("paragraph",):
            return False
        return _doing(self.source) == _doing(self.translation)


def _doing(parts: Parts) -> list[list[str]]:
    """What a message does, beside setting text."""
    return [
        sorted(link.target for link in parts.links),
        sorted(parts.images),
        sorted(f"{role.name} {role.target}" for role in parts.roles),
        sorted(parts.footnotes),
        sorted(parts.substitutions),
        sorted(parts.maths),
    ]
