"""Where the sites of the languages stand, and how their pages link to each other."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from sphinx_hub.i18n.languages import current_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_hub.settings import Language


def is_preview() -> bool:
    """Whether Read the Docs builds a pull request: a version that search engines shall not know."""
    return os.environ.get("READTHEDOCS_VERSION_TYPE") == "external"


def is_website(builder: Builder) -> bool:
    """Whether ``builder`` makes a website, and neither a book nor files for another program."""
    return isinstance(builder, StandaloneHTMLBuilder) and builder.name in {"html", "dirhtml", "singlehtml"}


@dataclass(frozen=True, kw_only=True)
class Hosting:
    """Where the sites of the languages stand beside each other."""

    version: str = ""
    """The segment after the language's: Read the Docs has ``/<path>/<version>/``, others ``/<path>/``."""
    alone: bool = False
    """Whether no site of another language stands there."""

    @classmethod
    def from_environment(cls) -> Hosting:
        """What Read the Docs says of the build; without it, the languages stand in sibling folders.

        A pull request is built for one project only, so its preview has no siblings.
        """
        if os.environ.get("READTHEDOCS") != "True":
            return cls()
        return cls(version=os.environ.get("READTHEDOCS_VERSION", "latest"), alone=is_preview())


def relative_address(
    uri: str, target: str, *, current: Language, language: Language, hosting: Hosting
) -> str:
    """``target`` below the root of ``language``, as the page at ``uri`` of ``current`` links to it.

    Empty where no site of ``language`` stands beside that of ``current``.
    """
    if language == current:
        # Of the page itself, the name: an empty address is its place as well, but looks like none.
        return relative_uri(uri, target) or target.rpartition("/")[2] or "./"
    if hosting.alone:
        return ""
    upwards = "../" * (uri.count("/") + (2 if hosting.version else 1))
    # An address that ends with a slash keeps it: it is that of a folder.
    return upwards + "/".join(
        (language.path, hosting.version, target) if hosting.version else (language.path, target)
    )


def site_address(base: str, *, current: Language, language: Language, hosting: Hosting) -> str:
    """The address of the site in ``language``, with a slash at its end; empty where it is not known.

    ``base`` is that of the site in ``current``: Sphinx's ``html_baseurl``. The others stand beside it where
    it ends with the language's path, or with that and a version, as on Read the Docs.
    """
    if not base:
        return ""
    base = f"{base.rstrip('/')}/"
    if language == current:
        return base
    found = re.fullmatch(rf"(.*/){re.escape(current.path)}/([^/]+/)?", base)
    return f"{found[1]}{language.path}/{found[2] or ''}" if found and not hosting.alone else ""


def page_uri(app: Sphinx, docname: str) -> str:
    """The address of a page below the root of its language."""
    # singlehtml puts the name of the document behind it.
    return app.builder.get_target_uri(docname).partition("#")[0]


def whole_address(app: Sphinx, language: Language, target: str) -> str:
    """``target`` below the root of ``language``, with its host; empty where that is not known."""
    current = current_language(app)
    site = site_address(
        app.config.html_baseurl, current=current, language=language, hosting=Hosting.from_environment()
    )
    return urljoin(site, target) if site else ""
