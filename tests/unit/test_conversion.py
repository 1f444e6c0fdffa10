"""Suggestions from another Chinese: words of the place, terms of the glossary, and markup as it was."""

from __future__ import annotations

import sys

import pytest

from sphinx_hub.catalogs.conversion import ChineseConverter, ConversionError
from sphinx_hub.catalogs.glossary import Term

TERMS = (
    Term(term="access token", translations={"zh_CN": "访问令牌", "zh_TW": "存取權杖"}),
    Term(
        term="Space",
        translations={"zh_CN": "Space 应用", "zh_TW": "Space"},
        avoid={"zh_TW": ("空間",)},
    ),
    Term(term="token", translations={"zh_CN": "词元", "zh_TW": "詞元"}),
)


@pytest.fixture(scope="module")
def taiwan() -> ChineseConverter:
    return ChineseConverter("zh_CN", "zh_TW", TERMS)


@pytest.mark.parametrize(
    ("text", "converted"),
    [
        ("默认的软件和网络里的文件", "預設的軟體和網路裡的檔案"),
        ("头发发现了皇后后面的干净干部", "頭髮發現了皇后後面的乾淨幹部"),
        ("写着“保存”，也叫‘存盘’。It’s fine.", "寫著「儲存」，也叫『存檔』。It’s fine."),
        ("运行 `软件 --网络`，然后`默认`。", "執行 `软件 --网络`，然後`默认`。"),
        ("请看[软件](https://example.org/软件)。", "請看[軟體](https://example.org/软件)。"),
        ('![软件](图/软件.png "软件")', '![軟體](图/软件.png "軟體")'),
        ("<https://example.org/软件>和 https://example.org/网络，软件", "<https://example.org/软件>和 https://example.org/网络，軟體"),
        ("感谢 {hub:partner}`软件`。", "感謝 {hub:partner}`软件`。"),
        ("感谢 {hub:partner}`软件 <网络>`。", "感謝 {hub:partner}`軟體 <网络>`。"),
        ("版本是 {{ 软件 }}，共 %(软件)s 个、{软件}", "版本是 {{ 软件 }}，共 %(软件)s 個、{软件}"),
        ("公式 $软件$ 和脚注[^软件]、[软件][网络]", "公式 $软件$ 和腳註[^软件]、[軟體][网络]"),
        ('<span title="软件">软件</span>&nbsp;', '<span title="软件">軟體</span>&nbsp;'),
        ("", ""),
    ],
)  # fmt: skip
def test_words_are_those_of_taiwan_and_nothing_else_changes(
    taiwan: ChineseConverter, text: str, converted: str
) -> None:
    assert taiwan.convert(text, "") == converted


def test_terms_of_the_glossary_have_precedence(taiwan: ChineseConverter) -> None:
    assert taiwan.convert("创建访问令牌", "Create access tokens") == "建立存取權杖"
    assert taiwan.convert("创建访问令牌", "Create a key") == "建立訪問令牌"
    assert taiwan.convert("打开这个空间", "Open the Space") == "開啟這個Space"


def test_the_way_back_has_the_quotation_marks_of_the_mainland() -> None:
    converter = ChineseConverter("zh_TW", "zh_CN")
    assert converter.convert("按鈕上寫著「儲存」，這個軟體", "") == "按钮上写着“保存”，这个软件"


def test_only_current_translations_are_offered_and_say_where_they_come_from(taiwan: ChineseConverter) -> None:
    content = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Software"\nmsgstr "软件"\n\n'
        '#, fuzzy\nmsgid "Network"\nmsgstr "网络"\n\n'
        'msgid "File"\nmsgstr ""\n\n'
        '#~ msgid "Gone"\n#~ msgstr "消失"\n'
    ).encode()
    found = taiwan.proposals({"index": content})["index"]
    assert list(found) == ["Software"]
    assert found["Software"].strings == ("軟體",)
    assert found["Software"].origin == "zh_CN, converted by OpenCC (s2twp)"


def test_what_cannot_be_converted_is_said() -> None:
    with pytest.raises(ConversionError, match=r"no conversion of zh_CN to fr_FR \(there is: zh_CN to zh_TW"):
        ChineseConverter("zh_CN", "fr_FR")


def test_without_opencc_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(ConversionError, match=r"pip install 'sphinx-hub\[opencc\]'"):
        ChineseConverter("zh_CN", "zh_TW")
