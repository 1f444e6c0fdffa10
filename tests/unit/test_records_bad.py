"""Bad YAML, case by case: each problem once, with its code, in the line where it stands."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from sphinx_hub.records import KINDS, load_hub

CASES = Path(__file__).parent / "bad_records"
GOOD = "- id: a\n  name: A\n  kind: lab\n  summary: A lab.\n  sources: [https://example.org/]\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>'


class Case(NamedTuple):
    name: str
    files: dict[str, str]
    expected: list[str]


def read_cases(path: Path) -> list[Case]:
    cases = []
    for block in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = block.partition("\n")
        given, _, expected = rest.partition("--- expected\n")
        parts = re.split(r"^--- (\w+\.yaml)\n", given, flags=re.MULTILINE)[1:]
        files = dict(zip(parts[::2], parts[1::2], strict=True))
        cases.append(Case(f"{path.stem}: {name}", files, expected.splitlines()))
    return cases


ALL = [case for path in sorted(CASES.glob("*.txt")) for case in read_cases(path)]


@pytest.fixture(autouse=True)
def _pinned_day(monkeypatch: pytest.MonkeyPatch) -> None:
    day = datetime(2025, 7, 1, 12, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "docs" / "_data"
    folder.mkdir(parents=True)
    for plural in KINDS:
        (folder / f"{plural}.yaml").write_text("[]\n", "utf-8")
    return folder


def found(folder: Path) -> list[str]:
    return [f"{problem.path.name}:{problem.line}: {problem.code}" for problem in load_hub(folder)[1]]


def messages(folder: Path) -> list[str]:
    return [problem.message for problem in load_hub(folder)[1]]


def test_there_are_enough_cases_and_none_has_the_name_of_another() -> None:
    assert len(ALL) >= 65
    assert len({case.name for case in ALL}) == len(ALL)


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_bad_yaml(case: Case, data: Path) -> None:
    for name, text in case.files.items():
        (data / name).write_text(text, "utf-8")
    assert found(data) == case.expected
    assert case.expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"- id: a\n  name: \xb7\xc9\xbd\xb0\n", ["partners.yaml:2: REC002"]),
        (b"- id: a\n  name: \x00\n", ["partners.yaml:2: REC001"]),
        (b"- id: a\r\n  name: \x07\r\n", ["partners.yaml:2: REC001"]),
        (b"\xef\xbb\xbf" + GOOD.encode(), []),
        (GOOD.replace("\n", "\r\n").replace("lab\r", "labb\r").encode(), ["partners.yaml:3: REC006"]),
        (GOOD.replace("\n", "\r").replace("lab\r", "labb\r").encode(), ["partners.yaml:3: REC006"]),
        (GOOD.replace("A lab", "A\u2028lab").encode(), ["partners.yaml:4: REC001"]),
    ],
    ids=["GBK", "NUL", "bell", "byte order mark", "CRLF", "CR", "line separator"],
)
def test_bytes(content: bytes, expected: list[str], data: Path) -> None:
    (data / "partners.yaml").write_bytes(content)
    assert found(data) == expected


def test_missing_file_is_a_problem_where_there_is_a_folder(data: Path) -> None:
    (data / "channels.yaml").unlink()
    assert found(data) == ["channels.yaml:1: REC002"]


def test_missing_folder_is_an_empty_hub(tmp_path: Path) -> None:
    hub, problems = load_hub(tmp_path / "_data")
    assert problems == ()
    assert [len(hub.of_kind(plural)) for plural in KINDS] == [0] * len(KINDS)


def test_folder_in_place_of_a_file(data: Path) -> None:
    (data / "partners.yaml").unlink()
    (data / "partners.yaml").mkdir()
    assert found(data) == ["partners.yaml:1: REC002"]


def test_file_that_leads_to_itself(data: Path) -> None:
    (data / "partners.yaml").unlink()
    (data / "partners.yaml").symlink_to("partners.yaml")
    assert found(data) == ["partners.yaml:1: REC002"]


@pytest.mark.parametrize(
    ("logo", "content", "good"),
    [
        ("logos/a.svg", SVG.encode(), True),
        ("logos/a.svg", b'<?xml version="1.0"?>\n<!-- made by hand -->\n' + SVG.encode(), True),
        ("logos/a.png", b"\x89PNG\r\n\x1a\n\x00", True),
        ("logos/a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", True),
        ("logos/a.avif", b"\x00\x00\x00\x20ftypavif", True),
        ("logos/a.svg", None, False),
        ("logos/a.svg", b"<html><svg></svg></html>", False),
        ("logos/a.png", SVG.encode(), False),
        ("logos/a.png", b"", False),
        ("logos/a.svg", b"<svg><script>alert(1)</script></svg>", False),
        ("logos/a.svg", b'<svg onload="alert(1)"></svg>', False),
        ("logos/a.svg", b'<svg><image href="https://example.org/a.png"/></svg>', False),
        ("logos/a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', False),
        ("logos/a.gif", b"GIF89a", False),
        ("../a.svg", SVG.encode(), False),
        ("logos\\a.svg", None, False),
        ("https://example.org/a.svg", None, False),
        ("/etc/a.svg", None, False),
    ],
)
def test_logo(logo: str, content: bytes | None, good: bool, data: Path) -> None:
    if content is not None:
        path = data.parent / logo
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    (data / "partners.yaml").write_text(f"{GOOD}  logo: {logo}\n", "utf-8")
    assert found(data) == ([] if good else ["partners.yaml:6: REC016"])


def test_logo_that_leads_out_of_the_sources(data: Path) -> None:
    outside = data.parent.parent / "a.svg"
    outside.write_text(SVG, "utf-8")
    (data.parent / "b.svg").symlink_to(outside)
    (data / "partners.yaml").write_text(f"{GOOD}  logo: b.svg\n", "utf-8")
    assert found(data) == ["partners.yaml:6: REC016"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("  sumary: x", "unknown key 'sumary': did you mean 'summary'?"),
        ("  qwertz: x", "(known: id, aliases, sources, verified, name,"),
        ("  kind: planet", "'planet' is not one of the values allowed: company, community, lab, platform"),
        ("  url:", "there is no value"),
        ("  native_name: true", "True is not text (a number, true and false need quotes"),
        ("  url: https://example.org/?utm_id=1&a=2&spm=3", "remove what only tracks readers: utm_id, spm"),
        ("  icon: zhihuu", "there is no icon 'zhihuu': did you mean 'zhihu'?"),
        ("  since: 2023-02-30", "there is no such date (day is out of range for month)"),
        ("  native_name: '{x}\u200b'", "the text has U+200B (ZERO WIDTH SPACE): remove it"),
        ("  native_language: xx-{0}", "'xx-{0}' has not the form of a BCP 47 tag"),
    ],
)
def test_message_says_what_to_do(lines: str, said: str, data: Path) -> None:
    key = lines.split(":", maxsplit=1)[0]
    kept = [line for line in GOOD.splitlines() if not line.startswith(f"{key}:")]
    (data / "partners.yaml").write_text("\n".join([*kept, lines, ""]), "utf-8")
    (message,) = messages(data)
    assert said in message


def test_the_day_of_checking_may_have_begun_elsewhere(data: Path) -> None:
    for day, count in (("2025-07-02", 0), ("2025-07-03", 1)):
        (data / "partners.yaml").write_text(f"{GOOD}  verified: {day}\n", "utf-8")
        assert len(found(data)) == count


def test_dangling_id_is_told_with_the_nearest(data: Path) -> None:
    (data / "partners.yaml").write_text(GOOD.replace("id: a", "id: paddlepaddle"), "utf-8")
    text = "- id: c\n  title: C\n  kind: course\n  summary: C.\n  sources: [https://example.org/]\n"
    (data / "collaborations.yaml").write_text(f"{text}  partners: [PaddlePadle]\n", "utf-8")
    assert messages(data) == ["partners: there is no partner 'PaddlePadle': did you mean 'paddlepaddle'?"]
