"""A preview from its start to Ctrl-C: the processes that build, the watcher, the server, and the terminal."""

from __future__ import annotations

import os
import signal
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from sphinx_hub.building.preview.complaints import Trouble
from sphinx_hub.building.preview.process import Answer, LanguageProcess
from sphinx_hub.building.preview.server import LOOPBACK, Board, PreviewServer
from sphinx_hub.building.preview.watching import Watcher
from sphinx_hub.problems import ProblemsError
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.settings import Language, Settings


class Session:
    """A preview of ``languages``; see :func:`sphinx_hub.building.preview.preview`."""

    def __init__(
        self,
        settings: Settings,
        languages: Sequence[Language],
        *,
        port: int,
        open_browser: bool,
        stream: TextIO | None = None,
    ) -> None:
        self.settings = settings
        self._stream = stream or sys.stdout
        self._open_browser = open_browser
        self._lock = threading.RLock()
        self._told: tuple[Trouble, ...] = ()
        self._styles_due = False
        self.board = Board()
        root = Path(os.path.realpath(settings.root))
        folder = settings.output_path.parent / "preview"
        folder.mkdir(parents=True, exist_ok=True)
        self.server = self._serve(folder, {each.locale: each.path for each in languages}, port)
        self._processes = {
            each.locale: LanguageProcess(
                root,
                each.locale,
                folder / each.path,
                settings.output_path.parent / "preview-doctrees" / each.path,
                self._hear,
            )
            for each in languages
        }
        self._paths = {each.locale: each.path for each in languages}
        self._watcher = Watcher(root, self._changed)

    def run(self) -> int:
        """Serve until Ctrl-C, or until the process is asked to end; returns the exit code."""
        # Also where a shell started it in the background, with Ctrl-C ignored.
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, signal.default_int_handler)
        try:
            self._watcher.start()
            self._watcher.add([self.settings.source_path, self.settings.catalogs_path])
            for process in self._processes.values():
                process.start()
            for path in self._paths.values():
                self._say(f"http://{LOOPBACK}:{self.server.server_port}/{path}/")
            self._say("building; Ctrl-C ends the preview")
            if self._open_browser:
                webbrowser.open(f"http://{LOOPBACK}:{self.server.server_port}/")
            self.server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            pass
        finally:
            # A second Ctrl-C must not leave a process behind.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            self.board.close()
            self._watcher.stop()
            for process in self._processes.values():
                process.close()
            self.server.server_close()
        self._say("")
        return 0

    def _serve(self, folder: Path, languages: dict[str, str], port: int) -> PreviewServer:
        try:
            return PreviewServer(folder, languages, self.board, port)
        except OSError:
            server = PreviewServer(folder, languages, self.board, 0)
            self._say(f"port {port} is taken, so this preview is at port {server.server_port}")
            return server

    def _changed(self, paths: set[Path]) -> None:
        """From the watcher: let every language take a change in."""
        with self._lock:
            if any(path.name == "pyproject.toml" for path in paths) and not self._read_settings():
                return
            for process in self._processes.values():
                if process.alive:
                    process.ask(sorted(paths), self._viewed(process.locale))
                else:
                    process.start()
            if any(path.suffix in {".css", ".js", ".svg", ".png", ".jpg", ".webp"} for path in paths):
                self._styles_due = True

    def _read_settings(self) -> bool:
        """Take over a change of pyproject.toml; whether it can be used."""
        try:
            self.settings = load_settings(self.settings.root)
        except ProblemsError as error:
            self.board.post("", [Trouble.of(problem) for problem in error.problems])
            self._tell_troubles()
            return False
        self.board.post("", ())
        return True

    def _viewed(self, locale: str) -> list[str]:
        """The pages of a language that somebody looks at, by their docnames."""
        prefix = f"/{self._paths[locale]}/"
        found = []
        for path in self.board.viewed:
            if path.startswith(prefix):
                name = path.removeprefix(prefix)
                found.append(f"{name}index" if not name or name.endswith("/") else name.removesuffix(".html"))
        return sorted(found)

    def _hear(self, answer: Answer) -> None:
        """From a process: show what it says."""
        with self._lock:
            process = self._processes[answer.locale]
            if answer.kind == "restart":
                self._say(f"{answer.locale}: starting anew")
                threading.Thread(target=process.start, kwargs={"fresh": answer.fresh}, daemon=True).start()
                return
            styles = self._styles_due and answer.kind == "built"
            self._styles_due = self._styles_due and not styles
            self.board.post(answer.locale, answer.troubles, styles=styles)
            if answer.kind in {"ready", "built"}:
                self._say(f"{answer.locale}: {answer.kind} in {answer.seconds:.2f} s")
            if answer.kind == "ready":
                self._watcher.add(map(Path, answer.folders))
            self._tell_troubles()

    def _tell_troubles(self) -> None:
        """Print what is wrong, once; and say when all is well again."""
        troubles = tuple(self.board.troubles)
        if troubles == self._told:
            return
        for trouble in troubles:
            if trouble not in self._told:
                self._say(str(trouble))
        if not troubles:
            self._say("nothing is wrong any more")
        self._told = troubles

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)
