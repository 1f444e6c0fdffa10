"""The examples of the checker's codes, each as an entry of a list."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

from sphinx_hub import problems
from sphinx_hub.catalogs.check.examples import EXAMPLES, load_examples
from sphinx_hub.reference.table import Entry, Listing, SourceTexts, Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_hub.catalogs.check.examples import Example

_ = get_translation("sphinx_hub")

#: BCP 47 of the locales that examples are in.
_TAGS: Final = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant"}


def severity(code: problems.Code) -> Verbatim:
    """How grave a problem is, and whether it is reported only where somebody asks for it."""
    return Verbatim(code.severity, note="" if code.default else str(_(", off by default")))


def checks_table() -> Listing:
    """A wrong and a right translation for every code of the checker."""
    texts = SourceTexts(Path(problems.__file__))
    codes = {code.code: code for code in problems.Code}
    entries = tuple(
        Entry(
            f"example-{name.lower()}",
            Verbatim(name, target=f"problem-{name.lower()}"),
            severity(codes[name]),
            texts.sentence(codes[name].explanation),
            tuple((str(label), cell) for label, cell in _fields(example) if cell.text),
        )
        for name, example in load_examples().items()
    )
    return Listing(entries, (texts.path, EXAMPLES))


def _fields(example: Example) -> Iterator[tuple[str, Verbatim]]:
    """The glossary, the source, the wrong and the right translation of an example, with their labels."""
    tag = _TAGS[example.locale]
    glossary = ", ".join(f"{term} = {word}" for term, word in example.glossary.items())
    yield _("Glossary"), Verbatim(glossary, lang=tag)
    yield _("Source"), Verbatim(example.source, lang="en")
    for label, pieces in ((_("✗ Wrong"), example.wrong), (_("✓ Right"), example.right)):
        # Pieces of catalogs are whole lines.
        text = shown(pieces[0]) if example.source else "\n".join(pieces).strip("\n")
        yield label, Verbatim(text, lang=tag)


def shown(text: str) -> str:
    """``text`` with what nobody sees in it made visible."""
    text = re.sub(r"^ +| +$", lambda found: "␣" * len(found[0]), text.replace("\n", "\\n"))
    return "".join(
        f"<U+{ord(character):04X}>"
        if character != " " and unicodedata.category(character) in {"Cc", "Cf", "Zs"}
        else character
        for character in text
    )
