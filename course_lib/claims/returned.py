"""Claims about what type came back, for exercises whose signature promises one.

    float64_tensors(student.energy.answer(q), count=1)

Each raises `ClaimFailure` with what was expected and what came back, in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.claims.failures import ClaimFailure
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import Numbers, Value

_COUNTS = {1: "one", 2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True)
class _Part:
    """One returned quantity: what it was, and its values as an array."""

    kind: str
    dtype: str
    values: NDArray[Any]


def _parts(answer: Answer) -> tuple[bool, list[_Part]]:
    """Whether several things came back in a tuple or list, and each of them."""
    several = isinstance(answer.value, (tuple, list))
    return several, [_part(item) for item in (answer.value if several else [answer.value])]


def _part(value: Value) -> _Part:
    match value:
        case Numbers():
            return _Part(value.kind, value.dtype, value.values)
        case bool() | int() | float() | complex():
            array = np.asarray(value)
            if array.dtype.kind != "O":  # an int beyond 64 bits
                return _Part("number", array.dtype.name, array)
    return _Part("other", type(value).__name__, np.empty(0))


def float64_tensors(answer: Answer, count: int) -> None:
    """Raise unless the answer is `count` float64 tensors without axes; a list is a tuple too."""
    several, parts = _parts(answer)
    right_parts = all(
        part.kind == "tensor" and part.dtype == "float64" and part.values.shape == ()
        for part in parts
    )
    if not (right_parts and several == (count != 1) and len(parts) == count):
        plural = "" if count == 1 else "s"
        expected = f"{_COUNTS.get(count, count)} float64 tensor{plural} of shape []"
        raise ClaimFailure(expected, answer.describe())


def float64_array(answer: Answer, length: int) -> None:
    """Raise unless it is `length` finite float64: an array, a tensor, or a sequence of numbers."""
    several, parts = _parts(answer)
    shapes = [part.values.shape for part in parts]
    right_shape = shapes == [()] * length if several else shapes == [(length,)]
    if not (right_shape and all(part.dtype == "float64" for part in parts)):
        raise ClaimFailure(f"one float64 array of shape [{length}]", answer.describe())
    _finite(parts)


def finite_numbers(answer: Answer, count: int, words: str) -> None:
    """Raise unless it is `count` finite numbers in double precision: a sequence, or an array.

    words: what is expected, as a student reads it.
    """
    several, parts = _parts(answer)
    shapes = [part.values.shape for part in parts]
    right_shape = shapes == [()] * count if several else shapes == [(count,)]
    if not (right_shape and all(part.dtype in ("float64", "int64", "int32") for part in parts)):
        raise ClaimFailure(words, answer.describe())
    _finite(parts)


def _finite(parts: list[_Part]) -> None:
    for part in parts:
        if not np.all(np.isfinite(part.values)):
            raise ClaimFailure("finite numbers", part.values.tolist())
