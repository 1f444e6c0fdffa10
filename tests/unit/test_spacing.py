from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.addnodes import pending_xref

from sphinx_hub.i18n.spacing import close_gaps_in


def paragraph(*children: nodes.Node) -> str:
    document = new_document("page.md")
    document += nodes.paragraph("", "", *children)
    close_gaps_in(document)
    return document.astext()


def role(text: str) -> nodes.Node:
    return pending_xref("", nodes.inline("", text))


@pytest.mark.parametrize(
    ("before", "name", "after", "expected"),
    [
        ("由 ", "和鲸", " 与 ", "由和鲸与 "),
        ("由 ", "Datawhale", " 主办", "由 Datawhale 主办"),
        ("由 ", "百姓 AI", " 主办", "由百姓 AI 主办"),
        ("见 ", "飞桨", "。", "见飞桨。"),
        ("see ", "飞桨", " and", "see 飞桨 and"),
        ("由  ", "飞桨", "", "由  飞桨"),
    ],
)
def test_gaps_beside_a_role(before: str, name: str, after: str, expected: str) -> None:
    assert paragraph(nodes.Text(before), role(name), nodes.Text(after)) == expected


def test_two_roles_in_a_row() -> None:
    assert paragraph(role("和鲸"), nodes.Text(" 和 "), role("飞桨")) == "和鲸和飞桨"


def test_code_keeps_its_spaces() -> None:
    code = nodes.literal("", "变量")
    assert paragraph(nodes.Text("用 "), code, nodes.Text(" 即可")) == "用 变量 即可"
    inside = nodes.literal("", "", nodes.Text("甲 "), nodes.emphasis("", "乙"))
    assert paragraph(inside) == "甲 乙"
