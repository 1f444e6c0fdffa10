"""One record checked against its model: every pydantic error becomes a problem with a line."""

from __future__ import annotations

import types
import typing
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sphinx_hub.problems import Code, Problem
from sphinx_hub.records.dates import PartialDate
from sphinx_hub.records.refusal import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from sphinx_hub.records.positions import Location, Row

_CODES: Final = {code.code: code for code in Code}
_EXPECTED: Final = {
    "string_type": "text (a number, true and false need quotes to be text)",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "int_type": "a whole number",
}
_NO_VALUE: Final = "there is no value: give one (in quotes if it begins with #), or remove the key"


class CheckedRow:
    """A row with what its model says of it."""

    def __init__(self, row: Row, model: type[BaseModel], path: Path, context: Mapping[str, object]) -> None:
        self.row = row
        self.model = model
        self.path = path
        self.problems: list[Problem] = []
        self.record: BaseModel | None = None
        """The record, when it passed every check of its own fields."""
        self._bad: set[str] = set()
        try:
            self.record = model.model_validate(row.data, context=dict(context))
        except ValidationError as errors:
            self._report(errors.errors(include_url=False))
        self._report_empty()

    def value(self, key: str) -> object:
        """What the file has under ``key``; None when it is missing or already reported as wrong."""
        return None if key in self._bad else self.row.data.get(key)

    def date(self, key: str) -> PartialDate | None:
        """The date under ``key``, when there is a valid one."""
        value = self.value(key)
        return None if value is None else PartialDate.parse(value)

    def texts(self, key: str) -> list[tuple[str, Location]]:
        """The text, or each text of the list, under ``key``, with its place; wrong types left out."""
        value = self.row.data.get(key)
        if isinstance(value, str):
            return [(value, (key,))]
        items = value if isinstance(value, tuple) else ()
        return [(item, (key, index)) for index, item in enumerate(items) if isinstance(item, str)]

    def add(self, location: Location, code: Code, message: str) -> None:
        """Report a problem of the value at ``location``."""
        self.problems.append(Problem(self.path, self.row.value_line(location), code, message))

    def _report(self, errors: Iterable[ErrorDetails]) -> None:
        # The members of a union report one by one what is one mistake: the one that knows its
        # code has understood the value best.
        by_location: dict[Location, ErrorDetails] = {}
        for error in errors:
            # What is missing has no value; all else has one, and a union's names behind it.
            location = error["loc"] if error["type"] == "missing" else self._trimmed(error["loc"])
            if location not in by_location or error["type"] in _CODES:
                by_location[location] = error
        for location, error in by_location.items():
            self._bad.add(str(location[0]))
            self._report_one(error, location)

    def _report_empty(self) -> None:
        """Report keys without a value. Pydantic takes them as left out; their author did not mean that."""
        for key, value in self.row.data.items():
            if value is None and key in _by_key(self.model) and key not in self._bad:
                self.record = None
                self.add((key,), Code.RECORD_TYPE, f"{key}: {_NO_VALUE}")

    def _trimmed(self, location: Location) -> Location:
        """``location`` without the names of a union's members, which pydantic adds at its end."""
        end = len(location)
        while end > 1 and location[:end] not in self.row.values:
            end -= 1
        return location[:end]

    def _report_one(self, error: ErrorDetails, location: Location) -> None:
        kind, key = error["type"], str(location[-1])
        name = ".".join(str(part) for part in location if isinstance(part, str))
        if kind == "extra_forbidden":
            line = self.row.keys.get(location, self.row.line)
            message = f"unknown key {key!r}{nearest(key, self._fields(location))}"
            self.problems.append(Problem(self.path, line, Code.RECORD_UNKNOWN_KEY, message))
        elif kind == "missing":
            message = f"the key {key!r} is missing: {self._fields(location)[key].description}"
            line = self.row.keys.get(location[:-1], self.row.line)
            self.problems.append(Problem(self.path, line, Code.RECORD_MISSING_KEY, message))
        elif kind in _CODES:
            code = _CODES[kind]
            line = self.row.value_line(location)
            if code is Code.RECORD_TEXT:
                line = self.row.texts.get(location, line)
            self.problems.append(Problem(self.path, line, code, f"{name}: {error['msg']}"))
        else:
            self.add(location, Code.RECORD_TYPE, f"{name}: {_type_message(error, self._allowed(location))}")

    def _fields(self, location: Location) -> Mapping[str, FieldInfo]:
        """The fields of the model to which the last key of ``location`` belongs, or would."""
        model = self.model
        for key in location[:-1]:
            field = _by_key(model).get(str(key))
            members = (field.annotation, *get_args(field.annotation)) if field else ()
            inner = (
                member for member in members if isinstance(member, type) and issubclass(member, BaseModel)
            )
            model = next(inner, model)
        return _by_key(model)

    def _allowed(self, location: Location) -> tuple[str, ...]:
        field = _by_key(self.model).get(str(location[0]))
        return literal_values(field.annotation) if field else ()


def _by_key(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the keys that a file has for them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _type_message(error: ErrorDetails, allowed: tuple[str, ...]) -> str:
    value = error["input"]
    if value is None:
        return _NO_VALUE
    if allowed and error["type"] == "literal_error":
        return f"{value!r} is not one of the values allowed: {', '.join(allowed)}"
    if error["type"] == "too_short":
        return "the list is empty: it needs at least one item"
    expected = _EXPECTED.get(error["type"], "of the right type")
    if isinstance(value, tuple | dict):
        return f"a {'list' if isinstance(value, tuple) else 'mapping'} is not {expected}"
    return f"{value!r} is not {expected}"


def literal_values(annotation: Any) -> tuple[str, ...]:  # noqa: ANN401 an annotation has no type of its own
    """The values that a field of literal type allows, alone or in a list; empty for other types."""
    origin = get_origin(annotation)
    if origin is Literal:
        return get_args(annotation)
    if origin in {typing.Union, types.UnionType, tuple}:
        return tuple(value for member in get_args(annotation) for value in literal_values(member))
    return ()
