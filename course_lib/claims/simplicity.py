"""How simple an input is to read, and simpler ones like it.

>>> complexity({"x": 1.5}) < complexity({"x": 1e8}) < complexity({"x": [1.0, 2.0]})
True
>>> next(plainer({"x": [1.25, 2.5], "n": 9}))
{'x': [1.0], 'n': 1}
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.claims.exercise import Inputs

Complexity = tuple[int, float, float, float]

EVERYDAY = 2.0  # decades from one
ALL_DECADES = 324.0  # of float64, from one to its smallest number
EXACT = 2**53  # whole numbers beyond it are no float64


def complexity(value: Any) -> Complexity:
    """Orders inputs by how hard they are to read.

    How many numbers there are, how far from one they are, how long they are to write, how large.
    A number's size is that of everyday from 0.01 to 100; beyond, its decades count.

    >>> complexity({"x": 1.5}) < complexity({"x": 1e8}) < complexity({"x": [1.0, 2.0]})
    True
    >>> complexity({"n": 1}) < complexity({"n": 9}) < complexity({"n": 2**70})
    True
    """
    parts = _parts(value)
    if parts is not None:
        found = [complexity(item) for item in parts]
        if not found:
            return 0, 0.0, 0.0, 0.0
        count, far, length, size = (sum(column) for column in zip(*found, strict=True))
        return int(count), float(far), float(length), float(size)
    if isinstance(value, str):
        return 1, 0.0, float(len(value)), 0.0
    if isinstance(value, int) and abs(value) > EXACT:
        decades = value.bit_length() * math.log10(2.0)
        return 1, decades, decades, 10.0 ** min(decades, 300.0)
    array = np.atleast_1d(np.asarray(value))
    if array.dtype.kind not in "biufc":
        return 1, 0.0, 0.0, 0.0
    read = array.ravel()[:100]
    sizes = np.abs(read[np.isfinite(read)]).astype(np.float64)
    length = float(sum(len(repr(number)) for number in read.tolist()))
    return array.size, decades_beyond(read, EVERYDAY), length, float(np.sum(sizes))


def decades_beyond(numbers: NDArray[Any], decades: float) -> float:
    """How many decades beyond `decades` numbers are larger or smaller than one, in all.

    An infinite one is beyond all that there are, and so is what is no number.

    >>> decades_beyond(np.array([0.0, 5.0, 1e-9, 1e8]), 6.0)
    5.0
    """
    sizes = np.abs(numbers).astype(np.float64)
    far = np.fmin(np.abs(np.log10(sizes[sizes != 0])), ALL_DECADES)
    return float(np.sum(np.ceil(np.maximum(far - decades, 0.0))))


def _parts(value: Any) -> list[Any] | None:
    """What a container holds; None for a single value or an array."""
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, each.name) for each in dataclasses.fields(value)]
    return None


def plainer(inputs: Inputs) -> Iterator[Inputs]:
    """The same inputs with fewer points, fewer digits and smaller whole numbers.

    The plainest come first: all of it is cut down together, then less and less of it.
    """
    longest = max(_lengths(inputs), default=0)
    for points in (1, 2, 3, None):
        for digits in (1, 2, 3, None):
            yield {
                name: _rounded(_cut(value, longest, points), digits)
                for name, value in inputs.items()
            }


def _lengths(value: Any) -> Iterator[int]:
    """The lengths of all arrays and lists of numbers in `value`."""
    if isinstance(value, np.ndarray):
        if value.ndim:
            yield len(value)
    elif (parts := _parts(value)) is not None:
        if isinstance(value, list):
            yield len(value)
        for part in parts:
            yield from _lengths(part)


def _cut(value: Any, longest: int, points: int | None) -> Any:
    """`value` with the first `points` of what is `longest` long: data points belong together."""
    if points is None or points >= longest:
        return value
    listed = isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim > 0)
    if listed and len(value) == longest:
        return value[:points]
    return _mapped(value, lambda part: _cut(part, longest, points))


def _rounded(value: Any, digits: int | None) -> Any:
    """Every float in `value` to so many significant digits, every whole number at most as large."""
    if digits is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return max(-digits, min(value, digits))
    if isinstance(value, float):
        return float(f"{value:.{digits}g}")
    if isinstance(value, np.ndarray):
        if value.dtype.kind != "f":
            return value
        flat = [float(f"{number:.{digits}g}") for number in value.ravel().tolist()]
        return np.array(flat).reshape(value.shape)
    return _mapped(value, lambda part: _rounded(part, digits))


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """A container of the same kind with every part changed; anything else as it is."""
    if isinstance(value, tuple):
        parts = [change(part) for part in value]
        return value._make(parts) if hasattr(value, "_make") else tuple(parts)
    if isinstance(value, list):
        return [change(part) for part in value]
    if isinstance(value, dict):
        return {name: change(part) for name, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = {f.name: change(getattr(value, f.name)) for f in dataclasses.fields(value) if f.init}
        try:
            return dataclasses.replace(value, **kept)
        except (TypeError, ValueError):  # its author refuses such values
            return value
    return value
