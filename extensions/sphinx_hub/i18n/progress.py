"""The role ``translation-progress``: how much of a page is translated, said on the page itself.

Sphinx has a substitution for it, ``|translation progress|``, which MyST prints as it stands; and it counts
nodes, where a translator counts messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

if TYPE_CHECKING:
    from sphinx_hub.catalogs.counts import Progress

logger = logging.getLogger(__name__)


class progress_share(nodes.inline):  # noqa: N801 docutils' nodes are lower case
    """A share that is filled in when the page has been translated."""


class TranslationProgress(SphinxRole):
    """``{translation-progress}`page```: the share of the page's words that is translated, ``87%``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The node that :func:`fill_progress` fills in."""
        if self.text.strip() != "page":
            logger.warning(
                "translation-progress knows only 'page', not %r",
                self.text,
                type="hub",
                subtype="text",
                location=self.get_location(),
            )
        return [progress_share()], []


def fill_progress(document: nodes.document, progress: Progress | None) -> None:
    """Write the share into each place of ``document`` that shows it; None is a page in its own language."""
    percent = progress.percent if progress else 100
    for node in list(document.findall(progress_share)):
        node.replace_self(nodes.inline("", f"{percent}%", classes=["hub-progress"]))
