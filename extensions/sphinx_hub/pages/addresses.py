"""Where a translation is worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx_hub.forges import file_address

if TYPE_CHECKING:
    from sphinx_hub.settings import Language, Settings


def catalog_address(settings: Settings, language: Language, domain: str, line: int = 0) -> str:
    """The catalog in the repository, at ``line`` where one is given; empty where the settings name none."""
    return file_address(settings, f"{settings.catalogs}/{language.locale}/LC_MESSAGES/{domain}.po", line)


def translation_address(settings: Settings, language: Language, domain: str, message: str = "") -> str:
    """Where the catalog is translated on the web, such as in Weblate; empty where the settings name none.

    With a ``message``, at the place of it, if the address of the settings has ``{message}`` in its query.
    """
    address = settings.translate
    if not message and "{message}" in address.partition("?")[2]:
        address = address.partition("?")[0]
    # Weblate's searches have text in double quotes, with a backslash before one of its own.
    searched = message.replace("\\", "\\\\").replace('"', '\\"')
    for name, value in (("locale", language.locale), ("domain", domain), ("message", searched)):
        address = address.replace(f"{{{name}}}", quote(value))
    return address
