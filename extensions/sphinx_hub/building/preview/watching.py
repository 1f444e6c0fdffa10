"""Which files a preview watches, and which changes of them mean something."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchfiles import DefaultFilter, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from watchfiles import Change

#: Milliseconds: editors write a file in several steps, which come together.
_DEBOUNCE: Final = 50
_STEP: Final = 10
#: Files in the root of a project that a site is built from.
ROOT_FILES: Final = ("conf.py", "pyproject.toml")
_IGNORED_ENDS: Final = ("~", ".bak", ".swp", ".swx", ".tmp", ".new", ".orig", ".mo", ".lock")


class SourcesOnly(DefaultFilter):
    """Leaves out what is built, hidden files, and what editors write beside a file."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, "_build")

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a change of ``path`` is of interest."""
        name = os.path.basename(path)  # noqa: PTH119 called for every file that changes
        hidden = name.startswith((".", "#")) or name.endswith(_IGNORED_ENDS) or name == "4913"  # Vim's
        return not hidden and super().__call__(change, path)


def minimal(folders: Iterable[Path]) -> list[Path]:
    """``folders`` that exist, without those that stand below another."""
    found: list[Path] = []
    for folder in sorted({Path(os.path.realpath(each)) for each in folders}):
        if folder.is_dir() and not any(folder.is_relative_to(above) for above in found):
            found.append(folder)
    return found


class Watcher:
    """Calls ``changed`` from a thread with the files that have changed, come or gone; absolute paths."""

    def __init__(self, root: Path, changed: Callable[[set[Path]], None]) -> None:
        self._root = root
        self._changed = changed
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._folders: list[Path] = []

    def start(self) -> None:
        """Watch the files of the root.

        Not by themselves: an editor puts another in their place, which nobody would watch.
        """
        self._run([self._root], recursive=False)

    def add(self, folders: Iterable[Path]) -> None:
        """Watch ``folders`` too, with all below them."""
        new = [
            folder
            for folder in minimal(folders)
            if not any(folder.is_relative_to(known) for known in self._folders)
        ]
        if new:
            self._folders += new
            self._run(new, recursive=True)

    def stop(self) -> None:
        """Watch nothing any more."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, folders: list[Path], *, recursive: bool) -> None:
        def run() -> None:
            for changes in watch(
                *folders,
                watch_filter=SourcesOnly(),
                debounce=_DEBOUNCE,
                step=_STEP,
                stop_event=self._stop,
                rust_timeout=200,
                raise_interrupt=False,
                recursive=recursive,
            ):
                paths = {Path(path) for _change, path in changes}
                if not recursive:
                    paths = {path for path in paths if path.name in ROOT_FILES}
                if paths and not self._stop.is_set():
                    self._changed(paths)

        thread = threading.Thread(target=run, daemon=True)
        self._threads.append(thread)
        thread.start()
