"""The directives ``post-list`` and ``post-toctree``.

A list is filled when its page is written: titles and summaries are known in the reader's language once all
pages are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sphinx_hub.posts.domain import GROUPS, posts_domain, posts_of
from sphinx_hub.posts.nodes import facts, foreign, foreign_classes, post_link, record_link
from sphinx_hub.records.refusal import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import OptionSpec

    from sphinx_hub.posts.domain import Post, PostSite

_ = get_translation("sphinx_hub")
logger = logging.getLogger(__name__)


class post_list(nodes.General, nodes.Element):  # noqa: N801 docutils' nodes are lower case
    """Stands for a list until its page is written. Its options are in ``selection``."""


def add_lists(app: Sphinx) -> None:
    """Register the directives, and what fills the lists."""
    app.add_node(post_list)
    app.add_directive("post-list", PostList)
    app.add_directive("post-toctree", PostToctree)
    app.add_post_transform(type("ShowPosts", (ShowPosts,), {"building": app}))


class PostList(SphinxDirective):
    """Posts, the newest first: all of them, or those of a tag, an author or a year; or all in groups."""

    option_spec: ClassVar[OptionSpec] = {
        "tag": directives.unchanged_required,
        "author": directives.unchanged_required,
        "year": directives.nonnegative_int,
        "limit": directives.positive_int,
        "by": lambda value: directives.choice(value, GROUPS),
        "paginate": directives.positive_int,
        "plain": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """The node that :class:`ShowPosts` replaces."""
        domain, docname = posts_domain(self.env), self.env.docname
        selection = {key: value for key, value in self.options.items() if value is not None}
        selection |= {"plain": True} if "plain" in self.options else {}
        if not self._is_known(domain.site, selection):
            return []
        groups = domain.data["lists"].setdefault(docname, [])
        groups += [selection["by"]] if "by" in selection else []
        if "paginate" in selection:
            domain.data["paginated"][docname] = selection
        for path in domain.site.data_files:
            self.env.note_dependency(str(path))
        for meta in domain.site.metas.values():
            if meta.thumbnail:
                self.env.images.add_file(docname, meta.thumbnail)
        return [post_list(selection=selection)]

    def _is_known(self, site: PostSite, selection: Mapping[str, Any]) -> bool:
        """Whether there is what the options name; else say what there is."""
        for option, known in (("tag", list(site.tags.by_id)), ("author", list(site.people))):
            name = selection.get(option)
            if name is not None and name not in known:
                message = f"{self.name}: there is no {option} {name!r}{nearest(name, known)}"
                logger.warning("%s", message, type="hub", subtype="post", location=self.get_location())
                return False
        if "by" in selection and "paginate" in selection:
            message = f"{self.name}: an archive is not cut into pages: remove ':by:' or ':paginate:'"
            logger.warning("%s", message, type="hub", subtype="post", location=self.get_location())
            return False
        return True


class PostToctree(SphinxDirective):
    """The posts in the navigation, the newest first, without a list of them in the page."""

    def run(self) -> list[nodes.Node]:
        """A hidden toctree, which Sphinx's own would be if somebody kept it up to date by hand."""
        domain, docname = posts_domain(self.env), self.env.docname
        entries = domain.site.ordered()
        domain.data["toctrees"][docname] = entries
        for entry in entries:
            self.env.note_dependency(str(self.env.doc2path(entry)))
        tree = addnodes.toctree(
            parent=docname,
            entries=[(None, entry) for entry in entries],
            includefiles=entries,
            maxdepth=-1,
            caption=None,
            glob=False,
            hidden=True,
            includehidden=False,
            numbered=0,
            titlesonly=True,
        )
        self.set_source_info(tree)
        return [nodes.compound("", tree, classes=["toctree-wrapper"])]


def selected(env: BuildEnvironment, selection: Mapping[str, Any]) -> list[Post]:
    """The posts that the options of a list ask for, the newest first."""
    posts = [
        post
        for post in posts_of(env)
        if selection.get("tag") in {None, *post.meta.tags}
        and selection.get("author") in {None, *post.meta.authors}
        and selection.get("year") in {None, post.meta.date.year}
    ]
    return posts[: selection.get("limit")]


