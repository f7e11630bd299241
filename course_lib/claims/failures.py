"""How a claim fails: what was expected, what came, and a sentence where those two say too little.

agree(got, expected, tolerance=1e-12)    # raises ClaimFailure, with both
assert got["name"] == "ada"              # a plain assert fails the claim too
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.protocol.questions import Answer

NO_NAME = re.compile(r"NameError: name '(\w+)' is not defined")  # Python's own words


class ClaimFailure(AssertionError):
    """A claim does not hold. `expected` and `got` are what the student is shown.

    `message` is a sentence of its own where expected-and-got does not say enough.
    """

    def __init__(self, expected: object, got: object, message: str = "") -> None:
        self.expected = expected
        self.got = got
        self.message = message
        said = f"expected {_written(expected)}, got {_written(got)}"
        super().__init__(said + (f": {message}" if message else ""))


def _written(value: object) -> str:
    try:
        return str(value)
    except ValueError:  # Python writes whole numbers of up to 4300 digits
        return "a number too long to be written"


class CallFailed(ClaimFailure):
    """There was no usable answer: the function raised, was silent, or returned nothing usable."""

    def __init__(self, answer: Answer) -> None:
        assert answer.error is not None
        self.error = answer.error
        super().__init__("an answer", answer.error.kind, answer.error.message)


def agree(got: Any, expected: Any, *, tolerance: ArrayLike = 0.0, message: str = "") -> None:
    """Raise `ClaimFailure` unless `got` is `expected`: numbers within `tolerance`, all else equal.

    tolerance: one number, or one for each component. Dicts, tables, lists and tuples are compared
    part by part, whole numbers of any size exactly. An infinity agrees with itself alone, NaN with
    nothing.

    >>> agree([1.0, 2.0], [1.0, 2.0 + 1e-16], tolerance=1e-15)
    >>> agree({"name": "ada"}, {"name": "bob"})
    Traceback (most recent call last):
    ...
    course_lib.claims.failures.ClaimFailure: expected {'name': 'bob'}, got {'name': 'ada'}
    """
    if _numeric(expected):
        _agree_numbers(got, expected, tolerance, message)
    elif not _same(got, expected, tolerance):
        raise ClaimFailure(expected, got, message)


def _agree_numbers(got: Any, expected: Any, tolerance: ArrayLike, message: str) -> None:
    if not _numeric(got):
        raise ClaimFailure(_shown(expected), got, message)
    one, other = _comparable(got, expected)
    if one.shape != other.shape:
        raise ClaimFailure(f"shape {other.shape}", f"shape {one.shape}", message)
    with np.errstate(invalid="ignore"):  # inf - inf is NaN, which is not close
        close = (np.abs(one - other) <= np.asarray(tolerance)) | (one == other)
    if not np.all(close):
        raise ClaimFailure(_shown(expected), _shown(got), message)


def _comparable(got: Any, expected: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Both as arrays of one type: Python's exact whole numbers, float64 or complex128."""
    arrays = [_array(got), _array(expected)]
    kinds = "".join(array.dtype.kind for array in arrays)
    try:
        if "f" in kinds or "c" in kinds:
            dtype = np.complex128 if "c" in kinds else np.float64
            one, other = (array.astype(dtype) for array in arrays)
        else:
            one, other = (np.asarray(array.astype(object) + 0) for array in arrays)
    except OverflowError:  # a whole number that is larger than any float
        raise ClaimFailure(_shown(expected), _shown(got)) from None
    return one, other


def _array(value: Any) -> NDArray[Any]:
    """An array of numbers; whole ones that no type of NumPy's holds stay Python's."""
    array = np.asarray(value)
    if array.dtype.kind != "f" or isinstance(value, (np.ndarray, np.generic, float)):
        return array
    exact = np.asarray(value, dtype=object)  # of 2**63 and -1 NumPy makes floats
    whole = exact.size > 0 and all(isinstance(item, (int, np.integer)) for item in exact.ravel())
    return exact if whole else array


def _shown(value: Any) -> Any:
    return _array(value).tolist()


def _numeric(value: Any) -> bool:
    """Whether it is a number, or an array or sequence of numbers of one length each."""
    if isinstance(value, (str, bytes, Mapping, type(None))):
        return False
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        return False
    if array.dtype.kind == "O":  # whole numbers beyond 64 bits
        return array.size > 0 and all(isinstance(item, int) for item in array.ravel())
    return array.dtype.kind in "biufc"


def _same(got: Any, expected: Any, tolerance: ArrayLike) -> bool:
    if isinstance(expected, Mapping):
        return (
            isinstance(got, Mapping)
            and got.keys() == expected.keys()
            and all(_same(got[name], expected[name], tolerance) for name in expected)
        )
    if isinstance(expected, (list, tuple)) and isinstance(got, (list, tuple)):
        return len(got) == len(expected) and all(
            _same(one, other, tolerance) for one, other in zip(got, expected, strict=True)
        )
    if _numeric(expected):
        try:
            _agree_numbers(got, expected, tolerance, "")
        except ClaimFailure:
            return False
        return True
    return bool(type(got) is type(expected) and got == expected)


def falls(near: ArrayLike, far: ArrayLike, where: str) -> None:
    """Raise `ClaimFailure` unless `far` is less than `near`; `where` says what was done between."""
    high, low = (float(np.asarray(value)) + 0.0 for value in (near, far))  # -0.0 reads as 0.0
    if not np.isfinite(high):
        raise ClaimFailure("a finite number", high)
    if not low < high:
        digits = 6 if low == high or f"{low:.6g}" != f"{high:.6g}" else 17  # enough to tell them
        raise ClaimFailure(f"less than {high:.{digits}g} {where}", low)
