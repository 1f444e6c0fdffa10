"""Pages whose sources are gone: Sphinx forgets them and leaves their files where readers find them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def remove_old_pages(
    app: Sphinx,
    _env: BuildEnvironment,
    _added: set[str],
    _changed: set[str],
    removed: set[str],
) -> list[str]:
    """On env-get-outdated: remove the built page of each source that is gone or excluded by now.

    With it goes the copy of its source, which is no less public.
    """
    if isinstance(app.builder, StandaloneHTMLBuilder):
        for docname in removed:
            Path(app.builder.get_output_path(docname)).unlink(missing_ok=True)
            for suffix in app.config.source_suffix:
                copied = f"_sources/{docname}{suffix}{app.config.html_sourcelink_suffix}"
                Path(app.builder.outdir, copied).unlink(missing_ok=True)
    return []
