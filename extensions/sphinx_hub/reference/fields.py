"""The fields of records, from the pydantic models."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from sphinx.locale import get_translation

from sphinx_hub.records import KINDS, Original, PartialDate, PostMeta, Tag
from sphinx_hub.records.courses import CourseId, CourseMeta, LessonMeta, Minutes, Source
from sphinx_hub.records.fields import (
    AchievementId,
    CollaborationId,
    Colour,
    Country,
    HttpsUrl,
    IconSlug,
    ImageFile,
    LanguageTag,
    Name,
    PartnerId,
    PersonId,
    PersonName,
    RecordId,
    TagId,
    Text,
)
from sphinx_hub.records.post_models import Day
from sphinx_hub.reference.table import NoTableError, Row, Sentence, SourceTexts, Table, Verbatim

_ = get_translation("sphinx_hub")

# What each type is called, alone and in a list.
_WORDS: Final[tuple[tuple[Any, str, str], ...]] = (
    (RecordId, "id", "list of ids"),
    (PartnerId, "id of a partner", "list of ids of partners"),
    (AchievementId, "id of an achievement", "list of ids of achievements"),
    (CollaborationId, "id of a collaboration", "list of ids of collaborations"),
    (PersonId, "id of a person", "list of ids of people"),
    (TagId, "id of a tag", "list of ids of tags"),
    (CourseId, "id of a course", "list of ids of courses"),
    (Minutes, "number of minutes", "list of numbers of minutes"),
    (Source, "title and address", "list of titles and addresses"),
    (Text, "text, translated", "list of texts, translated"),
    (Name, "text, not translated", "list of texts, not translated"),
    (PersonName, "text, not translated", "list of texts, not translated"),
    (HttpsUrl, "https address", "list of https addresses"),
    (ImageFile, "path of an image", "list of paths of images"),
    (IconSlug, "name of an icon", "list of names of icons"),
    (LanguageTag, "language tag", "list of language tags"),
    (Country, "country code", "list of country codes"),
    (Colour, "colour", "list of colours"),
    (PartialDate, "date", "list of dates"),
    (Day, "day", "list of days"),
    (Original, "`url`, `language` and `date`", "list of such mappings"),
    (int, "whole number", "list of whole numbers"),
    (bool, "`true` or `false`", "list of `true` and `false`"),
    (str, "text", "list of texts"),
)
_REQUIRED: Final = "required"
#: What is no record and has fields: tags, and the front matter of pages.
PAGES: Final[dict[str, type[BaseModel]]] = {
    "post": PostMeta,
    "tag": Tag,
    "course": CourseMeta,
    "lesson": LessonMeta,
}


def fields_table(kind: str) -> Table:
    """The table of the fields of one kind of record, ``partner``, or of the front matter of one kind of page.

    :raises NoTableError: there is no such kind.
    """
    models: dict[str, type[BaseModel]] = {model.kind_name: model for model in KINDS.values()}
    models |= PAGES
    if kind not in models:
        raise NoTableError(f"there is no kind {kind!r} (known: {', '.join(models)})")
    model = models[kind]
    hints = get_type_hints(model, include_extras=True)
    sources = _sources(model)
    rows = []
    for name, field in model.model_fields.items():
        default = Sentence(_REQUIRED) if field.is_required() else Verbatim(_default(field.default))
        rows.append(
            Row(
                f"field-{kind}-{field.alias or name}",
                (
                    Verbatim(field.alias or name),
                    Sentence(type_words(hints[name])),
                    default,
                    _described(field.description or "", sources),
                ),
            )
        )
    columns = (_("Field"), _("Type"), _("Default"), _("Meaning"))
    return Table(tuple(map(str, columns)), tuple(rows), tuple(texts.path for texts in sources))


def type_words(hint: Any) -> str:  # noqa: ANN401 a type hint has no type of its own
    """What a value of the type is, in words.

    :raises TypeError: the type has no words here yet.
    """
    for known, words, _listed in _WORDS:
        if hint == known:
            return words
    origin, members = get_origin(hint), get_args(hint)
    if origin is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in members)
    if origin in {Union, types.UnionType}:
        return " or ".join(type_words(member) for member in members if member is not types.NoneType)
    if origin is tuple:
        if get_origin(members[0]) is Literal:
            return "list of " + ", ".join(f"`{value}`" for value in get_args(members[0]))
        for known, _words, listed in _WORDS:
            if members[0] == known:
                return listed
    raise TypeError(f"the reference has no words for the type {hint!r}")


def _default(value: object) -> str:
    """A default as YAML has it; empty where leaving the field out means that there is nothing."""
    return "" if value is None or value == () else json.dumps(value)


def _sources(model: type[BaseModel]) -> list[SourceTexts]:
    modules = dict.fromkeys(
        base.__module__ for base in model.__mro__ if issubclass(base, BaseModel) and base is not BaseModel
    )
    files = (sys.modules[module].__file__ for module in modules)
    return [SourceTexts(Path(file)) for file in files if file]


def _described(description: str, sources: list[SourceTexts]) -> Sentence:
    found = (texts.sentence(description) for texts in sources)
    return next((sentence for sentence in found if sentence.path), Sentence(description))
