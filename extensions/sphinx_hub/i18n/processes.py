"""In how many processes the pages of one language are read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def use_processes(app: Sphinx) -> None:
    """On builder-inited: share the pages among ``hub_processes``, where every extension says that it can.

    Sphinx's own option ``-j`` warns of each extension that does not say so, which ends a build under ``-W``.
    """
    extensions = app.extensions.values()
    if all(each.parallel_read_safe and each.parallel_write_safe for each in extensions):
        app.parallel = max(app.parallel, app.config.hub_processes)
