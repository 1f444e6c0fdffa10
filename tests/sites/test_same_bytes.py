"""What only saves time changes no byte of any page: each site is built with it and without."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_hub.pages.tree import SharedTree, UnknownTreeError, outline

TESTS = Path(__file__).resolve().parents[1]
#: Of the generated site: more than one chapter.
PAGES = 27
#: Between the first and the last page that Sphinx gives to a process.
CHUNK = " .. "
#: What tests of this file build beside the generated site.
BUILT = shutil.ignore_patterns("plain*", "fast*", "two*", "few*", "shared*")
#: A site with more entries than this shows only branches.
FEW = 6


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
        if path.is_file()
    }


def differing(one: Path, other: Path) -> list[str]:
    before, after = files(one), files(other)
    assert any(name.endswith(".html") for name in before)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("generated") / "site"
    corpus = TESTS / "benchmarks" / "corpus.py"
    arguments = ("--pages", str(PAGES), "--locales", "zh_CN", "de")
    subprocess.run([sys.executable, str(corpus), str(site), *arguments], check=True)
    return site


def sphinx(site: Path, output: str, *arguments: str, locale: str = "zh_CN") -> Path:
    """Build a language of ``site`` into a folder that nothing was built into before."""
    command = ("sphinx", "-q", "-c", ".", "-d", f"{output}.doctrees", "-D", f"language={locale}")
    run(site, *command, *arguments, "docs", output)
    return site / output


@pytest.fixture(scope="module")
def plain(generated: Path) -> Path:
    """One language, built without anything that saves time."""
    return sphinx(generated, "plain", "-D", "hub_plain=1")


def test_a_generated_site_is_the_same(generated: Path, plain: Path) -> None:
    fast = sphinx(generated, "fast")
    assert differing(fast, plain) == []
    page = (fast / "chapter-001/index.html").read_text("utf-8")
    assert page.count('<li class="toctree-l2') == 24
    assert 'aria-label="展开或收起' in page


def test_processes_that_share_the_work_of_a_language_write_the_same(generated: Path, plain: Path) -> None:
    assert differing(sphinx(generated, "two", "-j", "2"), plain) == []


def test_no_page_stays_in_memory_until_it_is_written(generated: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(generated, site, ignore=BUILT)
    with (site / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(
            "def setup(app):\n"
            "    kept = lambda *_: print(f'kept: {len(app.env._write_doc_doctree_cache)}')\n"
            "    app.connect('doctree-read', kept)\n"
            "    app.connect('env-updated', kept, priority=900)\n"
        )
    command = [sys.executable, "-m", "sphinx", "-q", "-c", ".", "-D", "language=zh_CN", "docs"]
    built = subprocess.run([*command, "built"], cwd=site, capture_output=True, text=True, check=True)
    assert built.stdout.split("\n") == [*["kept: 0"] * (PAGES + 1), ""]
    kept = subprocess.run(
        [*command, "kept", "-D", "hub_plain=1"], cwd=site, capture_output=True, text=True, check=True
    )
    assert kept.stdout.endswith(f"kept: {PAGES}\n")


def test_free_processors_share_the_pages_unless_an_extension_cannot(
    generated: Path, plain: Path, tmp_path: Path
) -> None:
    two = ("-W", "-D", "hub_processes=2")
    command = [sys.executable, "-m", "sphinx", *two, "-c", ".", "-D", "language=zh_CN", "docs"]
    shared = subprocess.run([*command, "shared"], cwd=generated, capture_output=True, text=True, check=True)
    assert CHUNK in shared.stdout
    site = tmp_path / "site"
    shutil.copytree(generated, site, ignore=BUILT)
    (site / "unsafe.py").write_text("def setup(app):\n    return {}\n", "utf-8")
    with (site / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('extensions.append("unsafe")\n')
    serial = subprocess.run([*command, "serial"], cwd=site, capture_output=True, text=True, check=True)
    assert CHUNK not in serial.stdout
    for output in (generated / "shared", site / "serial"):
        shutil.rmtree(output / ".doctrees")
        assert differing(output, plain) == []


def test_a_site_that_shows_branches_only_is_the_same(generated: Path) -> None:
    few = ("-D", f"hub_navigation_entries={FEW}", "-b", "dirhtml")
    fast = sphinx(generated, "few", *few, "-j", "2", locale="de")
    assert differing(fast, sphinx(generated, "few-plain", *few, "-D", "hub_plain=1", locale="de")) == []
    assert '<li class="toctree-l2' not in (fast / "chapter-001/index.html").read_text("utf-8")


@pytest.mark.parametrize("root", ["test-languages", "test-pages", "test-status"])
def test_a_small_site_is_the_same(tmp_path: Path, root: str) -> None:
    site = tmp_path / "site"
    shutil.copytree(TESTS / "roots" / root, site)
    assert differing(sphinx(site, "fast"), sphinx(site, "plain", "-D", "hub_plain=1")) == []


def test_after_a_change_the_tree_is_that_of_a_new_build(generated: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(generated, site, ignore=BUILT)
    sphinx(site, "changed")
    catalog = site / "locale/zh_CN/LC_MESSAGES/chapter-000/page-003.po"
    text = catalog.read_text("utf-8")
    first = text.split('msgstr "')[2]
    catalog.write_text(text.replace(f'msgstr "{first}', f'msgstr "新的{first}', 1), "utf-8")
    # A page goes to another chapter's end, so that every page has another tree.
    index = site / "docs/chapter-000/index.md"
    index.write_text(index.read_text("utf-8").replace("page-005\n", ""), "utf-8")
    other = site / "docs/chapter-001/index.md"
    text = other.read_text("utf-8") + "\n```{toctree}\n:hidden:\n\n../chapter-000/page-005\n```\n"
    other.write_text(text, "utf-8")
    changed = differing(sphinx(site, "changed"), sphinx(site, "new", "-D", "hub_plain=1"))
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
