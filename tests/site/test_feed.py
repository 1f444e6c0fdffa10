"""The feeds of the posts in the real site: valid, complete, and every address within them leads somewhere."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx_hub.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("locale", ["en", "zh_CN", "zh_TW"])
def test_the_feed_holds_the_posts_of_the_site(
    built_site: Path, settings: Settings, checked_feed: Callable[[bytes], Any], locale: str
) -> None:
    root = built_site / "_build" / "html"
    language = settings.language(locale)
    feed = f"{language.path}/posts/feed.xml"
    entries = checked_feed((root / feed).read_bytes()).findall(f"{ATOM}entry")
    posts = [path for path in (built_site / "docs" / "posts").rglob("*.md") if path.stem != "index"]
    assert len(entries) == min(len(posts), 20)
    for entry in entries:
        languages = {link.get("hreflang") for link in entry.findall(f"{ATOM}link")}
        assert languages == {each.tag for each in settings.languages}
        hrefs = [link.get("href") for link in entry.findall(f"{ATOM}link")]
        hrefs += map(unescape, re.findall(r'(?:href|src)="([^"]*)"', entry.findtext(f"{ATOM}content")))
        for href in hrefs:
            if not re.match("[a-z]+:", href):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(feed), urldefrag(href).url))
                assert (root / path).is_file(), href
