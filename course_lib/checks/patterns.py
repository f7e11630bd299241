"""What is the same about all of an exercise's wrong answers, in plain numbers.

    pattern(plan, result)     # "It is 2 times what it should be, on every input."

A constant, a factor, an offset, as much for each data point, float32, another order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from course_lib.checks.judging import Plan, Result
from course_lib.checks.wrong import Wrong

SAME = 1e-6  # relative: patterns are named from float64 answers that agree to six digits
FLOAT32 = float(np.finfo(np.float32).eps)
NEARLY_ALL = 0.8  # of the numbers, fewer where one of three is wrong; the rest may have cancelled
PLACES = ("first", "second", "third")

Vector = NDArray[np.float64]
Pattern = Callable[[Vector, Vector, Vector], str]


def pattern(plan: Plan, result: Result) -> str:
    """What is the same about all wrong answers of this exercise, if anything plainly is."""
    rows = list(_values(plan, result))
    if len(rows) < 5:
        return ""
    size = min(len(expected) for expected, _, _ in rows)
    expected = np.array([row[0][:size] for row in rows])
    got = np.array([row[1][:size] for row in rows])
    points = np.array([row[2] for row in rows])
    if not np.all(np.isfinite(got), axis=1).any():
        return "What comes back is not a finite number on any input."
    keep = np.all(np.isfinite(got) & np.isfinite(expected), axis=1)
    expected, got, points = expected[keep], got[keep], points[keep]
    fitted = "theta0" in result.exercise.arguments
    for recognise in _PATTERNS:
        if fitted and recognise is _single:  # it is off by what its optimiser leaves
            continue
        sentence = recognise(expected, got, points)
        if sentence:
            return sentence
    if size == 3:
        return _permutation(expected, got)
    return ""


def _values(plan: Plan, result: Result) -> Iterator[tuple[Vector, Vector, int]]:
    """Expected, got and the number of data points, for each answered question of one value."""
    exercise = result.exercise
    for call in plan.calls[exercise.name]:
        answer = result.answers.get(call.key)
        if call.mode != "value" or answer is None:
            continue
        try:
            got = np.atleast_1d(exercise.numbers(answer))
        except Wrong:
            continue
        expected = np.atleast_1d(exercise.numbers(exercise.true_answer(call)))
        yield expected, got, int(np.size(call.arguments[0]))


def _constant(values: Vector, size: Vector) -> float | None:
    """The value that all `values` share within SAME of `size`, or None."""
    if len(values) < 5:
        return None
    middle = float(np.median(values))
    close = np.abs(values - middle) <= SAME * np.maximum(np.abs(middle), np.abs(size))
    return middle if close.all() else None


def _nothing(expected: Vector, got: Vector, points: Vector) -> str:
    if np.ptp(got, axis=0).max(initial=0.0) == 0.0 and np.ptp(expected) > 0:
        return "It gives the same answer whatever the input is."
    return ""


def _factor(expected: Vector, got: Vector, points: Vector) -> str:
    use = np.abs(expected) > 1e-300
    if not use.any():
        return ""
    ratio = _constant((got[use] / expected[use]), np.zeros(use.sum()))
    if ratio is None or abs(ratio - 1) < SAME:
        return ""
    if abs(ratio + 1) < SAME:
        return "The size is right everywhere, and the sign is wrong everywhere."
    return f"It is {ratio:.6g} times what it should be, on every input."


def _by_points(expected: Vector, got: Vector, points: Vector) -> str:
    if expected.shape[1] != 1 or len(set(points.tolist())) < 2:
        return ""
    e, g = expected[:, 0], got[:, 0]
    with np.errstate(all="ignore"):
        if np.abs(e).min() > 0 and _constant(g / e * points, np.zeros(len(e))) is not None:
            return "It is smaller than it should be by as many times as there are data points."
        if np.abs(e).min() > 0 and _constant(g / e / points, np.zeros(len(e))) is not None:
            return "It is larger than it should be by as many times as there are data points."
    scale = np.abs(e) / np.maximum(points, 1)
    each = _constant((g - e) / points, scale)
    if each is not None and abs(each) > SAME:
        return f"It is off by {each:+.6g} for each data point, on every input."
    return ""


def _offset(expected: Vector, got: Vector, points: Vector) -> str:
    if expected.shape[1] != 1:
        return ""
    offset = _constant((got - expected)[:, 0], np.abs(expected[:, 0]))
    if offset is not None and abs(offset) > SAME:
        return f"It is off by the same amount on every input: {offset:+.6g}."
    return ""


def _single(expected: Vector, got: Vector, points: Vector) -> str:
    use = np.abs(expected) > 1e-300
    error = np.abs(got - expected)[use] / np.abs(expected[use])
    if not error.size or np.mean(error < 16 * FLOAT32) < NEARLY_ALL:
        return ""
    if np.median(error) > FLOAT32 / 64:
        return (
            "It is right to about seven digits and no further: "
            "somewhere on the way a number is float32."
        )
    return ""


_PATTERNS: tuple[Pattern, ...] = (_nothing, _factor, _offset, _by_points, _single)


def _permutation(expected: Vector, got: Vector) -> str:
    """Three right numbers in another order, or one of them in another's place too."""
    size = SAME * np.maximum(np.abs(expected).max(axis=1), 1e-300)
    belongs = []
    for column in got.T:
        fits = [k for k in range(3) if (np.abs(column - expected[:, k]) <= size).all()]
        if len(fits) != 1:
            return ""
        belongs.append(fits[0])
    if sorted(belongs) == [0, 1, 2]:
        moved = belongs != [0, 1, 2]
        return "The three numbers are right, and they stand in another order." if moved else ""
    wrong = next(k for k, owner in enumerate(belongs) if owner != k)
    return f"The {PLACES[wrong]} of the three is what the {PLACES[belongs[wrong]]} should be."
