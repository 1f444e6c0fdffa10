"""The records of all kinds together, and what can be asked of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast, get_args

from sphinx_hub.records.day import today
from sphinx_hub.records.fields import HumanText
from sphinx_hub.records.models import KINDS, Achievement, Channel, Collaboration, Partner, Person
from sphinx_hub.records.positions import read_rows
from sphinx_hub.records.relations import (
    check_relations,
    check_row,
    check_unique,
    fold_name,
    reference_fields,
)
from sphinx_hub.records.validation import CheckedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

    from sphinx_hub.problems import Problem
    from sphinx_hub.records.models import Record

_AnyRecord = TypeVar("_AnyRecord", bound="Record")

# The icons are shipped where they are drawn; only their names are wanted here.
_ICONS: Final = Path(__file__).parent.parent / "community" / "icons"


class RecordText(NamedTuple):
    """A human text of a record: a message for the translators, with its place."""

    msgid: str
    path: Path
    line: int


class Place(NamedTuple):
    """Where a record stands."""

    path: Path
    line: int


@dataclass(frozen=True, kw_only=True)
class Hub:
    """All records that have no problem. Every id in a relation is the id of a record of the hub."""

    files: tuple[Path, ...]
    """The YAML files, one a kind, whether they are there or not."""
    records: Mapping[str, Mapping[str, Record]]
    """The records by plural and id, in the order of the files."""
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict, repr=False)
    """Where each record stands, by plural and id."""
    text_places: Mapping[str, tuple[RecordText, ...]] = field(default_factory=dict, repr=False)
    """The human texts by plural."""

    @property
    def partners(self) -> Mapping[str, Partner]:
        """The partners by id."""
        return self._of(Partner)

    @property
    def collaborations(self) -> Mapping[str, Collaboration]:
        """The collaborations by id."""
        return self._of(Collaboration)

    @property
    def achievements(self) -> Mapping[str, Achievement]:
        """The achievements by id."""
        return self._of(Achievement)

    @property
    def channels(self) -> Mapping[str, Channel]:
        """The channels by id."""
        return self._of(Channel)

    @property
    def people(self) -> Mapping[str, Person]:
        """The people by id."""
        return self._of(Person)

    def of_kind(self, plural: str) -> Mapping[str, Record]:
        """The records of one kind by id, in the order of its file.

        :raises KeyError: there is no such kind.
        """
        return self.records[plural]

    def resolve(self, kind_name: str, name: str) -> Record | None:
        """The record of a kind (``"partner"``) that has ``name`` as its id, else as a name or alias.

        Case, width and spacing of names make no difference. None when there is no such record.
        """
        plural = next((plural for plural, model in KINDS.items() if model.kind_name == kind_name), None)
        if plural is None:
            return None
        by_id = self.records[plural]
        return by_id.get(name) or self._by_name[plural].get(fold_name(name))

    def place(self, record: Record) -> Place:
        """The file of ``record``, and the line on which it begins.

        :raises KeyError: the record is none of this hub.
        """
        return self.places[type(record).plural, record.id]

    def texts(self, plural: str) -> tuple[RecordText, ...]:
        """Every human text of one kind, in the order of its file, with the line on which it begins.

        :raises KeyError: there is no such kind.
        """
        return self.text_places[plural]

    def collaborations_of(self, partner_id: str) -> tuple[Collaboration, ...]:
        """The collaborations with a partner, in the order of the file."""
        return tuple(record for record in self.collaborations.values() if partner_id in record.partners)

    def achievements_of(self, partner_id: str) -> tuple[Achievement, ...]:
        """The achievements that a partner is behind, in the order of the file."""
        return tuple(record for record in self.achievements.values() if partner_id in record.partners)

    def _of(self, model: type[_AnyRecord]) -> Mapping[str, _AnyRecord]:
        return cast("Mapping[str, _AnyRecord]", self.records[model.plural])

    @cached_property
    def _by_name(self) -> dict[str, dict[str, Record]]:
        found: dict[str, dict[str, Record]] = {}
        for plural, records in self.records.items():
            names = found[plural] = {}
            for record in records.values():
                for name in names_of(record):
                    names.setdefault(fold_name(name), record)
        return found


def names_of(record: Record) -> tuple[str, ...]:
    """All that a record is called: its name or title, the native one, its aliases."""
    own = (getattr(record, key, None) for key in ("name", "title", "native_name", "native_title"))
    return (*(name for name in own if name), *record.aliases)


def load_hub(folder: Path, icons: frozenset[str] | None = None) -> tuple[Hub, tuple[Problem, ...]]:
    """Read the YAML files of ``folder``, which is ``_data`` in the folder of the sources.

    :param icons: the slugs that records may name; those that the package ships when left out.
    :returns: the hub, of the records without a problem, and every problem of every file, sorted.
        A folder that does not exist gives an empty hub. Bad data never raises.
    """
    files = {plural: folder / f"{plural}.yaml" for plural in KINDS}
    problems: list[Problem] = []
    rows: dict[str, list[CheckedRow] | None] = {}
    context = {"source": folder.parent, "icons": packaged_icons() if icons is None else icons}
    for plural, path in files.items():
        found, of_form = read_rows(path) if folder.exists() else ([], [])
        problems += of_form
        if found is None:
            rows[plural] = None
        else:
            rows[plural] = [CheckedRow(row, KINDS[plural], path, context) for row in found]
    _check(rows)
    checked = {plural: found or [] for plural, found in rows.items()}
    problems += (problem for found in checked.values() for row in found for problem in row.problems)
    return _hub(tuple(files.values()), checked), tuple(sorted(set(problems)))


def packaged_icons() -> frozenset[str]:
    """The slugs of the icons that the package ships."""
    return frozenset(path.stem for path in _ICONS.glob("*.svg"))


def _check(rows: Mapping[str, list[CheckedRow] | None]) -> None:
    day = today()
    for found in rows.values():
        for checked in found or ():
            check_row(checked, day)
        check_unique(found or ())
    check_relations(rows)


def _hub(files: tuple[Path, ...], rows: Mapping[str, list[CheckedRow]]) -> Hub:
    good = {
        plural: {cast("Record", row.record).id: row for row in found if row.record and not row.problems}
        for plural, found in rows.items()
    }
    return Hub(
        files=files,
        records={
            plural: {name: _linked(row, good) for name, row in found.items()}
            for plural, found in good.items()
        },
        places={
            (plural, name): Place(row.path, row.row.line)
            for plural, found in good.items()
            for name, row in found.items()
        },
        text_places={plural: tuple(_texts(found.values())) for plural, found in good.items()},
    )


def _linked(row: CheckedRow, good: Mapping[str, Mapping[str, CheckedRow]]) -> Record:
    """The record, without relations to records that are left out for a problem of theirs."""
    record = cast("Record", row.record)
    kept = {
        key: tuple(name for name in getattr(record, key) if name in good[target])
        for key, target in reference_fields(row.model).items()
    }
    return record.model_copy(update=kept)


def _texts(rows: Iterable[CheckedRow]) -> Iterable[RecordText]:
    for checked in rows:
        record = cast("Record", checked.record)
        for name in text_fields(type(record)):
            value = getattr(record, name)
            if value is not None and not record.is_proper(name):
                yield RecordText(value, checked.path, checked.row.texts[name,])


def text_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of a model's fields that hold human text, in the order in which they are declared."""
    return tuple(
        name
        for name, field_info in model.model_fields.items()
        if _has_marker(field_info.metadata) or _is_text(field_info.annotation)
    )


def _is_text(annotation: Any) -> bool:  # noqa: ANN401 an annotation has no type of its own
    metadata = getattr(annotation, "__metadata__", ())
    return _has_marker(metadata) or any(map(_is_text, get_args(annotation)))


def _has_marker(metadata: Iterable[object]) -> bool:
    return any(isinstance(marker, HumanText) for marker in metadata)
