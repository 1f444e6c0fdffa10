"""How a reader is told of the state of a text: marks that can be read past, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translation

from sphinx_hub.catalogs.entries import State
from sphinx_hub.catalogs.worddiff import word_diff
from sphinx_hub.i18n.nodes import change_text, deleted, disclosure_heading, inserted, source_change
from sphinx_hub.i18n.units import OURS, Kind

if TYPE_CHECKING:
    from sphinx_hub.catalogs.entries import Entry
    from sphinx_hub.i18n.page import PageText
    from sphinx_hub.i18n.units import Unit
    from sphinx_hub.settings import Outdated

_ = get_translation("sphinx_hub")

UNTRANSLATED: Final = "hub-untranslated"
OUTDATED: Final = "hub-outdated"
#: Sphinx's search passes over a node of this class: what changed is no text of the page.
NO_SEARCH: Final = "no-search"
#: What may hold a block: after a text in one of these, the text's change can stand.
_HOLDERS: Final = (
    nodes.document,
    nodes.section,
    nodes.list_item,
    nodes.definition,
    nodes.field_body,
    nodes.entry,
    nodes.block_quote,
    nodes.container,
    nodes.Admonition,
    nodes.topic,
    nodes.sidebar,
    nodes.footnote,
)
#: Components whose children have fixed places, and the child that may hold more.
_FIXED: Final = {"tab-item": "tab-content", "card": "card-body", "card-title": None}


def show_state(unit: Unit, entry: Entry, page: PageText) -> None:
    """Mark the element of ``unit`` by the state of its message, as the settings want it."""
    if unit.kind not in {Kind.TEXT, Kind.TERM} or not isinstance(unit.node, nodes.TextElement):
        return
    if entry.state is State.UNTRANSLATED:
        _mark_untranslated(unit.node, page.source_language.tag)
    elif entry.state is State.OUTDATED:
        mode = page.settings.outdated_in(page.language)
        change = mark_outdated(unit.node, entry, mode, page.source_language.tag)
        if change is not None:
            _place_change(unit.node, change)


def mark_outdated(node: nodes.Element, entry: Entry, mode: Outdated, tag: str) -> source_change | None:
    """Mark ``node``, which shows the outdated translation of ``entry``, as far as the ``mode`` wants it.

    :param tag: the BCP 47 tag of the source's language
    :returns: the change of the source, to be put behind ``node``; None where it is not to be shown
    """
    if mode != "off":
        node["classes"].append(OUTDATED)
    return _change(entry, tag) if mode == "diff" else None


def _mark_untranslated(node: nodes.TextElement, tag: str) -> None:
    """Name the language of a text that is not in the page's, for voices and fonts, and mark its block."""
    if not any(character.isalpha() for character in node.astext()):
        return
    node["classes"].append(UNTRANSLATED)
    # A box of a task stays before the words, an entry of the index behind them.
    boxes = [child for child in node.children if isinstance(child, nodes.raw)]
    entries = [child for child in node.children if isinstance(child, addnodes.index)]
    words = [child for child in node.children if child not in boxes and child not in entries]
    # docutils' HTML writers turn the class into the attribute lang. On an inline, since smart quotes warn of
    # languages that they don't know on blocks; and so a heading takes its language along into menus.
    foreign = nodes.inline("", "", *words, classes=[f"language-{tag}"])
    node.children = []
    node.extend([*boxes, foreign, *entries])


def _change(entry: Entry, tag: str) -> source_change:
    """The change of the source since it was translated, to be opened."""
    if entry.since:
        heading = _("The original changed on {day}; this translation is of the text before.")
        heading = heading.replace("{day}", entry.since)
    else:
        heading = _("The original has changed; this translation is of the text before.")
    # By these, a builder with addresses finds the line of the catalog on which the translation stands now.
    block = source_change(classes=["hub-change", NO_SEARCH], message=entry.msgid, former=entry.previous)
    block[OURS] = True
    block += disclosure_heading("", "", nodes.Text(heading), translatable=False)
    text = change_text("", "", translatable=False)
    words = nodes.inline("", "", classes=[f"language-{tag}"])
    for change in word_diff(entry.previous, entry.msgid):
        match change.kind:
            case "same":
                words += nodes.Text(change.text)
            case "insert":
                words += inserted("", "", *_voiced(_("[added: {words}]"), change.text))
            case "delete":
                words += deleted("", "", *_voiced(_("[removed: {words}]"), change.text))
    text += words
    block += text
    return block


def _voiced(sentence: str, words: str) -> list[nodes.Node]:
    """The words, and around them what a voice says of them: few say that a text was inserted or deleted."""
    before, _sign, after = sentence.partition("{words}")
    return [
        nodes.inline("", before, classes=["visually-hidden"]),
        nodes.Text(words),
        nodes.inline("", after, classes=["visually-hidden"]),
    ]


def _place_change(node: nodes.Element, block: source_change) -> None:
    """Put ``block`` behind ``node``, at the nearest place where a block may stand."""
    child: nodes.Element = node
    parent: nodes.Element | None = node.parent
    while parent is not None:
        component = parent.get("design_component", "")
        if isinstance(child, nodes.term):
            definition = next((item for item in parent if isinstance(item, nodes.definition)), None)
            if definition is not None:
                definition.insert(0, block)
                return
        elif component in _FIXED:
            inner = _FIXED[component]
            place = next(
                (
                    item
                    for item in parent
                    if isinstance(item, nodes.Element) and inner == item.get("design_component")
                ),
                None,
            )
            if place is not None and child is not place:
                place.insert(0, block)
                return
        elif isinstance(parent, _HOLDERS):
            parent.insert(parent.index(child) + 1, block)
            return
        child, parent = parent, parent.parent
