"""`sphinx-hub build` and its siblings, as a person runs them, on a small site in three languages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "roots" / "test-languages"


def run(site: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("READTHEDOCS")}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=site,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def hub(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(site, "sphinx_hub.cli", *arguments)


def po(site: Path, domain: str, locale: str = "zh_CN") -> Path:
    return site / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def written(site: Path) -> dict[str, int]:
    """Every built page with the time at which it was written; Sphinx always writes index and search."""
    output = site / "_build" / "html"
    return {
        path.relative_to(output).as_posix(): path.stat().st_mtime_ns
        for path in output.rglob("*.html")
        if path.name not in {"genindex.html", "search.html"}
    }


def page(site: Path, name: str) -> str:
    return (site / "_build" / "html" / name).read_text("utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("built") / "site"
    shutil.copytree(ROOT, site)
    result = hub(site, "build")
    assert result.returncode == 0, result.stderr
    (site / "stdout.txt").write_text(result.stdout, "utf-8")
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the built site, which a test may change: Sphinx goes by times, so they are kept."""
    copy = tmp_path / "site"
    shutil.copytree(built, copy)
    # The doctrees hold absolute paths; what is read anew once is up to date from then on.
    result = hub(copy, "build")
    assert result.returncode == 0, result.stderr
    return copy


@pytest.fixture
def source(tmp_path: Path) -> Path:
    copy = tmp_path / "site"
    shutil.copytree(ROOT, copy)
    return copy


def test_every_language_is_built_and_counted(built: Path) -> None:
    lines = (built / "stdout.txt").read_text("utf-8").splitlines()
    assert sorted(" ".join(re.sub(r"\d+\.\d s", "", line).split()) for line in lines[:3]) == [
        "built de 3 pages, 9 of 9 messages translated",
        "built en 4 pages, source",
        "built zh_CN 4 pages, 10 of 11 messages translated",
    ]
    assert lines[3] == "Open _build/html/index.html"
    assert "<h1>Welcome" in page(built, "en/index.html")
    assert "<h1>欢迎" in page(built, "zh-cn/index.html")
    assert 'href="../other.html#other"' in page(built, "de/deep/page.html")


def test_strings_of_conf_are_translated(built: Path) -> None:
    assert "<title>欢迎 - 小站</title>" in page(built, "zh-cn/index.html") or "<title>小站</title>" in page(
        built, "zh-cn/index.html"
    )
    assert "2026，无人" in page(built, "zh-cn/other.html")


def test_the_description_is_translated_and_is_html(built: Path) -> None:
    text = page(built, "zh-cn/index.html")
    assert re.search(r'<meta [^>]*content="一个小站。"', text)
    assert "translated=" not in text


def test_root_page_lists_the_languages(built: Path) -> None:
    text = page(built, "index.html")
    for path, name in (("en", "English"), ("zh-cn", "简体中文"), ("de", "Deutsch")):
        assert re.search(rf'<a[^>]*href="{path}/(index\.html)?"[^>]*>\s*{name}', text)
    assert "Small site" in text


def test_root_page_lists_only_what_is_built(source: Path) -> None:
    """One that sends an English reader to a site that is not there would be worse than none."""
    assert hub(source, "build", "zh_CN").returncode == 0
    text = page(source, "index.html")
    assert re.findall(r'<a[^>]*href="([a-z-]+)/', text) == ["zh-cn"]
    assert "小站" in text
    assert hub(source, "build", "de").returncode == 0
    assert re.findall(r'<a[^>]*href="([a-z-]+)/', page(source, "index.html")) == ["zh-cn", "de"]


def test_catalogs_stay_as_they_are(built: Path) -> None:
    for path in (ROOT / "locale").rglob("*"):
        if path.is_file():
            assert (built / "locale" / path.relative_to(ROOT / "locale")).read_bytes() == path.read_bytes()
    assert not list((built / "locale").rglob("*.mo"))


