"""The parts of which lists of posts and the lines around a post are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel import Locale
from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translation, get_translator
from sphinx.util.nodes import make_refnode

from sphinx_hub.catalogs.pseudo import known_locale
from sphinx_hub.i18n import current_language, hub_settings, moment, separator, written_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx

    from sphinx_hub.posts.domain import Post
    from sphinx_hub.records import PartialDate, PostMeta

_ = get_translation("sphinx_hub")

#: Between the facts of a line.
BETWEEN: Final = " · "


def filled(sentence: str, **values: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """The nodes of ``sentence``, with ``values`` in the places of its names in braces."""
    rest = sentence
    for name, value in sorted(values.items(), key=lambda item: sentence.find(f"{{{item[0]}}}")):
        before, _sign, rest = rest.partition(f"{{{name}}}")
        if before:
            yield nodes.Text(before)
        yield from value
    if rest:
        yield nodes.Text(rest)


def joined(parts: Iterable[Sequence[nodes.Node]], between: str) -> Iterator[nodes.Node]:
    """All nodes of ``parts``, with ``between`` between two of them."""
    for number, part in enumerate(parts):
        if number:
            yield nodes.Text(between)
        yield from part


def date_text(app: Sphinx, day: PartialDate) -> str:
    """A date as the language that is being built writes it."""
    return written_date(day, Locale.parse(known_locale(current_language(app).locale)))


def date_node(app: Sphinx, day: PartialDate) -> nodes.Node:
    """A date as the language that is being built writes it, and as programs read it."""
    text = date_text(app, day)
    return moment(text, text, datetime=str(day), classes=["hub-date"])


def reading_time(minutes: int) -> str:
    """How long a text takes to read, in words."""
    form = get_translator("sphinx_hub").ngettext("{count} minute to read", "{count} minutes to read", minutes)
    return form.replace("{count}", str(minutes))


def record_link(docname: str, kind: str, name: str) -> addnodes.pending_xref:
    """A link to a record, which gets its name in the reader's language when it is resolved."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", name, classes=["hub-name"]),
        refdoc=docname,
        refdomain="hub",
        reftype=kind,
        reftarget=name,
        refexplicit=False,
        refwarn=False,
        hub_name=True,
    )


def group_link(docname: str, group: str, key: str, name: str) -> addnodes.pending_xref:
    """A link to a group of an archive: a tag or a year. Where no page is one, its text stays."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", name),
        refdoc=docname,
        refdomain="posts",
        reftype=group,
        reftarget=key,
        refexplicit=True,
        refwarn=False,
    )


def post_link(app: Sphinx, docname: str, post: Post) -> nodes.reference:
    """A link to a post under its title, which says in which language it is where that is not the page's."""
    # Made here: a reference that Sphinx resolves keeps no more than the words.
    title = nodes.inline("", post.title, classes=["doc", *title_classes(app, post.docname)])
    return make_refnode(app.builder, docname, post.docname, None, title)


def title_classes(app: Sphinx, docname: str) -> list[str]:
    """The class that names the language of the title of ``docname``, where it is not that of the site."""
    marked = (node["classes"] for node in app.env.titles[docname].findall(nodes.inline))
    return [name for classes in marked for name in classes if name.startswith("language-")][:1]


def facts(app: Sphinx, docname: str, meta: PostMeta, minutes: int, names: dict[str, str]) -> list[nodes.Node]:
    """Date, authors, time to read and tags of a post, as they stand on the page ``docname``."""
    authors = [[record_link(docname, "person", name)] for name in meta.authors]
    parts: list[list[nodes.Node]] = [
        [date_node(app, meta.date)],
        list(filled(_("By {authors}"), authors=list(joined(authors, separator(app))))),
        [nodes.inline("", reading_time(minutes), classes=["hub-fact"])],
    ]
    if meta.tags:
        tags = [[group_link(docname, "tag", tag, names.get(tag, tag))] for tag in meta.tags]
        parts.append(list(filled(_("Tags: {tags}"), tags=list(joined(tags, separator(app))))))
    return list(joined(parts, BETWEEN))


def foreign(app: Sphinx, text: str, source: str) -> nodes.Node:
    """``text``, marked with the language of the sources where it is still the ``source`` of a translation."""
    classes = foreign_classes(app, text, source)
    return nodes.inline("", text, classes=classes) if classes else nodes.Text(text)


def foreign_classes(app: Sphinx, text: str, source: str) -> list[str]:
    """The class that names the language of ``text``, where it is still the ``source`` of a translation."""
    written = hub_settings(app).source_language
    same = text != source or written.tag == current_language(app).tag
    # docutils' HTML writers turn it into the attribute lang.
    return [] if same else [f"language-{written.tag}"]
