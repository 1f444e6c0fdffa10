"""Every payload through every route: a page with a hostile catalog does what the page without it does.

Each payload has a page on which its source stands as heading, paragraph, item, cell, caption, title of a card
and a tab, term, text alternative, caption and title of a toctree, and text of the front matter. All of them
meet the one hostile translation of its catalog. The site is built with these catalogs and with empty ones.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from bs4 import BeautifulSoup

import sphinx_hub

if TYPE_CHECKING:
    from collections.abc import Iterator

PAYLOADS: Final[list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).resolve().parents[1] / "payloads.yaml").read_text("utf-8")
)
#: Attributes that hold words: what a translation is free to say. Their words are looked at below.
WORDS: Final = {"alt", "title", "content", "lang", "class", "aria-label", "placeholder"}
#: What no translation may bring, wherever it stands.
UNSEEN: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff\u00ad\U000e0000-\U000e007f]")

CONF: Final = """\
from docutils import nodes

project = "Payloads"
extensions = ["myst_parser", "sphinx_design", "sphinx_hub.i18n"]
gettext_compact = False
html_theme = "basic"
html_copy_source = False
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist",
    "dollarmath", "fieldlist", "gfm_autolink", "substitution",
]
myst_substitutions = {"product": "the hub"}


def setup(app):
    app.add_generic_role("raw-html", nodes.inline)
"""
TABLE: Final = """\
[tool.sphinx-hub]
[[tool.sphinx-hub.languages]]
locale = "en"
path = "en"
tag = "en"
name = "English"
[[tool.sphinx-hub.languages]]
locale = "zh_CN"
path = "zh-cn"
tag = "zh-Hans"
name = "简体中文"
"""


def page(msgid: str) -> str:
    """A page on which ``msgid`` stands wherever a text can stand."""
    cell = msgid.replace("|", "\\|")
    # Sphinx itself stops at a file to download in a heading.
    heading = msgid if "{download}" not in msgid else "A section"
    # An entry of a toctree ends at the first "<", which begins its target.
    title = msgid.partition("<")[0].strip() or "Guide"
    return f"""---
orphan: true
title: {json.dumps(msgid, ensure_ascii=False)}
myst:
  html_meta:
    description: {json.dumps(msgid, ensure_ascii=False)}
---

# A page

{msgid}

## {heading}

- {msgid}

| Cell |
| --- |
| {cell} |

:::{{card}} {msgid}
{msgid}
:::

::::{{tab-set}}
:::{{tab-item}} {msgid}
Content.
:::
::::

:::{{figure}} picture.png
:alt: {msgid}

{msgid}
:::

:::{{glossary}}
{msgid}
: A definition.
:::

