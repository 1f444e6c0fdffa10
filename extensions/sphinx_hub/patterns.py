"""Regular expressions that are compiled when they are first used.

One with a class of Han characters takes a millisecond or two to compile, and a command uses few of those that
its modules define.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile(pattern, flags)`` gives, as far as its methods and its text go.

    A fault in ``pattern`` is raised where it is first used: each has a test that uses it.
    """
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))


class _LazyPattern:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Compile it: from then on its methods are found at once."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        method: Callable[..., Any] = getattr(compiled, name)
        return method
