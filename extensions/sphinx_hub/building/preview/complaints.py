"""What Sphinx complains of in a process that builds again and again: each with the page that it is about.

Sphinx says once what is wrong with a page, when it reads or writes it. Here that stays known until the page
is read or written again.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_hub.problems import Problem

_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
_LINE: Final = re.compile(
    r"(?:(?P<place>\S[^\n]*?): )?(?P<severity>WARNING|ERROR|CRITICAL|SEVERE): (?P<message>.*)", re.DOTALL
)


class Trouble(NamedTuple):
    """Something that keeps a page from being what its author wants."""

    place: str
    """``path:line`` as far as it is known, the path relative to the project."""
    message: str

    @classmethod
    def of(cls, problem: Problem) -> Trouble:
        """The trouble that ``problem`` is."""
        place, _sign, message = str(problem).partition(": ")
        return cls(place, message)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class Stage(NamedTuple):
    """During what something was complained of."""

    name: str
    """``read`` and ``write`` are of one page; ``data`` and ``site`` of none."""
    docname: str = ""


class Complaints(io.StringIO):
    """The stream that Sphinx writes its warnings to."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self._prefix = f"{root.rstrip('/')}/"
        self._stage = Stage("site")
        self._found: dict[Stage, list[Trouble]] = {}

    @contextmanager
    def during(self, stage: Stage) -> Iterator[None]:
        """Forget what was said of ``stage``; what comes now is of it."""
        self._found.pop(stage, None)
        before, self._stage = self._stage, stage
        try:
            yield
        finally:
            self._stage = before

    def write(self, text: str) -> int:
        """Take what Sphinx says, one complaint at a time."""
        plain = _COLOUR.sub("", text).strip().replace(self._prefix, "")
        if plain:
            found = _LINE.fullmatch(plain)
            trouble = Trouble(found["place"] or "", found["message"]) if found else Trouble("", plain)
            self._found.setdefault(self._stage, []).append(trouble)
        return len(text)

    def of(self, stage: Stage) -> list[Trouble]:
        """What was said of ``stage`` when it was last."""
        return self._found.get(stage, [])

    def forget_others(self, docnames: Iterable[str]) -> None:
        """Forget pages that are not among ``docnames``."""
        known = {"", *docnames}
        self._found = {stage: said for stage, said in self._found.items() if stage.docname in known}

    @property
    def pages(self) -> set[str]:
        """The pages that have complaints."""
        return {stage.docname for stage, said in self._found.items() if said and stage.docname}

    @property
    def troubles(self) -> list[Trouble]:
        """All that is wrong now, each once."""
        return list(dict.fromkeys(each for said in self._found.values() for each in said))


class Nowhere(io.StringIO):
    """A stream that keeps nothing: a process that runs for days must not collect what it said."""

    def write(self, text: str) -> int:
        """Drop ``text``."""
        return len(text)
