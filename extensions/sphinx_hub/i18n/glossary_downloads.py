"""``glossary-downloads``: the glossary as files for other tools, made with the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.glossary import GLOSSARY
from sphinx_hub.catalogs.glossary_files import file_name, glossary_files
from sphinx_hub.i18n.credits import separator
from sphinx_hub.i18n.languages import hub_settings
from sphinx_hub.problems import ProblemsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

_ = get_translation("sphinx_hub")

#: Sphinx's own folder of downloads, to which its links of this kind lead.
_FOLDER: Final = "_downloads"


class downloads(nodes.Element):  # noqa: N801 docutils' nodes are lower case
    """Stands for the list until it is known what is built: only a web site has files beside its pages."""


class GlossaryDownloads(SphinxDirective):
    """A list of the glossary's files: all languages as TMX, and each language as TBX and CSV."""

    app: ClassVar[Sphinx]
    """The application that is building: the environment's own is deprecated since Sphinx 9."""

    def run(self) -> list[nodes.Node]:
        """The node that :class:`ShowDownloads` replaces."""
        self.env.note_dependency(str(hub_settings(self.app).catalogs_path / GLOSSARY))
        return [downloads()]


class ShowDownloads(SphinxPostTransform):
    """Writes the files into the output, and puts the links to them where the directive stands."""

    default_priority = 5
    building: ClassVar[Sphinx]
    """The application that is building: the transform's own is deprecated since Sphinx 9."""

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 docutils' signature
        """Run for the page that is being written."""
        del kwargs
        for node in list(self.document.findall(downloads)):
            node.replace_self(self._list())

    def _list(self) -> list[nodes.Node]:
        builder, settings = self.building.builder, hub_settings(self.building)
        if not isinstance(builder, StandaloneHTMLBuilder) or builder.name == "epub":
            return []
        try:
            files = glossary_files(settings, settings.locales)
            files[GLOSSARY] = (settings.catalogs_path / GLOSSARY).read_bytes()
        except (ProblemsError, OSError):
            return []  # the table says what is wrong
        for name, content in files.items():
            write_if_changed(Path(builder.outdir) / _FOLDER / name, content)
        rows = [self._row(nodes.Text(_("All languages")), {"TMX": GLOSSARY}, files)]
        for language in settings.languages:
            if language.locale != settings.source_locale:
                label = nodes.inline("", language.name, classes=[f"language-{language.tag}"])
                names = {"TBX": file_name(language.locale, "tbx"), "CSV": file_name(language.locale, "csv")}
                rows.append(self._row(label, names, files))
        return [nodes.bullet_list("", *rows, classes=["hub-downloads"])]

    def _row(
        self, label: nodes.Node, names: Mapping[str, str], files: Mapping[str, bytes]
    ) -> nodes.list_item:
        before, _sign, after = _("{language}: {files}").partition("{language}")
        between, _sign, end = after.partition("{files}")
        links: list[nodes.Node] = []
        for kind, name in names.items():
            size = str(max(1, round(len(files[name]) / 1000)))
            text = _("{format} ({size} kB)").replace("{format}", kind).replace("{size}", size)
            if links:
                links.append(nodes.Text(separator(self.building)))
            links.append(addnodes.download_reference("", "", nodes.inline("", text), filename=name))
        parts = nodes.Text(before), label, nodes.Text(between), *links, nodes.Text(end)
        return nodes.list_item("", nodes.paragraph("", "", *parts))


def setup_glossary_downloads(app: Sphinx) -> None:
    """Register the directive ``glossary-downloads``."""
    app.add_node(downloads)
    app.add_directive("glossary-downloads", type("GlossaryDownloads", (GlossaryDownloads,), {"app": app}))
    app.add_post_transform(type("ShowDownloads", (ShowDownloads,), {"building": app}))
