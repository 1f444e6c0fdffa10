"""What stands around the text of a post: who wrote it and when, and at its end what it is about."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, Final

from babel import Locale
from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_hub.catalogs.pseudo import known_locale
from sphinx_hub.i18n import current_language, separator
from sphinx_hub.posts.domain import posts_domain, posts_of
from sphinx_hub.posts.feed_posts import author_of
from sphinx_hub.posts.nodes import date_node, facts, filled, joined, record_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_hub.records import Original, PostMeta

_ = get_translation("sphinx_hub")


def N_(message: str) -> str:  # noqa: N802 the name by which extraction tools know it
    """Mark ``message`` for the translators; it is looked up where it is shown."""
    return message


#: The lines below the title, the first of them with date, authors and tags.
HEADER: Final = "hub-post-header"
_AUDIENCES: Final = {
    "everybody": N_("Written for everybody"),
    "beginners": N_("Written for beginners"),
    "developers": N_("Written for developers"),
    "researchers": N_("Written for researchers"),
    "translators": N_("Written for translators"),
}
_RELATED: Final = (
    ("partners", "partner"),
    ("collaborations", "collaboration"),
    ("achievements", "achievement"),
)


class ShowSurroundings(SphinxPostTransform):
    """Puts the lines around each post, before references are resolved."""

    default_priority = 5
    building: ClassVar[Sphinx]
    """The application that is building: the transform's own is deprecated since Sphinx 9."""

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 docutils' signature
        """Run for the page that is being written, or for each of those that a book is made of."""
        del kwargs
        places: list[tuple[nodes.Element, str]] = [(self.document, self.env.current_document.docname)]
        places += [(node, node["docname"]) for node in self.document.findall(addnodes.start_of_file)]
        metas = posts_domain(self.env).site.metas
        for place, docname in places:
            section = next(iter(place.findall(nodes.section)), None)
            if docname in metas and section is not None:
                self._surround(section, docname, metas[docname])

    def _surround(self, section: nodes.section, docname: str, meta: PostMeta) -> None:
        domain = posts_domain(self.env)
        length = domain.data["lengths"][docname]
        lines = [facts(self.building, docname, meta, length.minutes, dict(domain.site.tag_names))]
        more = list(joined(self._more(meta), " · "))
        if more:
            lines.append(more)
        paragraphs = [nodes.paragraph("", "", *line) for line in lines]
        # Sphinx's search passes over this class: it is no text of the page.
        header = nodes.container("", *paragraphs, classes=[HEADER, "no-search"])
        section.insert(1, header)  # behind the title, which every section has
        related = [
            [record_link(docname, kind, name)] for field, kind in _RELATED for name in getattr(meta, field)
        ]
        if related:
            line = filled(_("More about: {records}"), records=list(joined(related, separator(self.building))))
            footer = nodes.container(
                "", nodes.paragraph("", "", *line), classes=["hub-post-footer", "no-search"]
            )
            section += footer

    def _more(self, meta: PostMeta) -> Iterator[list[nodes.Node]]:
        if meta.updated:
            day = date_node(self.building, meta.updated)
            yield list(filled(_("Updated on {date}"), date=[day]))
        if meta.original:
            yield list(self._original(meta.original))
        if meta.audience:
            yield [nodes.Text(_(_AUDIENCES[meta.audience]))]

    def _original(self, original: Original) -> Iterator[nodes.Node]:
        locale = Locale.parse(known_locale(current_language(self.building).locale))
        tag = Locale.parse(original.language.replace("-", "_"))
        language = tag.get_display_name(locale) or original.language
        host = original.url.removeprefix("https://").partition("/")[0]
        link = nodes.reference("", host, refuri=original.url)
        if original.date is None:
            yield from filled(
                _("First published on {site} in {language}"), site=[link], language=[nodes.Text(language)]
            )
        else:
            day = date_node(self.building, original.date)
            yield from filled(
                _("First published on {site} in {language}, {date}"),
                site=[link],
                language=[nodes.Text(language)],
                date=[day],
            )


def describe(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """On html-page-context: say who wrote a post, and what it is about unless its page says that already."""
    site = posts_domain(app.env).site
    if pagename not in site.metas:
        return
    post = next((post for post in posts_of(app.env) if post.docname == pagename), None)
    if post is None:
        return
    authors = [(site.people.get(name), author_of(app, pagename, name)) for name in post.meta.authors]
    # What `sphinx_hub.pages` tells search engines.
    context["hub_authors"] = [(each.name, each.uri, kind == "team") for kind, each in authors]
    if 'name="description"' not in context.get("metatags", ""):
        content = escape(post.summary)
        context["metatags"] = (
            f'{context.get("metatags", "")}\n<meta name="description" content="{content}" />'
        )
