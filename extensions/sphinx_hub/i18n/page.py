"""What is known of one page while it is read: its language, its catalog, its front matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain

from sphinx_hub.catalogs.compiled import COMPILED, catalog_folder, compiled_path, load_compiled
from sphinx_hub.i18n.languages import current_language, hub_settings
from sphinx_hub.problems import Code, display_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.catalogs.entries import Entry
    from sphinx_hub.catalogs.markup_safety import Excess
    from sphinx_hub.i18n.parser import HubRenderer
    from sphinx_hub.settings import Language, Settings

logger = logging.getLogger(__name__)

#: The key of the front matter that names the locale a page is written in, where it is not the site's.
SOURCE_LANGUAGE: Final = "source-language"
#: The keys of the front matter whose values readers see, at the top level.
FRONT_MATTER_TEXTS: Final = ("title", "subtitle", "author", "description", "summary", "thumbnail-alt")
#: Names and properties of ``<meta>`` whose content is no text for readers.
META_DATA: Final = frozenset({
    "charset", "color-scheme", "generator", "googlebot", "referrer", "robots", "theme-color", "viewport",
    "og:image", "og:locale", "og:type", "og:url",
    "twitter:card", "twitter:creator", "twitter:image", "twitter:site",
})  # fmt: skip

_PAGE: Final = "hub_page"


@dataclass(frozen=True, kw_only=True)
class FrontText:
    """A text of the front matter."""

    keys: tuple[str, ...]
    """The path to it: ``("myst", "html_meta", "description")``."""
    text: str
    line: int
    """The line of the source on which the text begins."""


@dataclass(kw_only=True)
class PageText:
    """A page that is being read."""

    docname: str
    domain: str
    path: Path
    """The source file."""
    language: Language
    """The language that is being built."""
    source_language: Language
    """The language that the page is written in."""
    settings: Settings
    entries: tuple[Entry, ...]
    """The page's catalog in the language that is being built."""
    extracting: bool
    """Whether messages are only gathered for catalogs."""
    front: tuple[FrontText, ...] = ()
    renderer: HubRenderer | None = None
    """The renderer that has rendered the page; it goes on to render its messages."""
    used_substitutions: set[str] = field(default_factory=set)
    """Messages that stand in the front matter and are put in before the page is rendered."""

    @property
    def is_native(self) -> bool:
        """Whether the page is written in the language that is being built."""
        return self.language.locale == self.source_language.locale

    @property
    def po(self) -> Path:
        """The page's catalog in the language that is being built; it need not exist."""
        return catalog_folder(self.settings.catalogs_of(self.language.locale), self.language.locale) / (
            f"{self.domain}.po"
        )


def open_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """On source-read: prepare the page for the parser, and make it depend on its compiled catalog.

    Sphinx notes such a dependency while it looks for files, and forgets it when it reads the page; that
    is why a page outlives a .po that was removed.
    """
    settings, language = hub_settings(app), current_language(app)
    domain = docname_to_domain(docname, app.config.gettext_compact)
    path = Path(app.env.doc2path(docname))
    values, front = _front_matter(source[0])
    locale = values.get(SOURCE_LANGUAGE, settings.source_locale)
    written_in = next((row for row in settings.languages if row.locale == locale), None)
    if written_in is None:
        logger.warning(
            "%s %s %r is not a locale of the table of languages (known: %s)",
            Code.TEXT_LANGUAGE,
            SOURCE_LANGUAGE,
            locale,
            ", ".join(settings.locales),
            type="hub",
            subtype="text",
            location=docname,
        )
        written_in = settings.source_language
    entries: tuple[Entry, ...] = ()
    extracting = app.builder.name == "gettext"
    if written_in.locale != language.locale and not extracting:
        folder = Path(app.doctreedir) / COMPILED
        compiled = compiled_path(folder, language.locale, domain)
        if compiled.is_file():
            app.env.note_dependency(str(compiled), docname=docname)
            entries = load_compiled(folder, language.locale, domain)
    app.env.temp_data[_PAGE] = PageText(
        docname=docname,
        domain=domain,
        path=path,
        language=language,
        source_language=written_in,
        settings=settings,
        entries=entries,
        extracting=extracting,
        front=tuple(front),
    )


def page_of(env: BuildEnvironment) -> PageText | None:
    """The page that is being read; None where it is no page of this build, as in a text that is included."""
    page: PageText | None = env.temp_data.get(_PAGE)
    return page


def place_of(path: Path, line: int) -> str:
    """Where something stands, as warnings say it."""
    return f"{display_path(path)}:{line}"


def warn_unsafe(place: str, excesses: Sequence[Excess]) -> None:
    """Say at which line of a catalog, ``path:line``, a translation does what its source does not."""
    logger.warning(
        "%s the translation has what its source has not, so the source is shown: %s",
        Code.TEXT_UNSAFE,
        ", ".join(f"{excess.kind} {excess.what}".strip() for excess in excesses),
        type="hub",
        subtype="unsafe",
        location=place,
    )


def _front_matter(text: str) -> tuple[dict[str, Any], list[FrontText]]:
    """The values of the front matter, and the texts in it with their lines."""
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != "---":
        return {}, []
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        return {}, []
    block = "\n".join(lines[1:end])
    try:
        tree = yaml.compose(block, Loader=yaml.SafeLoader)
        values = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError):
        return {}, []  # MyST says what is wrong with it
    if not isinstance(tree, yaml.MappingNode) or not isinstance(values, dict):
        return {}, []
    found = [entry for entry in _texts(tree, ()) if _is_for_readers(entry.keys)]
    return values, found


def _texts(node: yaml.Node, keys: tuple[str, ...]) -> Iterator[FrontText]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _texts(value, (*keys, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _texts(value, (*keys, str(index)))
    elif isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str" and node.value.strip():
        # The front matter begins on the second line; a block scalar on the line below its sign.
        line = node.start_mark.line + 2 + (node.style in {"|", ">"})
        yield FrontText(keys=keys, text=node.value, line=line)


def _is_for_readers(keys: tuple[str, ...]) -> bool:
    match keys:
        case (key,):
            return key in FRONT_MATTER_TEXTS
        case ("myst", "html_meta", name) | ("html_meta", name):
            return is_meta_text(name)
        case ("myst", "substitutions", *_) | ("substitutions", *_):
            return True
    return False


def is_meta_text(name: str) -> bool:
    """Whether the ``<meta>`` that is called ``name`` in a source holds a text for readers.

    A name may come with more attributes: ``description lang=en``, ``property=og:title``,
    ``http-equiv=refresh``.
    """
    attributes = name.split()
    if any(attribute.startswith("http-equiv=") for attribute in attributes):
        return False
    return not any(attribute.rpartition("=")[2].lower() in META_DATA for attribute in attributes)
