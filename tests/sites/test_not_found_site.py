"""The page that is shown at an address that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites.conftest import SmallSite


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-pages")


def test_it_is_in_the_language_and_leads_on(site: SmallSite) -> None:
    built = site.build("zh_CN", "-W").clean()
    page = built.page("404")
    assert built.one("404", "h1").get_text() == "找不到页面"
    assert page.select_one("form[role=search][action='search.html'] input[name=q]")
    assert page.select_one("article a[href='index.html']")
    homes = {str(link["lang"]): str(link["href"]) for link in page.select(".hub-homes a")}
    assert homes == {"en": "../en/index.html", "zh-Hant": "../zh-tw/index.html"}
    # Also the switcher leads to what is there.
    switched = {str(link["href"]) for link in page.select(".language-links a")}
    assert switched == {"../en/index.html", "index.html", "../zh-tw/index.html"}


@pytest.mark.parametrize(
    ("builder", "base", "expected"),
    [
        ("html", "", "/zh-cn/404.html"),
        ("html", "https://hub.example.org/zh-cn/", "/zh-cn/404.html"),
        ("html", "https://example.org/hub/zh-cn", "/hub/zh-cn/404.html"),
        ("dirhtml", "https://example.org/hub/zh-cn/", "/hub/zh-cn/404/"),
    ],
)
def test_its_addresses_hold_at_any_depth(site: SmallSite, builder: str, base: str, expected: str) -> None:
    name = f"{builder}-{len(base)}"
    built = site.build("zh_CN", "-W", "-D", f"html_baseurl={base}", builder=builder, name=name).clean()
    page = built.page("404")
    head = page.select_one("head")
    assert head is not None
    first = head.select("base, [href], [src]")[0]
    assert (first.name, first["href"]) == ("base", expected)
    assert page.select_one(
        f"html[data-content_root='{expected.removesuffix('404.html').removesuffix('404/')}']"
    )
    root = "../" if builder == "dirhtml" else ""
    assert page.select_one(f"link[rel=stylesheet][href^='{root}_static/']")
    assert not page.select("link[rel=canonical]")
    assert [str(tag["content"]) for tag in page.select("meta[name=robots]")] == ["noindex"]


def test_read_the_docs_has_a_version_in_the_address(site: SmallSite) -> None:
    variables = {"READTHEDOCS": "True", "READTHEDOCS_VERSION": "v1"}
    built = site.build("zh_CN", "-W", environment=variables, name="rtd").clean()
    assert built.one("404", "base")["href"] == "/zh-cn/v1/404.html"
    assert "../../en/v1/index.html" in {
        str(link["href"]) for link in built.page("404").select(".hub-homes a")
    }
    # Its address is known, and no script has to look for it.
    assert not [tag for tag in built.page("404").select("head script") if "base" in tag.get_text()]


def test_it_is_neither_found_by_search_engines_nor_by_the_search(site: SmallSite) -> None:
    built = site.build("en", "-W", "-D", "html_baseurl=https://hub.example.org/en/", name="known").clean()
    assert "404" not in built.text("sitemap.xml")
    assert "404" not in built.text("searchindex.js").partition("filenames")[2].partition("]")[0]


def test_the_page_that_a_project_has_is_left_to_it(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-pages")
    (site.root / "docs" / "404.md").write_text("---\norphan: true\n---\n\n# Lost\n", "utf-8")
    built = site.build("en", "-W").clean()
    assert built.one("404", "h1").get_text().startswith("Lost")
    assert built.one("404", "base")["href"] == "/en/404.html"


def test_a_book_has_none(site: SmallSite) -> None:
    built = site.build("en", builder="epub")
    assert built.returncode == 0
    assert not list(built.output.rglob("404*"))
