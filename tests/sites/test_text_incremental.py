"""After any change of a catalog, a build that goes on from the last one is the one that begins anew."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites.conftest import Built, SmallSite

CATALOGS = "locale/zh_CN/LC_MESSAGES"
STEPS = 6


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    """The site of changes, built."""
    site = small_site("test-text-changes")
    site.build("zh_CN").clean()
    return site


# Each fixture changes the site of the one before it. What makes every page anew comes last: it would
# hide that a page was forgotten.


@pytest.fixture(scope="module")
def after(site: SmallSite) -> Built:
    """The build after a title, a caption, a removal and a change that has an old time."""
    site.edit(f"{CATALOGS}/two.po", "第二页", "又一页")
    site.edit(f"{CATALOGS}/index.po", "第一部分", "上篇")
    catalog(site, "deep/three").rename(site.root / "three.po")
    site.edit(f"{CATALOGS}/single.po", "没有别的页面通向这里。", "哪一页都不通向这里。")
    os.utime(catalog(site, "single"), (1, 1))
    return kept(site.build("zh_CN").clean(), "after")


@pytest.fixture(scope="module")
def restored(site: SmallSite, after: Built) -> Built:
    """The build with the catalog that was away; it has the time that it always had."""
    assert after.returncode == 0
    (site.root / "three.po").rename(catalog(site, "deep/three"))
    return kept(site.build("zh_CN").clean(), "restored")


@pytest.fixture(scope="module")
def searched(site: SmallSite, restored: Built) -> Built:
    """The build after a string of the interface, which the site's own sphinx.po translates."""
    assert restored.returncode == 0
    site.edit(f"{CATALOGS}/sphinx.po", "查找", "寻找")
    return kept(site.build("zh_CN").clean(), "searched")


@pytest.fixture(scope="module")
def titled(site: SmallSite, searched: Built) -> Built:
    """The build after a string of conf.py."""
    assert searched.returncode == 0
    site.edit(f"{CATALOGS}/_site.po", "变化的站点", "改变的站点")
    return kept(site.build("zh_CN").clean(), "titled")


def catalog(site: SmallSite, domain: str) -> Path:
    return site.root / CATALOGS / f"{domain}.po"


def kept(built: Built, name: str) -> Built:
    """A copy of a build, which the next one will not change."""
    return replace(built, output=shutil.copytree(built.output, built.output.with_name(name)))


def content(built: Built, name: str) -> str:
    return built.one(name, "#furo-main-content").text


def output(built: Built) -> dict[str, object]:
    """The files of a build by their names, as far as they are to be the same in another."""
    return {
        path.relative_to(built.output).as_posix(): comparable(path)
        for path in sorted(built.output.rglob("*"))
        if path.is_file() and not path.name.startswith(".buildinfo")
    }


def comparable(path: Path) -> object:
    """The content of a file; of an index, what it says: the order of its keys is that of the reading."""
    data = path.read_bytes()
    if path.name == "searchindex.js":
        index = json.loads(data.decode().removeprefix("Search.setIndex(").removesuffix(")"))
        for words in ("terms", "titleterms"):
            # Sphinx keeps a word that stands on no page any more; no search finds anything by it.
            index[words] = {word: pages for word, pages in index[words].items() if pages != []}
        return index
    if path.name == "objects.inv":
        head, packed = data.split(b"zlib.\n", 1)
        return head, sorted(zlib.decompress(packed).splitlines())
    return data


def differences(one: Built, other: Built) -> list[str]:
    """The names of the files that differ, or that only one of the builds has."""
    first, second = output(one), output(other)
    return [name for name in sorted(first | second) if first.get(name) != second.get(name)]


@pytest.mark.parametrize("name", ["index", "one", "two", "deep/three", "single", "genindex", "search"])
def test_a_new_title_and_a_new_caption_reach_every_sidebar(after: Built, name: str) -> None:
    tree = after.one(name, ".sidebar-tree").text
    assert "又一页" in tree
    assert "上篇" in tree


def test_a_new_title_reaches_the_pages_beside_it(after: Built) -> None:
    assert "又一页" in after.one("one", ".related-pages").text


def test_a_page_whose_catalog_is_gone_is_in_the_source_language(after: Built) -> None:
    assert "The paragraph of page three." in content(after, "deep/three")
    assert "Page Three" in after.one("one", ".sidebar-tree").text


def test_a_catalog_counts_whatever_its_time(after: Built) -> None:
    assert "哪一页都不通向这里。" in content(after, "single")


def test_a_catalog_that_is_new_counts_whatever_its_time(restored: Built) -> None:
    assert "第三页的段落。" in content(restored, "deep/three")
    assert "第三页" in restored.one("one", ".sidebar-tree").text


def test_a_link_without_a_text_follows_the_title_of_another_page(site: SmallSite, restored: Built) -> None:
    assert "回到第一页。" in content(restored, "deep/three")
    site.edit(f"{CATALOGS}/one.po", 'msgstr "第一页"', 'msgstr "首页"')
    assert "回到首页。" in content(site.build("zh_CN").clean(), "deep/three")


def test_the_pages_are_those_of_a_new_build(site: SmallSite, restored: Built) -> None:
    assert restored.returncode == 0
    built = site.build("zh_CN").clean()
    assert differences(built, site.build("zh_CN", name="new").clean()) == []


