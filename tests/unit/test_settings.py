from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_hub.problems import ProblemsError
from sphinx_hub.settings import find_root, load_settings, locale_from_environment

GOOD = """\
[project]
name = "x"

[tool.sphinx-hub]
source = "docs"

[[tool.sphinx-hub.languages]]
locale = "en"
path = "en"
tag = "en"
name = "English"

[[tool.sphinx-hub.languages]]
locale = "zh_CN"
path = "zh-cn"
tag = "zh-Hans"
name = "简体中文"

[[tool.sphinx-hub.languages]]
locale = "ar"
path = "ar"
tag = "ar"
name = "العربية"
direction = "rtl"
exclude = ["draft/**"]
"""


def write(folder: Path, text: str) -> Path:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "pyproject.toml").write_text(text, "utf-8")
    return folder


def test_reads_every_key(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, GOOD))
    assert settings.locales == ("en", "zh_CN", "ar")
    assert settings.source_language.name == "English"
    assert settings.source_path == tmp_path.resolve() / "docs"
    assert settings.catalogs_path == tmp_path.resolve() / "locale"
    arabic = settings.language("ar")
    assert (arabic.direction, arabic.exclude) == ("rtl", ("draft/**",))


def test_days_are_a_number(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, GOOD)).obsolete_days == 365
    text = GOOD.replace('source = "docs"', "obsolete-days = 0")
    assert load_settings(write(tmp_path, text)).obsolete_days == 0


def test_a_language_may_have_a_share_of_its_own(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, GOOD))
    assert [settings.complete_from_in(each) for each in settings.languages] == [0.8, 0.8, 0.8]
    text = GOOD.replace('source = "docs"', "complete-from = 0.5") + "complete-from = 1\n"
    settings = load_settings(write(tmp_path, text))
    assert [settings.complete_from_in(each) for each in settings.languages] == [0.5, 0.5, 1]


