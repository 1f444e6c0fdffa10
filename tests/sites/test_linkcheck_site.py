"""The check of links against a server on loopback that answers in every way that servers have."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.builders.linkcheck import RateLimit

from sphinx_hub.community.linkcheck import Pacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked[self.path].append(time.monotonic())  # type: ignore[attr-defined]
        number = len(self.server.asked[self.path])  # type: ignore[attr-defined]
        name = self.path.strip("/").partition("-")[0]
        if name == "slow":
            self.server.ended.wait(60)  # type: ignore[attr-defined]
            return
        status = {"moved": 301, "gone": 404, "down": 503}.get(name, 200)
        if name == "busy" and number == 1:
            status = 429
        if name == "shaky" and number <= 2:  # one for HEAD and one for GET
            status = 500
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/fine")
        if status == 429:
            self.send_header("Retry-After", "2")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 the library's name

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the library's name
        """Write nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.asked = defaultdict(list)  # type: ignore[attr-defined]
        server.ended = threading.Event()  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.ended.set()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def test_every_answer_is_understood(server: Any, small_site: Callable[..., Any]) -> None:
    site = small_site("test-community")
    base = f"http://127.0.0.1:{server.server_port}"
    names = ("fine", "moved", "gone", "busy", "down", "slow", "shaky", "robots")
    (site.root / "docs" / "index.md").write_text(
        "# Links\n\n" + "\n\n".join(f"<{base}/{name}>" for name in names) + "\n", "utf-8"
    )
    for page in (site.root / "docs").rglob("*.md"):
        if page.name != "index.md":
            page.unlink()
    for data in (site.root / "docs" / "_data").glob("*.yaml"):
        data.write_text("[]\n", "utf-8")
    # The form of the file is what matters: what a record must have is checked elsewhere.
    facts = f"- id: x\n  sources:\n    - {base}/fine-source\n    - {base}/gone-source\n"
    (site.root / "docs" / "_data" / "facts.yaml").write_text(facts, "utf-8")
    with (site.root / "conf.py").open("a", encoding="utf-8") as file:
        file.write(
            f"\nlinkcheck_timeout = 2\nlinkcheck_retries = 2\nlinkcheck_workers = 4\n"
            f"linkcheck_ignore = ['{base}/robots']\nhub_link_pace = 0.5\n"
        )
    built = site.build("en", builder="linkcheck")
    found = [json.loads(line) for line in built.text("output.json").splitlines()]
    assert built.returncode == 1
    assert {entry["uri"].removeprefix(f"{base}/"): entry["status"] for entry in found} == {
        "fine": "working",
        "moved": "redirected",
        "gone": "broken",
        "busy": "working",
        "down": "ignored",
        "slow": "timeout",
        "shaky": "working",
        "robots": "ignored",
        "fine-source": "working",
        "gone-source": "broken",
    }
    places = {entry["uri"]: (entry["filename"], entry["lineno"]) for entry in found}
    assert places[f"{base}/gone-source"] == ("_data/facts.yaml", 4)
    assert "_data/facts.yaml:4: [broken]" in built.text("output.txt")
    asked = server.asked
    assert len(asked["/busy"]) == 2
    assert asked["/busy"][1] - asked["/busy"][0] >= 2
    assert "/robots" not in asked


def test_a_host_has_its_turn_after_a_while_and_others_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("time.time", lambda: now)
    turns = Pacing(2.0)
    assert turns["a.example"].next_check <= now
    assert turns["a.example"].next_check == 1002
    assert turns["b.example"].next_check <= now
    now = 1002.0
    assert turns["a.example"].next_check <= now
    assert turns["a.example"].next_check == 1004
    # What a server asks for goes before.
    turns["b.example"] = RateLimit(60.0, 1100.0)
    assert turns["b.example"] == RateLimit(60.0, 1100.0)
    now = 1101.0
    assert turns["b.example"].next_check <= now
    assert turns["b.example"].delay == 60
