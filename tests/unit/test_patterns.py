from __future__ import annotations

import re

import pytest

from sphinx_hub.patterns import lazy


def test_a_lazy_pattern_does_what_a_compiled_one_does() -> None:
    pattern, compiled = lazy(r"(a)(b)?", re.IGNORECASE), re.compile(r"(a)(b)?", re.IGNORECASE)
    text = "xAbxa"
    assert pattern.findall(text) == compiled.findall(text)
    assert pattern.sub("-", text) == compiled.sub("-", text) == "x-x-"
    assert [found.span() for found in pattern.finditer(text)] == [
        found.span() for found in compiled.finditer(text)
    ]
    assert pattern.fullmatch("ab")
    assert not pattern.match("x")
    assert pattern.pattern == compiled.pattern


def test_a_fault_is_raised_where_the_pattern_is_used() -> None:
    pattern = lazy("(")
    with pytest.raises(re.error):
        pattern.search("")
