"""Sphinx in a process of its own.

Sphinx, MyST and the extensions take most of a second to load. Where the system can fork, they are loaded
once, and each process has them from the start.
"""

from __future__ import annotations

import gc
import importlib
import io
import locale
import os
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

#: What every build of a site needs; what else conf.py names, its process loads itself.
_SHARED: Final = (
    *("sphinx.cmd.build", "myst_parser.sphinx_ext.main", "sphinx_design.extension"),
    *("sphinx_hub.i18n", "sphinx_hub.pages"),
)
#: What builds of pages need, and extractions do not.
PAGES: Final = ("furo", "sphinx.builders.dirhtml")


class SphinxProcess:
    """A run of ``sphinx-build``, which has begun.

    :param arguments: what ``sphinx-build`` is given.
    :param folder: where it runs.
    :param shared: more modules that it needs, and that those need which are started after it.
    """

    def __init__(self, arguments: Sequence[str], folder: Path, shared: Sequence[str] = ()) -> None:
        # A process that is forked is in the mode of text that this one is in; the other way, it is in UTF-8.
        forks = sys.platform == "linux" and locale.getpreferredencoding(do_setlocale=False).lower() == "utf-8"
        if forks:
            _load((*_SHARED, *shared))
        else:
            os.environ["PYTHONUTF8"] = "1"
        context: Any = get_context("fork" if forks else "spawn")
        self._status, status = context.Pipe(duplex=False)
        self._errors, errors = context.Pipe(duplex=False)
        self.open: list[Connection] = [self._status, self._errors]
        """What it may still write to."""
        self._complaints: list[bytes] = []
        self._process = context.Process(target=_run, args=(list(arguments), str(folder), status, errors))
        self._process.start()
        status.close()
        errors.close()

    @property
    def complaints(self) -> str:
        """What it wrote to its standard error so far."""
        return b"".join(self._complaints).decode("utf-8", "replace")

    def read(self, ready: Iterable[object]) -> str:
        """Take what it wrote to its own of ``ready``; returns what is of its standard output."""
        status: list[bytes] = []
        for connection in [each for each in self.open if each in ready]:
            try:
                (status if connection is self._status else self._complaints).append(connection.recv_bytes())
            except EOFError:
                self.open.remove(connection)
                connection.close()
        return b"".join(status).decode("utf-8", "replace")

    def end(self) -> int:
        """Wait until it ends; returns its exit code."""
        self._process.join()
        code: int = self._process.exitcode
        self._process.close()
        return code

    def stop(self) -> None:
        """End it, whatever it does."""
        self._process.terminate()
        self._process.join()


def run_sphinx(arguments: Sequence[str], folder: Path) -> tuple[int, str]:
    """Run ``sphinx-build`` with ``arguments`` in ``folder``: its exit code and its standard error."""
    process = SphinxProcess(arguments, folder)
    while process.open:
        process.read(wait(process.open))
    return process.end(), process.complaints


def _load(names: Iterable[str]) -> None:
    """Load modules for all processes that are forked from now on."""
    new = [name for name in names if name not in sys.modules]
    if not new:
        return
    gc.disable()  # nothing of what is loaded is garbage
    for name in new:
        importlib.import_module(name)
    if "sphinx.application" in sys.modules:
        for name in sys.modules["sphinx.application"].builtin_extensions:
            importlib.import_module(name)
    gc.freeze()  # nor looked at for it by the processes
    gc.enable()


def _run(arguments: list[str], folder: str, status: Connection, errors: Connection) -> None:
    """In the process: what ``python -m sphinx`` does in ``folder``."""
    sys.stdout, sys.stderr = _Stream(status), _Stream(errors)
    os.chdir(folder)
    sys.path.insert(0, folder)
    sys.argv = ["sphinx-build", *arguments]
    main = importlib.import_module("sphinx.cmd.build").main
    importlib.import_module("sphinx_hub.i18n.garbage").spare_collections()
    sys.exit(main(arguments))


class _Stream(io.TextIOBase):
    """Sends all that is written to it."""

    encoding = "utf-8"

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if text:
            self._connection.send_bytes(text.encode("utf-8", "replace"))
        return len(text)
