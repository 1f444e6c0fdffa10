"""Which sources a pattern of ``exclude`` means, read as Sphinx reads its ``exclude_patterns``.

Sphinx's own ``sphinx.util.matching`` would bring all of Sphinx along.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_PART: Final = re.compile(r"\*\*|\*|\?|\[(?P<inner>!?\]?[^\]]*)\]|.", re.DOTALL)


def is_excluded(source: str, patterns: Iterable[str]) -> bool:
    """Whether one of ``patterns`` means ``source``, a path below the folder of the sources, or its folder.

    A star stands for anything within a name, two stars also for slashes.
    """
    places = [source, *(folder.as_posix() for folder in PurePosixPath(source).parents)]
    return any(_compiled(pattern).fullmatch(place) for pattern in patterns for place in places)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # `**/name` means a name at the top as well.
    start = "(?:.*/)?" if pattern.startswith("**/") else ""
    rest = pattern[3:] if start else pattern
    return re.compile(start + "".join(map(_translated, _PART.finditer(rest))), re.DOTALL)


def _translated(part: re.Match[str]) -> str:
    wildcards = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    if part[0] in wildcards:
        return wildcards[part[0]]
    inner = part["inner"]
    if not inner:
        return re.escape(part[0])
    negative, listed = inner.startswith("!"), re.sub(r"([\\\[\]^])", r"\\\1", inner.removeprefix("!"))
    return f"[^/{listed}]" if negative else f"[{listed}]"
