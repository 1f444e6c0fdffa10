"""The content security policy of a site's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites.conftest import SmallSite

META = "meta[http-equiv=Content-Security-Policy]"


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-pages")


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
def test_every_page_has_one_and_allows_its_own_scripts(site: SmallSite, theme: str) -> None:
    built = site.build("zh_CN", "-D", f"html_theme={theme}", "-D", "html_theme_options=", name=theme)
    assert built.returncode == 0
    for name in ("index", "guide/first", "search", "404", "genindex"):
        policy = str(built.one(name, META)["content"])
        inline = [
            tag
            for tag in built.page(name).select("script:not([src])")
            if tag.get("type") != "application/ld+json"
        ]
        assert policy.count("'sha256-") >= len({tag.get_text() for tag in inline})
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]


def test_what_it_would_stop_is_a_warning(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-pages")
    with (site.root / "conf.py").open("a", encoding="utf-8") as file:
        file.write('html_js_files = ["https://cdn.example.org/a.js"]\n')
    stopped = site.build("en")
    assert len(stopped.warnings) == 1
    assert "https://cdn.example.org/a.js" in stopped.warnings[0]
    assert "hub_content_security_policy = {'script-src': ['https://cdn.example.org']}" in stopped.warnings[0]
    with (site.root / "conf.py").open("a", encoding="utf-8") as file:
        file.write("hub_content_security_policy = {'script-src': ['https://cdn.example.org']}\n")
    allowed = site.build("en", "-W").clean()
    assert "script-src 'self' https://cdn.example.org 'sha256-" in str(allowed.one("index", META)["content"])


def test_wrong_directives_are_told(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-pages")
    with (site.root / "conf.py").open("a", encoding="utf-8") as file:
        file.write('hub_content_security_policy = {"scripts": ["https://a.example"], "img-src": "https:"}\n')
    warnings = site.build("en").warnings
    assert any("unknown directive 'scripts'" in warning for warning in warnings)
    assert any("'img-src' must have a list of sources" in warning for warning in warnings)


def test_it_can_be_left_out(site: SmallSite) -> None:
    root = site.root / "conf.py"
    before = root.read_text("utf-8")
    root.write_text(f"{before}hub_content_security_policy = None\n", "utf-8")
    try:
        built = site.build("en", "-W", name="without").clean()
    finally:
        root.write_text(before, "utf-8")
    assert not built.page("index").select(META)
    rtd = site.build("en", "-W", environment={"READTHEDOCS": "True"}, name="rtd").clean()
    assert not rtd.page("index").select(META)


def test_only_pages_with_formulas_load_what_draws_them(small_site: Callable[..., SmallSite]) -> None:
    built = small_site("test-text").build("en").clean()
    assert "https://cdn.jsdelivr.net" in str(built.one("maths", META)["content"])
    assert built.page("maths").select("script[src^='https://cdn.jsdelivr.net/']")
    assert "https:" not in str(built.one("index", META)["content"])
