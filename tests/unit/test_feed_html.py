"""What of a page goes into a feed."""

from __future__ import annotations

import pytest

from sphinx_hub.posts.feed import _moved
from sphinx_hub.posts.feed_html import feed_html


def whole(address: str) -> str:
    return f"<{address}>"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>a &lt; b &amp; c</p>", "<p>a &lt; b &amp; c</p>"),
        ('<h2>A<a class="headerlink" href="#a" title="Link">#</a></h2>', "<h2>A</h2>"),
        ('<h2>A<a class="hub-edit" href="https://x" title="Edit"><svg></svg></a></h2>', "<h2>A</h2>"),
        (
            "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>",
            "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>",
        ),
        ("<script>if (a < b) {}</script><p onclick='x()' style='y' id='z' class='k'>t</p>", "<p>t</p>"),
        ('<a class="x" href="b.html" hreflang="en">b</a>', '<a href="&lt;b.html&gt;" hreflang="en">b</a>'),
        ('<img src="i.png" alt="&quot;" loading="lazy"/>', '<img src="&lt;i.png&gt;" alt="&quot;">'),
        ('<pre><span class="nb">print</span>(<span>1</span>)\n</pre>', "<pre>print(1)\n</pre>"),
        ('<p><span lang="en">a <span>b</span></span></p>', '<p><span lang="en">a b</span></p>'),
        ('<input type="checkbox" checked="checked"/> a <input type="checkbox"/> b', "☑  a ☐  b"),
        ('<div class="hub-available no-search">x<ul><li>y<br></li></ul></div>z', "z"),
        ("<svg><path d='x'/><g><text>n</text></g></svg><p>a</p>", "<p>a</p>"),
        (
            '<div class="admonition"><p class="admonition-title">Note</p><p>a</p></div>',
            "<div><p><strong>Note</strong></p><p>a</p></div>",
        ),
        # What is open at the end, or was never opened, does no harm.
        ("<p>a</i></p></div><em>b", "<p>a</p><em>b"),
    ],
)
def test_a_feed_holds_what_it_can_use(page: str, expected: str) -> None:
    assert feed_html(page, whole) == expected


@pytest.mark.parametrize(
    ("address", "uri", "expected"),
    [
        ("second.html", "posts/first.html", "second.html"),
        ("../_images/a.svg", "posts/first.html", "../_images/a.svg"),
        ("../about/why.html#x", "posts/2026/first.html", "about/why.html#x"),
        ("#part", "posts/first.html", "first.html#part"),
        ("../../en/posts/first.html", "posts/first.html", "../../en/posts/first.html"),
        # dirhtml: a page is a folder.
        ("../second/#x", "posts/first/", "second/#x"),
        ("#part", "posts/first/", "first/#part"),
        ("../../_images/a.svg", "posts/first/", "../_images/a.svg"),
        ("../../../zh-cn/posts/first/", "posts/first/", "../../zh-cn/posts/first/"),
        # What is whole stays so.
        ("https://example.org/a?b#c", "posts/first.html", "https://example.org/a?b#c"),
        ("mailto:a@example.org", "posts/first.html", "mailto:a@example.org"),
        ("/root.html", "posts/first.html", "/root.html"),
    ],
)
def test_an_address_of_a_page_becomes_one_of_the_feed(address: str, uri: str, expected: str) -> None:
    assert _moved(address, uri, "posts/feed.xml") == expected
