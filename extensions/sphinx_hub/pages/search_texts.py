"""What the search dialog says."""

from __future__ import annotations

from sphinx.locale import get_translation

_ = get_translation("sphinx_hub")


def dialog_texts() -> dict[str, str]:
    """The sentences of the dialog in the language that is being built, by the names its script knows."""
    return {
        "close": _("Close"),
        "hint": _("Type to search. Arrow keys move through the results, Enter opens one, Escape closes."),
        "recent": _("Recent searches"),
        "forget": _("Clear recent searches"),
        "none": _("No page has anything of “{query}”."),
        # One sentence for all numbers: a browser does not know gettext's plurals.
        "count": _("Pages found: {count}"),
        "related": _("Pages that have a part of it"),
        "all": _("All results on a page of their own"),
        "more": _("Show more"),
        "elsewhere": _("Search in {language}"),
    }
