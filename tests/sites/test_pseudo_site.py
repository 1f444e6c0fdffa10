"""`sphinx-hub build --pseudo`: a text that is no message ends it, with the page and the place."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "roots" / "test-pages"


def build(site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sphinx_hub.cli", "build", "--pseudo"],
        cwd=site,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_only_a_text_that_is_no_message_is_found(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(ROOT, site)
    result = build(site)
    assert result.returncode == 0, result.stdout + result.stderr
    # The site itself, and its catalogs, are left alone.
    assert not (site / "_build" / "html").exists()
    assert not (site / "locale" / "en_XA").exists()
    other = site / "docs" / "guide" / "first.md"
    other.write_text(other.read_text("utf-8") + "\n<div>Nobody translates this.</div>\n", "utf-8")
    result = build(site)
    assert result.returncode == 1
    holes = [line for line in result.stdout.splitlines() if "TXT004" in line]
    assert len(holes) == 2  # one in each pseudo-locale
    for path, hole in zip(("ar-xb", "en-xa"), sorted(holes), strict=True):
        assert hole.startswith(f"_build/pseudo-html/{path}/guide/first.html:1: TXT004 ")
        assert "Nobody translates this." in hole
