"""The sitemap of a language: every page that search engines are to know, and where it is in other languages.

In the form of https://www.sitemaps.org/protocol.html, with the alternates that Google describes. It names no
day of a change: the time of a build is none, and a wrong one makes search engines ignore them all.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.i18n import available_languages, is_preview, is_website
from sphinx_hub.pages.metadata import alternates, is_indexed
from sphinx_hub.xml_text import attribute, text

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SITEMAP: Final = "sitemap.xml"


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: write the sitemap of a website whose address is known."""
    if exception or not is_website(app.builder) or not app.config.html_baseurl or is_preview():
        return
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for docname in sorted(app.env.found_docs):
        languages = available_languages(app, docname)
        own = next((each.address for each in languages if each.current), "")
        if not own or not is_indexed(languages):
            continue
        lines.append(f"<url><loc>{text(own)}</loc>")
        for tag, address in alternates(languages):
            link = f'rel="alternate" hreflang={attribute(tag)} href={attribute(address)}'
            lines.append(f"<xhtml:link {link}/>")
        lines.append("</url>")
    write_if_changed(Path(app.outdir) / SITEMAP, "\n".join([*lines, "</urlset>", ""]).encode())
