"""Every text of a site reaches its translators, with its markup, its file and its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites.conftest import Built, SmallSite

CATALOGS = "locale/zh_CN/LC_MESSAGES"


class Place(NamedTuple):
    """Where a message is said to stand; the path is that of the file within the site."""

    domain: str
    message: str
    path: str
    line: int


#: (domain, message, file, line)
PLACES = [
    Place("_site", "Text Site", "conf.py", 8),
    Place("_site", "Text of Every Kind", "conf.py", 9),
    Place("_site", "2026, the contributors", "conf.py", 10),
    Place("_site", "The place where people *meet*.", "conf.py", 20),
    Place("_site", "text, language, translation", "conf.py", 23),
    Place("_site", 'Read <a href="https://example.org/news">the news</a> of this year.', "conf.py", 30),
    Place("index", "Every kind of text that a page can hold.", "docs/index.md", 4),
    Place("index", "Markup of a message", "docs/index.md", 12),
    Place("index", "How emphasis meets Chinese", "docs/index.md", 16),
    Place("index", "Text beside the paragraphs", "docs/index.md", 23),
    Place("deep", "Mind the **gap**", "docs/deep.md", 5),
    Place("links", "Text Forum", "docs/links.md", 4),
    Place("links", "The {{ product }} has a name of its own.", "docs/links.md", 19),
    Place("links", "The source of the claim.", "docs/links.md", 29),
    Place("front", "A Title from the Front Matter", "docs/front.md", 2),
    Place("front", "The Authors of the Page", "docs/front.md", 3),
    Place("front", "The front matter of a page is text too.", "docs/front.md", 7),
    Place("front", "front matter, metadata", "docs/front.md", 8),
    Place("front", "Many voices, *one* page.", "docs/front.md", 10),
    Place("design", "First **tab**", "docs/design.md", 4),
    Place("design", "Column", "docs/design.md", 7),
    Place("design", "Cell in a tab", "docs/design.md", 9),
    Place("design", "A *place* to meet", "docs/design.md", 9),
    Place("design", "Second tab", "docs/design.md", 12),
    Place("design", "Open `this` dropdown", "docs/design.md", 19),
    Place("design", "Card with a **bold** title", "docs/design.md", 25),
    Place("design", "Go to the deep page", "docs/design.md", 28),
    Place("design", "A square above the card", "docs/design.md", 30),
    Place("design", "Foot of the *card*", "docs/design.md", 31),
    Place("design", "Read **more** here", "docs/design.md", 40),
    Place("design", "Opens another site", "docs/design.md", 44),
    Place("design", "Visit the `shop`", "docs/design.md", 46),
    Place("tables", "Head of a column", "docs/tables.md", 3),
    Place("tables", "First cell", "docs/tables.md", 5),
    Place("tables", "Cell with **bold**", "docs/tables.md", 6),
    Place("tables", "Names and *places*", "docs/tables.md", 8),
    Place("tables", "Between two `languages`", "docs/tables.md", 14),
    Place("tables", "Comma separated", "docs/tables.md", 17),
    Place("tables", "Key", "docs/tables.md", 18),
    Place("tables", "Value of one", "docs/tables.md", 20),
    Place("tables", "Value of two", "docs/tables.md", 21),
    Place("tables", "A table with a caption", "docs/tables.md", 24),
    Place("tables", "Letter", "docs/tables.md", 25),
    Place("tables", "As in *father*", "docs/tables.md", 27),
    Place("tables", "A sign in a note", "docs/tables.md", 33),
    Place("figures", "A small blue square", "docs/figures.md", 4),
    Place("figures", "A **square** in blue.", "docs/figures.md", 7),
    Place("figures", "The legend of the square.", "docs/figures.md", 9),
    Place("figures", "A square of its own", "docs/figures.md", 15),
    Place("figures", "Code with a *caption*", "docs/figures.md", 19),
    Place("figures", "A title with `code`", "docs/figures.md", 25),
    Place("figures", "A topic of its own", "docs/figures.md", 29),
    Place("figures", "A rubric", "docs/figures.md", 33),
    Place("terms", "large language model", "docs/terms.md", 4),
    Place("terms", "A model of language with many parameters.", "docs/terms.md", 5),
    Place("terms", "token", "docs/terms.md", 7),
    Place("terms", "open weights", "docs/terms.md", 13),
    Place("terms", "What stands beside a term.", "docs/terms.md", 19),
]
#: Pages of which every message is translated; the others are half done, or written in Chinese.
WHOLE = [
    *("_site", "index", "deep", "links", "emphasis", "blocks", "maths", "tasks"),
    *("front", "design", "tables", "figures", "terms", "progress"),
]


@pytest.fixture(scope="module")
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    return small_site("test-text")


@pytest.fixture(scope="module")
def built(site: SmallSite) -> Built:
    return site.build(builder="gettext")


@pytest.fixture(scope="module")
def places(built: Built) -> set[Place]:
    """Every place of every message."""
    found = set()
    for pot in built.output.rglob("*.pot"):
        domain = pot.relative_to(built.output).with_suffix("").as_posix()
        with pot.open("rb") as file:
            for message in read_po(file):
                for location, line in message.locations:
                    found.add(Place(domain, str(message.id), location, line))
    return found


def test_the_extraction_is_clean(built: Built) -> None:
    built.clean()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.domain}: {place.message}")
def test_a_message_comes_with_its_line(places: set[Place], place: Place) -> None:
    assert {found for found in places if found[:2] == place[:2]} == {place}


def test_the_line_of_a_message_holds_its_first_words(site: SmallSite, places: set[Place]) -> None:
    """Of every message. The line of a block of code, of maths or of HTML may be where the block begins."""
    wrong = []
    for place in sorted(places):
        lines = (site.root / place.path).read_text("utf-8").splitlines()
        here = lines[max(place.line - 1, 0) : place.line + 5]
        first = squeezed(lines[place.line - 1]) if 0 < place.line <= len(lines) else ""
        start = squeezed("".join(here)).find(squeezed(place.message)[:25])
        if start < 0 or not (start < len(first) or first.startswith(("```", "$$"))):
            wrong.append(place)
    assert wrong == []


def squeezed(text: str) -> str:
    """A text without its spaces: a message stands on one line, its source may stand on several."""
    return "".join(text.split())


def test_a_message_of_conf_is_in_the_catalog_of_no_page(places: set[Place]) -> None:
    assert {place.domain for place in places if place.path == "conf.py"} == {"_site"}


def test_html_that_syntax_makes_is_no_message(places: set[Place]) -> None:
    """The stack extracts the marks of strikethrough and the boxes of task lists with the target raw."""
    assert [place for place in places if "input" in place.message or place.message in {"<s>", "</s>"}] == []


def test_the_same_message_at_two_places_is_one(places: set[Place]) -> None:
    assert {place.line for place in places if place.message == "常见问题"} == {10, 19}


def test_what_is_neither_shown_nor_text_is_no_message(places: set[Place]) -> None:
    words = {"zh_CN", "true", "dollarmath", "deep", "doc", "primary", "second", "picture.svg", "greeting"}
    assert {place.message for place in places} & words == set()


@pytest.mark.parametrize("domain", WHOLE)
def test_the_catalogs_of_this_site_are_whole(site: SmallSite, places: set[Place], domain: str) -> None:
    """So that what is found untranslated on a page of it was never asked for."""
    with (site.root / CATALOGS / f"{domain}.po").open("rb") as file:
        translated = {str(message.id) for message in read_po(file) if message.id and message.string}
    assert {place.message for place in places if place.domain == domain} - translated == set()


def test_a_second_extraction_writes_nothing_anew(site: SmallSite, built: Built) -> None:
    before = {path: path.read_bytes() for path in built.output.rglob("*.pot")}
    site.build(builder="gettext")
    assert {path: path.read_bytes() for path in built.output.rglob("*.pot")} == before


def test_templates_are_extracted_but_for_variables(small_site: Callable[..., SmallSite]) -> None:
    site = small_site("test-text-changes")
    (site.root / "templates").mkdir()
    template = "{{ _('A text of a template') }} {{ _(variable) }}\n"
    (site.root / "templates" / "part.html").write_text(template, "utf-8")
    extracted = site.build("en", "-D", "templates_path=templates", builder="gettext").clean()
    assert "A text of a template" in extracted.text("sphinx.pot")
