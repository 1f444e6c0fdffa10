"""A language that the table lacks: its row, what else to write, and the file that gets it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sphinx_hub.building.new_language import new_language, table_of, with_language
from sphinx_hub.problems import ProblemsError
from sphinx_hub.settings import Language, Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
FRENCH = Language(locale="fr", path="fr", tag="fr", name="Français")


@pytest.fixture
def settings() -> Settings:
    return load_settings(ROOT)


@pytest.mark.parametrize(
    ("locale", "path", "tag", "name", "direction"),
    [
        ("zh_HK", "zh-hk", "zh-Hant-HK", "繁體中文（中國香港特別行政區）", "ltr"),
        ("ja", "ja", "ja", "日本語", "ltr"),
        ("pt_BR", "pt-br", "pt-BR", "Português (Brasil)", "ltr"),
        ("sr@latin", "sr-latin", "sr-Latn", "Српски", "ltr"),
        ("ar", "ar", "ar", "العربية", "rtl"),
    ],
)
def test_the_row_is_what_cldr_knows(  # noqa: PLR0913, PLR0917 a row
    settings: Settings, locale: str, path: str, tag: str, name: str, direction: str
) -> None:
    row = new_language(settings, locale)
    assert (row.path, row.tag, row.name, row.direction) == (path, tag, name, direction)
    assert tomllib.loads(table_of(row))["tool"]["sphinx-hub"]["languages"][0]["locale"] == locale


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("zh-hk", "write 'zh_HK'"),
        ("ZH_HK", "write 'zh_HK'"),
        ("zh_Hant", "write 'zh_TW', which is in the table"),
        ("zh-Hans-CN", "write 'zh_CN', which is in the table"),
        ("zh_TV", "write 'zh_TW', which is in the table"),
        ("JA", "write 'ja'"),
        ("xx_YY", "write language and territory, as in 'zh_HK', 'pt_BR' or 'ja'"),
        ("", "write language and territory"),
    ],
)
def test_what_is_no_locale_is_told_what_to_write(settings: Settings, wrong: str, hint: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        new_language(settings, wrong)
    (problem,) = caught.value.problems
    assert hint in problem.message
    assert problem.code.code == "BLD001"


def test_the_row_comes_behind_the_last_one_and_nothing_else_changes() -> None:
    content = (ROOT / "pyproject.toml").read_bytes()
    changed = with_language(content, FRENCH)
    assert changed is not None
    row = f"\n{table_of(FRENCH)}".encode()
    assert changed.replace(row, b"", 1) == content
    assert b'name = "\xe7\xb9\x81\xe9\xab\x94\xe4\xb8\xad\xe6\x96\x87' in changed[: changed.index(row)]
    assert changed[changed.index(row) + len(row) :].lstrip().startswith(b"# ---- tools")


def test_line_ends_and_a_missing_last_one_are_kept() -> None:
    table = '[tool.sphinx-hub]\r\n[[tool.sphinx-hub.languages]]\r\nlocale = "en"\r\nname = "English"'
    changed = with_language(table.encode(), FRENCH)
    assert changed is not None
    assert changed.startswith(table.encode() + b"\r\n\r\n[[tool.sphinx-hub.languages]]\r\nlocale")
    assert b"\n" not in changed.replace(b"\r\n", b"")


def test_a_table_in_another_form_is_left_to_a_person() -> None:
    assert with_language(b'[tool.sphinx-hub]\nlanguages = [{ locale = "en" }]\n', FRENCH) is None
