"""Statuses, computed from dates and never typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from sphinx_hub.records.hub import Hub
    from sphinx_hub.records.models import Collaboration, CollaborationStatus, Partner, PartnerStatus


def collaboration_status(collaboration: Collaboration, today: date) -> CollaborationStatus:
    """Where a collaboration stands on the day ``today``.

    A date that names a month or a year counts from its first day as a start, and to its last day
    as an end. Without an end nobody knows whether the thing goes on, so that it is ``"unknown"``
    once it has begun; only a meetup is over on the day on which it begins. When just the month or
    year of a meetup is known, it is ``"unknown"`` for that time and ``"completed"`` after it.
    """
    start, end = collaboration.start, collaboration.end
    if end is None and start is not None and collaboration.kind == "meetup" and start.last <= today:
        if start.last < today:
            return "completed"
        end = start if start.precision == "day" else None
    if end is not None and end.last < today:
        return "completed"
    if start is not None and today < start.first:
        return "upcoming"
    return "ongoing" if start is not None and end is not None else "unknown"


def partner_status(partner: Partner, hub: Hub, today: date) -> PartnerStatus:
    """Whether the partnership goes on: by its own dates, else by what is being done together.

    ``"past"`` once ``until`` is over; ``"active"`` from ``since`` on, or while a collaboration is
    ongoing or upcoming; else ``"unknown"``.
    """
    if partner.until is not None and partner.until.last < today:
        return "past"
    if partner.since is not None and partner.since.first <= today:
        return "active"
    together = (collaboration_status(record, today) for record in hub.collaborations_of(partner.id))
    return "active" if any(status in {"ongoing", "upcoming"} for status in together) else "unknown"
