"""Whether an answer is right for other inputs than those that were given.

    as_if(exercise, calls, got)     # "On every input it answers as if b were 0."

The truth is worked out for inputs that are changed in one plain way (a point dropped, two
parameters exchanged, one of them ignored) and compared with what came back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from course_lib.calls.answer import Argument, Call
from course_lib.checks.claims import Exercise

ENOUGH = 5  # inputs on which the change matters: fewer may agree by accident
CLOSE = 1e-7  # relative; a sum of float64 that loses half of its digits has as many left

Given = Mapping[str, Argument]
Change = Callable[[Given], dict[str, Argument]]
Vector = NDArray[np.float64]

_SCALARS = ("m", "b", "s", "log_s")


def as_if(exercise: Exercise, calls: Sequence[Call], got: Vector) -> str:
    """One sentence, or "" where no plain change of the inputs explains the answers.

    got: ``[calls, numbers]``, what came back to `calls`.
    """
    given = [dict(zip(exercise.arguments, call.arguments, strict=True)) for call in calls]
    with np.errstate(all="ignore"):
        truth = [_truth(exercise, one) for one in given]
        for words, change in _changes(exercise.arguments):
            if _explains(exercise, change, given, truth, got):
                return f"On every input it answers as if {words}."
    return ""


def _explains(
    exercise: Exercise, change: Change, given: Sequence[Given], truth: list[Vector], got: Vector
) -> bool:
    """Whether `got` is what is right after the change, wherever the change can be made."""
    matters = 0
    for one, right, came in zip(given, truth, got, strict=True):
        changed = _truth(exercise, _changed(change, one))
        if not np.isfinite(changed).all():
            continue
        if not _close(changed, came):
            return False  # most changes are ruled out by the first input
        matters += not _close(changed, right)
    return matters >= ENOUGH


def _close(one: Vector, other: Vector) -> bool:
    size = np.maximum(np.abs(one), np.abs(one).max() * 1e-3)
    return bool((np.abs(one - other) <= CLOSE * size).all())


def _truth(exercise: Exercise, given: Given | None) -> Vector:
    nothing = np.full(exercise.returns.size, np.nan)
    if given is None:
        return nothing
    try:
        answer = exercise.true_answer(exercise.value(*given.values()))
        return np.atleast_1d(exercise.numbers(answer))
    except (ValueError, ArithmeticError, AssertionError, np.linalg.LinAlgError):
        return nothing  # there is no right answer for such an input


def _changed(change: Change, given: Given) -> dict[str, Argument] | None:
    new = dict(given) | change(given)
    x, s = np.asarray(new.get("x", 1.0)), np.asarray(new.get("s", 1.0))
    return new if x.size and s > 0 else None


def _changes(names: Sequence[str]) -> Iterator[tuple[str, Change]]:
    if "x" in names:
        yield "the last point were not there", _points(lambda x, y: (x[:-1], y[:-1]))
        yield "the first point were not there", _points(lambda x, y: (x[1:], y[1:]))
        yield "x and y were exchanged", _points(lambda x, y: (y, x))
        yield "x stood in the opposite order", _points(lambda x, y: (x[::-1], y))
        yield "every x were the same", _points(lambda x, y: (np.full_like(x, x[0]), y))
        yield "no x were negative", _points(lambda x, y: (np.abs(x), y))
        yield "no y were negative", _points(lambda x, y: (x, np.abs(y)))
        yield "every x had the other sign", _points(lambda x, y: (-x, y))
        yield "every y had the other sign", _points(lambda x, y: (x, -y))
        yield "y were what x is", _points(lambda x, y: (x, x))
        yield "x were what y is", _points(lambda x, y: (y, y))
    for name in (name for name in _SCALARS if name in names):
        yield from _of_one(name)
    for one, other in permutations([name for name in _SCALARS if name in names], 2):
        yield f"{one} were what {other} is", _scalars({one: other})
        if one < other:
            yield f"{one} and {other} were exchanged", _scalars({one: other, other: one})
    if "chain" in names:
        yield "the first half were not there", _draws(lambda c: c[len(c) // 2 :])
        yield "the first walker were the only one", _draws(lambda c: c[:, :1])
        yield "the first parameter were the only one", _draws(lambda c: c[..., :1])
        yield "the last parameter were the only one", _draws(lambda c: c[..., -1:])


def _of_one(name: str) -> Iterator[tuple[str, Change]]:
    """Changes of one number, each under words for it."""
    changes: dict[str, Callable[[float], float]] = {
        f"{name} were 0": lambda value: 0.0,
        f"{name} were 1": lambda value: 1.0,
        f"{name} had the other sign": lambda value: -value,
        f"{name} were never negative": abs,
        f"{name} were twice as large": lambda value: 2.0 * value,
        f"{name} were half as large": lambda value: 0.5 * value,
        f"{name} were squared": lambda value: value * value,
        f"{name} were its own root": lambda value: float(np.sqrt(value)),
        f"{name} were its own logarithm": lambda value: float(np.log(value)),
        f"{name} were 1 over it": lambda value: 1.0 / value,
    }
    for words, change in changes.items():
        yield words, _number(name, change)


def _number(name: str, change: Callable[[float], float]) -> Change:
    # float64, not Python's: 1 over 0 is infinity, for which there is no right answer
    return lambda given: {name: float(change(np.float64(np.asarray(given[name]))))}


def _scalars(sources: Mapping[str, str]) -> Change:
    return lambda given: {name: given[source] for name, source in sources.items()}


def _points(change: Callable[[Vector, Vector], tuple[Vector, Vector]]) -> Change:
    def changed(given: Given) -> dict[str, Argument]:
        x, y = change(np.asarray(given["x"]), np.asarray(given["y"]))
        return {"x": x, "y": y}

    return changed


def _draws(change: Callable[[Vector], Vector]) -> Change:
    return lambda given: {"chain": change(np.asarray(given["chain"]))}
