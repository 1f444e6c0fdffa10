"""A catalog that is read at once has the same entries as one that is read line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import PoFileError

from sphinx_hub.catalogs.entries import State, entries_of
from sphinx_hub.catalogs.po_files import read_po
from sphinx_hub.catalogs.quick import read_entries_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_hub.catalogs.entries import Entry

ROOT = Path(__file__).resolve().parents[2]
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
ONE = 'msgid "One"\nmsgstr "一"\n'
OUTDATED = '# outdated since 2026-05-04\n#, fuzzy\n#| msgid "On"\n#| "e"\nmsgid "One two"\nmsgstr "一"\n'
SHAPES = {
    "empty": "",
    "a header alone": HEADER,
    "no header": ONE,
    "plain": f'{HEADER}\n#: docs/a.md:3\n{ONE}\n# a note\nmsgid ""\n"Two "\n"lines"\nmsgstr ""\n"两"\n"行"',
    "escapes": f'{HEADER}\nmsgid "a \\"b\\"\\tc \\\\n"\nmsgstr "甲\\n乙"\n',
    "nothing between entries": HEADER + ONE + ONE.replace("One", "Two"),
    "untranslated and a guess": f'{HEADER}\nmsgid "A"\nmsgstr ""\n\n#, fuzzy, python-format\n{ONE}',
    "outdated": f"{HEADER}\n{OUTDATED}",
    "outdated without a day": f"{HEADER}\n{OUTDATED.replace(' since 2026-05-04', '')}",
    "outdated without a former text": f"{HEADER}\n{OUTDATED}".replace('#| msgid "On"\n#| "e"\n', ""),
    "a former text as babel writes it": f"{HEADER}\n{OUTDATED}".replace("#| ", "# | "),
    "obsolete behind": f'{HEADER}\n{ONE}\n# a note\n#~ msgid "Old"\n#~ msgstr "旧"\n',
    "obsolete before": f'{HEADER}\n#~ msgid "Old"\n#~ msgstr "旧"\n\n{ONE}',
    "a comment at the end": f"{HEADER}\n{ONE}\n# the end\n",
    "twice": f"{HEADER}\n{ONE}\n{ONE.replace('一', '壹')}",
    "plurals": f'{HEADER}\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
    "a context": f'{HEADER}\nmsgctxt "x"\n{ONE}',
    "indented": f"{HEADER}\n  {ONE}",
    "lines of Windows": f"{HEADER}\n{ONE}".replace("\n", "\r\n"),
    "a second header": f"{HEADER}\n{ONE}\n{HEADER}",
    "a header behind": f"{ONE}\n{HEADER}",
    "other separators of lines": f'{HEADER}\nmsgid "a\u2028b\x0cc"\nmsgstr "d\x85e"\n',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_of_an_entry_is_read_alike(shape: str) -> None:
    content = SHAPES[shape].encode()
    assert read_entries_of(content) == entries_of(read_po(content))


def test_an_outdated_entry_knows_its_former_text_and_its_day() -> None:
    entry = read_entries_of(SHAPES["outdated"].encode())[0]
    assert (entry.state, entry.previous, entry.since, entry.line) == (
        State.OUTDATED,
        "One",
        "2026-05-04",
        9,
    )


@pytest.mark.parametrize("folder", ["locale", "extensions/sphinx_hub/locale", "tests/roots"])
def test_each_catalog_here_is_read_alike(folder: str) -> None:
    paths = sorted((ROOT / folder).rglob("*.po"))
    assert paths
    for path in paths:
        assert outcome(read_entries_of, path) == outcome(long_way, path), path


def long_way(content: bytes) -> tuple[Entry, ...]:
    return entries_of(read_po(content))


def outcome(read: Callable[[bytes], tuple[Entry, ...]], path: Path) -> object:
    try:
        return read(path.read_bytes())
    except (PoFileError, UnicodeDecodeError, LookupError, ValueError) as error:
        return type(error), str(error)


@pytest.mark.parametrize("mistake", ['msgid "a\nmsgstr "b"\n', "msgid a\n", 'msgid "a"\n', '#~ msgid "a\n'])
def test_a_mistake_is_told_with_its_line(mistake: str) -> None:
    content = f"{HEADER}\n{ONE}\n{mistake}".encode()
    with pytest.raises(PoFileError) as expected:
        read_po(content)
    with pytest.raises(PoFileError) as raised:
        read_entries_of(content)
    assert (str(raised.value), raised.value.lineno) == (str(expected.value), expected.value.lineno)
