"""The list of released addresses beside a built site."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.building.anchors import page_anchors
from sphinx_hub.cli import main
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """
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
exclude = ["english.md"]
"""


class Site:
    """A project with built pages, one line of ids each."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "pyproject.toml").write_text(TABLE, "utf-8")
        (root / "docs" / "_data").mkdir(parents=True)
        self.settings = load_settings(root)

    def page(self, name: str, *ids: str, languages: tuple[str, ...] = ("en", "zh-cn")) -> None:
        source = self.root / "docs" / f"{name}.md"
        source.parent.mkdir(exist_ok=True)
        source.touch()
        body = "".join(f'<section id="{anchor}"></section>' for anchor in ids)
        for path in languages:
            file = self.root / "_build" / "html" / path / f"{name}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f'<div id="menu"></div><article role="main">{body}</article>', "utf-8")

    def remove(self, name: str) -> None:
        (self.root / "docs" / f"{name}.md").unlink()
        for file in (self.root / "_build").rglob(f"{name}.html"):
            file.unlink()

    def redirects(self, text: str) -> None:
        (self.root / "docs" / "_data" / "redirects.yaml").write_text(text, "utf-8")

    @property
    def list(self) -> str:
        return (self.root / "docs" / "_data" / "anchors.txt").read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    site = Site(tmp_path)
    site.page("index", "top", "id1", "section-2")
    site.page("guide/old", "start", "part")
    site.page("english", "only", languages=("en",))
    monkeypatch.chdir(tmp_path)
    assert main(["anchors", "--write"]) == 0
    return site


def test_the_list_has_what_keeps_its_name(site: Site) -> None:
    assert site.list.splitlines()[1:] == [
        *("english", "  only"),
        *("guide/old", "  part", "  start"),
        *("index", "  top"),
    ]


def test_nothing_is_said_of_a_site_that_lost_nothing(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.page("index", "new", "top")
    capsys.readouterr()
    assert main(["anchors"]) == 0
    assert capsys.readouterr().out == ""
    assert "new" not in site.list
    assert main(["anchors", "--write"]) == 0
    assert "  new\n" in site.list


def test_a_lost_anchor_and_a_lost_page_are_told_with_what_to_do(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page("index", "other")
    site.remove("guide/old")
    before = site.list
    capsys.readouterr()
    assert main(["anchors", "--write"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2
    assert told[0].startswith(
        "docs/_data/anchors.txt:4: ADR006 the page 'guide/old' is gone: say in redirects.yaml"
    )
    assert told[1].startswith(
        "docs/_data/anchors.txt:8: ADR007 the anchor 'top' of 'index' is gone: put `(top)=`"
    )
    assert site.list == before


def test_a_redirect_is_enough_if_it_leads_somewhere(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.remove("guide/old")
    site.page("guide/new", "start", "piece")
    site.redirects("- from: guide/old\n  to: guide/new\n  anchors:\n    part: guide/new#piece\n")
    assert main(["anchors"]) == 0
    site.redirects("- from: guide/old\n  to: guide/new\n")
    capsys.readouterr()
    assert main(["anchors"]) == 1
    assert "5: ADR007 the anchor 'part' of 'guide/old' is not on 'guide/new'" in capsys.readouterr().out
    site.redirects("- from: guide/old\n  to: guide/new#nowhere\n  anchors:\n    part: guide/new#piece\n")
    assert main(["anchors"]) == 1
    told = capsys.readouterr().out
    assert "redirects.yaml:1: ADR003 from: 'guide/old': the page 'guide/new' has no anchor 'nowhere'" in told


def test_a_language_that_lost_one_is_named(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.page("index", languages=("zh-cn",))
    capsys.readouterr()
    assert main(["anchors"]) == 1
    assert capsys.readouterr().out.strip().endswith("(in zh_CN)")
    assert main(["anchors", "en"]) == 0


def test_what_is_released_stays_in_the_list(site: Site) -> None:
    site.remove("guide/old")
    site.redirects("- from: guide/old\n  to: index\n  anchors:\n    part: index#top\n    start: index\n")
    assert main(["anchors", "--write"]) == 0
    assert "guide/old\n  part\n  start\n" in site.list


def test_nothing_can_be_said_of_a_site_that_is_not_built(site: Site) -> None:
    shutil.rmtree(site.root / "_build")
    assert main(["anchors"]) == 2


def test_only_the_main_part_of_a_page_has_anchors() -> None:
    page = """<nav id="a"></nav><div class="body" role="main"><div id="b"><p id="c"></p><img id="d"></div>
    <span id="sd-tab-item-3"></span></div><footer id="e"></footer>"""
    assert page_anchors(page) == {"b", "c", "d"}
