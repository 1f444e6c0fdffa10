from __future__ import annotations

import base64
import hashlib
import re

import pytest

from sphinx_hub.building.root_page import root_not_found, root_page
from sphinx_hub.settings import Language

LANGUAGES = (
    Language(locale="en", path="en", tag="en", name="English"),
    Language(locale="zh_CN", path="zh-cn", tag="zh-Hans", name="简体中文"),
    Language(locale="ar", path="ar", tag="ar", name="العربية <b>", direction="rtl"),
)


def test_every_language_is_a_plain_link_in_its_own_language() -> None:
    page = root_page(LANGUAGES, "Hub")
    link = r'<a href="([^"]*)" lang="([^"]*)" hreflang="([^"]*)" dir="([^"]*)">([^<]*)</a>'
    assert re.findall(link, page) == [
        ("en/index.html", "en", "en", "ltr", "English"),
        ("zh-cn/index.html", "zh-Hans", "zh-Hans", "ltr", "简体中文"),
        ("ar/index.html", "ar", "ar", "rtl", "العربية &lt;b&gt;"),
    ]


def test_the_title_is_escaped_and_stands_in_the_first_language() -> None:
    page = root_page(LANGUAGES, 'Hub & <script>"x"')
    assert "<h1>Hub &amp; &lt;script&gt;&#34;x&#34;</h1>" in page
    assert '<html lang="en" dir="ltr">' in page


@pytest.mark.parametrize("element", ["script", "style"])
def test_the_policy_allows_what_stands_in_the_page_and_nothing_else(element: str) -> None:
    page = root_page(LANGUAGES, "Hub")
    [inline] = re.findall(rf"<{element}>(.*?)</{element}>", page, flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert f"{element}-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert "://" not in page


def test_a_site_without_a_language_has_no_root_page() -> None:
    with pytest.raises(ValueError, match="at least one language"):
        root_page((), "Hub")


def test_what_has_no_page_is_said_in_each_language() -> None:
    page = root_not_found(LANGUAGES, "Hub", {"en": "Page not found", "zh_CN": "找不到页面"}, "")
    assert re.findall(r"<small>(.*?)</small>", page) == ["Page not found", "找不到页面"]
    assert '<meta name="robots" content="noindex">' in page
    assert page.index("<base") < page.index("href=", page.index("<base") + 12)


@pytest.mark.parametrize(
    ("site", "root"), [("", "/"), ("https://a.example", "/"), ("https://a.example/hub", "/hub/")]
)
def test_the_links_of_what_has_no_page_hold_at_any_depth(site: str, root: str) -> None:
    assert f'<base href="{root}">' in root_not_found(LANGUAGES, "Hub", {}, site)
