"""What a stranger may not do with a catalog: the checker tells each of it as an error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from sphinx_hub.catalogs.check.checker import Options, check_catalogs
from sphinx_hub.catalogs.check.markdown import EXTENSIONS
from sphinx_hub.catalogs.po_files import PoEntry

if TYPE_CHECKING:
    from sphinx_hub.problems import Problem

TESTS = Path(__file__).resolve().parents[1]
PAYLOADS: list[dict[str, Any]] = yaml.safe_load((TESTS / "payloads.yaml").read_text("utf-8"))
#: Those of this site, and what a payload needs beside them.
SITE = frozenset(("attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist", "substitution"))
HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nMIME-Version: 1.0\\nLanguage: zh_CN\\n"\n\n'
)


def errors(folder: Path, payload: dict[str, Any]) -> list[Problem]:
    path = folder / "zh_CN" / "LC_MESSAGES" / "a.po"
    path.parent.mkdir(parents=True)
    entry = PoEntry(msgid=payload["msgid"], strings=(payload["msgstr"],))
    path.write_bytes((HEADER + "\n".join(entry.written()) + "\n").encode("utf-8", "surrogatepass"))
    options = Options(
        markup="plain" if payload.get("plain") else "myst",
        extensions=EXTENSIONS | SITE | frozenset(payload.get("needs", ())),
        hub=True,
    )
    return [
        problem for problem in check_catalogs([path], lambda _path: options) if problem.severity == "error"
    ]


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload["id"])
def test_a_payload_is_an_error(payload: dict[str, Any], tmp_path: Path) -> None:
    assert errors(tmp_path, payload)
