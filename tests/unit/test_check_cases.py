"""The checker against right and faulty translations: what it finds, and how often it is wrong."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_hub.catalogs.check.checker import Options, check_catalogs
from sphinx_hub.catalogs.check.term_rules import read_terms
from sphinx_hub.catalogs.po_files import PoEntry

if TYPE_CHECKING:
    from sphinx_hub.problems import Code

Case = dict[str, Any]

FOLDER = Path(__file__).resolve().parents[1] / "catalog_cases"
HEADER = {
    "Project-Id-Version": "Lantern 2.4",
    "PO-Revision-Date": "2025-10-20 09:30+0800",
    "Language": "zh_CN",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
CASES: list[Case] = [
    json.loads(line) for line in (FOLDER / "cases.jsonl").read_text("utf-8").strip().split("\n")
]
RIGHT: dict[str, Case] = {case["base"]: case for case in CASES if case["class"] == "clean"}


def lines_of(case: Case) -> list[str]:
    if "raw" in case:
        return list(case["raw"])
    flags = tuple(case.get("flags", ()))
    return list(PoEntry(msgid=case["msgid"], strings=(case["msgstr"],), flags=flags).written())


def encoded(text: str, encoding: str) -> bytes:
    data = text.encode()
    if encoding == "truncated":  # a character cut in two
        first = next(index for index, byte in enumerate(data) if byte >= 0xE0)
        return data[: first + 1] + data[first + 3 :]
    if encoding == "latin-byte":
        return data.replace("。".encode(), b"\xa9", 1)
    return text.encode(encoding, "replace")


@dataclass
class Catalog:
    """A .po file with the lines of each of its entries."""

    path: Path
    operation: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.operation.get("no_header"):
            fields = HEADER | self.operation.get("header", {})
            self.lines += ['msgid ""', 'msgstr ""']
            self.lines += [f'"{name}: {value}\\n"' for name, value in fields.items() if value is not None]
            self.lines.append("")

    def add(self, case: Case) -> range:
        first = len(self.lines) + 1
        self.lines += [f"#: docs/{self.path.stem}.md:{first}", *lines_of(case), ""]
        return range(first, len(self.lines))

    def write(self) -> Path:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        encoding = self.operation.get("encoding", "utf-8")
        self.path.write_bytes(encoded("\n".join(self.lines), encoding))
        return self.path


@pytest.fixture(scope="module")
def options() -> Options:
    terms = read_terms(FOLDER / "glossary.tsv", "zh_CN")
    return Options(terms=lambda _locale: terms)


@pytest.fixture(scope="module")
def codes_of_right(tmp_path_factory: pytest.TempPathFactory, options: Options) -> dict[str, set[Code]]:
    """Base -> the codes that its right translation gets."""
    catalog = Catalog(tmp_path_factory.mktemp("right") / "zh_CN/LC_MESSAGES/right.po")
    places = {base: catalog.add(case) for base, case in RIGHT.items()}
    problems = check_catalogs([catalog.write()], lambda _path: options)
    return {
        base: {problem.code for problem in problems if problem.line in lines}
        for base, lines in places.items()
    }


def found(case: Case, folder: Path, options: Options) -> set[Code]:
    """The codes that a faulty entry gets in a catalog of its own, beside right ones."""
    catalogs = [Catalog(folder / "zh_CN/LC_MESSAGES/a.po", case.get("file_op", {}))]
    others = [RIGHT[base] for base in case.get("also", ())]
    if case.get("twice"):
        others.append(RIGHT[case["base"]])
    if case["class"] == "cross-file-inconsistent":
        catalogs.append(Catalog(folder / "zh_CN/LC_MESSAGES/b.po"))
    for other in others:
        catalogs[0].add(other)
    partners = [
        one for one in CASES if "group" in case and one.get("group") == case["group"] and one is not case
    ]
    lines = catalogs[-1].add(case)
    for partner in partners if case["class"] == "misaligned" else ():
        catalogs[0].add(partner)
    paths = [catalog.write() for catalog in catalogs]
    problems = check_catalogs(paths, lambda _path: options)
    # A fault of the form is told at the next line, where it shows, and one of the file anywhere in it.
    if "raw" in case:
        lines = range(lines.start - 3, lines.stop + 3)
    return {
        problem.code
        for problem in problems
        if "file_op" in case or (problem.path == paths[-1] and problem.line in lines)
    }


def test_right_translations_are_left_alone(codes_of_right: dict[str, set[Code]]) -> None:
    flagged = {base: codes for base, codes in codes_of_right.items() if codes}
    assert len(RIGHT) > 400
    assert len(flagged) * 1000 <= 5 * len(RIGHT), flagged


@pytest.mark.parametrize(("severity", "least"), [("error", 0.97), ("warning", 0.95)])
def test_faulty_translations_are_found(
    severity: str, least: float, tmp_path: Path, options: Options, codes_of_right: dict[str, set[Code]]
) -> None:
    cases = [case for case in CASES if case["expect"] == severity]
    missed: Counter[str] = Counter()
    for number, case in enumerate(cases):
        codes = found(case, tmp_path / str(number), options) - codes_of_right.get(case["base"], set())
        missed[case["class"]] += not codes
    assert len(cases) > 250
    assert missed.total() <= (1 - least) * len(cases), dict(+missed)


@pytest.mark.parametrize("kind", sorted({case["class"] for case in CASES if case["expect"] == "error"}))
def test_a_fault_that_breaks_a_page_is_an_error(kind: str, tmp_path: Path, options: Options) -> None:
    cases = [case for case in CASES if case["class"] == kind]
    severities = {
        code.severity
        for number, case in enumerate(cases)
        for code in found(case, tmp_path / str(number), options)
    }
    assert "error" in severities
