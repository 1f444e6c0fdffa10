"""Text as XML may hold it: escaped, and without the characters that XML 1.0 has no way to write."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from sphinx_hub.patterns import lazy

#: https://www.w3.org/TR/xml/#charsets
_FORBIDDEN: Final = lazy("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: str) -> str:
    """``value`` between tags."""
    return escape(_FORBIDDEN.sub("", value))


def attribute(value: str) -> str:
    """``value`` as an attribute, with its quotation marks."""
    return quoteattr(_FORBIDDEN.sub("", value))
