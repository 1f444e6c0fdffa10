"""A loopback server that serves a built site as a host would: text is compressed for who accepts it."""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import sys
import threading
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What hosts compress. The packs of the search hold text that is packed already.
COMPRESSED = (".html", ".css", ".js", ".svg", ".json", ".xml", ".txt")


@functools.lru_cache(maxsize=1024)
def compressed(path: Path, _changed: int) -> bytes:
    """The content of a file, compressed; made once for each state of the file."""
    return gzip.compress(path.read_bytes(), mtime=0)


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the library's name
        """Write nothing: the browser reports what fails."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (accepted and path.suffix in COMPRESSED and path.is_file()):
            return super().send_head()
        content = compressed(path, path.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{self.guess_type(path)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        return io.BytesIO(content)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True  # a browser keeps its connections open

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves a page drops what it asked for; that is no error of the server."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on a free port of loopback; gives its address, with a slash at the end."""
    handler = functools.partial(_Handler, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
