"""The reference names everything that there is: what is new needs its place there."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sphinx_hub import problems
from sphinx_hub.community import OPTIONS as COMMUNITY_OPTIONS
from sphinx_hub.records import KINDS
from sphinx_hub.reference.options import OPTIONS as OWN_OPTIONS
from sphinx_hub.reference.tables import commands_table

ROOT = Path(__file__).parents[2]
PAGES = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs" / "reference").glob("*.md")}


def shown() -> set[str]:
    """The arguments of every reference-table of the docs."""
    return {
        found.strip() for page in PAGES.values() for found in re.findall(r"\{reference-table\}(.*)", page)
    }


def test_the_fields_of_every_kind_are_shown() -> None:
    assert {f"fields {model.kind_name}" for model in KINDS.values()} <= shown()


def test_every_command_is_shown() -> None:
    names = {row.cells[0].text.removeprefix("sphinx-hub ") for row in commands_table().rows}
    assert {"commands", *(f"commands {name}" for name in names)} <= shown()


def test_every_prefix_of_codes_is_shown_once() -> None:
    prefixes = re.findall(r"^:prefix: (\w+)$", PAGES["problems"], re.MULTILINE)
    assert sorted(prefixes) == sorted({code.code.rstrip("0123456789") for code in problems.Code})


def test_the_options_of_every_directive_are_shown() -> None:
    names = (*COMMUNITY_OPTIONS, *OWN_OPTIONS)
    assert {f"directive-options {name}" for name in names} <= shown()


@pytest.mark.parametrize(
    "name", ["settings", "settings language", "settings check", "config-values", "sessions"]
)
def test_the_other_tables_are_shown(name: str) -> None:
    assert name in shown()


def requirements() -> list[str]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups: dict[str, list[Any]] = project["dependency-groups"]
    named = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    named += [entry for group in groups.values() for entry in group if isinstance(entry, str)]
    from_npm: dict[str, Any] = json.loads((ROOT / "tests/browser/package.json").read_text("utf-8"))
    named += from_npm["devDependencies"]
    return sorted({re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0] for requirement in named})


@pytest.mark.parametrize("package", requirements())
def test_every_dependency_is_explained(package: str) -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \| (.+) \|$", PAGES["dependencies"], re.MULTILINE)
    assert [row[0] for row in rows].count(package) == 1


def test_no_package_is_explained_that_is_none_of_ours() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", PAGES["dependencies"], re.MULTILINE)
    assert sorted(rows) == requirements()


def test_the_example_of_json_has_the_fields_of_its_kind() -> None:
    example = json.loads(re.findall(r"```json\n(.*?)```", PAGES["json"], re.DOTALL)[0])
    added = re.findall(r"^\| `(status|page)` \|", PAGES["json"], re.MULTILINE)
    (record,) = example["collaborations"]
    assert list(record) == [*KINDS["collaborations"].model_fields, "source_title", *added]
