from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_hub.pages.head import is_preview
from sphinx_hub.pages.switcher import Hosting, language_links
from sphinx_hub.settings import Language, Settings

EN = Language(locale="en", path="en", tag="en", name="English")
HANS = Language(locale="zh_CN", path="zh-cn", tag="zh-Hans", name="简体中文")
HANT = Language(
    locale="zh_TW", path="zh-tw", tag="zh-Hant", name="繁體中文", exclude=("guide/mainland.md", "drafts/**")
)
SETTINGS = Settings(root=Path("site"), languages=(EN, HANS, HANT))


BESIDE = Hosting()


def hrefs(uri: str, *, source: str | None = "index.md", hosting: Hosting = BESIDE) -> list[str]:
    links = language_links(SETTINGS, HANS, uri=uri, source=source, hosting=hosting)
    return [link.href for link in links]


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("index.html", ["../en/index.html", "index.html", "../zh-tw/index.html"]),
        ("guide/first.html", ["../../en/guide/first.html", "first.html", "../../zh-tw/guide/first.html"]),
        ("a/b/c.html", ["../../../en/a/b/c.html", "c.html", "../../../zh-tw/a/b/c.html"]),
        # dirhtml: a page is a folder, and the first page is the root itself.
        ("", ["../en/", "./", "../zh-tw/"]),
        ("guide/first/", ["../../../en/guide/first/", "./", "../../../zh-tw/guide/first/"]),
    ],
)
def test_siblings_stand_beside_the_language(uri: str, expected: list[str]) -> None:
    assert hrefs(uri) == expected


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("index.html", ["../../en/v1/index.html", "index.html", "../../zh-tw/v1/index.html"]),
        ("a/b.html", ["../../../en/v1/a/b.html", "b.html", "../../../zh-tw/v1/a/b.html"]),
    ],
)
def test_read_the_docs_has_the_version_below_the_language(uri: str, expected: list[str]) -> None:
    assert hrefs(uri, hosting=Hosting(version="v1")) == expected


def test_the_order_is_the_tables_and_one_is_current() -> None:
    links = language_links(SETTINGS, HANT, uri="index.html", source="index.md", hosting=Hosting())
    assert [link.language for link in links] == [EN, HANS, HANT]
    assert [link.current for link in links] == [False, False, True]


@pytest.mark.parametrize("source", ["guide/mainland.md", "drafts/a/b.md"])
def test_a_page_that_a_language_does_not_have_is_not_offered(source: str) -> None:
    uri = source.replace(".md", ".html")
    assert not any("zh-tw" in href for href in hrefs(uri, source=source))
    assert any("/en/" in href for href in hrefs(uri, source=source))


def test_a_page_that_sphinx_makes_is_in_every_language() -> None:
    assert len(hrefs("genindex.html", source=None)) == 3


def test_a_preview_has_no_siblings_and_so_no_switcher() -> None:
    assert hrefs("index.html", hosting=Hosting(version="42", alone=True)) == []


def test_one_language_is_no_choice() -> None:
    settings = Settings(root=Path("site"), languages=(EN,))
    assert language_links(settings, EN, uri="index.html", source="index.md", hosting=Hosting()) == ()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, Hosting()),
        ({"READTHEDOCS": "False", "READTHEDOCS_VERSION": "v2"}, Hosting()),
        ({"READTHEDOCS": "True", "READTHEDOCS_VERSION": "v2"}, Hosting(version="v2")),
        ({"READTHEDOCS": "True"}, Hosting(version="latest")),
        (
            {"READTHEDOCS": "True", "READTHEDOCS_VERSION": "17", "READTHEDOCS_VERSION_TYPE": "external"},
            Hosting(version="17", alone=True),
        ),
    ],
)
def test_read_the_docs_says_where_the_site_will_stand(
    environment: dict[str, str], expected: Hosting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("READTHEDOCS", "READTHEDOCS_VERSION", "READTHEDOCS_VERSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Hosting.from_environment() == expected
    assert is_preview() is expected.alone
