"""The interface's own words: kinds, statuses, labels, sentences.

Each function translates when it is called, so that it answers in the language of the build. The
catalog is ``sphinx_hub.po``; a message is found there by the literals of this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation, get_translator

if TYPE_CHECKING:
    from sphinx_hub.records import (
        AchievementKind,
        Area,
        ChannelKind,
        CollaborationKind,
        PartnerKind,
        PersonRole,
    )

_ = get_translation("sphinx_hub")


def N_(message: str) -> str:  # noqa: N802 the name by which extraction tools know it
    """Mark ``message`` for the translators; it is looked up where it is shown."""
    return message


PARTNER_KINDS: Final[dict[PartnerKind, str]] = {
    "company": N_("Company"),
    "community": N_("Community"),
    "lab": N_("Lab"),
    "platform": N_("Platform"),
}
COLLABORATION_KINDS: Final[dict[CollaborationKind, str]] = {
    "course": N_("Course"),
    "meetup": N_("Meetup"),
    "hackathon": N_("Hackathon"),
    "sprint": N_("Sprint"),
    "fine-tuning event": N_("Fine-tuning event"),
}
ACHIEVEMENT_KINDS: Final[dict[AchievementKind, str]] = {
    "model": N_("Model"),
    "system": N_("System"),
    "space": N_("Space"),
    "organisation": N_("Organisation"),
}
CHANNEL_KINDS: Final[dict[ChannelKind, str]] = {
    "video": N_("Video"),
    "blog": N_("Blog"),
    "Q&A": N_("Q&A"),
    "social": N_("Social media"),
    "research community": N_("Research community"),
}
AREA_NAMES: Final[dict[Area, str]] = {
    "Model Hub": N_("Model Hub"),
    "Tokenizers": N_("Tokenizers"),
    "Spaces": N_("Spaces"),
    "Datasets": N_("Datasets"),
    "Education": N_("Education"),
}
PERSON_ROLES: Final[dict[PersonRole, str]] = {
    "author": N_("Author"),
    "translator": N_("Translator"),
    "reviewer": N_("Reviewer"),
    "editor": N_("Editor"),
    "developer": N_("Developer"),
    "maintainer": N_("Maintainer"),
}
PARTNER_STATUSES: Final[dict[str, str]] = {
    "active": N_("Active partner"),
    "past": N_("Former partner"),
    "unknown": N_("Status unknown"),
}
COLLABORATION_STATUSES: Final[dict[str, str]] = {
    "upcoming": N_("Upcoming"),
    "ongoing": N_("Ongoing"),
    "completed": N_("Completed"),
    "unknown": N_("Status unknown"),
}
#: The headings of the kinds, by plural.
KIND_HEADINGS: Final[dict[str, str]] = {
    "partners": N_("Partners"),
    "collaborations": N_("Collaborations"),
    "achievements": N_("Achievements"),
    "channels": N_("Channels"),
    "people": N_("People"),
}
#: One record of each kind, by its name in roles.
KIND_NAMES: Final[dict[str, str]] = {
    "partner": N_("partner"),
    "collaboration": N_("collaboration"),
    "achievement": N_("achievement"),
    "channel": N_("channel"),
    "person": N_("person"),
}
#: What the link to a record's place says, by the kind's name in roles.
PERMALINKS: Final[dict[str, str]] = {
    "partner": N_("Link to this partner"),
    "collaboration": N_("Link to this collaboration"),
    "achievement": N_("Link to this achievement"),
    "channel": N_("Link to this channel"),
    "person": N_("Link to this person"),
}
#: The labels of links. The sentence is for who hears the link without its card.
LINKS: Final[dict[str, tuple[str, str]]] = {
    "site": (N_("Website"), N_("Website: {name}")),
    "hub": (N_("Hugging Face"), N_("Hugging Face: {name}")),
    "announcement": (N_("Announcement"), N_("Announcement: {name}")),
    "related": (N_("Related page"), N_("Related page: {name}")),
    "page": (N_("Page"), N_("Page: {name}")),
    "repository": (N_("Source code"), N_("Source code: {name}")),
    "paper": (N_("Paper"), N_("Paper: {name}")),
    "correction": (N_("Suggest a correction"), N_("Suggest a correction: {name}")),
}
#: The sites on which people have pages, by the domain that their owners register.
SITES: Final[dict[str, str]] = {
    "bilibili.com": N_("Bilibili"),
    "bsky.app": "Bluesky",
    "csdn.net": "CSDN",
    "gitee.com": "Gitee",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "huggingface.co": "Hugging Face",
    "juejin.cn": N_("Juejin"),
    "linkedin.com": "LinkedIn",
    "modelscope.cn": N_("ModelScope"),
    "orcid.org": "ORCID",
    "twitter.com": "X",
    "weibo.com": N_("Weibo"),
    "x.com": "X",
    "zhihu.com": N_("Zhihu"),
}
#: The labels of facts.
LABELS: Final[dict[str, str]] = {
    "partner since": N_("Partner since"),
    "partner until": N_("Partner until"),
    "collaborations": N_("Collaborations"),
    "achievements": N_("Achievements"),
    "related achievements": N_("See also"),
    "partners": N_("Partners"),
    "place": N_("Place"),
    "outcome": N_("Outcome"),
    "organisation": N_("Made by"),
    "licence": N_("Licence"),
    "languages": N_("Languages"),
    "region": N_("Mostly read in"),
    "checked": N_("Link last seen working"),
}


def word(message: str) -> str:
    """The translation of a message that a table of this file holds."""
    return _(message)


def records_index() -> str:
    """The heading of the index of all records."""
    return _("Community records")


def nothing_shown() -> str:
    """What stands in place of a list without records."""
    return _("There is nothing to show here at present.")


def nobody_yet() -> str:
    """What stands in place of a wall without anybody."""
    return _("No catalog names anybody yet. The first name can be yours.")


def link_of() -> str:
    """The accessible name of a link to somebody's page, with ``{site}`` and ``{name}``."""
    return _("{site}: {name}")


