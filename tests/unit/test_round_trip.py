"""Catalogs go through the tools that translators use, and say the same afterwards."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from babel.messages.pofile import read_po, write_po
from translate.storage.pypo import pofile

from sphinx_hub.catalogs.merge import Known, Rules, merge
from sphinx_hub.catalogs.po_files import PoEntry, PoFile, parse_po
from sphinx_hub.catalogs.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parents[2]
CATALOGS = sorted((ROOT / "locale").glob("*/LC_MESSAGES/**/*.po"))
RULES = Rules(locale="zh_CN", day=date(2026, 11, 26))

#: Of everything that a tool may take for something else; as our writer and msgcat wrap it.
NASTY = r"""# Lin Xiaoyu <lin@example.org>, 2026.
# 第二行
msgid ""
msgstr ""
"Project-Id-Version: Nasty\n"
"POT-Creation-Date: 2026-11-25 10:00+0000\n"
"PO-Revision-Date: 2026-11-25 10:00+0000\n"
"Last-Translator: Lin Xiaoyu <lin@example.org>\n"
"Language: zh_CN\n"
"Language-Team: Chinese (Simplified, China)\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"

#: docs/a.md:1 docs/a.md:22 docs/a/long/name/of/a/file/that/is/far/down.md:333
#: docs/another/long/name/of/a/file/that/is/far/down.md:4444
msgid "Plain"
msgstr "普通"

# outdated since 2026-11-24
#: docs/a.md:2
#, fuzzy
#| msgid ""
#| "The former text was long enough to be wrapped by every tool that wraps a "
#| "text at all, as this one is."
msgid ""
"The text of today is long enough to be wrapped by every tool that wraps a "
"text at all, as this one is."
msgstr ""
"旧译文，很长，长到每个会折行的工具都会把它折成两行以上，以便检查各个工具的折"
"行方式是否相同，内容是否不变。"

# suggested from: a similar text
#: docs/a.md:3
#, fuzzy
#| msgid "Almost"
msgid "Almost the same"
msgstr "差不多"

# 译者的注释
# 第二行注释
#. Translators: keep it short.
#: docs/a.md:4
msgctxt "menu"
msgid "Open"
msgstr "打开"

#: docs/a.md:5
#, python-format
msgid "%(count)d page"
msgid_plural "%(count)d pages"
msgstr[0] "%(count)d 页"

#: docs/a.md:6
msgid ""
"A quote \" a backslash \\ a tab \t and\n"
"a new line, and [a link](https://example.org/a/very/long/address/that/no/"
"tool/may/break?with=a&query=of&many=parts#and-a-fragment)."
msgstr ""
"引号 \" 反斜杠 \\ 制表符 \t 和\n"
"换行，以及[链接](https://example.org/a/very/long/address/that/no/tool/may/"
"break?with=a&query=of&many=parts#and-a-fragment)。"

#: docs/a.md:7
msgid "100 % of the `{braces}` and the %s stay as they are"
msgstr ""

#: docs/a.md:8
msgid "Ends with a new line\n"
msgstr "以换行结尾\n"

# obsolete since 2026-11-20
#~ msgid "Gone"
#~ msgstr "消失"

