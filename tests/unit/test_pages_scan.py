"""The scan of a pseudo-locale's pages: each kind of hole is found, and nothing else is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from sphinx_hub.building.pages_scan import (
    ALLOWED,
    Allowed,
    allowed_in,
    holes_of_site,
    script_texts,
    unmarked,
    unmarked_feed,
    unmarked_records,
)

PACKAGE = Path(__file__).parents[2] / "extensions/sphinx_hub"
TAG = "en-XA"


def page(tmp_path: Path, body: str, head: str = "") -> Path:
    path = tmp_path / "page.html"
    path.write_text(
        f"<!doctype html><html lang='{TAG}'><head>{head}</head><body>{body}</body></html>", "utf-8"
    )
    return path


def holes(tmp_path: Path, body: str, head: str = "") -> list[str]:
    return [hole.text for hole in unmarked(page(tmp_path, body, head), tag=TAG)]


@pytest.mark.parametrize(
    "body",
    [
        "<p>hole</p>",
        "<p>⟦Ţééẋţ⟧ hole</p>",
        "<p>hole ⟦Ţééẋţ⟧</p>",
        "<p>⟦Ţééẋţ⟧ hole ⟦Ţééẋţ⟧</p>",
        "<p>⟦Ţééẋţ⟧</p><p>hole</p>",
        "<p>⟦Ţééẋţ</p><p>hole</p>",
        "<p>⟦Ţééẋţ⟧ <a href='b.html'>hole</a></p>",
        "<p>⟦Ţ <b>ééẋ</b> ţ⟧ <b>hole</b></p>",
        "<div>hole<p>⟦Ţééẋţ⟧</p></div>",
        "<div>⟦Ţééẋţ<p>hole</p>⟧</div>",
        "<ul><li>hole</li></ul>",
        "<table><tr><td>⟦Ţééẋţ⟧</td><td>hole</td></tr></table>",
        "<button>hole</button>",
        "<label>hole</label>",
        "<select><option>hole</option></select>",
        "<noscript>hole</noscript>",
        "<svg><title>hole</title></svg>",
        "<p><span lang='en-XA'>hole</span></p>",
        "<p lang='fr'>Texte <span lang='en-XA'>hole</span></p>",
        "<p class='hub-untranslated'><span lang='en'>hole</span></p>",
        "<p><span translate='yes'>hole</span></p>",
        "<p><a href='https://a.example/b'>hole</a></p>",
        "<p>hole<br>⟦Ţééẋţ⟧</p>",
        "<p>h&#111;le</p>",
        "<img alt='hole'>",
        "<a title='hole'>⟦Ţééẋţ⟧</a>",
        "<p>⟦Ţééẋţ <a title='hole'>ţééẋţ</a>⟧</p>",
        "<nav aria-label='hole'></nav>",
        "<nav aria-description='hole'></nav>",
        "<input placeholder='hole'>",
        "<input type='submit' value='hole'>",
        "<input type=reset value=hole />",
        "<option label='hole'></option>",
        "<abbr title='hole'>⟦Ţ⟧</abbr>",
        "<code title='hole'>code</code>",
        "<svg role='img' aria-label='hole'/>",
        "<figure><figcaption>hole</figcaption></figure>",
    ],
)
def test_text_outside_the_marks_is_a_hole(body: str, tmp_path: Path) -> None:
    assert holes(tmp_path, body) == ["hole"]


@pytest.mark.parametrize(
    "head",
    [
        "<title>hole</title>",
        "<title>⟦Ţééẋţ⟧ hole</title>",
        "<meta name='description' content='hole'>",
        "<meta name='keywords' content='⟦Ţééẋţ⟧ hole'>",
        "<meta property='og:title' content='hole'>",
        "<meta property='og:image:alt' content='hole' />",
        "<meta name='twitter:description' content='hole'>",
        "<link rel='next' title='hole' href='a.html'>",
        '<script type="application/ld+json">{"name": "hole"}</script>',
        '<script type="application/ld+json">{"@graph": [{"creator": {"name": "hole"}}]}</script>',
        '<script type="application/ld+json">{"keywords": ["⟦Ţ⟧", "hole"]}</script>',
        '<script type="application/ld+json">[{"description": "⟦Ţ⟧ hole", "headline": "⟦Ţ⟧"}]</script>',
    ],
)
def test_text_of_the_head_is_a_hole(head: str, tmp_path: Path) -> None:
    assert holes(tmp_path, "", head) == ["hole"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>⟦Ţééẋţ <b>ţ</b> <a href='b.html'>ţ</a>⟧</p>",
        "<p><b>⟦Ţééẋţ</b> ţééẋţ⟧</p>",
        "<p>⟦Ţééẋţ ⟦ţééẋţ⟧ ţééẋţ⟧</p>",
        "<p>⟦Ţ⟧, ⟦Ţ⟧ · ⟦Ţ⟧ (42 %) — ¶ → 3.5</p>",
        "<p><code>code</code> <kbd>Ctrl</kbd> <samp>out</samp> <var>x</var></p>",
        "<pre>code <span>code</span></pre>",
        "<div class='highlight'><pre><span></span>code</pre></div>",
        "<script>const text = 'words of a script';</script>",
        "<style>p { color: red }</style>",
        "<p><span class='math notranslate'>\\(x\\)</span></p>",
        "<div class='math'>x</div>",
        "<math><mi>x</mi></math>",
        "<p><mjx-container><mjx-math>x</mjx-math></mjx-container></p>",
        "<p>⟦Ţ⟧ <span lang='zh-Hans'>飞桨</span> <span lang='en'>PaddlePaddle</span></p>",
        "<p lang='fr'>Texte <b>français</b></p>",
        "<p lang='fr'><a title='titre'>texte</a></p>",
        "<p translate='no'>name</p>",
        "<p><b class='notranslate'>name</b></p>",
        "<p><time datetime='2026-01-02'>Jan 2, 2026</time></p>",
        "<p>https://a.example/b</p>",
        "<p>mail@a.example</p>",
        "<p><a href='https://a.example/b/'>a.example/b</a></p>",
        "<p><a href='https://a.example/b/'><span>https://a.example/b</span></a></p>",
        "<img alt=''><img alt='⟦Ţééẋţ⟧'>",
        "<input type='hidden' value='value'><input name='q' value='value'>",
        "<p data-theme='auto' class='name' id='name'></p>",
        "<!-- comment -->",
        "",
    ],
)
def test_what_needs_no_translation_is_no_hole(body: str, tmp_path: Path) -> None:
    assert holes(tmp_path, body) == []


@pytest.mark.parametrize(
    "head",
    [
        "<title>⟦Ţééẋţ⟧ - ⟦Ţ⟧</title>",
        "<meta charset='utf-8'><meta name='viewport' content='width=device-width'>",
        "<meta name='generator' content='Sphinx'>",
        "<meta property='og:type' content='article'><meta property='og:url' content='https://a.example'>",
        "<meta name='description' lang='en' content='words'>",
        '<script type="application/ld+json">{"@type": "Event", "url": "https://a.example"}</script>',
        '<script type="application/ld+json">{"name": "⟦Ţ⟧", "alternateName": ["飞桨", "Paddle"]}</script>',
        '<script type="application/ld+json">{"license": "https://a.example/licence"}</script>',
        "<link rel='stylesheet' href='a.css'>",
    ],
)
def test_what_is_for_machines_in_the_head_is_no_hole(head: str, tmp_path: Path) -> None:
    assert holes(tmp_path, "", head) == []


def test_a_value_for_a_script_with_words_in_it_is_a_hole(tmp_path: Path) -> None:
    assert holes(tmp_path, "<p data-label='some words' data-key='word' data-ok='⟦Ţ⟧ ⟦Ţ⟧'></p>") == [
        "some words"
    ]


def test_each_stretch_is_a_hole_of_its_own(tmp_path: Path) -> None:
    assert holes(tmp_path, "<p>one\n two ⟦Ţ⟧ three</p>") == ["one two", "three"]


@pytest.mark.parametrize("lang", ["lang='en'", "lang='en-xa'", ""])
def test_a_page_in_another_language_is_a_hole_itself(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html {lang}><body><p>hole</p></body></html>", "utf-8")
    assert [hole.selector for hole in unmarked(path, tag=TAG)][:1] == ["html[lang]"]
    assert unmarked(path, tag=TAG)[-1].text == "hole"


def test_a_selector_leads_to_the_element(tmp_path: Path) -> None:
    body = """
      <div><p>⟦Ţ⟧</p><p>⟦Ţ⟧ <b>first</b></p><ul><li>⟦Ţ⟧</li><li>second</li></ul></div>
      <div><p>third</p><section id="here"><h2>⟦Ţ⟧</h2><p><br><img alt="x"><a title="fourth"></a></p></section>
      <section id="1.2"><p>fifth</p></section></div>
    """
    path = page(tmp_path, body)
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    found = {hole.text: hole for hole in unmarked(path, tag=TAG)}
    for text in ("first", "second", "third", "fifth"):
        (element,) = soup.select(found[text].selector)
        assert element.get_text() == text
    assert found["third"].selector == "body > div:nth-of-type(2) > p:nth-of-type(1)"
    assert found["fourth"].selector == "#here > p:nth-of-type(1) > a:nth-of-type(1)[title]"
    assert found["fifth"].selector == '[id="1.2"] > p:nth-of-type(1)'
    assert found["fifth"].page == path


def test_the_path_within_json_is_said(tmp_path: Path) -> None:
    head = '<script type="application/ld+json">{"@graph": [{"name": "hole"}]}</script>'
    (hole,) = unmarked(page(tmp_path, "", head), tag=TAG)
    assert hole.selector == "head > script:nth-of-type(1)[$.@graph[0].name]"


def test_tags_that_are_not_closed_do_no_harm(tmp_path: Path) -> None:
    assert holes(tmp_path, "<p>⟦Ţ<p>one</i><br></br>two<svg><path/>three</svg>") == ["one", "two", "three"]


def test_what_is_allowed_is_allowed_where_it_says(tmp_path: Path) -> None:
    path = page(tmp_path, "<div class='a b'><p>Sphinx and Furo</p></div><p id='c' title='Sphinx'>Sphinx</p>")

    def left(pattern: str, where: str = "") -> list[str]:
        allowed = (Allowed(pattern=pattern, where=where, reason="a name"),)
        return [hole.text for hole in unmarked(path, tag=TAG, allowed=allowed)]

    assert left(r"\bSphinx\b") == ["Sphinx and Furo"]
    assert left("Sphinx|and|Furo") == []
    assert left("Sphinx|and|Furo", ".b") == left("Sphinx|and|Furo", "div.a") == ["Sphinx", "Sphinx"]
    assert left("Sphinx", "#c") == ["Sphinx and Furo"]
    assert left("Sphinx", "[title]") == ["Sphinx and Furo", "Sphinx"]
    assert left("Sphinx|and|Furo", "p") == []


def test_words_of_cldr_are_allowed_where_they_stand_alone(tmp_path: Path) -> None:
    body = """
      <div class="hub-facts"><dd>Simplified Chinese</dd><dd>China and Japan</dd><dd>China is large</dd></div>
      <p>China</p><p><b>⟦Ţ⟧</b>, <b>⟦Ţ⟧</b>, and <b>⟦Ţ⟧</b></p><p>⟦Ţ⟧ and so on</p>
    """
    path = page(tmp_path, body)
    assert [hole.text for hole in unmarked(path, tag=TAG, allowed=allowed_in(TAG))] == [
        "China is large",
        "China",
        "and so on",
    ]


def test_words_of_cldr_are_those_of_the_language() -> None:
    arabic = allowed_in("ar-XB")
    assert any(re.search(leave.pattern, "الصين") for leave in arabic if leave.where == ".hub-facts")
    assert not any(re.search(leave.pattern, "China") for leave in arabic if leave.where == ".hub-facts")


def test_everything_that_is_allowed_has_a_reason() -> None:
    for leave in (*ALLOWED, *allowed_in(TAG)):
        assert leave.reason.endswith(".")
        re.compile(leave.pattern)


def test_records_are_judged_in_their_human_fields(tmp_path: Path) -> None:
    rows = [
        {"id": "some-id", "name": "⟦Ţ⟧", "summary": "hole", "kind": "platform", "native_name": "飞桨"},
        {"id": "other", "name": "hole", "summary": "⟦Ţ⟧", "aliases": ["Name"], "source_name": "Name"},
        {"title": None, "place": "⟦Ţ⟧ hole", "url": "https://a.example"},
    ]
    path = tmp_path / "partners.json"
    path.write_text(json.dumps({"language": TAG, "partners": rows}), "utf-8")
    found = unmarked_records(path)
    assert [hole.text for hole in found] == ["hole"] * 3
    assert [hole.selector for hole in found] == [
        "[$.partners[0].summary]",
        "[$.partners[1].name]",
        "[$.partners[2].place]",
    ]


FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{TAG}">
  <title>⟦Ţ⟧</title><subtitle>first</subtitle><id>urn:words:of:a:machine</id>
  <updated>2026-01-02T00:00:00Z</updated><generator>Sphinx</generator>
  <author><name>Ada Lovelace</name><uri>https://a.example</uri></author>
  <entry>
    <title type="html">&lt;b&gt;⟦Ţ⟧ second&lt;/b&gt;</title>
    <category term="word" label="third"/>
    <summary>⟦Ţ⟧</summary>
    <content type="html">&lt;p&gt;⟦Ţ⟧ &lt;img alt="fourth"&gt;&lt;/p&gt; &lt;pre&gt;code&lt;/pre&gt;</content>
  </entry>
  <entry xml:lang="fr"><title>Titre</title></entry>
  <entry>
    <title xml:lang="zh-Hans">标题</title>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>⟦Ţ⟧</p><p>fifth</p></div></content>
    <rights>sixth</rights>
  </entry>
</feed>
"""


