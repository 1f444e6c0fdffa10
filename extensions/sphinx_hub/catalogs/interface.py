"""The interface's own strings: gathered from the package's code and templates into its catalogs."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from string import Formatter
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from sphinx_hub.catalogs.headers import HeaderValues
from sphinx_hub.catalogs.merge import Rules, merge
from sphinx_hub.catalogs.po_files import parse_po
from sphinx_hub.catalogs.transaction import write_together

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

DOMAIN: Final = "sphinx_hub"
_BRACES: Final = "python-brace-format"
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

    Writes ``sphinx_hub.pot`` and merges it into every ``<locale>/LC_MESSAGES/sphinx_hub.po``, as
    :func:`sphinx_hub.catalogs.merge.merge` does for a page. Returns the .po files that changed; a file with
    nothing to change keeps its bytes.

    :raises babel.messages.pofile.PoFileError: a .po file cannot be read; then none was touched.
    """
    contents = interface_contents(package, datetime.now(UTC).date())
    changed = write_together(package / "locale", contents)
    return tuple(path for path in changed if path.suffix == ".po")


def interface_contents(
    package: Path, day: date, locales: Iterable[str] = (), header: HeaderValues | None = None
) -> dict[Path, bytes]:
    """The interface's template and its catalogs, up to date, by file; nothing is written.

    There are catalogs of the ``locales`` and of all others that have one. ``day`` and ``header`` are as in
    :class:`sphinx_hub.catalogs.merge.Rules`.

    :raises babel.messages.pofile.PoFileError: a .po file cannot be read.
    """
    folder = package / "locale"
    content = _written(_extract(package))
    template = parse_po(content)
    contents = {folder / f"{DOMAIN}.pot": content}
    there = {path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")}
    for locale in sorted({*there, *locales}):
        path = folder / locale / "LC_MESSAGES" / f"{DOMAIN}.po"
        before = path.read_bytes() if path.exists() else None
        rules = Rules(locale=locale, day=day, header=header or HeaderValues())
        contents[path] = merge(before, template, rules).content
    return contents


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
        entry = template.add(message, locations=[(place, line)], auto_comments=comments, context=context)
        texts = (message,) if isinstance(message, str) else message
        entry.flags.discard(_BRACES)  # which babel sets since 2.17
        if any(_has_fields(text) for text in texts):
            entry.flags.add(_BRACES)
    return template


def _has_fields(text: str) -> bool:
    """Whether ``str.format`` would fill something in."""
    try:
        fields = [field for _text, field, _form, _conversion in Formatter().parse(text)]
    except ValueError:  # a single brace
        return False
    return any(field is not None for field in fields)


def _written(catalog: Catalog) -> bytes:
    """The catalog as a file, without what would change it for no reason: line numbers, babel's version."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, include_lineno=False, sort_by_file=True)
    return re.sub(rb'"Generated-By: .*\n', b"", buffer.getvalue())