def needs_login() -> str:
    """The hint that a channel asks for an account."""
    return _("Needs login")


def online() -> str:
    """The place of what took place online."""
    return _("Online")


def last_checked() -> str:
    """The sentence on when the facts were checked, with ``{date}``."""
    return _("Last checked {date}")


def began() -> str:
    """The time of what has a start and no known end, with ``{date}``."""
    return _("From {date}")


def ended() -> str:
    """The time of what has an end and no known start, with ``{date}``."""
    return _("Until {date}")


def calendar_name() -> str:
    """What the calendar of the collaborations holds."""
    return _("Collaborations and events")


def calendar_link() -> str:
    """The text of the link to the calendar."""
    return _("Calendar (.ics)")


def calendar_hint() -> str:
    """How to follow the calendar."""
    return _("To subscribe, copy this link into your calendar app.")


def known_dates() -> str:
    """What a calendar says of an event whose days are not all known, with ``{dates}``."""
    return _("Dates as far as they are known: {dates}")


def sources(count: int) -> str:
    """The heading of a record's sources, of which there are ``count``."""
    translated: str = get_translator("sphinx_hub").ngettext("{count} source", "{count} sources", count)
    return translated.replace("{count}", str(count))


def qr_heading() -> str:
    """What opens a QR code, with ``{name}``."""
    return _("QR code: {name}")


def qr_alternative() -> str:
    """The text alternative of a QR code, with ``{name}`` and ``{address}``."""
    return _("QR code that opens {name} at {address}")


def qr_image_alternative() -> str:
    """The text alternative of a QR code that is shipped as an image, with ``{name}``."""
    return _("QR code that opens {name}")


def qr_caption() -> str:
    """What to do with a QR code."""
    return _("Scan it with your phone")
