"""The records of ``docs/_data``: read with the line of everything, checked all at once.

Neither Sphinx nor docutils is imported here, so that a checker starts in a blink.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx_hub.records.data_names import DATA_NAMES
    from sphinx_hub.records.dates import PartialDate, Precision
    from sphinx_hub.records.day import today
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
    from sphinx_hub.records.moves import Redirects, load_redirects
    from sphinx_hub.records.post_models import Original, PostMeta, Tag
    from sphinx_hub.records.posts import (
        PostFile,
        Tags,
        is_published,
        known_ids,
        load_posts,
        load_tags,
        post_files,
        read_post,
    )
    from sphinx_hub.records.redirects import redirect_places, source_pages
    from sphinx_hub.records.schema import json_schema, write_schemas
    from sphinx_hub.records.status import collaboration_status, partner_status

__all__ = [
    "AREAS",
    "DATA_NAMES",
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
    "Original",
    "PartialDate",
    "Partner",
    "PartnerKind",
    "PartnerStatus",
    "Person",
    "PersonKind",
    "PersonRole",
    "Place",
    "PostFile",
    "PostMeta",
    "Precision",
    "Record",
    "RecordText",
    "Redirects",
    "Tag",
    "Tags",
    "collaboration_status",
    "is_published",
    "json_schema",
    "known_ids",
    "load_hub",
    "load_posts",
    "load_redirects",
    "load_tags",
    "names_of",
    "packaged_icons",
    "partner_status",
    "post_files",
    "read_post",
    "redirect_places",
    "source_pages",
    "today",
    "write_schemas",
]

#: Where each name is. The models take a tenth of a second, which those save who only ask for the day.
_MODULES: Final = {
    "Original": "post_models",
    "PostFile": "posts",
    "PostMeta": "post_models",
    "Tag": "post_models",
    "Tags": "posts",
    "is_published": "posts",
    "known_ids": "posts",
    "load_posts": "posts",
    "load_tags": "posts",
    "post_files": "posts",
    "read_post": "posts",
    "PartialDate": "dates",
    "Precision": "dates",
    "today": "day",
    "Hub": "hub",
    "Place": "hub",
    "RecordText": "hub",
    "load_hub": "hub",
    "names_of": "hub",
    "packaged_icons": "hub",
    "AREAS": "models",
    "DATA_NAMES": "data_names",
    "KINDS": "models",
    "Achievement": "models",
    "AchievementKind": "models",
    "Area": "models",
    "Channel": "models",
    "ChannelKind": "models",
    "Collaboration": "models",
    "CollaborationKind": "models",
    "CollaborationStatus": "models",
    "Named": "models",
    "Partner": "models",
    "PartnerKind": "models",
    "PartnerStatus": "models",
    "Person": "models",
    "PersonKind": "models",
    "PersonRole": "models",
    "Record": "models",
    "Redirects": "moves",
    "load_redirects": "moves",
    "source_pages": "redirects",
    "redirect_places": "redirects",
    "json_schema": "schema",
    "write_schemas": "schema",
    "collaboration_status": "status",
    "partner_status": "status",
}


def __getattr__(name: str) -> object:
    """A name of this package, imported when it is first asked for (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
