"""Where a translation is worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
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
