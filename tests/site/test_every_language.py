"""The site's own promises, checked on every built page of every language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from sphinx_hub.catalogs.counts import Progress
from sphinx_hub.catalogs.progress import language_progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx_hub.settings import Settings

#: Pages that Sphinx makes of lists of names.
GENERATED = {"404.html", "search.html", "hub-records.html"}
#: What is quoted as the source has it, such as the motto of a community.
QUOTED = re.compile(r"[“「][^”」]*[”」]")
#: Three words in a row that are written as English prose is: a phrase, and no name.
ENGLISH = re.compile(r"(?:\b[a-z]+[,;]? ){2}[a-z]+\b")


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def pages(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts)


def output(site: Path) -> Path:
    return site / "_build" / "html"


def names(site: Path, path: str) -> set[str]:
    folder = output(site) / path
    return {page.relative_to(folder).as_posix() for page in pages(folder)}


def test_every_message_is_translated(settings: Settings) -> None:
    for language in settings.languages[1:]:
        incomplete = {
            domain: count
            for domain, count in language_progress(settings, language).items()
            if not count.complete or not count.messages
        }
        assert not incomplete
        assert sum(language_progress(settings, language).values(), start=Progress()).messages > 500


def test_every_language_has_every_page(built_site: Path, settings: Settings) -> None:
    english = names(built_site, "en")
    assert len(english) > 25
    for language in settings.languages:
        assert names(built_site, language.path) == english


def test_anchors_are_the_same_in_every_language(built_site: Path, settings: Settings) -> None:
    for name in names(built_site, "en") - GENERATED:
        ids = {
            language.locale: {
                tag["id"] for tag in soup(output(built_site) / language.path / name).select("article [id]")
            }
            for language in settings.languages
        }
        for locale, found in ids.items():
            assert found == ids["en"], f"{name} in {locale}"
            # An id that docutils numbered moves when a section is put before it.
            assert not [anchor for anchor in found if re.fullmatch(r"(?:id|section-)\d+", str(anchor))], name


def test_chinese_pages_have_no_english_sentence(built_site: Path, settings: Settings) -> None:
    found = []
    for language in settings.languages:
        if not language.locale.startswith("zh"):
            continue
        for path in pages(output(built_site) / language.path):
            found += [
                f"{path.relative_to(output(built_site))}: {text}"
                for text in visible_texts(soup(path))
                if ENGLISH.search(QUOTED.sub("", text))
            ]
    assert not found, "\n".join(found)


def test_labels_that_only_screen_readers_say_are_chinese(built_site: Path, settings: Settings) -> None:
    for language in settings.languages:
        if not language.locale.startswith("zh"):
            continue
        for path in pages(output(built_site) / language.path):
            labels = {str(tag["aria-label"]) for tag in soup(path).select("[aria-label]") if not foreign(tag)}
            assert labels
            assert not [label for label in labels if not re.search(r"[\u4e00-\u9fff]", label)], path


def visible_texts(page: BeautifulSoup) -> Iterator[str]:
    """What a reader sees or hears, without code and without runs that are marked as English."""
    for string in page.find_all(string=True):
        if type(string) is NavigableString and not any(map(foreign, string.parents)):
            yield " ".join(string.split())
    for tag in page.select("[alt], [title], [aria-label], [placeholder], meta[name=description]"):
        if foreign(tag) or any(map(foreign, tag.parents)):
            continue
        for attribute in ("alt", "title", "aria-label", "placeholder", "content"):
            yield str(tag.get(attribute, ""))


def foreign(tag: Tag) -> bool:
    return tag.name in {"code", "pre", "script", "style", "kbd", "samp"} or (
        tag.name != "html" and str(tag.get("lang", "")).startswith("en")
    )


def test_language_of_every_page_is_named(built_site: Path, settings: Settings) -> None:
    for language in settings.languages:
        for path in pages(output(built_site) / language.path):
            html = soup(path).html
            assert html is not None
            assert html["lang"] == language.tag, path
            assert html.get("dir", "ltr") == language.direction, path


def test_no_page_asks_another_host_for_anything(built_site: Path) -> None:
    for path in pages(output(built_site)):
        for tag in soup(path).select(
            "script[src], img[src], iframe, link[href], source, video, audio, object"
        ):
            if (
                tag.name == "link"
                and "stylesheet" not in (tag.get("rel") or [])
                and "icon" not in (tag.get("rel") or [])
            ):
                continue
            address = str(tag.get("src") or tag.get("href") or "")
            assert not urlsplit(address).netloc, f"{path}: {address}"
    for style in output(built_site).rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", style.read_text("utf-8")), style


@pytest.mark.parametrize("locale", ["zh_CN", "zh_TW"])
def test_catalogs_are_what_gettext_reads(locale: str, settings: Settings) -> None:
    for path in (settings.catalogs_path / locale).rglob("*.po"):
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
        assert catalog.locale_identifier == locale, path
        assert not catalog.fuzzy, f"{path}: the header is marked fuzzy"
        assert "FULL NAME" not in (catalog.last_translator or ""), path
        assert not [message.id for message in catalog if message.fuzzy], path
