"""The content security policy: what it says of a page, and what it notices."""

from __future__ import annotations

import base64
import hashlib
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sphinx_hub.pages.policy import DEFAULT, for_maths, forbidden, policy_of, with_policy


def policy(page: str, **extended: Any) -> dict[str, list[str]]:
    """The policy in a page: directive -> sources."""
    made = with_policy(settings(extended), page)
    _before, _sign, rest = made.partition('http-equiv="Content-Security-Policy" content="')
    parts = (part.split() for part in rest.partition('">')[0].split("; "))
    return {part[0]: part[1:] for part in parts}


def settings(extended: dict[str, Any] | None) -> Any:
    names = (
        {key.replace("_", "-"): value for key, value in extended.items()} if extended is not None else None
    )
    return policy_of(cast("Any", SimpleNamespace(hub_content_security_policy=names)))


def digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


HEAD = '<!doctype html><html><head><meta charset="utf-8"><title>A</title>'


@pytest.mark.parametrize(
    "element",
    ["<script>{}</script>", '<script type="module">{}</script>', "<SCRIPT async>{}</SCRIPT >"],
)
def test_scripts_of_the_page_are_named_by_their_hashes(element: str) -> None:
    said = policy(HEAD + element.format('go("中文")'))
    assert said["script-src"] == ["'self'", digest('go("中文")')]


@pytest.mark.parametrize(
    "element",
    [
        '<script src="a.js">ignored</script>',
        '<script type="application/ld+json">{"a":1}</script>',
        "<script src='a.js'></script>",
        "<style></style>",
    ],
)
def test_what_a_browser_does_not_run_has_no_hash(element: str) -> None:
    said = policy(HEAD + element)
    assert said["script-src"] == said["style-src-elem"] == ["'self'"]


def test_styles_of_the_page_are_named_by_their_hashes() -> None:
    said = policy(f"{HEAD}<style>\r\np {{}}\r\n</style>")
    assert said["style-src-elem"] == ["'self'", digest("\np {}\n")]


def test_it_stands_before_all_but_the_encoding() -> None:
    page = with_policy(settings({}), HEAD)
    assert page.index('charset="utf-8"') < page.index("Content-Security-Policy") < page.index("<title>")
    bare = with_policy(settings({}), "<!doctype html><html><head class='a'><title>")
    assert "<head class='a'>\n    <meta http-equiv" in bare


def test_a_project_adds_to_it_and_takes_nothing_away() -> None:
    said = policy(
        HEAD + "<style>p {}</style>", script_src=["https://a.example"], frame_src=["https://b.example"]
    )
    assert said["script-src"] == ["'self'", "https://a.example"]
    assert said["frame-src"] == ["'self'", "https://b.example"]
    assert said["default-src"] == ["'self'"]
    assert policy(HEAD, object_src=["'self'"])["object-src"] == ["'self'"]
    # A browser ignores the one beside the other.
    loose = policy(HEAD + "<style>p {}</style>", style_src_elem=["'unsafe-inline'"])
    assert loose["style-src-elem"] == ["'self'", "'unsafe-inline'"]


def test_it_can_be_left_out_and_is_on_read_the_docs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(None) is None
    assert settings({}) is not None
    monkeypatch.setenv("READTHEDOCS", "True")
    assert settings({}) is None


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<script src="https://cdn.example/a.js"></script>', ("script-src", "https://cdn.example/a.js")),
        ('<img alt="a" src="//cdn.example/a.png">', ("img-src", "//cdn.example/a.png")),
        (
            "<link href='http://a.example/b.css' rel='stylesheet'>",
            ("style-src-elem", "http://a.example/b.css"),
        ),
        ('<iframe src="https://a.example/?b&amp;c">', ("frame-src", "https://a.example/?b&c")),
        ('<link rel="canonical" href="https://a.example/">', None),
        ('<a href="https://a.example/">', None),
        ('<img src="pictures/a.png">', None),
        ('<script>const text = "https://a.example"</script>', None),
    ],
)
def test_what_it_keeps_from_being_loaded_is_noticed(element: str, expected: tuple[str, str] | None) -> None:
    assert list(forbidden(DEFAULT, HEAD + element)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("source", "allowed"),
    [
        ("https://cdn.example", True),
        ("cdn.example", True),
        ("https://*.example", True),
        ("https:", True),
        ("*", True),
        ("https://cdn.example/scripts/", True),
        ("https://cdn.example/others/", False),
        ("http://cdn.example", False),
        ("https://cdn.example.org", False),
    ],
)
def test_what_is_allowed_is_not_complained_of(source: str, *, allowed: bool) -> None:
    page = HEAD + '<script src="https://cdn.example/scripts/a.js"></script>'
    assert (list(forbidden(settings({"script-src": [source]}), page)) == []) is allowed


def test_formulas_are_drawn_where_a_page_has_any() -> None:
    page = f'{HEAD}<script src="https://cdn.example/mathjax.js"></script><style>p {{}}</style>'
    policy = for_maths(DEFAULT, "https://cdn.example/mathjax.js")
    assert not list(forbidden(policy, page))
    assert list(policy["font-src"]) == ["'self'", "data:", "https://cdn.example"]
    # MathJax writes a style of its own, and a hash would keep it out.
    assert "style-src-elem 'self' 'unsafe-inline' https://cdn.example;" in with_policy(policy, page)
    own = for_maths(DEFAULT, "mathjax/tex.js")
    assert own["script-src"] == ["'self'"]
    assert "blob:" in own["worker-src"]
