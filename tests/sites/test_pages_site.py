"""The small site in three languages, as sphinx-build makes it with the extension."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1] / "roots" / "test-pages"
PATHS = {"en": "en", "zh_CN": "zh-cn", "zh_TW": "zh-tw"}
TAGS = {"en": "en", "zh_CN": "zh-Hans", "zh_TW": "zh-Hant"}


def sphinx(
    output: Path,
    locale: str,
    *options: str,
    builder: str = "html",
    root: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Build the site from its own folder, as the README of a project would say it."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("READTHEDOCS")}
    doctrees = output.with_name(f"{output.name}-doctrees")
    command = [
        *(sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder, "-c", "."),
        *("-d", str(doctrees), "-D", f"language={locale}", *options, "docs", str(output)),
    ]
    run = subprocess.run(
        command,
        cwd=root,
        env={**clean, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr


def variant(folder: Path, configuration: str) -> Path:
    """A copy of the site with more in its conf.py."""
    root = folder / "root"
    shutil.copytree(ROOT, root)
    with (root / "conf.py").open("a", encoding="utf-8") as file:
        file.write(configuration)
    return root


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for locale, path in PATHS.items():
        # Two processes read and write, as on a large site.
        sphinx(folder / path, locale, "-j", "2")
    return folder


@pytest.mark.parametrize("locale", PATHS)
def test_every_page_names_its_language_and_direction(site: Path, locale: str) -> None:
    pages = list((site / PATHS[locale]).rglob("*.html"))
    assert {path.name for path in pages} >= {"index.html", "genindex.html", "search.html", "first.html"}
    for path in pages:
        html = soup(path).html
        assert html is not None
        assert (html["lang"], html["dir"]) == (TAGS[locale], "ltr"), path


@pytest.mark.parametrize("locale", PATHS)
def test_every_link_of_the_switcher_leads_to_the_same_page(site: Path, locale: str) -> None:
    root = site / PATHS[locale]
    for path in root.rglob("*.html"):
        switchers = soup(path).select("nav:has(> .language-links)")
        assert len(switchers) == 2, path
        for switcher in switchers:
            for link in switcher.select("a"):
                target = (path.parent / str(link["href"])).resolve()
                assert target.is_file(), (path, link["href"])
                # From what is not there it leads home.
                same = path.with_name("index.html") if path.name == "404.html" else path
                assert target.relative_to(site).parts[1:] == same.relative_to(site).parts[1:]
                target_html = soup(target).html
                assert target_html is not None
                assert link["hreflang"] == link["lang"] == target_html["lang"]


@pytest.mark.parametrize("locale", PATHS)
def test_the_current_language_is_marked_once(site: Path, locale: str) -> None:
    page = soup(site / PATHS[locale] / "guide" / "first.html")
    for switcher in page.select("nav:has(> .language-links)"):
        assert [link["hreflang"] for link in switcher.select("[aria-current]")] == [TAGS[locale]]
        assert len(switcher.select("a")) == 3


def test_a_page_is_not_offered_in_a_language_that_lacks_it(site: Path) -> None:
    page = soup(site / "en" / "guide" / "mainland.html")
    assert [link["hreflang"] for link in page.select(".sidebar-languages a")] == ["en", "zh-Hans"]
    assert not (site / "zh-tw" / "guide" / "mainland.html").exists()


def test_the_switcher_stands_below_the_search(site: Path) -> None:
    sticky = soup(site / "en" / "index.html").select_one(".sidebar-sticky")
    assert sticky is not None
    classes = [" ".join(child.get("class") or []) for child in sticky.find_all(recursive=False)]
    # Furo has an empty #searchbox below its search, which is part of it.
    assert classes.index("sidebar-languages") == classes.index("sidebar-search-container") + 2


def test_the_project_may_place_the_switcher_itself(tmp_path: Path) -> None:
    names = ["sidebar/brand.html", "sidebar/navigation.html", "sidebar/languages.html"]
    sphinx(tmp_path / "en", "en", root=variant(tmp_path, f"html_sidebars = {{'**': {names}}}\n"))
    sticky = soup(tmp_path / "en" / "index.html").select_one(".sidebar-sticky")
    assert sticky is not None
    classes = [" ".join(child.get("class") or []) for child in sticky.find_all(recursive=False)]
    assert classes == ["sidebar-brand", "sidebar-tree", "sidebar-languages"]


def test_on_read_the_docs_the_version_stays(tmp_path: Path) -> None:
    release = {"READTHEDOCS": "True", "READTHEDOCS_VERSION": "v1.2", "READTHEDOCS_VERSION_TYPE": "tag"}
    sphinx(tmp_path / "out", "zh_CN", environment=release)
    page = soup(tmp_path / "out" / "guide" / "deep" / "page.html")
    assert [link["href"] for link in page.select(".sidebar-languages a")] == [
        "../../../../en/v1.2/guide/deep/page.html",
        "page.html",
        "../../../../zh-tw/v1.2/guide/deep/page.html",
    ]
    assert page.select('meta[name="readthedocs-addons-api-version"][content="1"]')
    assert not page.select('meta[name="robots"]')


def test_a_preview_is_kept_out_of_indexes_and_stands_alone(tmp_path: Path) -> None:
    options = ("-D", "html_baseurl=https://example.org/en/42/")
    preview = {"READTHEDOCS": "True", "READTHEDOCS_VERSION": "42", "READTHEDOCS_VERSION_TYPE": "external"}
    sphinx(tmp_path / "out", "en", *options, environment=preview)
    page = soup(tmp_path / "out" / "index.html")
    assert page.select('meta[name="robots"][content="noindex"]')
    assert not page.select('link[rel="canonical"]')
    assert not page.select(".language-links")
    sphinx(tmp_path / "release", "en", *options)
    assert soup(tmp_path / "release" / "index.html").select('link[rel="canonical"]')


def test_folders_as_pages(tmp_path: Path) -> None:
    sphinx(tmp_path / "en", "en", builder="dirhtml")
    page = soup(tmp_path / "en" / "guide" / "deep" / "page" / "index.html")
    assert [link["href"] for link in page.select(".sidebar-languages a")] == [
        "./",
        "../../../../zh-cn/guide/deep/page/",
        "../../../../zh-tw/guide/deep/page/",
    ]
    start = soup(tmp_path / "en" / "index.html")
    assert [link["href"] for link in start.select(".sidebar-languages a")] == ["./", "../zh-cn/", "../zh-tw/"]


#: What may stay as it is on a Chinese page of this site: names, also of keys, and the code of the sources.
NAMES = {"English", "Sphinx", "Furo", "Apache-2.0", "code", "JavaScript", "Enter", "Esc"}


@pytest.mark.parametrize("locale", ["zh_CN", "zh_TW"])
@pytest.mark.parametrize("name", ["index", "guide/first", "guide/deep/page", "genindex", "search"])
def test_no_english_word_is_left(site: Path, locale: str, name: str) -> None:
    page = soup(site / PATHS[locale] / f"{name}.html")
    for element in page.select("script, style"):
        element.decompose()
    texts = list(page.stripped_strings)
    for attribute in ("aria-label", "title", "alt", "placeholder"):
        texts += [str(element[attribute]) for element in page.select(f"[{attribute}]")]
    generated = re.compile(r"Generated with .*")
    words = {
        word
        for text in texts
        if not generated.fullmatch(text) and text != "html"
        for word in re.findall(r"[A-Za-z][\w.-]*[A-Za-z0-9]", text)
    }
    assert words - NAMES == set()


def test_the_search_index_holds_characters_and_pairs(site: Path) -> None:
    for path, words in (("zh-cn", ("自然", "语言", "理", "模型")), ("zh-tw", ("自然", "語言", "理", "模型"))):
        script = (site / path / "searchindex.js").read_text("utf-8")
        index = json.loads(script.removeprefix("Search.setIndex(").removesuffix(")"))
        assert [word for word in words if word not in index["terms"]] == []
        data = (site / path / "_static" / "language_data.js").read_text("utf-8")
        assert "function splitQuery(query)" in data
    english = (site / "en" / "_static" / "language_data.js").read_text("utf-8")
    assert "splitQuery" not in english


def test_the_search_page_says_how_many_pages_were_found(site: Path) -> None:
    page = (site / "zh-tw" / "search.html").read_text("utf-8")
    [catalog] = re.findall(r"Documentation\.addTranslations\((\{.*?\})\);", page)
    [[sentence]] = json.loads(catalog)["messages"].values()
    assert "${resultCount}" in sentence
    assert "搜尋" in sentence
    assert page.index("translations.js") < page.index("Documentation.addTranslations(")


def test_the_templates_add_nothing_to_the_projects_catalogs(tmp_path: Path) -> None:
    sphinx(tmp_path / "pot", "en", builder="gettext")
    assert not (tmp_path / "pot" / "sphinx.pot").exists()


def test_an_epub_keeps_the_templates_of_its_own_theme(tmp_path: Path) -> None:
    sphinx(tmp_path / "epub", "zh_CN", "-D", "epub_show_urls=no", "-D", "version=1", builder="epub")
    page = (tmp_path / "epub" / "index.xhtml").read_text("utf-8")
    assert "mobile-header" not in page
    assert "switcher.js" not in page


@pytest.mark.parametrize("builder", ["json", "singlehtml", "text", "latex"])
def test_other_builders_work(tmp_path: Path, builder: str) -> None:
    sphinx(tmp_path / builder, "zh_CN", builder=builder)
    assert any((tmp_path / builder).iterdir())


def test_one_page_for_all_offers_the_other_languages_one_page(tmp_path: Path) -> None:
    sphinx(tmp_path / "zh-cn", "zh_CN", builder="singlehtml")
    page = soup(tmp_path / "zh-cn" / "index.html")
    links = page.select(".sidebar-languages a")
    assert [link["href"] for link in links] == ["../en/", "./", "../zh-tw/"]


def test_another_theme_is_left_as_it_is_but_for_its_language(tmp_path: Path) -> None:
    root = variant(tmp_path, "html_theme = 'basic'\nhtml_theme_options = {}\n")
    sphinx(tmp_path / "out", "zh_TW", root=root)
    page = soup(tmp_path / "out" / "index.html")
    assert page.html is not None
    assert page.html["lang"] == "zh-Hant"
    assert not page.select(".mobile-header")


def test_a_template_bridge_of_the_project_is_told_about(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="template_bridge is set to"):
        sphinx(tmp_path / "out", "en", "-D", "template_bridge=sphinx.jinja2glue.BuiltinTemplateLoader")


def test_a_translated_title_brings_no_html(tmp_path: Path) -> None:
    root = variant(tmp_path, 'suppress_warnings = ["hub.unsafe"]\n')
    path = root / "locale" / "zh_CN" / "LC_MESSAGES" / "_site.po"
    path.write_text(path.read_text("utf-8").replace("小站点", "<img src=x onerror=alert(1)>"), "utf-8")
    sphinx(tmp_path / "zh-cn", "zh_CN", root=root)
    for name in ("index.html", "search.html", "genindex.html"):
        text = (tmp_path / "zh-cn" / name).read_text("utf-8")
        assert "<img src=x" not in text
        assert "Small Site" in text
    (root / "conf.py").write_text((root / "conf.py").read_text("utf-8").replace("hub.unsafe", ""), "utf-8")
    with pytest.raises(AssertionError, match=r"_site\.po:6: WARNING: .* \[hub\.unsafe\]"):
        sphinx(tmp_path / "zh-cn", "zh_CN", root=root)


def test_a_title_with_markup_is_text_in_the_brand(tmp_path: Path) -> None:
    sphinx(tmp_path / "en", "en", root=variant(tmp_path, 'html_title = "Q&A <b>hub</b>"\n'))
    page = soup(tmp_path / "en" / "index.html")
    for selector in (".brand", ".sidebar-brand-text"):
        assert [str(child) for child in page.select(f"{selector} > *")] == []
        assert [brand.get_text() for brand in page.select(selector)] == ["Q&A hub"]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_page_goes_with_its_source(tmp_path: Path, builder: str) -> None:
    root = variant(tmp_path, "")
    sphinx(tmp_path / "en", "en", builder=builder, root=root)
    page = tmp_path / "en" / ("guide/mainland.html" if builder == "html" else "guide/mainland/index.html")
    assert page.is_file()
    (root / "docs" / "guide" / "mainland.md").unlink()
    sphinx(tmp_path / "en", "en", builder=builder, root=root)
    assert not page.exists()
    assert "mainland" not in (tmp_path / "en" / "index.html").read_text("utf-8")
