"""Random edits of a small site that a preview holds: `python tests/benchmarks/edits.py SITE --edits 500`.

SITE is a copy of tests/roots/test-posts, which is changed. Texts, headings, translations and records change,
pages and catalogs come and go, files break and are mended, always in the same way for the same seed. In the
end nothing is broken; what is printed as JSON is what the preview says is wrong, and how much it holds.
Whether its pages are right is for a full build of SITE to say.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.environment import BuildEnvironment

from sphinx_hub.building.preview.site import Reach, WarmSite
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LOCALE: Final = "zh_CN"
WORDS: Final = ("model", "page", "reader", "graph", "open", "small", "token", "learns", "many", "shows")
HAN: Final = "模型社区读者翻译文章数据开放学习语言新的我们今天"
_MSGSTR: Final = re.compile(r'(?m)^msgid "[^"\n]+"\nmsgstr "(.*)"$')
_PARAGRAPH: Final = re.compile(r"(?m)^[A-Z][\w ,]+\.$")
_HEADING: Final = re.compile(r"(?m)^#+ .+$")
_SUMMARY: Final = re.compile(r"(?m)^  (?:summary|name|native_name): (?![>|]).+$")
_HEAD: Final = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


class Editor:
    """Changes the files of a site at random."""

    def __init__(self, root: Path, seed: int) -> None:
        self.docs = root / "docs"
        self.catalogs = root / "locale" / LOCALE / "LC_MESSAGES"
        self.random = random.Random(seed)
        self.changed: set[Path] = set()
        self.broken: dict[Path, str] = {}
        """Broken file -> what it was before."""
        self.number = seed * 1000

    def edit(self) -> None:
        """Make one change; :attr:`changed` has the files."""
        kinds: list[tuple[int, Callable[[], None]]] = [
            (6, self.text),
            (2, self.heading),
            (6, self.translation),
            (2, self.record),
            (1, self.add_page),
            (1, self.add_post),
            (1, self.remove_page),
            (1, self.add_catalog),
            (1, self.remove_catalog),
            (2, self.break_file),
            (3, self.mend),
        ]
        weights, functions = zip(*kinds, strict=True)
        self.random.choices(functions, weights)[0]()

    def words(self, count: int) -> str:
        """A sentence."""
        return " ".join(self.random.choices(WORDS, k=count)).capitalize()

    def han(self) -> str:
        """A sentence in Chinese."""
        return "".join(self.random.choices(HAN, k=8)) + "。"

    def text(self) -> None:
        """Another paragraph, or one more, perhaps with a link."""
        page = self._page()
        more = f"{self.words(7)}."
        if self.random.random() < 0.2:
            more = f"{self.words(3)} [](/{self._kept_page()})."
        if self.random.random() < 0.6:
            self._replace(page, _PARAGRAPH, more)
        else:
            self._write(page, page.read_text("utf-8").rstrip() + f"\n\n{more}\n")

    def heading(self) -> None:
        """Another title, or a section more."""
        page = self._page()
        if self.random.random() < 0.5:
            self._replace(page, _HEADING, lambda found: f"{found[0].split()[0]} {self.words(3)}")
        else:
            self._write(
                page, page.read_text("utf-8").rstrip() + f"\n\n## {self.words(2)}\n\n{self.words(5)}.\n"
            )

    def translation(self) -> None:
        """Another translation."""
        self._replace(
            self._one(self.catalogs.rglob("*.po")),
            _MSGSTR,
            lambda found: found[0].replace(f'msgstr "{found[1]}"', f'msgstr "{self.han()}"'),
        )

    def record(self) -> None:
        """Another text of a record."""
        self._replace(
            self._one(path for path in (self.docs / "_data").glob("*.yaml")),
            _SUMMARY,
            lambda found: f"{found[0].partition(':')[0]}: {self.words(4)} {self._next()}",
        )

    def add_page(self) -> None:
        """A page more, and its place in the navigation."""
        name = f"extra{self._next()}"
        self._write(self.docs / f"{name}.md", f"# {self.words(2)}\n\n{self.words(6)}.\n")
        index = self.docs / "index.md"
        if index not in self.broken:
            self._write(index, index.read_text("utf-8").replace("\nplain\n", f"\nplain\n{name}\n"))
        else:
            (self.docs / f"{name}.md").unlink()

    def add_post(self) -> None:
        """A post more; lists and navigation find it by themselves."""
        day = f"2025-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        front = f"---\ndate: {day}\nauthors: [{self.random.choice(['ada', 'bo'])}]\n"
        front += f"tags: [news]\nsummary: {self.words(4)}.\n---\n\n"
        self._write(
            self.docs / "posts" / f"extra{self._next()}.md",
            f"{front}# {self.words(3)}\n\n{self.words(9)}.\n",
        )

    def remove_page(self) -> None:
        """A page less that was added before, and its place in the navigation."""
        found = [page for page in sorted(self.docs.rglob("extra*.md")) if page not in self.broken]
        index = self.docs / "index.md"
        if not found or index in self.broken:
            return
        page = self.random.choice(found)
        page.unlink()
        self.changed.add(page)
        self._write(index, index.read_text("utf-8").replace(f"\n{page.stem}\n", "\n"))

    def add_catalog(self) -> None:
        """A catalog for a page that has none."""
        page = self._page()
        po = self.catalogs / page.relative_to(self.docs).with_suffix(".po")
        heading = _HEADING.search(page.read_text("utf-8"))
        if not po.exists() and heading:
            title = heading[0].lstrip("# ")
            self._write(po, f'{_HEAD}msgid "{title}"\nmsgstr "{self.han()}"\n')

    def remove_catalog(self) -> None:
        """A catalog less, if others remain."""
        found = sorted(path for path in self.catalogs.rglob("*.po") if path not in self.broken)
        if len(found) > 2:
            po = self.random.choice(found)
            po.unlink()
            self.changed.add(po)

    def break_file(self) -> None:
        """A mistake in a file."""
        kind = self.random.randrange(4)
        if kind == 0:
            file, mistake = self._one((self.docs / "_data").glob("*.yaml")), "\n- id: [\n"
        elif kind == 1:
            file, mistake = self._one(self.catalogs.rglob("*.po")), '\nmsgid "x\nmsgstr ""\n'
        elif kind == 2:
            file, mistake = self._page(), "\n\n{unknown-role}`x`\n"
        else:
            # Where links lead is found out when a page is written, and a draft never is.
            written = (
                page for page in self.docs.rglob("*.md") if "\ndraft: true" not in page.read_text("utf-8")
            )
            file, mistake = self._one(written), "\n\n[](#nowhere-at-all)\n"
        before = file.read_text("utf-8")
        if file not in self.broken:
            self._write(file, before + mistake)
            self.broken[file] = before

    def mend(self) -> None:
        """Mend what was broken longest."""
        if self.broken:
            file = next(iter(self.broken))
            self._write(file, self.broken.pop(file))

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _one(self, paths: Iterable[Path]) -> Path:
        return self.random.choice(sorted(paths))

    def _page(self) -> Path:
        return self._one(self.docs.rglob("*.md"))

    def _kept_page(self) -> str:
        return self.random.choice(["plain.md", "people.md", "posts/newest.md", "posts/first.md"])

    def _replace(
        self, file: Path, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]
    ) -> None:
        content = file.read_text("utf-8")
        found = list(pattern.finditer(content))
        if not found or file in self.broken:
            return
        one = self.random.choice(found)
        put = new if isinstance(new, str) else new(one)
        self._write(file, content[: one.start()] + put + content[one.end() :])

    def _write(self, file: Path, content: str) -> None:
        if file in self.broken:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
        self.changed.add(file)


def held() -> dict[str, int]:
    """How many objects there are of those that could pile up, and the memory of the process in MB."""
    gc.collect()
    found = gc.get_objects()
    pages = sum(isinstance(each, nodes.document) for each in found)
    environments = sum(isinstance(each, BuildEnvironment) for each in found)
    status = Path("/proc/self/statm")
    memory = int(status.read_text("ascii").split()[1]) * 4096 // 2**20 if status.is_file() else 0
    return {"doctrees": pages, "environments": environments, "objects": len(found), "megabytes": memory}


def main() -> None:
    """Run the edits, and print what there is in the end."""
    parser = argparse.ArgumentParser(description="Random edits of a site that a preview holds.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--burst", type=int, default=4, help="How many edits may come together.")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    root = options.site.resolve()
    os.chdir(root)
    settings = load_settings(root)
    editor = Editor(root, options.seed)
    language = settings.language(LOCALE)
    site = WarmSite(settings, language, output=root / "warm", doctrees=root / "warm-doctrees")
    site.settle()
    start, broken, unseen = held(), 0, []
    done = 0
    while done < options.edits or editor.broken:
        burst = editor.random.randint(1, options.burst)
        for _edit in range(burst):
            if done < options.edits:
                editor.edit()
            else:
                editor.mend()
            done += 1
        reach = site.change(sorted(editor.changed))
        if reach is not Reach.DONE:
            sys.exit(f"{sorted(editor.changed)}: {reach}")
        editor.changed.clear()
        if editor.random.random() < 0.3:
            site.settle()
        said = " ".join(trouble.place for trouble in site.troubles)
        files = [file.relative_to(root).as_posix() for file in editor.broken]
        broken += len(files)
        # A file that all pages need may hide what is wrong with a page that came after it.
        if files and not any(file in said for file in files):
            unseen.append(f"{done}: {files}")
    site.settle()
    site.finish()
    result = {
        "edits": done,
        "added": editor.number - options.seed * 1000,
        "broken": broken,
        "unseen": unseen,
        "troubles": [str(trouble) for trouble in site.troubles],
        "due": site.due,
        "start": start,
        "end": held(),
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
