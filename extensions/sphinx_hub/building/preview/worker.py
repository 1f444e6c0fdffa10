"""The process that holds one language of a preview: ``python -m sphinx_hub.building.preview.worker``.

It reads requests from its standard input and answers on its standard output, JSON on a line each, and ends
with its input. A request names files that changed, and pages that somebody looks at.
"""

from __future__ import annotations

import gc
import json
import os
import queue
import signal
import sys
import tempfile
import threading
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from sphinx.errors import SphinxError

from sphinx_hub.building.preview.complaints import Trouble
from sphinx_hub.building.preview.site import CannotStartError, Reach, WarmSite
from sphinx_hub.problems import ProblemsError
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Seconds without a change after which the other pages follow, and after which the search does.
SETTLE_AFTER: Final = 1.0
FINISH_AFTER: Final = 4.0


@dataclass
class Worker:
    """Builds what it is asked to, one request after the other."""

    site: WarmSite
    answers: IO[str]
    inbox: queue.SimpleQueue[dict[str, Any] | None]
    child: int = 0
    """The process that makes the search's index; 0 where there is none."""
    blocked: bool = False
    """Whether a broken file keeps the other pages from following."""

    def work(self) -> None:
        """Answer requests until there are no more."""
        quiet_since = time.monotonic()
        while True:
            try:
                request = self.inbox.get(timeout=self._patience(time.monotonic() - quiet_since))
            except queue.Empty:
                self._use_quiet(time.monotonic() - quiet_since)
                continue
            self.stop_child()
            if request is None:
                return
            started = time.monotonic()
            self.blocked = False
            self.site.viewed = request.get("viewed", ())
            reach = self.site.change(map(Path, request.get("paths", ())))
            if reach is not Reach.DONE:
                self.say("restart", fresh=reach is Reach.FRESH)
                return
            self.say("built", seconds=time.monotonic() - started)
            quiet_since = time.monotonic()

    def _patience(self, quiet: float) -> float | None:
        """How long to wait for a request, in seconds, before there is something else to do."""
        if self.blocked:
            return None
        if self.site.due:
            return max(0.0, SETTLE_AFTER - quiet)
        if self.site.unfinished and not self.child:
            return max(0.0, FINISH_AFTER - quiet)
        return 1.0 if self.child else None

    def _use_quiet(self, quiet: float) -> None:
        """Do what nobody waits for."""
        if self.child:
            self._reap()
        elif self.site.due and quiet >= SETTLE_AFTER:
            self.blocked = not self.site.may_settle()
            if self.site.settle():
                self.say("settled")
        elif self.site.unfinished and quiet >= FINISH_AFTER:
            self._finish()

    def _finish(self) -> None:
        """Finish in a process of its own, so that a change need not wait for the search's index."""
        if not hasattr(os, "fork"):
            self.site.finish()
            return
        self.site.unfinished = False
        self.child = os.fork()
        if self.child:
            return
        code = 1
        try:
            os.setpgid(0, 0)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            folder = Path(self.site.app.doctreedir, "unfinished")
            folder.mkdir(exist_ok=True)
            tempfile.tempdir = str(folder)
            self.site.finish()
            code = 0
        except Exception:  # noqa: BLE001 it says what happened and ends
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _reap(self) -> None:
        pid, _status = os.waitpid(self.child, os.WNOHANG)
        if pid:
            self.child = 0

    def stop_child(self) -> None:
        """End what is being finished; it is done again later."""
        if not self.child:
            return
        self._reap()
        if self.child:
            for end in (os.killpg, os.kill):  # before it has a group of its own, there is only itself
                try:
                    end(self.child, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            os.waitpid(self.child, 0)
            self.child = 0
            self.site.unfinished = True

    def say_seen(self) -> None:
        """Say that the pages which somebody looks at are written."""
        self.say("seen")

    def say(self, kind: str, **facts: object) -> None:
        """Send an answer, with what is wrong now."""
        send(self.answers, kind, self.site.troubles, **facts)


def send(answers: IO[str], kind: str, troubles: Sequence[Trouble], **facts: object) -> None:
    """Write one answer."""
    print(json.dumps({"kind": kind, "troubles": troubles, **facts}), file=answers, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run for ROOT LOCALE OUTPUT DOCTREES [--fresh]; returns the exit code."""
    root, locale, output, doctrees, *options = arguments
    # Ctrl-C reaches the whole group; who started this process ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a conf.py prints is no answer
    os.chdir(root)
    inbox: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(inbox,), daemon=True).start()
    worker = None
    try:
        started = time.monotonic()
        settings = load_settings(Path(root))
        site = WarmSite(
            settings,
            settings.language(locale),
            output=Path(output),
            doctrees=Path(doctrees),
            fresh="--fresh" in options,
            interrupted=lambda: not inbox.empty(),
        )
        worker = Worker(site, answers, inbox)
        site.seen = worker.say_seen
        site.settle()
        # What is there now stays: the collector need not look through it after each change.
        gc.collect()
        gc.freeze()
        worker.say("ready", seconds=time.monotonic() - started, folders=list(map(str, site.folders)))
        worker.work()
    except CannotStartError as error:
        send(answers, "failed", error.troubles)
    except ProblemsError as error:
        send(answers, "failed", [Trouble.of(problem) for problem in error.problems])
    except SphinxError as error:
        lines = str(error).splitlines() or [type(error).__name__]
        send(answers, "failed", [_split(line) for line in lines])
    except Exception as error:  # noqa: BLE001 whatever an extension raises, the preview goes on
        traceback.print_exc()
        send(answers, "failed", [Trouble("", f"{type(error).__name__}: {error}")])
    finally:
        if worker is not None:
            worker.stop_child()
    return 0


def _listen(inbox: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    for line in sys.stdin:
        inbox.put(json.loads(line))
    inbox.put(None)


def _split(line: str) -> Trouble:
    """A line of an error, with its place where it has one."""
    place, sign, message = line.partition(": ")
    return Trouble(place, message) if sign and place.rpartition(":")[2].isdecimal() else Trouble("", line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
