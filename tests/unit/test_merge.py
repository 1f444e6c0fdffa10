"""What an update makes of a catalog: nothing is lost, a changed text is told from a new one."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.catalogs.entries import State, entries_of
from sphinx_hub.catalogs.merge import Rules, merge
from sphinx_hub.catalogs.po_files import parse_po, read_po

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_hub.catalogs.entries import Entry

DAY = date(2026, 11, 25)
LONG = "Every volunteer of the hub reads the catalogs of one language before a page of it is published"


def template(*texts: str) -> bytes:
    entries = "".join(
        f'\n#: docs/a.md:{line}\nmsgid "{text}"\nmsgstr ""\n' for line, text in enumerate(texts, 1)
    )
    return f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n{entries}'.encode()


def merged(content: bytes | None, *texts: str) -> bytes:
    return merge(content, parse_po(template(*texts)), Rules(locale="zh_CN", day=DAY)).content


def translated(content: bytes, **words: str) -> bytes:
    text = content.decode()
    for number, (msgid, msgstr) in enumerate(words.items()):
        old = f'msgid "{msgid.replace("_", " ")}"\nmsgstr ""'
        assert old in text, number
        text = text.replace(old, old[:-1] + f'{msgstr}"')
    return text.encode()


def by_text(content: bytes) -> dict[str, Entry]:
    return {entry.msgid: entry for entry in entries_of(read_po(content, "zh_CN"))}


def test_a_second_update_changes_no_byte() -> None:
    content = merged(None, "One text", "Another text")
    assert merged(content, "One text", "Another text") == content


def test_a_changed_text_keeps_its_translation_as_outdated_and_gets_it_back() -> None:
    content = translated(merged(None, "First", "The old text of it", "Last"), The_old_text_of_it="旧文")
    changed = merged(content, "First", "The new text of it", "Last")
    entry = by_text(changed)["The new text of it"]
    assert (entry.state, entry.msgstr) == (State.OUTDATED, "旧文")
    assert (entry.previous, entry.since) == ("The old text of it", "2026-11-25")
    twice = by_text(merged(changed, "First", "The newest text of it", "Last"))["The newest text of it"]
    assert (twice.state, twice.previous) == (State.OUTDATED, "The old text of it")
    back = by_text(merged(changed, "First", "The old text of it", "Last"))["The old text of it"]
    assert (back.state, back.msgstr, back.previous) == (State.CURRENT, "旧文", "")


def test_another_text_in_the_same_place_is_not_taken_for_the_former_one() -> None:
    content = translated(merged(None, "First", "Cats sleep all day", "Last"), Cats_sleep_all_day="猫整天睡觉")
    changed = merged(content, "First", "Install the package with pip", "Last")
    assert by_text(changed)["Install the package with pip"].state is State.UNTRANSLATED
    assert "猫整天睡觉" in changed.decode()  # kept as obsolete
    again = by_text(merged(changed, "First", "Cats sleep all day", "Last"))
    assert again["Cats sleep all day"].state is State.CURRENT


def test_a_long_former_text_can_be_read_by_gettext(tmp_path: Path) -> None:
    content = merged(None, LONG).decode().replace('msgstr ""\n', 'msgstr "译文"\n').encode()
    content = content.replace('msgid ""\nmsgstr "译文"\n'.encode(), b'msgid ""\nmsgstr ""\n', 1)
    changed = merged(content, f"{LONG} there")
    assert by_text(changed)[f"{LONG} there"].previous == LONG
    assert merged(changed, f"{LONG} there") == changed
    if shutil.which("msgfmt") is None:
        pytest.skip("gettext is not installed")
    path = tmp_path / "a.po"
    path.write_bytes(changed)
    run = subprocess.run(["msgfmt", "-c", "-o", str(tmp_path / "a.mo"), str(path)], check=False)
    assert run.returncode == 0
