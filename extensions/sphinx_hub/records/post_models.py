"""What the front matter of a post and the file of tags may say: pydantic models, checked field by field."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sphinx_hub.problems import Code
from sphinx_hub.records.dates import PartialDate
from sphinx_hub.records.fields import (
    AchievementId,
    CollaborationId,
    HttpsUrl,
    ImageFile,
    LanguageTag,
    Name,
    PartnerId,
    PersonId,
    RecordId,
    TagId,
    Text,
)
from sphinx_hub.records.refusal import refusal

Audience = Literal["everybody", "beginners", "developers", "researchers", "translators"]


def _day(value: PartialDate) -> PartialDate:
    if value.precision != "day":
        raise refusal(Code.RECORD_DATE, f"{value}: a post has a day, YYYY-MM-DD")
    return value


Day = Annotated[PartialDate, AfterValidator(_day)]
"""A day, ``YYYY-MM-DD``."""


class Original(BaseModel):
    """Where a text was first published."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    url: HttpsUrl = Field(description="Its address.")
    language: LanguageTag = Field(description="BCP 47 tag of the language in which it was written.")
    date: Day | None = Field(default=None, description="The day of its publication.")


class PostMeta(BaseModel):
    """The front matter of a post."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    date: Day = Field(description="The day on which it is published; before, it is left out.")
    updated: Day | None = Field(
        default=None, description="The day on which it was last changed in substance."
    )
    authors: tuple[PersonId, ...] = Field(
        min_length=1, description="Ids of people in `people.yaml`, the first author first."
    )
    tags: tuple[TagId, ...] = Field(default=(), description="Ids of tags in `tags.yaml`.")
    summary: Text = Field(
        description="One or two sentences for lists and feeds; also what search engines show of the page."
    )
    thumbnail: ImageFile | None = Field(default=None, description="An image for lists, below the sources.")
    thumbnail_alt: Text | None = Field(
        default=None, alias="thumbnail-alt", description="What the image shows, for those who do not see it."
    )
    original: Original | None = Field(
        default=None, description="Where it was first published: `url`, `language` and `date`."
    )
    partners: tuple[PartnerId, ...] = Field(default=(), description="Ids of partners that it is about.")
    collaborations: tuple[CollaborationId, ...] = Field(
        default=(), description="Ids of collaborations that it is about."
    )
    achievements: tuple[AchievementId, ...] = Field(
        default=(), description="Ids of achievements that it is about."
    )
    audience: Audience | None = Field(default=None, description="For whom it is written.")
    order: int = Field(
        default=0, description="Among the posts of one day, the one with the smallest number comes first."
    )
    feed_id: Name | None = Field(
        default=None,
        alias="feed-id",
        description="What names it in feeds, when its file was given another name: the name before, below "
        "the folder of the posts and without its suffix.",
    )
    draft: bool = Field(default=False, description="`true` leaves it out, whatever its date.")


class Tag(BaseModel):
    """A subject of posts."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: RecordId = Field(description="Stable identifier; the anchor of the tag's list in every language.")
    name: Text = Field(description="What readers see, in English; translated.")
