"""Furo's templates that are overridden here are those that they were written from."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import furo
import pytest

from sphinx_hub.pages.templating import TEMPLATES

#: Template of Furo -> the start of its SHA-256, at the version that the override was made from.
MADE_FROM = {
    "base.html": "c6b65a3fc4089f83",
    "page.html": "ad8bad98317b2e09",
    "partials/icons.html": "011252a5f029c546",
    "search.html": "95755b01ed85cf27",
    "sidebar/brand.html": "847f4c19956c8a1e",
}
#: Not overridden as a whole, but their strings stand in pages/theme_strings.py.
STRINGS_FROM = {
    "components/edit-this-page.html": "67d8c2e37bd5284b",
    "components/view-this-page.html": "bf0edb862d94275f",
    "search.html": "95755b01ed85cf27",
    "genindex.html": "e8de4997983f6996",
    "sidebar/search.html": "d0cc1cbc08f56a54",
}


@pytest.mark.parametrize("name", MADE_FROM)
def test_the_override_follows_the_installed_furo(name: str) -> None:
    digest = hashlib.sha256((Path(furo.THEME_PATH) / name).read_bytes()).hexdigest()
    assert digest.startswith(MADE_FROM[name]), (
        f"Furo {furo.__version__} changed {name}: compare it with {TEMPLATES.name}/{name}, take over what is "
        f"new, mark new strings for translation, then write {digest[:16]!r} into this table"
    )


@pytest.mark.parametrize("name", STRINGS_FROM)
def test_the_listed_strings_follow_the_installed_furo(name: str) -> None:
    digest = hashlib.sha256((Path(furo.THEME_PATH) / name).read_bytes()).hexdigest()
    assert digest.startswith(STRINGS_FROM[name]), (
        f"Furo {furo.__version__} changed {name}: see that its strings stand in pages/theme_strings.py, "
        f"then write {digest[:16]!r} into this table"
    )


def test_every_override_is_in_the_table() -> None:
    ours = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    overridden = {name for name in ours if (Path(furo.THEME_PATH) / name).is_file()}
    assert overridden == MADE_FROM.keys()


def test_every_title_of_an_icon_is_translated() -> None:
    name = "partials/icons.html"
    theirs = re.findall(r"<title>[^<]*</title>", (Path(furo.THEME_PATH) / name).read_text("utf-8"))
    ours = (TEMPLATES / name).read_text("utf-8")
    assert theirs
    assert [title for title in theirs if f'replace("{title}"' not in ours] == []
