"""The grader's hold on the process that runs a submission: bytes, clocks, kills.

    with Warm() as warm:                      # imports TensorFlow once
        student = warm.spawn()                # a fork of it, in its own cell
        reports = student.run(cells)          # what each cell showed
        answers = student.ask(calls)          # one answer per call, whatever happens
        usage = student.close()

Nothing that comes back is believed: frames are parsed by `calls.wire`, lateness is measured on this
side's clock, and silence, garbage and death become answers that say so.
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
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from types import TracebackType
from typing import Any, Self

from course_lib.calls import wire
from course_lib.calls.answer import Answer, Call
from course_lib.grading import outputs
from course_lib.grading.budget import Budget
from course_lib.grading.jail import Limits

START = 180.0  # seconds for importing TensorFlow; a cold disk on a busy machine took 60
READY = 20.0  # seconds for a fork to be in its cell; 10 ms when nothing else runs
LEAVE = 0.3  # seconds for a fork to leave by itself; it takes about 10 ms
GATHERING = 0.003  # seconds in which a few answers come together: each waking costs some 50 µs
GRACE = 1.0  # seconds past a cell's time until its process is killed
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")  # what the warm process inherits


class WarmError(RuntimeError):
    """The warm process did not start, or is gone."""


@dataclass(frozen=True)
class Usage:
    """What a student's process used, as the kernel counted it."""

    status: int = 0
    cpu_seconds: float = 0.0
    memory: int = 0


@dataclass
class CellReport:
    """One cell, as its process reports it: its outputs, cleaned, and how it ended."""

    id: str
    status: str  # "ok", "error", "timeout" or "crashed"
    outputs: list[Any] = field(default_factory=list)


class Warm:
    """The warm process; forks a student's process on demand, one at a time."""

    def __init__(self, without: tuple[str, ...] = ()) -> None:
        self._without = without
        self._forked = False
        self.layers: tuple[str, ...] = ()
        self.missing: tuple[str, ...] = ()
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", "-m", "course_lib.grading.inside.warm"]
        self._process = subprocess.Popen(
            [*command, str(theirs.fileno()), json.dumps(self._without)],
            pass_fds=[theirs.fileno()],
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        theirs.close()
        ready = self._receive("READY", START)
        self.layers, self.missing = tuple(ready["layers"]), tuple(ready["missing"])

    def _receive(self, expected: str, seconds: float) -> dict[str, Any]:
        self._control.settimeout(seconds)
        try:
            name, _, body = self._control.recv(1 << 16).partition(b" ")
        except TimeoutError:
            name, body = b"", b""
        if name.decode() != expected:
            words = self._last_words()
            raise WarmError(f"the process that runs submissions did not start: {words}")
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
        budget: Budget | None = None,
        shown: outputs.Budget | None = None,
    ) -> StudentProcess:
        """A fresh fork, in its cell, with nothing of any student's in it.

        shown: what the outputs of its cells may still cost.
        """
        if self._forked:
            raise RuntimeError("a warm process has one fork at a time: close the other one first")
        if self._process.poll() is not None:
            self.close()
            self._start()
        self._forked = True
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        request = f"SPAWN {json.dumps(asdict(limits or Limits()))}".encode()
        with theirs:
            socket.send_fds(self._control, [request], [theirs.fileno()])
        return StudentProcess(self, ours, budget or Budget(), shown or outputs.Budget())

    def end(self) -> Usage:
        """End the fork whose channel was just closed, and whatever it started; what it used.

        A fork that still listens leaves by itself when its channel closes; one that does not is
        killed.
        """
        self._forked = False
        try:
            leaving, _, _ = select.select([self._control], [], [], LEAVE)
            if not leaving:
                self._control.send(b"KILL")
            left = self._receive("EXIT", READY)
        except (WarmError, OSError):
            self.close()
            self._start()
            return Usage(status=-signal.SIGKILL)
        return Usage(**left)

    def close(self) -> None:
        """End the warm process and everything in its house."""
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


