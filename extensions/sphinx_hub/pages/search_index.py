"""The index of the search: small packed files, of which a reader's browser loads the few that it needs.

``reader.json`` says what the dialog needs of the site, and in which folder the index is, by a digest of all
of it. There, ``words/`` has the places of each entry on the pages, in so many files that each stays small;
which file has an entry follows from the entry itself. ``pages/`` has the text of each page. The title of a
page is at the places 0 to 63, the headings are up to 1023, the text is from 1024 on: by the place of a hit,
the browser knows what was hit before it loads the page's text. All files but the first are JSON in gzip's
form, because not every host packs what it sends.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.glossary import GLOSSARY, load_glossary
from sphinx_hub.i18n import hub_settings
from sphinx_hub.pages.search_pages import page_file
from sphinx_hub.pages.search_texts import dialog_texts
from sphinx_hub.pages.search_words import WITHIN, covering, entries, han_forms, is_unspaced, split
from sphinx_hub.pages.switcher import links_of_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx

FOLDER: Final = "hub-search"
READER: Final = "reader.json"
#: Which files there are to be, for the next build.
WHOLE: Final = "whole.json"
HEADINGS_FROM: Final = 64
TEXT_FROM: Final = 1024
#: Part of the digest: raise it when files change whose pages did not.
_FORMAT: Final = 1
#: About how many numbers a file of words has, and how many such files there are at most.
_NUMBERS: Final = 4000
_MOST_FILES: Final = 2048


@dataclass(frozen=True, kw_only=True)
class PreparedPage:
    """A page as it is shown among results, and as it goes into the index."""

    url: str
    title: str
    sections: tuple[tuple[str, str, str], ...]
    """Anchor, title and text of each."""

    def entries(self) -> Iterator[tuple[str, int]]:
        """All entries of the index with their places; see :func:`sphinx_hub.pages.search_words.entries`."""
        yield from entries([word for word in split(self.title) if word.place < HEADINGS_FROM - 1])
        place = HEADINGS_FROM
        for _anchor, title, _text in self.sections:
            if title and title != self.title:
                words = [word for word in split(title, place) if word.place < TEXT_FROM - 1]
                yield from entries(words)
                place = words[-1].place + 2 if words else place
        text = "\n".join(text for _anchor, _title, text in self.sections)
        yield from entries(split(text, TEXT_FROM))


def makes_index(app: Sphinx) -> bool:
    """Whether this build gives its readers the search dialog."""
    return app.builder.name in {"html", "dirhtml"}


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: make the index of this language, unless it is there and nothing changed."""
    if exception is not None or not makes_index(app):
        return
    target = Path(app.outdir, FOLDER)
    pages = list(_pages(app))
    site = {"texts": dialog_texts(), "others": _others(app), "terms": list(_terms(app))}
    digest = _digest(pages, site)
    if _is_whole(target, digest):
        return
    made = make_index(pages, site, digest)
    for name in sorted(made, key=lambda name: (name == READER, name)):
        write_if_changed(target / name, made[name])
    sizes = {name: len(content) for name, content in made.items()}
    write_if_changed(target / WHOLE, json.dumps({"digest": digest, "sizes": sizes}).encode())
    for other in target.iterdir():
        if other.is_dir() and other.name != digest:
            shutil.rmtree(other)


def make_index(pages: Sequence[PreparedPage], site: dict[str, Any], digest: str) -> dict[str, bytes]:
    """All files of the index, by their names below its folder; see the top of this file.

    ``site`` has the sentences of the dialog, the searches of other languages, and the words of the glossary.
    """
    places = _places(pages)
    files = 1
    while files < _MOST_FILES and sum(map(len, places.values())) > files * _NUMBERS:
        files *= 2
    words: list[dict[str, list[int]]] = [{} for _file in range(files)]
    for entry in sorted(places):
        words[file_of(entry, files)][entry] = places[entry].tolist()
    made = {f"{digest}/words/{number}.pack": _packed(content) for number, content in enumerate(words)}
    for number, page in enumerate(pages):
        made[f"{digest}/pages/{number}.pack"] = _packed([page.url, page.title, page.sections])
    signs = {sign for entry in places for sign in entry}
    pairs = [(chr(old), chr(new)) for old, new in han_forms().simplified.items() if chr(new) in signs]
    reader = {
        "texts": site["texts"],
        "others": site["others"],
        "traditional": "".join(old for old, _new in pairs),
        "simplified": "".join(new for _old, new in pairs),
        "aliases": list(_aliases([*site["terms"], *han_forms().words], places)),
        "folder": digest,
        "pages": len(pages),
        "files": files,
    }
    made[READER] = json.dumps(reader, ensure_ascii=False, separators=(",", ":")).encode()
    return made


