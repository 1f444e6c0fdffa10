"""Strings of Furo and of Sphinx that come to the reader without a translation of their own.

The theme marks them but ships no catalogs (furo#434), and Sphinx's catalogs have gaps. Listed here,
they are extracted with the interface's strings; the interface's catalog is loaded for the theme too.
"""

from __future__ import annotations

from typing import Final


def N_(message: str) -> str:  # noqa: N802 gettext's name for "mark, don't translate"
    """Mark ``message`` for extraction and give it back as it is."""
    return message


#: Of Furo's own templates, those that are not overridden here.
FURO: Final = (
    N_("Edit this page"),
    N_("View this page"),
    N_("Please activate JavaScript to enable the search functionality."),
    N_("Versions"),
    N_("Downloads"),
    N_("On Read the Docs"),
    N_("Project Home"),
    N_("Builds"),
)

#: Of Sphinx: what its catalog for zh_TW lacks.
SPHINX: Final = (
    N_("Logo of %s"),
    N_("%s; configuration value"),
    N_("Default"),
    N_("Type"),
    N_("Index &#x2013; %(key)s"),
)
