"""The glossary in the forms that other tools import: TBX and CSV, a file for each language.

TBX is written as of 2008, with ``martif`` (ISO 30042:2008, TBX-Basic): Weblate reads it through
translate-toolkit, which does not know the ``tbx`` of 2019. A word to avoid is an entry of its own, with the
status ``forbidden``, since that is what Weblate takes for a forbidden translation
(https://docs.weblate.org/en/latest/formats/tbx.html), and older versions take it for the whole entry.

CSV has the columns of translate-toolkit, and two more that it passes over. It begins with a byte order mark,
without which Excel reads Chinese as something else. A reader that does not know the mark loses the first
column's name, so this is not one that Weblate needs.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, Literal, get_args
from xml.sax.saxutils import escape, quoteattr

from sphinx_hub.catalogs.glossary import GLOSSARY, load_glossary, tag_of
from sphinx_hub.problems import ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_hub.catalogs.glossary import Term
    from sphinx_hub.settings import Settings

GlossaryFormat = Literal["tbx", "csv"]
GLOSSARY_FORMATS: Final[tuple[GlossaryFormat, ...]] = get_args(GlossaryFormat)

#: What TBX-Basic calls the parts of speech that it calls otherwise.
_PARTS_OF_SPEECH: Final = {"name": "properNoun"}
_COLUMNS: Final = ("part_of_speech", "source", "target", "developer_comments", "avoid")
#: Between two words to avoid.
_BETWEEN: Final = "; "


def file_name(locale: str, output: GlossaryFormat) -> str:
    """What the file of a language is called: ``glossary-zh_CN.tbx``. Weblate finds the language by it."""
    return f"glossary-{locale}.{output}"


def glossary_files(
    settings: Settings, locales: Iterable[str], formats: Iterable[GlossaryFormat] = GLOSSARY_FORMATS
) -> dict[str, bytes]:
    """File name -> content, for each of ``locales`` but the source's, in each of ``formats``.

    The same glossary gives the same bytes.

    :raises ProblemsError: the glossary is missing or has errors.
    """
    source = settings.source_locale
    targets = [locale for locale in settings.locales if locale != source]
    terms, problems = load_glossary(settings.catalogs_path / GLOSSARY, source=source, targets=targets)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ProblemsError(errors)
    make = {
        "tbx": lambda locale: glossary_tbx(terms, source, locale),
        "csv": lambda locale: glossary_csv(terms, locale),
    }
    return {
        file_name(locale, output): make[output](locale)
        for locale in locales
        if locale != source
        for output in formats
    }


def glossary_tbx(terms: Iterable[Term], source: str, target: str) -> bytes:
    """The terms in two languages, as TBX."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">',
        f'<martif type="TBX-Basic" xml:lang={quoteattr(tag_of(source))}>',
        "  <martifHeader>",
        f"    <fileDesc><sourceDesc><p>{escape(GLOSSARY)}</p></sourceDesc></fileDesc>",
        "  </martifHeader>",
        "  <text>",
        "    <body>",
    ]
    for term in terms:
        lines += _entry(term, source, target)
    return "\n".join([*lines, "    </body>", "  </text>", "</martif>", ""]).encode()


def glossary_csv(terms: Iterable[Term], target: str) -> bytes:
    """The terms in one language, as CSV with a byte order mark and lines that end as RFC 4180 has it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for term in terms:
        word = term.translations.get(target, "")
        avoid = _BETWEEN.join(term.avoid.get(target, ()))
        writer.writerow((term.part_of_speech, term.term, word, term.definition, avoid))
    return buffer.getvalue().encode("utf-8-sig")


def _entry(term: Term, source: str, target: str) -> Iterator[str]:
    """The lines of a term, and of the words that are wrong for it."""
    word = term.translations.get(target)
    part_of_speech = _PARTS_OF_SPEECH.get(term.part_of_speech, term.part_of_speech)
    notes = {"partOfSpeech": part_of_speech} if part_of_speech else {}
    yield f'      <termEntry id="term-{term.slug}">'
    if term.definition:
        yield f'        <descrip type="definition">{escape(term.definition)}</descrip>'
    if term.part_of_speech == "name" and word == term.term:
        # Weblate's mark of a term that is not to be translated.
        yield '        <descrip type="Translation needed">No</descrip>'
    yield from _language(source, term.term, notes)
    if word:
        yield from _language(target, word, {})
    yield "      </termEntry>"
    for number, wrong in enumerate(term.avoid.get(target, ()), 1):
        yield f'      <termEntry id="term-{term.slug}-avoid-{number}">'
        yield from _language(source, term.term, {})
        yield from _language(target, wrong, {"administrativeStatus": "forbidden"})
        yield "      </termEntry>"


def _language(locale: str, word: str, notes: Mapping[str, str]) -> Iterator[str]:
    yield f"        <langSet xml:lang={quoteattr(tag_of(locale))}>"
    yield "          <tig>"
    yield f"            <term>{escape(word)}</term>"
    for kind, text in notes.items():
        yield f'            <termNote type="{kind}">{escape(text)}</termNote>'
    yield "          </tig>"
    yield "        </langSet>"
