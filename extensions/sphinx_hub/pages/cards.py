"""The picture of a page that is shown where somebody shares a link to it.

It is drawn from the title, with a font that is installed: Noto Sans CJK, which has Han characters in the form
of each language. Where there is none, there are no pictures, and the build says so once.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.i18n import current_language, note_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

#: As the sites that show such pictures ask for.
WIDTH: Final = 1200
HEIGHT: Final = 630
#: Below the root of the language.
FOLDER: Final = "_cards"
#: Where systems keep the font.
PLACES: Final = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/local/share/fonts/NotoSansCJK-Bold.ttc",
    "/Library/Fonts/NotoSansCJK-Bold.ttc",
)


def write_card(app: Sphinx, pagename: str, title: str, site: str) -> str | None:
    """Draw the picture of a page, or take it from an earlier build; None where there is no font for it.

    :returns: its place below the root of the language
    """
    from sphinx_hub.pages.card_drawing import draw_card, find_font, lacking  # noqa: PLC0415 Pillow is large

    language = current_language(app)
    font = find_font(language.tag)
    if font is None:
        return None
    missing = lacking(f"{title}{site}{language.name}", font)
    if missing:
        logger.warning(
            "the font %s has no picture of %s, so the page has no social card",
            Path(font.path).name,
            _listed(missing),
            type="hub",
            subtype="card",
            location=pagename,
        )
        return None
    words = repr((title, site, language.name, font, _drawing()))
    kept = Path(app.doctreedir) / "cards" / f"{hashlib.sha256(words.encode()).hexdigest()[:24]}.png"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_if_changed(kept, draw_card(title, site, language.name, font))
    target = Path(app.outdir) / FOLDER / f"{pagename}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(target, kept.read_bytes())
    return f"{FOLDER}/{pagename}.png"


@cache
def _drawing() -> str:
    """A digest of what draws."""
    return hashlib.sha256(Path(__file__).with_name("card_drawing.py").read_bytes()).hexdigest()


def _listed(characters: Iterable[str]) -> str:
    return ", ".join(f"{character} (U+{ord(character):04X})" for character in characters)


def note_missing_font(app: Sphinx) -> None:
    """On builder-inited: say that there will be no pictures, where the site has an address and no font."""
    note_inputs(app, PLACES)
    if not isinstance(app.builder, StandaloneHTMLBuilder) or not app.config.html_baseurl:
        return
    from sphinx_hub.pages.card_drawing import find_font  # noqa: PLC0415 Pillow is large

    if find_font(current_language(app).tag) is None:
        logger.info(
            "no social cards are drawn, since Noto Sans CJK is not installed (package fonts-noto-cjk)"
        )


def remove_old_cards(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: remove the picture of each page that an earlier build wrote and this one has not."""
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    folder = Path(app.outdir) / FOLDER
    for card in sorted(folder.rglob("*.png")):
        pagename = card.relative_to(folder).with_suffix("").as_posix()
        if not app.config.html_baseurl or not Path(app.builder.get_output_path(pagename)).is_file():
            card.unlink()
