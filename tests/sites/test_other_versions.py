"""Where an internal of a library is not as it was, the stock way is taken, and told; bytes stay."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[1] / "benchmarks" / "corpus.py"

#: Each stands for a later version of a library.
CHANGES = {
    "a rule of MyST": (
        "each translation is parsed to compare it, which is slow: new rule later",
        """
import sphinx_hub.i18n.parser as parser
before = parser.create_md_parser
def create(config, renderer):
    md = before(config, renderer)
    md.inline.ruler.push("later", lambda state, silent: False)
    return md
parser.create_md_parser = create
""",
    ),
    "a stemmer of Sphinx": (
        "stems are not remembered, which is slow: ",
        """
from sphinx_hub.pages.search import ChineseSearch as Search
class Stemmer:
    def stem_word(self, word):
        return word.lower()
before = Search.__init__
def init(self, options):
    before(self, options)
    self.stemmer = Stemmer()
Search.__init__ = init
Search.stem = lambda self, word: self.stemmer.stem_word(word)
""",
    ),
    "the tree of Sphinx": (
        "the navigation is made anew for each page, which is slow: ",
        """
def setup(app):
    def later(app, pagename, templatename, context, doctree):
        toctree = context["toctree"]
        context["toctree"] = lambda **wishes: toctree(**wishes).replace("<a ", "<a data-later='1' ")
    app.connect("html-page-context", later, priority=300)
""",
    ),
}


def build(site: Path, output: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "sphinx", "-W", "-c", ".", "-d", f"{output}.doctrees"]
    result = subprocess.run(
        [*command, "-D", "language=zh_CN", *arguments, "docs", output],
        cwd=site,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("change", CHANGES)
def test_the_stock_way_is_taken_and_told(tmp_path: Path, change: str) -> None:
    notice, code = CHANGES[change]
    command = [sys.executable, str(CORPUS), str(tmp_path), "--pages", "3", "--locales", "zh_CN"]
    subprocess.run(command, check=True)
    assert "which is slow" not in build(tmp_path, "before")
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(code)
    assert build(tmp_path, "after").count(notice) == 1
    build(tmp_path, "plain", "-D", "hub_plain=1")
    assert files(tmp_path / "after") == files(tmp_path / "plain")
