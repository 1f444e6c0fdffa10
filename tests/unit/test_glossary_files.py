"""The glossary as TBX and CSV, read back by the library that Weblate imports them with."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from translate.storage import factory
from translate.storage.csvl10n import csvfile
from translate.storage.tbx import tbxfile

from sphinx_hub.catalogs.glossary import GLOSSARY, Term, load_glossary
from sphinx_hub.catalogs.glossary_files import glossary_csv, glossary_files, glossary_tbx
from sphinx_hub.cli import main
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from sphinx_hub.settings import Settings

ROOT: Final = Path(__file__).parents[2]
LOCALES: Final = ("zh_CN", "zh_TW")
#: What TBX calls a name.
SPEECH: Final = {"properNoun": "name"}


@pytest.fixture(scope="module")
def project() -> Settings:
    return load_settings(ROOT)


@pytest.fixture(scope="module")
def terms(project: Settings) -> tuple[Term, ...]:
    loaded, problems = load_glossary(project.catalogs_path / GLOSSARY, source="en", targets=LOCALES)
    assert not problems
    return loaded


def read_tbx(content: bytes, locale: str) -> list[Any]:
    """The units, with the languages set as Weblate sets them, by the name of the file."""
    store = tbxfile.parsestring(content, sourcelanguage="en", targetlanguage=locale)
    return list(store.units)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_term_comes_back_from_tbx(project: Settings, terms: tuple[Term, ...], locale: str) -> None:
    content = glossary_files(project, [locale])[f"glossary-{locale}.tbx"]
    units = read_tbx(content, locale)
    right = [unit for unit in units if "-avoid-" not in unit.getid()]
    assert [unit.source for unit in right] == [term.term for term in terms]
    for unit, term in zip(right, terms, strict=True):
        (target,) = unit.get_target_terms()
        assert (target.text, target.administrative_status) == (term.translations[locale], None)
        assert unit.getnotes("definition") == term.definition
        speech = unit.getnotes("pos")
        assert SPEECH.get(speech, speech) == term.part_of_speech
        kept = term.part_of_speech == "name" and term.translations[locale] == term.term
        assert unit.istranslatable() is not kept
    assert any(not unit.istranslatable() for unit in right)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_to_avoid_is_forbidden_in_tbx(
    project: Settings, terms: tuple[Term, ...], locale: str
) -> None:
    units = read_tbx(glossary_files(project, [locale])[f"glossary-{locale}.tbx"], locale)
    found = [
        (unit.source, target.text)
        for unit in units
        for target in unit.get_target_terms()
        if target.administrative_status == "forbidden"
    ]
    assert found == [(term.term, wrong) for term in terms for wrong in term.avoid.get(locale, ())]
    assert found
    # No id twice: Weblate tells its strings apart by them.
    ids = [unit.getid() for unit in units]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("encoding", ["auto", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("locale", LOCALES)
def test_every_term_comes_back_from_csv(
    project: Settings, terms: tuple[Term, ...], locale: str, encoding: str
) -> None:
    content = glossary_files(project, [locale])[f"glossary-{locale}.csv"]
    store = csvfile(encoding=encoding)
    store.parse(content)
    assert [(unit.source, unit.target, unit.getnotes("developer")) for unit in store.units] == [
        (term.term, term.translations[locale], term.definition) for term in terms
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_csv_holds_what_weblate_passes_over_too(
    project: Settings, terms: tuple[Term, ...], locale: str
) -> None:
    content = glossary_files(project, [locale])[f"glossary-{locale}.csv"]
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads it as something else"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [(row["part_of_speech"], tuple(filter(None, row["avoid"].split("; ")))) for row in rows] == [
        (term.part_of_speech, term.avoid.get(locale, ())) for term in terms
    ]


def test_weblate_would_know_the_kind_of_each_file(project: Settings, tmp_path: Path) -> None:
    for name, content in glossary_files(project, LOCALES).items():
        (tmp_path / name).write_bytes(content)
        assert type(factory.getobject(str(tmp_path / name))) in {tbxfile, csvfile}


@pytest.mark.parametrize("locale", LOCALES)
def test_markup_and_quotes_in_words_stay(locale: str) -> None:
    term = Term(
        term='a <b> & "c", d',
        translations={locale: "甲 <乙> & 「丙」, 丁"},
        avoid={locale: ("x & y", "z")},
        definition="Less < more.",
    )
    right, *wrong = read_tbx(glossary_tbx([term], "en", locale), locale)
    assert (right.source, right.target) == (term.term, term.translations[locale])
    assert right.getnotes("definition") == term.definition
    assert [unit.target for unit in wrong] == ["x & y", "z"]
    (row,) = csv.DictReader(io.StringIO(glossary_csv([term], locale).decode("utf-8-sig"), newline=""))
    assert (row["source"], row["target"], row["avoid"]) == (term.term, term.translations[locale], "x & y; z")


def test_a_term_without_a_word_is_there_to_be_translated() -> None:
    term = Term(term="token", translations={}, definition="What a model reads.")
    (unit,) = read_tbx(glossary_tbx([term], "en", "zh_TW"), "zh_TW")
    assert (unit.source, unit.target, unit.istranslatable()) == ("token", None, True)
    assert "token,,What a model reads.," in glossary_csv([term], "zh_TW").decode("utf-8-sig")


def test_the_command_writes_what_is_asked_for_and_the_same_each_time(
    site_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site_copy)
    assert main(["glossary"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"_build/glossary/glossary-{locale}.{kind}" for locale in LOCALES for kind in ("tbx", "csv")
    ]
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path("_build/glossary").iterdir()
    }
    assert main(["glossary"]) == 0
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path("_build/glossary").iterdir()
    }
    assert main(["glossary", "zh_TW", "--format", "tbx", "--output", str(tmp_path / "out")]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["glossary-zh_TW.tbx"]
    assert main(["glossary", "en"]) == 0, "the source has no file of its own"
    assert main(["glossary", "zh_HK"]) == 2


def test_a_glossary_with_an_error_is_not_written(
    site_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site_copy)
    path = Path("locale") / GLOSSARY
    path.write_text(path.read_text("utf-8").replace("<seg>account</seg>", "<seg></seg>"), "utf-8")
    assert main(["glossary"]) == 1
    assert "GLO002" in capsys.readouterr().err
    path.unlink()
    assert main(["glossary"]) == 1
    assert "GLO003" in capsys.readouterr().err
    assert not Path("_build/glossary").exists()
