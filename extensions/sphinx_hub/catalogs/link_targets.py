"""Where a link leads, told apart as a browser would: an origin on the web, or an exact target.

A translation may lead to another path of a host that its source links to, such as the Chinese edition of
a page, but to no other host. What is not plainly an address on the web is compared as a whole, so a form
that two parsers could read differently is never taken for one that is allowed.

https://url.spec.whatwg.org/#concept-basic-url-parser
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

import mdurl

#: A browser drops these wherever they stand, and spaces and controls at both ends.
_DROPPED: Final = re.compile(r"[\t\n\r]")
_EDGES: Final = "".join(map(chr, range(0x21)))
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
#: An address with an authority that every parser ends at the same place.
_ORIGIN: Final = re.compile(
    r"(?:(?P<scheme>https?|ftp):)?//(?P<authority>[^/?#\\\s]+)(?:[/?#]|$)", re.IGNORECASE
)
_AUTHORITY: Final = re.compile(
    r"(?:(?P<user>[^@\[\]]*)@)?(?P<host>\[[0-9a-f:.]+\]|[^@:%\[\]]+)(?::(?P<port>\d*))?", re.IGNORECASE
)
#: To a browser, a slash and a backslash are the same here.
_TWO_SLASHES: Final = re.compile(r"[/\\]{2}")
_PORTS: Final = {"http": "80", "https": "443", "ftp": "21"}
#: Schemes that name a page, an object or a correspondent rather than a way to run or to read something.
_TARGETS: Final = frozenset(("project", "path", "inv", "doc", "mailto", "tel"))
#: The schemes that a parser refuses as a link, so that they stand in the text, and their kin.
_REFUSED: Final = re.compile(
    r"(?:\]\(|\]:|<)[\s<]*((?:javascript|vbscript|livescript|data|file|blob|filesystem|about|jar):)",
    re.IGNORECASE,
)

Key = tuple[str, ...]


def link_key(href: str) -> tuple[str, Key]:
    """Kind of excess and comparable key of the target ``href`` of a link, as the parser has normalised it.

    Two targets with the same key do the same as far as a translator's freedom goes.
    """
    seen = _DROPPED.sub("", href).strip(_EDGES)
    decoded = _DROPPED.sub("", unquote(seen)).strip(_EDGES)
    scheme = _SCHEME.match(seen)
    if scheme is None and _SCHEME.match(decoded) is None and not _TWO_SLASHES.match(decoded):
        return "link-target", ("target", mdurl.decode(href))
    name = scheme[1].lower() if scheme else ""
    if name in {"http", "https", "ftp"} or (scheme is None and _TWO_SLASHES.match(decoded)):
        kind = "link-scheme" if name == "ftp" else "link-host"
        return kind, _origin(seen) or ("target", href)
    return "link-target" if name in _TARGETS else "link-scheme", ("target", href)


def granted(key: Key) -> tuple[Key, ...]:
    """The keys that a source with ``key`` allows: a link to a host may become a secure one."""
    if key[:2] == ("origin", "http") and not key[-1]:
        return key, ("origin", "https", *key[2:])
    return (key,)


def refused_schemes(text: str) -> frozenset[str]:
    """The schemes of what looks like links in ``text`` but is none, since no parser lets it be one.

    >>> sorted(refused_schemes("[x](JavaScript&colon;alert(1))".replace("&colon;", ":")))
    ['javascript:']
    """
    return frozenset(match[1].lower() for match in _REFUSED.finditer(text))


def _origin(address: str) -> Key | None:
    """The scheme, user, host and port of a well-formed address; None for any other."""
    match = _ORIGIN.match(address)
    authority = match and _AUTHORITY.fullmatch(match["authority"])
    if match is None or authority is None:
        return None
    scheme = (match["scheme"] or "").lower()
    port = authority["port"] or ""
    return (
        "origin",
        scheme,
        authority["user"] or "",
        authority["host"].lower(),
        "" if port == _PORTS.get(scheme) else port,
    )