```{{toctree}}
:caption: {msgid}

{title} <guide>
```
"""


def write_site(root: Path, *, hostile: bool) -> None:
    docs, locale = root / "docs", root / "locale" / "zh_CN" / "LC_MESSAGES"
    for folder in (docs, locale):
        folder.mkdir(parents=True)
    (root / "conf.py").write_text(CONF, "utf-8")
    (root / "pyproject.toml").write_text(TABLE, "utf-8")
    (docs / "guide.md").write_text("# Guide\n\nA sentence.\n", "utf-8")
    # No payload in a toctree: Sphinx itself cannot build one of a page whose title has a link to an anchor.
    (docs / "index.md").write_text("# Index\n\n```{toctree}\nguide\n```\n", "utf-8")
    write_catalog(locale / "guide.po", {"A sentence.": "一句话。"})
    for number, payload in enumerate(PAYLOADS):
        (docs / f"p{number}.md").write_text(page(payload["msgid"]), "utf-8")
        write_catalog(locale / f"p{number}.po", {payload["msgid"]: payload["msgstr"]} if hostile else {})


def write_catalog(path: Path, messages: dict[str, str]) -> None:
    catalog = Catalog(locale="zh_CN")
    for msgid, msgstr in messages.items():
        catalog.add(msgid, msgstr)
    with path.open("wb") as file:
        write_po(file, catalog)


def build(root: Path) -> str:
    """Build the site in Chinese; returns what Sphinx complained of."""
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-c", ".", "-q", "-D", "language=zh_CN", "docs", "out"],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stderr


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """The output with empty catalogs, that with hostile ones, and the complaints about those."""
    folder = tmp_path_factory.mktemp("payloads")
    for name in ("plain", "hostile"):
        write_site(folder / name, hostile=name == "hostile")
    build(folder / "plain")
    return folder / "plain" / "out", folder / "hostile" / "out", build(folder / "hostile")


def doings(html: BeautifulSoup) -> Iterator[tuple[object, ...]]:
    """What a page does: its elements, with all attributes but those that only hold words."""
    for element in html.select("*"):
        if element.name == "span" and not set(element.attrs) - {"lang", "class"}:
            continue  # the language of a text that is not translated
        yield (
            element.name,
            *sorted((key, str(value)) for key, value in element.attrs.items() if key not in WORDS),
        )


@pytest.mark.parametrize(
    ("number", "payload"), list(enumerate(PAYLOADS)), ids=[row["id"] for row in PAYLOADS]
)
def test_a_hostile_catalog_does_nothing(
    sites: tuple[Path, Path, str], number: int, payload: dict[str, Any]
) -> None:
    plain, hostile, complaints = sites
    pages = [
        BeautifulSoup((output / f"p{number}.html").read_text("utf-8"), "html.parser")
        for output in (plain, hostile)
    ]
    without, with_it = (Counter(doings(html)) for html in pages)
    assert with_it - without == Counter()
    assert UNSEEN.sub("", str(pages[1])) == str(pages[1]) or UNSEEN.search(payload["msgid"])
    assert f"locale/zh_CN/LC_MESSAGES/p{number}.po:" in complaints


def test_a_catalog_that_is_right_is_shown(sites: tuple[Path, Path, str]) -> None:
    assert "一句话。" in (sites[1] / "guide.html").read_text("utf-8")


def test_no_file_of_the_machine_is_published(sites: tuple[Path, Path, str]) -> None:
    for path in sites[1].rglob("*"):
        if path.is_file() and path.suffix in {".html", ".js", ".txt"}:
            assert "root:x:0:0" not in path.read_text("utf-8")
    assert not (sites[1] / "_downloads").exists()


# ---- the catalogs that belong to no page


def hostile_entry(path: Path, msgid: str, msgstr: str) -> None:
    """Give ``msgid`` of a catalog the translation ``msgstr``; the entry is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = Catalog(locale="zh_CN")
    if path.is_file():
        with path.open("rb") as file:
            catalog = read_po(file, "zh_CN")
    catalog.delete(msgid)  # what is added to a message that is there leaves its translation alone
    catalog.add(msgid, msgstr)
    with path.open("wb") as file:
        write_po(file, catalog)


#: A translation of anything that is shown as plain text.
PLAIN: Final = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "\u202eevil\u202c",
    "zero\u200bwidth",
]


@pytest.mark.parametrize("msgstr", PLAIN, ids=range(len(PLAIN)))
def test_records_and_interface_are_plain(small_site: Any, msgstr: str) -> None:
    site = small_site("test-community")
    before = site.build("zh_CN", name="before")
    catalogs = site.root / "locale" / "zh_CN" / "LC_MESSAGES"
    hostile_entry(
        catalogs / "_data" / "partners.po", "An open community of people who learn AI together.", msgstr
    )
    hostile_entry(catalogs / "sphinx.po", "Search", msgstr)
    after = site.build("zh_CN", name="after")
    assert after.returncode == 0
    assert Counter(doings(after.page("partners"))) - Counter(doings(before.page("partners"))) == Counter()
    for text in ("alert(1)", "uid=", "\u202e", "\u200b"):
        assert text not in after.text("partners.html")
    for catalog in ("_data/partners.po", "sphinx.po"):
        assert any(f"LC_MESSAGES/{catalog}:" in line and "TXT001" in line for line in after.warnings)


