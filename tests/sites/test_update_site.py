"""`sphinx-hub update` on a small site: pages come, go and change their names, and languages are added."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.building.catalog_update import MANY
from sphinx_hub.building.update import LOCK
from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.lock import locked
from sphinx_hub.catalogs.merge import Known
from sphinx_hub.catalogs.po_files import parse_po

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites.conftest import SmallSite

ZH = "locale/zh_CN/LC_MESSAGES"


def update(site: SmallSite, *arguments: str, code: int = 0) -> tuple[str, str]:
    """Run the command; returns what it says and what it complains of."""
    run = subprocess.run(
        [sys.executable, "-m", "sphinx_hub.cli", "update", *arguments],
        cwd=site.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1779321600", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout, run.stderr


def files(site: SmallSite) -> dict[str, bytes]:
    folder = site.root / "locale"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    """The site of all kinds of texts, up to date."""
    site = small_site("test-text")
    update(site)
    return site


def test_a_second_update_changes_nothing_and_says_nothing(site: SmallSite) -> None:
    before = files(site)
    assert update(site) == ("", "")
    assert files(site) == before


def test_the_language_of_the_site_has_catalogs_of_pages_in_another(site: SmallSite) -> None:
    assert list((site.root / "locale/en/LC_MESSAGES").iterdir()) == [
        site.root / "locale/en/LC_MESSAGES/native.po"
    ]


def test_pages_that_move_and_go_take_their_catalogs_along(site: SmallSite) -> None:
    before = files(site)
    pages = site.root / "docs"
    index, terms = (pages / "index.md").read_text("utf-8"), (pages / "terms.md").read_text("utf-8")
    (pages / "links.md").rename(pages / "more.md")
    (pages / "terms.md").unlink()
    (pages / "index.md").write_text(index.replace("links", "more").replace("terms\n", ""), "utf-8")
    said, _complaints = update(site)
    assert f"Move: {ZH}/links.po to {ZH}/more.po, with its page\n" in said
    assert f"Retire: {ZH}/terms.po to locale/zh_CN/retired/terms.po: its page is gone." in said
    assert "or is deleted after 365 days" in said
    after = files(site)
    assert "zh_CN/LC_MESSAGES/links.po" not in after
    assert after["zh_CN/LC_MESSAGES/more.po"] == before["zh_CN/LC_MESSAGES/links.po"].replace(
        b"docs/links.md", b"docs/more.md"
    )
    assert b"# retired since 2026-05-21\n" in after["zh_CN/retired/terms.po"]

    (pages / "more.md").rename(pages / "links.md")
    (pages / "terms.md").write_text(terms, "utf-8")
    (pages / "index.md").write_text(index, "utf-8")
    said, _complaints = update(site)
    assert f"Restore: {ZH}/terms.po, since its page is there again\n" in said
    names = {name for name in before if name.startswith("zh_CN")}
    assert {name: files(site)[name] for name in names} == {name: before[name] for name in names}
    assert not (site.root / "locale/zh_CN/retired").exists()


def test_an_edit_changes_its_entry_and_the_lines_below_it_and_nothing_else(site: SmallSite) -> None:
    before = files(site)
    site.edit("docs/blocks.md", "Hyphen of an item.", "Hyphen of an important item.")
    said, _complaints = update(site)
    assert f"Update: {ZH}/blocks.po +1, -1, 1 outdated\n" in said
    after = files(site)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"zh_CN/LC_MESSAGES/blocks.po", "zh_TW/LC_MESSAGES/blocks.po"}
    old = before["zh_CN/LC_MESSAGES/blocks.po"].decode().splitlines()
    new = after["zh_CN/LC_MESSAGES/blocks.po"].decode().splitlines()
    came = [line for line in new if line not in old and "POT-Creation-Date" not in line]
    assert came == [
        "# outdated since 2026-05-21",
        "#, fuzzy",
        '#| msgid "Hyphen of an item."',
        'msgid "Hyphen of an important item."',
    ]
    site.edit("docs/blocks.md", "Hyphen of an important item.", "Hyphen of an item.")
    update(site)


def test_a_new_language_gets_its_row_and_its_catalogs(site: SmallSite) -> None:
    table = (site.root / "pyproject.toml").read_bytes()
    said, _complaints = update(site, "zh_HK", "--suggest-from", "zh_CN")
    row = said[said.index("[[tool") : said.index("\n\nChange")] + "\n"
    assert 'locale = "zh_HK"\npath = "zh-hk"\ntag = "zh-Hant-HK"' in row
    assert (site.root / "pyproject.toml").read_bytes() == table + b"\n" + row.encode()
    catalog = files(site)["zh_HK/LC_MESSAGES/blocks.po"].decode()
    assert '"Language-Team: Chinese (Traditional, Hong Kong SAR China)\\n"' in catalog
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in catalog
    assert "EMAIL@ADDRESS" not in catalog
    assert "YEAR-MO-DA" not in catalog
    suggestion = (
        "# suggested from: zh_CN, converted by OpenCC (s2hk)\n#: docs/blocks.md:5\n#, fuzzy\n"
        'msgid "Hyphen of an item."\nmsgstr "- 一項前的連字符"\n'
    )
    assert suggestion in catalog
    assert update(site) == ("", "")
    # Nobody has looked at them: the language counts as one without any translation.
    command = [sys.executable, "-m", "sphinx_hub.cli", "status", "zh_HK"]
    run = subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=True, encoding="utf-8")
    assert re.search(r"\bzh_HK\s+0 %\s+0\s", run.stdout)
    (site.root / "pyproject.toml").write_bytes(table)


def test_nothing_is_extracted_again_until_something_changed(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = site.root / "_build/gettext/inputs.json"

    def extracts() -> bool:
        before = inputs.stat().st_mtime_ns
        update(site)
        return inputs.stat().st_mtime_ns != before

    update(site)
    assert not extracts()
    (site.root / "docs/picture.svg").touch()
    assert extracts()
    (site.root / "conf.py").touch()
    assert extracts()
    (site.root / "_build/gettext/blocks.pot").unlink()
    assert extracts()
    monkeypatch.setenv("CONF_META", "1")
    assert extracts()
    assert not extracts()
    site.edit("docs/half.md", "The first sentence", "```{nowhere}\n```\n\nThe first sentence")
    for _ in range(2):  # what failed is not taken for done
        _said, complaints = update(site, code=1)
        assert "nowhere" in complaints
        assert "the sources have problems; no catalog was touched" in complaints
    site.edit("docs/half.md", "```{nowhere}\n```\n\nThe first sentence", "The first sentence")
    update(site)


def test_wrong_use_is_told_what_to_write(site: SmallSite) -> None:
    before = files(site)
    _said, complaints = update(site, "zh-hk", "xx_YY", code=2)
    assert "'zh-hk' is no locale that CLDR knows in gettext's form: write 'zh_HK'" in complaints
    assert "'xx_YY' is no locale" in complaints
    _said, complaints = update(site, "--suggest-from", "zh_CN", code=2)
    assert "needs the one locale that gets the suggestions" in complaints
    assert files(site) == before


def test_two_updates_do_not_mix(site: SmallSite) -> None:
    with locked(site.root / "_build" / LOCK):
        said, complaints = update(site, code=1)
    assert said == ""
    assert f"another update is running (process {os.getpid()}, since 20" in complaints


def test_all_faults_are_named_before_anything_is_written(site: SmallSite) -> None:
    before = files(site)
    folder = site.root / ZH
    site.edit("docs/blocks.md", "Hyphen of an item.", "Hyphen of another item.")
    (folder / "deep.po").write_bytes(before["zh_CN/LC_MESSAGES/deep.po"] + b"\n<<<<<<< HEAD\n")
    (folder / "terms.po").write_bytes(before["zh_CN/LC_MESSAGES/terms.po"].decode().encode("gb18030"))
    (folder / "half.po").write_bytes(before["zh_CN/LC_MESSAGES/half.po"] + b'\nmsgid "A"\nmsgstr ""\n' * 2)
    broken = files(site)
    said, complaints = update(site, code=1)
    codes = [line.split(": ")[1].split()[0] for line in complaints.splitlines()]
    assert (said, codes) == ("", ["CAT003", "UPD001", "CAT003"])
    assert all(line.startswith(f"{ZH}/") for line in complaints.splitlines())
    assert files(site) == broken
    for name, content in before.items():
        (site.root / "locale" / name).write_bytes(content)
    (folder / "blocks.po").chmod(0o444)
    said, complaints = update(site, code=1)
    assert (said, complaints) == (
        "",
        f"{ZH}/blocks.po:1: UPD002 the file is read-only: nothing was changed\n",
    )
    assert files(site) == before
    (folder / "blocks.po").chmod(0o644)
    site.edit("docs/blocks.md", "Hyphen of another item.", "Hyphen of an item.")


def test_what_an_update_that_was_stopped_has_left_is_removed(site: SmallSite) -> None:
    stray: Path = site.root / ZH / ".blocks.po.sphinx-hub-new"
    stray.write_text("half a fi", "utf-8")
    update(site)
    assert not stray.exists()


def test_sphinx_intl_reads_the_catalogs_and_an_update_after_its_own_loses_nothing(site: SmallSite) -> None:
    before = files(site)
    counts = run_intl(site, "stat", "-l", "zh_CN")
    assert f"{ZH}/half.po: 2 translated, 0 fuzzy, 2 untranslated." in counts
    site.edit("docs/blocks.md", "Hyphen of an item.", "Hyphen of an important item.")
    templates = site.build(builder="gettext", name="templates").output
    said = run_intl(site, "update", "-p", str(templates), "-l", "zh_CN")
    assert f"Update: {ZH}/blocks.po +1, -1" in said
    update(site)
    after = files(site)
    for name in before:
        if not name.startswith("zh_CN"):
            continue
        old, new = parse_po(before[name]).entries, parse_po(after[name])
        found = {string for entry in (*new.entries, *new.obsolete) for string in entry.strings}
        assert {string for entry in old for string in entry.strings} <= found
        states = {entry.key: Known.of(entry).state for entry in new.entries}
        same = [entry for entry in old if "Hyphen of" not in entry.msgid]
        assert [states[entry.key] for entry in same] == [Known.of(entry).state for entry in same]
    # What sphinx-intl took for the former text it does not say: readers see the original.
    blocks = {entry.msgid: entry for entry in parse_po(after["zh_CN/LC_MESSAGES/blocks.po"]).entries}
    assert Known.of(blocks["Hyphen of an important item."]).state is State.UNTRANSLATED
    site.edit("docs/blocks.md", "Hyphen of an important item.", "Hyphen of an item.")


def run_intl(site: SmallSite, *arguments: str) -> str:
    command = [sys.executable, "-c", "from sphinx_intl.commands import main; main()"]
    run = subprocess.run(
        [*command, "-c", "conf.py", *arguments],
        cwd=site.root,
        env={**os.environ, "STOCK": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert not run.stderr  # `stat` ends with 1 where something is untranslated
    return run.stdout.replace(f"{site.root}{os.sep}", "")


def spoil(path: Path) -> None:
    """Make ``path`` a file that cannot be parsed and looks like the one that it was."""
    before = path.stat()
    path.write_bytes(b'msgid "' + b"x" * (before.st_size - 7))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_many_catalogs_are_merged_side_by_side_as_they_are_one_after_the_other(
    small_site: Callable[..., SmallSite],
) -> None:
    both, each = small_site("test-text"), small_site("test-text")
    for site in (both, each):
        for number in range(MANY):
            text = f"---\norphan: true\n---\n\n# Page {number}\n\nA text of page {number}.\n"
            (site.root / "docs" / f"many{number}.md").write_text(text, "utf-8")
    update(both)
    for locale in ("en", "zh_CN", "zh_TW"):
        update(each, locale)
    assert files(both) == files(each)
    for path in both.root.glob("docs/many*.md"):
        path.write_text(f"{path.read_text('utf-8')}\nMore of it.\n", "utf-8")
    update(both)
    before = files(both)
    page = both.root / "docs" / "many7.md"
    page.write_text(page.read_text("utf-8").replace("A text", "The text"), "utf-8")
    # Few are merged now, and no template but those that changed is read: this one would be complained of.
    other = both.root / "_build" / "gettext" / "many9.pot"
    spoil(other)
    said, _complaints = update(both)
    name = "LC_MESSAGES/many7.po"
    assert said.split("\n")[:2] == [f"Update: locale/{x}/{name} +1, -1" for x in ("zh_CN", "zh_TW")]
    assert {path for path, content in files(both).items() if before[path] != content} == {
        f"zh_CN/{name}",
        f"zh_TW/{name}",
    }


def test_templates_of_pages_that_are_gone_are_gone(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-text")
    update(site)
    template = site.root / "_build" / "gettext" / "terms.pot"
    other = site.root / "_build" / "gettext" / "index.pot"
    assert template.is_file()
    time = other.stat().st_mtime_ns
    (site.root / "docs" / "terms.md").unlink()
    run = subprocess.run(
        [sys.executable, "-m", "sphinx_hub.cli", "update"], cwd=site.root, capture_output=True, check=False
    )
    assert run.returncode in {0, 1}
    assert not template.exists()
    assert other.stat().st_mtime_ns == time
