"""Posts of a small site: lists, archives, what stands around a post, and what is kept from readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.sites.test_text_incremental import comparable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bs4 import BeautifulSoup, Tag

    from tests.sites.conftest import Built, SmallSite

# 10 February 2026: one post is of a day to come, 1 March.
TODAY, MARCH = "1770681600", "1772582400"
SECRETS: Final = ("draft", "later", "Secretive", "Patience", "Nobody knows", "Used by drafts")
NEW: Final = """---
date: 2026-02-09
authors: [ada]
tags: [news]
summary: Written after all others.
---

# A post that is new

One file, nothing else.
"""


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-posts", SOURCE_DATE_EPOCH=TODAY)


@pytest.fixture(scope="module")
def english_posts(site: SmallSite) -> Built:
    return site.build("en", "-W", "--keep-going").clean()


@pytest.fixture(scope="module")
def chinese_posts(site: SmallSite) -> Built:
    return site.build("zh_CN", "-W", "--keep-going").clean()


def listed(page: BeautifulSoup) -> list[str]:
    return [tag.get_text() for tag in page.select(".hub-post-title")]


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text().split())


def group(page: BeautifulSoup, anchor: str) -> list[str]:
    """The titles of one group of the archive."""
    place = page.find(id=anchor)
    assert place is not None, anchor
    found = place.find_next("ul")
    assert found is not None
    return [tag.get_text() for tag in found.select(".hub-post-title")]


def content(folder: Path) -> dict[str, object]:
    """The files of a build by their names, as far as they are to be the same in another."""
    return {
        path.relative_to(folder).as_posix(): comparable(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".buildinfo") and path.name != "pygments.css"
    }


# ---- lists ----


def test_the_newest_post_comes_first_and_those_of_a_day_in_their_order(english_posts: Built) -> None:
    first, second = english_posts.page("posts/index"), english_posts.page("posts/page-2")
    assert listed(first) == ["The newest post", "The first of a day"]
    assert listed(second) == ["The second of a day", "The oldest post"]
    assert listed(english_posts.page("index")) == ["The newest post", "The first of a day"]


def test_navigation_has_the_posts_in_the_same_order_and_leads_from_one_to_the_next(
    english_posts: Built,
) -> None:
    tree = english_posts.page("posts/first").select(".sidebar-tree a[href]")
    assert [str(tag["href"]) for tag in tree if "/" not in str(tag["href"]).removeprefix("deep/")][1:5] == [
        "newest.html", "#", "second.html", "deep/oldest.html",
    ]  # fmt: skip
    around = english_posts.page("posts/first").select(".related-pages a")
    assert [str(tag["href"]) for tag in around] == ["second.html", "newest.html"]


def test_a_further_page_has_links_and_images_that_are_right_where_it_stands(english_posts: Built) -> None:
    page = english_posts.page("posts/page-2")
    assert [tag.get_text(strip=True) for tag in page.select("h1")] == ["Blog · Page 2 of 2¶"]
    targets = [*page.select("article a[href]"), *page.select("article img")]
    folder = english_posts.output / "posts"
    for tag in targets:
        target = str(tag.get("href") or tag.get("src")).partition("#")[0]
        assert not target or (folder / target).is_file(), target
    assert [str(tag["href"]) for tag in page.select(".hub-pages a")] == ["index.html"]
    assert [str(tag["href"]) for tag in english_posts.page("posts/index").select(".hub-pages a")] == [
        "page-2.html"
    ]
    assert page.select(".sidebar-tree a[href='newest.html']")


def test_the_archive_has_each_post_with_each_of_its_groups(english_posts: Built) -> None:
    page = english_posts.page("archive")
    assert group(page, "tag-models") == ["The newest post", "The oldest post"]
    assert group(page, "author-bo") == ["The newest post", "The first of a day", "The second of a day"]
    assert group(page, "year-2025") == ["The oldest post"]
    assert page.find(id="tag-silent") is None


def test_each_language_has_its_own_titles_and_marks_what_is_not_in_it(chinese_posts: Built) -> None:
    page = chinese_posts.page("posts/index")
    assert listed(page) == ["最新的文章", "The first of a day"]
    assert [str(tag.get("lang")) for tag in page.select(".hub-post-title .doc")] == ["None", "en"]
    assert [str(tag["alt"]) for tag in page.select(".hub-thumbnail")] == ["蓝色矩形"]
    assert "有个模型发布了，大家试了试。" in words(page.select_one(".hub-posts"))
    last = chinese_posts.page("posts/page-2").select(".hub-thumbnail")
    assert [(str(tag["alt"]), str(tag["lang"])) for tag in last] == [("A brown rectangle", "en")]
    assert group(chinese_posts.page("archive"), "tag-news") == ["最新的文章", "当天第二篇"]


# ---- around a post ----


def test_a_post_says_who_wrote_it_when_and_about_what(english_posts: Built) -> None:
    page = english_posts.page("posts/newest")
    lines = [words(tag) for tag in page.select(".hub-post-header p")]
    assert lines == [
        "February 3, 2026 · By Ada Example, Bo Example · 1 minute to read · Tags: News, Language models",
        (
            "Updated on February 5, 2026 · First published on example.org in Chinese (Simplified),"
            " February 1, 2026 · Written for beginners"
        ),
    ]
    assert [str(tag["href"]) for tag in page.select(".hub-post-header a")] == [
        "../archive.html#tag-news", "../archive.html#tag-models", "https://example.org/newest",
    ]  # fmt: skip
    assert words(page.select_one(".hub-post-footer")) == (
        "More about: Datawhale, LoRA fine-tuning hackathon, ChatGLM-6B"
    )


def test_dates_and_lists_of_names_are_written_as_the_language_has_them(chinese_posts: Built) -> None:
    line = words(chinese_posts.page("posts/newest").select_one(".hub-post-header p"))
    assert line.startswith("2026年2月3日 · 作者：艾达、Bo Example · ")
    assert line.endswith("标签：新闻、语言模型")


def test_the_summary_is_the_description_of_the_page(english_posts: Built, chinese_posts: Built) -> None:
    for built, text in (
        (english_posts, "A model was published & people tried it."),
        (chinese_posts, "有个模型发布了，大家试了试。"),
    ):
        found = built.page("posts/newest").select('meta[name="description"]')
        assert [str(tag["content"]) for tag in found] == [text]


# ---- what is kept from readers ----


def test_drafts_and_days_to_come_are_in_no_file_for_readers(english_posts: Built) -> None:
    found = {
        (path.name, secret)
        for path in english_posts.output.rglob("*")
        for secret in SECRETS
        if path.suffix in {".html", ".js", ".txt", ".xml"} and "_static" not in path.parts
        and re.search(rf"\b{secret}", path.read_text("utf-8"))
    }  # fmt: skip
    assert found == set()
    assert not (english_posts.output / "posts/draft.html").exists()


def test_translators_get_them_all_the_same(site: SmallSite) -> None:
    catalogs = site.build("en", "-W", "--keep-going", builder="gettext").clean()
    assert "Secretive words." in catalogs.text("posts/draft.pot")
    assert "This comes later." in catalogs.text("posts/later.pot")
    assert "Used by drafts alone" in catalogs.text("_data/tags.pot")


def test_drafts_come_and_go_as_they_are_asked_for(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-posts", SOURCE_DATE_EPOCH=TODAY)
    before = content(site.build("en", "-W", "--keep-going").clean().output)
    asked = site.build("en", "-W", "--keep-going", "-D", "hub_drafts=1").clean()
    assert listed(asked.page("posts/index")) == ["A post of a day to come", "The newest post"]
    assert group(asked.page("archive"), "tag-silent") == ["A post of a day to come", "A draft"]
    assert asked.read == {"posts/draft", "posts/later", "posts/index"}
    assert (asked.output / "posts/page-3.html").is_file()
    again = site.build("en", "-W", "--keep-going").clean()
    assert content(again.output) == before


def test_a_post_appears_on_its_day(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-posts", SOURCE_DATE_EPOCH=TODAY)
    site.build("en", "-W", "--keep-going").clean()
    built = site.build("en", "-W", "--keep-going", environment={"SOURCE_DATE_EPOCH": MARCH}).clean()
    assert built.read == {"posts/later", "posts/index"}
    assert listed(built.page("index"))[0] == "A post of a day to come"


def test_a_slip_in_another_key_makes_no_draft_public(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-posts", SOURCE_DATE_EPOCH=TODAY)
    site.edit("docs/posts/draft.md", "tags:", "tgas:")
    built = site.build("en")
    assert [line for line in built.warnings if "tgas" in line] == [
        "docs/posts/draft.md:4: WARNING: REC004 unknown key 'tgas': did you mean 'tags'? [hub.post]"
    ]
    assert not (built.output / "posts/draft.html").exists()


# ---- changes ----


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/posts/first.md", "# The *first* of a day", "# Another title"),
        ("docs/posts/first.md", "summary: This one is", "summary: This was"),
        ("docs/posts/first.md", "date: 2026-01-10", "date: 2026-02-09"),
        ("docs/posts/newest.md", "tags: [news, models]", "tags: [models]"),
        ("docs/posts/newest.md", "alt: A blue", "alt: A bluish"),
        ("docs/_data/tags.yaml", "name: News", "name: What is new"),
        ("docs/_data/people.yaml", "name: Bo Example", "name: Bo Sample"),
        ("locale/zh_CN/LC_MESSAGES/posts/newest.po", "最新的文章", "最新一篇"),
        ("locale/zh_CN/LC_MESSAGES/_data/tags.po", "语言模型", "大模型"),
        ("docs/archive.md", "# Archive", "# The archive"),
    ],
)
def test_a_change_reaches_every_list_as_if_all_were_built_anew(
    small_site: Callable[..., SmallSite], path: str, old: str, new: str
) -> None:
    changing = small_site("test-posts", SOURCE_DATE_EPOCH=TODAY)
    changing.build("zh_CN", "-W", "--keep-going").clean()
    changing.edit(path, old, new)
    after = changing.build("zh_CN", "-W", "--keep-going").clean()
    whole = changing.build("zh_CN", "-W", "--keep-going", name="whole").clean()
    assert content(after.output) == content(whole.output)


def test_nothing_is_read_or_written_when_nothing_changed(site: SmallSite, english_posts: Built) -> None:
    before = content(english_posts.output)
    again = site.build("en", "-W", "--keep-going").clean()
    assert (again.read, again.written) == (set(), set())
    assert content(again.output) == before


def test_a_parallel_build_is_the_same(site: SmallSite, chinese_posts: Built) -> None:
    parallel = site.build("zh_CN", "-W", "--keep-going", "-j", "4", name="parallel").clean()
    assert content(parallel.output) == content(chinese_posts.output)


def test_one_new_file_is_enough(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-posts", SOURCE_DATE_EPOCH=TODAY)
    for locale in ("en", "zh_CN", "zh_TW"):
        site.build(locale, "-W", "--keep-going").clean()
    (site.root / "docs/posts/new.md").write_text(NEW, "utf-8")
    for locale in ("en", "zh_CN", "zh_TW"):
        built = site.build(locale, "-W", "--keep-going").clean()
        title = "A post that is new"
        assert listed(built.page("index"))[0] == title
        assert listed(built.page("posts/index"))[0] == title
        assert len(listed(built.page("posts/page-3"))) == 1
        for anchor in ("tag-news", "author-ada", "year-2026"):
            assert group(built.page("archive"), anchor)[0] == title
        assert built.page("plain").select('.sidebar-tree a[href="posts/new.html"]')
        following = built.page("posts/newest").select(".related-pages a.prev-page")
        assert [str(tag["href"]) for tag in following] == ["new.html"]
        assert "posts/new" in built.text("searchindex.js")
    catalogs = site.build("en", "-W", "--keep-going", builder="gettext").clean()
    assert "Written after all others." in catalogs.text("posts/new.pot")
    (site.root / "docs/posts/new.md").unlink()
    built = site.build("en", "-W", "--keep-going").clean()
    assert content(built.output) == content(site.build("en", name="whole").clean().output)


@pytest.mark.parametrize(
    "builder",
    ["latex", "text", "man", "texinfo", "epub", "singlehtml", "dirhtml", "json"],
)
def test_other_builders_have_all_posts_and_no_warning(site: SmallSite, builder: str) -> None:
    built = site.build("en", "-W", "--keep-going", builder=builder).clean()
    files = [path for path in built.output.rglob("*") if path.is_file()]
    text = "".join(
        path.read_text("utf-8", "replace")
        for path in files
        if path.suffix in {".tex", ".txt", ".1", ".texi", ".xhtml", ".html", ".fjson"}
    )
    assert "A model was published" in text
    assert "The oldest post" in text
    assert "A draft" not in text
    further = {path.stem for path in files if "page-2" in path.as_posix()}
    assert bool(further) == (builder in {"dirhtml", "json"})


# ---- what is wrong ----


def test_an_option_that_names_nothing_is_told_with_the_nearest_name(
    small_site: Callable[..., SmallSite],
) -> None:
    site = small_site("test-posts", SOURCE_DATE_EPOCH=TODAY)
    (site.root / "docs/plain.md").write_text(
        "# Plain\n\n```{post-list}\n:tag: nwes\n```\n\n```{post-list}\n:author: bob\n```\n\n"
        "```{post-list}\n:by: tag\n:paginate: 3\n```\n",
        "utf-8",
    )
    site.edit("docs/posts/second.md", "authors: [bo]", "authors: [bob]")
    told = [line.removesuffix(" [hub.post]") for line in site.build("en").warnings if "[hub." in line]
    nearest = "did you mean 'bo'?"
    assert told == [
        f"docs/posts/second.md:4: WARNING: REC010 authors: there is no person 'bob': {nearest}",
        "docs/plain.md:3: WARNING: post-list: there is no tag 'nwes': did you mean 'news'?",
        f"docs/plain.md:7: WARNING: post-list: there is no author 'bob': {nearest}",
        (
            "docs/plain.md:11: WARNING: post-list: an archive is not cut into pages: "
            "remove ':by:' or ':paginate:'"
        ),
    ]
