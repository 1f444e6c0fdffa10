"""The index of the search: small packed files, of which a reader's browser loads the few that it needs.

``reader.json`` says what the dialog needs of the site, and in which folder the index is, by a digest of all
of it. There, ``words/`` has the places of each entry on the pages, in so many files that each stays small;
which file has an entry follows from the entry itself. ``pages/`` has the text of each page. The title of a
page is at the places 0 to 63, the headings are up to 1023, the text is from 1024 on: by the place of a hit,
the browser knows what was hit before it loads the page's text. All files but the first are JSON in gzip's
form, because not every host packs what it sends.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.glossary import GLOSSARY, load_glossary
from sphinx_hub.i18n import hub_settings
from sphinx_hub.pages.search_packs import (
    READER,
    Digests,
    Index,
    IndexContents,
    KeptIndex,
    PreparedPage,
    changed_index,
    whole_index,
)
from sphinx_hub.pages.search_pages import page_file
from sphinx_hub.pages.search_texts import dialog_texts
from sphinx_hub.pages.switcher import links_of_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx

FOLDER: Final = "hub-search"
#: Beside the doctrees: what the index is made of, for the next build.
KEPT: Final = "hub-search.json"
#: What makes the files: another version of it may make others of the same pages.
_CODE: Final = ("search_words.py", "search_packs.py", "han_forms.json")


def makes_index(app: Sphinx) -> bool:
    """Whether this build gives its readers the search dialog."""
    return app.builder.name in {"html", "dirhtml"}


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: make the index of this language, or of it what changed."""
    if exception is not None or not makes_index(app):
        return
    target, note = Path(app.outdir, FOLDER), Path(app.doctreedir, KEPT)
    pages = list(_pages(app))
    site = {"texts": dialog_texts(), "others": _others(app), "terms": list(_terms(app))}
    digests = _digests(pages, site)
    before = _kept(target, note)
    if before is None or before.digests.folder != digests.folder:
        index = None if app.config.hub_plain else _changed(pages, site, digests, before)
        if index is None:
            index = whole_index(pages, site, digests)
        for folder in {(target / name).parent for name in index.kept}:
            folder.mkdir(parents=True, exist_ok=True)
        for name, old in index.kept.items():
            _carry(target / old, target / name)
        for name in sorted(index.made, key=lambda name: (name == READER, name)):
            write_if_changed(target / name, index.made[name])
        names = sorted([*index.made, *index.kept])
        sizes = {name: (target / name).stat().st_size for name in names}
        kept = {"digests": asdict(digests), "contents": asdict(index.contents), "sizes": sizes}
        write_if_changed(note, json.dumps(kept, ensure_ascii=False).encode())
    for other in target.iterdir():
        if other.is_dir() and other.name != digests.folder:
            shutil.rmtree(other)


def _changed(
    pages: Sequence[PreparedPage], site: dict[str, Any], digests: Digests, before: KeptIndex | None
) -> Index | None:
    """The index from the one that is there; None where that is damaged, or too much changed."""
    try:
        return None if before is None else changed_index(pages, site, digests, before)
    except (OSError, EOFError, ValueError, TypeError, zlib.error):
        return None


def _kept(target: Path, note: Path) -> KeptIndex | None:
    """The index that is there, if all its files are, with the right sizes."""
    try:
        kept = json.loads(note.read_text("utf-8"))
        if any((target / name).stat().st_size != size for name, size in kept["sizes"].items()):
            return None
        return KeptIndex(
            digests=Digests(**kept["digests"]),
            contents=IndexContents(**kept["contents"]),
            read=lambda name: (target / name).read_bytes(),
        )
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _carry(old: Path, new: Path) -> None:
    """Have a file that stays as it is under another name too: readers may still load it by the old one."""
    new.unlink(missing_ok=True)
    try:
        os.link(old, new)
    except OSError:  # not every file system has links
        shutil.copyfile(old, new)


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


def _digests(pages: Sequence[PreparedPage], site: dict[str, Any]) -> Digests:
    code = [Path(__file__).with_name(name).read_text("utf-8") for name in _CODE]
    rest = _digest(json.dumps([code, site], ensure_ascii=False))
    each = [_digest(repr(page)) for page in pages]
    return Digests(folder=_digest(" ".join([rest, *each])), site=rest, pages=each)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


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