class StudentProcess:
    """One fork: runs cells, answers calls, and is dead after the first thing it does wrong."""

    def __init__(
        self, warm: Warm, channel: socket.socket, budget: Budget, shown: outputs.Budget
    ) -> None:
        self._warm = warm
        self._channel = channel
        self._reader = wire.FrameReader()
        self._budget = budget
        self._shown = shown
        self._end = time.monotonic() + budget.notebook
        self._called: set[str] = set()
        self.layers: tuple[str, ...] = ()
        self.fate = ""  # why it is dead: "timeout", "crashed" or "garbled"
        self.usage: Usage | None = None
        channel.setblocking(False)
        frame = self._read(READY, wire.READY)
        if frame is None:  # nothing of a student's has run yet: this is nobody's mistake but ours
            raise WarmError(
                f"a submission's process was not ready within {READY:g} s; it said: "
                f"{warm.words() or 'nothing'}"
            )
        self.layers = _layers(frame)

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return not self.fate

    def run(self, cells: Iterable[tuple[str, str]]) -> list[CellReport]:
        """Run (id, source) cells in order; a cell that ends the process ends the list."""
        reports = []
        for identity, source in cells:
            seconds = min(self._budget.cell, self._end - time.monotonic())
            if seconds <= 0:  # a thousand cells that each go on for their grace are over, too
                self._die("timeout")
            if not self.alive:
                break
            request = json.dumps([{"id": identity, "source": source, "seconds": seconds}])
            outgoing = bytearray(wire.frame(wire.RUN, request.encode()))
            frame = self._read(seconds + GRACE, wire.CELL, outgoing)
            reports.append(self._report(identity, frame))
        return reports

    def _report(self, identity: str, frame: wire.Frame | None) -> CellReport:
        if frame is None:
            return CellReport(identity, "timeout" if self.fate == "timeout" else "crashed")
        try:
            body = wire.parse_json(frame.body)
            status, raw = body["status"], body["outputs"]
            if status not in ("ok", "error", "timeout") or not isinstance(raw, list):
                raise wire.GarbledError("not a cell's report")
        except (wire.GarbledError, KeyError, TypeError):
            self._die("garbled")
            return CellReport(identity, "crashed")
        return CellReport(identity, status, outputs.clean_outputs(raw, self._shown))

    def ask(self, calls: list[Call]) -> list[Answer]:
        """One answer per call, in order.

        The calls are sent without waiting and answered one by one. The process dies at the first
        call that is not answered in time and in form; that call and all after it get an answer
        which says why.
        """
        answers: list[Answer] = []
        outgoing = bytearray()
        for number, call in enumerate(calls):
            outgoing += wire.frame(wire.CALL, wire.encode_call(call, number))
        deadline = self._deadline(calls, 0)
        while self.alive and len(answers) < len(calls):
            try:
                frame = self._reader.next()
                if frame is not None:
                    answers.append(_answer(frame, len(answers)))
                    deadline = self._deadline(calls, len(answers))
                else:
                    if not outgoing and len(calls) - len(answers) > 1:
                        time.sleep(GATHERING)
                    self._exchange(outgoing, deadline)
            except wire.GarbledError:
                self._die("garbled")
        missing = len(calls) - len(answers)
        if missing:
            answers += [Answer.failed(self.fate, _FATES[self.fate])] * missing
        return answers

    def _deadline(self, calls: list[Call], number: int) -> float:
        if number >= len(calls):
            return self._end
        name = calls[number].function
        seconds = self._budget.call if name in self._called else self._budget.first_call
        self._called.add(name)
        return min(time.monotonic() + seconds, self._end)

    def _exchange(self, outgoing: bytearray, deadline: float) -> None:
        """Wait until something can be read, or sent; do it."""
        wait = deadline - time.monotonic()
        writing = [self._channel] if outgoing else []
        readable, writable, _ = select.select([self._channel], writing, [], max(0.0, wait))
        if not readable and not writable:
            self._die("timeout")
            return
        try:
            if readable:
                data = self._channel.recv(1 << 18)
                if not data:
                    self._die("crashed")
                self._reader.feed(data)
            elif writable:
                sent = self._channel.send(outgoing[: 1 << 16])
                del outgoing[:sent]
        except BlockingIOError:
            pass
        except OSError:
            self._die("crashed")

    def _read(
        self, seconds: float, kind: bytes, outgoing: bytearray | None = None
    ) -> wire.Frame | None:
        """Send, then read the frame, which must be of `kind`; None (and dead) if it is late."""
        outgoing = bytearray() if outgoing is None else outgoing
        deadline = time.monotonic() + seconds
        try:
            while self.alive:
                frame = self._reader.next()
                if frame is not None:
                    if frame.kind != kind:
                        raise wire.GarbledError("a frame of another kind")
                    return frame
                self._exchange(outgoing, deadline)
        except wire.GarbledError:
            self._die("garbled")
        return None

    def _die(self, fate: str) -> None:
        self.fate = self.fate or fate
        self.close()

    def close(self) -> Usage:
        """End the process and everything that it started."""
        if self.usage is None:
            self.fate = self.fate or "closed"
            self._channel.close()
            self.usage = self._warm.end()
        return self.usage


_FATES = {
    "timeout": "no answer in the time that a call may take",
    "crashed": "the process ended before it answered",
    "garbled": "what came back was not an answer",
    "closed": "the process had ended before",
}


def _answer(frame: wire.Frame, expected: int) -> Answer:
    if frame.kind != wire.ANSWER:
        raise wire.GarbledError("a frame of another kind")
    number, answer = wire.decode_answer(frame.body)
    if number != expected:
        raise wire.GarbledError("an answer to another call")
    return answer


def _layers(frame: wire.Frame) -> tuple[str, ...]:
    """Said by the fork before it runs anything of a student's, so it may be believed."""
    layers = wire.parse_json(frame.body)["layers"]
    return tuple(str(layer) for layer in layers)
