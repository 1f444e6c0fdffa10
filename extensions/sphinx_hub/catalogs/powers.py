"""What the tokens of a parsed message can do: each link, role, tag and so on as a comparable power.

Kinds of tokens that are not known here count as a power with all that they hold, so a plugin that a later
parser brings is refused rather than let through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import mdurl

from sphinx_hub.catalogs.link_targets import granted, link_key
from sphinx_hub.catalogs.text_safety import tag_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markdown_it.token import Token

Key = tuple[str, ...]

#: Roles whose content is words for the reader and nothing else.
#: https://www.sphinx-doc.org/en/master/usage/restructuredtext/roles.html,
#: https://docutils.sourceforge.io/docs/ref/rst/roles.html,
#: https://sphinx-design.readthedocs.io/en/latest/badges_buttons.html
_WORD_ROLES: Final = frozenset((
    "abbr", "abbreviation", "ac", "acronym", "code", "command", "dfn", "emphasis", "file", "guilabel",
    "index", "kbd", "literal", "mailheader", "makevar", "manpage", "menuselection", "mimetype",
    "newsgroup", "program", "regexp", "samp", "strong", "sub", "subscript", "sup", "superscript", "t",
    "term", "title", "title-reference",
))  # fmt: skip
#: The role of :mod:`sphinx_hub.i18n.ruby`: a word with how it is read.
RUBY: Final = "ruby"
_BADGE: Final = re.compile(r"bdg(?!-link|-ref)(?:-[a-z]+)*")
#: Sphinx formats the title of a numref with the number, and the build ends on what does not fit.
_NUMBERED_TITLE: Final = re.compile(r"(?:[^%{}]|%s|%%|\{name\}|\{number\})*")
_MACRO: Final = re.compile(r"\\(?:begin\s*\{[^}]*\}|[a-zA-Z@]+|.)|\^\^", re.DOTALL)
#: MathJax reads these in any text of a page that has maths.
_TEX: Final = re.compile(r"\\[(\[]|\$\$|\\begin\{")
_TEMPLATE: Final = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.DOTALL)
_TAG_OR_TEMPLATE: Final = re.compile(r"<|\{\{|\{%")

#: Tags that only set text, as often as a translation has use for them.
_PHRASING: Final = frozenset((
    "abbr", "b", "bdi", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr",
))  # fmt: skip
_VOID: Final = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
))  # fmt: skip

_PLAIN_INLINE: Final = frozenset((
    "text", "text_special", "softbreak", "hardbreak", "em", "strong", "s", "span", "code_inline",
    "footnote_anchor",
))  # fmt: skip
#: Blocks that a message cannot become, since inline rules alone are applied to it; as text they do nothing.
_PLAIN_BLOCK: Final = frozenset((
    "hr", "code_block", "field_list", "fieldlist_name", "fieldlist_body", "paragraph", "heading",
    "bullet_list", "ordered_list", "list_item", "blockquote", "alert", "alert_title", "dl", "dt", "dd",
    "table", "thead", "tbody", "tr", "th", "td",
))  # fmt: skip
#: Attributes that the parser itself gives, and those that hold words.
_OWN_ATTRIBUTES: Final = {
    "ordered_list_open": ("start",),
    "th_open": ("style",),
    "td_open": ("style",),
    "link_open": ("href", "title"),  # compared as a link
    "image": ("src", "alt", "title"),
}
#: These get their class from the parser, and nothing can be added to it.
_MARKED_BY_PARSER: Final = frozenset((
    "substitution_inline", "substitution_block", "myst_target", "myst_line_comment", "myst_block_break",
))  # fmt: skip
_BLOCK_KINDS: Final = {
    "myst_target": "target",
    "myst_line_comment": "comment",
    "footnote_reference_open": "footnote",
    "definition": "definition",
}


@dataclass(frozen=True)
class Power:
    """One thing that a message does."""

    kind: str
    """The kind of excess that it is where the source does not do it."""
    key: Key
    """Equal for two powers that do the same."""
    what: str
    """How it is written."""
    grants: tuple[Key, ...] = ()
    """Further keys that a translation may have where the source has this power."""
    counted: bool = False
    """Whether a translation may not do it more often than its source."""


def powers(tokens: Iterable[Token]) -> Iterator[Power]:
    """The powers of ``tokens`` and of their children."""
    for token in tokens:
        if read := _READERS.get(token.type):
            yield from read(token)
        elif token.type.startswith("math_"):
            yield from maths_powers(token.content)
        elif not _is_plain(token):
            yield _block_power(token)
        if token.type not in _MARKED_BY_PARSER:
            yield from _attribute_powers(token)
        yield from powers(token.children or ())


def deepest(tokens: Iterable[Token]) -> int:
    """How deep the markup of ``tokens`` is nested, blocks and inline markup together."""
    return max((token.level + deepest(token.children or ()) for token in tokens), default=0)


def _is_plain(token: Token) -> bool:
    """Whether ``token`` only sets text; one that closes adds nothing to the one that opens."""
    return token.nesting < 0 or token.type.removesuffix("_open") in _PLAIN_INLINE | _PLAIN_BLOCK


def _inline_powers(token: Token) -> Iterator[Power]:
    yield from _text_powers(token.children or ())
    yield from _tag_balance(token.children or ())
    yield from _code_powers(token.children or ())


def _link_powers(token: Token) -> Iterator[Power]:
    href = str(token.attrGet("href") or "")
    kind, key = link_key(href)
    yield Power(kind, ("link", *key), href, tuple(("link", *other) for other in granted(key)))


def _image_powers(token: Token) -> Iterator[Power]:
    source = str(token.attrGet("src") or "")
    yield Power("image", ("image", mdurl.decode(source)), source)


def _tag_powers(token: Token) -> Iterator[Power]:
    key = tag_key(token.content)
    counted = key[0].removeprefix("/") not in _PHRASING
    yield Power(_tag_kind(token), ("tag", *key), token.content, counted=counted)


def _html_block_powers(token: Token) -> Iterator[Power]:
    yield Power(_tag_kind(token), ("block", token.content.strip()), token.content)


def _tag_kind(token: Token) -> str:
    return "comment" if token.content.lstrip().startswith(("<!", "<?")) else "html"


def _substitution_powers(token: Token) -> Iterator[Power]:
    yield Power("substitution", ("substitution", token.content.strip()), f"{{{{{token.content}}}}}")


def _footnote_powers(token: Token) -> Iterator[Power]:
    label = str(token.meta.get("label", ""))
    yield Power("footnote", ("footnote", label), f"[^{label}]")


def _block_power(token: Token) -> Power:
    kind = _BLOCK_KINDS.get(token.type, "block")
    if token.type in {"fence", "colon_fence"} and token.info.lstrip().startswith("{"):
        kind = "directive"
    label = str(token.meta.get("label", ""))
    key = (token.type, token.info.strip(), token.content.strip(), label)
    return Power(kind, key, f"{token.markup}{token.info or label} {token.content}".strip() or token.type)


def _attribute_powers(token: Token) -> Iterator[Power]:
    own = _OWN_ATTRIBUTES.get(token.type, ())
    given = [(name, value) for name, value in token.attrs.items() if name not in own]
    for name, value in (*given, *token.meta.get("insecure_attrs", {}).items()):
        for piece in str(value).split() if name == "class" else [str(value)]:
            yield Power("attribute", ("attribute", name.lower(), piece), f"{name}={piece}")


def _role_powers(token: Token) -> Iterator[Power]:
    name, content = str(token.meta.get("name", "")), token.content
    shown = f"{{{name}}}`{content}`"
    if name == "math":
        yield from maths_powers(content)
        return
    if name == RUBY:
        return  # a translation may say how a word is read where its source need not
    title, target = _title_and_target(content)
    whole = ("role", name, "", content)
    if name in _WORD_ROLES or _BADGE.fullmatch(name):
        words = title or content
        if name == "term" and _TAG_OR_TEMPLATE.search(words):
            yield Power("role", whole, shown)
        yield Power("role", ("role", name), shown, counted=True)
        return
    if name.rpartition(":")[2] == "numref" and title and not _NUMBERED_TITLE.fullmatch(title):
        yield Power("placeholder", whole, shown)
    if _TAG_OR_TEMPLATE.search(title):  # a role made with the directive "role" may write it as HTML
        yield Power("role", whole, shown)
        return
    # With a title of its own, a reference needs no "~", which only shortens the one that Sphinx makes.
    shortened = (("role", name, target.removeprefix("~")),) if target.startswith("~") else ()
    key = ("role", name, target)
    yield Power("role", key, shown, (whole, key, *shortened))


def _title_and_target(content: str) -> tuple[str, str]:
    """The parts of ``title <target>``, as sphinx.util.docutils.ReferenceRole has it, or "" and the whole."""
    title, _, target = content.rpartition("<")
    return (title.rstrip(), target[:-1]) if title and target.endswith(">") else ("", content)


def maths_powers(content: str) -> Iterator[Power]:
    """The powers of maths: each macro and environment, since some of them link, load or define."""
    yield Power("maths", ("maths",), content)
    for macro in _MACRO.findall(content):
        yield Power("maths", ("macro", "".join(macro.split()) or macro), macro)


def _tag_balance(tokens: Iterable[Token]) -> Iterator[Power]:
    """A power where the tags do not pair: a tag that closes too much ends what stands around the message."""
    opened: list[str] = []
    for token in tokens:
        if token.type != "html_inline" or token.content.startswith(("<!", "<?")):
            continue
        name = tag_key(token.content)[0]
        if name.startswith("/"):
            if not opened or opened.pop() != name[1:]:
                yield Power("html", ("unbalanced",), token.content)
                return
        elif name not in _VOID and not token.content.endswith("/>"):
            opened.append(name)
    if opened:
        yield Power("html", ("unbalanced",), f"<{opened[-1]}>")


def _code_powers(tokens: Iterable[Token]) -> Iterator[Power]:
    """What a browser runs: the content of a script or a style, which is text to a Markdown parser."""
    runs, code = False, ""
    for token in tokens:
        name = tag_key(token.content)[0] if token.type == "html_inline" else ""
        if name.removeprefix("/") in {"script", "style"}:
            runs = not name.startswith("/")
        elif runs:
            code += token.content or token.type
    if code:
        yield Power("html", ("code", code), code)


def _text_powers(tokens: Iterable[Token]) -> Iterator[Power]:
    """What the text that is shown could still be to a template or to MathJax."""
    text = "".join(
        token.content if token.type == "text" else "\n" if token.type.endswith("break") else "\0"
        for token in tokens
    )
    for match in _TEMPLATE.finditer(text):
        yield Power("substitution", ("substitution", (match[1] or match[2] or "").strip()), match[0])
    for delimiter in _TEX.findall(text):
        yield Power("maths", ("delimiter", delimiter), delimiter)


_READERS: Final[dict[str, Callable[[Token], Iterator[Power]]]] = {
    "inline": _inline_powers,
    "link_open": _link_powers,
    "image": _image_powers,
    "html_inline": _tag_powers,
    "html_block": _html_block_powers,
    "myst_role": _role_powers,
    "substitution_inline": _substitution_powers,
    "substitution_block": _substitution_powers,
    "footnote_ref": _footnote_powers,
    "amsmath": lambda token: maths_powers(token.content),
}
