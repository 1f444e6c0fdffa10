"""The roles ``hub:partner``, ``hub:person`` and so on: one for each kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole

from sphinx_hub.community.site import lang_classes
from sphinx_hub.records import KINDS

if TYPE_CHECKING:
    from docutils.nodes import Element, Node, system_message
    from sphinx.environment import BuildEnvironment


class RecordRole(XRefRole):
    """A link to a record. Its text is the record's name in the reader's language, or the title given."""

    innernodeclass = nodes.inline

    def result_nodes(
        self,
        document: nodes.document,
        env: BuildEnvironment,
        node: Element,
        is_ref: bool,
    ) -> tuple[list[Node], list[system_message]]:
        """Put the name in, and make the page follow the records and their translations."""
        from sphinx_hub.community.domain import hub_domain  # noqa: PLC0415 the domain names its roles

        del document
        domain = hub_domain(env)
        docname = env.current_document.docname
        plural = next(plural for plural, model in KINDS.items() if model.kind_name == self.reftype)
        for path in domain.site.dependencies(plural):
            env.note_dependency(path)
        record = domain.site.hub.resolve(self.reftype, self.target) if is_ref else None
        if record is not None:
            domain.note_reference(record, docname)
            if not self.has_explicit_title:
                name = domain.site.name(record)
                classes = [*self.classes, *lang_classes(name.lang)]
                node.children = []
                node += nodes.inline(self.rawtext, name.text, classes=classes)
        return [node], []
