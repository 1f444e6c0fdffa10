"""Messages in reStructuredText: inline markup by docutils' rules, without docutils.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup-recognition-rules
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sphinx_hub.catalogs.check.markdown import WORD_ROLES
from sphinx_hub.catalogs.check.parts import OBJECT, Link, Parts, Role

_NOTHING: Final = re.compile(r"[\\`*_|\[\n]|^\s|^[#>*+\-=%|:.]|^\(?\w{1,4}[.)]")
_ROLE: Final = r"(?P<prefix>:[a-zA-Z][\w.+:-]*:)"
#: In the order in which docutils looks for them; what a start needs on its left is looked at apart.
_INLINE: Final = re.compile(
    r"(?P<escape>\\(?:\s|.|$))"
    r"|``(?P<literal>(?=\S).*?(?<=\S))``(?!`)"
    r"|\*\*(?P<strong>(?=\S)[^*].*?(?<=[^\s\\]))\*\*"
    r"|\*(?P<emphasis>(?=[^\s*]).*?(?<=[^\s\\]))\*"
    rf"|{_ROLE}?`(?P<interpreted>(?=[^\s`]).*?(?<=[^\s\\]))`(?P<suffix>:[a-zA-Z][\w.+:-]*:|__?)?"
    r"|\|(?P<substitution>(?=[^\s|])[^|]*?(?<=[^\s\\]))\|(?P<substitution_suffix>__?)?"
    r"|\[(?P<footnote>\d+|\#[\w.+:-]*|\*|[A-Za-z][\w.+:-]*)\]_"
    r"|(?P<reference>[A-Za-z0-9]+(?:[-._+:][A-Za-z0-9]+)*)__?(?!\w)",
    re.DOTALL | re.ASCII,
)
_TARGET: Final = re.compile(r"(?P<title>.*?)\s*<(?P<target>[^<>]+)>", re.DOTALL)
_BEFORE: Final = "'\"([{<-/:"
_AFTER: Final = "'\")]}>-/\\:.,;!?"
_BLOCK_STARTS: Final = (
    ("bullet_list", re.compile(r"[*+\-•‣⁃](?:\s|$)")),
    ("enumerated_list", re.compile(r"\(?(?:\d+|#|[a-zA-Z])[.)]\s")),
    ("block_quote", re.compile(r"[ \t]+\S")),
    ("explicit_markup", re.compile(r"\.\.(?:\s|$)")),
    ("literal_block", re.compile(r".*::\s*\n\s*\n", re.DOTALL)),
    ("line_block", re.compile(r"\|\s")),
    ("field_list", re.compile(r":[^\s:][^:\n]*:\s")),
    ("transition", re.compile(r"([-=~^\"'`#*+])\1{3,}\s*$")),
    ("doctest", re.compile(r">>>\s")),
)


def rest_parts(text: str) -> Parts:
    """The parts of a message in reStructuredText."""
    parts = Parts(raw=text)
    if not _NOTHING.search(text):
        parts.text = text
        return parts
    parts.marked = True
    kinds = [kind for kind, pattern in _BLOCK_STARTS if pattern.match(text)]
    if kinds:
        parts.blocks = (kinds[0],)
    elif re.search(r"\n[ \t]*\n", text.strip()):
        parts.blocks = ("paragraph", "paragraph")
    position = 0
    while found := _INLINE.search(text, position):
        start, end = found.span()
        if found["escape"] is None and not _bounded(text, start, end):
            # Not markup here: this sign is text, and the next one may begin some.
            parts.text += text[position : start + 1]
            position = start + 1
            continue
        parts.text += text[position:start]
        _add(found, parts)
        position = end
    parts.text += text[position:]
    return parts


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether what stands around inline markup lets it be markup."""
    before, after = text[start - 1 : start], text[end : end + 1]
    before_good = (
        not before
        or before.isspace()
        or before in _BEFORE
        or unicodedata.category(before) in {"Ps", "Pi", "Pf", "Pd", "Po"}
        or text[start - 2 : start] == "\\ "
    )
    after_good = (
        not after
        or after.isspace()
        or after in _AFTER
        or unicodedata.category(after) in {"Pe", "Pi", "Pf", "Pd", "Po"}
    )
    return before_good and after_good


def _add(found: re.Match[str], parts: Parts) -> None:
    if found["escape"] is not None:
        parts.text += found["escape"][1:].strip()
    elif found["literal"] is not None:
        parts.codes.append(found["literal"])
        parts.text += OBJECT
    elif found["strong"] is not None:
        parts.strong += 1
        parts.text += found["strong"]
    elif found["emphasis"] is not None:
        parts.emphasis += 1
        parts.text += found["emphasis"]
    elif found["interpreted"] is not None:
        _add_interpreted(found, parts)
    elif found["substitution"] is not None:
        parts.substitutions.append(found["substitution"])
        parts.text += OBJECT
    elif found["footnote"] is not None:
        parts.footnotes.append(found["footnote"])
    else:
        parts.links.append(Link(found["reference"].casefold(), found["reference"], written=False))
        parts.text += found["reference"]


def _add_interpreted(found: re.Match[str], parts: Parts) -> None:
    content, suffix = found["interpreted"], found["suffix"] or ""
    split = _TARGET.fullmatch(content)
    if suffix.startswith("_"):
        target = split["target"] if split else content.casefold()
        text = split["title"] if split else content
        parts.links.append(Link(" ".join(target.split()), text, written=split is not None))
        parts.text += text
        return
    name = (found["prefix"] or suffix).strip(":")
    title, target = (split["title"], split["target"]) if split else ("", content)
    parts.roles.append(Role(name, title, target))
    parts.text += title or (content if name in WORD_ROLES or not name else OBJECT)
