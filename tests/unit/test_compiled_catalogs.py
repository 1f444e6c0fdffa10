from __future__ import annotations

import gettext
import os
from typing import TYPE_CHECKING

from sphinx_hub.catalogs.compiled import (
    catalog_folder,
    compile_catalogs,
    compiled_path,
    load_compiled,
)
from sphinx_hub.catalogs.entries import State
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write(root: Path, domain: str, *entries: str) -> Path:
    path = catalog_folder(root / "locale", "zh_CN") / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "\n\n".join(entries) + "\n", "utf-8")
    return path


def entry(msgid: str, msgstr: str, flag: str = "") -> str:
    return f'{flag}msgid "{msgid}"\nmsgstr "{msgstr}"'


def compiled(root: Path, domain: str) -> Path:
    return compiled_path(root / "build", "zh_CN", domain)


def text(root: Path, domain: str, msgid: str) -> str:
    """What a reader sees for ``msgid``."""
    entries = {entry.msgid: entry for entry in load_compiled(root / "build", "zh_CN", domain)}
    return entries[msgid].msgstr if msgid in entries and entries[msgid].msgstr else msgid


def test_compiles_every_folder_and_counts_without_fuzzy(tmp_path: Path) -> None:
    write(tmp_path, "index", entry("a", "甲"), entry("b", ""), entry("c", "丙", "#, fuzzy\n"))
    write(tmp_path, "deep/er/page", entry("d", "丁"))
    write(tmp_path, ".cache/page", entry("d", "丁"))
    result = compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build")
    counts = {domain: (count.current, count.messages) for domain, count in result.progress.items()}
    assert counts == {"deep/er/page": (1, 1), "index": (1, 3)}
    assert (result.total.current, result.total.messages) == (2, 4)
    assert text(tmp_path, "index", "a") == "甲"
    assert text(tmp_path, "index", "c") == "c"
    assert not list((tmp_path / "locale").rglob("*.mo"))


def test_an_untranslated_plural_stays_the_plural_of_the_source(tmp_path: Path) -> None:
    write(tmp_path, "index", 'msgid "{n} page"\nmsgid_plural "{n} pages"\nmsgstr[0] ""', entry("a", "甲"))
    compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build", as_mo=lambda domain: domain == "index")
    with compiled(tmp_path, "index").with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).ngettext("{n} page", "{n} pages", 2) == "{n} pages"


def test_content_decides_and_not_the_time(tmp_path: Path) -> None:
    path = write(tmp_path, "index", entry("a", "甲"))
    compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build")
    before = compiled(tmp_path, "index").stat().st_mtime_ns
    path.touch()
    compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build")
    assert compiled(tmp_path, "index").stat().st_mtime_ns == before
    write(tmp_path, "index", entry("a", "乙"))
    os.utime(path, (0, 0))
    compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build")
    assert text(tmp_path, "index", "a") == "乙"


def test_a_new_date_in_the_header_changes_no_compiled_catalog(tmp_path: Path) -> None:
    path = write(tmp_path, "index", entry("a", "甲"))
    compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build")
    before = compiled(tmp_path, "index").stat().st_mtime_ns
    dated = path.read_text("utf-8").replace(
        'msgstr "Content', 'msgstr ""\n"POT-Creation-Date: 2026-01-02 03:04+0000\\n"\n"Content'
    )
    path.write_text(dated, "utf-8")
    compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build")
    assert compiled(tmp_path, "index").stat().st_mtime_ns == before


def test_what_is_gone_is_removed(tmp_path: Path) -> None:
    path = write(tmp_path, "index", entry("a", "甲"))
    write(tmp_path, "other", entry("a", "甲"))
    compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build", always=["_data/x"])
    path.unlink()
    result = compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build", always=["_data/x"])
    assert set(result.progress) == {"other"}
    assert not compiled(tmp_path, "index").exists()
    assert not list((tmp_path / "build").rglob("index.*"))
    assert text(tmp_path, "_data/x", "a") == "a"


def test_one_broken_file_is_named_and_the_others_are_compiled(tmp_path: Path) -> None:
    broken = write(tmp_path, "broken", 'msgid "a"\nmsgstr "b"\nmsgfoo "c"')
    write(tmp_path, "latin", entry("a", "x")).write_bytes(HEADER.encode() + b'msgid "a"\nmsgstr "\xff\xfe"\n')
    write(tmp_path, "index", entry("a", "甲"))
    result = compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build")
    assert [(problem.path.name, problem.code) for problem in result.unreadable] == [
        ("broken.po", Code.CATALOG_SYNTAX),
        ("latin.po", Code.CATALOG_SYNTAX),
    ]
    assert result.unreadable[0].line == broken.read_text("utf-8").splitlines().index('msgfoo "c"') + 1
    assert text(tmp_path, "index", "a") == "甲"


def test_a_locale_without_folder_compiles_to_nothing(tmp_path: Path) -> None:
    result = compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build")
    assert (result.progress, result.unreadable) == ({}, ())


def test_an_outdated_entry_is_told_from_a_guess(tmp_path: Path) -> None:
    former = '#, fuzzy\n#| msgid "One word."\n'
    path = write(
        tmp_path,
        "index",
        "# outdated since 2026-11-25\n" + former + entry("Two words.", "一词。"),
        "# outdated\n" + former + entry("Three words.", "一词。"),
        former + entry("Four words.", "一词。"),
    )
    compile_catalogs(tmp_path / "locale", "zh_CN", tmp_path / "build")
    entries = load_compiled(tmp_path / "build", "zh_CN", "index")
    assert [(found.state, found.previous, found.since) for found in entries] == [
        (State.OUTDATED, "One word.", "2026-11-25"),
        (State.OUTDATED, "One word.", ""),
        (State.UNTRANSLATED, "", ""),
    ]
    lines = path.read_text("utf-8").splitlines()
    assert [lines[found.line - 1] for found in entries] == [f'msgid "{found.msgid}"' for found in entries]
