"""What a record is: one pydantic model per kind, checked field by field.

The JSON schemas that editors read, the tables of fields in the docs and the messages of
``sphinx-hub check`` all come from these models. Dates are written as YAML has them; how exact a
date is follows from how much of it is written (:class:`PartialDate`).
"""

from typing import ClassVar, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sphinx_hub.records.dates import PartialDate
from sphinx_hub.records.fields import (
    AchievementId,
    Colour,
    Country,
    HttpsUrl,
    IconSlug,
    ImageFile,
    LanguageTag,
    Name,
    PartnerId,
    PersonName,
    RecordId,
    Text,
    no_address,
)

PartnerKind = Literal["company", "community", "lab", "platform"]
CollaborationKind = Literal["course", "meetup", "hackathon", "sprint", "fine-tuning event"]
AchievementKind = Literal["model", "system", "space", "organisation"]
Area = Literal["Model Hub", "Tokenizers", "Spaces", "Datasets", "Education"]
PersonKind = Literal["person", "team"]
PersonRole = Literal["author", "translator", "reviewer", "editor", "developer", "maintainer"]
ChannelKind = Literal["video", "blog", "Q&A", "social", "research community"]
PartnerStatus = Literal["active", "past", "unknown"]
CollaborationStatus = Literal["upcoming", "ongoing", "completed", "unknown"]

AREAS: Final[tuple[Area, ...]] = get_args(Area)


class Record(BaseModel):
    """What records of every kind have."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    kind_name: ClassVar[str]
    """The kind's name in roles and anchors: ``partner``."""
    plural: ClassVar[str]
    """The name of its file and catalog: ``partners``."""

    id: RecordId = Field(
        description="Stable identifier; the record's anchor in every language. Never reuse one."
    )
    aliases: tuple[Name, ...] = Field(
        default=(), description="Other names by which roles may refer to the record."
    )
    sources: tuple[HttpsUrl, ...] = Field(
        min_length=1, description="Where the facts of this record can be read."
    )
    verified: PartialDate | None = Field(
        default=None, description="The day on which the facts were last checked."
    )

    def is_proper(self, field: str) -> bool:
        """Whether the text of ``field`` is a proper name here, which no translator is asked for."""
        del field
        return False


class Named(Record):
    """A record that has a name of its own, perhaps another one in its own language."""

    name: Text = Field(description="The name in English; translated where a language has its own.")
    native_name: Name | None = Field(default=None, description="The name that it gives itself.")
    native_language: LanguageTag | None = Field(
        default=None, description="BCP 47 tag of the native name; `zh-Hans` when left out."
    )


class Partner(Named):
    """An organisation that the community works with."""

    kind_name: ClassVar[str] = "partner"
    plural: ClassVar[str] = "partners"

    kind: PartnerKind = Field(description="What sort of organisation it is.")
    url: HttpsUrl | None = Field(
        default=None, description="Its own site; left out when none could be confirmed."
    )
    hub_url: HttpsUrl | None = Field(default=None, description="Its page on the Hugging Face Hub.")
    logo: ImageFile | None = Field(
        default=None, description="Its logo, when it may be shipped; else a monogram is drawn."
    )
    logo_dark: ImageFile | None = Field(default=None, description="The logo for dark pages.")
    icon: IconSlug | None = Field(
        default=None, description="Slug of its icon among those shipped with the package."
    )
    colour: Colour | None = Field(
        default=None, description="Brand colour, `#rrggbb`; the monogram is drawn from it."
    )
    summary: Text = Field(description="One or two sentences: what it is and does.")
    since: PartialDate | None = Field(default=None, description="When the partnership began.")
    until: PartialDate | None = Field(
        default=None, description="When it ended; the status follows from the dates."
    )


class Collaboration(Record):
    """Something done together: a course, a meetup, a hackathon."""

    kind_name: ClassVar[str] = "collaboration"
    plural: ClassVar[str] = "collaborations"

    title: Text = Field(description="What it was called, in English.")
    native_title: Name | None = Field(default=None, description="What it was called in its own language.")
    native_language: LanguageTag | None = Field(
        default=None, description="BCP 47 tag of the native title; `zh-Hans` when left out."
    )
    partners: tuple[PartnerId, ...] = Field(
        default=(), description="Ids of the partners; their cards link back."
    )
    kind: CollaborationKind = Field(description="What sort of event it was.")
    start: PartialDate | None = Field(default=None, description="First day, as exact as it is known.")
    end: PartialDate | None = Field(default=None, description="Last day, as exact as it is known.")
    place: Text | None = Field(default=None, description="Where; left out for events online.")
    online: bool = Field(default=False, description="Whether it took place online.")
    url: HttpsUrl | None = Field(default=None, description="The page that announced it.")
    related: tuple[HttpsUrl, ...] = Field(
        default=(), description="Further pages, such as the course's repository."
    )
    summary: Text = Field(description="One or two sentences: what it was about.")
    outcome: Text | None = Field(default=None, description="What came of it, when a source says so.")


