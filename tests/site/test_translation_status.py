"""The site's own page about its translations says what its catalogs say, in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup

from sphinx_hub.catalogs.status import site_status

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_hub.settings import Settings


def test_every_catalog_has_its_row_and_agrees_with_its_page(built_site: Path, settings: Settings) -> None:
    statuses = site_status(settings, settings.languages)
    assert len(statuses) == len(settings.languages) - 1
    for language in settings.languages:
        page = built_site / "_build" / "html" / language.path / "contribute" / "status.html"
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for status in statuses:
            section = soup.select_one(f"#status-{status.language.path}")
            assert section is not None
            rows = section.select("tbody tr")
            assert len(rows) == len(status.catalogs)
            shown = sum(int(re.findall(r"\d+", row.select("td")[1].get_text())[0]) for row in rows)
            assert shown == status.total.current
            # A row says more of a page only where the page and its catalog differ.
            assert not section.select("th[scope=row] .hub-status-words")


def test_every_translated_language_has_a_badge_and_a_feed(built_site: Path, settings: Settings) -> None:
    for status in site_status(settings, settings.languages):
        folder = built_site / "_build" / "html" / status.language.path / "data"
        badge, feed = ((folder / name).read_text("utf-8") for name in ("translation.svg", "outdated.xml"))
        assert f">{status.percent}%</text>" in badge
        root = ET.fromstring(feed)  # noqa: S314 made here
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == status.language.tag
    assert not (
        built_site / "_build" / "html" / settings.source_language.path / "data" / "outdated.xml"
    ).exists()
