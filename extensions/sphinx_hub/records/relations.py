"""What no single field shows: dates in order, hosts that agree, names that are unique, ids that exist."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, get_args

from sphinx_hub.problems import Code
from sphinx_hub.records.addresses import registrable_domain, same_registrable_domain
from sphinx_hub.records.fields import RefersTo
from sphinx_hub.records.models import KINDS
from sphinx_hub.records.refusal import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from pydantic import BaseModel

    from sphinx_hub.records.validation import CheckedRow

_SPANS: Final = (("start", "end"), ("since", "until"))
_PAST: Final = ("verified", "checked")
_NAMES: Final = ("name", "native_name", "title", "native_title", "aliases")


def check_row(checked: CheckedRow, today: date) -> None:
    """Check what concerns several fields of one record, or a field and today."""
    for first, last in _SPANS:
        start, end = checked.date(first), checked.date(last)
        if start and end and end.last < start.first:
            checked.add((last,), Code.RECORD_DATE_ORDER, f"{last}: {end} is before {first}, {start}")
    for key in _PAST:
        moment = checked.date(key)
        # A day's grace: where the day begins earlier than in UTC, it may be tomorrow already.
        if moment and moment.first > today + timedelta(days=1):
            checked.add((key,), Code.RECORD_DATE_ORDER, f"{key}: {moment} lies ahead of today, {today}")
    home, account = checked.value("home"), checked.value("account")
    if isinstance(home, str) and isinstance(account, str) and not same_registrable_domain(home, account):
        message = f"account: {account!r} is not on {registrable_domain(home)}, the domain of its home"
        checked.add(("account",), Code.RECORD_HOST, message)


def check_unique(rows: Iterable[CheckedRow]) -> None:
    """Check that no two records of one kind answer to the same id, name or alias."""
    owners: dict[str, tuple[CheckedRow, int]] = {}
    for checked in rows:
        for key in ("id", *_NAMES):
            seen: set[str] = set()
            for text, location in checked.texts(key):
                name = fold_name(text)
                line = checked.row.value_line(location)
                owner, first = owners.setdefault(name, (checked, line))
                if owner is not checked:
                    message = f"{key}: {text!r} is already a name of another record (line {first})"
                    checked.add(location, Code.RECORD_DUPLICATE, message)
                elif text in seen:
                    checked.add(location, Code.RECORD_DUPLICATE, f"{key}: {text!r} stands in the list twice")
                seen.add(text)


def fold_name(name: str) -> str:
    """A name as it is compared: width, case and spacing make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check_relations(rows: Mapping[str, list[CheckedRow] | None]) -> None:
    """Check that every relation names a record that is there. None stands for an unreadable file.

    A record counts as there by its id alone, whatever else is wrong with it.
    """
    known = {
        plural: None if found is None else [text for row in found for text, _ in row.texts("id")]
        for plural, found in rows.items()
    }
    for plural, found in rows.items():
        references = reference_fields(KINDS[plural])
        for checked in found or ():
            for key, target in references.items():
                ids = known[target]
                if ids is not None:
                    check_references(checked, key, target, ids)


def check_references(checked: CheckedRow, key: str, target: str, ids: Collection[str]) -> None:
    """Check that each id under ``key`` is one of ``ids``, which are those of the kind ``target``."""
    if not isinstance(checked.row.data.get(key), tuple):
        return
    kind_name = KINDS[target].kind_name if target in KINDS else target.removesuffix("s")
    own = getattr(checked.model, "plural", None) == target
    own_ids = [text for text, _ in checked.texts("id")] if own else []
    seen: set[str] = set()
    for text, location in checked.texts(key):
        if text not in ids:
            message = f"{key}: there is no {kind_name} {text!r}{nearest(text, ids)}"
            checked.add(location, Code.RECORD_DANGLING, message)
        elif text in own_ids:
            checked.add(location, Code.RECORD_DANGLING, f"{key}: {text!r} is this record itself")
        elif text in seen:
            checked.add(location, Code.RECORD_DUPLICATE, f"{key}: {text!r} stands in the list twice")
        seen.add(text)


def reference_fields(model: type[BaseModel]) -> dict[str, str]:
    """The fields of a model that hold ids of other records, and the plural of the kind they name."""
    found = {name: _target(field.annotation) for name, field in model.model_fields.items()}
    return {name: target for name, target in found.items() if target}


def _target(annotation: Any) -> str | None:  # noqa: ANN401 an annotation has no type of its own
    for marker in getattr(annotation, "__metadata__", ()):
        if isinstance(marker, RefersTo):
            return marker.plural
    return next((target for member in get_args(annotation) if (target := _target(member))), None)
