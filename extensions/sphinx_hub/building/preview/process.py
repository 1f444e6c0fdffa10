"""The processes of a preview, seen from the one that serves: one for each language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from sphinx_hub.building.preview.complaints import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

#: Seconds that a process has to end by itself.
_GRACE: Final = 3.0


class Answer(NamedTuple):
    """What a process says."""

    locale: str
    kind: str
    """``seen``, ``built``, ``settled`` and ``ready``: pages are new; ``restart``: another process is needed
    for it; ``failed``: nothing can be built; ``ended``: the process ended by itself."""
    troubles: tuple[Trouble, ...]
    seconds: float
    folders: tuple[str, ...]
    """With ``ready``: what else the language is built from."""
    fresh: bool
    """With ``restart``: whether everything must be read."""


class LanguageProcess:
    """The process that builds one language; ``hear`` is called from a thread with each of its answers."""

    def __init__(
        self, root: Path, locale: str, output: Path, doctrees: Path, hear: Callable[[Answer], None]
    ) -> None:
        self.locale = locale
        self._command = [
            *(sys.executable, "-m", "sphinx_hub.building.preview.worker"),
            *(str(root), locale, str(output), str(doctrees)),
        ]
        self._root = root
        self._hear = hear
        self._process: subprocess.Popen[str] | None = None
        self._fresh = False
        self._closed = False
        self._lock = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether there is a process that takes requests."""
        return self._process is not None and self._process.poll() is None

    def start(self, *, fresh: bool = False) -> None:
        """Start a process, in place of the one that there may be; with ``fresh``, it reads everything."""
        with self._lock:
            self._stop()
            if self._closed:
                return
            self._fresh |= fresh  # until one has come to its end
            self._process = subprocess.Popen(
                [*self._command, *(["--fresh"] if self._fresh else [])],
                cwd=self._root,
                env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def ask(self, paths: Iterable[Path], viewed: Iterable[str]) -> None:
        """Tell that files changed, and which pages somebody looks at."""
        process = self._process
        if process is None or process.stdin is None:
            return
        try:
            process.stdin.write(json.dumps({"paths": list(map(str, paths)), "viewed": list(viewed)}) + "\n")
            process.stdin.flush()
        except (OSError, ValueError):
            return  # it has ended, and says so

    def close(self) -> None:
        """End the process, and start none any more."""
        self._closed = True
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        """End the process, by itself if it can be."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            if process.stdin is not None:
                process.stdin.close()
        except OSError:
            pass
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None  # noqa: S101 it is a pipe
        kind = ""
        for answer in _answers(self.locale, process.stdout):
            kind = answer.kind
            self._fresh &= kind != "ready"
            if self._process is process:
                self._hear(answer)
        process.stdout.close()
        code = process.wait()
        if self._process is process and kind not in {"failed", "restart"}:
            said = Trouble("", f"the process that builds {self.locale} ended with exit code {code}")
            self._hear(Answer(self.locale, "ended", (said,), 0.0, (), fresh=False))


def _answers(locale: str, lines: IO[str]) -> Iterable[Answer]:
    for line in lines:
        said: dict[str, Any] = json.loads(line)
        yield Answer(
            locale=locale,
            kind=said["kind"],
            troubles=tuple(Trouble(*each) for each in said["troubles"]),
            seconds=said.get("seconds", 0.0),
            folders=tuple(said.get("folders", ())),
            fresh=said.get("fresh", False),
        )
