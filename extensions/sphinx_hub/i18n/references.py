"""What a translated text takes over from its source: ids, footnotes, the context of references."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeVar

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

N = TypeVar("N", bound=nodes.Element)

#: Attributes of a reference that its own text decides.
_OWN: Final = frozenset({"refexplicit", "ids", "names", "classes", "dupnames", "backrefs"})


def take_over(document: nodes.document, old: Sequence[nodes.Node], new: Sequence[nodes.Node]) -> None:
    """Make the nodes ``new``, which come from a translation, stand for ``old`` in ``document``."""
    _reference_context(old, new)
    _footnotes(document, old, new)
    _explicit_ids(document, old, new)
    for child in new:
        for node in child.findall():
            node.document = document


def lost_references(old: Sequence[nodes.Node], new: Sequence[nodes.Node]) -> list[str]:
    """What ``old`` refers to and ``new`` does not, each in words that a translator finds in the message."""
    missing = Counter(_names(old)) - Counter(_names(new))
    return sorted(missing.elements())


def _names(found: Sequence[nodes.Node]) -> Iterator[str]:
    for node in _all(found, nodes.Element):
        match node:
            case addnodes.pending_xref():
                # A term is looked for by what it is called here.
                target = "{term}" if node["reftype"] == "term" else str(node["reftarget"])
                fragment = node.get("reftargetid")
                yield f"{target}#{fragment}" if fragment else target
            case addnodes.download_reference():
                yield str(node["reftarget"])
            case nodes.reference():
                if address := node.get("refuri") or node.get("refname"):
                    yield str(address)
            case nodes.footnote_reference():
                yield f"[^{node.get('refname', '')}]"
            case nodes.image():
                yield str(node["uri"])


def _reference_context(old: Sequence[nodes.Node], new: Sequence[nodes.Node]) -> None:
    """Copy what the context gave a reference, such as the module it stands in, to the same reference."""

    def key(node: nodes.Element) -> tuple[Any, ...]:
        # With the fragment: two links to one page go to two places of it (STACK-DEFECTS A6).
        return tuple(node.get(name) for name in ("refdomain", "reftype", "reftarget", "reftargetid"))

    known = {key(node): node.attributes for node in _all(old, addnodes.pending_xref)}
    for node in _all(new, addnodes.pending_xref):
        for name, value in known.get(key(node), {}).items():
            if name not in _OWN:
                node[name] = value


def _footnotes(document: nodes.document, old: Sequence[nodes.Node], new: Sequence[nodes.Node]) -> None:
    """Put the new references to footnotes into the places of the old ones in the document's lists."""
    former: defaultdict[str, list[nodes.footnote_reference]] = defaultdict(list)
    for node in _all(old, nodes.footnote_reference):
        former[node.get("refname", "")].append(node)
    for node in _all(new, nodes.footnote_reference):
        name = node.get("refname", "")
        if former[name]:
            _put_in_place(document, former[name].pop(0), node)
        else:
            node["ids"] = []
            document.note_footnote_ref(node)
            if node.get("auto"):
                document.note_autofootnote_ref(node)
    for rest in former.values():
        for node in rest:
            for listed in _lists(document, node.get("refname", "")):
                if node in listed:
                    listed.remove(node)


def _lists(document: nodes.document, name: str) -> list[list[Any]]:
    return [
        document.autofootnote_refs,
        document.symbol_footnote_refs,
        document.footnote_refs.get(name, []),
        document.refnames.get(name, []),
    ]


def _put_in_place(document: nodes.document, before: nodes.Element, node: nodes.Element) -> None:
    node["ids"] = before["ids"]
    for identifier in node["ids"]:
        document.ids[identifier] = node
    for listed in _lists(document, node.get("refname", "")):
        if before in listed:
            listed[listed.index(before)] = node


def _explicit_ids(document: nodes.document, old: Sequence[nodes.Node], new: Sequence[nodes.Node]) -> None:
    """Hand on the ids that a source gives itself: ``[text]{#id}``."""
    named = {tuple(node["names"]): node for node in _all(old, nodes.Element) if node["names"]}
    for node in _all(new, nodes.Element):
        before = named.get(tuple(node["names"])) if node["names"] else None
        if before is not None:
            node["ids"] = before["ids"]
            for identifier in before["ids"]:
                document.ids[identifier] = node


def _all(found: Iterable[nodes.Node], kind: type[N]) -> Iterator[N]:
    for node in found:
        yield from node.findall(kind)
