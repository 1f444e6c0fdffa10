"""One update at a time: a lock on a file, which the system gives back when its process ends in any way."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Where the lock lies in its file, past what the file says: Windows lets nobody read what is locked.
_PLACE: Final = 4096


class LockedError(Exception):
    """Another process holds the lock; says which one, as far as it is known."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock on the file ``path``, which is made and removed, for as long as the block runs.

    :raises LockedError: another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _open(path)
    try:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()}, since {now}".encode())
        yield
    finally:
        # Windows removes no file that is open; there the file stays, and is free.
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _open(path: Path) -> int:
    """A descriptor of the file, locked; it is the file that stands there, not one that was removed since."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(descriptor)
            if _is_there(path, descriptor):
                return descriptor
        except BlockingIOError as error:
            holder = os.pread(descriptor, 200, 0).decode("utf-8", "replace") if hasattr(os, "pread") else ""
            os.close(descriptor)
            raise LockedError(holder or "another process") from error
        os.close(descriptor)


def _is_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> None:
    """Lock the file for this process.

    :raises BlockingIOError: another process has locked it.
    """
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 Windows only

        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl  # noqa: PLC0415 not on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
