"""The domain ``posts``: what is known of each post, and where the lists of them stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from sphinx_hub.posts.speed import Length
from sphinx_hub.records import Tags, is_published

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.records import PersonKind, PostMeta

#: By what an archive may group its posts.
GROUPS: Final = ("tag", "author", "year")


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post that is for readers, in the language that is being built."""

    docname: str
    meta: PostMeta
    title: str
    """As readers see it, without markup."""
    summary: str
    """In the language that is being built, or as it was written."""
    minutes: int
    """How long it takes to read, at least 1."""
    length: Length
    """How much there is to read."""


@dataclass(frozen=True, kw_only=True)
class PostSite:
    """The posts of a site as their files have them, whatever the language."""

    metas: Mapping[str, PostMeta] = field(default_factory=dict)
    """Docname -> front matter, of the posts that are to be built and have no mistake."""
    tags: Tags
    """The tags of the site."""
    tag_names: Mapping[str, str] = field(default_factory=dict)
    """Id -> what readers of the language see."""
    people: Mapping[str, PersonKind] = field(default_factory=dict)
    """Id -> whether it is a person or a team, of everybody who has a record."""
    data_files: tuple[Path, ...] = ()
    """The files with the names of tags and people, and their translations: what shows them follows them."""

    def ordered(self) -> list[str]:
        """The docnames, the newest first; those of one day by their order, then by name."""
        return sorted(
            self.metas,
            key=lambda name: (-self.metas[name].date.first.toordinal(), self.metas[name].order, name),
        )


class PostsDomain(Domain):
    """Posts, and the lists and archives that show them."""

    name = "posts"
    label = "Posts"
    object_types: ClassVar[dict[str, ObjType]] = {group: ObjType(group) for group in GROUPS}
    data_version = 2
    initial_data: ClassVar[dict[str, Any]] = {
        # docname -> Length
        "lengths": {},
        # docname -> the groups by which it is an archive; empty for one that has lists only
        "lists": {},
        # docname -> the posts in its navigation, in their order
        "toctrees": {},
        # docname -> (number of posts on a page, options of the list), of lists that go on
        "paginated": {},
        # what the feed is called, which every page says; empty without a feed
        "feed": None,
        # what lists show, as of the end of the last reading
        "shown": None,
    }

    site: PostSite
    """The posts as their files have them; set when the builder starts, and never pickled."""

    def clear_doc(self, docname: str) -> None:
        """Forget what ``docname`` said."""
        for key in ("lengths", "lists", "toctrees", "paginated"):
            self.data[key].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of ``docnames``."""
        for key in ("lengths", "lists", "toctrees", "paginated"):
            self.data[key].update({name: said for name, said in otherdata[key].items() if name in docnames})

    def archive(self, group: str) -> str | None:
        """The page that groups all posts by ``group``: the first by name, of several."""
        found = (name for name in sorted(self.data["lists"]) if group in self.data["lists"][name])
        return next(found, None)

    def resolve_xref(  # noqa: PLR0913, PLR0917 Sphinx's signature
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """The link to a group of an archive, such as a tag or a year; None where no page has it."""
        del env, node
        archive = self.archive(typ)
        return make_refnode(builder, fromdocname, archive, f"{typ}-{target}", contnode) if archive else None

    def resolve_any_xref(self, *_arguments: object) -> list[tuple[str, nodes.reference]]:
        """Nothing: what a text means by a bare word is no tag."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """None: a tag is a way to posts, and no thing to find."""
        yield from ()


def posts_domain(env: BuildEnvironment) -> PostsDomain:
    """The domain of the posts in ``env``."""
    domain = env.get_domain(PostsDomain.name)
    if not isinstance(domain, PostsDomain):
        raise TypeError(f"the domain {PostsDomain.name!r} is {type(domain).__name__}")
    return domain


def posts_of(env: BuildEnvironment) -> tuple[Post, ...]:
    """The posts of the site that are for readers, the newest first; to be asked once all pages are read."""
    domain = posts_domain(env)
    return tuple(
        _post(env, docname, domain.site.metas[docname])
        for docname in domain.site.ordered()
        if docname in env.all_docs and docname in env.titles
    )


def _post(env: BuildEnvironment, docname: str, meta: PostMeta) -> Post:
    length = posts_domain(env).data["lengths"].get(docname, Length())
    return Post(
        docname=docname,
        meta=meta,
        title=env.titles[docname].astext(),
        summary=str(env.metadata[docname].get("summary", meta.summary)),
        minutes=length.minutes,
        length=length,
    )


def is_for_readers(meta: PostMeta, *, drafts: bool) -> bool:
    """Whether a post is to be built, where ``drafts`` are or are not."""
    return drafts or is_published(meta)
