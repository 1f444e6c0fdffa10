"""The brand icons that the package ships, made safe to stand inside a page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from sphinx_hub.community.colours import seen_on_both

ICONS: Final = Path(__file__).parent / "icons"

_SVG: Final = "{http://www.w3.org/2000/svg}"
_VIEW_BOX: Final = re.compile(r"-?[0-9.]+(?: -?[0-9.]+){3}")
_PATH: Final = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9.,+\-\s]+")


def icon_svg(slug: str, colour: str | None, folder: Path = ICONS) -> str | None:
    """The icon ``slug`` as inline SVG, hidden from screen readers; None when there is no such icon.

    Only the paths of the file are taken over. They are filled with ``colour``, shaded until it stands
    out on the light and the dark page, or with the colour of the text where no colour is given.
    """
    drawing = _drawing(folder / f"{slug}.svg")
    if drawing is None:
        return None
    view_box, paths = drawing
    shapes = "".join(f'<path d="{path}"/>' for path in paths)
    fill = seen_on_both(colour) if colour else "currentColor"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hub-mark hub-mark--icon" viewBox="{view_box}" '
        f'width="48" height="48" fill="{fill}" aria-hidden="true" focusable="false">{shapes}</svg>'
    )


@cache
def _drawing(path: Path) -> tuple[str, tuple[str, ...]] | None:
    """The view box and the paths of an icon: all that is taken over from its file."""
    if not path.is_file():
        return None
    # The files are the package's own; what is not a path in its own alphabet is left behind all the same.
    root = ET.fromstring(path.read_text("utf-8"))  # noqa: S314 these files ship with the package
    view_box = root.get("viewBox", "")
    found = (element.get("d", "") for element in root.iter(f"{_SVG}path"))
    paths = tuple(d for d in found if _PATH.fullmatch(d))
    return (view_box, paths) if paths and _VIEW_BOX.fullmatch(view_box) else None
