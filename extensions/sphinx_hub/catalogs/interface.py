"""The interface's own strings: gathered from the package's code and templates into its catalogs."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from pathlib import Path

DOMAIN: Final = "sphinx_hub"
_METHODS: Final = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
#: ``N_`` marks a string that is translated elsewhere; the others translate where they stand.
_KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
}


def extract_interface(package: Path) -> tuple[Path, ...]:
    """Bring ``<package>/locale`` up to date with the strings in the code and the templates.

    Writes ``sphinx_hub.pot`` and merges it into every ``<locale>/LC_MESSAGES/sphinx_hub.po``: new
    messages come in untranslated, those that are gone become obsolete. A message is never guessed from
    a similar one. Returns the .po files that changed; a file with nothing to change keeps its bytes.

    :raises babel.messages.pofile.PoFileError: a .po file cannot be read.
    """
    folder = package / "locale"
    template = _extract(package)
    (folder / f"{DOMAIN}.pot").write_bytes(_written(template))
    changed = []
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        before = path.read_bytes()
        catalog = read_po(io.BytesIO(before), locale=path.parent.parent.name, abort_invalid=True)
        created = catalog.creation_date
        catalog.update(template, no_fuzzy_matching=True)
        catalog.creation_date = created
        after = _written(catalog)
        if after != before:
            path.write_bytes(after)
            changed.append(path)
    return tuple(changed)


def write_template(package: Path, target: Path) -> None:
    """Write the strings in the code and the templates of ``package`` into the template ``target``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_written(_extract(package)))


def _extract(package: Path) -> Catalog:
    template = Catalog(project="sphinx-hub", charset="utf-8")
    found = extract_from_dir(
        package, _METHODS, keywords=_KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for name, line, message, comments, context in found:
        place = f"{package.name}/{name}".replace("\\", "/")
        template.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return template


def _written(catalog: Catalog) -> bytes:
    """The catalog as a file, without what would change it for no reason: line numbers, babel's version."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, include_lineno=False, sort_by_file=True)
    return re.sub(rb'"Generated-By: .*\n', b"", buffer.getvalue())
