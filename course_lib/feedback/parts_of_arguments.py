"""The numbers that an exercise's arguments are made of, by the names that a student writes.

    [part.words for part in numbers_in(given)]     # ["h", "theta[0]", "theta[1]", "theta[2]"]

An argument that is one number has one; an array that is as short on every input has one in each
place; a matrix with as few columns has one in each column, for all rows at once. What is left are
`arrays_in`: data, of any length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.claims.simplicity import EXACT
from course_lib.feedback.evidence import Given, Vector

FEW = 6  # places of an array that mean something each: slope, intercept, log of the scale


@dataclass(frozen=True)
class Part:
    """A number of the arguments, or a whole array.

    place: where the number stands in an array's last axis, if it does.
    """

    words: str
    argument: str
    place: int | None = None

    def of(self, given: Given) -> Vector:
        """Its value, or one for each row of a matrix."""
        value = np.asarray(given[self.argument], dtype=np.float64)
        return value if self.place is None else value[..., self.place]

    def put(self, given: Given, value: Vector) -> Given:
        """The argument with another value in this part's place."""
        if self.place is None:
            return {self.argument: value if np.ndim(value) else float(value)}
        new = np.array(given[self.argument], dtype=np.float64)
        new[..., self.place] = value
        return {self.argument: new}


def numbers_in(given: Sequence[Given]) -> list[Part]:
    """The parts that the arguments have on every one of several inputs."""
    return list(_numbers(given)) if given else []


def _numbers(given: Sequence[Given]) -> Iterator[Part]:
    for name in given[0]:
        each = [one.get(name) for one in given]
        if all(_is_number(value) for value in each):
            yield Part(name, name)
        elif (shape := _few(each)) is not None:
            axes, count = shape
            for place in range(count):
                yield Part(f"{name}[{':, ' * (axes - 1)}{place}]", name, place)


def arrays_in(given: Sequence[Given]) -> list[Part]:
    """The arguments that are arrays of numbers and have no such parts, each as a whole."""
    if not given:
        return []
    each = {name: [one.get(name) for one in given] for name in given[0]}
    return [
        Part(name, name)
        for name, values in each.items()
        if all(map(_is_data, values)) and not _few(values)
    ]


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, float) or abs(value) < EXACT


def _is_data(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.dtype.kind == "f"


def _few(each: Sequence[Any]) -> tuple[int, int] | None:
    """The number of axes, and the few places of the last one, if they are the same in all."""
    if not all(_is_data(value) for value in each):
        return None
    found = {(value.ndim, value.shape[-1]) for value in each}
    axes, count = found.pop()
    return (axes, count) if not found and axes < 3 and 1 < count <= FEW else None