#: case -> (what is replaced, by what, the problems as "line: CODE" and a part of the message)
BAD: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "not TOML": ("[project]", "[project", [("1: SET001", "not TOML")]),
    "no table": ("sphinx-hub", "sphinx-hut", [("1: SET002", "no table [tool.sphinx-hub]")]),
    "unknown key": ('source = "docs"', 'sorce = "docs"', [("5: SET003", "did you mean source?")]),
    "days as text": ('source = "docs"', 'obsolete-days = "9"', [("5: SET004", "a number of days")]),
    "days below 0": ('source = "docs"', "obsolete-days = -1", [("5: SET004", "0 or more")]),
    "days as truth": ('source = "docs"', "obsolete-days = true", [("5: SET004", "a number of days")]),
    "share in percents": ('source = "docs"', "complete-from = 80", [("5: SET004", "from 0 to 1")]),
    "share as text": ('source = "docs"', 'complete-from = "0.8"', [("5: SET004", "a number from 0 to 1")]),
    "share as truth": ('source = "docs"', "complete-from = true", [("5: SET004", "a number from 0 to 1")]),
    "share in a row": ('direction = "rtl"', "complete-from = -1", [("24: SET004", "from 0 to 1")]),
    "wrong type": ('source = "docs"', "source = 3", [("5: SET004", "source must be a string")]),
    "no folder": ('source = "docs"', 'source = "doc"', [("5: SET007", "there is no folder 'doc'")]),
    "output in the sources": (
        'source = "docs"',
        'output = "docs/x"',
        [("5: SET007", "must not lie in 'docs'")],
    ),
    "output as catalogs": ('source = "docs"', 'output = "locale"', [("5: SET007", "'locale', the catalogs")]),
    "outside": ('source = "docs"', 'output = "../x"', [("5: SET007", "must lie below")]),
    "no https": ('source = "docs"', 'repository = "http://x.org"', [("5: SET004", "https")]),
    "other source": ('source = "docs"', 'source-locale = "de"', [("5: SET004", "not one of the languages")]),
    "locale as path": ('locale = "zh_CN"', 'locale = "zh-cn"', [("14: SET006", "write 'zh_CN'")]),
    "locale as tag": ('locale = "zh_CN"', 'locale = "zh-CN"', [("14: SET006", "write 'zh_CN'")]),
    "locale with script": ('locale = "zh_CN"', 'locale = "zh_Hans"', [("14: SET006", "write 'zh_CN'")]),
    "missing name": ('name = "简体中文"\n', "", [("13: SET002", "lacks name")]),
    "empty name": ('name = "简体中文"', 'name = ""', [("17: SET004", "not empty")]),
    "bad path": ('path = "zh-cn"', 'path = "zh/cn"', [("15: SET004", "lower-case letters")]),
    "bad tag": ('tag = "zh-Hans"', 'tag = "zh_Hans"', [("16: SET004", "BCP 47")]),
    "direction": ('"rtl"', '"up"', [("24: SET004", '"ltr" or "rtl"')]),
    "exclude": ('["draft/**"]', '"draft/**"', [("25: SET004", "list of patterns")]),
    "unknown in a row": (
        'direction = "rtl"',
        'directon = "rtl"',
        [("24: SET003", "did you mean direction?")],
    ),
    "same locale": ('locale = "ar"', 'locale = "en"', [("20: SET005", "stands in two")]),
    "same path": ('path = "ar"', 'path = "en"', [("21: SET005", "stands in two")]),
    "two at once": (
        'path = "ar"\ntag = "ar"',
        'path = "A"\ntag = "B"',
        [("21: SET004", "lower-case"), ("22: SET004", "BCP 47")],
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_table(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    old, new, expected = BAD[case]
    assert old in GOOD
    with pytest.raises(ProblemsError) as caught:
        load_settings(write(tmp_path, GOOD.replace(old, new)))
    lines = [str(problem) for problem in caught.value.problems]
    assert len(lines) == len(expected), lines
    for line, (place, part) in zip(lines, expected, strict=True):
        assert line.startswith(f"pyproject.toml:{place} "), line
        assert part in line


def test_no_languages(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="at least one"):
        load_settings(write(tmp_path, GOOD.partition("[[tool")[0]))


def test_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ProblemsError, match="SET001 cannot be read"):
        load_settings(tmp_path)
    (tmp_path / "pyproject.toml").write_bytes(b"[project]\n\n# \xff\n")
    with pytest.raises(ProblemsError, match=r"pyproject\.toml:3: SET001 .* not UTF-8"):
        load_settings(tmp_path)
    with pytest.raises(ProblemsError, match="SET001 cannot be read"):
        load_settings(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("zh-cn", "zh_CN"), ("zh-CN", "zh_CN"), ("zh_Hans", "zh_CN"), ("zh-Hans", "zh_CN"), ("zh_CM", "zh_CN")],
)
def test_unknown_locale_names_the_nearest(wrong: str, meant: str, tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, GOOD))
    with pytest.raises(ProblemsError, match=f"unknown locale '{wrong}': did you mean {meant}"):
        settings.language(wrong)


def test_read_the_docs_code_is_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(write(tmp_path, GOOD))
    monkeypatch.delenv("READTHEDOCS_LANGUAGE", raising=False)
    assert locale_from_environment(settings) == "en"
    for code in ("zh-cn", "zh_CN", "zh-CN"):
        monkeypatch.setenv("READTHEDOCS_LANGUAGE", code)
        assert locale_from_environment(settings) == "zh_CN"
    monkeypatch.setenv("READTHEDOCS_LANGUAGE", "fr")
    with pytest.raises(ProblemsError, match="unknown locale 'fr'"):
        locale_from_environment(settings)


def test_root_is_found_from_below(tmp_path: Path) -> None:
    below = write(tmp_path, GOOD) / "docs" / "a"
    below.mkdir()
    assert find_root(below) == tmp_path
    with pytest.raises(ProblemsError, match="run this inside the project"):
        find_root(Path(tmp_path.anchor))