class ShowPosts(SphinxPostTransform):
    """Puts the posts where the directive stands, before references are resolved."""

    default_priority = 5
    building: ClassVar[Sphinx]
    """The application that is building: the transform's own is deprecated since Sphinx 9."""

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 docutils' signature
        """Run for the page that is being written."""
        del kwargs
        for node in list(self.document.findall(post_list)):
            node.replace_self(list(self._content(node["selection"])))

    def _content(self, selection: Mapping[str, Any]) -> Iterator[nodes.Node]:
        posts = selected(self.env, selection)
        if not posts:
            yield nodes.paragraph("", _("There is no post here yet."))
        elif "by" in selection:
            yield from self._groups(selection, posts)
        else:
            docname = self.env.current_document.docname
            size = (
                selection["paginate"] if "paginate" in selection and has_pages(self.building) else len(posts)
            )
            yield posts_list(self.building, docname, posts[:size], plain=selection.get("plain", False))
            yield from page_links(self.building, docname, -(-len(posts) // size), 1)

    def _groups(self, selection: Mapping[str, Any], posts: Sequence[Post]) -> Iterator[nodes.Node]:
        docname = self.env.current_document.docname
        group = selection["by"]
        for key in self._keys(group, posts):
            of_key = [post for post in posts if key in _groups_of(post, group)]
            if not of_key:
                continue
            title: nodes.Node = nodes.Text(posts_domain(self.env).site.tag_names.get(key, key))
            if group == "author":
                title = record_link(docname, "person", key)
            yield nodes.target("", "", ids=[f"{group}-{key}"])
            yield nodes.rubric("", "", title, **{"heading-level": 3})
            yield posts_list(self.building, docname, of_key, plain=selection.get("plain", False))

    def _keys(self, group: str, posts: Sequence[Post]) -> list[str]:
        """The groups in their order: tags as in their file, the last year first, authors as posts come."""
        if group == "tag":
            return list(posts_domain(self.env).site.tags.by_id)
        return list(dict.fromkeys(key for post in posts for key in _groups_of(post, group)))


def _groups_of(post: Post, group: str) -> Sequence[str]:
    if group == "tag":
        return post.meta.tags
    return post.meta.authors if group == "author" else (str(post.meta.date.year),)


def posts_list(app: Sphinx, docname: str, posts: Sequence[Post], *, plain: bool) -> nodes.bullet_list:
    """The list of ``posts`` for the page ``docname``; a ``plain`` one has titles and dates alone."""
    names = dict(posts_domain(app.env).site.tag_names)
    items = []
    for post in posts:
        item = nodes.list_item(
            "", nodes.paragraph("", "", post_link(app, docname, post), classes=["hub-post-title"])
        )
        if plain:
            line = facts(app, docname, post.meta, post.minutes, names)[:1]
            item += nodes.paragraph("", "", *line, classes=["hub-post-facts"])
        else:
            if post.meta.thumbnail:
                alt = str(app.env.metadata[post.docname].get("thumbnail-alt", post.meta.thumbnail_alt or ""))
                uri = post.meta.thumbnail
                classes = ["hub-thumbnail", *foreign_classes(app, alt, post.meta.thumbnail_alt or "")]
                item.insert(0, nodes.image(uri=uri, candidates={"*": uri}, alt=alt, classes=classes))
            line = facts(app, docname, post.meta, post.minutes, names)
            item += nodes.paragraph("", "", *line, classes=["hub-post-facts"])
            item += nodes.paragraph("", "", foreign(app, post.summary, post.meta.summary))
        items.append(item)
    return nodes.bullet_list("", *items, classes=["hub-posts"])


def has_pages(app: Sphinx) -> bool:
    """Whether a long list goes on on further pages: books, and what is one page, have it in one piece."""
    builder = app.builder
    return isinstance(builder, StandaloneHTMLBuilder) and not isinstance(
        builder, SingleFileHTMLBuilder | Epub3Builder
    )


def further_page(docname: str, number: int) -> str:
    """The name of page ``number`` of a list that begins on the page ``docname``."""
    if number == 1:
        return docname
    folder, _slash, name = docname.rpartition("/")
    base = f"{folder}/" if folder else ""
    return f"{base}page-{number}" if name == "index" else f"{base}{name}-page-{number}"


def page_links(app: Sphinx, docname: str, count: int, number: int) -> Iterator[nodes.Node]:
    """The links to newer and to older posts, below page ``number`` of ``count``."""
    if count < 2:  # noqa: PLR2004 one page has no other
        return
    here = further_page(docname, number)
    parts: list[nodes.Node] = []
    for text, other in ((_("Newer posts"), number - 1), (_("Older posts"), number + 1)):
        if 1 <= other <= count:
            uri = app.builder.get_relative_uri(here, further_page(docname, other))
            parts.append(nodes.reference("", text, internal=True, refuri=uri))
    place = _("Page {number} of {count}").replace("{number}", str(number)).replace("{count}", str(count))
    parts.insert(1 if number > 1 else 0, nodes.inline("", place))
    yield nodes.container(
        "",
        nodes.paragraph(
            "", "", *(part for pair in zip(parts, _spaces(len(parts)), strict=True) for part in pair)
        ),
        classes=["hub-pages"],
    )


def _spaces(count: int) -> list[nodes.Node]:
    return [nodes.Text(" ") for _number in range(count)]
