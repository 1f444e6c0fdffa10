"""Where a translation is worked on, and where files of the other languages stand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from sphinx_hub.pages.switcher import Hosting
    from sphinx_hub.settings import Language, Settings


def catalog_address(settings: Settings, language: Language, domain: str) -> str:
    """The catalog in the repository; empty where the settings name none."""
    if not settings.repository:
        return ""
    path = f"{settings.branch}/{settings.catalogs}/{language.locale}/LC_MESSAGES/{domain}.po"
    return f"{settings.repository.rstrip('/')}/blob/{quote(path)}"


def translation_address(settings: Settings, language: Language, domain: str) -> str:
    """Where the catalog is translated on the web, such as in Weblate; empty where the settings name none."""
    return settings.translate.replace("{locale}", language.locale).replace("{domain}", quote(domain))


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
    return upwards + "/".join(filter(None, (language.path, hosting.version, target)))
