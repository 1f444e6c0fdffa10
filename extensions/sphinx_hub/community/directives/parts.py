"""The parts that cards of every kind are put together from.

No text made here is extracted with the page: it comes from the catalogs of the data and of the
interface. That is why the paragraphs carry ``translatable=False``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx_design.shared import create_component

from sphinx_hub.community import words
from sphinx_hub.community.brand_icons import icon_svg
from sphinx_hub.community.monogram import monogram_image
from sphinx_hub.community.nodes import (
    drawing,
    html_only,
    record_anchor,
    record_image,
    record_link,
    record_title,
)
from sphinx_hub.community.site import anchor_of, lang_classes
from sphinx_hub.community.wording import filled, filled_nodes, listed
from sphinx_hub.i18n import (
    UNTRANSLATED,
    disclosure,
    disclosure_heading,
    mark_outdated,
    moment,
    written_date,
    written_range,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_hub.community.domain import HubDomain
    from sphinx_hub.community.site import Phrase, Site
    from sphinx_hub.records import PartialDate, Record


@dataclass(frozen=True, kw_only=True)
class Page:
    """Where cards are being put."""

    site: Site
    domain: HubDomain
    docname: str
    level: int
    """The rank of the cards' headings."""


def block(*children: nodes.Node | None, classes: Sequence[str] = (), name: str = "hub") -> nodes.container:
    """A ``div`` around those of the ``children`` that there are."""
    return create_component(name, classes, children=[child for child in children if child is not None])


def paragraph(*children: nodes.Node, classes: Sequence[str] = ()) -> nodes.paragraph:
    """A paragraph that stays out of the page's catalog."""
    return nodes.paragraph("", "", *children, classes=list(classes), translatable=False)


def said(phrase: Phrase) -> nodes.Node:
    """A text, with its language where that is not the page's."""
    if phrase.lang is None:
        return nodes.Text(phrase.text)
    return nodes.inline(phrase.text, phrase.text, classes=lang_classes(phrase.lang))


def told(page: Page, record: Record, text: str) -> list[nodes.Node]:
    """A paragraph with a human text of ``record``, marked where it is not translated or is outdated.

    What changed in the source since it was translated follows it, as on every page.
    """
    phrase, settings = page.site.phrase(record, text), page.site.settings
    shown = paragraph(said(phrase))
    if phrase.lang is not None:
        shown["classes"].append(UNTRANSLATED)
    if phrase.outdated is None:
        return [shown]
    mode = settings.outdated_in(page.site.language)
    change = mark_outdated(shown, phrase.outdated, mode, settings.source_language.tag)
    return [shown] if change is None else [shown, change]


def known(page: Page, record: Record, text: str | None) -> list[nodes.Node]:
    """A human text of ``record`` that it may lack; empty where it does."""
    return [said(page.site.phrase(record, text))] if text else []


def dotted(parts: Iterable[Sequence[nodes.Node]]) -> list[nodes.Node]:
    """``parts`` with dots between them, for what has no grammar."""
    joined: list[nodes.Node] = []
    for part in parts:
        if joined:
            joined.append(nodes.Text(" · "))
        joined += part
    return joined


def badge(text: str, *classes: str) -> nodes.inline:
    """A word in a frame; its meaning never hangs on a colour."""
    return nodes.inline(text, text, classes=["hub-badge", *classes])


def mark(page: Page, record: Record) -> nodes.Node:
    """The logo of a record, its brand's icon, or its monogram. It says nothing that the name does not."""
    logo, dark = (getattr(record, name, None) for name in ("logo", "logo_dark"))
    if logo:
        shown = [(logo, ["only-light"] if dark else []), *([(dark, ["only-dark"])] if dark else [])]
        images = [record_image("", uri=f"/{path}", label="", classes=["hub-logo", *on]) for path, on in shown]
        return html_only("", *images, is_div=True, classes=["hub-logos"])
    slug, colour = getattr(record, "icon", None), getattr(record, "colour", None)
    drawn = icon_svg(slug, colour) if slug else None
    return drawing(svg=drawn or monogram_image(page.site.name(record).text, colour, anchor_of(record)))


def title(page: Page, record: Record, *, home: bool, account: str | None = None) -> record_title:
    """The heading of a record: with a permalink in its home, a link to its home elsewhere.

    ``account`` makes the name a link to that address instead.
    """
    name = page.site.name(record)
    heading = record_title("", "", level=page.level, classes=["hub-title"], translatable=False)
    if account:
        heading += record_link("", "", said(name), refuri=account, rel="me noopener")
    elif home:
        heading += said(name)
    else:
        heading += reference(page, record)
    if home:
        heading["anchor"] = anchor_of(record)
        heading["permalink"] = words.word(words.PERMALINKS[type(record).kind_name])
    return heading


def other_names(page: Page, record: Record) -> nodes.paragraph | None:
    """The names beside the one in the title, each in its language."""
    others = page.site.other_names(record)
    if not others:
        return None
    return paragraph(*dotted([said(other)] for other in others), classes=["hub-other-names"])