def test_a_page_that_a_language_leaves_out_is_not_built(built: Path) -> None:
    assert (built / "_build/html/zh-cn/deep/only-some.html").is_file()
    assert not (built / "_build/html/de/deep/only-some.html").exists()


def test_nothing_changed_nothing_written(site: Path) -> None:
    before = written(site)
    result = hub(site, "build")
    assert result.returncode == 0
    assert written(site) == before


def test_one_changed_message_rebuilds_its_page_in_its_language(site: Path) -> None:
    before = written(site)
    replace(po(site, "other"), "它唯一的段落。", "唯一的一段。")
    assert hub(site, "build").returncode == 0
    after = written(site)
    assert "唯一的一段。" in page(site, "zh-cn/other.html")
    changed = {name for name in after if after[name] != before[name]}
    # The page whose toctree names it is written too: it shows the title.
    assert changed == {"zh-cn/other.html", "zh-cn/index.html"}


@pytest.mark.parametrize("age", [0, 2_000_000_000])
def test_the_content_of_a_catalog_counts_and_not_its_time(site: Path, age: int) -> None:
    replace(po(site, "other"), "它唯一的段落。", "唯一的一段。")
    os.utime(po(site, "other"), (age, age))
    assert hub(site, "build", "zh_CN").returncode == 0
    assert "唯一的一段。" in page(site, "zh-cn/other.html")


def test_removed_and_new_catalogs_are_noticed(site: Path) -> None:
    text = po(site, "other").read_text("utf-8")
    po(site, "other").unlink()
    assert hub(site, "build", "zh_CN").returncode == 0
    assert "Its only paragraph." in page(site, "zh-cn/other.html")
    po(site, "other").write_text(text, "utf-8")
    assert hub(site, "build", "zh_CN").returncode == 0
    assert "它唯一的段落。" in page(site, "zh-cn/other.html")


def test_a_language_that_fails_names_itself_and_the_others_are_built(source: Path) -> None:
    po(source, "index").write_text("msgfoo\n", "utf-8")
    result = hub(source, "build")
    assert result.returncode == 1
    assert result.stderr.endswith("sphinx-hub build: failed for zh_CN\n")
    assert "locale/zh_CN/LC_MESSAGES/index.po:1: CAT003 " in result.stderr
    assert "Traceback" not in result.stderr
    assert (source / "_build/html/en/index.html").is_file()
    assert (source / "_build/html/de/index.html").is_file()


def test_a_warning_fails_the_build_also_the_second_time(source: Path) -> None:
    path = source / "docs" / "other.md"
    path.write_text(path.read_text("utf-8") + "\nSee {ref}`nowhere`.\n", "utf-8")
    for _ in range(2):
        result = hub(source, "build", "en")
        assert result.returncode == 1
        assert "undefined label: 'nowhere'" in result.stderr
        assert result.stderr.endswith("failed for en\n")
    replace(path, "\nSee {ref}`nowhere`.\n", "")
    assert hub(source, "build", "en").returncode == 0


def test_unknown_locales_are_wrong_use_all_named_at_once(source: Path) -> None:
    result = hub(source, "build", "zh-cn", "zh_Hans", "fr", "de")
    assert result.returncode == 2
    assert re.findall(r"BLD001 unknown locale '([^']+)'(?:: did you mean (\w+)\?)?", result.stderr) == [
        ("fr", ""),
        ("zh-cn", "zh_CN"),
        ("zh_Hans", "zh_CN"),
    ]
    assert not (source / "_build").exists()


