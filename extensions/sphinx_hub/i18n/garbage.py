"""How often Python looks for garbage while a site is built.

A build makes millions of small objects, most of which live until its end, and Python goes through all of them
again and again: a tenth of the time of a build, for little that could be freed.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: After how many new objects Python looks at the young ones, and how often then at the older ones.
_THRESHOLDS: Final = (50_000, 20, 50)
_before: WeakKeyDictionary[Sphinx, tuple[int, int, int]] = WeakKeyDictionary()


def spare_collections() -> None:
    """From now on in this process, which ends with its build: what is left then needs no look."""
    gc.set_threshold(*_THRESHOLDS)


def collect_rarely(app: Sphinx, config: Config) -> None:
    """On config-inited: look for garbage less often until the build ends."""
    if not config.hub_plain:
        _before[app] = gc.get_threshold()
        gc.set_threshold(*_THRESHOLDS)


def collect_as_before(app: Sphinx, _exception: Exception | None) -> None:
    """On build-finished: as often as before."""
    if app in _before:
        gc.set_threshold(*_before.pop(app))
