"""How a claim fails: what was expected, what came, and a sentence where those two say too little.

agree(got, expected, tolerance=1e-12)    # raises Wrong, with both
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import ArrayLike

from course_lib.calls.answer import Answer

NO_NAME = re.compile(r"NameError: name '(\w+)' is not defined")  # Python's own words


class Wrong(AssertionError):
    """A claim does not hold. `expected` and `got` are what the student is shown.

    `message` is a sentence of its own where expected-and-got does not say enough.
    """

    def __init__(self, expected: object, got: object, message: str = "") -> None:
        self.expected = expected
        self.got = got
        self.message = message
        super().__init__(f"expected {expected}, got {got}" + (f": {message}" if message else ""))


class CallFailed(Wrong):
    """There was no usable answer: the function raised, was silent, or returned no numbers."""

    def __init__(self, answer: Answer) -> None:
        assert answer.error is not None
        self.error = answer.error
        super().__init__("an answer", answer.error.kind, answer.error.message)


def agree(
    got: ArrayLike,
    expected: ArrayLike,
    *,
    tolerance: ArrayLike,
    message: str = "",
) -> None:
    """Raise `Wrong` unless every component of `got` is within `tolerance` of `expected`.

    NaN and infinities agree with nothing but themselves.
    """
    got_, expected_ = np.asarray(got, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if got_.shape != expected_.shape:
        raise Wrong(f"shape {expected_.shape}", f"shape {got_.shape}", message)
    with np.errstate(invalid="ignore"):  # inf - inf is NaN, which is not close
        close = (np.abs(got_ - expected_) <= np.asarray(tolerance)) | (got_ == expected_)
    if not np.all(close):
        raise Wrong(expected_.tolist(), got_.tolist(), message)


def falls(near: ArrayLike, far: ArrayLike, where: str) -> None:
    """Raise `Wrong` unless `far` is less than `near`; `where` says what was done to come there."""
    high, low = (float(np.asarray(value)) + 0.0 for value in (near, far))  # -0.0 reads as 0.0
    if not np.isfinite(high):
        raise Wrong("a finite number", high)
    if not low < high:
        raise Wrong(f"less than {high} {where}", low)


def describe(answer: Answer) -> str:
    """What was returned, in words: `a tuple of 2: float32 tensor [], number`."""
    parts = [
        "None"
        if part.kind == "none"
        else f"{part.dtype} {part.kind}"
        + (f" {list(part.values.shape)}" if part.kind in ("tensor", "array") else "")
        for part in answer.parts
    ]
    if answer.container == "one":
        return parts[0]
    return f"a {answer.container} of {len(parts)}: " + ", ".join(parts)
