"""Images that a record shows: there, below the sources, and what their name says they are."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from sphinx_hub.problems import Code
from sphinx_hub.records.refusal import refusal

if TYPE_CHECKING:
    from pydantic import ValidationInfo

#: Suffixes of the images that may be shown.
IMAGE_SUFFIXES: Final = (".avif", ".png", ".svg", ".webp")

_SVG_ROOT: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<svg[\s>]", re.DOTALL
)
# What makes a drawing into a program, or into a page that asks other servers.
_SVG_ACTIVE: Final = re.compile(
    rb"<script|<foreignobject|<!entity|<!doctype|\son[a-z]+\s*=|javascript:|href\s*=\s*[\"'](?:https?:)?//|"
    rb"url\(\s*[\"']?(?:https?:)?//|@import",
    re.IGNORECASE,
)


def image_file(value: str, info: ValidationInfo) -> str:
    """Check the path of an image, relative to the folder of the sources, and give it back.

    Form and suffix are always checked. The file is opened when the validation's context holds
    that folder as ``"source"``.

    :raises PydanticCustomError: the path leads elsewhere, or the file is not such an image.
    """
    reason = _bad_path(value)
    source = (info.context or {}).get("source")
    if reason is None and isinstance(source, Path):
        reason = _bad_file(source, value)
    if reason:
        raise refusal(Code.RECORD_FILE, f"{value!r}: {reason}")
    return value


def _bad_path(value: str) -> str | None:
    path = PurePosixPath(value)
    if not value or "\\" in value or ":" in value or path.is_absolute() or ".." in path.parts:
        return "write a path below the folder of the sources, with forward slashes"
    if path.suffix not in IMAGE_SUFFIXES:
        return f"an image ends in {', '.join(IMAGE_SUFFIXES)}"
    return None


def _bad_file(source: Path, value: str) -> str | None:
    path = source / value
    if not path.is_file():
        return f"there is no such file below {source.name}/"
    if not path.resolve().is_relative_to(source.resolve()):
        return "the file lies outside the folder of the sources"
    try:
        return _bad_content(path.read_bytes(), path.suffix)
    except OSError as error:
        return f"the file cannot be read: {error.strerror}"


def _bad_content(content: bytes, suffix: str) -> str | None:
    found = image_type(content)
    if found is None:
        return "the content is no svg, png, webp or avif image"
    if f".{found}" != suffix:
        return f"the content is {found}, not what the name says"
    if found == "svg" and _SVG_ACTIVE.search(content):
        return "the drawing has scripts, entities or links to other servers: remove them"
    return None


def image_type(content: bytes) -> str | None:
    """What an image is by its first bytes: ``svg``, ``png``, ``webp`` or ``avif``; else None."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:12] in {b"ftypavif", b"ftypavis"}:
        return "avif"
    return "svg" if _SVG_ROOT.match(content) else None
