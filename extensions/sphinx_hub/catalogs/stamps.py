"""Whether a file is what it was when something was noted of it, without reading it.

A file counts as the same while its time and its size are, as with make and with Sphinx's pages. One that was
changed just before it was looked at may change again without another time: it is not vouched for, as git does
with its index (https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

#: The longest that a file system has two moments for the same one, in nanoseconds: 2 seconds on FAT.
_SAME_MOMENT: Final = 2_000_000_000


def lasting_stamp(path: Path) -> str:
    """What tells that the file ``path`` is still the same; empty where nothing does, or there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 thousands of files
    except OSError:
        return ""
    if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _SAME_MOMENT:
        return ""
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size}"
