"""QR codes, drawn while the site is built: no page asks another server for one."""

from __future__ import annotations

from html import escape
from typing import Final

import segno

# The quiet zone that the standard asks for around the code (ISO/IEC 18004).
_BORDER: Final = 4


def qr_svg(url: str, label: str) -> str:
    """The code of ``url`` as inline SVG with ``label`` as its text alternative.

    Dark on white whatever the page's colours are, since many readers of codes know only that.
    """
    rows = segno.make(url, error="m", micro=False).matrix
    size = len(rows) + 2 * _BORDER
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hub-qr__code" viewBox="0 0 {size} {size}" '
        f'width="{size * 4}" height="{size * 4}" role="img" aria-label="{escape(label)}" '
        'shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#ffffff"/><path d="{_runs(rows)}" fill="#000000"/></svg>'
    )


def _runs(rows: tuple[bytearray, ...]) -> str:
    """The dark modules as one path, a rectangle for each run of them in a row."""
    parts = []
    for y, row in enumerate(rows, _BORDER):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                parts.append(f"M{x + _BORDER} {y}h{length}v1h-{length}z")
            x += length or 1
    return "".join(parts)
