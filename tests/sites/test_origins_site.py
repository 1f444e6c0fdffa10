"""Where pages say that they come from: the lines of their sources and catalogs, and the days of both."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag

    from tests.sites.conftest import Built, SmallSite

PAGES: Final = ("index", "guide", "deep/page", "native", "dated")
GUIDE: Final = "locale/zh_CN/LC_MESSAGES/guide.po"
_REPOSITORY: Final = "https://github.com/example/small-site/blob/next/"


def git(site: SmallSite, *arguments: str, day: str = "2026-01-01") -> None:
    environment = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    subprocess.run(
        ["git", "-c", "user.name=Z", "-c", "user.email=z@example.org", *arguments],
        cwd=site.root, env={**os.environ, **environment}, check=True, capture_output=True,
    )  # fmt: skip


def commit(site: SmallSite, day: str) -> None:
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "x", day=day)


def with_git(site: SmallSite) -> SmallSite:
    (site.root / ".gitignore").write_text("_build\n")
    git(site, "init", "-q")
    commit(site, "2026-03-04")
    return site


def line_of(site: SmallSite, address: str, place: str = _REPOSITORY) -> str:
    """The line of the site's file that an address within the repository leads to."""
    found = re.fullmatch(re.escape(place) + r"([^?#]+)\?plain=1#L(\d+)", address)
    assert found, address
    return (site.root / found[1]).read_text("utf-8").splitlines()[int(found[2]) - 1]


def headings(built: Built, page: str) -> dict[str, Tag]:
    """Heading -> its link."""
    links = built.page(page).select(":is(h1, h2, h3) > a.hub-edit")
    return {str(link.parent.get_text()).rstrip("¶#"): link for link in links if link.parent}


def days(built: Built, page: str) -> list[tuple[str, str, str]]:
    """(what is said, the day for machines, the day for readers) below a page."""
    return [
        (tag.get_text(strip=True).split("：")[0].split(":")[0], str(time["datetime"]), time.get_text())
        for tag in built.page(page).select(".hub-feedback-days span")
        for time in tag.select("time")
    ]


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-origins")


@pytest.fixture(scope="module")
def source(site: SmallSite) -> Built:
    return site.build("en", "-W").clean()


@pytest.fixture(scope="module")
def translated(site: SmallSite) -> Built:
    return site.build("zh_CN", "-W").clean()


def test_a_heading_leads_to_its_line_of_the_source(site: SmallSite, source: Built) -> None:
    links = headings(source, "guide")
    assert {text: line_of(site, str(link["href"])) for text, link in links.items()} == {
        "Guide": "# Guide", "Usage": "## Usage", "Details": "### Details", "Examples": "## Examples",
    }  # fmt: skip
    assert {link["aria-label"] for link in links.values()} == {"Edit this section"}


def test_a_heading_of_a_translation_leads_to_its_line_of_the_catalog(
    site: SmallSite, translated: Built
) -> None:
    links = headings(translated, "guide")
    assert {text: line_of(site, str(link["href"])) for text, link in links.items()} == {
        "指南": 'msgid "Guide"',
        "用法": 'msgid "Usage"',
        "细节": 'msgid "Details"',
        "示例": 'msgid "Examples"',
    }
    assert {link["aria-label"] for link in links.values()} == {"改进此处译文"}
    assert not any("hub-to-do" in link["class"] for link in links.values())


def test_each_page_is_written_in_one_language_and_translated_in_the_others(
    site: SmallSite, source: Built, translated: Built
) -> None:
    native = headings(translated, "native")["中文写的页面"]
    assert line_of(site, str(native["href"])) == "# 中文写的页面"
    foreign = headings(source, "native")["Page in Chinese"]
    assert line_of(site, str(foreign["href"])) == 'msgid "中文写的页面"'


def test_what_is_left_to_do_comes_first(site: SmallSite, translated: Built) -> None:
    link = headings(translated, "deep/page")["深处的页面"]
    assert "hub-to-do" in link["class"]
    assert line_of(site, str(link["href"])) == 'msgid "Words."'
    page = translated.page("deep/page")
    addresses = {
        str(tag["href"]) for tag in page.select(".hub-feedback a:not([rel]), .hub-notice a.external")
    }
    assert [line_of(site, address) for address in addresses] == ['msgid "Words."']


