"""The index of the search, made by Pagefind from pages that are prepared for it.

Pagefind reads HTML and counts words. What it gets is one paragraph a page: words with spaces between them,
the title at places 0 to 63, the headings up to 1023, the text from 1024 on; the rest is filled with ends
of phrases. By the place of a hit, a reader's browser knows what was hit before it loads the page's text.
Afterwards the text of each page, which Pagefind repeats for excerpts, is replaced by the text as written.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.errors import ExtensionError
from sphinx.locale import get_translation
from sphinx.util import logging

from sphinx_hub.catalogs.compiled import write_if_changed
from sphinx_hub.catalogs.glossary import GLOSSARY, load_glossary
from sphinx_hub.i18n import current_language, hub_settings
from sphinx_hub.pages.search_pages import page_file
from sphinx_hub.pages.search_texts import dialog_texts
from sphinx_hub.pages.search_words import BREAK, Word, han_forms, split
from sphinx_hub.pages.switcher import links_of_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx

_ = get_translation("sphinx_hub")
logger = logging.getLogger(__name__)

FOLDER: Final = "hub-search"
DIGEST: Final = "digest"
HEADINGS_FROM: Final = 64
TEXT_FROM: Final = 1024
#: Pagefind's files start with this, within gzip.
_MAGIC: Final = b"pagefind_dcd"
#: Between two words of a text in a page's file; a text has none, since it would part words.
_BETWEEN: Final = "\u200b"
#: Pagefind's languages for words with endings. Texts in other scripts hold English words.
_STEMMED: Final = frozenset(
    [
        *(
            "ar",
            "ca",
            "cs",
            "da",
            "de",
            "el",
            "en",
            "es",
            "et",
            "eu",
            "fi",
            "fr",
            "hi",
            "hu",
            "hy",
            "id",
            "it",
        ),
        *("lt", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi"),
    ]
)
#: Its own dialogs, and a worker that is more to load than it saves.
_UNUSED: Final = ("pagefind-*.js", "pagefind-*.css")


@dataclass(frozen=True, kw_only=True)
class PreparedPage:
    """A page as it goes into the index, and as its hits are shown."""

    url: str
    title: str
    indexed: tuple[str, ...]
    """The words for Pagefind."""
    words: tuple[str, ...]
    """The text as written, in as many pieces as there are words from :data:`TEXT_FROM` on."""
    sections: tuple[tuple[int, str, str], ...]
    """Which piece a section starts with, its anchor, its title."""

    @property
    def name(self) -> str:
        """The name of the file that Pagefind reads."""
        return f"{hashlib.sha256(self.url.encode()).hexdigest()[:16]}.html"


def pagefind_program() -> Path | None:
    """Pagefind's program, from whichever of its packages is installed; None without one."""
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415 there is none for some computers

        return Path(get_executable())
    except (ImportError, FileNotFoundError):
        return None


def makes_index(app: Sphinx) -> bool:
    """Whether this build gives its readers the search dialog."""
    return app.builder.name in {"html", "dirhtml"} and pagefind_program() is not None


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """On build-finished: make the index of this language, unless it is there and nothing changed.

    :raises ExtensionError: Pagefind failed, or left files that are not whole
    """
    if exception is not None or app.builder.name not in {"html", "dirhtml"}:
        return
    program = pagefind_program()
    target = Path(app.outdir, FOLDER)
    if program is None:
        shutil.rmtree(target, ignore_errors=True)
        logger.info(
            "search: Pagefind is not installed (pip install pagefind-bin; some computers have none), "
            "so readers get Sphinx's own search"
        )
        return
    pages = list(_pages(app))
    tag = current_language(app).tag.partition("-")[0]
    stemmed = tag if tag in _STEMMED else "en"
    write_if_changed(
        target / "reader.json", json.dumps(_for_readers(app, pages), ensure_ascii=False).encode()
    )
    digest = _digest(program, stemmed, pages)
    marker = target / DIGEST
    if (
        marker.is_file()
        and marker.read_text("ascii") == digest
        and _is_whole(target / "pagefind", len(pages))
    ):
        return
    with tempfile.TemporaryDirectory() as folder:
        made = make_index(program, pages, stemmed, Path(folder))
        shutil.rmtree(target / "pagefind", ignore_errors=True)
        shutil.copytree(made, target / "pagefind")
    marker.write_text(digest, "ascii")


def make_index(program: Path, pages: Sequence[PreparedPage], stemmed: str, folder: Path) -> Path:
    """Pagefind's files for ``pages``, below the empty ``folder``; checked, and with the texts as written.

    :raises ExtensionError: Pagefind failed, or left files that are not whole
    """
    source, made = folder / "pages", folder / "index"
    source.mkdir()
    for page in pages:
        text = html.escape(" ".join(page.indexed))
        content = f'<html lang="{stemmed}"><body><p data-pagefind-body>{text}</p></body></html>'
        (source / page.name).write_text(f"<!doctype html>{content}", "utf-8")
    if not pages:
        return source
    command = [str(program), "--site", str(source), "--output-path", str(made), "--silent"]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if run.returncode:
        raise ExtensionError(f"search: Pagefind failed: {run.stdout}{run.stderr}")
    if not _is_whole(made, len(pages)):
        raise ExtensionError(f"search: Pagefind left files that are not whole, for {len(pages)} pages")
    _put_texts(made, {f"/{page.name}": page for page in pages})
    for pattern in _UNUSED:
        for file in made.glob(pattern):
            file.unlink()
    return made


