"""A fork's life: run the cells that it is sent, then answer calls until the grader hangs up.

Frames in: RUN (cells, as JSON), CALL. Frames out: READY once, before any of the student's code;
CELL after each cell; ANSWER to each call, in the order of the calls.
"""

from __future__ import annotations

import json
import random
import socket
import tempfile
from typing import Any

import numpy as np

from course_lib.calls import wire
from course_lib.calls.answer import Answer
from course_lib.calls.perform import perform
from course_lib.grading.inside.shell import Shell


def serve(channel: socket.socket, shell: Shell, layers: tuple[str, ...]) -> None:
    """Answer the grader on `channel` until it hangs up."""
    tempfile.tempdir = None  # worked out again: this process has a /tmp of its own
    np.random.seed(None)  # noqa: NPY002 - two forks must not share the legacy generator's state
    random.seed()
    channel.sendall(wire.frame(wire.READY, json.dumps({"layers": layers}).encode()))
    reader = wire.FrameReader()
    while True:
        frame = reader.next()
        if frame is None:
            data = channel.recv(1 << 18)
            if not data:
                return
            reader.feed(data)
        elif frame.kind == wire.RUN:
            for cell in json.loads(frame.body):
                channel.sendall(_ran(shell, cell))
        elif frame.kind == wire.CALL:
            number, call = wire.decode_call(frame.body)
            channel.sendall(_answered(perform(shell.user_ns, call), number))


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
    size = sum(wire.room(part.values.shape) for part in answer.parts)
    dimensions = max((part.values.ndim for part in answer.parts), default=0)
    if size > wire.MAX_ANSWER or dimensions > wire.MAX_DIMENSIONS:
        answer = Answer.failed("returned", f"{size} numbers, more than any right answer has")
    return wire.frame(wire.ANSWER, wire.encode_answer(answer, number))