def assert_nothing_new(before: Any, after: Any) -> None:
    """The pages of ``after`` do nothing that those of ``before`` do not, and hide no character."""
    assert (before.returncode, after.returncode) == (0, 0)
    pages = sorted(path.relative_to(after.output) for path in after.output.rglob("*.html"))
    assert len(pages) > 5
    for path in pages:
        without, with_it = (
            BeautifulSoup((folder / path).read_text("utf-8"), "html.parser")
            for folder in (before.output, after.output)
        )
        assert Counter(doings(with_it)) - Counter(doings(without)) == Counter(), path
        assert UNSEEN.search(str(with_it)) is None, path
    for path in after.output.rglob("*"):
        if path.suffix in {".html", ".js", ".json", ".txt", ".xml"}:
            assert "root:x:0:0" not in path.read_text("utf-8")


def test_no_payload_does_anything_in_a_record(small_site: Any) -> None:
    site = small_site("test-community")
    records = site.root / "docs" / "_data" / "partners.yaml"
    names = {f"Text {number}.": payload["msgstr"] for number, payload in enumerate(PAYLOADS)}
    more = [
        {"id": f"payload-{number}", "name": f"Payload {number}", "kind": "company", "summary": name}
        | {"sources": ["https://example.org/"]}
        for number, name in enumerate(names)
    ]
    records.write_text(records.read_text("utf-8") + yaml.safe_dump(more), "utf-8")
    before = site.build("zh_CN", name="before")
    write_catalog(site.root / "locale" / "zh_CN" / "LC_MESSAGES" / "_data" / "partners.po", names)
    after = site.build("zh_CN", name="after")
    assert "_data/partners.po" in "".join(after.warnings)
    assert_nothing_new(before, after)


def test_no_payload_does_anything_in_the_interface(small_site: Any) -> None:
    site = small_site("test-community")
    before = site.build("zh_CN", name="before")
    own = Path(sphinx_hub.__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES" / "sphinx_hub.po"
    with own.open("rb") as file:
        texts = [message.id for message in read_po(file) if isinstance(message.id, str) and message.id]
    texts = ["Search", "Contents", "Next", "Previous", *texts]
    for start in range(0, len(PAYLOADS), len(texts)):
        hostile = [payload["msgstr"] for payload in PAYLOADS[start : start + len(texts)]]
        # The last of several builds has fewer payloads than there are texts.
        write_catalog(
            site.root / "locale" / "zh_CN" / "LC_MESSAGES" / "sphinx.po",
            dict(zip(texts, hostile, strict=False)),
        )
        after = site.build("zh_CN", name=f"after-{start}")
        assert "LC_MESSAGES/sphinx.po" in "".join(after.warnings)
        assert_nothing_new(before, after)


@pytest.mark.parametrize(
    "msgstr",
    [
        "[人们](https://evil.example)相聚的地方。",
        "{download}`x <../conf.py>`",
        "```{include} ../conf.py\n```",
        "{{ env.srcdir }}",
        "<b onclick=alert(1)>人们</b>",
    ],
)
def test_a_substitution_of_the_site_is_compared_as_markup(small_site: Any, msgstr: str) -> None:
    site = small_site("test-text")
    source = "The place where people *meet*."
    hostile_entry(site.root / "locale/zh_CN/LC_MESSAGES/_site.po", source, msgstr)
    built = site.build("zh_CN", name="hostile")
    assert any("_site.po:" in line and "TXT001" in line for line in built.warnings)
    shown = [each for each in built.page("front").select("p:has(em)") if "place" in each.get_text()]
    assert [each.get_text() for each in shown] == ["The place where people meet."]
    assert [each.get_text() for each in shown[0].select("em")] == ["meet"]
