"""The directive glossary-table, on a small site built in two languages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from pathlib import Path

PYPROJECT: Final = """
[tool.sphinx-hub]
source = "docs"
languages = [
  { locale = "en", path = "en", tag = "en", name = "English" },
  { locale = "zh_TW", path = "zh-tw", tag = "zh-Hant", name = "繁體中文（台灣）" },
]
"""
CONF: Final = """
from sphinx_hub.i18n.glossary import setup_glossary
from sphinx_hub.i18n.glossary_downloads import setup_glossary_downloads


def setup(app):
    setup_glossary(app)
    setup_glossary_downloads(app)


html_theme = "basic"
"""
PAGE: Final = """
Words
=====

.. glossary-table::
"""
GLOSSARY: Final = """<tmx version="1.4">
<header creationtool="x" creationtoolversion="1" segtype="phrase" o-tmf="x" adminlang="en" srclang="en"
        datatype="plaintext"/>
<body>
<tu><prop type="x-part-of-speech">noun</prop><note>What a model reads.</note>
<tuv xml:lang="en"><seg>Token</seg></tuv>
<tuv xml:lang="zh-TW"><prop type="x-avoid">權杖</prop><seg>詞元</seg></tuv></tu>
<tu>
<tuv xml:lang="en"><seg>log in</seg></tuv><tuv xml:lang="zh-TW"><seg>登入</seg></tuv></tu>
</body>
</tmx>
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, content in {
        "pyproject.toml": PYPROJECT,
        "conf.py": CONF,
        "docs/index.rst": PAGE,
        "locale/glossary.tmx": GLOSSARY,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path


def build(site: Path, builder: str = "html", language: str = "en") -> tuple[Path, list[str], list[str]]:
    """The output folder, the warnings, and the documents that were read."""
    out = site / "out" / language / builder
    warnings = io.StringIO()
    read: list[str] = []
    with patch_docutils(str(site)), docutils_namespace():
        app = Sphinx(
            str(site / "docs"), str(site), str(out), str(site / "trees" / language), builder,
            confoverrides={"language": language}, status=None, warning=warnings,
        )  # fmt: skip
        app.connect("source-read", lambda _app, name, _content: read.append(name))
        app.build()
    return out, warnings.getvalue().splitlines(), read


def table(out: Path) -> BeautifulSoup:
    return BeautifulSoup((out / "index.html").read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("language", ["en", "zh_TW"])
def test_rows_are_sorted_and_anchored_alike_in_each_language(site: Path, language: str) -> None:
    out, warnings, _read = build(site, language=language)
    assert warnings == []
    rows = table(out).select("table.hub-glossary tbody tr")
    assert [row.select_one("th").get_text() for row in rows] == ["log in", "Token"]  # type: ignore[union-attr]
    assert [row.select_one("[id]")["id"] for row in rows] == ["term-log-in", "term-token"]  # type: ignore[index]
    assert [word["lang"] for word in rows[1].select("[lang]")] == ["en", "zh-Hant", "zh-Hant"]


def test_definitions_stand_on_pages_of_the_source_language_only(site: Path) -> None:
    for language, expected in (("en", True), ("zh_TW", False)):
        out, _warnings, _read = build(site, language=language)
        assert ("What a model reads." in table(out).get_text()) is expected


def test_nothing_goes_into_the_catalog_of_the_page(site: Path) -> None:
    out, warnings, _read = build(site, "gettext")
    assert warnings == []
    assert [
        line for line in (out / "index.pot").read_text("utf-8").splitlines() if line.startswith("msgid")
    ] == [
        'msgid ""',
        'msgid "Words"',
    ]


@pytest.mark.parametrize(("builder", "name"), [("text", "index.txt"), ("latex", "projectnamenotset.tex")])
def test_other_builders_show_the_words(site: Path, builder: str, name: str) -> None:
    out, warnings, _read = build(site, builder)
    assert warnings == []
    shown = (out / name).read_text("utf-8")
    assert all(word in shown for word in ("Token", "詞元", "權杖", "登入"))


def test_a_problem_is_a_warning_with_the_line_of_the_file(site: Path) -> None:
    glossary = site / "locale/glossary.tmx"
    glossary.write_text(GLOSSARY.replace("登入", ""), "utf-8")
    out, warnings, _read = build(site)
    (warning,) = warnings
    assert "glossary.tmx:9: " in warning
    assert "GLO002 <seg> is empty" in warning
    assert [row.get_text() for row in table(out).select("tbody th")] == ["Token"]


def test_a_site_without_the_file_says_so(site: Path) -> None:
    (site / "locale/glossary.tmx").unlink()
    _out, warnings, _read = build(site)
    assert ["GLO003" in warning for warning in warnings] == [True]


def test_an_edit_of_the_glossary_reads_the_page_again(site: Path) -> None:
    assert build(site)[2] == ["index"]
    assert build(site)[2] == []
    (site / "locale/glossary.tmx").write_text(GLOSSARY.replace("登入", "登錄"), "utf-8")
    assert build(site)[2] == ["index"]


def test_a_language_without_a_word_yet_leaves_a_cell_empty(site: Path) -> None:
    path = site / "locale" / "glossary.tmx"
    path.write_text(
        path.read_text("utf-8").replace('<tuv xml:lang="zh-TW"><seg>登入</seg></tuv>', ""), "utf-8"
    )
    out, warnings, _read = build(site)
    assert warnings == []
    rows = [
        [cell.get_text(strip=True) for cell in row.select("th, td")] for row in table(out).select("tbody tr")
    ]
    assert ["log in", "", ""] in rows


def test_the_files_of_the_glossary_can_be_downloaded(site: Path) -> None:
    page = site / "docs/deep/page.rst"
    page.parent.mkdir()
    page.write_text(":orphan:\n\nFiles\n=====\n\n.. glossary-downloads::\n", "utf-8")
    out, warnings, _read = build(site)
    assert warnings == []
    built = BeautifulSoup((out / "deep/page.html").read_text("utf-8"), "html.parser")
    links = built.select(".hub-downloads a[download]")
    assert [tag.get_text() for tag in links] == ["TMX (1 kB)", "TBX (1 kB)", "CSV (1 kB)"]
    assert [tag["href"] for tag in links] == [
        "../_downloads/glossary.tmx", "../_downloads/glossary-zh_TW.tbx", "../_downloads/glossary-zh_TW.csv",
    ]  # fmt: skip
    assert [tag.get_text() for tag in built.select(".hub-downloads [lang=zh-Hant]")] == ["繁體中文（台灣）"]
    files = {path.name: path.read_bytes() for path in (out / "_downloads").iterdir()}
    assert files["glossary.tmx"] == (site / "locale/glossary.tmx").read_bytes()
    assert "詞元" in files["glossary-zh_TW.csv"].decode("utf-8-sig")
    # A change of the glossary brings new files, and nothing else does.
    time = (out / "_downloads/glossary-zh_TW.csv").stat().st_mtime_ns
    build(site)
    assert (out / "_downloads/glossary-zh_TW.csv").stat().st_mtime_ns == time
    glossary = site / "locale/glossary.tmx"
    glossary.write_text(glossary.read_text("utf-8").replace("登入", "簽入"), "utf-8")
    build(site)
    assert "簽入" in (out / "_downloads/glossary-zh_TW.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_without_a_web_site_there_are_no_files(site: Path, builder: str) -> None:
    (site / "docs/index.rst").write_text("Words\n=====\n\n.. glossary-downloads::\n", "utf-8")
    out, _warnings, _read = build(site, builder)
    assert not list(out.rglob("glossary*"))
