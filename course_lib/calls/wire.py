"""The bytes in which calls and answers cross between processes.

A frame is a length (4 bytes, big endian), a kind (1 byte) and a body. A body with numbers is a
JSON head, preceded by its length, and then the float64 values of every array, little endian, one
after another. Nothing in a frame is ever evaluated, imported or unpickled, and every length is
checked before memory is spent on it:

    sent = encode_call(call, number=3)
    decode_answer(frame.body)          # -> (number, Answer), or GarbledError
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.calls.answer import Answer, Argument, Call, CallError, Part

RUN, CELL, CALL, ANSWER, READY = b"R", b"C", b"Q", b"A", b"K"

MAX_FRAME = 16 * 2**20  # the largest body either side will read: a cell's pictures fit in it
MAX_HEAD = 2**16  # an answer's head is a few hundred bytes
MAX_VALUES = 2**17  # numbers in one call: a chain has that many
MAX_ANSWER = 2**14  # numbers in one answer; the largest right one has three, a list of terms 200
MAX_PARTS = 16
MAX_BRACKETS = 2**20  # lists and objects in one JSON text: 64 bytes each, once read
MAX_DIMENSIONS = 8
MAX_TEXT = 4000  # characters of an error's message, and of its lines

_FRAME = struct.Struct(">IB")
_HEAD = struct.Struct(">I")
_DTYPE = re.compile(r"[a-z0-9_]{1,16}\Z")
_PART_KINDS = ("tensor", "array", "number", "none")
_CONTAINERS = ("one", "tuple", "list")
_ERRORS = ("raised", "missing", "returned")  # what a student process may say of itself


class GarbledError(Exception):
    """The other side's bytes are not a frame, or not what this frame should hold."""


@dataclass(frozen=True)
class Frame:
    """One whole frame, off the wire and not yet believed."""

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


def _join(head: dict[str, Any], arrays: list[NDArray[np.float64]]) -> bytes:
    text = json.dumps(head, separators=(",", ":")).encode()
    values = b"".join(np.ascontiguousarray(array, dtype="<f8").tobytes() for array in arrays)
    return _HEAD.pack(len(text)) + text + values


def parse_json(data: bytes) -> Any:
    """JSON from a hostile sender: any way in which it can be wrong is a GarbledError."""
    if data.count(b"[") + data.count(b"{") > MAX_BRACKETS:
        raise GarbledError("JSON of more lists and objects than anything true has")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise GarbledError(f"not JSON: {type(error).__name__}") from None


def _split(body: bytes) -> tuple[dict[str, Any], bytes]:
    if len(body) < _HEAD.size:
        raise GarbledError("a body without a head")
    (length,) = _HEAD.unpack_from(body)
    if length > MAX_HEAD or _HEAD.size + length > len(body):
        raise GarbledError("a head longer than its body, or than the limit")
    head = parse_json(body[_HEAD.size : _HEAD.size + length])
    if not isinstance(head, dict):
        raise GarbledError("a head that is not an object")
    return head, body[_HEAD.size + length :]


def room(shape: Iterable[int]) -> int:
    """How many numbers a shape is for, an axis of none aside: NumPy makes no array of 0 × 2**60.

    >>> room((0, 3, 4))
    12
    """
    return math.prod(size or 1 for size in shape)


def _shape(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > MAX_DIMENSIONS:
        raise GarbledError("a shape that is not a short list")
    if not all(type(size) is int and 0 <= size <= MAX_VALUES for size in value):
        raise GarbledError("a shape with something other than small sizes")
    if room(value) > MAX_VALUES:
        raise GarbledError("a shape of more numbers than the limit")
    return tuple(value)


def _take(values: bytes, shapes: list[tuple[int, ...]], most: int) -> list[NDArray[np.float64]]:
    sizes = [math.prod(shape) for shape in shapes]
    if sum(sizes) > most or sum(sizes) * 8 != len(values):
        raise GarbledError("more or fewer values than the head says")
    flat = np.frombuffer(values, dtype="<f8").astype(np.float64)
    arrays, start = [], 0
    for shape, size in zip(shapes, sizes, strict=True):
        arrays.append(flat[start : start + size].reshape(shape))
        start += size
    return arrays


def encode_call(call: Call, number: int) -> bytes:
    """The body of a CALL frame."""
    arrays = [np.asarray(argument, dtype=np.float64) for argument in call.arguments]
    head = {
        "number": number,
        "function": call.function,
        "mode": call.mode,
        "takes": call.takes,
        "by": list(call.by),
        "shapes": [list(array.shape) for array in arrays],
    }
    return _join(head, arrays)


def decode_call(body: bytes) -> tuple[int, Call]:
    """The reverse of `encode_call`; read in the student's process, written by the grader."""
    head, values = _split(body)
    arrays = _take(values, [_shape(shape) for shape in head["shapes"]], MAX_VALUES)
    arguments: tuple[Argument, ...] = tuple(
        float(array) if array.ndim == 0 else array for array in arrays
    )
    call = Call(head["function"], head["mode"], arguments, head["takes"], tuple(head["by"]))
    return head["number"], call


def encode_answer(answer: Answer, number: int) -> bytes:
    """The body of an ANSWER frame."""
    head: dict[str, Any] = {"number": number}
    if answer.error is not None:
        error = answer.error
        head["error"] = [error.kind, error.message[:MAX_TEXT], error.lines[:MAX_TEXT]]
        return _join(head, [])
    head["container"] = answer.container
    head["parts"] = [[part.kind, part.dtype, list(part.values.shape)] for part in answer.parts]
    return _join(head, [part.values for part in answer.parts])


def decode_answer(body: bytes) -> tuple[int, Answer]:
    """The reverse of `encode_answer`, believing nothing."""
    head, values = _split(body)
    number = head.get("number")
    if type(number) is not int:
        raise GarbledError("an answer without a number")
    if "error" in head:
        return number, Answer(error=_error(head["error"]))
    container, described = head.get("container"), head.get("parts")
    if container not in _CONTAINERS or not isinstance(described, list):
        raise GarbledError("an answer without parts")
    if len(described) > MAX_PARTS:
        raise GarbledError("an answer with too many parts")
    if container == "one" and len(described) != 1:
        raise GarbledError("one thing, and it is none or several")
    kinds, shapes = [], []
    for part in described:
        if not isinstance(part, list) or len(part) != 3:
            raise GarbledError("a part that is not kind, dtype and shape")
        kind, dtype, shape = part
        if kind not in _PART_KINDS or not isinstance(dtype, str) or not _DTYPE.match(dtype):
            raise GarbledError("a part of unknown kind or dtype")
        kinds.append((kind, dtype))
        shapes.append(_shape(shape))
    arrays = _take(values, shapes, MAX_ANSWER)
    parts = tuple(Part(*kind, array) for kind, array in zip(kinds, arrays, strict=True))
    return number, Answer(parts, container)


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
