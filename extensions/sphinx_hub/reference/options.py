"""The options of this extension's own directive, described as those of the other directives are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_hub.community import Option

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The options of each directive, by its name.
OPTIONS: Final[Mapping[str, tuple[Option, ...]]] = {
    "reference-table": (
        Option("prefix", "text", "Only the rows whose first cell begins with this text, such as `REC`."),
        Option("no-index", "no value", "Rows get no anchor; for a table that another page shows too."),
    ),
}
