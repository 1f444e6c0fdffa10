"""An example of each code of the checker, as the docs show it: what is wrong, and how it is right."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_hub.catalogs.check.pair import Markup

EXAMPLES: Final = Path(__file__).parent / "examples.toml"

#: What a piece of a catalog needs to be one.
_HEADER: Final = """\
msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A translation that a code is reported for, and the same one mended."""

    code: str
    """Such as ``MSG101``."""
    wrong: tuple[str, ...]
    """The wrong translation; without a source, pieces of catalogs, one a catalog."""
    right: tuple[str, ...]
    """The right one, as `wrong`."""
    source: str = ""
    locale: str = "zh_CN"
    markup: Markup = "myst"
    glossary: Mapping[str, str] = field(default_factory=dict)
    """Terms with their words, where the code needs any."""

    def catalogs(self, which: Literal["wrong", "right"]) -> list[str]:
        """The whole catalogs of the wrong or the right translation, each as the text of a .po file."""
        header = _HEADER.format(locale=self.locale)
        if self.source:
            (translation,) = getattr(self, which)
            return [f"{header}msgid {_quoted(self.source)}\nmsgstr {_quoted(translation)}\n"]
        pieces: tuple[str, ...] = getattr(self, which)
        # One that is about the header brings its own.
        return [piece if piece.startswith('msgid ""\n') else header + piece for piece in pieces]


def load_examples() -> dict[str, Example]:
    """The examples, by the code that each is of."""
    tables = tomllib.loads(EXAMPLES.read_text("utf-8"))
    for table in tables.values():
        for which in ("wrong", "right"):
            given = table[which]
            table[which] = (given,) if isinstance(given, str) else tuple(given)
    return {code: Example(code=code, **table) for code, table in tables.items()}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
