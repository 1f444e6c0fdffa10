"""The strings of conf.py that readers see: titles, the copyright line, what all pages share."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from sphinx_hub.catalogs.compiled import SITE
from sphinx_hub.catalogs.markup_safety import excess
from sphinx_hub.i18n.catalogs import DataCatalog, domain_catalog
from sphinx_hub.i18n.extraction import extract
from sphinx_hub.i18n.page import is_meta_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: The configuration values whose text is shown, in the order in which a translator meets them.
SITE_STRINGS: Final = ("project", "html_title", "html_short_title", "copyright")
#: Options of a theme that are shown, wherever a theme has them.
THEME_STRINGS: Final = ("announcement",)


def translate_site_strings(app: Sphinx, config: Config) -> None:
    """On config-inited, after the catalogs are compiled: put the translations into the configuration.

    Themes write these strings into their pages as they are, so a translation may have no markup that its
    source has not.
    """
    catalog: DataCatalog = domain_catalog(app, SITE)
    parser = _parser(config)

    def markup(text: str) -> str:
        translation = catalog.gettext(text)
        excesses = excess(text, translation, parser) if translation != text else ()
        if excesses:
            catalog.warn(text, excesses)
        return text if excesses else translation

    for name, value in _values(config):
        # Substitutions are parsed as MyST wherever a page has them; the other strings are shown as they are.
        translate = markup if name == "myst_substitutions" else catalog.gettext
        setattr(config, name, _map(name, value, translate))


def _parser(config: Config) -> MarkdownIt:
    """A parser with the syntax of the site's pages, to compare texts with; it renders nothing."""
    options = MdParserConfig(
        enable_extensions=set(getattr(config, "myst_enable_extensions", ())),
        sub_delimiters=tuple(getattr(config, "myst_sub_delimiters", ("{", "}"))),
    )
    return create_md_parser(options, RendererHTML)


def extract_site_strings(app: Sphinx, _env: BuildEnvironment) -> None:
    """On env-updated: put the strings into the catalog of the site, with their lines in conf.py."""
    extract(app, SITE, _strings(app))


def _values(config: Config) -> Iterator[tuple[str, Any]]:
    """(name, value) of each configuration value that holds texts for readers."""
    names = (*SITE_STRINGS, "html_theme_options", "html_context", "myst_substitutions", "myst_html_meta")
    for name in names:
        value = getattr(config, name, None)
        if value:
            yield name, value


def _map(name: str, value: Any, translate: Callable[[str], str]) -> Any:  # noqa: ANN401 as conf.py has it
    """``value`` with ``translate`` called on each text for readers, in their order; the rest as it is."""
    match name:
        case "html_theme_options":
            return {
                key: _text(inner, translate) if key in THEME_STRINGS else inner
                for key, inner in value.items()
            }
        case "html_context":
            shown = value.get("hub_translated", ())
            return {key: _text(inner, translate) if key in shown else inner for key, inner in value.items()}
        case "myst_html_meta":
            return {
                key: _text(inner, translate) if is_meta_text(key) else inner for key, inner in value.items()
            }
        case "myst_substitutions":
            return {key: _text(inner, translate) for key, inner in value.items()}
    return _text(value, translate)


def _text(value: Any, translate: Callable[[str], str]) -> Any:  # noqa: ANN401
    return translate(value) if isinstance(value, str) and value.strip() else value


def _strings(app: Sphinx) -> Iterator[tuple[str, Path, int]]:
    path = Path(app.confdir) / "conf.py"
    lines = _lines_of_strings(path)
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    for name, value in _values(app.config):
        _map(name, value, note)
    for text in dict.fromkeys(found):
        # What conf.py does not write out, such as a default of Sphinx's, is not the site's to translate.
        for line in lines.get(text, ()):
            yield text, path, line


def _lines_of_strings(path: Path) -> dict[str, list[int]]:
    """Each string that stands in a Python file, with the lines on which it begins."""
    lines: dict[str, list[int]] = {}
    if path.is_file():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                lines.setdefault(node.value, []).append(node.lineno)
    return lines
