"""Serve languages on this machine, and show each change of their sources at once."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.settings import Language, Settings


class PreviewUnavailableError(Exception):
    """What watches files is not installed."""


def preview(settings: Settings, languages: Sequence[Language], *, port: int, open_browser: bool) -> int:
    """Serve ``languages`` on loopback until Ctrl-C; returns the exit code.

    Where ``port`` is taken, a free one is used. Problems are printed, and shown in the pages.

    :raises PreviewUnavailableError: watchfiles is not installed.
    """
    if importlib.util.find_spec("watchfiles") is None:
        raise PreviewUnavailableError("previews need watchfiles: run `nox -s preview`, or install it")
    from sphinx_hub.building.preview.session import Session  # noqa: PLC0415 it needs what may be missing

    return Session(settings, languages, port=port, open_browser=open_browser).run()
