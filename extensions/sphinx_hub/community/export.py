"""Each kind of record as a JSON file of the built site, for reuse elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.community.domain import hub_domain
from sphinx_hub.community.site import anchor_of
from sphinx_hub.records import KINDS
from sphinx_hub.records.hub import text_fields

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_hub.community.domain import Home, HubDomain
    from sphinx_hub.records import Record

#: The folder of the files within the built site.
FOLDER: Final = "data"


def write_records(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: write ``data/<plural>.json`` for each kind, whole or not at all.

    A file is left alone when its content stays the same. Builders of pages other than a website
    get none, and neither does a build that failed.
    """
    if exception is not None or not publishes(app.builder):
        return
    domain = hub_domain(app.env)
    for plural in KINDS:
        content = records_json(domain, app.builder, plural)
        write_if_changed(Path(app.outdir, FOLDER, f"{plural}.json"), content.encode())


def publishes(builder: Builder) -> bool:
    """Whether ``builder`` makes a website, and neither a book nor files for another program."""
    return isinstance(builder, StandaloneHTMLBuilder) and builder.name in {"html", "dirhtml", "singlehtml"}


def records_json(domain: HubDomain, builder: Builder, plural: str) -> str:
    """The records of one kind as JSON, in the order of their file."""
    site = domain.site
    homes = domain.homes()
    rows = [
        _row(domain, record, page_of(builder, homes.get(anchor_of(record))))
        for record in site.hub.of_kind(plural).values()
    ]
    data = {"language": site.language.tag, plural: rows}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def page_of(builder: Builder, home: Home | None) -> str | None:
    """Where a record is shown, relative to the address of the site; None where no page is its home."""
    if home is None:
        return None
    # singlehtml's addresses have a fragment of their own, which the anchor replaces.
    return f"{builder.get_target_uri(home.docname).partition('#')[0]}#{home.anchor}"


def _row(domain: HubDomain, record: Record, page: str | None) -> dict[str, Any]:
    site = domain.site
    row: dict[str, Any] = record.model_dump(mode="json")
    texts = text_fields(type(record))
    for field in texts:
        if row[field]:
            row[field] = site.phrase(record, row[field]).text
    # The name as it is written, since the one above may be translated.
    named = "title" if "title" in texts else "name"
    row[f"source_{named}"] = getattr(record, named)
    if status := site.status(record):
        row["status"] = status
    row["page"] = page
    return row
