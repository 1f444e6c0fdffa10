"""A Chinese site of any size to search in, and queries of many kinds, the same for the same seed.

A third of the sentences are this site's own, in both scripts and in English; the others are put together
from word lists. A tenth of the pages is in Traditional characters with Taiwan's words, a tenth in English.
What answers a query is found by a scan of the articles' text, see :func:`truth`.
"""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import read_po
from opencc import OpenCC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MODIFIERS: Final = _words(
    "稀疏 多模态 分布式 自监督 轻量 开源 跨语言 低资源 实时 端侧 混合精度 参数高效 检索增强 长上下文 可解释 "
    "联邦 对比 增量 在线 离线 量化 流式 层次化 自适应 鲁棒 因果 图像 语音 视频 文本 代码 医疗 金融 教育 法律"
)
NOUNS: Final = _words(
    "注意力机制 语言模型 数据集 分词器 向量检索 推理引擎 训练框架 评测基准 知识蒸馏 强化学习 扩散模型 嵌入层 "
    "指令微调 提示工程 智能体 语料库 词表 损失函数 优化器 学习率 批大小 梯度累积 显存管理 模型压缩 模型部署 "
    "权重合并 文档翻译 社区活动 贡献指南 术语表 版本控制 持续集成 单元测试 命令行工具 配置文件 缓存策略 "
    "日志系统 权限管理 接口设计 错误处理 性能分析 数据清洗 数据标注 语音识别 机器翻译 情感分析 "
    "命名实体 目标检测 图像生成"
)
GUIDES: Final = _words(
    "入门 部署指南 原理详解 常见问题 最佳实践 性能对比 使用教程 设计说明 更新记录 实战案例"
)
VERBS: Final = _words(
    "支持 改进 替换 加载 导出 评估 监控 合并 拆分 缓存 优化 调用 依赖 验证 复现 加速 简化 扩展 压缩 记录"
)
THINGS: Final = _words(
    "软件 硬件 网络 服务器 数据库 内存 硬盘 程序 接口 文件夹 默认值 用户 信息 视频 代码 字符串 数组 变量 "
    "函数 对象 线程 进程 操作系统 人工智能 互联网 打印机 屏幕 鼠标 链接 脚本 模板 字段 查询 "
    "权限 令牌 镜像 容器 集群"
)
PEOPLE: Final = _words("志愿者 开发者 研究人员 维护者 读者 译者 初学者 团队 社区成员 学生 工程师 审校者")
ADVERBS: Final = _words("通常 往往 首先 最终 进一步 逐步 自动 手动 明显 几乎 尽量 同时 直接 谨慎地 反复 默认")
PLACES: Final = _words(
    "在生产环境中 在本地电脑上 在小样本场景下 对于中文文档 从去年开始 在多数情况下 按照约定 在评测时"
)
NAMES: Final = _words(
    "Transformer PyTorch LoRA GPU CUDA Tokenizer API JSON Docker Linux BERT LLaMA Qwen DeepSeek NumPy "
    "Kubernetes FlashAttention MoE RLHF ONNX Gradio Spaces Datasets Accelerate Diffusers "
    "Whisper CLIP ViT Parquet YAML"
)
CODE_VERBS: Final = _words("from load save push get set build train eval encode decode merge split init")
CODE_NOUNS: Final = _words(
    "pretrained dataset model token batch config weights cache hub pipeline state device scheduler"
)
ENGLISH: Final = (
    "The {a} keeps a {b} that volunteers review before every release.",
    "Each {a} loads its {b} once and reuses it.",
    "We measured the {a} on a small {b} and wrote down what changed.",
    "When the {b} is missing, the {a} says so.",
    "A careful {a} needs neither a {b} nor a network.",
)
ENGLISH_WORDS: Final = _words(
    "translator catalog glossary dataset checkpoint workflow benchmark tokenizer container repository "
    "notebook leaderboard pipeline embedding retriever scheduler gradient adapter sandbox transcript "
    "moderator "
    "newsletter"
)
TEMPLATES: Final = (
    "{place}，{who}{adverb}{verb}{topic}的{thing}。",
    "{topic}{adverb}需要{thing}和{thing2}，否则{who}无法{verb}结果。",
    "如果{thing}出现问题，可以先{verb}{noun}，再检查{thing2}。",
    "{who}用 {name} {verb}了{noun}，速度提高了{number}%。",
    "与{noun}相比，{topic}对{thing}的要求更低。",
    "{name}的{noun}{adverb}{verb}{thing}，这一点在{topic}里也成立。",
    "我们把{thing}分成{number}个部分，每个部分都{verb}{noun}。",
    "为了{verb}{topic}，{who}调用 `{code}` 读取{thing}。",
    "调用`{code}`之后，{noun}会{adverb}{verb}{thing}。",
    "这种做法的好处是：{who}不必{verb}{thing}，也不用担心{thing2}。",
    "{number}月的{noun}讨论了{topic}与{thing2}的关系。",
    "使用{name}微调{noun}时，{thing}的大小很重要。",
    "{topic}并不等于{noun}；前者{verb}{thing}，后者{verb2}{thing2}。",
    "许多{who}问：怎样才能{adverb}{verb}{topic}？",
    "参见《{noun}》一文，其中详细介绍了{thing}的用法。",
)
QUESTIONS: Final = (
    "如何{verb}{a}？",
    "什么是{a}",
    "{a}和{b}有什么区别？",
    "为什么{a}需要{b}",
    "怎样用{b}来{verb}{a}？",
    "请问{a}怎么用",
)
#: A word of the mainland, and that of Taiwan.
REGIONAL: Final = (
    ("软件", "軟體"),
    ("硬件", "硬體"),
    ("网络", "網路"),
    ("服务器", "伺服器"),
    ("数据库", "資料庫"),
    ("内存", "記憶體"),
    ("程序", "程式"),
    ("人工智能", "人工智慧"),
    ("默认值", "預設值"),
    ("视频", "影片"),
    ("字符串", "字串"),
    ("数组", "陣列"),
)
#: What the glossary of the generated site holds, by English and Chinese name.
GLOSSARY: Final = (
    ("fine-tuning", "微调"),
    ("large language model", "大语言模型"),
    ("knowledge distillation", "知识蒸馏"),
    ("attention mechanism", "注意力机制"),
    ("prompt engineering", "提示工程"),
    ("reinforcement learning", "强化学习"),
    ("dataset", "数据集"),
    ("volunteer", "志愿者"),
    ("benchmark", "评测基准"),
    ("retriever", "检索器"),
)