class Achievement(Named):
    """A work of the Chinese AI community, and why it is recognised."""

    kind_name: ClassVar[str] = "achievement"
    plural: ClassVar[str] = "achievements"

    kind: AchievementKind = Field(description="Whether it is a model, a system, a Space or an organisation.")
    organisation: Text | None = Field(default=None, description="Who made it.")
    area: Area = Field(description="The part of the ecosystem it belongs to.")
    url: HttpsUrl = Field(description="Its page, on the Hugging Face Hub where it has one there.")
    homepage: HttpsUrl | None = Field(default=None, description="Its own site.")
    repository: HttpsUrl | None = Field(default=None, description="Its source code.")
    paper: HttpsUrl | None = Field(default=None, description="Its paper.")
    licence: Text | None = Field(default=None, description="The licence, as its source states it.")
    colour: Colour | None = Field(default=None, description="Brand colour, `#rrggbb`.")
    icon: IconSlug | None = Field(
        default=None, description="Slug of its icon among those shipped with the package."
    )
    recognition: Text = Field(description="Why it is recognised, in one or two sentences.")
    related: tuple[AchievementId, ...] = Field(
        default=(), description="Ids of achievements that belong with it."
    )
    partners: tuple[PartnerId, ...] = Field(default=(), description="Ids of partners behind it.")


class Channel(Named):
    """An account on another site, where readers can follow the community."""

    kind_name: ClassVar[str] = "channel"
    plural: ClassVar[str] = "channels"

    kind: ChannelKind = Field(description="What is published there.")
    home: HttpsUrl = Field(description="The site's front page.")
    account: HttpsUrl | None = Field(
        default=None,
        description="The address of the account; its host lies on the registrable domain of `home`.",
    )
    qr: bool | ImageFile = Field(
        default=False, description="`true` draws a QR code of the account; an image is shown as it is."
    )
    languages: tuple[LanguageTag, ...] = Field(
        min_length=1, description="BCP 47 tags of what is published there."
    )
    region: Country | None = Field(
        default=None, description="ISO 3166 code of the region it is mostly read in."
    )
    login: bool = Field(default=False, description="Whether reading needs an account there.")
    checked: PartialDate | None = Field(
        default=None, description="The day on which the link was last seen working."
    )
    icon: IconSlug | None = Field(
        default=None, description="Slug of its icon among those shipped with the package."
    )
    colour: Colour | None = Field(default=None, description="Brand colour, `#rrggbb`.")
    summary: Text = Field(description="What a reader finds there, in one sentence.")


class Person(Named):
    """Somebody who writes, translates or looks after what the hub publishes; or a team that does."""

    kind_name: ClassVar[str] = "person"
    plural: ClassVar[str] = "people"

    kind: PersonKind = Field(default="person", description="Whether it is one person or a team.")
    name: Text = Field(
        description="The name in Latin letters, as in a byline. A person's is not translated, a team's is."
    )
    native_name: PersonName | None = Field(
        default=None, description="The name in its own language; readers of that language see it."
    )
    aliases: tuple[PersonName, ...] = Field(
        default=(), description="Other spellings of the name, as catalogs and git have them."
    )
    sources: tuple[HttpsUrl, ...] = Field(
        default=(), description="Where the facts of this record can be read."
    )
    roles: tuple[PersonRole, ...] = Field(default=(), description="What the person does for the hub.")
    links: tuple[HttpsUrl, ...] = Field(
        default=(), description="Pages of the person elsewhere; each is labelled by its host."
    )
    bio: Text | None = Field(default=None, description="Who it is, in one sentence.")

    _no_address = field_validator("name")(no_address)

    def is_proper(self, field: str) -> bool:
        """A person's name is one; a team's is made of words."""
        return field == "name" and self.kind == "person"


KINDS: Final[dict[str, type[Record]]] = {
    model.plural: model for model in (Partner, Collaboration, Achievement, Channel, Person)
}
"""The kinds by the name of their file."""
