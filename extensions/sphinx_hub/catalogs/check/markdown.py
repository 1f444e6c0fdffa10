"""Messages in MyST Markdown, parsed with the options that MyST gives its parser, without MyST.

``myst_parser.parsers.mdit.create_md_parser`` is the model; what it adds for a page as a whole is left out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from sphinx_hub.catalogs.check.parts import OBJECT, Link, Parts, Role
from sphinx_hub.catalogs.emphasis import cjk_emphasis_plugin
from sphinx_hub.catalogs.markup_safety import excess
from sphinx_hub.catalogs.powers import RUBY
from sphinx_hub.catalogs.text_safety import size_excess, tag_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

    from sphinx_hub.catalogs.text_safety import Excess

#: The extensions of a project that does not say which it has.
EXTENSIONS: Final = frozenset(("colon_fence", "deflist", "dollarmath", "substitution"))
#: Nothing of a text without one of these is markup within a line.
_INLINE: Final = re.compile(r"[\\`*_\[\]<$&~{!\n]|://")
#: Nothing of a text that does not begin like this, or goes on in a new line, is a block of its own.
_BLOCK: Final = re.compile(r"\s*(?:[#>*+\-=%|:~`$(\[<{^]|\d+[.)])|\s|.*\n", re.DOTALL)
#: Roles whose content is words, which are translated.
WORD_ROLES: Final = frozenset((
    "abbr", "ac", "acronym", "dfn", "emphasis", "guilabel", "index", "kbd", "menuselection", "strong", "sub",
    "subscript", "sup", "superscript", "title", "title-reference", "term",
))  # fmt: skip
#: How a word is read, behind it in the role ``ruby``.
_READING: Final = re.compile(r"[(（][^()（）]*[)）]")
_TITLE: Final = re.compile(r"(?P<title>.+?)\s*(?<!\x00)<(?P<target>[^<>]*)>", re.DOTALL)


class Markdown:
    """Parses messages with a set of MyST's extensions."""

    def __init__(
        self,
        extensions: frozenset[str] = EXTENSIONS,
        *,
        cjk_emphasis: bool = False,
        rtl: bool = False,
    ) -> None:
        """Take the extensions of a site.

        ``cjk_emphasis`` is whether it reads emphasis beside Chinese as its writer means it, ``rtl`` whether
        the language of the translations is written from right to left.
        """
        self._rtl = rtl
        self._md = _parser(extensions, cjk_emphasis=cjk_emphasis)

    def parts(self, text: str, *, alone: bool = True) -> Parts:
        """The parts of a message; ``alone`` is whether to see also which blocks it is by itself."""
        parts = Parts(raw=text)
        if not _INLINE.search(text) and not (alone and _BLOCK.match(text)):
            parts.text = text
            return parts
        parts.marked = True
        tokens: list[Token] = []
        if alone and _BLOCK.match(text):
            tokens = self._md.parse(text, {})
            parts.blocks = tuple(_kind(token) for token in tokens if token.level == 0 and token.nesting >= 0)
        if parts.blocks != ("paragraph",) or not tokens:
            tokens = self._md.parseInline(text, {})
        _Collector(parts).add([child for token in tokens for child in token.children or ()])
        return parts

    def excess(self, msgid: str, msgstr: str) -> Sequence[Excess]:
        """What ``msgstr`` does and ``msgid`` does not."""
        if not (_INLINE.search(msgstr) or _BLOCK.match(msgstr) or "&" in msgstr):
            return size_excess(msgid, msgstr)
        return excess(msgid, msgstr, self._md, rtl=self._rtl)


@cache
def _parser(extensions: frozenset[str], *, cjk_emphasis: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark").enable("table")
    md.use(myst_block_plugin).use(myst_role_plugin)
    md.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    if "strikethrough" in extensions:
        md.enable("strikethrough")
    if "dollarmath" in extensions:
        from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415 a start is quick

        md.use(dollarmath_plugin, allow_labels=True, allow_space=True, allow_digits=True)
    if "colon_fence" in extensions:
        from mdit_py_plugins.colon_fence import colon_fence_plugin  # noqa: PLC0415

        md.use(colon_fence_plugin)
    if "deflist" in extensions:
        from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415

        md.use(deflist_plugin)
    if "fieldlist" in extensions:
        from mdit_py_plugins.field_list import fieldlist_plugin  # noqa: PLC0415

        md.use(fieldlist_plugin)
    if "substitution" in extensions:
        from mdit_py_plugins.substitution import substitution_plugin  # noqa: PLC0415

        md.use(substitution_plugin, start_delimiter="{", end_delimiter="}")
    if "attrs_inline" in extensions:
        from mdit_py_plugins.attrs import attrs_plugin  # noqa: PLC0415

        md.use(attrs_plugin, after=("image", "code_inline", "link_close", "span_close"), spans=True)
    if cjk_emphasis:
        md.use(cjk_emphasis_plugin)
    return md


def _kind(token: Token) -> str:
    return token.type.removesuffix("_open")


class _Collector:
    """Sorts the tokens of a message into its parts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._links: list[tuple[Token, int]] = []

    def add(self, tokens: Iterable[Token]) -> None:
        """Add the parts of ``tokens``."""
        for token in tokens:
            self._add(token)

    def _add(self, token: Token) -> None:  # noqa: C901, PLR0912 one branch a kind of token
        parts, content = self._parts, token.content
        match token.type:
            case "text":
                parts.text += content
            case "softbreak" | "hardbreak":
                parts.text += "\n"
            case "code_inline":
                parts.codes.append(content)
                parts.text += OBJECT
            case "strong_open":
                parts.strong += 1
            case "em_open":
                parts.emphasis += 1
            case "link_open":
                self._links.append((token, len(parts.text)))
            case "link_close" if self._links:
                self._close_link()
            case "image":
                parts.images.append(str(token.attrGet("src") or ""))
                self.add(token.children or ())
            case "myst_role":
                self._add_role(str(token.meta.get("name", "")), content)
            case "footnote_ref":
                parts.footnotes.append(str(token.meta.get("label", "")))
            case "substitution_inline":
                parts.substitutions.append(content.strip())
                parts.text += OBJECT
            case "html_inline":
                parts.tags.append((tag_key(content), content))
            case kind if kind.startswith("math_"):
                parts.maths.append(content)
                parts.text += OBJECT

    def _close_link(self) -> None:
        token, start = self._links.pop()
        target = str(token.attrGet("href") or "")
        auto = token.markup == "autolink"
        text = self._parts.text[start:]
        if auto or not text:
            # An address is no prose; a link without a text takes that of its target.
            self._parts.text = self._parts.text[:start] + OBJECT
        self._parts.links.append(Link(target, text, written=not auto))

    def _add_role(self, name: str, content: str) -> None:
        found = _TITLE.fullmatch(content)
        title, target = (found["title"], found["target"]) if found else ("", content)
        self._parts.roles.append(Role(name, title, target))
        if name == RUBY:
            self._parts.text += _READING.sub("", content)
        else:
            self._parts.text += title or (content if name in WORD_ROLES else OBJECT)