@dataclass
class Page:
    """A page in the order in which it is written."""

    docname: str
    title: str
    sections: list[tuple[str, list[str]]] = field(default_factory=list)
    """Heading, blocks of text; a block that starts with four spaces is code."""

    def markdown(self) -> str:
        """The source of the page."""
        parts = ["---\norphan: true\n---", f"# {self.title}"]
        for heading, blocks in self.sections:
            parts += [
                f"## {heading}",
                *(f"```python\n{b[4:]}\n```" if b[:4] == "    " else b for b in blocks),
            ]
        return "\n\n".join(parts) + "\n"

    def zones(self) -> Iterator[tuple[int, str]]:
        """Each piece of text with what a hit in it counts: title 3, heading 2, body 1."""
        yield 3, self.title
        for heading, blocks in self.sections:
            yield 2, heading
            yield from ((1, block.replace("`", "")) for block in blocks)


@dataclass(frozen=True)
class Query:
    """A query, and what a page must have to answer it: of each group one text."""

    kind: str
    text: str
    needs: tuple[tuple[str, ...], ...]


def _own_sentences(locale: str) -> tuple[list[str], list[str]]:
    """This site's sentences without markup: in the language, and in English."""
    translated, english = [], []
    for path in sorted((ROOT / "locale" / locale / "LC_MESSAGES").rglob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                text, source = message.string, message.id
                if not (isinstance(text, str) and isinstance(source, str)) or re.search(
                    r"[`\[\]{}<>*_$\\|#]", text + source
                ):
                    continue
                if 12 <= len(text) <= 120 and text.endswith("。"):
                    translated.append(text)
                    english.append(source)
    return translated, english


class Writer:
    """Draws words, sentences and pages."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self._simplified, self._english = _own_sentences("zh_CN")
        self._traditional, _source = _own_sentences("zh_TW")
        self._to_taiwan: Callable[[str], str] = OpenCC("s2twp").convert
        verbs, nouns = CODE_VERBS, CODE_NOUNS
        self.code = [
            *(f"{verb}_{noun}" for verb in verbs for noun in nouns),
            *(f"Auto{noun.title()}For{task}" for noun in nouns for task in ("CausalLM", "Ranking", "Vision")),
            *(f"torch.nn.{name}" for name in ("Linear", "Embedding", "functional.softmax", "LayerNorm")),
            *(f"--{verb}-{noun}" for verb in verbs[:4] for noun in nouns[:6]),
        ]
        # As in any language, few words are used often.
        self._weights = [1 / (rank + 4) for rank in range(len(self.code))]
        self.random.shuffle(self.code)

    def page(self, number: int) -> Page:
        """The page of a number."""
        pick = self.random.choice
        kind = number % 10
        topic = pick(MODIFIERS) + pick(NOUNS)
        if kind == 4:
            word, other = self.random.sample(ENGLISH_WORDS, 2)
            page = Page(f"p{number}", f"The {word} and the {other}")
            title: Callable[[], str] = lambda: f"{pick(ENGLISH_WORDS).title()} and {pick(ENGLISH_WORDS)}"  # noqa: E731
            sentence: Callable[[], str] = lambda: self._english_sentence(word)  # noqa: E731
        else:
            page = Page(f"p{number}", f"{topic}{pick(GUIDES)}")
            title = lambda: self._heading(topic)  # noqa: E731
            sentence = lambda: self._sentence(topic, traditional=kind == 8)  # noqa: E731
        between = " " if kind == 4 else ""
        for _section in range(self.random.randint(2, 5)):
            blocks = [
                between.join(sentence() for _each in range(self.random.randint(2, 5)))
                for _paragraph in range(self.random.randint(1, 3))
            ]
            if self.random.random() < 0.3:
                blocks.append(f"    result = {self._identifier()}(path)\nprint({self._identifier()}, result)")
            page.sections.append((title(), blocks))
        if kind == 8:
            page.title = self._to_taiwan(page.title)
            page.sections = [(self._to_taiwan(heading), blocks) for heading, blocks in page.sections]
        return page

    def _identifier(self) -> str:
        return self.random.choices(self.code, self._weights)[0]

    def _heading(self, topic: str) -> str:
        pick = self.random.choice
        return pick(
            [topic, pick(NOUNS), f"{pick(VERBS)}{pick(THINGS)}", f"{pick(NAMES)} 与{pick(NOUNS)}"]
        ) + pick(["", "的步骤", "简介", "示例", "说明"])

    def _english_sentence(self, topic: str) -> str:
        if self.random.random() < 0.3:
            return self.random.choice(self._english)
        words = [topic, self.random.choice(ENGLISH_WORDS)]
        self.random.shuffle(words)
        return self.random.choice(ENGLISH).format(a=words[0], b=words[1])

    def _sentence(self, topic: str, *, traditional: bool) -> str:
        pick = self.random.choice
        if self.random.random() < 0.33:
            return pick(self._traditional if traditional else self._simplified)
        text = pick(TEMPLATES).format(
            place=pick(PLACES),
            who=pick(PEOPLE),
            adverb=pick(ADVERBS),
            verb=pick(VERBS),
            verb2=pick(VERBS),
            topic=topic if self.random.random() < 0.5 else pick(MODIFIERS) + pick(NOUNS),
            thing=pick(THINGS),
            thing2=pick(THINGS),
            noun=pick(NOUNS),
            name=pick(NAMES),
            number=self.random.randint(2, 60),
            code=self._identifier(),
        )
        return self._to_taiwan(text) if traditional else text


@cache
def pages_of(count: int, seed: int = 1) -> tuple[Page, ...]:
    """So many pages."""
    writer = Writer(f"{seed}/{count}")
    return tuple(writer.page(number) for number in range(count))


@cache
def _simplified(sign: str) -> str:
    return str(OpenCC("t2s").convert(sign))


@cache
def normal(text: str) -> str:
    """``text`` as it is compared: narrow, small, Simplified, no space between Han and other letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(_simplified(sign) if "\u3400" <= sign <= "\u9fff" else sign for sign in folded)
    plain = re.sub(rf"(?<=[{HAN}])\s+(?=[a-z0-9])|(?<=[a-z0-9])\s+(?=[{HAN}])", "", plain)
    return re.sub(r"\s+", " ", plain)


def has(text: str, wanted: str) -> bool:
    """Whether ``text`` has ``wanted``, both :func:`normal`: letters and numbers as whole words."""
    if wanted not in text:
        return False
    before = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", wanted) else ""
    after = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", wanted) else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def truth(pages: Sequence[Page], query: Query) -> dict[str, int]:
    """The pages that answer ``query``, each with what it is worth: 3 by its title, 2 by a heading, 1.

    Of each group of ``query.needs`` a page must have one text. What is the same: full-width and narrow,
    capital and small letters; Simplified and Traditional characters, one by one; a space or none between
    Han and other letters. Words of letters count whole. A page is worth what the group is worth that is
    worth least.
    """
    found = {}
    groups = [[normal(text) for text in group] for group in query.needs]
    for page in pages:
        zones = [(worth, normal(text)) for worth, text in page.zones()]
        worths = [
            max((worth for worth, text in zones if any(has(text, wanted) for wanted in group)), default=0)
            for group in groups
        ]
        if min(worths):
            found[page.docname] = min(worths)
    return found


class Asker:
    """Draws queries from the text of pages, so many of each kind; each has an answer."""

    def __init__(self, pages: Sequence[Page], seed: int = 1) -> None:
        self._random = random.Random(f"queries {seed}/{len(pages)}")
        self._pages = pages
        chinese = [page for page in pages if re.search(f"[{HAN}]", page.title)]
        self._blocks = [text for page in chinese for worth, text in page.zones() if text[:4] != "    "]
        self._code = [
            code for page in pages for _w, text in page.zones() for code in _IDENTIFIER.findall(text)
        ]
        self._english = [text for page in pages if page not in chinese for _worth, text in page.zones()]

    def queries(self) -> list[Query]:
        """All queries, one kind after the other."""
        kinds: dict[str, tuple[int, Callable[[], Query]]] = {
            "term": (14, self._term),
            "mixed": (10, self._mixed),
            "words": (8, self._words),
            "code": (10, self._identifier),
            "other script": (10, self._other_script),
            "regional": (8, self._regional),
            "full width": (6, self._full_width),
            "glossary": (8, self._glossary),
            "English": (8, self._english_words),
            "phrase": (8, self._phrase),
            "single": (6, self._single),
            "question": (8, self._question),
        }
        found: list[Query] = []
        for kind, (count, make) in kinds.items():
            texts: set[str] = set()
            for _try in range(400):
                query = make()
                if query.text not in texts and truth(self._pages, query):
                    texts.add(query.text)
                    found.append(Query(kind, query.text, query.needs))
                if len(texts) == count:
                    break
        return found

    def _run(self, low: int, high: int) -> str:
        """A stretch of Han characters from anywhere in the text, also across the ends of words."""
        for _try in range(1000):
            runs = re.findall(f"[{HAN}]{{{low},}}", self._random.choice(self._blocks))
            if runs:
                run = self._random.choice(runs)
                size = min(len(run), self._random.randint(low, high))
                start = self._random.randint(0, len(run) - size)
                return str(run[start : start + size])
        raise LookupError

    def _word(self) -> str:
        return self._random.choice(self._random.choice((NOUNS, NOUNS, MODIFIERS, THINGS, PEOPLE)))

    def _term(self) -> Query:
        text = self._word() if self._random.random() < 0.6 else self._run(2, 6)
        return Query("", text, ((text,),))

    def _mixed(self) -> Query:
        pattern = rf"[{HAN}]{{2,4}} ?[A-Za-z]{{2,}}(?: ?[{HAN}]{{2,3}})?|[A-Za-z]{{2,}} ?[{HAN}]{{2,4}}"
        texts = [
            found
            for block in self._random.choices(self._blocks, k=60)
            for found in re.findall(pattern, block)
        ]
        text = self._random.choice(texts or ["Transformer"])
        if self._random.random() < 0.5:
            text = text.replace(" ", "")
        return Query("", text, ((text,),))

    def _words(self) -> Query:
        page = self._random.choice(self._pages)
        text = " ".join(text for _worth, text in page.zones())
        words = [word for word in (*NOUNS, *THINGS, *NAMES, *PEOPLE) if word in text]
        some = self._random.sample(words, min(2, len(words)))
        return Query("", " ".join(some), tuple((word,) for word in some) or (("\0",),))

    def _identifier(self) -> Query:
        text = self._random.choice(self._code)
        return Query("", text, ((text,),))

    def _other_script(self) -> Query:
        text = self._run(2, 5)
        name = "t2s" if _simplified(text[0]) != text[0] or normal(text) != text else "s2t"
        other = str(OpenCC(name).convert(text))
        return Query("", other, ((text,),)) if other != text else Query("", "\0", (("\0",),))

    def _regional(self) -> Query:
        pair = self._random.choice(REGIONAL)
        return Query("", self._random.choice(pair), (pair,))

    def _full_width(self) -> Query:
        name = self._random.choice(NAMES)
        wide = "".join(chr(ord(sign) + 0xFEE0) for sign in name)
        return Query("", wide, ((name,),))

    def _glossary(self) -> Query:
        pair = self._random.choice(GLOSSARY)
        return Query("", self._random.choice(pair), (pair,))

    def _english_words(self) -> Query:
        words = re.findall(r"[A-Za-z]+", self._random.choice(self._english))
        if len(words) < 4 or self._random.random() < 0.5:
            text = self._random.choice(ENGLISH_WORDS)
        else:
            start = self._random.randint(0, len(words) - 3)
            text = " ".join(words[start : start + self._random.randint(2, 3)])
        return Query("", text, ((text,),))

    def _phrase(self) -> Query:
        text = self._run(7, 14)
        return Query("", text, ((text,),))

    def _single(self) -> Query:
        text = self._run(2, 2)[0]
        return Query("", text, ((text,),))

    def _question(self) -> Query:
        names = self._random.sample(NOUNS, 2)
        text = self._random.choice(QUESTIONS).format(verb=self._random.choice(VERBS), a=names[0], b=names[1])
        return Query("", text, tuple((name,) for name in names if name in text))


_IDENTIFIER: Final = re.compile(r"(?<![\w.-])(?:--)?[A-Za-z]+(?:[_.-][A-Za-z]+)+|Auto[A-Za-z]+")


def write_site(folder: Path, pages: Sequence[Page]) -> None:
    """Write the sources, the settings, the glossary, and a configuration each for sphinx-hub and Sphinx."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    for page in pages:
        (docs / f"{page.docname}.md").write_text(page.markdown(), "utf-8")
    (docs / "index.md").write_text("# Home\n", "utf-8")
    (folder / "conf.py").write_text(HUB_CONF, "utf-8")
    (folder / "pyproject.toml").write_text(SETTINGS, "utf-8")
    # A glossary is in English, and a language that translates nothing is refused.
    catalog = folder / "locale" / "zh_CN" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(PO, "utf-8")
    entries = "".join(
        f'<tu><prop type="x-part-of-speech">noun</prop><tuv xml:lang="en"><seg>{english}</seg></tuv>'
        f'<tuv xml:lang="zh-CN"><seg>{chinese}</seg></tuv></tu>'
        for english, chinese in GLOSSARY
    )
    (folder / "locale" / "glossary.tmx").write_text(TMX.format(entries=entries), "utf-8")
    (folder / "stock").mkdir()
    (folder / "stock" / "conf.py").write_text(STOCK_CONF, "utf-8")


PO: Final = """msgid ""
msgstr ""
"Language: zh_CN\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Home"
msgstr "首页"
"""
SETTINGS: Final = """[tool.sphinx-hub]

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
TMX: Final = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="benchmark" creationtoolversion="1" segtype="phrase" o-tmf="tmx" adminlang="en"
          srclang="en" datatype="plaintext"/>
  <body>{entries}</body>
</tmx>
"""
HUB_CONF: Final = '''"""The generated site, built by sphinx-hub."""

from pathlib import Path

from sphinx_hub.i18n import site_settings

settings = site_settings(Path(__file__).parent)
project = "Generated site"
copyright = "2026, nobody"
language = "zh_CN"
extensions = ["myst_parser", "sphinx_hub.i18n", "sphinx_hub.pages"]
html_theme = "furo"
html_copy_source = False
'''
STOCK_CONF: Final = '''"""The generated site, built by stock Sphinx."""

project = "Generated site"
copyright = "2026, nobody"
language = "zh_CN"
extensions = ["myst_parser"]
html_theme = "basic"
html_copy_source = False
'''
