"""The records of ``docs/_data``: read with the line of everything, checked all at once.

Neither Sphinx nor docutils is imported here, so that a checker starts in a blink.
"""

from __future__ import annotations

from sphinx_hub.records.dates import PartialDate, Precision, today
from sphinx_hub.records.hub import Hub, Place, RecordText, load_hub, names_of, packaged_icons
from sphinx_hub.records.models import (
    AREAS,
    KINDS,
    Achievement,
    AchievementKind,
    Area,
    Channel,
    ChannelKind,
    Collaboration,
    CollaborationKind,
    CollaborationStatus,
    Named,
    Partner,
    PartnerKind,
    PartnerStatus,
    Person,
    PersonKind,
    PersonRole,
    Record,
)
from sphinx_hub.records.schema import json_schema, write_schemas
from sphinx_hub.records.status import collaboration_status, partner_status

__all__ = [
    "AREAS",
    "KINDS",
    "Achievement",
    "AchievementKind",
    "Area",
    "Channel",
    "ChannelKind",
    "Collaboration",
    "CollaborationKind",
    "CollaborationStatus",
    "Hub",
    "Named",
    "PartialDate",
    "Partner",
    "PartnerKind",
    "PartnerStatus",
    "Person",
    "PersonKind",
    "PersonRole",
    "Place",
    "Precision",
    "Record",
    "RecordText",
    "collaboration_status",
    "json_schema",
    "load_hub",
    "names_of",
    "packaged_icons",
    "partner_status",
    "today",
    "write_schemas",
]