def test_a_language_without_folder_or_messages_is_no_site_in_english(source: Path) -> None:
    shutil.rmtree(source / "locale" / "de")
    for path in (source / "locale" / "zh_CN").rglob("*.po"):
        path.write_text(re.sub(r'(msgid ".+"\nmsgstr) ".*"', r'\1 ""', path.read_text("utf-8")), "utf-8")
    result = hub(source, "build")
    assert result.returncode == 1
    assert "locale/de/LC_MESSAGES:1: CAT001 " in result.stderr
    assert "locale/zh_CN/LC_MESSAGES:1: CAT002 " in result.stderr
    assert "failed for zh_CN, de" in result.stderr
    assert not (source / "_build/html/de").exists()


SPHINX = ("sphinx", "-q", "-W", "-b", "html", "-c", ".", "docs", "out")


@pytest.mark.parametrize("locale", ["zh-cn", "zh-CN", "zh_Hans", "fr"])
def test_plain_sphinx_refuses_what_it_would_build_in_english(source: Path, locale: str) -> None:
    result = run(source, *SPHINX, "-D", f"language={locale}")
    assert result.returncode != 0
    assert f"BLD001 unknown locale '{locale}'" in result.stderr
    assert not (source / "out" / "index.html").exists()


def test_plain_sphinx_builds_a_language(source: Path) -> None:
    result = run(source, *SPHINX, "-D", "language=zh_CN")
    assert (result.returncode, result.stderr) == (0, "")
    assert "<h1>欢迎" in (source / "out" / "index.html").read_text("utf-8")


def test_read_the_docs_names_the_language(source: Path) -> None:
    result = run(source, *SPHINX, READTHEDOCS="True", READTHEDOCS_LANGUAGE="zh-cn")
    assert (result.returncode, result.stderr) == (0, "")
    assert "<h1>欢迎" in (source / "out" / "index.html").read_text("utf-8")
    assert "unknown locale 'fr'" in run(source, *SPHINX, READTHEDOCS_LANGUAGE="fr").stderr


def test_update_extracts_pages_and_strings_of_conf(source: Path) -> None:
    replace(source / "docs" / "other.md", "Its only paragraph.", "Its first paragraph.\n\nAnd another.")
    result = hub(source, "update", "zh_CN")
    assert result.returncode == 0, result.stderr
    text = po(source, "other").read_text("utf-8")
    assert re.search(r'docs/other\.md:6\nmsgid "And another\."\nmsgstr ""', text)
    assert 'msgid "Another page"\nmsgstr "另一页"' in text
    assert 'msgstr "小站"' in po(source, "_site").read_text("utf-8")
    assert not list((source / "locale").rglob("*.mo"))


def test_update_says_what_changed_and_changes_nothing_the_second_time(source: Path) -> None:
    first = hub(source, "update")
    replace(source / "docs" / "other.md", "Its only paragraph.", "Its one paragraph.")
    assert hub(source, "update").stdout.splitlines() == [
        "Update: locale/de/LC_MESSAGES/other.po +1, -1, 1 outdated",
        "Update: locale/zh_CN/LC_MESSAGES/other.po +1, -1, 1 outdated",
    ], first.stdout
    before = {path: path.read_bytes() for path in (source / "locale").rglob("*.po")}
    assert hub(source, "update").stdout == ""
    assert {path: path.read_bytes() for path in (source / "locale").rglob("*.po")} == before


def test_a_page_that_is_gone_gets_no_catalog_anew(source: Path) -> None:
    assert hub(source, "update").returncode == 0
    (source / "docs" / "other.md").unlink()
    replace(source / "docs" / "index.md", "other\n", "")
    replace(source / "docs" / "deep" / "page.md", ", see [the other page](#other)", "")
    po(source, "other").unlink()
    assert hub(source, "update", "zh_CN").returncode == 0
    assert not po(source, "other").exists()


def test_a_reader_of_the_output_may_leave(source: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "sphinx_hub.cli", "status"],
        cwd=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_check_as_json_is_a_list_also_when_the_settings_are_wrong(source: Path) -> None:
    replace(source / "pyproject.toml", 'locale = "de"', 'locale = "de-DE"')
    result = hub(source, "check", "--format", "json")
    assert result.returncode == 1
    assert [problem["code"] for problem in json.loads(result.stdout)] == ["SET006"]


