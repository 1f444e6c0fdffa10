"""What the front matter of a post says, checked as records are: every problem with its line.

A post is a page in the folder of the posts that is no index. Its front matter has the keys of
:class:`PostMeta`, and those that Sphinx, MyST and the theme know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from sphinx_hub.problems import Code, Problem
from sphinx_hub.records.dates import PartialDate
from sphinx_hub.records.day import today
from sphinx_hub.records.positions import Row, read_front_matter, read_rows
from sphinx_hub.records.post_models import PostMeta, Tag
from sphinx_hub.records.relations import check_references, check_unique, reference_fields
from sphinx_hub.records.validation import CheckedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from sphinx_hub.records.hub import Hub

#: In the folder of the records, where a site has posts.
TAGS_FILE: Final = "tags.yaml"
#: Suffixes of pages that may be posts.
_SUFFIXES: Final = frozenset({".md"})
#: Keys of front matter that are not for posts alone: Sphinx's, MyST's, Furo's, and the language of a page.
OTHER_KEYS: Final = frozenset({
    "title", "subtitle", "description", "orphan", "tocdepth", "nocomments", "no-search", "nosearch",
    "hide-toc", "myst", "html_meta", "substitutions", "source-language",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Tags:
    """The tags of a site."""

    path: Path
    by_id: Mapping[str, Tag] = field(default_factory=dict)
    """In the order of the file."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Id -> the line at which its name stands."""


@dataclass(frozen=True, kw_only=True)
class PostFile:
    """A post as its front matter has it."""

    path: Path
    meta: PostMeta | None
    """None where something is wrong with it."""
    problems: tuple[Problem, ...] = ()
    held_back: bool = False
    """Whether it is a draft or of a day to come, as far as what is wrong with it lets one see."""


def load_tags(folder: Path) -> tuple[Tags, tuple[Problem, ...]]:
    """Read the tags of the folder of the records, and every problem of them; no file is no tags."""
    path = folder / TAGS_FILE
    if not path.is_file():
        return Tags(path=path), ()
    rows, problems = read_rows(path)
    checked = [CheckedRow(row, Tag, path, {}) for row in rows or ()]
    check_unique(checked)
    problems += (problem for row in checked for problem in row.problems)
    good = [row for row in checked if row.record is not None and not row.problems]
    tags = {tag.id: tag for tag in (cast("Tag", row.record) for row in good)}
    lines = {tag_id: row.row.texts["name",] for tag_id, row in zip(tags, good, strict=True)}
    return Tags(path=path, by_id=tags, lines=lines), tuple(sorted(set(problems)))


def post_files(folder: Path) -> list[Path]:
    """The files of the posts below ``folder``, sorted: pages that are no index."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in _SUFFIXES and path.stem != "index" and not path.name.startswith(".")
    )


def read_post(path: Path, text: str, source: Path, known: Mapping[str, Iterable[str]]) -> PostFile:
    """What the front matter of the page ``text`` says, which stands in the file ``path``.

    :param source: the folder of the sources, below which images lie
    :param known: plural -> the ids of records and tags; a kind that is not there is not looked up
    """
    row, problems = read_front_matter(path, text)
    if row is None:
        if not problems:
            message = (
                "a post begins with front matter between two lines ---: date, authors and summary at least"
            )
            problems = [Problem(path, 1, Code.RECORD_SHAPE, message)]
        return PostFile(path=path, meta=None, problems=tuple(problems))
    own = {key: value for key, value in row.data.items() if key not in OTHER_KEYS}
    checked = CheckedRow(
        Row(own, row.line, row.keys, row.values, row.texts), PostMeta, path, {"source": source}
    )
    _check(checked)
    for key, target in reference_fields(PostMeta).items():
        if target in known:
            check_references(checked, key, target, list(known[target]))
    problems += checked.problems
    meta = None if problems else cast("PostMeta | None", checked.record)
    day = checked.date("date")
    # A slip in another key makes no draft public.
    held_back = own.get("draft", False) is not False or bool(day and day.first > today())
    return PostFile(path=path, meta=meta, problems=tuple(sorted(set(problems))), held_back=held_back)


def _check(checked: CheckedRow) -> None:
    """Check what concerns several keys."""
    day, updated = checked.date("date"), checked.date("updated")
    if day and updated and updated.first < day.first:
        checked.add(("updated",), Code.RECORD_DATE_ORDER, f"updated: {updated} is before date, {day}")
    original = checked.value("original")
    first = original.get("date") if isinstance(original, dict) else None
    if day and isinstance(first, str) and PartialDate.parse(first).first > day.first:
        message = (
            f"original.date: {first} is after date, {day}: what was published here first has no original"
        )
        checked.add(("original", "date"), Code.RECORD_DATE_ORDER, message)
    if checked.row.data.get("thumbnail") is not None and "thumbnail-alt" not in checked.row.data:
        message = "the key 'thumbnail-alt' is missing: what the image shows, for those who do not see it"
        checked.add(("thumbnail",), Code.RECORD_MISSING_KEY, message)


def is_published(meta: PostMeta, day: date | None = None) -> bool:
    """Whether a post is for readers on ``day``, which is today in UTC when left out."""
    return not meta.draft and meta.date.first <= (today() if day is None else day)


def known_ids(hub: Hub, tags: Tags) -> dict[str, list[str]]:
    """Plural -> the ids of all records, and of the tags."""
    return {**{plural: list(records) for plural, records in hub.records.items()}, "tags": list(tags.by_id)}


def load_posts(folder: Path, source: Path, hub: Hub, tags: Tags) -> tuple[list[PostFile], list[Problem]]:
    """The posts below ``folder``, and every problem of them."""
    known = known_ids(hub, tags)
    found: list[PostFile] = []
    problems: list[Problem] = []
    for path in post_files(folder):
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(path, 1, Code.RECORD_UNREADABLE, f"the file cannot be read: {error}"))
            continue
        post = read_post(path, text, source, known)
        found.append(post)
        problems += post.problems
    return found, problems
