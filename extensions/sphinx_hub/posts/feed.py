"""The feed of the posts in the language that is being built, with their whole translated content.

Nothing in it comes from the clock or from which pages a build happened to write: what is in the feed is taken
from the pages as they were read, so that parallel and incremental builds make the same bytes.
"""

from __future__ import annotations

import posixpath
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from docutils import nodes
from docutils.frontend import get_default_settings
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.i18n import docname_to_domain
from sphinx.util.logging import suppress_logging
from sphinx.util.osutil import relative_uri
from sphinx.writers.html import HTMLWriter

from sphinx_hub import atom
from sphinx_hub.catalogs.compiled import catalog_folder, write_if_changed
from sphinx_hub.catalogs.outdated import revised_at
from sphinx_hub.i18n import (
    Hosting,
    available_languages,
    current_language,
    hub_settings,
    is_website,
    page_credits,
    page_progress,
    page_records,
    page_uri,
    relative_address,
    whole_address,
)
from sphinx_hub.posts.domain import posts_domain, posts_of
from sphinx_hub.posts.feed_html import feed_html
from sphinx_hub.posts.feed_posts import feed_posts
from sphinx_hub.posts.surroundings import HEADER
from sphinx_hub.xml_text import attribute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_hub.posts.feed_posts import Author, FeedPost
    from sphinx_hub.settings import Language

_ = get_translation("sphinx_hub")
logger = logging.getLogger(__name__)

TYPE: Final = "application/atom+xml"
_HTML: Final = "text/html"
#: The namespace of the names. They are UUIDs of version 5 (RFC 9562), since those need no host and so outlive
#: a move of the site; a tag URI (RFC 4151) begins with a host.
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/sphinx-hub/sphinx-hub#posts")


def has_feed(builder: Builder) -> bool:
    """Whether the builder makes a website whose pages a feed can link to, one by one."""
    return is_website(builder) and builder.name != "singlehtml"


def feed_uri(app: Sphinx) -> str:
    """The address of the feed below the root of its language."""
    return f"{hub_settings(app).posts}/feed.xml"


def home_of_posts(app: Sphinx) -> str:
    """The page of all posts: the index of their folder, or else the first page of the site."""
    index = f"{hub_settings(app).posts}/index"
    return index if index in app.env.all_docs else app.config.root_doc


def feed_title(app: Sphinx) -> str:
    """What the feed is called: the page of all posts, and the site."""
    return f"{app.env.titles[home_of_posts(app)].astext()} – {app.config.html_title or app.config.project}"


class feed_link(nodes.inline):  # noqa: N801 docutils' nodes are lower case
    """A link to the feed. Builders without a feed show its words."""


def _visit_link(self: HTML5Translator, node: nodes.Element) -> None:
    attributes: dict[str, Any] = {}
    if has_feed(self.builder):
        builder = self.builder
        uri = builder.get_target_uri(builder.current_docname)
        attributes = {"href": relative_uri(uri, node["uri"]), "type": TYPE, "rel": "alternate"}
    # Without an address, an anchor is a place for a link that is not there.
    self.body.append(self.starttag(node, "a", "", CLASS="hub-feed-link", **attributes))


def _depart_link(self: HTML5Translator, node: nodes.Element) -> None:
    del node
    self.body.append("</a>")


class FeedRole(SphinxRole):
    """``{posts-feed}`atom```: a link to the feed of the posts, in the language that is being built.

    Its words are the interface's, since a translation has the same roles as its source, to the letter.
    """

    def __init__(self, uri: str) -> None:
        super().__init__()
        self.uri = uri

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The link with its words."""
        if self.text.strip() != "atom":
            logger.warning(
                "posts-feed knows only 'atom', not %r",
                self.text,
                type="hub",
                subtype="feed",
                location=self.get_location(),
            )
        return [feed_link(self.rawtext, _("Atom feed"), uri=self.uri)], []


def setup_feed(app: Sphinx) -> None:
    """Register the role, and write the feed at the end of a build."""
    app.add_config_value(
        "hub_feed_posts",
        20,
        "",
        types=frozenset({int}),
        description="How many posts the feed holds, the newest ones; 0 for all.",
    )
    app.add_node(feed_link, html=(_visit_link, _depart_link))
    app.add_role("posts-feed", FeedRole(feed_uri(app)))
    app.connect("env-updated", follow_feed)
    app.connect("html-page-context", announce_feed)
    app.connect("build-finished", write_feed)


def follow_feed(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: all pages, where the feed that they name has another title, or is new or gone."""
    data = posts_domain(env).data
    before, data["feed"] = data["feed"], feed_title(app) if posts_of(env) else ""
    return set(env.all_docs) if before is not None and before != data["feed"] else set()


