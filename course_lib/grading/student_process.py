"""The process that runs a submission, from the grader's side: bytes, clocks, kills.

    reports = student.run(cells)              # what each cell showed
    answers = student.ask(questions)          # one answer per question, whatever happens
    usage = student.close()

`fork_server` starts it. Nothing that comes back is trusted: frames are parsed by `protocol.wire`,
time is the CPU time that the kernel has counted, and a process that is late, sends something else
or ends gets answers that say so.
"""

from __future__ import annotations

import json
import secrets
import select
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from course_lib.deadline import Deadline, WaitingAllowance
from course_lib.errors import ForkServerError
from course_lib.grading.callbacks import Callbacks
from course_lib.grading.submission import outputs
from course_lib.grading.time_limits import TimeLimits
from course_lib.limits import PATIENCE
from course_lib.protocol import wire
from course_lib.protocol.questions import Answer, Question
from course_lib.text import plain

READY = 20.0  # CPU seconds for a fork to be in its sandbox; it takes 10 ms
GATHERING = 0.003  # seconds in which a few answers come together: each waking costs some 50 µs
MOST_ANSWERED = 48 * 2**20  # bytes of all answers to one list of questions
VALUE_LIMIT = 200  # characters of a cell's value or of an exception's name; a number has 25
WORDS_LIMIT = 2_000  # characters of an exception's words
TRACE_LIMIT = 20_000  # characters of a traceback
GRACE = 1.0  # seconds past a cell's time until its process is killed


@dataclass(frozen=True)
class Usage:
    """What a student's process used, as the kernel counted it."""

    status: int = 0
    cpu_seconds: float = 0.0
    memory: int = 0


@dataclass
class CellReport:
    """One cell, as its process reports it: its outputs, cleaned, and how it ended.

    value: its last expression as text, None where it has none. error: the name and the words of
    what it raised, and its traceback, which may be empty.
    """

    id: str
    status: str  # "ok", "error", "timeout" or "crashed"
    outputs: list[Any] = field(default_factory=list)
    value: str | None = None
    error: tuple[str, str, str] = ("", "", "")


class Parent(Protocol):
    """The process that forked a student's."""

    def words(self) -> str:
        """What it wrote to its stderr since this was asked last."""

    def end(self) -> Usage:
        """End the fork, and all that it started; return what it used."""