def reference(page: Page, record: Record) -> addnodes.pending_xref:
    """A link to another record, by its name; plain text when that has no home."""
    page.domain.note_reference(record, page.docname)
    name = page.site.name(record)
    return addnodes.pending_xref(
        "",
        nodes.inline(name.text, name.text, classes=lang_classes(name.lang)),
        refdoc=page.docname,
        refdomain=page.domain.name,
        reftype=type(record).kind_name,
        reftarget=record.id,
        refexplicit=True,
        refwarn=False,
    )


def references(page: Page, records: Sequence[Record]) -> list[nodes.Node]:
    """Links to several records, as the language lists things; empty for none."""
    return listed([reference(page, record) for record in records], page.site.locale) if records else []


def facts(rows: Iterable[tuple[str, Sequence[nodes.Node]]]) -> nodes.definition_list | None:
    """A list of labels, named as in :data:`words.LABELS`, and what is known under each."""
    items = []
    for label, known in rows:
        if known:
            term = nodes.term("", words.word(words.LABELS[label]), translatable=False)
            items.append(nodes.definition_list_item("", term, nodes.definition("", paragraph(*known))))
    return nodes.definition_list("", *items, classes=["hub-facts", "simple"]) if items else None


def when(page: Page, start: PartialDate | None, end: PartialDate | None) -> list[nodes.Node]:
    """The time of something, as exact as it is known; empty when nothing is."""
    locale = page.site.locale
    if start and end:
        return [
            _moment(part.text, part.date) if part.date else nodes.Text(part.text)
            for part in written_range(start, end, locale)
        ]
    known = start or end
    if known is None:
        return []
    sentence = words.began() if start else words.ended()
    return filled_nodes(sentence, date=_moment(written_date(known, locale), known))


def day(page: Page, date: PartialDate | None) -> list[nodes.Node]:
    """One date in words; empty for none."""
    return [_moment(written_date(date, page.site.locale), date)] if date else []


def _moment(text: str, date: PartialDate) -> moment:
    return moment(text, text, datetime=str(date))


def link(page: Page, record: Record, sort: str, url: str | None) -> record_link | None:
    """A link of a sort in :data:`words.LINKS`; its accessible name says whose it is."""
    if url is None:
        return None
    visible, sentence = (words.word(message) for message in words.LINKS[sort])
    return record_link("", visible, refuri=url, label=filled(sentence, name=page.site.name(record).text))


def links(found: Iterable[record_link | None]) -> nodes.bullet_list | None:
    """A list of links; None when there are none."""
    items = [nodes.list_item("", paragraph(item)) for item in found if item is not None]
    return nodes.bullet_list("", *items, classes=["hub-links"]) if items else None


def sources(record: Record) -> disclosure | None:
    """Where the facts of a record can be read, closed until a reader asks; None where nothing is named."""
    if not record.sources:
        return None
    items = []
    for url in record.sources:
        parts = urlsplit(url)
        visible = f"{parts.hostname}{parts.path.rstrip('/')}"
        items.append(nodes.list_item("", paragraph(record_link("", visible, refuri=url))))
    heading = words.sources(len(items))
    return disclosure(
        "",
        disclosure_heading("", heading, translatable=False),
        nodes.bullet_list("", *items),
        classes=["hub-sources"],
        is_div=True,
    )


def footer(page: Page, record: Record, checked: PartialDate | None) -> nodes.container | None:
    """When the facts were checked, and the link to where they can be mended."""
    parts: list[nodes.Node] = []
    if checked:
        parts.append(paragraph(*filled_nodes(words.last_checked(), date=day(page, checked)[0])))
    url = page.site.correction_url(record)
    mend = link(page, record, "correction", url)
    if mend is not None:
        parts.append(html_only("", paragraph(mend), is_div=True))
    return block(*parts, classes=["sd-card-footer", "hub-footer"], name="card-footer") if parts else None


def card(record: Record, body: Iterable[nodes.Node | None], foot: nodes.Node | None) -> nodes.container:
    """A card of sphinx-design around a body and a foot."""
    kind = type(record).kind_name
    classes = ["sd-card", "sd-sphinx-override", "sd-w-100", "sd-shadow-sm", "hub-card", f"hub-card--{kind}"]
    inside = block(*body, classes=["sd-card-body"], name="card-body")
    return block(inside, foot, classes=classes, name="card")


def head(page: Page, record: Record, *lines: nodes.Node | None) -> nodes.container:
    """The mark of a record with the lines beside it."""
    return block(mark(page, record), block(*lines, classes=["hub-names"]), classes=["hub-head"])


def give_anchor(node: nodes.Element, record: Record, document: nodes.document) -> None:
    """Make ``node`` the place that links to ``record`` lead to, in every builder."""
    node["ids"] = [anchor_of(record)]
    document.note_explicit_target(node)
    node.insert(0, record_anchor(anchor=anchor_of(record)))
