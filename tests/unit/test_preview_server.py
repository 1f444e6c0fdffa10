"""What the server of a preview gives away, and to whom."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from typing import TYPE_CHECKING

import pytest
from watchfiles import Change

from sphinx_hub.building.preview.complaints import Complaints, Stage, Trouble
from sphinx_hub.building.preview.server import (
    Board,
    PreviewServer,
    allowed_hosts,
    digest,
    injected,
    site_file,
)
from sphinx_hub.building.preview.watching import SourcesOnly, minimal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = b"<!doctype html><html><head><title>A</title></head><body>A &lt;/head&gt;</body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "zh-cn" / "sub").mkdir(parents=True)
    (site / "zh-cn" / "index.html").write_bytes(PAGE)
    (site / "zh-cn" / "sub" / "index.html").write_bytes(PAGE)
    (site / "zh-cn" / "a b.html").write_bytes(PAGE)
    (site / "zh-cn" / "style.css").write_bytes(b"p { color: red }")
    (site / "zh-cn" / ".buildinfo").write_bytes(b"hidden")
    (tmp_path / "secret.html").write_bytes(b"secret")
    (site / "zh-cn" / "link.html").symlink_to(tmp_path / "secret.html")
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[PreviewServer]:
    board = Board()
    with PreviewServer(folder, {"zh_CN": "zh-cn"}, board, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        board.close()
        server.shutdown()
        thread.join()


def ask(
    server: PreviewServer, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.request(method, path, headers={key.replace("_", "-"): value for key, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/zh-cn/", "zh-cn/index.html"),
        ("/zh-cn/sub", "zh-cn/sub/index.html"),
        ("/zh-cn/a%20b.html", "zh-cn/a b.html"),
        ("/zh-cn//style.css", "zh-cn/style.css"),
    ],
)
def test_an_address_names_a_file_of_the_site(folder: Path, path: str, found: str) -> None:
    assert site_file(folder, path) == (folder / found).resolve()


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/zh-cn/../../secret.html",
        "/zh-cn/%2e%2e/%2e%2e/secret.html",
        "/zh-cn/..%2f..%2fsecret.html",
        "/zh-cn/..\\..\\secret.html",
        "/zh-cn/..%5c..%5csecret.html",
        "/C:/secret.html",
        "/zh-cn/link.html",
        "/zh-cn/.buildinfo",
        "/zh-cn/index.html%00.css",
        "/zh-cn/%ff.html",
        "/" + "a" * 5000,
        "/zh-cn/none.html",
    ],
)
def test_no_address_leads_out_of_the_site(folder: Path, path: str) -> None:
    assert site_file(folder, path) is None


def test_the_script_stands_in_the_head_and_in_html_alone(server: PreviewServer) -> None:
    answer, content = ask(server, "/zh-cn/index.html")
    script = f'<script src="/_preview/preview.js" data-page="{digest(PAGE)}" defer></script>'.encode()
    assert content == PAGE.replace(b"</head>", script + b"</head>", 1)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert (server.folder / "zh-cn" / "index.html").read_bytes() == PAGE
    answer, content = ask(server, "/zh-cn/style.css")
    assert (answer.headers["Content-Type"], content) == ("text/css; charset=utf-8", b"p { color: red }")


def test_a_page_without_a_head_gets_the_script_too() -> None:
    assert injected(b"<p>short").endswith(b"</script><p>short")


def test_what_has_not_changed_is_not_sent_again(server: PreviewServer) -> None:
    first, _content = ask(server, "/zh-cn/style.css")
    again, content = ask(server, "/zh-cn/style.css", If_None_Match=first.headers["ETag"])
    assert (again.status, content) == (304, b"")
    (server.folder / "zh-cn" / "style.css").write_bytes(b"p { color: rot }")
    assert ask(server, "/zh-cn/style.css", If_None_Match=first.headers["ETag"])[0].status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", ""])
@pytest.mark.parametrize("path", ["/zh-cn/", "/_preview/events?path=/zh-cn/", "/"])
def test_a_name_of_a_stranger_that_leads_here_gets_nothing(
    server: PreviewServer, host: str, path: str
) -> None:
    answer, content = ask(server, path, Host=host.format(port=server.server_port))
    assert answer.status == 403
    assert b"<title>" not in content


def test_this_computer_has_two_names(server: PreviewServer) -> None:
    for host in allowed_hosts(server.server_port):
        assert ask(server, "/zh-cn/", Host=host)[0].status == 200


@pytest.mark.parametrize(
    ("path", "target"),
    [("/", "/zh-cn/"), ("/zh-cn", "/zh-cn/"), ("//zh-cn/sub", "/zh-cn/sub/"), ("/zh-cn/sub", "/zh-cn/sub/")],
)
def test_a_folder_is_left_to_its_own_address(server: PreviewServer, path: str, target: str) -> None:
    answer, _content = ask(server, path)
    assert (answer.status, answer.headers["Location"]) == (302, target)


def test_only_reading_is_answered(server: PreviewServer) -> None:
    assert ask(server, "/zh-cn/", "POST")[0].status == 501
    answer, content = ask(server, "/zh-cn/", "HEAD")
    assert (answer.status, content) == (200, b"")


def test_what_is_not_there_waits_for_it(server: PreviewServer) -> None:
    answer, content = ask(server, "/zh-cn/new.html")
    assert answer.status == 404
    assert b"/_preview/preview.js" in content
    assert ask(server, "/_preview/../../secret.html")[0].status == 404


def test_what_is_not_there_is_said_in_the_language_of_the_address(
    server: PreviewServer, folder: Path
) -> None:
    (folder / "zh-cn" / "404.html").write_bytes(PAGE.replace(b">A<", ">找不到<".encode()))
    answer, content = ask(server, "/zh-cn/deep/new.html")
    assert answer.status == 404
    assert "找不到".encode() in content
    assert b"/_preview/preview.js" in content
    assert "找不到".encode() not in ask(server, "/other/new.html")[1]


def listen(server: PreviewServer, path: str, page: str) -> Iterator[tuple[str, object]]:
    """The events that a browser gets."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=60) as connection:
        address = f"/_preview/events?path={path}&page={page}"
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\n\r\n".encode())
        event = ""
        for line in connection.makefile("r", encoding="utf-8"):
            name, _sign, value = line.strip().partition(": ")
            if name == "event":
                event = value
            elif name == "data":
                yield event, json.loads(value)


