"""Make a MyST site of any size with complete catalogs, the same for the same number of pages.

    python tests/benchmarks/corpus.py FOLDER --pages 200

Stock Sphinx builds it (``sphinx-build -c stock docs out -D language=zh_CN``), and so does ``sphinx-hub
build``. Every page has sections with paragraphs that link to other pages, a grid of cards, a table, code, a
list, and a note; pages stand in chapters of 25, each with a page of its own. The translations are made of
the words of a language, drawn for each word of the source: markup, code and addresses stay.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

CHAPTER: Final = 25
"""How many pages stand in a chapter, at most."""

#: Locale -> path, tag, name, what stands between two words.
LANGUAGES: Final = {
    "zh_CN": ("zh-cn", "zh-Hans", "简体中文", ""),
    "zh_TW": ("zh-tw", "zh-Hant", "繁體中文", ""),
    "ja": ("ja", "ja", "日本語", ""),
    "ko": ("ko", "ko", "한국어", " "),
    "de": ("de", "de", "Deutsch", " "),
    "es": ("es", "es", "Español", " "),
}
WORDS: Final = {
    "en": (
        "model data layer token vector batch learning graph page index answer question weight matrix "
        "kernel memory cache stream reader writer branch merge review commit author editor volunteer "
        "community open small large quick careful measured clear common shared local global linear sparse "
        "dense steady first every many several another simple useful whole part side order number value "
        "table column figure step keeps gives takes makes shows reads writes finds builds learns checks "
        "needs allows follows explains with from into over under between after before because while where "
        "when which that this these those"
    ),
    "zh_CN": (
        "模型 数据 图层 词元 向量 批次 学习 图谱 页面 索引 回答 问题 权重 矩阵 内核 内存 缓存 读者 作者 "
        "分支 合并 审阅 提交 编辑 志愿者 社区 开放 小型 大型 快速 仔细 清楚 常见 共享 本地 全局 线性 稀疏 "
        "稠密 稳定 首先 每个 许多 若干 另外 简单 有用 整体 部分 方面 顺序 数量 数值 表格 列 步骤 保持 "
        "给出 采用 制作 显示 阅读 编写 查找"
    ),
    "zh_TW": (
        "模型 資料 圖層 詞元 向量 批次 學習 圖譜 頁面 索引 回答 問題 權重 矩陣 核心 記憶體 快取 讀者 作者 "
        "分支 合併 審閱 提交 編輯 志工 社群 開放 小型 大型 快速 仔細 清楚 常見 共享 本地 全域 線性 稀疏 "
        "稠密 穩定 首先 每個 許多 若干 另外 簡單 有用 整體 部分 方面 順序 數量 數值 表格 欄 步驟 保持 "
        "給出 採用 製作 顯示 閱讀 編寫 尋找"
    ),
    "ja": (
        "モデル データ 層 語 ベクトル 学習 グラフ ページ 索引 答え 質問 重み 行列 核 記憶 読者 著者 枝 "
        "統合 査読 編集 共同体 公開 小さい 大きい 速い 丁寧 明確 共通 共有 局所 大域 線形 疎 密 安定 最初 "
        "各 多く 別の 簡単"
    ),
    "ko": (
        "모델 데이터 층 토큰 벡터 학습 그래프 쪽 색인 답 질문 가중치 행렬 커널 기억 독자 저자 가지 병합 "
        "검토 편집 공동체 공개 작은 큰 빠른 꼼꼼한 분명한 공통 공유 지역 전역 선형 희소 조밀 안정 처음 "
        "모든 많은 다른 간단한"
    ),
    "de": (
        "Modell Daten Schicht Wort Vektor Lernen Graph Seite Index Antwort Frage Gewicht Matrix Kern "
        "Speicher Leser Autor Zweig Prüfung Gemeinschaft offen klein groß schnell genau klar gemeinsam "
        "örtlich linear dünn dicht stetig zuerst jede viele andere einfach nützlich ganz Teil Ordnung "
        "Zahl Wert Tabelle Spalte"
    ),
    "es": (
        "modelo datos capa palabra vector aprender grafo página índice respuesta pregunta peso matriz "
        "núcleo memoria lector autor rama revisión comunidad abierto pequeño grande rápido atento claro "
        "común local lineal denso estable primero cada muchos otro simple útil entero parte orden número "
        "valor tabla columna"
    ),
}
#: What a translation leaves as it is: code, the targets of links, what stands in braces, numbers.
_KEPT: Final = re.compile(r"`[^`]*`|\]\([^)]*\)|\{[^}]*\}|\d+")
_WORD: Final = re.compile(r"[A-Za-z]+")


@dataclass
class Page:
    """The text of a page, and each of its messages with the line on which it stands."""

    docname: str
    lines: list[str] = field(default_factory=list)
    messages: list[tuple[str, int]] = field(default_factory=list)

    def say(self, text: str, before: str = "", after: str = "") -> None:
        """Add a line that holds the message ``text``."""
        self.lines.append(f"{before}{text}{after}")
        self.messages.append((text, len(self.lines)))

    def write(self, *lines: str) -> None:
        """Add lines that hold no message."""
        self.lines.extend(lines)


class Writer:
    """Writes the pages of a site."""

    def __init__(self, docnames: list[str], seed: str) -> None:
        self._docnames = docnames
        self._random = random.Random(seed)
        self._words = WORDS["en"].split()

    def page(self, docname: str, sections: int = 4) -> Page:
        """A page with everything that a page may have."""
        page = Page(docname)
        page.say(self._title(), "# ")
        page.write("")
        self._paragraph(page)
        for number in range(sections):
            page.say(self._title(), "## ")
            page.write("")
            self._paragraph(page)
            self._paragraph(page)
            (self._cards, self._table, self._code, self._list)[number % 4](page)
        self._note(page)
        return page

    def contents(self, docname: str, parts: dict[str, list[str]]) -> Page:
        """A page that holds others: caption -> their docnames, from the folder of the page."""
        page = Page(docname)
        page.say(self._title(), "# ")
        page.write("")
        self._paragraph(page)
        for caption, names in parts.items():
            page.write("```{toctree}")
            if caption:
                page.say(caption, ":caption: ")
                page.write(":hidden:")
            page.write("", *names, "```", "")
        return page

    def title(self) -> str:
        """A few words that begin with a capital."""
        return self._title()

    def _some(self, count: int) -> list[str]:
        return self._random.choices(self._words, k=count)

    def _title(self) -> str:
        return " ".join(self._some(self._random.randint(2, 5))).capitalize()

    def _link(self, page: Page) -> str:
        folder = page.docname.count("/") * "../"
        return f"[{' '.join(self._some(2))}]({folder}{self._random.choice(self._docnames)}.md)"

    def _sentence(self, page: Page) -> str:
        words = self._some(self._random.randint(9, 18))
        place = self._random.randrange(2, len(words))
        match self._random.randrange(4):
            case 0:
                words[place] = self._link(page)
            case 1:
                words[place] = f"`{words[place]}_{self._random.randrange(100)}`"
            case 2:
                words[place] = f"**{words[place]}**"
        words[0] = words[0].capitalize()
        return " ".join(words) + "."

    def _paragraph(self, page: Page) -> None:
        page.say(" ".join(self._sentence(page) for _ in range(self._random.randint(2, 4))))
        page.write("")

    def _cards(self, page: Page) -> None:
        page.write("::::{grid} 1 2 2 3", "")
        for _ in range(3):
            page.say(self._title(), ":::{grid-item-card} ")
            page.write("")
            page.say(self._sentence(page))
            page.write(":::", "")
        page.write("::::", "")

    def _table(self, page: Page) -> None:
        for row in range(5):
            cells = [" ".join(self._some(self._random.randint(1, 3))).capitalize() for _ in range(3)]
            page.write("| " + " | ".join(cells) + " |")
            page.messages += [(cell, len(page.lines)) for cell in cells]
            if not row:
                page.write("| --- | --- | --- |")
        page.write("")

    def _code(self, page: Page) -> None:
        name, *others = self._some(6)
        page.write("```python", f"def {name}_value(count: int) -> list[str]:", f'    """{others[0]}."""')
        page.write(*(f'    {other} = ["{other}"] * count' for other in others[:2]))
        page.write(f"    return [*{others[0]}, *{others[1]}]", "```", "")

    def _list(self, page: Page) -> None:
        for _ in range(4):
            page.say(self._sentence(page), "- ")
        page.write("")

    def _note(self, page: Page) -> None:
        page.write(":::{note}")
        page.say(self._sentence(page))
        page.write(":::")


def pages_of(count: int, seed: int = 1) -> list[Page]:
    """A site of ``count`` pages, those that hold others among them."""
    chapters: list[list[str]] = []
    left = count - 1
    while left > 0:
        names = [f"page-{number:03}" for number in range(min(CHAPTER, left) - 1)]
        chapters.append(names)
        left -= len(names) + 1
    docnames = ["index"]
    for number, names in enumerate(chapters):
        docnames += [f"chapter-{number:03}/{name}" for name in ("index", *names)]
    pages: list[Page] = []
    indexes = [docname for docname in docnames[1:] if docname.endswith("/index")]
    for docname in docnames:
        writer = Writer(docnames, f"{seed}/{docname}")
        if docname == "index":
            middle = (len(indexes) + 1) // 2
            parts = {writer.title(): indexes[:middle], writer.title(): indexes[middle:]}
            pages.append(writer.contents(docname, {key: names for key, names in parts.items() if names}))
        elif docname.endswith("/index"):
            names = chapters[int(docname[8:11])]
            pages.append(writer.contents(docname, {"": names} if names else {}))
        else:
            pages.append(writer.page(docname))
    return pages


def translated(text: str, locale: str) -> str:
    """``text`` in words of ``locale``, the same each time; its markup, code and addresses as they are."""
    words, between = WORDS[locale].split(), LANGUAGES[locale][3]

    def word(found: re.Match[str]) -> str:
        return words[zlib.crc32(f"{found[0].lower()}/{found.start() % 7}".encode()) % len(words)]

    def plain(part: str) -> str:
        part = _WORD.sub(word, part)
        return part if between else re.sub(r"(?<=\w) (?=\w)", "", part).replace(". ", "。").replace(".", "。")

    parts: list[str] = []
    end = 0
    for kept in _KEPT.finditer(text):
        parts += [plain(text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*parts, plain(text[end:])])


def catalog(page: Page, locale: str) -> str:
    """The catalog of a page, complete."""
    places: dict[str, list[int]] = {}
    for text, line in page.messages:
        places.setdefault(text, []).append(line)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {locale}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    )
    entries = [header]
    for text, lines in places.items():
        where = "\n".join(f"#: docs/{page.docname}.md:{line}" for line in dict.fromkeys(lines))
        entries.append(f"{where}\nmsgid {_quoted(text)}\nmsgstr {_quoted(translated(text, locale))}\n")
    return "\n".join(entries)


def write_site(folder: Path, pages: int, seed: int = 1, locales: tuple[str, ...] = tuple(LANGUAGES)) -> None:
    """Write the sources, the catalogs, and the two configurations into ``folder``."""
    for page in pages_of(pages, seed):
        _write(folder / "docs" / f"{page.docname}.md", "\n".join(page.lines).rstrip() + "\n")
        for locale in locales:
            path = folder / "locale" / locale / "LC_MESSAGES" / f"{page.docname}.po"
            _write(path, catalog(page, locale))
    _write(folder / "conf.py", HUB_CONF)
    _write(folder / "stock" / "conf.py", STOCK_CONF)
    rows = [("en", ("en", "en", "English", " ")), *((locale, LANGUAGES[locale]) for locale in locales)]
    table = "\n".join(
        f'[[tool.sphinx-hub.languages]]\nlocale = "{locale}"\npath = "{path}"\n'
        f'tag = "{tag}"\nname = "{name}"\n'
        for locale, (path, tag, name, _between) in rows
    )
    _write(folder / "pyproject.toml", f"[tool.sphinx-hub]\n\n{table}")


HUB_CONF: Final = '''"""The generated site, built by sphinx-hub."""

from pathlib import Path

from sphinx_hub.i18n import site_language, site_settings

settings = site_settings(Path(__file__).parent)
project = "Generated site"
copyright = "2026, nobody"
language = site_language(settings)
gettext_compact = False
extensions = ["myst_parser", "sphinx_design", "sphinx_hub.i18n", "sphinx_hub.pages"]
myst_enable_extensions = ["colon_fence"]
html_theme = "furo"
'''
STOCK_CONF: Final = '''"""The generated site, built by stock Sphinx."""

project = "Generated site"
copyright = "2026, nobody"
language = "en"
gettext_compact = False
locale_dirs = ["../locale"]
extensions = ["myst_parser", "sphinx_design"]
myst_enable_extensions = ["colon_fence"]
html_theme = "furo"
'''


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def main() -> None:
    """Read the command line and write the site."""
    parser = argparse.ArgumentParser(description="Make a site of any size with complete catalogs.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole-navigation", action="store_true", help="as stock Sphinx has it")
    parser.add_argument("--locales", nargs="*", default=list(LANGUAGES), choices=list(LANGUAGES))
    options = parser.parse_args()
    write_site(options.folder, options.pages, options.seed, tuple(options.locales))
    if options.whole_navigation:
        with (options.folder / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write("hub_navigation_entries = 1_000_000\n")


if __name__ == "__main__":
    main()
