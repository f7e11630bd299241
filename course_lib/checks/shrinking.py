"""Makes an input on which a claim failed small enough to be read.

    failure = simplest(claim, student, drawn)                       # of those that were tried
    failure = smaller(claim, student, failure, search, deadline)    # of all that there are

Two ways, both live: points are left out and digits are dropped while the claim still fails, and
hypothesis shrinks what it draws. An input that a right answer would fail on is never shown.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import hypothesis
import numpy as np

from course_lib.calls.answer import Answer, Call
from course_lib.checks.asking import Student
from course_lib.checks.claims import Body, Checks, Claim, Inputs
from course_lib.checks.strategies import Line, LogLine
from course_lib.checks.wrong import CallFailed, Wrong

EVERYDAY = 2.0  # decades from one


@dataclass
class Failure:
    """One input on which a claim failed, and how; `call` is what it asked the function first."""

    inputs: Inputs
    wrong: Wrong
    call: Call | None = None


class Asker(Student):
    """The `student` of a claim that is tried; it remembers the call that was made first."""

    def __init__(self, checks: Checks, ask: Callable[[Call], Answer]) -> None:
        self.first: Call | None = None

        def note(call: Call) -> Answer:
            self.first = self.first or call
            return ask(call)

        super().__init__(checks, note)


@dataclass(frozen=True)
class Search:
    """Where smaller inputs come from.

    test: makes a hypothesis test of a body, over the claim's strategies. known: whether all that
    the claim asks about an input has been answered already. right: a student without mistakes.
    """

    test: Callable[[Body], Body]
    known: Callable[[Inputs], bool]
    right: Student


def simplest(claim: Claim, student: Asker, drawn: list[Inputs]) -> Failure | None:
    """The simplest failing input among those drawn; a wrong value is preferred to an error."""
    failures = [f for inputs in drawn if (f := _try(claim, student, inputs)) is not None]
    wrong_values = [f for f in failures if not isinstance(f.wrong, CallFailed)]
    return min(wrong_values or failures, key=lambda f: complexity(f.inputs), default=None)


def smaller(
    claim: Claim, student: Asker, failure: Failure, search: Search, deadline: float
) -> Failure:
    """The failure on the simplest input that is found until the deadline (`time.monotonic`).

    hypothesis meets the inputs that were drawn again, with answers at hand, until the first that
    fails; from there on it asks. Past the deadline every new input is said to pass, which ends the
    search with the best that it had.
    """
    best = _plainest(claim, student, failure, search, deadline)

    def body(**inputs: Any) -> None:
        nonlocal best
        if time.monotonic() > deadline and not search.known(inputs):
            return
        found = _try(claim, student, inputs)
        if found is None or isinstance(found.wrong, CallFailed):
            return
        if complexity(inputs) < complexity(best.inputs):
            best = found
        raise found.wrong

    if time.monotonic() < deadline:
        with contextlib.suppress(Wrong, hypothesis.errors.HypothesisException):
            search.test(body)()
    return _plainest(claim, student, best, search, deadline)


def complexity(value: Any) -> tuple[int, float, float]:
    """Orders inputs by how hard they are to read: how many numbers, how far from one, how long.

    A number's size is that of everyday from 0.01 to 100; beyond, its decades count.
    """
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        parts = [complexity(item) for item in value]
        count, far, length = (sum(column) for column in zip(*parts, strict=True))
        return int(count), float(far), float(length)
    array = np.atleast_1d(np.asarray(value))
    if array.dtype.kind not in "biuf":
        return 1, 0.0, 0.0
    read = array.ravel()[:100]
    decades = np.abs(np.log10(np.abs(read[(read != 0) & np.isfinite(read)]).astype(np.float64)))
    far = float(np.sum(np.ceil(np.maximum(decades - EVERYDAY, 0.0))))
    return array.size, far, float(sum(len(repr(number)) for number in read.tolist()))


def _try(claim: Claim, student: Asker, inputs: Inputs) -> Failure | None:
    student.first = None
    try:
        with np.errstate(all="ignore"):  # a student's infinities are judged, not warned of
            claim.body(student, **inputs)
    except Wrong as wrong:
        return Failure(inputs, wrong, student.first)
    return None


def _plainest(
    claim: Claim, student: Asker, failure: Failure, search: Search, deadline: float
) -> Failure:
    """The failure with points left out and digits dropped, as many as can be."""
    for inputs in _plainer(failure.inputs):
        if time.monotonic() > deadline:
            break
        if complexity(inputs) < complexity(failure.inputs) and _holds(claim, search.right, inputs):
            found = _try(claim, student, inputs)
            if found is not None and not isinstance(found.wrong, CallFailed):
                return found
    return failure


def _holds(claim: Claim, right: Student, inputs: Inputs) -> bool:
    """Whether a right answer passes on `inputs`; some have none, such as a fit to two points."""
    try:
        with np.errstate(all="ignore"):
            claim.body(right, **inputs)
    except (Wrong, ArithmeticError, ValueError, np.linalg.LinAlgError):
        return False
    return True


def _plainer(inputs: Inputs) -> Iterator[Inputs]:
    """The same inputs with fewer points and fewer digits, the plainest first."""
    for points in (1, 2, 3, None):
        for digits in (1, 2, 3, None):
            yield {name: _rounded(_cut(value, points), digits) for name, value in inputs.items()}


def _cut(value: Any, points: int | None) -> Any:
    """A line through the first `points` of its data only."""
    if isinstance(value, (Line, LogLine)):
        return value._replace(x=value.x[:points], y=value.y[:points])
    return value


def _rounded(value: Any, digits: int | None) -> Any:
    """Every float in `value` to so many significant digits."""
    if digits is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        return float(f"{value:.{digits}g}")
    if isinstance(value, tuple):
        parts = [_rounded(part, digits) for part in value]
        return value._make(parts) if hasattr(value, "_make") else tuple(parts)
    return np.array([_rounded(float(number), digits) for number in value])
