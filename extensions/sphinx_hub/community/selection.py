"""Which records a directive shows, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_hub.records import KINDS, Achievement, Channel, Collaboration, Partner, Person

if TYPE_CHECKING:
    from sphinx_hub.community.options import Choices
    from sphinx_hub.community.site import Site
    from sphinx_hub.records import PartialDate, Record

_LAST: Final = (0, 0, 0)
#: The statuses that a reader can still make something of.
_CURRENT: Final = ("ongoing", "upcoming")


def select(site: Site, plural: str, choices: Choices) -> tuple[list[Record], list[str]]:
    """The records of one kind that ``choices`` ask for.

    :returns: the records in their order, and the ids asked for that are none.
    """
    records, unknown = list(site.hub.of_kind(plural).values()), []
    if choices.ids:
        named = {name: site.hub.resolve(KINDS[plural].kind_name, name) for name in choices.ids}
        unknown = [name for name, record in named.items() if record is None]
        # An alias and the id it stands for name one record, which is shown once.
        records = list({record.id: record for record in named.values() if record is not None}.values())
    records = [record for record in records if _passes(site, record, choices)]
    if choices.sort == "name":
        records.sort(key=site.name_key)
    elif choices.sort == "date":
        records.sort(key=lambda record: _date_key(date_of(record)), reverse=True)
    elif choices.sort == "status":
        records.sort(key=lambda record: _status_key(site, record))
    elif choices.sort == "kind":
        kinds = _kinds(plural)
        records.sort(key=lambda record: (kinds.index(_field(site, record, "kind")[0]), site.name_key(record)))
    return records[: choices.limit], unknown


def date_of(record: Record) -> PartialDate | None:
    """The date that a record is sorted by: of its beginning, else of the last check."""
    if isinstance(record, Partner):
        return record.since
    if isinstance(record, Collaboration):
        return record.start or record.end
    return record.checked if isinstance(record, Channel) else record.verified


def _status_key(site: Site, record: Record) -> tuple[int, int]:
    """Ongoing first, then upcoming with the next first, then the others; else the newest first."""
    status, when = site.status(record), date_of(record)
    days = when.first.toordinal() if when else 0
    rank = _CURRENT.index(status) if status in _CURRENT else len(_CURRENT)
    return rank, days if status == "upcoming" else -days


def _date_key(when: PartialDate | None) -> tuple[int, int, int]:
    return (when.first.year, when.first.month, when.first.day) if when else _LAST


def _kinds(plural: str) -> tuple[str, ...]:
    annotation = KINDS[plural].model_fields["kind"].annotation
    return tuple(getattr(annotation, "__args__", ()))


def _passes(site: Site, record: Record, choices: Choices) -> bool:
    for name, wanted in choices.filters.items():
        own = _field(site, record, name)
        if name == "language":
            if not any(_speaks(tag, asked) for tag in own for asked in wanted):
                return False
        elif not set(own) & set(wanted):
            return False
    return True


def _speaks(tag: str, asked: str) -> bool:
    """Whether a channel in ``tag`` is in the language ``asked``: ``zh`` takes in ``zh-Hans``."""
    return tag.casefold() == asked.casefold() or tag.casefold().startswith(f"{asked.casefold()}-")


def _field(site: Site, record: Record, name: str) -> tuple[str, ...]:
    if name == "status":
        return (site.status(record),)
    if name == "language":
        return record.languages if isinstance(record, Channel) else ()
    if name == "area":
        return (record.area,) if isinstance(record, Achievement) else ()
    if name == "role":
        return record.roles if isinstance(record, Person) else ()
    kind: str = getattr(record, "kind", "")
    return (kind,)
