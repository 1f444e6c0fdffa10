"""git's ``.mailmap``: one name and one address for somebody who has used several.

The form is that of https://git-scm.com/docs/gitmailmap. It is read here rather than asked of git, since it
also holds for names in the headers of catalogs, and for a copy of the project without its history.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_LINE: Final = re.compile(r"(?P<name>[^<]*)<(?P<mail>[^>]*)>(?:(?P<old_name>[^<]*)<(?P<old_mail>[^>]*)>)?.*")


class Mailmap:
    """What a ``.mailmap`` says of names and addresses."""

    def __init__(self, text: str = "") -> None:
        self._known: dict[tuple[str, str], tuple[str, str]] = {}
        """(former name, former address) in lower case -> (name, address); all but the second may be empty."""
        for line in text.splitlines():
            found = _LINE.fullmatch(line.partition("#")[0].strip())
            if found is None:
                continue
            name, mail = found["name"].strip(), found["mail"].strip()
            old_name, old_mail = (found["old_name"] or "").strip(), (found["old_mail"] or "").strip()
            if not old_mail:
                old_mail, mail = mail, ""
            key = old_name.casefold(), old_mail.casefold()
            before = self._known.get(key, ("", ""))
            self._known[key] = name or before[0], mail or before[1]

    def lookup(self, name: str, mail: str) -> tuple[str, str]:
        """The name and the address to use for somebody who is written ``name <mail>``."""
        for key in ((name.casefold(), mail.casefold()), ("", mail.casefold())):
            if mail and key in self._known:
                proper_name, proper_mail = self._known[key]
                return proper_name or name, proper_mail or mail
        return name, mail


def read_mailmap(path: Path) -> Mailmap:
    """The mailmap ``path``; an empty one where there is no such file."""
    try:
        return Mailmap(path.read_text("utf-8", errors="replace"))
    except OSError:
        return Mailmap()
