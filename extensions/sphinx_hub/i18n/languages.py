"""Which language is being built, from the one table in pyproject.toml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from sphinx_hub.problems import ProblemsError
from sphinx_hub.settings import Language, Settings, find_root, load_settings, locale_from_environment

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_settings: dict[Path, Settings] = {}


def site_settings(root: Path) -> Settings:
    """The settings of the site whose pyproject.toml stands in ``root``; for conf.py.

    :raises sphinx.errors.ConfigError: with every problem of the table, one a line.
    """
    try:
        return load_settings(root)
    except ProblemsError as error:
        raise ConfigError(str(error)) from error


def site_language(settings: Settings) -> str:
    """The value for conf.py's ``language``: what Read the Docs asks for, else the source's locale.

    :raises sphinx.errors.ConfigError: Read the Docs asks for a language that is not in the table.
    """
    try:
        return locale_from_environment(settings)
    except ProblemsError as error:
        raise ConfigError(str(error)) from error


def hub_settings(app: Sphinx) -> Settings:
    """The settings of the project being built, from the pyproject.toml beside or above its conf.py.

    :raises sphinx.errors.ConfigError: there is no table ``[tool.sphinx-hub]``, or it has problems.
    """
    confdir = app.confdir
    if confdir not in _settings:
        try:
            _settings[confdir] = load_settings(find_root(confdir))
        except ProblemsError as error:
            raise ConfigError(str(error)) from error
    return _settings[confdir]


def current_language(app: Sphinx) -> Language:
    """The row of the language that is being built.

    :raises sphinx.errors.ConfigError: ``language`` is not a locale of the table.
    """
    settings = hub_settings(app)
    try:
        return settings.language(app.config.language or settings.source_locale)
    except ProblemsError as error:
        raise ConfigError(str(error)) from error


def is_source_language(app: Sphinx) -> bool:
    """Whether the language that is being built is the one that the sources are written in."""
    return current_language(app).locale == hub_settings(app).source_locale


def note_settings(app: Sphinx, config: Config) -> None:
    """On config-inited: make the table a configuration value, so that every page follows a change of it.

    Pages show the names of the languages and the repository's address; Sphinx knows nothing of the
    file that they come from. Where the project stands makes no difference.
    """
    settings = hub_settings(app)
    config.hub_settings = repr(replace(settings, root=Path()))
    if settings.site and not config.html_baseurl:
        config.html_baseurl = f"{settings.site.rstrip('/')}/{current_language(app).path}/"