def test_feeds_are_judged_in_their_human_elements(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(FEED, "utf-8")
    found = {hole.text: hole.selector for hole in unmarked_feed(path, tag=TAG)}
    assert list(found) == ["first", "second", "third", "fourth", "fifth", "sixth"]
    assert found["first"] == "feed > subtitle:nth-of-type(1)"
    assert found["third"] == "feed > entry:nth-of-type(1) > category:nth-of-type(1)[label]"
    assert found["sixth"] == "feed > entry:nth-of-type(3) > rights:nth-of-type(1)"


def test_other_xml_is_no_feed(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    path.write_text("<urlset><title>words</title></urlset>", "utf-8")
    assert unmarked_feed(path, tag=TAG) == []


def test_a_site_is_its_pages_its_data_and_its_feeds(tmp_path: Path) -> None:
    html = f"<html lang='{TAG}'><body><p>hole</p></body></html>"
    for name in ("index.html", "deep/page.html", "_static/part.html", "_sources/page.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(html, "utf-8")
    for name in ("data/partners.json", "other.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"partners": [{"name": "hole"}]}', "utf-8")
    (tmp_path / "feed.xml").write_text(FEED, "utf-8")
    (tmp_path / "searchindex.js").write_text("Search.setIndex({})", "utf-8")
    found = holes_of_site(tmp_path, TAG)
    assert {hole.page.relative_to(tmp_path).as_posix() for hole in found} == {
        "index.html",
        "deep/page.html",
        "data/partners.json",
        "feed.xml",
    }


SCRIPT = r"""
"use strict"; /* "words of a comment" */ // 'more words'
const one = "Found some pages"; const key = "sphinx-hub-language"; const half = 'one two';
element.textContent = `Found ${count} pages`; element.className = `a-${one} ${two}`;
document.querySelector("a[href], input b"); box.closest( 'details .menu' ); box.matches(`a b`);
button.ariaKeyShortcuts = "Control+K Meta+K /";
const quoted = "it is \"quoted\"";
const both = word && !/[\s"]$/u.test(word) && words.length / 2 > 1 && text.replace(/"/g, "") && done === "no";
"""


def test_words_of_a_script_are_found_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.js"
    path.write_text(SCRIPT, "utf-8")
    assert [(hole.selector, hole.text) for hole in script_texts(path)] == [
        ("line 3", "Found some pages"),
        ("line 3", "one two"),
        ("line 4", "Found ${count} pages"),
        ("line 7", r"it is \"quoted\""),
    ]


def test_no_script_of_this_package_has_words_of_its_own() -> None:
    scripts = sorted(PACKAGE.rglob("*.js"))
    assert scripts
    assert [str(hole) for script in scripts for hole in script_texts(script)] == []
