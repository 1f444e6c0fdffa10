"""What an author does: write one file, and find it everywhere; misspell a key, and be told where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from sphinx_hub.settings import Settings

    Run = Callable[..., subprocess.CompletedProcess[str]]

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://hub.example.org/docs"
TITLE = "What a test writes"
POST = f"""\
---
date: 2026-11-26
authors: [sphinx-hub-team]
tags: [translation]
summary: This post is here for a test, and nothing else was edited for it.
---

# {TITLE}

One paragraph is enough.
"""
NAME = "posts/what-a-test-writes"


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_one_file_is_a_post_in_every_language(
    site_copy: Path, settings: Settings, run_module: Run, checked_feed: Callable[[bytes], Any]
) -> None:
    configuration = site_copy / "pyproject.toml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("\nbranch = ", f'\nsite = "{ADDRESS}/"\nbranch = ', 1), "utf-8")
    (site_copy / f"docs/{NAME}.md").write_text(POST, "utf-8")
    assert run_module(site_copy, "sphinx_hub.cli", "check").stdout == ""
    result = run_module(site_copy, "sphinx_hub.cli", "build")
    assert result.returncode == 0, result.stderr

    output = site_copy / "_build/html"
    for language in settings.languages:
        root = output / language.path
        page = f"{NAME}.html"
        assert TITLE in soup(root / page).select_one("h1").get_text()  # type: ignore[union-attr]
        # Its list, the home page, the groups of the archive, and its person.
        assert soup(root / "posts/index.html").select('article a[href="what-a-test-writes.html"]')
        assert soup(root / "index.html").select(f'article a[href="{page}"]')
        archive = soup(root / "posts/archive/index.html")
        for group in ("tag-translation", "author-sphinx-hub-team", "year-2026"):
            posts = archive.find(id=group).find_next("ul")  # type: ignore[union-attr]
            assert posts.select('a[href="../what-a-test-writes.html"]'), group  # type: ignore[union-attr]
        person = soup(root / "community/people.html").find(id=re.compile("person-sphinx-hub-team"))
        assert person is not None
        assert person.find_parent().select(f'a[href="../{page}"]')  # type: ignore[union-attr]
        entries = checked_feed((root / "posts/feed.xml").read_bytes()).findall(f"{ATOM}entry")
        assert TITLE in [entry.findtext(f"{ATOM}title") for entry in entries]
        places = re.findall("<loc>([^<]*)", (root / "sitemap.xml").read_text("utf-8"))
        listed = f"{ADDRESS}/{language.path}/{page}" in places
        # A translation that was not begun is no page of its own to a search engine.
        assert listed == (language == settings.source_language), places

    chinese = output / settings.language("zh_CN").path
    before = files(chinese)
    again = run_module(site_copy, "sphinx_hub.cli", "build", "--fresh", "zh_CN")
    assert again.returncode == 0, again.stderr
    after = files(chinese)
    assert sorted(before) == sorted(after)
    assert [name for name, content in before.items() if after[name] != content] == []

    assert run_module(site_copy, "sphinx_hub.cli", "update").returncode == 0
    for locale in ("zh_CN", "zh_TW"):
        catalog = (site_copy / f"locale/{locale}/LC_MESSAGES/{NAME}.po").read_text("utf-8")
        assert f'#: docs/{NAME}.md:8\nmsgid "{TITLE}"\nmsgstr ""' in catalog
        assert "One paragraph is enough." in catalog
        assert "This post is here for a test, and nothing else was edited for it." in catalog


#: What goes wrong in the front matter, and the line and the code it is told with.
SLIPS = {
    "key": ("authors:", "autors:", "3:REC004"),
    "author": ("[sphinx-hub-team]", "[sphinx-hub-taem]", "3:REC010"),
    "tag": ("[translation]", "[translatoin]", "4:REC010"),
    "day": ("2026-11-26", "2026-11-31", "2:REC011"),
}


def test_slips_in_the_front_matter_are_told_with_their_lines(site_copy: Path, run_module: Run) -> None:
    for name, (right, wrong, _) in SLIPS.items():
        (site_copy / f"docs/posts/slip-{name}.md").write_text(POST.replace(right, wrong, 1), "utf-8")
    result = run_module(site_copy, "sphinx_hub.cli", "check")
    assert result.returncode == 1
    for name, (right, _, told) in SLIPS.items():
        place, code = told.split(":")
        (line,) = re.findall(
            rf"^docs/posts/slip-{name}\.md:{place}: {code} .*", result.stdout, flags=re.MULTILINE
        )
        assert name == "day" or f"did you mean '{right.strip('[]:')}'?" in line