def test_below_a_page_it_is_edited_and_its_translation_improved(source: Built, translated: Built) -> None:
    edit = "https://github.com/example/small-site/edit/next/docs/guide.md"
    links = {
        language: [
            (tag.get_text(), str(tag["href"])) for tag in built.page("guide").select(".hub-feedback a")
        ]
        for language, built in (("en", source), ("zh_CN", translated))
    }
    assert links["en"] == [("Edit this page", edit)]
    assert [text for text, _href in links["zh_CN"]] == ["改进此处译文", "编辑原文"]
    assert links["zh_CN"][1][1] == edit
    # Furo's own links would lead to the same places.
    for built in (source, translated):
        assert not built.page("guide").select(".edit-this-page, .view-this-page")
    # Pages without a source have none of it.
    assert not source.page("search").select(".hub-feedback, .hub-edit")


def test_titles_elsewhere_have_no_link_in_them(source: Built) -> None:
    page = source.page("guide")
    assert [tag.get_text(strip=True) for tag in page.select(".toc-tree a")][1:] == [
        "Usage", "Details", "Examples",
    ]  # fmt: skip
    assert page.title is not None
    assert page.title.get_text().startswith("Guide - ")
    assert not page.select(":is(nav, .sidebar-tree, .toc-tree, .related-pages) .hub-edit")


@pytest.fixture(scope="module")
def moving(small_site: Callable[..., SmallSite]) -> SmallSite:
    site = small_site("test-origins")
    site.build("zh_CN", "-W").clean()
    return site


def test_lines_that_move_are_written_anew_and_not_read(moving: SmallSite) -> None:
    assert moving.build("zh_CN").clean().written == set()
    moving.edit(GUIDE, 'msgid ""\n', '# One line.\n# And one more.\nmsgid ""\n')
    built = moving.build("zh_CN").clean()
    # Sphinx adds the page whose table of contents has it.
    assert (built.read, built.written) == (set(), {"guide", "index"})
    assert line_of(moving, str(headings(built, "guide")["示例"]["href"])) == 'msgid "Examples"'


def test_a_changed_source_leads_to_the_translation_that_it_had(moving: SmallSite) -> None:
    """Before and after the catalog is brought up to date."""
    moving.edit("docs/guide.md", "One example is enough.", "One good example is enough.")
    built = moving.build("zh_CN").clean()
    change = built.one("guide", ".hub-change .hub-change-link a")
    assert change.get_text() == "改进此处译文"
    assert line_of(moving, str(change["href"])) == 'msgid "One example is enough."'
    assert headings(built, "guide")["示例"]["href"] == change["href"]

    moving.edit(
        GUIDE,
        'msgid "One example is enough."',
        '# outdated since 2026-05-06\n#, fuzzy\n#| msgid "One example is enough."\n'
        'msgid "One good example is enough."',
    )
    built = moving.build("zh_CN").clean()
    change = built.one("guide", ".hub-change .hub-change-link a")
    assert line_of(moving, str(change["href"])) == 'msgid "One good example is enough."'
    assert line_of(moving, str(headings(built, "guide")["细节"]["href"])) == 'msgid "Details"'


def test_a_build_that_goes_on_is_the_one_that_begins_anew(moving: SmallSite) -> None:
    moving.edit(GUIDE, "\n#: docs/guide.md:20", "\n# A comment.\n#: docs/guide.md:20")
    went_on, anew = moving.build("zh_CN").clean(), moving.build("zh_CN", "-j", "2", name="anew").clean()
    for name in PAGES:
        assert went_on.text(f"{name}.html") == anew.text(f"{name}.html")


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "singlehtml", "json"])
def test_other_builders_have_no_links_at_headings(moving: SmallSite, builder: str) -> None:
    built = moving.build("zh_CN", "-W", "--keep-going", builder=builder).clean()
    content = "".join(
        path.read_text("utf-8", errors="replace")
        for path in built.output.rglob("*")
        if path.is_file() and path.suffix in {".tex", ".txt", ".xhtml", ".html", ".fjson"}
    )
    assert "hub-edit" not in content
    assert "hub-feedback" not in content


