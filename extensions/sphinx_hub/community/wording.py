"""Sentences of the interface with places left open, filled with text or with nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from babel.lists import format_list
from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from babel import Locale

_PLACE: Final = re.compile(r"\{(\w+)\}")


def filled(sentence: str, **values: str) -> str:
    """``sentence`` with each ``{name}`` replaced by its value.

    A place that is not known stays as it is: sentences come from catalogs, and a slip in one of them
    must not end the build.
    """
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), sentence)


def filled_nodes(sentence: str, **values: nodes.Node) -> list[nodes.Node]:
    """``sentence`` as nodes, with each ``{name}`` replaced by its node."""
    return _put_together(sentence, values)


def listed(items: Sequence[nodes.Node], locale: Locale) -> list[nodes.Node]:
    """``items`` as the language lists things: "a, b, and c", "a、b和c"."""
    pattern = format_list([f"{{{number}}}" for number in range(len(items))], locale=locale)
    return _put_together(pattern, {str(number): item for number, item in enumerate(items)})


def _put_together(sentence: str, values: Mapping[str, nodes.Node]) -> list[nodes.Node]:
    # Splitting on one group leaves text at even and names at odd positions.
    parts: list[nodes.Node] = []
    for position, part in enumerate(_PLACE.split(sentence)):
        if position % 2:
            parts.append(values.get(part) or nodes.Text(f"{{{part}}}"))
        elif part:
            parts.append(nodes.Text(part))
    return parts