def test_update_touches_nothing_when_the_sources_have_problems(source: Path) -> None:
    before = {path: path.read_bytes() for path in (source / "locale").rglob("*.po")}
    with (source / "docs" / "other.md").open("a", encoding="utf-8") as file:
        file.write("\nNew.\n\n```{no-such-directive}\n```\n")
    result = hub(source, "update")
    assert result.returncode == 1
    assert "no catalog was touched" in result.stderr
    assert {path: path.read_bytes() for path in (source / "locale").rglob("*.po")} == before


def test_check_and_status(source: Path) -> None:
    assert hub(source, "check").stdout == ""
    replace(po(source, "other", "de"), 'msgstr "Ihr einziger Absatz."', 'msgstr ""')
    shutil.copy(po(source, "other"), po(source, "gone"))
    status = [
        line for line in hub(source, "status").stdout.splitlines() if line.startswith(("de", "  other"))
    ]
    assert [line.split() for line in status] == [
        ["de", "89", "%", "8", "0", "1", "Deutsch"],
        ["other", "40", "%", "1", "0", "1"],
    ]
    check = hub(source, "check")
    assert check.returncode == 0
    assert check.stdout.startswith("locale/zh_CN/LC_MESSAGES/gone.po:1: CAT004 ")
    shutil.rmtree(source / "locale" / "zh_CN")
    assert "CAT001" in hub(source, "check").stdout
    assert hub(source, "check").returncode == 1


def test_outside_a_project_the_command_says_so(tmp_path: Path) -> None:
    result = hub(tmp_path, "build")
    assert result.returncode == 1
    assert "run this inside the project" in result.stderr


# ---- what need not be built, and parts


def test_what_did_not_change_is_left_as_it_stands(site: Path) -> None:
    result = hub(site, "build")
    assert [line.split()[0] for line in result.stdout.splitlines()[:-1]] == ["same"] * 3
    assert "messages translated" in result.stdout
    page_file = site / "_build/html/zh-cn/index.html"
    page_file.unlink()
    result = hub(site, "build", "zh_CN")
    assert result.stdout.startswith("built"), result.stdout + result.stderr
    assert page_file.is_file()


def test_other_words_in_a_catalog_build_its_language_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(ROOT, site)
    assert hub(site, "build", "--fresh").returncode == 0
    assert hub(site, "build").stdout.count("same ") == 3  # though it was built afresh before
    catalog = site / "locale/de/LC_MESSAGES/index.po"
    text = catalog.read_text("utf-8")
    catalog.write_text(text.replace("Eine Seite in drei", "Andere Worte in drei"), "utf-8")
    result = hub(site, "build")
    became = {line.split()[1]: line.split()[0] for line in result.stdout.splitlines()[:-1]}
    assert became == {"en": "same", "zh_CN": "same", "de": "built"}
    output = site / "_build/html"
    pages = {path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    assert "Andere Worte" in pages[Path("de/index.html")].decode()
    assert hub(site, "build", "--fresh").returncode == 0
    assert pages == {
        path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()
    }


def test_the_first_of_several_parts_has_the_page_that_leads_to_all(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(ROOT, site)
    result = hub(site, "build", "--shard", "1/3")
    assert result.returncode == 0, result.stderr
    output = site / "_build/html"
    assert sorted(path.name for path in output.iterdir() if path.is_dir()) == ["en"]
    root = (output / "index.html").read_text("utf-8")
    assert all(f'href="{path}/' in root for path in ("en", "zh-cn", "de"))
    empty = hub(site, "build", "--shard", "4/4")
    assert (empty.returncode, "part is empty" in empty.stdout) == (0, True)
    for wrong in ("0/2", "3/2", "2", "a/b"):
        assert hub(site, "build", "--shard", wrong).returncode == 2