def test_where_a_tool_is_configured_the_links_lead_there(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-origins")
    site.edit(
        "pyproject.toml",
        "repository",
        'translate = "https://weblate.example/x/{domain}/{locale}/?q=source:=%22{message}%22"\nrepository',
    )
    site.edit("docs/deep/page.md", "Words.", 'Words "as such".')
    site.edit("locale/zh_CN/LC_MESSAGES/deep/page.po", '"Words."', '"Words \\"as such\\"."')
    built = site.build("zh_CN", "-W").clean()
    place = "https://weblate.example/x/deep/page/zh_CN/"
    message = "Words%20%5C%22as%20such%5C%22."
    assert headings(built, "deep/page")["深处的页面"]["href"] == f"{place}?q=source:=%22{message}%22"
    assert built.one("deep/page", ".hub-feedback a:not([rel])")["href"] == place


def test_the_days_are_those_of_the_last_commits(small_site: Callable[..., SmallSite]) -> None:
    site = with_git(small_site("test-origins"))
    english, chinese = site.build("en", "-W").clean(), site.build("zh_CN", "-W").clean()
    assert days(english, "guide") == [("Last updated", "2026-03-04", "March 4, 2026")]
    assert days(chinese, "guide") == [
        ("译文更新于", "2026-03-04", "2026年3月4日"), ("原文更新于", "2026-03-04", "2026年3月4日"),
    ]  # fmt: skip
    assert days(english, "native") == [
        ("Translation last updated", "2026-03-04", "March 4, 2026"),
        ("Original last updated", "2026-03-04", "March 4, 2026"),
    ]
    # A page that says by itself from which day it is has no other day of its source.
    assert days(english, "dated") == []
    assert [what for what, *_day in days(chinese, "dated")] == ["译文更新于"]

    site.edit(GUIDE, "开头的话。", "开头几句话。")
    commit(site, "2026-04-05")
    assert days(site.build("zh_CN").clean(), "guide") == [
        ("译文更新于", "2026-04-05", "2026年4月5日"), ("原文更新于", "2026-03-04", "2026年3月4日"),
    ]  # fmt: skip


def test_a_commit_writes_only_the_pages_whose_day_it_changes(small_site: Callable[..., SmallSite]) -> None:
    site = with_git(small_site("test-origins"))
    site.build("zh_CN", "-W").clean()
    site.edit("docs/guide.md", "How to use it.", "How to use it. ")
    built = site.build("zh_CN").clean()
    assert "guide" in built.written
    assert days(built, "guide")[1][1] == "2026-03-04"
    # Nothing but the commit is new now.
    commit(site, "2026-05-06")
    built = site.build("zh_CN").clean()
    assert (built.read, built.written) == (set(), {"guide", "index"})
    assert days(built, "guide")[1][1] == "2026-05-06"
    assert site.build("zh_CN").clean().written == set()
    anew = site.build("zh_CN", name="anew").clean()
    for name in PAGES:
        assert built.text(f"{name}.html") == anew.text(f"{name}.html")


def test_a_clone_without_its_history_says_what_the_catalogs_say(small_site: Callable[..., SmallSite]) -> None:
    site = with_git(small_site("test-origins"))
    clone = type(site)(site.root.parent / "clone", site.environment)
    git(site, "clone", "-q", "--depth", "1", f"file://{site.root}", str(clone.root))
    built = clone.build("zh_CN", "-W").clean()
    assert days(built, "guide") == [("译文更新于", "2026-02-03", "2026年2月3日")]
    # Nobody has written a day into this one since it was made.
    assert days(built, "deep/page") == []
    said = "days of changes: none are taken from git, since the clone has no whole history"
    assert built.status.count(said) == 1
    git(clone, "fetch", "-q", "--unshallow")
    assert ("原文更新于", "2026-03-04", "2026年3月4日") in days(clone.build("zh_CN").clean(), "guide")


def test_without_git_no_day_is_said(source: Built, translated: Built) -> None:
    for built in (source, translated):
        assert [days(built, name) for name in PAGES] == [[]] * len(PAGES)
        assert "days of changes" not in built.status


def test_a_site_without_a_repository_has_only_days(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-origins")
    site.edit("pyproject.toml", 'repository = "https://github.com/example/small-site"\n', "")
    with_git(site)
    built = site.build("zh_CN", "-W").clean()
    assert not built.page("guide").select(".hub-edit, .hub-feedback a")
    assert len(days(built, "guide")) == 2
