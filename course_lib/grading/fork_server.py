"""The process that has imported everything, from the grader's side.

    with ForkServer(imports=("tensorflow",)) as fork_server:     # imports it once
        student = fork_server.spawn()         # a fork of it, in its own sandbox
        ...
        usage = student.close()

`worker.fork_server` is what runs in it.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from course_lib.deadline import WaitingAllowance
from course_lib.errors import ForkServerError
from course_lib.grading.cpu_clock import CpuClock
from course_lib.grading.sandbox import Limits
from course_lib.grading.student_process import StudentProcess, Usage
from course_lib.grading.submission import outputs
from course_lib.grading.time_limits import TimeLimits

# Seconds of wall time for an answer of the fork server: importing TensorFlow from a cold disk took
# 60 on a busy machine, a fork takes 10 ms. One that ended is known at once, by its closed socket.
FAR = 180.0
LEAVE = 0.3  # seconds for a fork to leave by itself; it takes about 10 ms
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")  # what the fork server inherits


class ForkServer:
    """The process that has imported what submissions import; forks a student's, one at a time.

    data: a folder whose files submissions find beside their notebook, and can only read. hidden:
    another folder that they find there, under its own name.
    """

    def __init__(
        self,
        without: tuple[str, ...] = (),
        imports: Iterable[str] = (),
        closed: Iterable[str] = (),
        data: str = "",
        hidden: str = "",
    ) -> None:
        self._without, self._imports, self._closed = without, tuple(imports), tuple(closed)
        self._data, self._hidden = data, hidden
        self._forked = False
        self._handles: list[int] = []
        self.layers: tuple[str, ...] = ()
        self.missing: tuple[str, ...] = ()
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", "-m", "course_lib.grading.worker.fork_server"]
        settings = {
            "without": self._without,
            "imports": self._imports,
            "closed": self._closed,
            "data": self._data,
            "hidden": self._hidden,
        }
        self._process = subprocess.Popen(
            [*command, str(theirs.fileno()), json.dumps(settings)],
            pass_fds=[theirs.fileno()],
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        theirs.close()
        ready = self._receive("READY")
        self.layers, self.missing = tuple(ready["layers"]), tuple(ready["missing"])

    def _receive(self, expected: str) -> dict[str, Any]:
        self._control.settimeout(FAR)
        try:
            data, handles, _, _ = socket.recv_fds(self._control, 1 << 16, 1)
        except TimeoutError:
            data, handles = b"", []
        self._handles += handles
        name, _, body = data.partition(b" ")
        if name.decode() != expected:
            words = self._last_words()
            raise ForkServerError(
                f"the process that runs submissions did not start: {words}. Next: `course doctor`"
            )
        message: dict[str, Any] = json.loads(body)
        return message

    def _last_words(self) -> str:
        self._process.kill()
        status = self._process.wait()
        return self.words() or f"it left with status {status} and said nothing"

    def words(self) -> str:
        """The end of what it wrote to its stderr since this was asked last."""
        assert self._process.stderr is not None
        stream = self._process.stderr.fileno()
        os.set_blocking(stream, False)
        words = b""
        with contextlib.suppress(BlockingIOError):
            while chunk := os.read(stream, 1 << 16):
                words += chunk
        return words.decode(errors="replace").strip()[-2000:]

    def spawn(
        self,
        limits: Limits | None = None,
        budget: TimeLimits | None = None,
        shown: outputs.OutputAllowance | None = None,
        waiting: WaitingAllowance | None = None,
    ) -> StudentProcess:
        """A fresh fork, in its sandbox, with nothing of any student's in it.

        shown: what the outputs of its cells may still cost. waiting: how long it may still wait.
        """
        if self._forked:
            raise RuntimeError("a fork server has one fork at a time: close the other one first")
        if self._process.poll() is not None:
            self.close()
            self._start()
        self._forked = True
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        request = f"SPAWN {json.dumps(asdict(limits or Limits()))}".encode()
        with theirs:
            socket.send_fds(self._control, [request], [theirs.fileno()])
        self._receive("FORKED")
        spent = CpuClock(self._handles.pop())
        shown = shown or outputs.OutputAllowance()
        return StudentProcess(self, ours, budget or TimeLimits(), shown, spent, waiting)

    def end(self) -> Usage:
        """End the fork whose channel was just closed, and all that it started; return what it used.

        A fork that still listens leaves by itself when its channel closes; one that does not is
        killed.
        """
        self._forked = False
        try:
            leaving, _, _ = select.select([self._control], [], [], LEAVE)
            if not leaving:
                self._control.send(b"KILL")
            left = self._receive("EXIT")
        except (ForkServerError, OSError):
            self.close()
            self._start()
            return Usage(status=-signal.SIGKILL)
        return Usage(**left)

    def close(self) -> None:
        """End the fork server and everything that it started."""
        self._control.close()
        self._process.kill()
        self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.close()
