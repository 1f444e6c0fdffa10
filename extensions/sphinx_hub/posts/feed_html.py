"""The content of a page as a feed may hold it: whole addresses, no scripts, nothing that needs the site."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Attributes = list[tuple[str, str | None]]

#: What readers of feeds take away or may not run; and drawings, whose names HTML would read in lower case.
_DROPPED: Final = frozenset({"script", "style", "template", "noscript", "iframe", "object", "embed", "svg"})
#: Parts of a page that mean nothing beyond it, by their classes.
_DROPPED_CLASSES: Final = frozenset({"headerlink", "hub-available", "hub-edit"})
#: Titles of boxes, which the site's styles make bold.
_TITLES: Final = frozenset({"admonition-title", "topic-title"})
_VOID: Final = frozenset({"area", "br", "col", "hr", "img", "source", "track", "wbr"})
_ADDRESSES: Final = frozenset({"cite", "href", "poster", "src"})
#: Attributes that mean something without the styles and the scripts of the site.
_KEPT: Final = frozenset(
    {
        *("abbr", "alt", "colspan", "datetime", "dir", "headers", "height", "hreflang", "lang", "open"),
        *("reversed", "rowspan", "scope", "start", "title", "type", "value", "width"),
    }
)
_BOXES: Final = {True: "☑", False: "☐"}


def feed_html(page: str, whole: Callable[[str], str]) -> str:
    """``page``, the HTML of a page's text, for a feed.

    :param whole: what makes an address that stands in the page one that holds in the feed
    """
    cleaner = _Cleaner(whole)
    cleaner.feed(page)
    cleaner.close()
    return "".join(cleaner.parts).strip()


class _Cleaner(HTMLParser):
    """Writes what it reads, but for what a feed does not need."""

    def __init__(self, whole: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._whole = whole
        self._open: list[tuple[str, str]] = []
        """(element, what closes it) of each that is open; empty where it is not written."""
        self._dropped = 0
        """How many of them are within one that is dropped, with that one."""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "input":
            if not self._dropped:
                self.parts.append(f"{_BOXES['checked' in dict(attrs)]} ")
            return
        written = ""
        if not self._dropped:
            kept = "".join(self._attributes(attrs))
            # Spans are there for colours; one that says a language stays.
            written = "" if tag == "span" and not kept else f"<{tag}{kept}>"
        if tag in _VOID:
            self.parts.append(written)
            return
        if self._dropped or _is_dropped(tag, attrs):
            self._dropped += 1
            written = ""
        closing = f"</{tag}>" if written else ""
        if written and not _TITLES.isdisjoint(_classes(attrs)):
            written, closing = f"{written}<strong>", f"</strong>{closing}"
        self.parts.append(written)
        self._open.append((tag, closing))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not any(tag == name for name, _closing in self._open):
            return
        while self._open:
            name, closing = self._open.pop()
            self.parts.append(closing)
            self._dropped = max(0, self._dropped - 1)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self.parts.append(escape(data, quote=False))

    def _attributes(self, attrs: Attributes) -> Sequence[str]:
        return [
            f' {name}="{escape(self._whole(value or "") if name in _ADDRESSES else value or "")}"'
            for name, value in attrs
            if name in _KEPT or name in _ADDRESSES
        ]


def _is_dropped(tag: str, attrs: Attributes) -> bool:
    return tag in _DROPPED or not _DROPPED_CLASSES.isdisjoint(_classes(attrs))


def _classes(attrs: Attributes) -> list[str]:
    return (dict(attrs).get("class") or "").split()
