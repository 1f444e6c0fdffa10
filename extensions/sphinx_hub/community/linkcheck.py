"""Sphinx's linkcheck, which also follows the addresses of the records, and takes its time with every host.

Sphinx waits where a server says that it is asked too often (429, with Retry-After); here no host is asked
twice within ``hub_link_pace`` seconds in the first place.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.builders.linkcheck import (
    DEFAULT_DELAY,
    CheckExternalLinksBuilder,
    Hyperlink,
    HyperlinkAvailabilityChecker,
    RateLimit,
)
from sphinx.util._pathlib import _StrPath

from sphinx_hub.records.links import addresses_in

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Seconds between two requests to one host.
PACE: Final = 1.0


class Pacing(dict[str, RateLimit]):
    """When each host may be asked next: whoever looks has the turn, or is told when the next one is.

    The workers of the checker look a host up before they ask it, and wait where its time lies ahead.
    """

    def __init__(self, pace: float) -> None:
        super().__init__()
        self._pace = pace
        self._free: dict[str, float] = {}
        self._lock = threading.Lock()

    def __getitem__(self, netloc: str) -> RateLimit:
        with self._lock:
            now = time.time()
            asked_for = self.get(netloc)
            if asked_for is not None and asked_for.next_check > now:
                return asked_for
            free = self._free.get(netloc, 0.0)
            if free <= now:
                self._free[netloc] = now + self._pace
            # The delay is doubled when a server says 429 once more, without saying for how long.
            return RateLimit(asked_for.delay if asked_for else DEFAULT_DELAY / 2, free)


class _PacedChecker(HyperlinkAvailabilityChecker):
    def __init__(self, config: Any) -> None:  # noqa: ANN401 Sphinx's own
        super().__init__(config)
        self.rate_limits = Pacing(config.hub_link_pace)


class HubLinkcheck(CheckExternalLinksBuilder):
    """The builder ``linkcheck``, with the records and with patience."""

    def finish(self) -> None:
        """Add what the records link to, and check everything."""
        folder = Path(self.app.srcdir) / "_data"
        for address, path, line in addresses_in(folder):
            name = path.relative_to(self.app.srcdir).as_posix()
            self.hyperlinks.setdefault(address, Hyperlink(address, name, _StrPath(path), line))
        # As the builder of Sphinx does, which knows one checker only.
        with (
            Path(self.outdir, "output.txt").open("w", encoding="utf-8") as self.txt_outfile,
            Path(self.outdir, "output.json").open("w", encoding="utf-8") as self.json_outfile,
        ):
            for result in _PacedChecker(self.config).check(self.hyperlinks):
                self.process_result(result)
        if self.broken_hyperlinks or self.timed_out_hyperlinks:
            self.app.statuscode = 1

    def write_linkstat(self, data: dict[str, Any]) -> None:
        """Write one result; a file of records is no page."""
        super().write_linkstat({**data, "filename": _without_suffix(data["filename"])})

    def write_entry(self, what: Any, docname: str, filename: Any, line: int, uri: str) -> None:  # noqa: ANN401
        """Write one line for people, likewise."""
        super().write_entry(what, docname, _StrPath(_without_suffix(str(filename))), line, uri)


def _without_suffix(filename: str) -> str:
    """Sphinx takes every name for that of a page, and adds its suffix."""
    return filename.partition(".yaml")[0] + ".yaml" if ".yaml." in filename else filename


def setup_linkcheck(app: Sphinx) -> None:
    """Put the builder in the place of Sphinx's own."""
    app.add_builder(HubLinkcheck, override=True)
    app.add_config_value(
        "hub_link_pace",
        PACE,
        "",
        types=frozenset({float, int}),
        description="Seconds between two requests of `nox -s linkcheck` to the same host.",
    )
