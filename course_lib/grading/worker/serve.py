"""A fork's life: run the cells that it is sent, then answer calls until the grader hangs up.

Frames in: RUN (cells, as JSON), CALL, REPLY. Frames out: READY once, before any of the student's
code; CELL after each cell; ANSWER to each call, in their order; ASKED for a callback's value.
"""

from __future__ import annotations

import collections
import json
import random
import socket
import tempfile
import threading
from typing import Any

import numpy as np

from course_lib.kernel.shell import Shell
from course_lib.protocol import wire
from course_lib.protocol.perform import perform
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import Callback, CannotCross, Value


def serve(channel: socket.socket, shell: Shell, layers: tuple[str, ...]) -> None:
    """Answer the grader on `channel` until it hangs up."""
    tempfile.tempdir = None  # worked out again: this process has a /tmp of its own
    np.random.seed(None)  # noqa: NPY002 - two forks must not share the legacy generator's state
    random.seed()
    channel.sendall(wire.frame(wire.READY, json.dumps({"layers": layers}).encode()))
    frames = Frames(channel)
    while (frame := frames.next()) is not None:
        if frame.kind == wire.RUN:
            for cell in json.loads(frame.body):
                channel.sendall(_ran(shell, cell))
        elif frame.kind == wire.CALL:
            number, question = wire.decode_question(frame.body, Callback.far)
            asking = Asking(frames)
            answer = perform(shell.user_ns, question, asking)
            with frames.alone:
                asking.over = True
                channel.sendall(_answered(answer, number))


class Frames:
    """What the grader sends; what comes while a callback's reply is waited for is kept."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self._reader = wire.FrameReader()
        self._kept: collections.deque[wire.Frame] = collections.deque()
        self.alone = threading.Lock()  # a student's threads may ask too, one after the other

    def next(self) -> wire.Frame | None:
        """The next frame; None where the grader has hung up."""
        return self._kept.popleft() if self._kept else self._read()

    def reply(self) -> wire.Frame | None:
        """The next REPLY; other frames are kept for `next`."""
        while (frame := self._read()) is not None and frame.kind != wire.REPLY:
            self._kept.append(frame)
        return frame

    def _read(self) -> wire.Frame | None:
        while (frame := self._reader.next()) is None:
            data = self.channel.recv(1 << 18)
            if not data:
                return None
            self._reader.feed(data)
        return frame


class Asking:
    """Asks the grader for callbacks' values, from any thread, until the question is answered."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self.over = False

    def __call__(self, callback: Callback, arguments: tuple[Value, ...]) -> Value:
        """A callback's value. Raises ValueError where it has none."""
        body = wire.frame(wire.ASKED, wire.encode_asked(callback.number, arguments))
        with self._frames.alone:
            if self.over:
                raise ValueError("this function belongs to an earlier call")
            self._frames.channel.sendall(body)
            reply = self._frames.reply()
        if reply is None:
            raise ConnectionError("the grader has hung up")
        problem, value = wire.decode_reply(reply.body)
        if problem:
            raise ValueError(problem)
        return value


def _ran(shell: Shell, cell: dict[str, Any]) -> bytes:
    status, outputs = shell.run(cell["source"], cell["seconds"])
    report = {"id": cell["id"], "status": status, "outputs": outputs}
    try:
        return wire.frame(wire.CELL, json.dumps(report, default=repr).encode())
    except (wire.GarbledError, ValueError, RecursionError):
        report["outputs"] = [
            {"output_type": "stream", "name": "stderr", "text": "(more output than is kept)\n"}
        ]
        return wire.frame(wire.CELL, json.dumps(report).encode())


def _answered(answer: Answer, number: int) -> bytes:
    try:
        return wire.frame(wire.ANSWER, wire.encode_answer(answer, number))
    except (CannotCross, wire.GarbledError) as error:
        failed = Answer.failed("returned", f"something that cannot be compared: {error}")
        return wire.frame(wire.ANSWER, wire.encode_answer(failed, number))