def test_nothing_changed_and_nothing_is_read_or_written(site: SmallSite, restored: Built) -> None:
    assert restored.returncode == 0
    site.build("zh_CN").clean()
    for path in (site.root / "locale").rglob("*.po"):
        path.touch()
    built = site.build("zh_CN").clean()
    assert (built.read, built.written) == (set(), set())


def test_the_sites_own_words_for_the_interface_come_first(restored: Built) -> None:
    assert restored.one("one", "input.sidebar-search")["placeholder"] == "查找"


@pytest.mark.parametrize("name", ["index", "one", "deep/three", "genindex"])
def test_a_new_string_of_the_interface_reaches_every_page(searched: Built, name: str) -> None:
    assert searched.one(name, "input.sidebar-search")["placeholder"] == "寻找"


@pytest.mark.parametrize("name", ["index", "one", "deep/three", "genindex"])
def test_a_new_title_of_the_site_reaches_every_page(titled: Built, name: str) -> None:
    assert "改变的站点" in titled.one(name, ".sidebar-brand-text").text


def test_no_compiled_catalog_is_left_among_the_sources(site: SmallSite, titled: Built) -> None:
    assert titled.returncode == 0
    assert not list((site.root / "locale").rglob("*.mo"))


class Edits:
    """Random changes of a site, as its writers and translators make them."""

    def __init__(self, site: SmallSite, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)
        self.away: dict[Path, str] = {}
        self.number = 0

    def make(self) -> str:
        """Make one change; returns what it was."""
        self.number += 1
        edits = (
            *(self.translate, self.translate, self.untranslate, self.set_time, self.take_away, self.put_back),
            *(self.write, self.rename, self.outdate, self.add_page),
        )
        edit = self.random.choice(edits)
        return f"{edit.__name__} {edit()}"

    def translate(self) -> Path:
        """Another translation: of a paragraph, of a title, of a caption or of the interface."""
        return self._message(lambda text: re.sub(r'"$', f'{self.number}"', text))

    def untranslate(self) -> Path:
        return self._message(lambda _text: 'msgstr ""')

    def outdate(self) -> Path:
        """Mark an entry as that of an older source."""
        path = self._catalog()
        text = path.read_text("utf-8")
        entries = re.findall(r'(?<=\n\n)msgid "(.+)"', text)
        if entries:
            msgid = self.random.choice(entries)
            mark = f'# outdated since 2024-06-01\n#, fuzzy\n#| msgid "Once: {msgid}"\n'
            path.write_text(text.replace(f'\n\nmsgid "{msgid}"', f'\n\n{mark}msgid "{msgid}"', 1), "utf-8")
        return path

    def set_time(self) -> Path:
        path = self._catalog()
        time = self.random.choice([0, 1_000_000_000, 4_000_000_000])
        os.utime(path, (time, time))
        return path

    def take_away(self) -> str:
        catalogs = [path for path in self._catalogs() if path.stem not in {"index", "_site"}]
        if not catalogs:
            return "nothing"
        path = self.random.choice(catalogs)
        self.away[path] = path.read_text("utf-8")
        path.unlink()
        return str(path)

    def put_back(self) -> str:
        if not self.away:
            return "nothing"
        path, text = self.away.popitem()
        path.write_text(text, "utf-8")
        os.utime(path, (1, 1))
        return str(path)

    def write(self) -> Path:
        """A paragraph and a section more."""
        path = self._source()
        more = f"\nParagraph {self.number}.\n\n## Section {self.number}\n\nThe text of a section.\n"
        path.write_text(path.read_text("utf-8") + more, "utf-8")
        return path

    def rename(self) -> Path:
        """Another title, which no translation has."""
        path = self._source()
        title = re.compile(r"^# .*", re.MULTILINE)
        path.write_text(title.sub(rf"\g<0> {self.number}", path.read_text("utf-8"), count=1), "utf-8")
        return path

    def add_page(self) -> str:
        name = f"page-{self.number}"
        path = self.site.root / "docs" / f"{name}.md"
        path.write_text(f"# Page {self.number}\n\nIts paragraph, and [](#one).\n", "utf-8")
        self.site.edit("docs/index.md", "two\n", f"two\n{name}\n")
        return name

    def _message(self, change: Callable[[str], str]) -> Path:
        path = self._catalog()
        head, *entries = re.split(r'^(msgstr ".+")$', path.read_text("utf-8"), flags=re.MULTILINE)
        if entries:
            which = 2 * self.random.randrange((len(entries) + 1) // 2)
            entries[which] = change(entries[which])
        path.write_text("".join([head, *entries]), "utf-8")
        return path

    def _catalogs(self) -> list[Path]:
        return sorted((self.site.root / "locale").rglob("*.po"))

    def _catalog(self) -> Path:
        return self.random.choice(self._catalogs())

    def _source(self) -> Path:
        return self.random.choice(sorted((self.site.root / "docs").rglob("*.md")))


@pytest.mark.parametrize("seed", [1])
def test_random_changes_leave_the_pages_of_a_new_build(
    small_site: Callable[..., SmallSite], seed: int
) -> None:
    site = small_site("test-text-changes")
    site.build("zh_CN").clean()
    edits = Edits(site, seed)
    made = []
    for step in range(STEPS):
        made += [edits.make() for _ in range(3)]
        built = site.build("zh_CN")
        new = site.build("zh_CN", name=f"new-{step}")
        assert (built.returncode, new.returncode) == (0, 0), made
        assert differences(built, new) == [], made
