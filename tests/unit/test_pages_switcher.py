from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sphinx_hub.catalogs.counts import Progress
from sphinx_hub.i18n import Hosting, is_preview, relative_address
from sphinx_hub.i18n.addresses import site_address
from sphinx_hub.i18n.availability import counts_as, languages_with
from sphinx_hub.settings import Language, Settings

EN = Language(locale="en", path="en", tag="en", name="English")
HANS = Language(locale="zh_CN", path="zh-cn", tag="zh-Hans", name="简体中文")
HANT = Language(
    locale="zh_TW", path="zh-tw", tag="zh-Hant", name="繁體中文", exclude=("guide/mainland.md", "drafts/**")
)
SETTINGS = Settings(root=Path("site"), languages=(EN, HANS, HANT))


BESIDE = Hosting()


def hrefs(uri: str, *, source: str | None = "index.md", hosting: Hosting = BESIDE) -> list[str]:
    return [
        relative_address(uri, uri, current=HANS, language=language, hosting=hosting)
        for language in languages_with(SETTINGS, HANS, source)
    ]


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


def test_the_order_is_the_tables_and_the_current_language_is_among_them() -> None:
    assert languages_with(SETTINGS, HANT, "index.md") == (EN, HANS, HANT)
    assert languages_with(SETTINGS, HANT, "guide/mainland.md") == (EN, HANS, HANT)


@pytest.mark.parametrize("source", ["guide/mainland.md", "drafts/a/b.md"])
def test_a_page_that_a_language_does_not_have_is_not_offered(source: str) -> None:
    uri = source.replace(".md", ".html")
    assert not any("zh-tw" in href for href in hrefs(uri, source=source))
    assert any("/en/" in href for href in hrefs(uri, source=source))


def test_a_page_that_sphinx_makes_is_in_every_language() -> None:
    assert len(hrefs("genindex.html", source=None)) == 3


def test_a_preview_has_no_siblings() -> None:
    assert hrefs("index.html", hosting=Hosting(version="42", alone=True)) == ["", "index.html", ""]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", ("", "")),
        ("https://hub.example.org/zh-cn/", ("https://hub.example.org/zh-cn/", "https://hub.example.org/en/")),
        ("https://x.org/zh-cn/v1", ("https://x.org/zh-cn/v1/", "https://x.org/en/v1/")),
        ("https://x.org/a/zh-cn/latest/", ("https://x.org/a/zh-cn/latest/", "https://x.org/a/en/latest/")),
        # Where the languages stand in other ways, nothing is known of the others.
        ("https://zh-cn.example.org/", ("https://zh-cn.example.org/", "")),
        ("https://x.org/zh-cn/latest/deep/", ("https://x.org/zh-cn/latest/deep/", "")),
    ],
)
def test_the_sites_of_the_languages_stand_beside_each_other(base: str, expected: tuple[str, str]) -> None:
    found = tuple(
        site_address(base, current=HANS, language=language, hosting=Hosting()) for language in (HANS, EN)
    )
    assert found == expected
    alone = Hosting(version="42", alone=True)
    assert site_address(base, current=HANS, language=EN, hosting=alone) == ""


@pytest.mark.parametrize(
    ("current_words", "outdated_words", "expected"),
    [(10, 0, True), (8, 0, True), (5, 3, True), (7, 0, False), (0, 0, False)],
)
def test_a_page_is_one_of_its_language_from_a_share_on(
    current_words: int, outdated_words: int, *, expected: bool
) -> None:
    progress = Progress(
        messages=2,
        current=2 if current_words == 10 else 1,
        words=10,
        current_words=current_words,
        outdated_words=outdated_words,
    )
    assert counts_as(SETTINGS, HANS, progress) is expected
    assert counts_as(SETTINGS, replace(HANS, complete_from=0.0), progress)
    assert counts_as(replace(SETTINGS, complete_from=1.0), HANS, progress) is (
        current_words + outdated_words >= 10
    )


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
