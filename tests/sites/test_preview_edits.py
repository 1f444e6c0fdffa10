"""A preview stays right, whatever is edited: in the end its pages are those of a full build, file by file.

Set HUB_PREVIEW_EDITS to 500 for more edits than there is time for at each change of the project.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites.conftest import SmallSite

SCRIPT = Path(__file__).resolve().parents[1] / "benchmarks" / "edits.py"
EDITS = os.environ.get("HUB_PREVIEW_EDITS", "24")
#: 28 May 2026: a post of the small blog is still to come.
DAY = "1780000000"


def edited(site: SmallSite, *options: str) -> dict[str, Any]:
    """Edit the site at random in a process that holds it; what it says in the end."""
    run = subprocess.run(
        [sys.executable, str(SCRIPT), str(site.root), *options],
        env={**os.environ, "SOURCE_DATE_EPOCH": DAY},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    result: dict[str, Any] = json.loads(run.stdout)
    return result


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_after_random_edits_every_file_is_as_a_full_build_makes_it(
    small_site: Callable[..., SmallSite],
) -> None:
    site = small_site("test-posts", SOURCE_DATE_EPOCH=DAY)
    first = edited(site, "--edits", EDITS, "--seed", "3")
    # Another process goes on with what the first one kept.
    then = edited(site, "--edits", "4", "--seed", "7", "--burst", "2")
    for result in (first, then):
        assert result["troubles"] == []
        assert result["unseen"] == []
        assert not result["due"]
        assert result["end"]["environments"] == 1
        # One for each page that is read, and none for each time that it was.
        assert result["end"]["doctrees"] <= result["start"]["doctrees"] + result["added"]
    assert first["broken"]
    built = site.build("zh_CN", "-W", "--keep-going").clean()
    warm, whole = files(site.root / "warm"), files(built.output)
    assert warm.keys() == whole.keys()
    assert [name for name in sorted(warm) if warm[name] != whole[name]] == []
