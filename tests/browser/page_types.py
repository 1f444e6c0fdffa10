"""The types of pages of a built site, found by what they are made of.

Nobody types them in: a page with a new kind of part is looked at from the day on which it is built.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree, html

if TYPE_CHECKING:
    from pathlib import Path

#: Classes that name a part, and not one of its values, its colours or a token of code.
_PART = re.compile(
    r"(?:hub-[a-z-]*[a-z]|sd-(?:card|dropdown|tab-set|octicon)|home|glossary|admonition|topic|footnote|math"
    r"|search-form|domainindex-table|language-menu)(?=__|--|$)"
)
#: Tables of the reference, and figures of a state, differ in their content alone.
_VARIANT = re.compile(r"hub-(reference|status)-[a-z-]+")
#: Pages for which nothing else stands.
_ALWAYS = ("index", "search", "404")


@cache
def page_types(folder: Path) -> tuple[str, ...]:
    """The names of few pages of one language that together have every kind of part that any of them has.

    The greedy choice for a set cover; a page that stands for no others, such as the home page, is first.
    """
    parts = {
        path.relative_to(folder).with_suffix("").as_posix(): _parts(path)
        for path in sorted(folder.rglob("*.html"))
        if not path.relative_to(folder).parts[0].startswith("_")
    }
    chosen = [name for name in _ALWAYS if name in parts]
    missing = set().union(*parts.values()) - set().union(*(parts[name] for name in chosen))
    while missing:
        # Of pages with as many new parts the one with fewest others, which is quick to look at.
        best = max(parts, key=lambda name: (len(parts[name] & missing), -len(parts[name]), name))
        chosen.append(best)
        missing -= parts[best]
    return tuple(chosen)


def _parts(path: Path) -> frozenset[str]:
    tree = html.fromstring(path.read_bytes())
    found = {element.tag for element in tree.iter(etree.Element)}
    for classes in tree.xpath("//@class"):
        for name in classes.split():
            if part := _PART.match(name):
                found.add(_VARIANT.sub(r"hub-\1", part[0]))
    return frozenset(found)