def file_of(entry: str, files: int) -> int:
    """Which file has an entry. Words of letters go by their first three: one file has all that begin so.

    FNV-1a over code points (http://www.isthe.com/chongo/tech/comp/fnv/).
    """
    found = 2166136261
    for sign in entry if is_unspaced(entry) else entry.removeprefix(WITHIN)[:3]:
        found = (found ^ ord(sign)) * 16777619 & 0xFFFFFFFF
    return (found ^ found >> 15) % files


def _places(pages: Sequence[PreparedPage]) -> dict[str, array[int]]:
    """Entry -> for each page that has it: how far it is from the last such page, how many places, the places.

    Each place is written as the distance from the one before.
    """
    found: dict[str, array[int]] = {}
    last: dict[str, int] = {}
    for number, page in enumerate(pages):
        here: dict[str, list[int]] = {}
        for entry, place in page.entries():
            here.setdefault(entry, []).append(place)
        for entry, places in here.items():
            numbers = found.setdefault(entry, array("I"))
            numbers.append(number - last.get(entry, 0))
            numbers.append(len(places))
            numbers.extend(place - before for before, place in zip([0, *places], places, strict=False))
            last[entry] = number
    return found


def _packed(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _is_whole(target: Path, digest: str) -> bool:
    """Whether the index of this digest is there, with files of the right sizes."""
    try:
        whole = json.loads((target / WHOLE).read_text("ascii"))
        return whole["digest"] == digest and all(
            (target / name).stat().st_size == size for name, size in whole["sizes"].items()
        )
    except (OSError, ValueError, KeyError):
        return False


def _pages(app: Sphinx) -> Iterator[PreparedPage]:
    for docname in sorted(app.env.found_docs):
        file = page_file(app, docname)
        if file.is_file():
            yield prepare(app.builder.get_target_uri(docname), json.loads(file.read_text("utf-8")))


def prepare(url: str, sections: Iterable[dict[str, str]]) -> PreparedPage:
    """A page from what :mod:`search_pages` kept of it."""
    kept = tuple((section["id"], section["title"], section["text"].strip()) for section in sections)
    return PreparedPage(
        url=url, title=next((title for _id, title, _text in kept if title), url), sections=kept
    )


def _digest(pages: Sequence[PreparedPage], site: dict[str, Any]) -> str:
    tables = [han_forms().words, len(han_forms().simplified)]
    digest = hashlib.sha256(json.dumps([_FORMAT, site, tables], ensure_ascii=False).encode())
    for page in pages:
        digest.update(repr(page).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _others(app: Sphinx) -> list[dict[str, str]]:
    """The searches in other languages."""
    return [
        {"name": link.language.name, "lang": link.language.tag, "href": link.href}
        for link in links_of_page(app, "search")
        if not link.current
    ]


def _terms(app: Sphinx) -> Iterator[list[str]]:
    """What each term of the glossary is called in all languages, also by words to avoid."""
    settings = hub_settings(app)
    path = settings.catalogs_path / GLOSSARY
    if not path.is_file():
        return
    targets = [each.locale for each in settings.languages if each.locale != settings.source_locale]
    terms, _problems = load_glossary(path, source=settings.source_locale, targets=targets)
    for term in terms:
        avoided = (word for words in term.avoid.values() for word in words)
        yield [name for name in (term.term, *term.translations.values(), *avoided) if name]


def _aliases(
    groups: Iterable[Sequence[str]], known: dict[str, array[int]]
) -> Iterator[tuple[list[str], list[str]]]:
    """Names for one thing, each as its words with spaces between: those that the site has, and the others."""
    for group in groups:
        names = {" ".join(word.form for word in split(name)): name for name in group}
        here = [
            form
            for form, name in names.items()
            if all(entry in known for entry, _place in covering(split(name)))
        ]
        if here and len(names) > 1:
            yield here, [form for form in names if form not in here]
