"""What a check of the links writes into the file of the channels."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_hub import cli
from sphinx_hub.problems import ProblemsError
from sphinx_hub.records.links import addresses_in, check_channels, read_report
from tests.conftest import ROOT, copy_site

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 26)
CHANNELS = """\
# A comment stays.
- id: one
  name: One  # and so does this
  home: https://one.example/
  account: https://one.example/us # here too
  checked: 2025-01-02  # by hand
  summary: Something.

-   name: Two
    home: https://two.example/
    id: two

- account: https://three.example/us
  home: https://three.example/
  id: three
  checked: 2026-11-20
- id: four
  home: https://four.example/
"""


def report(**states: str) -> dict[str, Any]:
    addresses = {
        "one": "https://one.example/us",
        "two": "https://two.example/",
        "three": "https://three.example/us",
        "four": "https://four.example/",
    }
    return {addresses[name]: (state, "") for name, state in states.items()}


def test_the_day_is_written_where_a_link_works_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "channels.yaml"
    path.write_text(CHANNELS, "utf-8")
    states = report(one="works", two="works", three="fails", four="works")
    links, text = check_channels(path, states, DAY)
    assert text == CHANNELS.replace("checked: 2025-01-02", "checked: 2026-11-26").replace(
        "    home: https://two.example/\n", "    home: https://two.example/\n    checked: 2026-11-26\n"
    ).replace("  home: https://four.example/\n", "  home: https://four.example/\n  checked: 2026-11-26\n")
    assert [(link.id, link.state, link.checked, link.line) for link in links] == [
        ("one", "works", "2026-11-26", 2),
        ("two", "works", "2026-11-26", 9),
        ("three", "fails", "2026-11-20", 13),
        ("four", "works", "2026-11-26", 17),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay_and_what_is_not_known_changes_nothing(tmp_path: Path, newline: str) -> None:
    path = tmp_path / "channels.yaml"
    path.write_bytes(CHANNELS.rstrip("\n").replace("\n", newline).encode())
    before = path.read_bytes().decode()
    assert check_channels(path, report(one="unknown", two="fails"), DAY)[1] == before
    changed = check_channels(path, report(three="works", four="works"), DAY)[1]
    assert changed == before.replace("2026-11-20", "2026-11-26") + f"{newline}  checked: 2026-11-26{newline}"


def test_a_record_that_is_no_matter_of_one_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "channels.yaml"
    path.write_text("- id: one\n  account: >-\n    https://one.example/us\n", "utf-8")
    with pytest.raises(ProblemsError) as raised:
        check_channels(path, report(one="works"), DAY)
    (problem,) = raised.value.problems
    assert (problem.path, problem.line) == (path, 2)
    assert "write it yourself" in problem.message


def test_the_real_channels_can_all_be_changed() -> None:
    path = ROOT / "docs" / "_data" / "channels.yaml"
    before = check_channels(path, {}, DAY)[0]
    links, text = check_channels(path, {link.address: ("works", "") for link in before}, DAY)
    assert {link.checked for link in links} == {str(DAY)}
    assert text.count("checked: 2026-11-26\n") == len(links)


def test_addresses_come_from_every_file_with_their_lines() -> None:
    found = list(addresses_in(ROOT / "docs" / "_data"))
    assert {path.stem for _address, path, _line in found} >= {"channels", "partners", "achievements"}
    for address, path, line in found:
        assert address in path.read_text("utf-8").splitlines()[line - 1]


def test_the_command_writes_the_file_and_says_what_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = copy_site(tmp_path / "hub")
    monkeypatch.chdir(site)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795651200")  # 26 November 2026
    output = site / "_build" / "linkcheck" / "output.json"
    output.parent.mkdir(parents=True)
    results = [
        {"uri": "https://www.zhihu.com/org/huggingface", "status": "ignored", "info": ""},
        {"uri": "https://www.cnblogs.com/huggingface", "status": "working", "info": ""},
        {"uri": "https://juejin.cn/user/611789528634712", "status": "broken", "info": "404 Not Found"},
    ]
    output.write_text("".join(f"{json.dumps(result)}\n" for result in results), "utf-8")
    path = site / "docs" / "_data" / "channels.yaml"
    before = path.read_text("utf-8")
    assert cli.main(["links"]) == 1
    said = capsys.readouterr().out.splitlines()
    line = before.splitlines().index("- id: juejin") + 1
    assert f"docs/_data/channels.yaml:{line}: juejin: fails, never seen working: " in "\n".join(said)
    assert any("404 Not Found" in each for each in said)
    account = "  account: https://www.cnblogs.com/huggingface\n"
    assert path.read_text("utf-8") == before.replace(account, f"{account}  checked: 2026-11-26\n")

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796688000")  # 8 December 2026
    output.write_text(output.read_text("utf-8").replace('"working"', '"timeout"'), "utf-8")
    assert cli.main(["links", "--format", "json"]) == 1
    (cnblogs,) = [link for link in json.loads(capsys.readouterr().out) if link["id"] == "cnblogs"]
    assert (cnblogs["state"], cnblogs["checked"]) == ("fails", "2026-11-26")
    assert cli.main(["links"]) == 1
    assert "cnblogs: fails, last seen working 2026-11-26, 12 days ago" in capsys.readouterr().out
    assert cli.main(["check"]) == 0


def test_what_is_no_report_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "output.json"
    path.write_text('{"uri": "https://a.example/", "status": "working", "info": ""}\n[]\n', "utf-8")
    with pytest.raises(ProblemsError) as raised:
        read_report(path)
    assert [(problem.path, problem.line) for problem in raised.value.problems] == [(path, 2)]
