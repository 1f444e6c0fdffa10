"""The pages at the root of the built site: they lead to the reader's language, and list all of them."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sphinx_hub import xml_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_hub.settings import Language

_FOLDER: Final = Path(__file__).parent / "root"


def root_page(languages: Sequence[Language], title: str) -> str:
    """The HTML of the page that stands beside the folders of ``languages``, under the name ``title``.

    With JavaScript it leads on at once, to the language that the reader chose before or else the
    browser prefers; ``?choose`` shows the list. Without, it is the list. It loads nothing: script and
    style stand inside, and its content security policy names them by their hashes.

    :raises ValueError: there is no language to list.
    """
    return _page("index.html.jinja", "choose.js", languages=languages, title=title)


def root_not_found(languages: Sequence[Language], title: str, words: Mapping[str, str], site: str) -> str:
    """The HTML of the page that a host shows at an address without a page, if it knows but one for all.

    It leads to the page ``404.html`` of the language in the address. Without JavaScript, or where the address
    has no language, it is a list of the languages.

    :param words: locale -> "Page not found" in that language, where it is known.
    :param site: the address of the root; empty where it is not known.
    :raises ValueError: there is no language to list.
    """
    root = f"{urlsplit(site).path.rstrip('/')}/"
    known = {language.locale: words.get(language.locale, "") for language in languages}
    return _page(
        "not-found.html.jinja", "not-found.js", languages=languages, title=title, words=known, root=root
    )


def _page(template: str, script_name: str, *, languages: Sequence[Language], **values: object) -> str:
    if not languages:
        raise ValueError("a root page needs at least one language")
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    script, style = (_FOLDER / script_name).read_text("utf-8"), (_FOLDER / "root.css").read_text("utf-8")
    return environment.get_template(template).render(
        languages=languages,
        script=Markup(script),  # noqa: S704 ours, and hashed below
        script_hash=_csp_hash(script),
        style=Markup(style),  # noqa: S704 ours too
        style_hash=_csp_hash(style),
        **values,
    )


def search_engine_files(site: str, languages: Sequence[Language]) -> dict[str, str]:
    """The files beside the root page by which search engines find the sitemaps; none without an address.

    ``site`` is the address of the root. The forms are those of https://www.sitemaps.org/protocol.html and of
    RFC 9309.
    """
    if not site:
        return {}
    root = f"{site.rstrip('/')}/"
    maps = "".join(
        f"<sitemap><loc>{xml_text.text(f'{root}{language.path}/sitemap.xml')}</loc></sitemap>\n"
        for language in languages
    )
    index = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{maps}</sitemapindex>\n'
    )
    return {"sitemap.xml": index, "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {root}sitemap.xml\n"}


def _csp_hash(content: str) -> str:
    """The source expression by which a content security policy allows an inline script or style."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