class StudentProcess:
    """One fork: runs cells and answers questions until it is late, ends or sends something else."""

    def __init__(
        self,
        parent: Parent,
        channel: socket.socket,
        budget: TimeLimits,
        shown: outputs.OutputAllowance,
        spent: Callable[[], float] = time.monotonic,
        waiting: WaitingAllowance | None = None,
    ) -> None:
        self._parent = parent
        self._channel = channel
        self._reader = wire.FrameReader()
        self._budget = budget
        self._shown = shown
        self.spent = spent
        self._whole = Deadline(budget.notebook, spent, far=PATIENCE)
        self._waiting = waiting or WaitingAllowance(budget.waiting)
        self._counted = spent()  # the CPU seconds until its waiting was counted last
        self._called: set[str] = set()
        self.last_cell = ""  # the id of the cell that was run last
        self.layers: tuple[str, ...] = ()
        self.death_reason = ""  # why it is dead: "timeout", "crashed" or "garbled"
        self.usage: Usage | None = None
        channel.setblocking(False)
        frame = self._read(Deadline(READY, spent), wire.READY)
        if frame is None:  # no student's code has run yet: the fault is the grader's
            raise ForkServerError(
                f"a submission's process was not ready within {READY:g} s; it said: "
                f"{parent.words() or 'nothing'}. Next: fewer --jobs, or `course doctor`"
            )
        self.layers = _layers(frame)

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return not self.death_reason

    def run(self, cells: Iterable[tuple[str, str]]) -> list[CellReport]:
        """Run (id, source) cells in order; one report each, up to a cell that ends the process."""
        reports = []
        for identity, source in cells:
            seconds = min(self._budget.cell, self._whole.left)
            if seconds <= 0 or self._whole.over():  # it holds for many short cells, too
                self._die("timeout")
            if not self.alive:
                break
            self.last_cell = identity
            # A word that no earlier cell could know: reports cannot be written in advance.
            word = secrets.token_hex(8)
            request = json.dumps([{"id": word, "source": source, "seconds": seconds}])
            outgoing = bytearray(wire.frame(wire.RUN, request.encode()))
            frame = self._read(Deadline(seconds + GRACE, self.spent), wire.CELL, outgoing)
            reports.append(self._report(identity, word, frame))
        return reports

    def _report(self, identity: str, word: str, frame: wire.Frame | None) -> CellReport:
        if frame is None:
            return CellReport(identity, "timeout" if self.death_reason == "timeout" else "crashed")
        try:
            body = wire.parse_json(frame.body)
            status, raw = body["status"], body["outputs"]
            known = body["id"] == word and status in ("ok", "error", "timeout")
            if not known or not isinstance(raw, list):
                raise wire.GarbledError("not a cell's report")
        except (wire.GarbledError, KeyError, TypeError):
            self._die("garbled")
            return CellReport(identity, "crashed")
        shown = outputs.clean_outputs(raw, self._shown)
        return CellReport(identity, status, shown, _value(raw), _error(raw))

    def ask(self, questions: list[Question]) -> list[Answer]:
        """One answer per question, in order.

        The questions are sent without waiting, and answered one by one. The first one that is not
        answered in time, or not in the right form, ends the process; that question and all after it
        get an answer that says why. Meanwhile a student's function may call callbacks; they are
        answered here.
        """
        answers: list[Answer] = []
        callbacks, size = Callbacks(), 0
        outgoing = bytearray()
        for number, question in enumerate(questions):
            callbacks.question = number
            body = wire.encode_question(question, number, callbacks.number)
            outgoing += wire.frame(wire.CALL, body)
        deadline = self._deadline(questions, 0)
        while self.alive and len(answers) < len(questions):
            try:
                frame = self._reader.next()
                if frame is None:
                    if not outgoing and len(questions) - len(answers) > 1 and not callbacks:
                        time.sleep(GATHERING)
                        self._waiting.waited(GATHERING, 0.0)
                    self._exchange(outgoing, deadline)
                elif frame.kind == wire.ASKED:
                    if outgoing and callbacks.replied:  # nobody asks before the last reply is there
                        raise wire.GarbledError("asked again before the reply")
                    callbacks.question = len(answers)
                    outgoing += wire.frame(wire.REPLY, callbacks.reply(frame.body))
                else:
                    answers.append(callbacks.noted(_answer(frame, len(answers))))
                    size += len(frame.body)
                    if size > MOST_ANSWERED:
                        raise wire.GarbledError("answers larger than all right ones together")
                    deadline = self._deadline(questions, len(answers))
            except wire.GarbledError:
                self._die("garbled")
        missing = len(questions) - len(answers)
        if missing:
            failed = Answer.failed(self.death_reason, _DEATH_REASONS[self.death_reason])
            answers += [failed] * missing
        return answers

    def _deadline(self, questions: list[Question], number: int) -> Deadline:
        if number >= len(questions):
            return self._whole
        name = questions[number].function
        seconds = self._budget.call if name in self._called else self._budget.first_call
        self._called.add(name)
        return Deadline(min(seconds, max(self._whole.left, 0.0)), self.spent)

    def _exchange(self, outgoing: bytearray, deadline: Deadline) -> None:
        """Wait until something can be read, or sent; do it, if there is time for it."""
        late = deadline.over() or self._whole.over() or self._waiting.over()
        if late:  # even if there are always some bytes to read
            self._die("timeout")
            return
        readable, writable = self._wait(bool(outgoing), deadline.look_again())
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

    def _wait(self, writing: bool, seconds: float) -> tuple[bool, bool]:
        """Whether something can be read, and written, after at most so many seconds."""
        channel, began = [self._channel], time.monotonic()
        readable, writable, _ = select.select(channel, channel if writing else [], [], seconds)
        spent = self.spent()
        self._waiting.waited(time.monotonic() - began, spent - self._counted)
        self._counted = spent
        return bool(readable), bool(writable)

    def _read(
        self, deadline: Deadline, kind: bytes, outgoing: bytearray | None = None
    ) -> wire.Frame | None:
        """Send `outgoing`, and read one frame of `kind`; None where the process was ended."""
        outgoing = bytearray() if outgoing is None else outgoing
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

    def _die(self, death_reason: str) -> None:
        self.death_reason = self.death_reason or death_reason
        self.close()

    def close(self) -> Usage:
        """End the process and everything that it started."""
        if self.usage is None:
            self.death_reason = self.death_reason or "closed"
            self._channel.close()
            self.usage = self._parent.end()
        return self.usage


_DEATH_REASONS = {
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
    """The layers of its sandbox, as the fork says before it runs any of a student's code."""
    layers = wire.parse_json(frame.body)["layers"]
    return tuple(str(layer) for layer in layers)


def _value(raw: list[Any]) -> str | None:
    """A cell's last expression, of which a number's length is kept, before outputs are cut."""
    for output in _of_kind(raw, "execute_result"):
        data = output.get("data")
        value = data.get("text/plain") if isinstance(data, dict) else None
        return plain(value, VALUE_LIMIT) if isinstance(value, str) else ""
    return None


def _error(raw: list[Any]) -> tuple[str, str, str]:
    """The name of the exception, its words, and its traceback, each cut at a limit."""
    for output in _of_kind(raw, "error"):
        lines = output.get("traceback")
        trace = "\n".join(map(str, lines)) if isinstance(lines, list) else ""
        name, words = output.get("ename", ""), output.get("evalue", "")
        return plain(name, VALUE_LIMIT), plain(words, WORDS_LIMIT), plain(trace, TRACE_LIMIT)
    return "", "", ""


def _of_kind(raw: list[Any], kind: str) -> list[dict[str, Any]]:
    return [o for o in raw if isinstance(o, dict) and o.get("output_type") == kind]
