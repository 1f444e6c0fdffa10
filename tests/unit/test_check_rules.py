"""What each rule says of a message and its translation, and of what it must keep silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_hub.catalogs.check.checker import Options, check_catalogs
from sphinx_hub.catalogs.po_files import PoEntry
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_hub.catalogs.check.pair import Markup

HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: Lantern 2.4\\n"\n"Language: {}\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
)
LONG = (
    "The build reads every page, and then it writes them again in each language. Nothing else is done. "
    "It is slow."
)


def codes(  # noqa: PLR0913 what a case may set
    folder: Path,
    msgid: str,
    msgstr: str,
    locale: str = "zh_CN",
    markup: Markup = "myst",
    *,
    hub: bool = False,
    enable: frozenset[Code] = frozenset(),
    flags: tuple[str, ...] = (),
) -> set[str]:
    path = folder / locale / "LC_MESSAGES" / "a.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    entry = PoEntry(msgid=msgid, strings=(msgstr,), flags=flags)
    path.write_text(HEADER.format(locale) + "\n".join(entry.written()) + "\n", "utf-8")
    options = Options(markup=markup, hub=hub, enable=enable)
    return {str(problem.code) for problem in check_catalogs([path], lambda _path: options)}


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("See [a](a.md) and [b](b.md).", "参见 [甲](b.md)。", "MSG101"),
        ("See [Git](git.md) and [Hub](hub.md).", "参见 [Git](hub.md) 和 [Hub](git.md)。", "MSG101"),
        ("See [a](a.md).", "参见[](a.md)。", "MSG102"),
        ("![a](a.png)", "![甲](b.png)", "MSG104"),
        ("![a](a.png)", "！[甲](a.png)", "MSG120"),
        ("Go to https://a.example/x now.", "现在访问 https://a.example/y 吧。", "MSG105"),
        ("Go to https://a.example/x now.", "现在访问 https://a.example/x吧。", "MSG106"),
        ("See {ref}`a`.", "参见 {rfe}`a`。", "MSG107"),
        ("See {doc}`a <b>`.", "参见 {doc}`甲 <c>`。", "MSG107"),
        ("The {term}`model <model>` runs.", "{term}`模型 <模型>`在运行。", "MSG107"),
        ("Set `a` to 5.", "将 `A` 设为 5。", "MSG108"),
        ("Call `run` now.", "现在调用 run 吧。", "MSG109"),
        ("A **bold** word here.", "这里有一个**“粗体”**词。", "MSG111"),
        ("A **bold** word here.", "这里有一个粗体词。", "MSG112"),
        ("About {{ name }}.", "关于 {{ 名称 }}。", "MSG114"),
        ("The sum $a+b$ here.", "此处的和为 $a-b$。", "MSG115"),
        ("As shown there.[^n]", "如其所示。", "MSG116"),
        ("Press <kbd>A</kbd> now.", "现在按 <kbd>A<kbd>。", "MSG117"),
        (r"Pass \*args on.", "传递 /*args。", "MSG118"),
        ("Read {path} again.", "重新读取 {路径}。", "MSG119"),
        ("See [a](a.md).", "参见[甲]（a.md）。", "MSG120"),
        ("See {ref}`a`.", "参见 :ref:`a`。", "MSG121"),
        ("Start here.", "# 从这里开始。", "MSG201"),
        ("Start here.", "从这里\n\n开始。", "MSG201"),
        ("Start here.", "1. 从这里开始。", "MSG201"),
        ("Start here.\n", "从这里开始。", "MSG202"),
        ("Start here.", " 从这里开始。", "MSG203"),
        ("It has 300 pages now.", "现在有 400 页。", "MSG301"),
        ("It takes 45 minutes here.", "这里需要 45 秒。", "MSG301"),
        ("About 2 GB are needed.", "大约需要 2 MB。", "MSG301"),
        ("Only 12% of them read it.", "只有 12 的人读它。", "MSG301"),
        ("Python 3.10 is needed.", "需要 Python 3.11。", "MSG302"),
        ("On 3 May 2024 it began.", "始于 2024 年 6 月 3 日。", "MSG303"),
        ("Then install PyTorch again.", "然后重新安装 Pytorch。", "MSG304"),
        ("Use Java 17 for this.", "为此请使用爪哇 17。", "MSG304"),
        ("Then install Lantern again.", "然后重新安装灯笼。", "MSG304"),
        ("Start here.", "", "MSG401"),
        ("Start from here with it.", "Start from here with it.", "MSG403"),
        (
            LONG,
            "Nothing else is done. 构建读取每个页面，然后用每种语言重新写出这些页面，这个过程很慢。",
            "MSG403",
        ),
        ("Start here.", "从这里スタート。", "MSG404"),
        ("Start here.", "從這裡開始。", "MSG405"),
        ("Start here.", "ä»Žè¿™é‡Œå¼€å§‹ã€‚", "MSG406"),
        ("Start here.", "????????", "MSG406"),
        ("Start here.", "从这里\u00a0开始。", "MSG407"),
        ("Start here.", "以下是翻译：从这里开始。", "MSG408"),
        ("Start from here.", "Start from here. 从这里开始。", "MSG408"),
        (LONG, "构建读取每个页面。", "MSG409"),
        (
            "Start here",
            "从这里开始阅读：首先打开页面。然后选择语言。接着保存修改。最后关闭窗口即可完成。",
            "MSG410",
        ),
        ("Start here, then go on.", "从这里开始,然后继续。", "MSG501"),
        ('The "draft" mode is on.', '"草稿"模式已开启。', "MSG501"),
        ("It needs port 80 here.", "这里需要端口 ８０。", "MSG502"),
        ("Now start it from here.", "现在从这里启动", "MSG503"),
        ("Now start it from here.", "现在从这里启动、", "MSG503"),
        ('The "draft" mode is on.', "“草稿模式已开启。", "MSG505"),
        ("Start here, then go on.", "从这里开始，，然后继续。", "MSG506"),
        ("Start here, then go on.", "从这里开始，然后继续继续。", "MSG506"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, msgid: str, msgstr: str, expected: str) -> None:
    assert expected in codes(tmp_path, msgid, msgstr)


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("See [a](a.md) and [b](b.md).", "参见[乙](b.md)和[甲](a.md)。"),
        ("See {ref}`a`.", "参见{ref}`甲 <a>`。"),
        ("See {doc}`/a`.", "参见{doc}`甲 </a>`。"),
        ("One {term}`model` runs.", "一个{term}`模型 <model>`在运行。"),
        ("One {term}`model` runs.", "一个{term}`模型`在运行。"),
        ('The <abbr title="Model">M</abbr> runs.', '<abbr title="模型">M</abbr> 在运行。'),
        ("If `a` is set, it stops; `a` is off.", "设置 `a` 后会停止，默认关闭。"),
        ("The first 3 steps are easy.", "前三个步骤很容易。"),
        ("More than 1,000,000 readers came.", "来了 100 多万名读者。"),
        ("The firm was sold for $1.5 billion.", "该公司以 15 亿美元售出。"),
        ("This is twice as fast.", "这样快了 2 倍。"),
        ("It opens at 9 a.m. and closes at 5:30 p.m.", "上午 9 点开门，17:30 关门。"),
        ("Half of the time is lost.", "损失了 50% 的时间。"),
        ("In the 1990s it was new.", "20 世纪 90 年代，它还很新。"),
        ("On January 1, 2020 it ends.", "于 2020 年 1 月 1 日结束。"),
        ("On January 1, 2020 it ends.", "于 2020-01-01 结束。"),
        ("FAQ", "FAQ"),
        ("pip install lantern", "pip install lantern"),
        ("x86_64, aarch64", "x86_64, aarch64"),
        ("1. Start", r"1\. 开始"),
        ("1. Start", "1.开始"),
        (r"\>= 2.0 is needed", r"\>= 2.0 是必需的"),
        ("I am 100% sure of it.", "我百分之百确定。"),
        ("A set is {1, 2} here.", "这里的集合是 {1, 2}。"),
        ("Press the → key now.", "现在按 → 键。"),
        ("The names 日本語 and 한국어 are shown.", "会显示 日本語 和 한국어 这两个名称。"),
        ("Traditional characters are shown.", "会显示繁体字，如「龍」。"),
        ("A famous chip by Ascend covers it.", "著名的昇腾（Ascend）芯片覆盖了它。"),
        ("See *The Castle* for it.", "详见《城堡》。"),
        ("Smith, J. and Lee, K. wrote it.", "由 Smith, J. 和 Lee, K. 撰写。"),
        ("Large models need memory.", "大模型（large model）需要内存。"),
        ("Do you know it?", "你知道它吗？"),
        ("What is new in it?", "有哪些新变化"),
        ("Run it online again.", "重新在在线模式下运行。"),
        ("Bilibili is a site.", "哔哩哔哩是一个网站。"),
        (r"\[required\]", r"\[必填\]"),
    ],
)
def test_a_right_translation_is_left_alone(tmp_path: Path, msgid: str, msgstr: str) -> None:
    assert codes(tmp_path, msgid, msgstr) == set()


@pytest.mark.parametrize(
    ("msgid", "msgstr", "code"),
    [
        (
            "See [a](https://a.example/en/x).",
            "参见[甲](https://a.example/zh-cn/x)。",
            Code.MESSAGE_LINK_LANGUAGE,
        ),
        ("Call run now.", "现在调用 `run`。", Code.MESSAGE_CODE_ADDED),
        ("Do it now.", "**现在**就做。", Code.MESSAGE_EMPHASIS_ADDED),
        ("A short title", "一个短标题。", Code.MESSAGE_END_ADDED),
        ("Use Git for it.", "为此使用Git。", Code.MESSAGE_SPACING),
    ],
)
def test_what_projects_differ_in_is_told_on_demand(
    tmp_path: Path, msgid: str, msgstr: str, code: Code
) -> None:
    assert codes(tmp_path, msgid, msgstr) == set()
    assert codes(tmp_path, msgid, msgstr, enable=frozenset((code,))) == {str(code)}


def test_our_own_site_reads_emphasis_beside_chinese_and_numbers_at_the_start(tmp_path: Path) -> None:
    bold = "The **“word”** matters here.", "这个**「词」**在这里很重要。"
    numbered = "1. Start", "1. 开始"
    assert codes(tmp_path, *bold) == {"MSG111"}
    assert codes(tmp_path, *bold, hub=True) == set()
    assert codes(tmp_path, *numbered) == {"MSG201"}
    assert codes(tmp_path, *numbered, hub=True) == set()
    assert codes(tmp_path, "Start", "1. 开始", hub=True) == {"MSG201"}


def test_taiwan_has_its_own_script_and_quotation_marks(tmp_path: Path) -> None:
    assert codes(tmp_path, "Start here.", "從這裡開始。", "zh_TW") == set()
    assert codes(tmp_path, "Start here.", "从这里开始。", "zh_TW") == {"MSG405"}


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("See :ref:`a`.", "参见 :ref:`甲 <a>`。", set()),
        ("See :ref:`a`.", "参见:ref:`甲 <a>`。", {"MSG107"}),
        ("See :ref:`a`.", r"参见\ :ref:`甲 <a>`。", set()),
        ("Call ``run`` now.", "现在调用 ``run``。", set()),
        ("Call ``run`` now.", "现在调用``run``函数。", {"MSG108"}),
        ("See `site <https://a.example>`_.", "参见 `网站 <https://a.example>`_。", set()),
        ("See `site <https://a.example>`_.", "参见 `网站 <https://b.example>`_。", {"MSG101"}),
        ("See `Guide`_.", "参见 `指南 <Guide_>`_。", set()),
        ("See `Guide`_.", "参见指南。", {"MSG101"}),
        ("About |name| here.", "此处关于 |名称|。", {"MSG114"}),
        ("As shown there. [#n]_", "如其所示。 [#n]_", set()),
        ("As shown there. [#n]_", "如其所示。", {"MSG116"}),
        ("A **bold** word here.", "这里有一个**粗体**词。", {"MSG111"}),
        ("A **bold** word here.", r"这里有一个\ **粗体**\ 词。", set()),
        ("See :ref:`a`.", "参见 {ref}`a`。", {"MSG121"}),
        ("Start here.", "* 从这里开始。", {"MSG201"}),
    ],
)
def test_restructuredtext(tmp_path: Path, msgid: str, msgstr: str, expected: set[str]) -> None:
    assert codes(tmp_path, msgid, msgstr, markup="rst") == expected


@pytest.mark.parametrize(
    ("msgid", "msgstr", "flags", "expected"),
    [
        ("%d of %s", "%s 中的 %d", ("python-format",), {"MSG119"}),
        ("%(a)s of %(b)s", "%(b)s 中的 %(a)s", ("python-format",), set()),
        ("State: {}", "状态：{0}", (), set()),
        ("Name: ", "名称：", (), set()),
        ("The page was deleted here.", "页面已在此删除", (), set()),
        ("# of pages", "# 页数", (), set()),
    ],
)
def test_texts_of_a_program(
    tmp_path: Path, msgid: str, msgstr: str, flags: tuple[str, ...], expected: set[str]
) -> None:
    found = codes(tmp_path, msgid, msgstr, markup="plain", flags=flags)
    assert found - {"TXT001"} == expected


def test_what_a_build_refuses_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path, "Start here.", "从这里开始 &lt;script&gt;。") == {"TXT001"}


def test_a_translation_too_long_to_parse_is_refused_at_once(tmp_path: Path) -> None:
    assert codes(tmp_path, "Start here.", "[" * 2000) == {"TXT001"}


def test_a_fuzzy_translation_is_told_as_such_and_no_more(tmp_path: Path) -> None:
    assert codes(tmp_path, "See [a](a.md).", "参见。", flags=("fuzzy",)) == {"MSG402"}