def test_a_browser_hears_of_its_own_page_and_of_all_that_is_wrong(server: PreviewServer) -> None:
    events = listen(server, "/zh-cn/", digest(PAGE))
    assert next(events) == ("troubles", [])
    assert server.board.viewed == {"/zh-cn/"}
    (server.folder / "zh-cn" / "sub" / "index.html").write_bytes(PAGE + b" ")
    server.board.post("zh_CN", [Trouble("docs/a.md:3", "is broken")])
    assert next(events) == ("troubles", [{"place": "docs/a.md:3", "message": "is broken"}])
    server.board.post("zh_CN", styles=True)
    assert next(events) == ("styles", None)
    (server.folder / "zh-cn" / "index.html").write_bytes(PAGE + b" ")
    server.board.post("zh_CN", [])
    assert sorted([next(events)[0], next(events)[0]]) == ["reload", "troubles"]


def test_a_browser_that_missed_a_change_hears_of_it_when_it_comes_back(server: PreviewServer) -> None:
    assert next(listen(server, "/zh-cn/", "another")) == ("reload", None)


def test_a_complaint_is_known_until_its_page_is_read_again() -> None:
    complaints = Complaints("/project")
    with complaints.during(Stage("read", "a")):
        complaints.write(
            "\x1b[91m/project/docs/a.md:3: WARNING: odd [x]\n/project/docs/a.md, too\x1b[39;49;00m\n"
        )
    with complaints.during(Stage("read", "b")):
        complaints.write("WARNING: no place\n")
    assert complaints.pages == {"a", "b"}
    assert complaints.troubles == [
        Trouble("docs/a.md:3", "odd [x]\ndocs/a.md, too"),
        Trouble("", "no place"),
    ]
    with complaints.during(Stage("read", "a")):
        pass
    complaints.forget_others(["a"])
    assert complaints.troubles == []


@pytest.mark.parametrize(
    ("path", "watched"),
    [
        ("docs/page.md", True),
        ("docs/_data/people.yaml", True),
        ("docs/_static/site.css", True),
        ("locale/zh_CN/LC_MESSAGES/page.po", True),
        ("locale/zh_CN/LC_MESSAGES/page.mo", False),
        ("docs/_build/html/page.html", False),
        ("docs/.page.md.swp", False),
        ("docs/page.md~", False),
        ("docs/#page.md#", False),
        ("docs/4913", False),
        ("docs/.git/HEAD", False),
        ("extensions/a/__pycache__/b.pyc", False),
    ],
)
def test_what_editors_and_builds_write_is_no_change(path: str, watched: bool) -> None:
    assert SourcesOnly()(Change.modified, f"/project/{path}") is watched


def test_a_folder_is_watched_once(tmp_path: Path) -> None:
    (tmp_path / "docs" / "_static").mkdir(parents=True)
    folders = [tmp_path / "docs" / "_static", tmp_path / "docs", tmp_path / "none"]
    assert minimal(folders) == [(tmp_path / "docs").resolve()]