def announce_feed(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context: let every page say where the feed is, for browsers and readers of feeds."""
    title = posts_domain(app.env).data["feed"]
    if not title or not has_feed(app.builder):
        return
    href = relative_uri(page_uri(app, pagename), feed_uri(app))
    # Without hreflang: next to those of the page, search engines would take it for the page in a language.
    link = f'<link rel="alternate" type="{TYPE}" href={attribute(href)} title={attribute(title)} />'
    context["metatags"] = f"{context.get('metatags', '')}\n{link}"


def write_feed(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: write the feed, whole or not at all; what stays the same keeps its time.

    One that was left from posts that are gone is removed.
    """
    if exception is not None or not has_feed(app.builder):
        return
    path = Path(app.outdir, feed_uri(app))
    posts = feed_posts(app, app.config.hub_feed_posts)
    if posts:
        write_if_changed(path, atom.atom(_Gatherer(app).feed(posts)).encode())
    else:
        path.unlink(missing_ok=True)


class _Gatherer:
    """Gathers the feed of the language that is being built."""

    builder: StandaloneHTMLBuilder

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.env = app.env
        self.builder = app.builder  # type: ignore[assignment]  # has_feed() says so
        self.settings = hub_settings(app)
        self.language = current_language(app)
        self.uri = feed_uri(app)
        self.has_base = bool(app.config.html_baseurl)
        # As the builder makes them for each of its pages, and only when it writes one.
        self.writing = get_default_settings(HTMLWriter)
        vars(self.writing).update(self.env.settings)
        self.writing.compact_lists = bool(app.config.html_compact_lists)

    def feed(self, posts: Sequence[FeedPost]) -> atom.Feed:
        """The feed with an entry for each of ``posts``, in their order."""
        author = str(self.app.config.author)
        # Sphinx's own placeholder, where conf.py names nobody.
        named = author not in {"", "Author name not set"}
        home = home_of_posts(self.app)
        return atom.Feed(
            id=self._name(),
            tag=self.language.tag,
            title=feed_title(self.app),
            subtitle=_description(self.env.get_doctree(home)),
            authors=[atom.Person(name=author if named else self.app.config.project)],
            links=[*self._own_links(), atom.Link(type=_HTML, href=self._whole(page_uri(self.app, home)))],
            entries=[self._entry(post) for post in posts],
        )

    def _name(self, *parts: str) -> str:
        site = self.settings.repository or self.app.config.project
        return uuid.uuid5(_NAMESPACE, "\n".join((site, self.language.locale, *parts))).urn

    def _own_links(self) -> Iterator[atom.Link]:
        """The feed itself, where its address is known, and the feeds of the other languages."""
        if own := whole_address(self.app, self.language, self.uri):
            yield atom.Link(rel="self", type=TYPE, href=own)
        for language in self.settings.languages:
            if language != self.language and (href := self._beside(language)):
                yield atom.Link(type=TYPE, hreflang=language.tag, href=href)

    def _beside(self, language: Language) -> str:
        if self.has_base:
            return whole_address(self.app, language, self.uri)
        return relative_address(
            self.uri, self.uri, current=self.language, language=language, hosting=Hosting.from_environment()
        )

    def _entry(self, post: FeedPost) -> atom.Entry:
        credits_ = page_credits(self.env, post.docname)
        title = self.env.titles[post.docname]
        return atom.Entry(
            id=self._name(post.key),
            title=atom.Words(text=title.astext(), tag=_tag_of(title)),
            updated=max(atom.moment(post.updated), self._translated(post.docname)),
            published=post.date,
            authors=[self._person(author, post.docname) for author in post.authors],
            contributors=[atom.Person(name=name) for name in credits_.translators] if credits_ else (),
            categories=post.categories,
            links=list(self._links(post.docname)),
            summary=atom.Words(text=post.summary, tag=self._source_tag(post)),
            content=self._content(post.docname),
        )

    def _person(self, author: Author, docname: str) -> atom.Person:
        return atom.Person(name=author.name, uri=self._of_page(author.uri, docname) if author.uri else "")

    def _source_tag(self, post: FeedPost) -> str:
        """The language of a summary that is as it was written; empty where it is that of the feed."""
        written_in = self.settings.language(page_records(self.env)[post.docname].source_locale).tag
        return written_in if post.is_summary_foreign and written_in != self.language.tag else ""

    def _translated(self, docname: str) -> str:
        """When the translation of a page was last worked on; empty where there is none."""
        progress = page_progress(self.env, docname)
        if progress is None or not (progress.current or progress.outdated):
            return ""
        domain = docname_to_domain(docname, self.app.config.gettext_compact)
        folder = self.settings.catalogs_of(self.language.locale)
        return revised_at(catalog_folder(folder, self.language.locale) / f"{domain}.po")

    def _links(self, docname: str) -> Iterator[atom.Link]:
        """The page in this language, and where enough of it is translated, in the others."""
        uri = page_uri(self.app, docname)
        yield atom.Link(type=_HTML, hreflang=self.language.tag, href=self._whole(uri))
        for each in available_languages(self.app, docname):
            if each.current or not each.complete_enough:
                continue
            href = each.address if self.has_base else each.url and _moved(each.url, uri, self.uri)
            if href:
                yield atom.Link(type=_HTML, hreflang=each.language.tag, href=href)

    def _whole(self, target: str) -> str:
        """The address of ``target`` in this site: relative to the feed where the site's is not known."""
        return whole_address(self.app, self.language, target) or relative_uri(self.uri, target)

    def _doctree(self, docname: str) -> nodes.document:
        """The page as it is written, with what is wrong in it said when it is written, and not again."""
        with suppress_logging():
            doctree = self.env.get_and_resolve_doctree(docname, self.builder, tags=self.app.tags)
            self.builder.post_process_images(doctree)
        doctree.settings = self.writing
        return doctree

    def _content(self, docname: str) -> str:
        """The text of a page as HTML, without what the entry says by itself: title, date, authors, tags."""
        doctree = self._doctree(docname)
        header = next((node for node in doctree.findall(nodes.container) if HEADER in node["classes"]), None)
        if header is not None:
            header.remove(header[0])
            if not header.children:
                header.parent.remove(header)
        title = doctree.next_node(nodes.title)
        if title is not None and isinstance(title.parent, nodes.section):
            title.parent.remove(title)
        uri = page_uri(self.app, docname)
        # What the translator asks of the builder, as the builder sets it for each page.
        self.builder.current_docname = docname
        self.builder.secnumbers = self.env.toc_secnumbers.get(docname, {})
        self.builder.fignumbers = self.env.toc_fignumbers.get(docname, {})
        self.builder.imgpath = relative_uri(uri, "_images")
        self.builder.dlpath = relative_uri(uri, "_downloads")
        translator = self.builder.create_translator(doctree, self.builder)
        doctree.walkabout(translator)
        # Of the translators that there are, that of HTML has it.
        parts: list[str] = translator.fragment  # type: ignore[attr-defined]
        return feed_html("".join(parts), lambda address: self._of_page(address, docname))

    def _of_page(self, address: str, docname: str) -> str:
        """``address``, which a page has, as it holds in the feed."""
        uri = page_uri(self.app, docname)
        page = whole_address(self.app, self.language, uri)
        return urljoin(page, address) if page else _moved(address, uri, self.uri)


def _description(doctree: nodes.document) -> str:
    metas = doctree.findall(nodes.meta)
    return next((meta["content"] for meta in metas if meta.get("name") == "description"), "")


def _tag_of(title: nodes.Element) -> str:
    """The language of a title that is not translated: its words are wrapped in it."""
    classes = [name for part in title.findall(nodes.inline) for name in part["classes"]]
    return next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")


def _moved(address: str, uri: str, feed: str) -> str:
    """``address``, which the page at ``uri`` has, as the feed at ``feed`` has it: relative to itself."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return address
    folder = posixpath.dirname(uri)
    # The page itself, where an address is only a place on it.
    target = posixpath.normpath(posixpath.join(folder, parts.path)) if parts.path else uri
    ending = "/" if (parts.path or uri).endswith("/") else ""
    # Addresses of other languages lead above the root, so both are seen from deeper down.
    here, there = (posixpath.join("/a/b/c/d", path) for path in (posixpath.dirname(feed), target))
    return urlunsplit(parts._replace(path=posixpath.relpath(there, here) + ending))
