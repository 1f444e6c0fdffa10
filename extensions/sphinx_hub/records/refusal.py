"""How a value is refused: with a code of the project, and with a hint at what was meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_hub.problems import Code

_LISTED: Final = 25


def refusal(code: Code, reason: str) -> PydanticCustomError:
    """The error to raise for a value that ``reason`` says is wrong.

    Its pydantic type is the printed code (``REC013``), which the loader maps back to ``code``.
    """
    # The reason goes in as data: braces in it must not be read as pydantic's placeholders.
    return PydanticCustomError(code.code, "{reason}", {"reason": reason})


def nearest(wrong: str, known: Iterable[str]) -> str:
    """The end of a message: the name that ``wrong`` most likely meant, else the names that are known."""
    names = list(known)
    by_folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(wrong.casefold(), by_folded, n=1)
    if close:
        return f": did you mean {by_folded[close[0]]!r}?"
    more = ["…"] if len(names) > _LISTED else []
    return f" (known: {', '.join(names[:_LISTED] + more) or 'none'})"
