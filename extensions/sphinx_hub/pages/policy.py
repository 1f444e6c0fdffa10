"""The content security policy of pages: nothing from another host, and no script that a page did not bring.

It stands in a ``meta`` element, since a site of plain files sends no headers of its own
(https://www.w3.org/TR/CSP3/#meta-element). Scripts and styles that stand in the page are named by hashes,
which are computed from the page as it is written. Attributes ``style`` are allowed: Sphinx and docutils write
the widths of columns and pictures into them, and what they could load must come from the site all the same.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from fnmatch import fnmatch
from html import escape, unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config

    Policy = Mapping[str, Sequence[str]]

logger = logging.getLogger(__name__)

DEFAULT: Final[Policy] = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    # Browsers that tell elements from attributes go by the next two; others by this one.
    "style-src": ("'self'", "'unsafe-inline'"),
    "style-src-elem": ("'self'",),
    "style-src-attr": ("'unsafe-inline'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'", "data:"),
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
}
#: What a project may extend besides.
_OTHERS: Final = frozenset({
    "child-src", "connect-src", "frame-src", "manifest-src", "media-src", "script-src-attr",
    "script-src-elem", "worker-src",
})  # fmt: skip
_SOURCE: Final = re.compile(r"[^\s;,]+")
_INLINE: Final = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_TYPE: Final = re.compile(r"\btype\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_HAS_SOURCE: Final = re.compile(r"\bsrc\s*=", re.IGNORECASE)
#: Types of scripts that a browser acts on; all others are data.
_ACTING: Final = frozenset({
    "", "module", "importmap", "speculationrules", "text/javascript", "application/javascript",
    "text/ecmascript", "application/ecmascript",
})  # fmt: skip
_LOADED: Final = re.compile(
    r"<(?P<tag>script|img|iframe|link|video|audio|source)\b(?P<attributes>[^>]*)>", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"\b(?:src|href)\s*=\s*[\"']?((?:https?:)?//[^\"'\s>]+)", re.IGNORECASE)
_STYLESHEET: Final = re.compile(r"\brel\s*=\s*[\"']?[^\"'>]*\bstylesheet\b", re.IGNORECASE)
_DIRECTIVES: Final = {
    "script": "script-src", "img": "img-src", "iframe": "frame-src", "link": "style-src-elem",
    "video": "media-src", "audio": "media-src", "source": "media-src",
}  # fmt: skip
#: What stands before it, if it is there: the encoding must be said early.
_PLACES: Final = tuple(
    re.compile(tag, re.IGNORECASE) for tag in (r"<meta\s+charset=[^>]*>", r"<head\b[^>]*>")
)


def check_policy(_app: Sphinx, config: Config) -> None:
    """On config-inited: say which directives and sources of ``hub_content_security_policy`` are none."""
    extended = config.hub_content_security_policy or {}
    for directive, sources in extended.items():
        if directive not in DEFAULT and directive not in _OTHERS:
            known = ", ".join(sorted({*DEFAULT, *_OTHERS}))
            _warn("unknown directive %r in hub_content_security_policy (known: %s)", directive, known)
        if isinstance(sources, str) or not all(
            isinstance(source, str) and _SOURCE.fullmatch(source) for source in sources
        ):
            _warn(
                "hub_content_security_policy: %r must have a list of sources, such as 'https://example.org'",
                directive,
            )


def policy_of(config: Config) -> Policy | None:
    """What pages may do, with what the project adds to the default; None where no policy is to be said.

    Read the Docs puts scripts of its own into pages, and into some an advertisement from another host: there,
    none is said.
    """
    extended = config.hub_content_security_policy
    if extended is None or os.environ.get("READTHEDOCS") == "True":
        return None
    policy = {directive: list(sources) for directive, sources in DEFAULT.items()}
    for directive, sources in extended.items():
        # A directive that is named replaces the default, which is to hold all the same.
        policy.setdefault(directive, list(DEFAULT["default-src"]))
        policy[directive] = [*(each for each in policy[directive] if each != "'none'"), *sources]
    return policy


def for_maths(policy: Policy, script: str) -> Policy:
    """The policy of a page whose formulas MathJax draws, loaded by the address ``script``.

    It writes a style into the page, and loads fonts and more scripts from beside the first. What reads
    formulas aloud runs in a worker, whose script is a blob.
    """
    parts = urlsplit(script)
    host = [f"{parts.scheme or 'https'}://{parts.netloc}"] if parts.netloc else []
    added = {
        "script-src": host,
        "style-src-elem": ["'unsafe-inline'", *host],
        "font-src": host,
        "connect-src": host,
        "worker-src": ["blob:", *host],
    }
    default = policy["default-src"]
    return {**policy, **{name: [*policy.get(name, default), *new] for name, new in added.items()}}


def with_policy(policy: Policy, page: str) -> str:
    """The HTML of a page with the policy in its head, before anything that it is about."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for element in _INLINE.finditer(page):
        tag, attributes, content = element[1].lower(), element[2], element[3]
        kind = _TYPE.search(attributes)
        data = tag == "script" and (kind[1].lower() if kind else "") not in _ACTING
        if content and not data and not (tag == "script" and _HAS_SOURCE.search(attributes)):
            hashes[tag].append(content_hash(content))
    parts = []
    for directive, sources in policy.items():
        inline = {"script-src": "script", "style-src-elem": "style"}.get(directive)
        # Beside a hash, "unsafe-inline" counts for nothing.
        added = () if inline is None or "'unsafe-inline'" in sources else dict.fromkeys(hashes[inline])
        parts.append(" ".join((directive, *sources, *added)))
    tag = f'<meta http-equiv="Content-Security-Policy" content="{escape("; ".join(parts), quote=False)}">'
    place = next(filter(None, (place.search(page) for place in _PLACES)), None)
    return f"{page[: place.end()]}\n    {tag}{page[place.end() :]}" if place else page


def content_hash(content: str) -> str:
    """The source by which a policy allows a script or a style that stands in the page."""
    # As a browser reads it: its line breaks are those of HTML.
    text = content.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def forbidden(policy: Policy, page: str) -> Iterator[tuple[str, str]]:
    """(directive, address) of each thing in a page that the policy keeps from being loaded."""
    for element in _LOADED.finditer(page):
        tag, address = element["tag"].lower(), _ADDRESS.search(element["attributes"])
        if address is None or (tag == "link" and not _STYLESHEET.search(element["attributes"])):
            continue
        directive, url = _DIRECTIVES[tag], unescape(address[1])
        if not any(_allows(source, url) for source in policy.get(directive, policy["default-src"])):
            yield directive, url


def _allows(source: str, url: str) -> bool:
    parts = urlsplit(url if "://" in url else f"https:{url}")
    if source in {"*", f"{parts.scheme}:"}:
        return True
    wanted = urlsplit(source if "://" in source else f"{parts.scheme}://{source}")
    return (
        wanted.scheme == parts.scheme
        and fnmatch(parts.netloc, wanted.netloc)
        and parts.path.startswith(wanted.path)
    )


def _warn(message: str, *arguments: object) -> None:
    logger.warning(message, *arguments, type="hub", subtype="policy")
