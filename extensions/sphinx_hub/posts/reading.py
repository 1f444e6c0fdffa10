"""What happens to posts at each stage of a build, until all pages are read."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Final, cast

from docutils import nodes
from sphinx.util import logging

from sphinx_hub import records
from sphinx_hub.catalogs.patterns import is_excluded
from sphinx_hub.i18n import data_catalog, extract, hub_settings
from sphinx_hub.posts.domain import PostSite, is_for_readers, posts_domain, posts_of
from sphinx_hub.posts.speed import length_of
from sphinx_hub.problems import display_path
from sphinx_hub.records.hub import RecordText
from sphinx_hub.settings import DRAFTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.records import Person, PostFile

logger = logging.getLogger(__name__)

#: While files are looked for, the patterns of conf.py; afterwards they are put back.
_PATTERNS: Final = "hub_exclude_patterns"
_TAGS: Final = "_data/tags"


def load_posts(app: Sphinx) -> None:
    """On builder-inited: read the front matter of all posts, and say once a build what is wrong with it.

    What is not for readers yet is left out like a page that conf.py excludes, so that nothing knows of it;
    translators get it all the same. Processes that read in parallel start later, and inherit what was loaded.
    """
    settings = hub_settings(app)
    data = settings.source_path / (getattr(app.config, "hub_data", None) or settings.data_path.name)
    tags, problems = records.load_tags(data)
    # What is wrong with the records is said by who shows them.
    hub, _told = records.load_hub(data)
    posts, of_posts = records.load_posts(settings.posts_path, settings.source_path, hub, tags)
    for problem in (*problems, *of_posts):
        logger.warning(
            "%s %s",
            problem.code,
            problem.message,
            type="hub",
            subtype="post",
            location=f"{display_path(problem.path)}:{problem.line}",
        )
    everything = bool(app.config.hub_drafts or os.environ.get(DRAFTS)) or app.builder.name == "gettext"
    shown = {
        app.env.path2doc(post.path) or "": post.meta
        for post in posts
        if post.meta
        and is_for_readers(post.meta, drafts=everything)
        # What the language leaves out is among these patterns by now.
        and not is_excluded(
            post.path.relative_to(settings.source_path).as_posix(), app.config.exclude_patterns
        )
    }
    catalog = data_catalog(app, "tags")
    people = data_catalog(app, "people")
    posts_domain(app.env).site = PostSite(
        metas=shown,
        tags=tags,
        tag_names={tag.id: catalog.gettext(tag.name) for tag in tags.by_id.values()},
        people={id_: cast("Person", record).kind for id_, record in hub.records["people"].items()},
        data_files=(tags.path, data / "people.yaml", catalog.path, people.path),
    )
    hidden = [path for post in posts if (path := _hidden(post, settings.source_path, everything=everything))]
    setattr(app, _PATTERNS, app.config.exclude_patterns)
    app.config.exclude_patterns = [*app.config.exclude_patterns, *sorted(hidden)]


def _hidden(post: PostFile, source: Path, *, everything: bool) -> str | None:
    """The pattern that leaves a post out, where it is not for readers yet."""
    return None if everything or not post.held_back else post.path.relative_to(source).as_posix()


def show_all_patterns(app: Sphinx, *_found: object) -> list[str]:
    """On env-get-outdated: put the patterns of conf.py back.

    Sphinx keeps the configuration with the pages, and reads all of them anew where this value has changed.
    """
    app.config.exclude_patterns = getattr(app, _PATTERNS)
    return []


def find_outdated(app: Sphinx, env: BuildEnvironment, *_found: object) -> list[str]:
    """On env-get-outdated: the pages in whose navigation posts come, go or change their order."""
    del app
    domain = posts_domain(env)
    now = domain.site.ordered()
    return [docname for docname, before in domain.data["toctrees"].items() if before != now]


def count_words(app: Sphinx, doctree: nodes.document) -> None:
    """On doctree-read: note how much there is to read on a post, without its code."""
    docname = app.env.current_document.docname
    domain = posts_domain(app.env)
    if docname in domain.site.metas:
        domain.data["lengths"][docname] = length_of(" ".join(_read_texts(doctree)))
        for path in domain.site.data_files:
            app.env.note_dependency(str(path))


def _read_texts(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield str(node)
    elif not isinstance(node, nodes.literal_block | nodes.Invisible | nodes.docinfo | nodes.raw):
        for child in node.children:
            yield from _read_texts(child)


def extract_tags(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """On env-updated: put the names of tags into their catalog."""
    tags = posts_domain(env).site.tags
    texts = (RecordText(tag.name, tags.path, tags.lines[tag.id]) for tag in tags.by_id.values())
    extract(app, _TAGS, texts)
    return []


def follow_posts(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: the pages that show lists, where what these show has changed."""
    del app
    domain = posts_domain(env)
    posts = [
        (post.docname, post.title, post.summary, post.minutes, repr(post.meta)) for post in posts_of(env)
    ]
    digest = hashlib.sha256(repr((posts, sorted(domain.site.tag_names.items()))).encode()).hexdigest()
    before, domain.data["shown"] = domain.data["shown"], digest
    return set(domain.data["lists"]) if before is not None and before != digest else set()