def _is_whole(made: Path, count: int) -> bool:
    """Whether Pagefind's files can be read, and hold ``count`` pages: under load it left some empty."""
    try:
        languages = json.loads((made / "pagefind-entry.json").read_text("utf-8"))["languages"].values()
        fragments = list((made / "fragment").iterdir())
        if sum(language["page_count"] for language in languages) != count or len(fragments) != count:
            return False
        packed = [*fragments, *(made / "index").iterdir(), *made.glob("*.pf_meta"), *made.glob("wasm.*")]
        return all(gzip.decompress(file.read_bytes()).startswith(_MAGIC) for file in packed)
    except (OSError, EOFError, ValueError, KeyError):
        return not count and not made.exists()


def _put_texts(made: Path, pages: dict[str, PreparedPage]) -> None:
    """Put the text as written in place of the words, and what else a result shows."""
    for file in sorted((made / "fragment").iterdir()):
        fragment = json.loads(gzip.decompress(file.read_bytes()).removeprefix(_MAGIC))
        page = pages.pop(fragment["url"])
        fragment |= {
            "url": page.url,
            "content": "",
            "meta": {"title": page.title, "words": _BETWEEN.join(page.words), "sections": page.sections},
        }
        content = _MAGIC + json.dumps(fragment, ensure_ascii=False).encode()
        file.write_bytes(gzip.compress(content, mtime=0))


def prepare(url: str, sections: Iterable[dict[str, str]]) -> PreparedPage:
    """A page from what :mod:`search_pages` kept of it."""
    sections = list(sections)
    title = next((section["title"] for section in sections if section["title"]), url)
    headings = [section["title"] for section in sections if section["title"] not in {"", title}]
    words: list[Word] = []
    places: list[tuple[int, str, str]] = []
    for section in sections:
        places.append((len(words), section["id"], section["title"]))
        for text in (section["title"], section["text"]):
            found = list(split(text))
            # A title is no part of the text that follows it.
            words += [*found, Word(BREAK, "\n")] if found else []
    listed = (word for text in headings for word in (*split(text), Word(BREAK, "")))
    indexed = [
        *_filled(split(title), HEADINGS_FROM),
        *_filled(listed, TEXT_FROM - HEADINGS_FROM),
        *(word.form for word in words),
    ]
    return PreparedPage(
        url=url,
        title=title,
        indexed=tuple(indexed),
        words=tuple(word.text.replace(_BETWEEN, "") for word in words),
        sections=tuple(places),
    )


def _filled(words: Iterable[Word], size: int) -> list[str]:
    """The forms of ``words`` on exactly ``size`` places, the last of which parts them from what follows."""
    forms = [word.form for word in words][: size - 1]
    return forms + [BREAK] * (size - len(forms))


def _pages(app: Sphinx) -> Iterator[PreparedPage]:
    for docname in sorted(app.env.found_docs):
        file = page_file(app, docname)
        if file.is_file():
            yield prepare(app.builder.get_target_uri(docname), json.loads(file.read_text("utf-8")))


def _digest(program: Path, stemmed: str, pages: Sequence[PreparedPage]) -> str:
    digest = hashlib.sha256(f"{program.stat().st_size} {stemmed}".encode())
    for page in pages:
        digest.update(repr(page).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _for_readers(app: Sphinx, pages: Sequence[PreparedPage]) -> dict[str, Any]:
    """What the dialog needs of the site: sentences, words that mean the same, searches in other languages.

    Of the tables it has what this site's words can meet.
    """
    signs = {form for page in pages for form in page.indexed[TEXT_FROM:]}
    pairs = [(chr(old), chr(new)) for old, new in han_forms().simplified.items() if chr(new) in signs]
    regional = [
        [" ".join(word) for word in pair]
        for pair in han_forms().words
        if any(signs.issuperset(word) for word in pair)
    ]
    others = [
        {"name": link.language.name, "lang": link.language.tag, "href": link.href}
        for link in links_of_page(app, "search")
        if not link.current
    ]
    return {
        "texts": dialog_texts(),
        "traditional": "".join(old for old, _new in pairs),
        "simplified": "".join(new for _old, new in pairs),
        "aliases": [*_terms(app), *regional],
        "others": others,
    }


def _terms(app: Sphinx) -> Iterator[list[str]]:
    """What each term of the glossary is called in all languages, also by words to avoid."""
    settings = hub_settings(app)
    path = settings.catalogs_path / GLOSSARY
    if not path.is_file():
        return
    targets = [each.locale for each in settings.languages if each.locale != settings.source_locale]
    terms, _problems = load_glossary(path, source=settings.source_locale, targets=targets)
    for term in terms:
        names = [
            term.term,
            *term.translations.values(),
            *(word for words in term.avoid.values() for word in words),
        ]
        forms = dict.fromkeys(" ".join(word.form for word in split(name)) for name in names if name)
        if len(forms) > 1:
            yield list(forms)
