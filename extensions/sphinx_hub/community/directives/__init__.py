"""The directives that show records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_hub.community.directives.achievements import AchievementCards
from sphinx_hub.community.directives.channels import ChannelList
from sphinx_hub.community.directives.collaborations import CollaborationTimeline
from sphinx_hub.community.directives.partners import PartnerCards
from sphinx_hub.community.directives.people import PersonList, VolunteerWall

if TYPE_CHECKING:
    from sphinx_hub.community.directives.base import RecordDirective

DIRECTIVES: Final[tuple[type[RecordDirective], ...]] = (
    PartnerCards,
    CollaborationTimeline,
    AchievementCards,
    ChannelList,
    PersonList,
)

__all__ = ["DIRECTIVES", "VolunteerWall"]
