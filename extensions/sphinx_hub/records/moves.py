"""Pages and sections that moved, by ``redirects.yaml`` in the folder of the records, which may be missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx_hub.problems import Problem
    from sphinx_hub.records.redirects import Moved

REDIRECTS_FILE: Final = "redirects.yaml"


@dataclass(frozen=True, kw_only=True)
class Redirects:
    """All that moved."""

    path: Path
    moved: Mapping[str, Moved] = field(default_factory=dict)
    """By the name of the page that was published."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The same name -> the line at which its entry begins."""

    def destination(self, page: str, anchor: str = "") -> tuple[str, str]:
        """The page and the anchor that are shown to whoever asks for those, through all that moved since."""
        # Entries that lead in circles are wrong, and not among these.
        while (entry := self.moved.get(page)) is not None:
            place = entry.anchors.get(anchor, entry.to)
            if place is None:
                break
            page, _sign, there = place.partition("#")
            # A section keeps its anchor where its page moves as a whole.
            anchor = there if anchor in entry.anchors or not anchor else anchor
        return page, anchor

    def anchors_of(self, page: str) -> dict[str, str]:
        """Anchor -> ``page#anchor`` where it is now, for all anchors that are known to move with the page."""
        known: dict[str, str] = {}
        at: str | None = page
        while at is not None and (entry := self.moved.get(at)) is not None:
            for anchor in entry.anchors:
                known.setdefault(anchor, "#".join(filter(None, self.destination(page, anchor))))
            at = entry.to.partition("#")[0] if entry.to else None
        return known


def load_redirects(folder: Path, source: Path) -> tuple[Redirects, tuple[Problem, ...]]:
    """Read the redirects in the folder of the records, and every problem of them; no file is no redirect.

    :param source: the folder of the sources, which says what pages there are
    """
    path = folder / REDIRECTS_FILE
    if not path.is_file():
        return Redirects(path=path), ()
    from sphinx_hub.records.redirects import read_redirects  # noqa: PLC0415 models, which take a while to load

    return read_redirects(path, source)
