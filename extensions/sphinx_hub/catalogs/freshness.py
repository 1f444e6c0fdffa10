"""Whether templates are still what the sources would give: then nothing needs to be extracted again.

What an extraction depends on is written down when it is done: every file that it read, the code that read
them, which files there were, the day and the environment. As with Sphinx's own pages, a file counts as the
same while its time and its size are.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: In the folder of the templates: domain -> locale, of the pages that are written in another language than
#: the site.
SOURCES: Final = "sources.json"
#: In the same folder: the files that the extraction read, and itself consists of.
INPUTS: Final = "inputs.json"
#: In the same folder: what all of them were like.
_RECORD: Final = "fresh.json"
#: Variables that differ from one command to the next, and that no configuration asks for.
_VOLATILE: Final = frozenset({"_", "COLUMNS", "LINES", "OLDPWD", "PWD", "SHLVL"})


class Freshness:
    """Of the templates in ``folder``, extracted from what lies in ``sources``."""

    def __init__(self, folder: Path, sources: Path) -> None:
        self._folder = folder
        # As they are before an extraction begins: what is changed while it runs, is changed.
        self._sources = _stamps(sources.rglob("*"))
        self._before = {"environment": _environment(), "sources": self._sources}

    def is_given(self) -> bool:
        """Whether the templates are what the sources would give."""
        try:
            record = self._record()
            return (
                all(record[name] == value for name, value in self._before.items())
                and record["templates"] == self._templates()
                and record["files"] == _stamps(map(Path, record["files"]))
            )
        except (OSError, ValueError, LookupError, AttributeError, TypeError):
            return False

    def changed_sources(self) -> int:
        """How many files below the folder of the sources are others than at the last extraction."""
        try:
            before = self._record()["sources"].items()
        except (OSError, ValueError, LookupError, AttributeError):
            before = ()
        known = {(path, tuple(found)) for path, found in before}
        return sum((path, tuple(found)) not in known for path, found in self._sources.items())

    def _record(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads((self._folder / _RECORD).read_text("utf-8"))
        return record

    def forget(self) -> None:
        """Before an extraction: what there is of templates counts no more."""
        for name in (INPUTS, _RECORD):
            (self._folder / name).unlink(missing_ok=True)

    def note(self, others: Iterable[Path]) -> None:
        """After an extraction that ended well: from now on its templates count.

        ``others`` are files that it depends on, beside those that it named itself.
        """
        paths: list[str] = json.loads((self._folder / INPUTS).read_text("utf-8"))
        files = _stamps([*map(Path, paths), *others])
        record = {**self._before, "files": files, "templates": self._templates()}
        (self._folder / _RECORD).write_text(json.dumps(record, indent=0), "utf-8")

    def _templates(self) -> dict[str, list[int]]:
        return _stamps(self._folder.rglob("*.pot"))


def _stamps(paths: Iterable[Path]) -> dict[str, list[int]]:
    return {str(path): stamp(path) for path in sorted(paths)}


def stamp(path: Path) -> list[int]:
    """The time and the size of a file; empty where there is none."""
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_mtime_ns, found.st_size]


def _environment() -> str:
    """The variables and the day, on which what a page says may depend."""
    values = sorted((name, value) for name, value in os.environ.items() if name not in _VOLATILE)
    day = datetime.now(UTC).date().isoformat()
    return hashlib.sha256(repr((day, values)).encode()).hexdigest()
