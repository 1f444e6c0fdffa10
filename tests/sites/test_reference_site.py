"""``reference-table`` in a small site, built as the real one is: conf.py in the root, sources in docs/."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from sphinx_hub import problems
from sphinx_hub.records import models

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from bs4 import Tag

ROOT = Path(__file__).parents[1] / "roots" / "test-reference"


def sphinx(site: Path, builder: str, *options: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    output = site / "_build" / builder / language
    doctrees = site / "_build" / "doctrees" / builder / language
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-c", ".", "-D", f"language={language}"]
    command += ["-d", str(doctrees), *options, "docs", str(output)]
    return subprocess.run(command, cwd=site, check=False, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference") / "site"
    shutil.copytree(ROOT, folder)
    for builder, language in (
        ("html", "en"),
        ("html", "zh_CN"),
        ("gettext", "en"),
        ("text", "zh_CN"),
        ("latex", "en"),
    ):
        run = sphinx(folder, builder, "-W", "--keep-going", language=language)
        assert (run.returncode, run.stderr) == (0, ""), (builder, language)
    return folder


def page(site: Path, language: str) -> BeautifulSoup:
    return BeautifulSoup((site / "_build/html" / language / "index.html").read_text("utf-8"), "html.parser")


def row(soup: BeautifulSoup, anchor: str) -> list[Tag]:
    target = soup.find(id=anchor)
    assert target is not None, anchor
    found = target.find_parent("tr")
    assert found is not None
    return found.find_all(["th", "td"])


@pytest.fixture(scope="module")
def template(site: Path) -> Catalog:
    return read_po(BytesIO((site / "_build/gettext/en/index.pot").read_bytes()))


def test_a_table_has_codes_and_sentences(site: Path) -> None:
    code, severity, meaning = row(page(site, "en"), "problem-rec001")
    assert (code.name, code.text) == ("th", "REC001")
    assert code.code is not None
    assert severity.code is not None
    assert meaning.text == "The file is not YAML: mend the syntax at this line."


def test_the_prefix_leaves_out_other_rows(site: Path) -> None:
    soup = page(site, "en")
    assert soup.find(id="problem-rec009") is not None
    assert soup.find(id="problem-rec010") is None
    assert soup.find(id="problem-set001") is None


def test_every_kind_of_table_is_there(site: Path) -> None:
    anchors = {str(found["id"]) for found in page(site, "en").select("table .target")}
    assert {
        "field-partner-id",
        "command-check",
        "command-check-format",
        "setting-output",
        "language-locale",
        "option-reference-table-prefix",
        "config-hub-sample",
        "session-tests-lowest",
    } <= anchors
    assert not any(anchor.startswith(("config-hub-digest", "session-helper")) for anchor in anchors)


def test_configuration_values_show_default_and_rebuild(site: Path) -> None:
    found = [cell.text for cell in row(page(site, "en"), "config-hub-sample")]
    assert found == ["hub_sample", "'quiet'", "html", "How loud the sample is: quiet or loud."]


def example(soup: BeautifulSoup, code: str) -> tuple[Tag, Tag]:
    """The head of an example, and what stands below it."""
    target = soup.find(id=f"example-{code.lower()}")
    assert target is not None, code
    head = target.find_parent("dt")
    assert head is not None
    below = head.find_next_sibling("dd")
    assert below is not None
    return head, below


def test_an_example_has_a_wrong_and_a_right_translation_in_their_language(site: Path) -> None:
    _head, below = example(page(site, "en"), "MSG405")
    labels = [label.get_text().strip(": ") for label in below.select("dt")]
    assert labels == ["Source", "✗ Wrong", "✓ Right"]
    assert [(code["lang"], code.text) for code in below.select("dd code")] == [
        ("en", "Check your network settings."),
        ("zh-Hant", "请檢查網路設定。"),
        ("zh-Hant", "請檢查網路設定。"),
    ]
    _head, below = example(page(site, "en"), "MSG407")
    assert [(code["lang"], code.text) for code in below.select("dd code")][1] == (
        "zh-Hans",
        "打开<U+00A0>网页。",
    )


def test_a_piece_of_a_catalog_is_a_block_in_its_language(site: Path) -> None:
    _head, below = example(page(site, "en"), "MSG402")
    wrong, right = below.select('dd div[lang="zh-Hans"] pre')
    assert wrong.text.splitlines()[0] == "#, fuzzy"
    assert right.text.splitlines() == ['msgid "Join us every month."', 'msgstr "欢迎每月来参加。"']


def test_examples_and_problems_lead_to_each_other(site: Path) -> None:
    for language in ("en", "zh_CN"):
        soup = page(site, language)
        head, _below = example(soup, "MSG401")
        assert head.select_one('a[href="#problem-msg401"] code') is not None
        assert row(soup, "problem-msg401")[0].select_one('a[href="#example-msg401"] code') is not None
        # There is no example of it on this site, and no link into nowhere.
        assert row(soup, "problem-rec001")[0].find("a", class_="reference") is None


def test_a_printed_example_leads_to_its_problem(site: Path) -> None:
    (source,) = (site / "_build/latex/en").glob("reference.tex")
    text = source.read_text("utf-8")
    assert r"\label{\detokenize{index:example-msg401}}{\hyperref[\detokenize{index:problem-msg401}]" in text


def test_examples_are_labelled_in_the_language_of_the_reader(site: Path) -> None:
    _head, below = example(page(site, "zh_CN"), "MSG401")
    assert [label.get_text().strip(": ：") for label in below.select("dt")] == ["✗ 错误", "✓ 正确"]


def test_cells_are_translated_with_their_markup(site: Path) -> None:
    soup = page(site, "zh_CN")
    assert row(soup, "problem-rec001")[2].text == "文件不是 YAML：请修正这一行的语法。"
    kind = row(soup, "field-partner-kind")[1]
    assert kind.text == "company、community、lab 或 platform 之一"
    assert [code.text for code in kind.find_all("code")] == ["company", "community", "lab", "platform"]
    assert row(soup, "session-build")[1].text == "在这里构建 everything。"
    assert row(soup, "session-build")[0].text == "nox -s build"


def test_anchors_are_equal_in_each_language(site: Path) -> None:
    source, translated = (
        [found["id"] for found in page(site, language).select("table .target")]
        for language in ("en", "zh_CN")
    )
    assert source == translated
    assert len(source) == len(set(source))


def test_a_link_reaches_a_row(site: Path) -> None:
    for language in ("en", "zh_CN"):
        assert page(site, language).select_one('a[href="#problem-rec001"]') is not None


def test_messages_have_the_place_where_they_were_written(template: Catalog) -> None:
    for text, path in (
        ("The file is not YAML: mend the syntax at this line.", Path(problems.__file__)),
        ("What sort of organisation it is.", Path(models.__file__)),
        ("Build `everything` here.", ROOT / "noxfile.py"),
    ):
        message = template.get(text)
        assert message is not None, text
        ((place, line),) = message.locations
        assert Path(place).name == path.name
        assert line is not None
        assert text in path.read_text("utf-8").splitlines()[line - 1]


def test_composed_sentences_have_the_place_of_the_directive(template: Catalog) -> None:
    message = template.get("one of `company`, `community`, `lab`, `platform`")
    assert message is not None
    ((place, line),) = message.locations
    assert place.endswith("docs/index.md")
    assert line is not None
    text = (ROOT / "docs/index.md").read_text("utf-8").splitlines()[line - 1]
    assert text == "```{reference-table} fields partner"


def test_code_and_heads_are_in_no_catalog(template: Catalog) -> None:
    ids = {message.id for message in template}
    assert "How loud the sample is: `quiet` or `loud`." in ids
    assert not ids & {
        "REC001",
        "`REC001`",
        "error",
        "false",
        "nox -s build",
        "Code",
        "Meaning",
        "Severity",
        "✗ Wrong",
        "Source",
        "Check your network settings.",
        "請檢查網路設定。",
        "",
    } - {""}


def test_text_is_laid_out_without_breaking_codes(site: Path) -> None:
    text = (site / "_build/text/zh_CN/index.txt").read_text("utf-8")
    assert re.search(r'^\| "REC001" +\| "error" +\| 文件不是 YAML', text, re.MULTILINE)
    assert '"--format {text,json,github}"' in text


def test_the_page_follows_the_files_that_its_tables_come_from(site: Path) -> None:
    noxfile = site / "noxfile.py"
    before = noxfile.read_text("utf-8")
    noxfile.write_text(before.replace("Test with the oldest packages.", "Test with old packages."), "utf-8")
    try:
        assert sphinx(site, "html", "-W").returncode == 0
        assert row(page(site, "en"), "session-tests-lowest")[1].text == "Test with old packages."
    finally:
        noxfile.write_text(before, "utf-8")


@pytest.mark.parametrize(
    ("argument", "options", "message"),
    [
        (
            "fieldz partner",
            "",
            "there is no table 'fieldz' (known: fields, problems, checks, commands,",
        ),
        (
            "fields",
            "",
            "there is no kind '' (known: partner, collaboration, achievement, channel, person, post,",
        ),
        ("problems REC", "", "the table 'problems' takes no name after it, not 'REC'"),
        ("problems", ":prefix: XYZ\n", "the table 'problems' has no row that begins with 'XYZ'"),
        ("commands bild", "", "there is no command 'bild' (known: build,"),
        ("directive-options toctree", "", "there is no directive 'toctree' (known: "),
    ],
)
def test_a_table_that_there_is_not_is_a_warning_with_its_place(
    tmp_path: Path, argument: str, options: str, message: str
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(ROOT, folder)
    (folder / "docs/again.md").unlink()
    (folder / "docs/index.md").write_text(
        f"# Wrong\n\nText.\n\n```{{reference-table}} {argument}\n{options}```\n", "utf-8"
    )
    run = sphinx(folder, "html")
    assert f"docs/index.md:5: WARNING: reference-table: {message}" in run.stderr
    assert "[hub.reference]" in run.stderr
    assert run.stderr.count("WARNING") == 1
