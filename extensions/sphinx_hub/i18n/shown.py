"""Terms and headings as other pages show them, and when those pages must follow a change of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_hub.i18n.pages import page_records, text_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class NameTerms(SphinxPostTransform):
    """Lets a reference to a term of a glossary say what the term is called in this language.

    ``{term}`transfer learning``` shows the words that it was written with, also where the glossary has
    been translated.
    """

    default_priority = 5  # before the references are resolved, at 9 (MyST) and 10 (Sphinx)

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 docutils' signature
        """Run for the page that is being written."""
        del kwargs
        names: dict[str, str] = {}
        for record in page_records(self.env).values():
            if record.terms:  # few pages are glossaries, and this is done for each page
                names.update(record.terms)
        if not names:
            return
        for node in self.document.findall(addnodes.pending_xref):
            if node.get("reftype") == "term" and not node.get("refexplicit"):
                name = names.get(str(node["reftarget"]).lower())
                if name is not None and isinstance(node[0], nodes.Element):
                    node[0].children = []
                    node[0] += nodes.Text(name)


def follow_titles(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """On env-updated: the pages that show a title, a heading or a term which was another one before.

    Sphinx writes a page anew after its own source changed, and after one in its own toctree did. Titles and
    captions stand in the navigation of every page, headings and terms wherever they are linked to.
    """
    del app
    navigation = _digest(
        [(name, title.astext()) for name, title in sorted(env.titles.items())]
        + [
            (name, tree.get("caption"), tree["entries"], tree.get("hidden"))
            for name, toc in sorted(env.tocs.items())
            for tree in toc.findall(addnodes.toctree)
        ]
    )
    standard = env.domains.standard_domain
    targets = _digest(
        [
            sorted(standard.labels.items()),
            sorted(standard.objects.items()),
            [sorted(record.terms.items()) for _name, record in sorted(page_records(env).items())],
            sorted((name, _slugs(data)) for name, data in env.metadata.items()),
        ]
    )
    data = text_domain(env).data
    before, data["shown"] = data["shown"], (navigation, targets)
    if before is None or before == data["shown"]:
        return set()
    return set(env.all_docs)


def _slugs(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (slug, identifier, text) for slug, (_line, identifier, text) in data.get("myst_slugs", {}).items()
    ]


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
