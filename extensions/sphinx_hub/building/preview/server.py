"""Serves the pages of a preview on loopback, each with a script that loads it again when it has changed.

The script is put in while a page is served; the files stay as they were built. Everything of the preview's
own stands below :data:`OWN`. What browsers are told comes as server-sent events: ``reload`` where the page
that they show is another one now, ``styles`` where a stylesheet or picture is, ``troubles`` with all that is
wrong.
"""

from __future__ import annotations

import hashlib
import html
import json
import mimetypes
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_hub.building.preview.complaints import Trouble

LOOPBACK: Final = "127.0.0.1"
OWN: Final = "/_preview/"
STATIC: Final = Path(__file__).parent / "static"
_SCRIPTS: Final = ("preview.js", "preview.css")
#: Seconds after which an open connection is written to, so that one whose reader has gone is noticed.
_PULSE: Final = 15.0
_CHARSET: Final = frozenset({"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"})


class Board:
    """What browsers wait for: a number that grows with each change, and what is wrong now."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._troubles: dict[str, tuple[Trouble, ...]] = {}
        self._viewed: dict[int, str] = {}
        self.number = 0
        self.styles = 0
        """The number of the last change of a stylesheet, script or picture."""
        self.closed = False

    def post(self, locale: str, troubles: Sequence[Trouble] | None = None, *, styles: bool = False) -> None:
        """Say that something is new of a language; None where what is wrong with it has not changed."""
        with self._condition:
            self.number += 1
            self.styles = self.number if styles else self.styles
            if troubles is not None:
                self._troubles[locale] = tuple(troubles)
            self._condition.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._condition:
            self.closed = True
            self._condition.notify_all()

    def wait(self, number: int, seconds: float) -> int:
        """Wait until there is something newer than ``number``; returns the number of the last change."""
        with self._condition:
            self._condition.wait_for(lambda: self.closed or self.number > number, seconds)
            return self.number

    @property
    def troubles(self) -> list[Trouble]:
        """All that is wrong now, in every language, each once."""
        with self._condition:
            return list(dict.fromkeys(each for said in self._troubles.values() for each in said))

    def look(self, who: int, page: str | None) -> None:
        """Note which page a connection shows; None when it has ended."""
        with self._condition:
            if page is None:
                self._viewed.pop(who, None)
            else:
                self._viewed[who] = page

    @property
    def viewed(self) -> set[str]:
        """The paths of the pages that browsers show."""
        with self._condition:
            return set(self._viewed.values())


def site_file(folder: Path, path: str) -> Path | None:
    """The file below ``folder`` that the path of an address names; None where it names none.

    A folder is its ``index.html``. Hidden files, and what a link leads to outside of ``folder``, are none.
    """
    parts = [part for part in unquote(path, errors="replace").split("/") if part]
    if any(part.startswith(".") or set(part) & set("\\:\0") for part in parts):
        return None
    try:
        root = folder.resolve()
        file = root.joinpath(*parts).resolve()
        if not file.is_relative_to(root):
            return None
        file = file / "index.html" if file.is_dir() else file
        return file if file.is_file() else None
    except (OSError, ValueError):
        return None


def digest(content: bytes) -> str:
    """By what a browser's page is compared with the one that there is now."""
    return hashlib.sha256(content).hexdigest()[:16]


def injected(content: bytes) -> bytes:
    """A page with the script of the preview, which learns from it what the page is."""
    script = f'<script src="{OWN}preview.js" data-page="{digest(content)}" defer></script>'.encode()
    before, sign, after = content.partition(b"</head>")
    return before + script + sign + after if sign else script + content


def allowed_hosts(port: int) -> frozenset[str]:
    """The values of ``Host`` that a browser on this computer sends.

    Any other comes from a page of a stranger whose name leads here (DNS rebinding).
    """
    return frozenset(f"{name}:{port}" for name in (LOOPBACK, "localhost"))


