"""JSON Schemas of the YAML files, for editors: made from the models, kept next to the data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import GenerateJsonSchema

from sphinx_hub.records.models import KINDS
from sphinx_hub.records.post_models import Tag
from sphinx_hub.records.redirects import Moved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import BaseModel

_DIALECT: Final = GenerateJsonSchema.schema_dialect
#: Name of a file, without ``.yaml`` -> what it is a list of.
SCHEMAS: Final[Mapping[str, type[BaseModel]]] = {**KINDS, "tags": Tag, "redirects": Moved}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the data file ``name``.yaml: a list.

    :raises KeyError: there is no such file.
    """
    record = SCHEMAS[name].model_json_schema()
    properties = {key: _present(value) for key, value in record["properties"].items()}
    item = {
        "type": "object",
        "title": record["title"],
        "description": record["description"],
        "properties": properties,
        "required": record["required"],
        "additionalProperties": False,
    }
    return {
        "$schema": _DIALECT,
        "title": name,
        "description": f"All {name} of the hub.",
        "type": "array",
        "items": item,
    }


def _present(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that is written: a key is left out, never null, and needs no title."""
    options = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    rest = {
        name: value
        for name, value in schema.items()
        if name not in {"anyOf", "title"} and not (name == "default" and value is None)
    }
    if len(options) == 1:
        return {**options[0], **rest}
    return {"anyOf": options, **rest} if options else rest


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schema of every data file to ``folder/<name>.json``; make the folder if need be.

    :returns: the files whose content changed.
    :raises OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name in SCHEMAS:
        path = folder / f"{name}.json"
        text = schema_text(name)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
            changed.append(path)
    return tuple(changed)


def schema_text(name: str) -> str:
    """The content of a schema's file."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
