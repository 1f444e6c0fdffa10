"""Where messages leave for the catalogs: Sphinx's builder of templates, fed by what the pages noted."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.builders.gettext import GettextRenderer, MessageCatalogBuilder, MsgOrigin, ctime
from sphinx.util.i18n import docname_to_domain

from sphinx_hub.catalogs.freshness import INPUTS, SOURCES
from sphinx_hub.i18n.languages import hub_settings
from sphinx_hub.i18n.pages import page_records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_hub.i18n.pages import PageRecord

#: In the folder of the templates: the domains of all of them, and what their headers were made from.
_WRITTEN: Final = "templates.json"
_CREATED: Final = re.compile(r'^"POT-Creation-Date: .*$', re.MULTILINE)


class TemplateBuilder(MessageCatalogBuilder):
    """The builder ``gettext``: of a MyST page it writes the messages that a translation is put in for.

    Sphinx looks for them in the finished page, where copies, moved texts and wrong lines stand
    (STACK-DEFECTS B), and finishes every page for it, changed or not. Here a page is not looked at again
    until it is read again, and its template stays.
    """

    _stay: frozenset[str] = frozenset()
    """The domains whose templates are what they would be."""

    def init(self) -> None:
        """Take note of the pages that are read."""
        super().init()
        self._read: set[str] = set()
        self.events.connect("env-before-read-docs", self._note_read, 500)

    def _note_read(self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        self._read.update(docnames)

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Find out which templates stay as they are."""
        super().prepare_writing(docnames)
        self._stay = frozenset(self._unchanged())

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Gather the messages of pages. Those in MyST noted theirs, and need not be loaded."""
        records = page_records(self.env)
        if others := docnames - records.keys():
            super().write_documents(others)
        for docname in sorted(docnames & records.keys()):
            if self._domain(docname) not in self._stay:
                self._add(docname, records[docname])

    def _add(self, docname: str, record: PageRecord) -> None:
        catalog = self.catalogs[self._domain(docname)]
        for message in record.messages:
            catalog.add(message.text, MsgOrigin(message.source, message.line))

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Add the messages of one page to its catalog."""
        record = page_records(self.env).get(docname)
        if record is None:
            super().write_doc(docname, doctree)
        else:
            self._add(docname, record)

    def finish(self) -> None:
        """Write the templates, and which pages are written in another language."""
        for catalog in self.catalogs.values():
            # What ``{{ _(variable) }}`` of a Jinja template gives; Sphinx would end in a traceback on it.
            catalog.metadata.pop(None, None)  # type: ignore[call-overload]
        self._write_templates()
        settings = hub_settings(self._app)
        sources = {
            self._domain(docname): record.source_locale
            for docname, record in sorted(page_records(self.env).items())
            if record.source_locale != settings.source_locale
        }
        (Path(self.outdir) / SOURCES).write_text(json.dumps(sources, indent=1), "utf-8")
        (Path(self.outdir) / INPUTS).write_text(json.dumps(sorted(self._inputs()), indent=0), "utf-8")

    def _write_templates(self) -> None:
        """Write the templates that may have changed, and remove those of pages that are gone."""
        folder, config = Path(self.outdir), self.config
        # One for all: Sphinx compiles the template of templates anew for each of them.
        renderer = GettextRenderer([self.srcdir / name for name in config.templates_path], outdir=self.outdir)
        for domain in sorted(self.catalogs):
            text = renderer.render(
                "message.pot.jinja",
                {
                    "version": config.version,
                    "copyright": config.copyright,
                    "project": config.project,
                    "last_translator": config.gettext_last_translator,
                    "language_team": config.gettext_language_team,
                    "ctime": ctime,
                    "display_location": config.gettext_location,
                    "display_uuid": config.gettext_uuid,
                    "messages": list(self.catalogs[domain]),
                },
            )
            _write_template(folder / f"{domain}.pot", _tidy(text))
        domains = self.catalogs.keys() | self._stay
        for domain in _written(folder)[0] - domains:
            (folder / f"{domain}.pot").unlink(missing_ok=True)
        record = {"domains": sorted(domains), "headers": self._headers()}
        (folder / _WRITTEN).write_text(json.dumps(record, indent=0), "utf-8")

    def _unchanged(self) -> set[str]:
        """The domains of which no page was read, and whose template is there."""
        folder = Path(self.outdir)
        before, headers = _written(folder)
        if headers != self._headers():
            return set()
        records = page_records(self.env)
        pages = {self._domain(docname) for docname in records}
        # A page that is not in MyST is looked at by Sphinx. What is added on env-updated, of data and of
        # conf.py, is of no page.
        changed = {self._domain(docname) for docname in self._read | (self.env.found_docs - records.keys())}
        return {domain for domain in before & pages - changed if (folder / f"{domain}.pot").is_file()}

    def _headers(self) -> str:
        """What the templates have in common, and the way in which they are written."""
        config = self.config
        values = (
            *(config.project, config.version, config.copyright, config.gettext_last_translator),
            *(config.gettext_language_team, config.gettext_location, config.gettext_uuid),
            *(config.gettext_compact, hashlib.sha256(Path(__file__).read_bytes()).hexdigest()),
        )
        return hashlib.sha256(repr(values).encode()).hexdigest()

    def _domain(self, docname: str) -> str:
        return docname_to_domain(docname, self.config.gettext_compact)

    def _inputs(self) -> set[str]:
        """The files that the messages depend on: sources, what these include, templates, and the code."""
        source = Path(self.srcdir)
        named = {str(source / name) for names in self.env.dependencies.values() for name in names}
        pages = {str(self.env.doc2path(docname)) for docname in self.env.found_docs}
        code = set(filter(None, (getattr(module, "__file__", None) for module in [*sys.modules.values()])))
        folders = [Path(self.confdir, path) for path in self.config.templates_path]
        templates = {str(path) for folder in folders for path in folder.rglob("*")}
        return named | pages | code | templates


def _written(folder: Path) -> tuple[set[str], str]:
    """The domains of an earlier run in ``folder``, and what their headers were made from."""
    try:
        found = json.loads((folder / _WRITTEN).read_text("utf-8"))
        return set(found["domains"]), str(found["headers"])
    except (OSError, ValueError, LookupError, TypeError):
        return set(), ""


def _write_template(path: Path, text: str) -> None:
    """Write a template, unless only the time of its making is another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or _CREATED.sub("", path.read_text("utf-8")) != _CREATED.sub("", text):
        path.write_text(text, "utf-8")


def _tidy(text: str) -> str:
    """A template that names sources from the root, as a reader of a .po knows them, without placeholders."""
    text = re.sub(r"(?m)^#: (?:\.\./)+", "#: ", text)
    # A space would end the name; gettext has these marks around it.
    text = re.sub(r"(?m)^#: (.* .*)(:\d+)$", "#: \u2068\\1\u2069\\2", text)
    return re.sub(r"(?m)^# (?:SOME DESCRIPTIVE TITLE|FIRST AUTHOR|Copyright \(C\)).*\n", "", text)


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
