"""Messages whose markup is so plain that what it does is seen without a parser.

Such a message is words with ordinary punctuation, stars, inline code, links to plain addresses and roles,
each written in the one way that every parser reads alike. None of its characters can begin a block, a tag, an
entity, an attribute, a template or maths; what stars set is bold, italic or a star, and none of it does
anything. So two such messages differ in what they do by their links and roles alone.

What is not surely of this form is not plain: a parser decides (:mod:`markup_safety`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from sphinx_hub.patterns import lazy

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

#: Words, and punctuation that is no markup where it stands: inside a line, and not before a link or a name.
_WORDS: Final = (
    r"[^\W_]|[，。、；：！？“”‘’「」『』《》（）…—·−–→ ]|[,;!?:](?= |\Z)|(?:(?<=[^\W_])|(?<=[)`*]))\.(?= |\Z)"
    r"|(?<=[^\W_])['_-](?=[^\W_])|(?<=[0-9])[.,](?=[0-9])|(?:(?<=[0-9])|(?<=[0-9] ))%"
    r"|(?<=[\w)`*] )\((?=[^\W_])|(?<=[^\W_])\)(?=[,;!?:. ，。、；：]|\Z)"
)
_CODE: Final = r"(?<![`}])`[^`\\\n]+`(?!`)"
_ADDRESS: Final = r"(?:(?:https://|(?:\.\.?/)+)?[A-Za-z0-9][A-Za-z0-9./-]*(?:#[a-z0-9-]+)?|#[a-z0-9-]+)"
_PLAIN: Final = lazy(
    rf"(?:{_WORDS}|\*|\n(?=[^\W\d_]|[\[`{{])"
    rf"|{_CODE}"
    rf"|(?<![!\]])\[(?:{_WORDS}|{_CODE}|\*)+\]\({_ADDRESS}\)(?![\[({{])"
    rf"|(?<![\]`])\{{[a-z][a-z:]*\}}`[^`\\\n]+`(?!`))+"
)
#: What would begin a list.
_NUMBER: Final = lazy(r"[0-9]+[.)]")
_LINK: Final = lazy(r"\]\(([^)]*)\)")
_ROLE: Final = lazy(r"\{[a-z:]+\}`[^`]*`")
_CODES: Final = lazy(rf"{_CODE}")
#: The rules of MyST with all its extensions but for those that find addresses in words.
_RULES: Final = frozenset((
    "amsmath", "attr", "autolink", "backticks", "balance_pairs", "block", "blockquote", "code", "colon_fence",
    "deflist", "emphasis", "entity", "escape", "fence", "fieldlist", "footnote_def", "footnote_ref",
    "fragments_join", "front_matter", "heading", "hr", "html_block", "html_inline", "image", "inline",
    "lheading", "link", "list", "math_block", "math_inline", "myst_block_break", "myst_line_comment",
    "myst_preserve_newline", "myst_role", "myst_target", "newline", "normalize", "paragraph", "reference",
    "replacements", "smartquotes", "span", "strikethrough", "substitution_block", "substitution_inline",
    "table", "text", "text_join", "wordcount",
))  # fmt: skip
_known: WeakKeyDictionary[MarkdownIt, bool] = WeakKeyDictionary()
#: More stars than this could nest deeper than a parser should go.
_STARS: Final = 16


def does_no_more(msgid: str, msgstr: str, md: MarkdownIt) -> bool:
    """Whether both are plain, and ``msgstr`` has no link, role or code that ``msgid`` has not.

    Code is compared since it may hold what looks like an address; a role may not come more often. To a parser
    ``md`` with a rule that is not known here, nothing is plain.
    """
    if not (_is_plain(msgid) and _is_plain(msgstr) and _is_known(md)):
        return False
    return (
        set(_LINK.findall(msgstr)) <= set(_LINK.findall(msgid))
        and Counter(_ROLE.findall(msgstr)) <= Counter(_ROLE.findall(msgid))
        and set(_CODES.findall(msgstr)) <= set(_CODES.findall(msgid))
    )


def unknown_rules(md: MarkdownIt) -> list[str]:
    """The rules of a parser that are not known here, sorted: to it, no message is plain."""
    return sorted({rule for rules in md.get_active_rules().values() for rule in rules} - _RULES)


def _is_known(md: MarkdownIt) -> bool:
    if md not in _known:
        _known[md] = not unknown_rules(md)
    return _known[md]


def _is_plain(text: str) -> bool:
    return (
        text.count("*") <= _STARS
        and not text.startswith((" ", "* ", *",;!?:.'-"))
        and not text[-1:].isspace()
        and not _NUMBER.match(text)
        and _PLAIN.fullmatch(text) is not None
    )
