"""Dates as exact as they are known."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic_core import core_schema

from sphinx_hub.problems import Code
from sphinx_hub.records.refusal import refusal

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

Precision = Literal["year", "month", "day"]

_FORM: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DECEMBER: Final = 12


@dataclass(frozen=True)
class PartialDate:
    """A day, a month or a year: ``2023-04-18``, ``2023-04`` or ``2023``.

    How much is written says how exact it is; nothing is filled in but by :attr:`first` and
    :attr:`last`, the two ends of the time that it covers.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, value: object) -> PartialDate:
        """Read a date as YAML has it: text, or the number of a year.

        :raises ValueError: it is in another form, or there is no such day; the message says which.
        """
        text = f"{value:04d}" if isinstance(value, int) and not isinstance(value, bool) else value
        found = _FORM.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise ValueError("a date is written YYYY-MM-DD, YYYY-MM or YYYY")
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            return cls(year or 0, month, day)
        except ValueError as error:
            raise ValueError(f"there is no such date ({error})") from error

    @property
    def precision(self) -> Precision:
        """How exact the date is."""
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def first(self) -> date:
        """The first day that it covers."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it covers: of ``2023-05``, the 31st."""
        month = self.month or _DECEMBER
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """As it is written in YAML, which is also ISO 8601."""
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        del source, handler
        return core_schema.no_info_plain_validator_function(
            _validate, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema, handler
        return {
            "anyOf": [
                {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }


def _validate(value: Any) -> PartialDate:  # noqa: ANN401 whatever the YAML holds
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        raise refusal(Code.RECORD_DATE, f"{value!r}: {error}") from error
