"""The feed of the posts, the line about other languages and the takeaways, on a small site."""

from __future__ import annotations

import posixpath
import shutil
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

import feedparser
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bs4 import Tag
    from lxml.etree import _Element as Element

    from tests.sites.conftest import Built, SmallSite

    Check = Callable[[bytes], Element]

FEED = "posts/feed.xml"
ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = {"en": "en", "zh_CN": "zh-cn", "zh_TW": "zh-tw"}
TAGS = {"en": "en", "zh_CN": "zh-Hans", "zh_TW": "zh-Hant"}
BASE = "https://hub.example.org/site"


class Addresses(HTMLParser):
    """The addresses that a text in HTML has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "form", "iframe"}
        assert not any(name.startswith("on") for name, _value in attrs)
        self.found += [value or "" for name, value in attrs if name in {"href", "src"}]


def build_all(site: SmallSite, *options: str, name: str = "") -> dict[str, Built]:
    """Every language, beside each other, as they are published."""
    return {
        locale: site.build(
            locale, "-W", "--keep-going", *(option.replace("PATH", path) for option in options),
            name=f"html{name}/{path}",
        ).clean()
        for locale, path in PATHS.items()
    }  # fmt: skip


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-feeds")


@pytest.fixture(scope="module")
def built(site: SmallSite) -> dict[str, Built]:
    # Two processes read and write.
    return build_all(site, "-j", "2")


@pytest.fixture(scope="module")
def published(site: SmallSite) -> dict[str, Built]:
    """The site with its address."""
    return build_all(site, "-D", f"html_baseurl={BASE}/PATH/", name="-base")


def read(built: Built) -> Any:
    """The feed as a reader of feeds sees it; such a reader cleans HTML, which is not to be seen here."""
    content = (built.output / FEED).read_bytes()
    return feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)


def entries(root: Element) -> list[Element]:
    return list(root.iter(f"{ATOM}entry"))


def links(element: Element, rel: str = "alternate", kind: str = "text/html") -> dict[str, str]:
    """hreflang -> href."""
    return {
        str(link.get("hreflang", "")): str(link.get("href"))
        for link in element.findall(f"{ATOM}link")
        if (link.get("rel"), link.get("type")) == (rel, kind)
    }


@pytest.mark.parametrize("locale", PATHS)
def test_a_feed_is_valid_and_in_its_language(
    built: dict[str, Built], published: dict[str, Built], checked_feed: Check, locale: str
) -> None:
    for each in (built, published):
        root = checked_feed((each[locale].output / FEED).read_bytes())
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == TAGS[locale]
    parsed = read(built[locale])
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.feed.language == TAGS[locale]


def test_the_newest_post_stands_first_in_the_words_of_the_language(built: dict[str, Built]) -> None:
    titles = {locale: [entry.title for entry in read(each).entries] for locale, each in built.items()}
    assert titles == {
        "en": ["The second post", "The first post", "For the mainland"],
        "zh_CN": ["第二篇文章", "第一篇文章", "面向大陆"],
        # One is not translated, and one is not there.
        "zh_TW": ["The second post", "第一篇文章"],
    }
    second, first = read(built["zh_TW"]).entries
    assert (second.title_detail.language, first.title_detail.language) == ("en", "zh-Hant")
    assert (second.summary_detail.language, first.summary_detail.language) == ("en", "zh-Hant")
    assert read(built["zh_CN"]).feed.title == "文章 – 小站"


def test_the_content_is_the_whole_translated_text(built: dict[str, Built]) -> None:
    (content,) = read(built["zh_CN"]).entries[1].content
    assert content.type == "text/html"
    for text in ("什么都不会丢", "<h2>一节</h2>", "☑ 做完了", 'print("&lt;&amp;&gt;")', 'alt="一幅图"'):
        assert text in content.value
    # The title stands in the entry, permalinks and the line of languages only on the page.
    for text in ("<h1", "第一篇文章", "headerlink", "¶", "繁體中文"):
        assert text not in content.value
    # How far the translation is stays with it.
    assert "33%" in read(built["zh_TW"]).entries[1].content[0].value


@pytest.mark.parametrize("locale", PATHS)
def test_without_an_address_everything_is_found_from_the_feed(built: dict[str, Built], locale: str) -> None:
    root = built[locale].output.parent
    feed = posixpath.join(PATHS[locale], FEED)
    found = list(addresses(read(built[locale])))
    assert len(found) > 10
    for address in found:
        target = root / posixpath.normpath(posixpath.join(posixpath.dirname(feed), urldefrag(address).url))
        assert target.is_file(), address
    assert "self" not in [link.rel for link in read(built[locale]).feed.links]


@pytest.mark.parametrize("locale", PATHS)
def test_with_an_address_everything_is_found_from_anywhere(published: dict[str, Built], locale: str) -> None:
    root = published[locale].output.parent
    for address in addresses(read(published[locale])):
        assert address.startswith(f"{BASE}/"), address
        assert (root / urldefrag(address).url.removeprefix(f"{BASE}/")).is_file(), address
    own = [link.href for link in read(published[locale]).feed.links if link.rel == "self"]
    assert own == [f"{BASE}/{PATHS[locale]}/{FEED}"]


def addresses(parsed: Any) -> Iterator[str]:
    """Every address within the site that the feed names."""
    for place in (parsed.feed, *parsed.entries):
        yield from (link.href for link in place.links)
    for entry in parsed.entries:
        for address in Addresses(entry.content[0].value).found:
            if not address.startswith("https://example.org/"):  # the repository's
                yield address


def test_an_entry_links_to_the_languages_that_have_enough_of_it(
    site: SmallSite, built: dict[str, Built], checked_feed: Check
) -> None:
    def found(built: Built) -> list[list[str]]:
        root = checked_feed((built.output / FEED).read_bytes())
        return [sorted(links(entry)) for entry in entries(root)]

    # A third of the first post is in Traditional Chinese, nothing of the second, the third is not there.
    assert found(built["en"]) == [["en", "zh-Hans"]] * 3
    assert found(built["zh_TW"]) == [["en", "zh-Hans", "zh-Hant"]] * 2
    root = checked_feed((built["en"].output / FEED).read_bytes())
    others = links(root, kind="application/atom+xml")
    assert others == {"zh-Hans": "../../zh-cn/posts/feed.xml", "zh-Hant": "../../zh-tw/posts/feed.xml"}
    changed = copy_of(site, "share")
    changed.edit("pyproject.toml", "[tool.sphinx-hub]", "[tool.sphinx-hub]\ncomplete-from = 0.2")
    assert found(changed.build("en").clean()) == [
        ["en", "zh-Hans"],
        ["en", "zh-Hans", "zh-Hant"],
        ["en", "zh-Hans"],
    ]


def test_an_entry_is_updated_by_its_post_and_by_its_translation(built: dict[str, Built]) -> None:
    updated = {
        locale: [(entry.updated, entry.published) for entry in read(each).entries]
        for locale, each in built.items()
    }
    second, first = "2026-02-20T00:00:00Z", "2026-01-10T00:00:00Z"
    assert updated["en"][:2] == [("2026-03-01T00:00:00Z", second), (first, first)]
    # Translated before the post was updated, and after it.
    assert updated["zh_CN"][:2] == [("2026-03-01T00:00:00Z", second), ("2026-02-01T01:30:00Z", first)]
    # A catalog without a translation has a date too.
    assert updated["zh_TW"] == [("2026-03-01T00:00:00Z", second), ("2026-02-01T01:30:00Z", first)]
    assert read(built["en"]).feed.updated == "2026-03-01T00:00:00Z"


def test_the_names_differ_between_languages_and_not_between_addresses(
    built: dict[str, Built], published: dict[str, Built]
) -> None:
    names = {locale: [entry.id for entry in read(each).entries] for locale, each in built.items()}
    assert {locale: [entry.id for entry in read(each).entries] for locale, each in published.items()} == names
    assert len({name for found in names.values() for name in found}) == 8


def test_a_post_under_another_name_keeps_its_own(site: SmallSite, built: dict[str, Built]) -> None:
    moved = copy_of(site, "moved")
    posts = moved.root / "docs" / "posts"
    (posts / "mainland.md").rename(posts / "for-the-mainland.md")
    moved.edit("docs/posts/for-the-mainland.md", "---\n", "---\nfeed-id: mainland\n")
    found = read(moved.build("en").clean()).entries
    assert [entry.id for entry in found] == [entry.id for entry in read(built["en"]).entries]
    assert found[2].link.endswith("for-the-mainland.html")


@pytest.mark.parametrize("locale", PATHS)
def test_every_page_leads_to_the_feed(built: dict[str, Built], locale: str) -> None:
    pages = list(built[locale].output.rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        name = page.relative_to(built[locale].output).with_suffix("").as_posix()
        link = built[locale].one(name, 'link[type="application/atom+xml"]')
        assert (page.parent / str(link["href"])).resolve() == built[locale].output / FEED
        assert link["rel"] == ["alternate"]
        assert not link.has_attr("hreflang")  # that is for the page in other languages
    assert built["en"].one("posts/index", "a.hub-feed-link")["href"] == "feed.xml"


def test_the_newest_posts_are_enough(site: SmallSite) -> None:
    found = read(site.build("en", "-D", "hub_feed_posts=1", name="newest").clean())
    assert [entry.title for entry in found.entries] == ["The second post"]
    found = read(site.build("en", "-D", "hub_feed_posts=0", name="all").clean())
    assert len(found.entries) == 3


def test_a_feed_of_folders(site: SmallSite, checked_feed: Check) -> None:
    built = site.build("zh_CN", "-W", "-D", f"html_baseurl={BASE}/zh-cn/", builder="dirhtml").clean()
    root = checked_feed((built.output / FEED).read_bytes())
    for entry in entries(root):
        own = links(entry)["zh-Hans"]
        assert (built.output / own.removeprefix(f"{BASE}/zh-cn/") / "index.html").is_file()
        for address in Addresses(str(entry.findtext(f"{ATOM}content"))).found:
            path = urldefrag(address).url.removeprefix(f"{BASE}/zh-cn/")
            assert path.startswith(("https://", "_images/", "posts/")), path


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "latex", "gettext"])
def test_other_builders_have_neither_a_feed_nor_a_warning(site: SmallSite, builder: str) -> None:
    built = site.build("zh_CN", "-W", "-D", "version=1", builder=builder).clean()
    assert not list(built.output.rglob("feed.xml"))


def copy_of(site: SmallSite, name: str) -> SmallSite:
    """The site without what was built, to be changed."""
    root = site.root.with_name(name)
    shutil.copytree(site.root, root, ignore=shutil.ignore_patterns("_build"))
    return type(site)(root, site.environment)


def shown(built: Built) -> dict[str, str]:
    """The feed, and of each page what it says of other languages and its description."""
    files: dict[str, str] = {FEED: built.text(FEED)}
    for page in sorted(built.output.rglob("*.html")):
        name = page.relative_to(built.output).with_suffix("").as_posix()
        parts = built.page(name).select('.hub-available, meta[name="description"], link[hreflang]')
        files[name] = "".join(map(str, parts))
    return files


#: what -> (file, old, new)
CHANGES = {
    "a title that others link to": ("docs/posts/second.md", "# The second post", "# The other post"),
    "a text": ("docs/posts/first.md", "A picture and", "A big picture and"),
    "a date": ("docs/posts/first.md", "date: 2026-01-10", "date: 2026-03-10"),
    "a tag": ("locale/zh_CN/LC_MESSAGES/_data/tags.po", "新闻", "消息"),
    "the name of an author": ("docs/_data/people.yaml", "林文", "林雯"),
    "the title of the feed": ("locale/zh_CN/LC_MESSAGES/posts/index.po", 'msgstr "文章"', 'msgstr "博客"'),
    "a translation": ("locale/zh_CN/LC_MESSAGES/posts/second.po", "一件事。", "一件大事。"),
    "the day of a translation": ("locale/zh_CN/LC_MESSAGES/posts/first.po", "2026-02-01", "2026-04-01"),
    "another language": (
        "locale/zh_TW/LC_MESSAGES/posts/second.po",
        'msgid "The end."\nmsgstr ""',
        'msgid "The end."\nmsgstr "完。"',
    ),
    "a language that is complete": (
        "locale/zh_TW/LC_MESSAGES/posts/first.po",
        'msgid "Nothing is lost."\nmsgstr ""',
        'msgid "Nothing is lost."\nmsgstr "什麼都不會丟。"',
    ),
}


def test_an_incremental_build_is_the_same_as_a_whole_one(site: SmallSite) -> None:
    changed = copy_of(site, "changes")
    before = shown(changed.build("zh_CN", "-j", "2").clean())
    for change, (file, old, new) in CHANGES.items():
        changed.edit(file, old, new)
        after = shown(changed.build("zh_CN", "-j", "2").clean())
        assert after != before, change
        before = after
    assert before == shown(changed.build("zh_CN", name="whole").clean())


def test_built_again_the_feed_keeps_its_bytes_and_its_time(site: SmallSite, built: dict[str, Built]) -> None:
    feed = built["zh_CN"].output / FEED
    content, time = feed.read_bytes(), feed.stat().st_mtime_ns
    again = site.build("zh_CN", name="html/zh-cn").clean()
    assert not again.written
    assert (feed.read_bytes(), feed.stat().st_mtime_ns) == (content, time)
    assert site.build("zh_CN", "-a", "-E", name="again").clean().text(FEED) == content.decode()


def test_posts_that_are_gone_take_the_feed_along(site: SmallSite) -> None:
    emptied = copy_of(site, "emptied")
    assert emptied.build("en").clean().text(FEED)
    for name in ("first", "second", "mainland"):
        emptied.edit(f"docs/posts/{name}.md", "---\n", "---\ndraft: true\n")
    (emptied.root / "docs" / "guide.md").write_text("# A guide\n", "utf-8")
    built = emptied.build("en").clean()
    assert not (built.output / FEED).exists()
    assert not built.page("index").select('link[type="application/atom+xml"]')


def available(built: Built, page: str) -> list[tuple[str, str]]:
    """(language, what is said of it) of the line about other languages."""
    items: list[Tag] = list(built.page(page).select(".hub-available li > span"))
    return [
        (str(item.select("a")[0]["hreflang"]), " ".join(item.get_text().split()))
        for item in items
        if item.select("a")[0]["hreflang"] == item.select("a")[0]["lang"]
    ]


def test_a_post_says_in_which_other_languages_it_exists(built: dict[str, Built]) -> None:
    assert available(built["en"], "posts/first") == [
        ("zh-Hans", "简体中文"),
        ("zh-Hant", "繁體中文（台灣） 33% up to date"),
    ]
    # What has nothing in a language is not there, and neither is what a language leaves out.
    assert available(built["en"], "posts/second") == [("zh-Hans", "简体中文")]
    assert available(built["en"], "posts/mainland") == [("zh-Hans", "简体中文")]
    assert available(built["zh_TW"], "posts/second") == [("en", "English 原文"), ("zh-Hans", "简体中文")]
    for locale, each in built.items():
        for link in each.page("posts/first").select(".hub-available a"):
            target = each.output / "posts" / str(link["href"])
            assert target.resolve().is_file(), (locale, link)


def test_only_the_pages_that_conf_py_names_say_it(site: SmallSite, built: dict[str, Built]) -> None:
    assert not built["en"].page("index").select(".hub-available")
    changed = copy_of(site, "patterns")
    with (changed.root / "conf.py").open("a", encoding="utf-8") as file:
        file.write('hub_also_available = ["index"]\n')
    other = changed.build("en").clean()
    assert available(other, "index")
    assert not other.page("posts/first").select(".hub-available")


def test_an_entry_has_authors_translators_tags_and_a_summary(built: dict[str, Built]) -> None:
    entries = {locale: read(each).entries[1] for locale, each in built.items()}
    assert {locale: entry.author for locale, entry in entries.items()} == {
        "en": "Lin Wen",
        "zh_CN": "林文",
        "zh_TW": "林文",
    }
    assert [person.name for person in entries["zh_CN"].contributors] == ["林文"]
    assert "contributors" not in entries["en"]
    assert [(tag.term, tag.label) for tag in entries["zh_TW"].tags] == [("news", "新聞")]
    assert entries["zh_TW"].summary == "一切從這裡開始。"


def test_takeaways_are_a_box_with_a_name(built: dict[str, Built]) -> None:
    box = built["zh_CN"].one("guide", "section.hub-takeaways")
    title = box.select("p.topic-title")[0]
    assert (box["aria-labelledby"], title.get_text()) == (title["id"], "要点")
    assert built["zh_TW"].one("guide", ".hub-takeaways > p").get_text() == "重點"
    assert built["zh_CN"].one("posts/second", ".hub-takeaways > .topic-title").get_text() == "两件事"
    assert box["id"] == "key-takeaways"


def test_takeaways_describe_a_page_that_does_not_describe_itself(built: dict[str, Built]) -> None:
    def description(locale: str, page: str) -> str:
        return str(built[locale].one(page, 'meta[name="description"]')["content"])

    assert description("en", "guide") == (
        "Read the second post. Nothing is lost, and nothing is said twice. See The second post."
    )
    assert description("zh_CN", "guide") == "请读第二篇文章。什么都不会丢，也不会说两遍。参见第二篇文章。"
    # A post has a summary.
    assert description("zh_CN", "posts/second") == "还有下文。"


def test_a_description_of_the_whole_site_gives_way_to_takeaways(site: SmallSite) -> None:
    changed = copy_of(site, "described")
    with (changed.root / "conf.py").open("a", encoding="utf-8") as file:
        file.write('myst_html_meta = {"description": "Of the site."}\n')
    built = changed.build("en").clean()
    found = built.one("guide", 'meta[name="description"]')["content"]
    assert str(found).startswith("Read the second post.")
    assert built.one("index", 'meta[name="description"]')["content"] == "Of the site."


def test_takeaways_that_are_no_list_are_warned_of(site: SmallSite) -> None:
    changed = copy_of(site, "no-list")
    changed.edit("docs/posts/second.md", "1. One thing.\n2. Another thing.", "One thing.")
    (warning,) = changed.build("en").warnings
    assert warning.startswith("docs/posts/second.md:11: WARNING: key-takeaways holds one list")


def test_an_address_in_a_subfolder_is_kept(site: SmallSite) -> None:
    built = site.build("en", "-D", "html_baseurl=https://example.org/a/b", name="other-base").clean()
    root = read(built)
    assert [link.href for link in root.feed.links if link.rel == "self"] == [
        urljoin("https://example.org/a/b/", FEED)
    ]
    # Where the languages do not stand beside each other, nothing is said of where they are.
    assert {link.hreflang for entry in root.entries for link in entry.links} == {"en"}
