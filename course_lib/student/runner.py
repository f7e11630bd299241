"""A process that runs a notebook, and what it says meanwhile.

    with Runner(notebook.assignment.name, seed, path) as runner:
        runner.tell(data)                       # the notebook's bytes
        for event in runner.events():
            event["event"]                      # "cell", "stopped", "checking", "result", "died"

From the start it imports TensorFlow and waits to be told what to run, so that one can be kept
ready. The process has an alarm clock of its own (`course_lib.alarm`). What that cannot wake, a
sleep on Windows or a call that does not come back from C, is ended from here with its process. What
ends its process is left out as in grading: another process does the rest.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

from course_lib import limits
from course_lib.kernel.environment import OF_CELLS
from course_lib.text import plain

Event = dict[str, Any]

TICK = 0.2  # seconds between two looks at whether anything else is to be done
RESTARTS = 5  # times that a notebook which ends its process is run again
GRACE = 5.0  # seconds after its own alarm clock has rung in which a process may wake up


class Runner:
    """A process for one notebook; ends with the block that it is used in."""

    def __init__(self, assignment: str, seed: int, path: Path) -> None:
        self._arguments = (assignment, str(seed), str(path.resolve()))
        self._wanted: dict[str, Any] = {}
        self._start()

    def _start(self) -> None:
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the block
        self._place = tempfile.TemporaryDirectory(prefix="course-", ignore_cleanup_errors=True)
        command = [sys.executable, "-P", "-m", "course_lib.student.run", self._place.name]
        self._process = subprocess.Popen(
            [*command, *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            env={**os.environ, **OF_CELLS},
        )
        self._said: queue.Queue[Event | None] = queue.Queue()
        threading.Thread(
            target=_listen, args=(self._process.stdout, self._said), daemon=True
        ).start()

    def tell(self, notebook: bytes, known: Collection[str] = ()) -> None:
        """Say what is to be run; `known` exercises are tried only if all others are right."""
        text = notebook.decode("utf-8", "surrogateescape")
        self._wanted = {"notebook": text, "known": list(known)}
        self._wanted |= {"done": [], "right": [], "crashed": [], "late": []}
        self._tell()

    def _tell(self) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(self._wanted).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:  # it is gone: `events` says so
            pass

    def events(self) -> Iterator[Event]:
        """What comes of the notebook; "tick" while there is nothing, "died" where the process has
        ended and another one does the rest, if there is any."""
        said: list[Event] = []  # of cells; a process that is started again says it again
        for _ in range(1 + RESTARTS):
            last: Event = {"event": "tick"}
            for last in self._of_one_process():
                if last["event"] == "result":
                    self._note(last)
                if last["event"] in ("stopped", "note"):
                    if last in said:
                        continue
                    said.append(last)
                if last["event"] != "late":
                    yield last
            how = {"died": "crashed", "late": "late"}.get(last["event"])
            if how is None or not last["what"] or not self._wanted:
                return
            self._wanted[how].append(last["what"])
            self.close()
            self._start()
            self._tell()

    def _note(self, result: Event) -> None:
        self._wanted["done"].append(result["exercise"])
        if result["earned"] >= result["points"]:
            self._wanted["right"].append(result["exercise"])

    def _of_one_process(self) -> Iterator[Event]:
        """What one process says; the last is "died" or "late" where that is not the end."""
        doing, what, end = "it was starting", "", math.inf
        event: Event | None
        while True:
            try:
                event = self._said.get(timeout=TICK)
            except queue.Empty:
                if time.monotonic() > end:
                    yield {"event": "late", "what": what}
                    return
                yield {"event": "tick"}
                continue
            match event:
                case None:
                    break
                case {"event": "alarm", "seconds": seconds}:
                    wait = seconds * limits.stretch() + GRACE if seconds else math.inf
                    end = time.monotonic() + wait
                    continue
                case {"event": "cell", "id": what, "cell": title}:
                    doing = f"{title} was running"
                case {"event": "checking", "exercise": what}:
                    doing = f"{what} was tried"
                case {"event": "end"}:
                    doing = ""
            yield event
        if self._process.wait() != 0 or doing:
            yield {"event": "died", "doing": doing, "what": what, "words": self._tail()}

    def _tail(self) -> str:
        """The last lines that the process wrote to stderr."""
        self._words.seek(0)
        lines = plain(self._words.read().decode(errors="replace"), 20_000).splitlines()
        return "\n".join("  " + line for line in lines[-8:])

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.wait()
        self._words.close()
        self._place.cleanup()


def _listen(process: IO[bytes], said: queue.Queue[Event | None]) -> None:
    for line in process:
        with contextlib.suppress(ValueError):  # half a line, of a process that was ended
            said.put(json.loads(line))
    said.put(None)
