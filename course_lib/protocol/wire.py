"""The frames in which questions and answers cross between processes.

A frame is a length (4 bytes, big endian), a kind (1 byte) and a body. What is in a body is
`encoding`'s.

    to the student's process        RUN (cells, as JSON), CALL (a question), REPLY (to an ASKED)
    from it                         READY, CELL (a cell's report), ANSWER, ASKED (of a callback)

    sent = frame(CALL, encode_question(question, number=3, callbacks=callbacks))
    decode_answer(received.body)          # (number, Answer), or GarbledError
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_lib.protocol.encoding import (
    ANSWER as AN_ANSWER,
)
from course_lib.protocol.encoding import (
    ASKED as AN_ASKED,
)
from course_lib.protocol.encoding import (
    QUESTION as A_QUESTION,
)
from course_lib.protocol.encoding import (
    GarbledError,
    decode,
    encode,
    parse_json,
)
from course_lib.protocol.questions import Answer, CallError, Question, Step
from course_lib.protocol.values import Callback, Value, natural

__all__ = [
    "ANSWER",
    "ASKED",
    "CALL",
    "CELL",
    "MAX_FRAME",
    "MAX_TEXT",
    "READY",
    "REPLY",
    "RUN",
    "Frame",
    "FrameReader",
    "GarbledError",
    "decode_answer",
    "decode_asked",
    "decode_question",
    "decode_reply",
    "encode_answer",
    "encode_asked",
    "encode_question",
    "encode_reply",
    "frame",
    "parse_json",
]

RUN, CELL, CALL, ANSWER, READY, ASKED, REPLY = b"R", b"C", b"Q", b"A", b"K", b"?", b"!"

MAX_FRAME = 16 * 2**20  # the largest body either side will read: a cell's pictures fit in it
MAX_TEXT = 4000  # characters of an error's message, and of its lines
_ERRORS = ("raised", "missing", "returned", "changed")  # what a student's process may say of itself
_FRAME = struct.Struct(">IB")


@dataclass(frozen=True)
class Frame:
    """One whole frame as it came, not yet checked."""

    kind: bytes
    body: bytes


def frame(kind: bytes, body: bytes) -> bytes:
    """One frame, ready to send. A body that is too long is the sender's mistake."""
    if len(body) > MAX_FRAME:
        raise GarbledError(f"a frame of {len(body)} bytes is over the limit of {MAX_FRAME}")
    return _FRAME.pack(len(body), kind[0]) + body


class FrameReader:
    """Cuts a stream of bytes into frames.

    >>> reader = FrameReader()
    >>> reader.feed(frame(READY, b"hello"))
    >>> reader.next()
    Frame(kind=b'K', body=b'hello')
    """

    def __init__(self, limit: int = MAX_FRAME) -> None:
        self._bytes = bytearray()
        self._limit = limit

    def feed(self, data: bytes) -> None:
        """Add bytes as they come, cut anywhere."""
        self._bytes += data

    def next(self) -> Frame | None:
        """The next whole frame, or None while it has not all arrived."""
        if len(self._bytes) < _FRAME.size:
            return None
        length, kind = _FRAME.unpack_from(self._bytes)
        if length > self._limit:
            raise GarbledError(f"a frame says it has {length} bytes; the limit is {self._limit}")
        end = _FRAME.size + length
        if len(self._bytes) < end:
            return None
        body = bytes(self._bytes[_FRAME.size : end])
        del self._bytes[:end]
        return Frame(bytes([kind]), body)


def encode_question(
    question: Question, number: int, callback: Callable[[Callback], int] | None = None
) -> bytes:
    """The body of a CALL frame. Raises CannotCross for an argument that does not cross."""
    steps = [[step.do, step.name, step.of, list(step.by)] for step in question.steps]
    head: dict[str, Any] = {"number": number, "takes": question.takes, "steps": steps}
    if question.again:
        head["again"] = question.again
    arguments = tuple(step.arguments for step in question.steps)
    return encode(head, arguments, A_QUESTION, callback)


def decode_question(
    body: bytes, callback: Callable[[int], Any] | None = None
) -> tuple[int, Question]:
    """The reverse; read in the student's process, written by the grader."""
    head, arguments = decode(body, A_QUESTION, callback)
    steps = tuple(
        Step(do, name, tuple(map(natural, given)), of, tuple(by))
        for (do, name, of, by), given in zip(head["steps"], arguments, strict=True)
    )
    return head["number"], Question(steps, head["takes"], head.get("again", 0))


def encode_answer(answer: Answer, number: int) -> bytes:
    """The body of an ANSWER frame. Raises CannotCross for a value that does not cross."""
    head: dict[str, Any] = {"number": number}
    if answer.error is not None:
        error = answer.error
        head["error"] = [error.kind, error.message[:MAX_TEXT], error.lines[:MAX_TEXT]]
    return encode(head, answer.value, AN_ANSWER)


def decode_answer(body: bytes) -> tuple[int, Answer]:
    """The reverse of `encode_answer` for untrusted bytes. Raises GarbledError."""
    head, value = decode(body, AN_ANSWER)
    number = head.get("number")
    if type(number) is not int or not head.keys() <= {"number", "error"}:
        raise GarbledError("an answer without a number, or with more than belongs to it")
    if "error" in head:
        if value is not None:
            raise GarbledError("an error that has a value")
        return number, Answer(error=_error(head["error"]))
    return number, Answer(value)


def encode_asked(callback: int, arguments: tuple[Value, ...]) -> bytes:
    """The body of an ASKED frame: which callback, and with what. Raises CannotCross."""
    return encode({"callback": callback}, arguments, AN_ASKED)


def decode_asked(body: bytes) -> tuple[int, tuple[Value, ...]]:
    """The reverse, for untrusted bytes. Raises GarbledError."""
    head, arguments = decode(body, AN_ASKED)
    callback = head.get("callback")
    if type(callback) is not int or not isinstance(arguments, tuple) or len(head) != 1:
        raise GarbledError("what is asked is not a callback and its arguments")
    return callback, arguments


def encode_reply(value: Value, problem: str = "") -> bytes:
    """The body of a REPLY frame: a callback's value, or why it has none."""
    return encode({"problem": problem}, value, A_QUESTION)


def decode_reply(body: bytes) -> tuple[str, Value]:
    """The reverse: the problem, if there is one, and the value."""
    head, value = decode(body, A_QUESTION)
    return str(head.get("problem", "")), value


def _error(value: object) -> CallError:
    if (
        not isinstance(value, list)
        or len(value) != 3
        or not all(isinstance(text, str) for text in value)
        or value[0] not in _ERRORS
        or len(value[1]) > MAX_TEXT
        or len(value[2]) > MAX_TEXT
    ):
        raise GarbledError("an error that is not kind, message and lines")
    return CallError(*value)
