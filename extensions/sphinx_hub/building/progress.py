"""What a person sees while the languages are built: a line for each of them on a terminal."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.building.languages import BuildResult
    from sphinx_hub.settings import Language

#: Sphinx's status lines: "reading sources... [ 50%] index".
_STATUS: Final = re.compile(r"(?P<phase>[a-z ]+)\.\.\. ?\[ *(?P<percent>\d+)%\]")


class Progress:
    """Prints results as they come; on a terminal also how far each language is."""

    def __init__(self, languages: Sequence[Language], stream: TextIO = sys.stdout) -> None:
        self._stream = stream
        self.live = stream.isatty() and os.environ.get("TERM") != "dumb"
        self._color = not os.environ.get("NO_COLOR") and (self.live or "FORCE_COLOR" in os.environ)
        self._state = dict.fromkeys((language.locale for language in languages), "")
        self._width = max((len(language.locale) for language in languages), default=0)

    def status(self, language: Language, text: str) -> None:
        """Take what Sphinx wrote to its output; the last line of it that tells how far it is counts."""
        found = [*_STATUS.finditer(text)] if self.live else []
        if found:
            self._state[language.locale] = f"{found[-1]['phase'].strip()} {found[-1]['percent']} %"
            self._redraw()

    def done(self, result: BuildResult) -> None:
        """Print the line of a language that has ended."""
        self._clear()
        self._stream.write(self._line(result) + "\n")
        self._state.pop(result.language.locale, None)
        self._redraw()

    def _line(self, result: BuildResult) -> str:
        locale = result.language.locale.ljust(self._width)
        if result.exit_code:
            return f"{self._paint('failed', 31)}  {locale}  {result.seconds:6.1f} s"
        pages = f"{result.pages} pages" if result.pages != 1 else "1 page"
        messages = (
            f"{result.translated} of {result.messages} messages translated" if result.messages else "source"
        )
        if result.outdated:
            messages += f", {result.outdated} outdated"
        became = f"{self._paint('same', 32)} " if result.unchanged else self._paint("built", 32)
        return f"{became}   {locale}  {result.seconds:6.1f} s  {pages}, {messages}"

    def _redraw(self) -> None:
        if self.live:
            running = "  ".join(f"{locale}: {state}" for locale, state in self._state.items() if state)
            self._stream.write(f"\r\x1b[K{running}")
            self._stream.flush()

    def _clear(self) -> None:
        if self.live:
            self._stream.write("\r\x1b[K")

    def _paint(self, text: str, color: int) -> str:
        return f"\x1b[{color}m{text}\x1b[0m" if self._color else text
