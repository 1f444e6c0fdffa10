"""JSON Schemas: in step with the models, and as strict as editors can be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_hub.records import json_schema, write_schemas
from sphinx_hub.records.schema import SCHEMAS

ROOT = Path(__file__).parents[2]
DATA = ROOT / "docs" / "_data"
GOOD = {
    "id": "a",
    "name": "A",
    "kind": "lab",
    "summary": "A lab.",
    "sources": ["https://example.org/"],
    "since": 2023,
    "until": "2024-05",
    "colour": "#0062b0",
    "logo": "logos/a.svg",
}


def validate(schema: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("plural", SCHEMAS)
def test_schema_of_the_site_is_in_step(plural: str, tmp_path: Path) -> None:
    write_schemas(tmp_path)
    made, kept = ((folder / f"{plural}.json").read_text("utf-8") for folder in (tmp_path, DATA / "schema"))
    assert kept == made, f"run `sphinx-hub check --write-schemas`: schema/{plural}.json is behind the models"


def test_schemas_are_schemas() -> None:
    files = sorted((DATA / "schema").glob("*.json"))
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert [path.stem for path in files] == sorted(SCHEMAS)


@pytest.mark.parametrize("plural", [name for name in SCHEMAS if name != "redirects"])
def test_data_of_the_site_fits_its_schema(plural: str) -> None:
    text = (DATA / f"{plural}.yaml").read_text("utf-8")
    assert text.startswith(f"# yaml-language-server: $schema=schema/{plural}.json\n")
    done = validate(DATA / "schema" / f"{plural}.json", DATA / f"{plural}.yaml")
    assert done.returncode == 0, done.stdout


def test_schema_refuses_what_the_models_refuse(tmp_path: Path) -> None:
    write_schemas(tmp_path / "schema")
    changes: list[dict[str, object]] = [
        {"id": "A b"},
        {"sumary": "A lab."},
        {"kind": "planet"},
        {"sources": []},
        {"url": "http://example.org/"},
        {"since": "2023/05"},
        {"until": None},
        {"colour": "0062b0"},
        {"logo": "../a.gif"},
        {"name": ""},
    ]
    good = tmp_path / "good.json"
    good.write_text(json.dumps([GOOD]), "utf-8")
    bad = []
    for number, change in enumerate(changes):
        bad.append(tmp_path / f"bad{number}.json")
        bad[-1].write_text(json.dumps([GOOD | change]), "utf-8")
    schema = tmp_path / "schema" / "partners.json"
    done = validate(schema, good)
    assert done.returncode == 0, done.stdout
    done = validate(schema, *bad)
    assert [path.name for path in bad if f"{path}::" not in done.stdout] == []


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    assert [path.stem for path in write_schemas(tmp_path)] == list(SCHEMAS)
    assert write_schemas(tmp_path) == ()
    (tmp_path / "channels.json").write_text("{}", "utf-8")
    assert write_schemas(tmp_path) == (tmp_path / "channels.json",)


@pytest.mark.parametrize("plural", SCHEMAS)
def test_every_field_says_what_it_is(plural: str) -> None:
    schema = json_schema(plural)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for name, field in schema["items"]["properties"].items():
        assert field["description"], name
    assert "null" not in json.dumps(schema)


def test_the_schema_of_redirects_knows_their_keys(tmp_path: Path) -> None:
    write_schemas(tmp_path / "schema")
    texts = {
        "good": "- from: a/old\n  to: a/new#part\n- from: a/here\n  anchors: {gone: a/new#there}\n",
        "nameless": "- to: a/new\n",
        "misspelt": "- from: a/old\n  too: a/new\n",
        "wrong": "- from: a/old\n  anchors: [gone]\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    done = validate(tmp_path / "schema/redirects.json", *(tmp_path / f"{name}.yaml" for name in texts))
    assert [name for name in texts if f"{name}.yaml::" in done.stdout] == ["nameless", "misspelt", "wrong"]
