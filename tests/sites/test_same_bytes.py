"""What only saves time changes no byte of any page: each site is built with it and without."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_hub.pages.tree import SharedTree, UnknownTreeError, outline

TESTS = Path(__file__).resolve().parents[1]
#: A site with more entries than this shows only branches.
FEW = "\nhub_navigation_entries = 6\n"


def run(site: Path, *command: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=site,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".doctrees" not in path.parts
    }


def differing(one: Path, other: Path) -> list[str]:
    before, after = files(one), files(other)
    assert any(name.endswith(".html") for name in before)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("generated") / "site"
    corpus = TESTS / "benchmarks" / "corpus.py"
    arguments = ("--pages", "27", "--locales", "zh_CN", "de")
    subprocess.run([sys.executable, str(corpus), str(site), *arguments], check=True)
    return site


def copies(source: Path, folder: Path, conf: str = "") -> tuple[Path, Path]:
    sites = folder / "one", folder / "other"
    for site in sites:
        shutil.copytree(source, site)
        with (site / "conf.py").open("a", encoding="utf-8") as file:
            file.write(conf)
    return sites


@pytest.mark.parametrize("conf", ["", FEW])
def test_a_generated_site_is_the_same_in_every_language(generated: Path, tmp_path: Path, conf: str) -> None:
    fast, plain = copies(generated, tmp_path, conf)
    run(fast, "sphinx_hub.cli", "build")
    run(plain, "sphinx_hub.cli", "build", "--plain")
    assert differing(fast / "_build" / "html", plain / "_build" / "html") == []
    page = (fast / "_build/html/zh-cn/chapter-001/index.html").read_text("utf-8")
    assert page.count('<li class="toctree-l2') == (0 if conf else 24)
    assert 'aria-label="展开或收起' in page or conf


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_processes_that_share_the_work_of_a_language_write_the_same(
    generated: Path, tmp_path: Path, builder: str
) -> None:
    fast, plain = copies(generated, tmp_path)
    command = ("sphinx", "-q", "-b", builder, "-c", ".", "-D", "language=zh_CN", "docs", "out")
    run(fast, *command, "-j", "2")
    run(plain, *command, "-D", "hub_plain=1")
    assert differing(fast / "out", plain / "out") == []


@pytest.mark.parametrize("root", ["test-languages", "test-pages", "test-status"])
def test_a_small_site_is_the_same_in_every_language(tmp_path: Path, root: str) -> None:
    fast, plain = copies(TESTS / "roots" / root, tmp_path)
    run(fast, "sphinx_hub.cli", "build")
    run(plain, "sphinx_hub.cli", "build", "--plain")
    assert differing(fast / "_build" / "html", plain / "_build" / "html") == []


def test_after_a_change_the_tree_is_that_of_a_new_build(generated: Path, tmp_path: Path) -> None:
    site, new = copies(generated, tmp_path)
    run(site, "sphinx_hub.cli", "build", "zh_CN")
    for folder in (site, new):
        catalog = folder / "locale/zh_CN/LC_MESSAGES/chapter-000/page-003.po"
        text = catalog.read_text("utf-8")
        first = text.split('msgstr "')[2]
        catalog.write_text(text.replace(f'msgstr "{first}', f'msgstr "新的{first}', 1), "utf-8")
        # A page goes to another chapter's end, so that every page has another tree.
        index = folder / "docs/chapter-000/index.md"
        index.write_text(index.read_text("utf-8").replace("page-005\n", ""), "utf-8")
        other = folder / "docs/chapter-001/index.md"
        text = other.read_text("utf-8") + "\n```{toctree}\n:hidden:\n\n../chapter-000/page-005\n```\n"
        other.write_text(text, "utf-8")
    run(site, "sphinx_hub.cli", "build", "zh_CN")
    run(new, "sphinx_hub.cli", "build", "--plain", "zh_CN")
    changed = differing(site / "_build" / "html", new / "_build" / "html")
    assert [name for name in changed if name.endswith(".html")] == []


# ---- where a version of the theme or of Sphinx works differently

SITE_TREE = (
    '<ul class="current">\n<li class="toctree-l1 current"><a class="reference internal" href="b.html">B</a>'
    '<ul class="current">\n<li class="toctree-l2 current">'
    '<a class="current reference internal" href="#">C</a></li>\n'
    "</ul>\n</li>\n</ul>\n"
)


def test_an_unknown_tag_or_address_in_the_tree_is_refused() -> None:
    names = {"b.html": "b", "": "c"}
    assert outline(SITE_TREE, names).links == (("b", ""), ("c", ""))
    for strange in (
        SITE_TREE.replace("<ul>", '<ul id="x">').replace('<ul class="current">', '<ul id="x">'),
        SITE_TREE.replace("b.html", "d.html"),
        SITE_TREE.replace("reference internal", "other"),
    ):
        with pytest.raises(UnknownTreeError):
            outline(strange, names)


def test_a_theme_that_marks_entries_in_another_way_is_refused() -> None:
    outlined = outline(SITE_TREE, {"b.html": "b", "": "c"})
    with pytest.raises(UnknownTreeError, match="other tags"):
        SharedTree(outlined, outlined.nowhere, outlined.everywhere.replace("<a", "<b></b><a"), collapse=False)
    tree = SharedTree(outlined, outlined.nowhere, outlined.everywhere, collapse=False)

    def relative(before: str, after: str) -> str:
        return "" if before == after else f"{after}.html"

    tree.learn_mark("c", "c.html", relative, SITE_TREE)
    assert tree.of_page("c", "c.html", relative) == SITE_TREE
    with pytest.raises(UnknownTreeError, match="another tree"):
        tree.learn_mark("c", "c.html", relative, SITE_TREE.replace(">B<", ">b<"))
