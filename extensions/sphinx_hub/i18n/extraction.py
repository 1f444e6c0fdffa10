"""Where messages leave for the catalogs: Sphinx's builder of templates, fed by what the pages noted."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.gettext import MessageCatalogBuilder, MsgOrigin
from sphinx.util.i18n import docname_to_domain

from sphinx_hub.catalogs.freshness import INPUTS, SOURCES
from sphinx_hub.i18n.languages import hub_settings
from sphinx_hub.i18n.pages import page_records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx


class TemplateBuilder(MessageCatalogBuilder):
    """The builder ``gettext``: of a MyST page it writes the messages that a translation is put in for.

    Sphinx looks for them in the finished page, where copies, moved texts and wrong lines stand
    (STACK-DEFECTS B).
    """

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Add the messages of one page to its catalog."""
        record = page_records(self.env).get(docname)
        if record is None:
            super().write_doc(docname, doctree)
            return
        catalog = self.catalogs[docname_to_domain(docname, self.config.gettext_compact)]
        for message in record.messages:
            catalog.add(message.text, MsgOrigin(message.source, message.line))

    def finish(self) -> None:
        """Write the templates, and which pages are written in another language."""
        for catalog in self.catalogs.values():
            # What ``{{ _(variable) }}`` of a Jinja template gives; Sphinx would end in a traceback on it.
            catalog.metadata.pop(None, None)  # type: ignore[call-overload]
        super().finish()
        settings = hub_settings(self._app)
        sources = {
            docname_to_domain(docname, self.config.gettext_compact): record.source_locale
            for docname, record in sorted(page_records(self.env).items())
            if record.source_locale != settings.source_locale
        }
        (Path(self.outdir) / SOURCES).write_text(json.dumps(sources, indent=1), "utf-8")
        (Path(self.outdir) / INPUTS).write_text(json.dumps(sorted(self._inputs()), indent=0), "utf-8")

    def _inputs(self) -> set[str]:
        """The files that the messages depend on: sources, what these include, templates, and the code."""
        source = Path(self.srcdir)
        named = {str(source / name) for names in self.env.dependencies.values() for name in names}
        pages = {str(self.env.doc2path(docname)) for docname in self.env.found_docs}
        code = set(filter(None, (getattr(module, "__file__", None) for module in [*sys.modules.values()])))
        folders = [Path(self.confdir, path) for path in self.config.templates_path]
        templates = {str(path) for folder in folders for path in folder.rglob("*")}
        return named | pages | code | templates


def extract(app: Sphinx, domain: str, texts: Iterable[tuple[str, Path, int]]) -> None:
    """Under the gettext builder: add each (message, file, line) to the catalog of ``domain``.

    Other builders have no catalogs to add to, and nothing happens. Call it once a build, on
    env-updated, which only the main process emits.
    """
    if not isinstance(app.builder, MessageCatalogBuilder):
        return
    catalog = app.builder.catalogs[domain]
    for message, path, line in texts:
        catalog.add(message, MsgOrigin(str(path), line))
