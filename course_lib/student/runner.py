"""A process that runs a notebook, and what it says meanwhile.

    with Runner("worksheet.ipynb") as runner:
        for event in runner.events():
            event["event"]                      # "cell", "stopped", "checking", "result", "died"

Whatever a notebook does to its process, the count is ours. `Ready` is one that has imported
TensorFlow and waits to be told what to run.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import Any

from course_lib.calls.text import plain

Event = dict[str, Any]

READY = "--ready"
TICK = 0.2  # seconds between two looks at whether anything else is to be done
QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",  # TensorFlow's greetings are nothing a student can act on
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",  # the grader has no graphics card either
    "MPLBACKEND": "agg",  # figures are drawn, and no window opens
}


class Runner:
    """One process, for one notebook; ends with the block that it is used in."""

    def __init__(self, *arguments: str) -> None:
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the block
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "course_lib.student.run", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            env={**os.environ, **QUIET},
        )
        self._said: queue.Queue[Event | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.put(json.loads(line))
        self._said.put(None)

    def tell(self, wanted: dict[str, Any]) -> None:
        """Say what is to be run, to a process that waits for it."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(wanted).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:  # it is gone: `events` says so
            pass

    def events(self) -> Iterator[Event]:
        """What the process says; "tick" while it says nothing, "died" if it did not end well."""
        doing, last = "it was starting", ""
        while True:
            try:
                event = self._said.get(timeout=TICK)
            except queue.Empty:
                yield {"event": "tick"}
                continue
            if event is None:
                break
            doing, last = _doing(event, doing), event["event"]
            yield event
        if self._process.wait() != 0 or last != "end":
            yield {"event": "died", "doing": doing, "words": self._tail()}

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
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self._words.close()


def _doing(event: Event, before: str) -> str:
    match event["event"]:
        case "cell":
            return f"{event['cell']} was running"
        case "checking":
            return f"{event['exercise']} was tried"
    return before