class PreviewServer(ThreadingHTTPServer):
    """Serves ``folder``, which has a folder for each of ``languages``, their paths; port 0 is a free one."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, folder: Path, languages: Mapping[str, str], board: Board, port: int) -> None:
        super().__init__((LOOPBACK, port), PreviewHandler)
        self.folder = folder
        self.languages = languages
        self.board = board
        self.hosts = allowed_hosts(self.server_port)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 the library's signature
        """Say nothing of a browser that goes away in the middle of an answer: it loads a page anew."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class PreviewHandler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version = "sphinx-hub"
    sys_version = ""
    _WAIT: ClassVar[str] = "The page is not there. If it is about to be built, it shows here once it is."

    def do_GET(self) -> None:
        """Answer with a file, or with events."""
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            self._send(HTTPStatus.FORBIDDEN, b"This address is not served here.\n", "text/plain")
            return
        address = urlsplit(self.path)
        if address.path.startswith(OWN):
            self._own(address.path.removeprefix(OWN), address.query)
        elif address.path == "/":
            self._redirect(f"/{next(iter(self.server.languages.values()))}/")
        else:
            self._page(address.path)

    do_HEAD = do_GET  # noqa: N815 the library's name

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the terminal is for what is wrong with the pages."""

    def _own(self, name: str, query: str) -> None:
        if name == "events":
            values = parse_qs(query)
            self._events(values.get("path", [""])[0], values.get("page", [""])[0])
        elif name in _SCRIPTS:
            file = STATIC / name
            self._send(HTTPStatus.OK, file.read_bytes(), mimetypes.guess_type(name)[0] or "")
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def _page(self, path: str) -> None:
        file = site_file(self.server.folder, path)
        if file is None:
            self._send(HTTPStatus.NOT_FOUND, injected(self._missing(path)), "text/html")
        elif file.name == "index.html" and not path.endswith(("/", "index.html")):
            # Not with "//" at its beginning, which would be the address of another host.
            self._redirect("/" + quote(unquote(path).strip("/")) + "/")
        else:
            content = file.read_bytes()
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self._send(HTTPStatus.OK, injected(content) if kind == "text/html" else content, kind)

    def _missing(self, path: str) -> bytes:
        """What is shown at the address ``path`` that has no page: what the language in it has for that."""
        language = path.strip("/").partition("/")[0]
        if language in self.server.languages.values() and (
            file := site_file(self.server.folder, f"{language}/404.html")
        ):
            return file.read_bytes()
        head = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{self._WAIT}</title></head>'
        )
        return f"{head}<body><p>{html.escape(self._WAIT)}</p></body></html>".encode()

    def _redirect(self, target: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        tag = f'"{digest(content)}"'
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind in _CHARSET else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("ETag", tag)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _events(self, path: str, page: str) -> None:
        """Tell a browser that shows the version ``page`` of ``path`` what changes, while it listens."""
        board = self.server.board
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        who, number, styles = threading.get_ident(), 0, board.styles
        told: list[Trouble] | None = None
        board.look(who, path)
        try:
            while not board.closed:
                file = site_file(self.server.folder, path)
                now = digest(file.read_bytes() if file else self._missing(path))
                if now != page:
                    page = now
                    self._tell("reload")
                elif board.styles > styles:
                    self._tell("styles")
                styles = board.styles
                if (troubles := board.troubles) != told:
                    told = troubles
                    self._tell("troubles", [{"place": place, "message": said} for place, said in troubles])
                before, number = number, board.wait(number, _PULSE)
                if before == number:
                    self.wfile.write(b": still there\n\n")
                    self.wfile.flush()
        except OSError:
            return  # the browser has gone
        finally:
            board.look(who, None)

    def _tell(self, event: str, data: object = None) -> None:
        self.wfile.write(f"event: {event}\ndata: {json.dumps(data)}\n\n".encode())
        self.wfile.flush()
