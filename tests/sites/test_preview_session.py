"""A preview from its start to Ctrl-C, in several languages."""

from __future__ import annotations

import http.client
import re
import socket
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites.conftest import SmallSite


def get(address: str, path: str) -> str:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", path)
    content = connection.getresponse().read().decode()
    connection.close()
    return content


def wait_for(address: str, path: str, text: str) -> None:
    patience = time.monotonic() + 120
    while text not in (content := get(address, path)):
        assert time.monotonic() < patience, f"{path} never had {text!r}: {content}"
        time.sleep(0.1)


def test_it_follows_every_kind_of_file_in_every_language_that_is_served(
    small_site: Callable[..., SmallSite], run_preview: Callable[..., Any]
) -> None:
    site = small_site("test-text-changes")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with run_preview(site.root, "en", "zh_CN", "--port", str(port)) as preview:
            preview.wait_for(f"port {port} is taken, so this preview is at port ")
            address = preview.address
            preview.wait_for("en: ready")
            preview.wait_for("zh_CN: ready")
            assert "第一页的段落。" in get(address, "/zh-cn/one.html")
            assert "The paragraph of page one." in get(address, "/en/one.html")

            # A text: only its page needs to be written, in both languages.
            site.edit("docs/two.md", "A short part.", "A part that is short.")
            for path in ("/en/two.html", "/zh-cn/two.html"):
                wait_for(address, path, "A part that is short.")

            # A page that comes, and its place in the navigation of the others.
            (site.root / "docs" / "new.md").write_text("# A New Page\n", "utf-8")
            site.edit("docs/index.md", "two\n", "two\nnew\n")
            wait_for(address, "/en/new.html", "A New Page")
            wait_for(address, "/zh-cn/one.html", "A New Page")

            # The configuration: a process starts anew, and the files that are served go on.
            site.edit("conf.py", 'html_title = "Changing Site"', 'html_title = "Another Name"')
            wait_for(address, "/en/one.html", "Another Name")
            wait_for(address, "/zh-cn/one.html", "Another Name")
            preview.wait_for("en: ready", times=2)
            preview.wait_for("zh_CN: ready", times=2)

            # Settings that cannot be used are said, and what was stays.
            site.edit("pyproject.toml", 'name = "English"', "name = English")
            preview.wait_for("SET001")
            assert "Another Name" in get(address, "/en/one.html")
            site.edit("pyproject.toml", "name = English", 'name = "English"')
            preview.wait_for("nothing is wrong any more")
    assert re.search(r"en: built in \d", (site.root / "preview.log").read_text("utf-8"))
