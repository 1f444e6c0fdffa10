"""Every built page against the standard of HTML, and every link within the site."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import PUBLISHED_AT

LYCHEE = str(Path(sysconfig.get_path("scripts")) / "lychee")
CHECKER = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
#: What the checker says and we leave, each with where it comes from and why.
LEFT = {
    "Trailing slash on void elements has no effect": "docutils and Sphinx write empty elements as XHTML does",
    "Consider using the “h1” element as a top-level heading only": "docutils puts a page's h1 into a section",
    "Article lacks heading": "the same h1, which stands in the section within the article",
    "Section lacks heading": "the key takeaways have a name, by aria-labelledby, and no heading",
    # https://adrianroselli.com/2018/02/tables-css-display-properties-and-aria.html
    "The “role” attribute must not be used on a “t[dhr]” element": "without it some browsers forget that "
    "what is laid out in blocks on a phone is a table",
    "The “(table|row|rowgroup|rowheader|columnheader|cell)” role is unnecessary": "the same tables",
    "Resource violates Content Security Policy": "of files on the disk the checker takes none for the site "
    "itself; test_browser_policy.py shows that a browser stops nothing",
    "Inline (style|script) violates Content Security Policy": "the policy of the root page has hashes, which "
    "the checker does not compute; test_browser_root.py shows that a browser stops nothing",
}


def needed(found: bool, reason: str) -> None:
    """Skip the test where a tool is not there; in CI it must be."""
    if not found and os.environ.get("CI"):
        pytest.fail(reason)
    if not found:
        pytest.skip(reason)


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command of the Nu Html Checker."""
    needed(CHECKER.exists(), "no Nu Html Checker here: run `npm ci --ignore-scripts` in tests/browser")
    needed(shutil.which("java") is not None, "no Java here, which the Nu Html Checker needs")
    return ["java", "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always"]


def said_of(checker: list[str], *paths: str) -> list[dict[str, Any]]:
    run = subprocess.run([*checker, *paths], capture_output=True, text=True, encoding="utf-8", check=True)
    messages: list[dict[str, Any]] = json.loads(run.stdout)["messages"]
    return messages


def test_every_page_is_valid(checker: list[str], published_site: Path) -> None:
    wrong, used = set(), set()
    for message in said_of(checker, "--skip-non-html", str(published_site)):
        rule = next((rule for rule in LEFT if re.match(rule, message["message"])), None)
        used.add(rule)
        if rule is None:
            place = f"{message['url'].partition('/html/')[2]}:{message.get('lastLine', 0)}"
            wrong.add(f"{place}: {message['message']} {message.get('extract', '')!r}")
    assert not wrong, "\n".join(sorted(wrong)[:40])
    assert not LEFT.keys() - used, "leave out of the list what is not found any more"


def test_a_page_that_is_not_valid_is_found(checker: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang='en'><title>x</title><p><div id='a'></div><i id='a'>", "utf-8")
    found = [message["message"] for message in said_of(checker, str(page))]
    assert any("Duplicate ID" in message for message in found)


def dead_links(folder: Path, root: Path | None = None) -> list[str]:
    """Every link, picture, script and fragment below ``folder`` that leads nowhere.

    ``root`` is the folder of all addresses of the host; ``folder`` itself when left out.
    """
    command = [LYCHEE, "--offline", "--include-fragments", "--no-progress", "--format", "json"]
    command += ["--root-dir", str(root or folder), "--extensions", "html", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    report = json.loads(run.stdout)
    assert report["successful"], run.stderr
    return sorted(
        f"{Path(page).relative_to(folder)}: {link['url'].removeprefix(f'file://{folder}/')}"
        for page, links in report["error_map"].items()
        for link in links
    )


def test_every_link_and_fragment_within_the_site_leads_somewhere(
    published_site: Path, tmp_path: Path
) -> None:
    # Where the site says that it stands: the 404 page names itself from the root of the host.
    place = tmp_path / urlsplit(PUBLISHED_AT).path.strip("/")
    shutil.copytree(published_site, place)
    assert dead_links(place, tmp_path) == []


def test_dead_links_are_found_in_chinese_too(tmp_path: Path) -> None:
    links = [
        "b.html#微调",
        "b.html#%E5%BE%AE%E8%B0%83",
        "b.html",
        "b.html#没有",
        "b.html#%E6%B2%A1",
        "c.html",
    ]
    anchors = "".join(f'<a href="{link}">x</a>' for link in links)
    (tmp_path / "a.html").write_text(f'<meta charset="utf-8">{anchors}<img srcset="no.png 2x">', "utf-8")
    (tmp_path / "b.html").write_text('<meta charset="utf-8"><h2 id="微调">x</h2>', "utf-8")
    assert dead_links(tmp_path) == [
        "a.html: b.html#%E6%B2%A1",
        "a.html: b.html#%E6%B2%A1%E6%9C%89",
        "a.html: c.html",
        "a.html: no.png",
    ]