# outdated since 2026-11-19
# obsolete since 2026-11-20
#, fuzzy
#~| msgid "Gone before"
#~ msgid ""
#~ "Gone and outdated, and so long that it has to be wrapped behind its sign "
#~ "of what is gone"
#~ msgstr "消失而过时"
"""


def through_msgcat(content: bytes) -> bytes:
    return subprocess.run(["msgcat", "-"], input=content, capture_output=True, check=True).stdout


def through_babel(content: bytes) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, read_po(io.BytesIO(content)))
    return buffer.getvalue()


def through_polib(content: bytes) -> bytes:
    return str(polib.pofile(content.decode())).encode()


def through_translate_toolkit(content: bytes) -> bytes:
    """As Weblate does: every translation is set anew, so that it is wrapped anew."""
    file = pofile(io.BytesIO(content))
    for unit in file.units:
        if not unit.isheader() and not unit.isobsolete():
            unit.target = unit.target
    return bytes(file)


needs_gettext = pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not installed")
TOOLS = [
    pytest.param(through_msgcat, marks=needs_gettext, id="msgcat"),
    pytest.param(through_babel, id="babel"),
    pytest.param(through_polib, id="polib"),
    pytest.param(through_translate_toolkit, id="translate-toolkit"),
]


def template_of(file: PoFile) -> PoFile:
    """What the source would give for a catalog."""
    entries = tuple(replace(entry, strings=("",), comments=(), flags=entry.flags) for entry in file.entries)
    return PoFile(header=file.header, entries=entries)


def said(entries: Iterable[PoEntry]) -> list[tuple[object, ...]]:
    return [
        (entry.key, entry.plural, entry.strings, entry.comments, Known.of(entry).state, entry.obsolete)
        for entry in entries
    ]


def fields(file: PoFile) -> dict[str, str]:
    assert file.header is not None
    rows = (line.partition(":") for line in file.header.strings[0].splitlines())
    values = {name: value.strip().replace("utf-8", "UTF-8") for name, _colon, value in rows}
    values.pop("Generated-By", None)  # the version of babel
    return values


def updated(content: bytes, template: PoFile) -> bytes:
    return merge(content, template, RULES).content


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("change", ["as it is", "CRLF", "no final newline"])
def test_a_nasty_catalog_comes_through_a_tool_and_an_update_unchanged(
    tool: Callable[[bytes], bytes], change: str
) -> None:
    content = NASTY.encode()
    template = template_of(parse_po(content))
    if change == "CRLF":
        content = content.replace(b"\n", b"\r\n")
    elif change == "no final newline":
        content = content.rstrip(b"\n")
    back = updated(tool(content), template)
    before, after = parse_po(content), parse_po(back)
    assert said(after.entries) == said(before.entries)
    assert [entry.flags for entry in after.entries] == [entry.flags for entry in before.entries]
    assert [entry.previous for entry in after.entries] == [entry.previous for entry in before.entries]
    assert [entry.locations for entry in after.entries] == [entry.locations for entry in before.entries]
    # The former text of what is obsolete: babel and polib drop it, so that it is a guess from then on.
    kept = {entry.key: (entry.strings, entry.comments) for entry in before.obsolete}
    assert {entry.key: (entry.strings, entry.comments) for entry in after.obsolete} == kept
    assert all(entry.fuzzy for entry in after.obsolete if "outdated" in entry.key)
    assert fields(before).items() <= fields(after).items()
    assert updated(back, template) == back


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.relative_to(ROOT / "locale").as_posix())
def test_the_catalogs_of_this_project_come_through(tool: Callable[[bytes], bytes], path: Path) -> None:
    content = path.read_bytes()
    template = template_of(parse_po(content))
    before, after = parse_po(updated(content, template)), parse_po(updated(tool(content), template))
    assert said(after.entries) == said(before.entries)
    assert sorted(map(str, said(after.obsolete))) == sorted(map(str, said(before.obsolete)))
    assert fields(before).items() <= fields(after).items()


def test_an_update_touches_no_byte_of_a_nasty_catalog() -> None:
    content = NASTY.encode()
    assert updated(content, template_of(parse_po(content))) == content


@needs_gettext
def test_what_we_write_is_what_msgcat_writes() -> None:
    file = parse_po(NASTY.encode())
    assert file.header is not None
    entries = (*file.entries, *file.obsolete)
    anew = [replace(entry, id_lines=(), string_lines=()).written() for entry in entries]
    written = "\n\n".join("\n".join(block) for block in [file.header.lines, *anew]) + "\n"
    assert written == NASTY
    assert through_msgcat(written.encode()) == written.encode()


PIECES = (
    *("the", "hub", "well-known", "e-mail", "C++", "1,234.5", "50%", "$5", "(paren)", "%(name)s", "\n", "\\"),
    *("https://example.org/a/b?c=1&d=2#e", "{hub:partner}`a <b>`", "`code span`", "**粗体**", "—", "……", '"'),
    *(
        "[链接](https://example.org/中文)",
        "模型",
        "翻译。",
        "“引号”",
        "（全角）",
        "的是一个",
        "，",
        "、",
        "ー",
        "한국어",
    ),
)


@needs_gettext
def test_a_thousand_strings_are_wrapped_as_msgcat_wraps_them() -> None:
    chance = random.Random(11)
    texts = [
        chance.choice(["", " "]).join(chance.choices(PIECES, k=chance.randint(1, 40))) for _ in range(1000)
    ]
    head = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    blocks = []
    for number, text in enumerate(texts):
        start = "#~ " if number > 900 else ""
        blocks.append("\n".join((f'{start}msgid "{number}"', *wrapped("msgstr", text, start))))
    content = "\n".join((head, "\n\n".join(blocks), ""))
    assert through_msgcat(content.encode()).decode() == content


@needs_gettext
@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.relative_to(ROOT / "locale").as_posix())
def test_the_texts_of_this_project_are_wrapped_as_msgcat_wraps_them(path: Path) -> None:
    for entry in parse_po(through_msgcat(path.read_bytes())).entries:
        anew = replace(entry, id_lines=(), string_lines=())
        assert anew.written() == entry.lines
