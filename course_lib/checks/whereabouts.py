"""Where an answer goes wrong, when how it goes wrong follows no plain pattern.

    whereabouts(plan, result)     # "It is right where |b| is 0, and wrong wherever it is not."

Looked at in this order: a right value with a wrong derivative; some of several numbers; a part of
the inputs, as one quantity tells it; one part of a sum (`terms`); the number of right digits; the
side on which it errs. `likeness` looks before that whether it is right for other inputs (`as_if`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from course_lib.calls.answer import Argument, Call
from course_lib.checks.as_if import as_if
from course_lib.checks.claims import Exercise
from course_lib.checks.judging import Plan, Result
from course_lib.checks.patterns import PLACES
from course_lib.checks.terms import parts, terms
from course_lib.checks.tolerance import EPS
from course_lib.checks.wrong import Wrong

# Relative: an answer counts as right here. What is computed is, to rounding of sums that may lose
# half of their digits at the extremes; what is fitted, to the optimiser's own tolerance.
COMPUTED, FITTED = 1e-7, 1e-3
ROUNDED = 4 * EPS  # and what is left of it when nearly equal numbers of size one are subtracted
FEW = 3  # inputs on each side, below which a boundary between right and wrong is no finding

Vector = NDArray[np.float64]
Flags = NDArray[np.bool_]


def whereabouts(plan: Plan, result: Result) -> str:
    """One sentence about the inputs on which this exercise's answers are wrong; "" without one."""
    exercise = result.exercise
    asked = plan.calls[exercise.name]
    calls, expected, got = _rows(exercise, result, [c for c in asked if c.mode == "value"])
    if len(calls) < FEW:
        return ""
    right = _right(exercise, expected, got)
    if right.all():
        return _derivatives(exercise, result, [c for c in asked if c.mode == "gradient"])
    return (
        _components(exercise, calls, expected, got, right)
        or _boundary(exercise, calls, np.asarray(np.all(right, axis=1)), _shown(result))
        or parts(exercise, calls, expected, got)
        or _digits(expected, got)
        or _side(expected, got, right)
    )


def likeness(plan: Plan, result: Result) -> str:
    """One sentence where all answers are right for other inputs, or wrong by one term; else ""."""
    exercise = result.exercise
    asked = [call for call in plan.calls[exercise.name] if call.mode == "value"]
    calls, expected, got = _rows(exercise, result, asked)
    if len(calls) < FEW or _right(exercise, expected, got).all():
        return ""
    return as_if(exercise, calls, got) or terms(exercise, calls, expected, got)


def _rows(
    exercise: Exercise, result: Result, asked: list[Call]
) -> tuple[list[Call], Vector, Vector]:
    """The calls that were answered with numbers, what was expected and what came back.

    Questions whose truth is rounding are left out: a right answer is another rounding.
    """
    calls, expected, got = [], [], []
    for call in asked:
        answer = result.answers.get(call.key)
        read = exercise.derivatives if call.mode == "gradient" else exercise.numbers
        try:
            given = np.atleast_1d(read(answer)) if answer is not None else None
        except Wrong:
            given = None
        if given is not None and not _is_rounding(exercise, call):
            calls.append(call)
            got.append(given)
            expected.append(np.atleast_1d(read(exercise.true_answer(call))))
    return calls, np.array(expected), np.array(got)


def _is_rounding(exercise: Exercise, call: Call) -> bool:
    """Whether what is left of the truth is less than a change in the inputs' last digits makes.

    A gradient at a best fit is so: its terms cancel, and another order of them leaves another rest.
    """
    if exercise.takes != "tensors":
        return False
    rng = np.random.default_rng(0)
    read = exercise.derivatives if call.mode == "gradient" else exercise.numbers
    moved: list[Argument] = []
    for argument in call.arguments:
        value = np.asarray(argument, dtype=np.float64)
        value = value * (1 + COMPUTED * rng.choice([-1.0, 1.0], size=value.shape))
        moved.append(value if value.ndim else float(value))
    here, there = (
        read(exercise.true_answer(one)) for one in (call, replace(call, arguments=tuple(moved)))
    )
    return bool(np.all(np.abs(there - here) > np.abs(here)))


def _right(exercise: Exercise, expected: Vector, got: Vector) -> Flags:
    """Which numbers are right: ``[inputs, numbers]``."""
    within = COMPUTED if exercise.takes == "tensors" else FITTED
    size = np.maximum(np.abs(expected), np.abs(expected).max(axis=1, keepdims=True) * 1e-3)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(got - expected) <= within * size + ROUNDED)


def _derivatives(exercise: Exercise, result: Result, asked: list[Call]) -> str:
    calls, expected, got = _rows(exercise, result, asked)
    if len(calls) < FEW:
        return ""
    wrong = np.flatnonzero(~np.all(_right(exercise, expected, got), axis=0))
    if not wrong.size:
        return ""
    names = " and ".join(exercise.differentiable[k] for k in wrong)
    return (
        f"The number is right on every input, and its derivative by {names} is not: "
        f"on the way from {names} to what you return, TensorFlow loses track."
    )


def _components(
    exercise: Exercise, calls: list[Call], expected: Vector, got: Vector, right: Flags
) -> str:
    """Which of several numbers are wrong, if others never are; of one, by what it is off."""
    count = right.shape[1]
    wrong = np.flatnonzero(~np.all(right, axis=0))
    if wrong.size == count:
        return ""
    which = " and the ".join(PLACES[k] for k in wrong)
    if wrong.size > 1:
        return f"Of the {count} numbers only the {which} are wrong."
    off = _factor(exercise, calls, expected[:, wrong[0]], got[:, wrong[0]])
    return f"Of the {count} numbers only the {which} is wrong{off}."


def _factor(exercise: Exercise, calls: list[Call], expected: Vector, got: Vector) -> str:
    """By what one number is off everywhere: a sign, a factor, a power of s."""
    with np.errstate(all="ignore"):
        ratio = got / expected
    use = np.isfinite(ratio) & (np.abs(expected) > 0)
    if use.sum() < FEW or not (got[use] != 0).all():
        return ""
    features = [dict(_features(exercise, call)) for call in calls]
    s = np.array([one.get("s", np.exp(one.get("log_s", 0.0))) for one in features])
    if (factor := _shared(ratio[use])) is not None:
        if abs(factor + 1) < COMPUTED:
            return ", and only in its sign"
        return f": it is {factor:.6g} times what it should be"
    for words, power in (("s", s), ("s²", s * s), ("1/s", 1 / s), ("1/s²", 1 / s**2)):
        if _shared((ratio / power)[use]) is not None:
            return f": it is off by a factor that is proportional to {words}"
    return ""


def _shared(values: Vector) -> float | None:
    """The value that all `values` have, if they have one."""
    middle = float(np.median(values))
    return middle if np.abs(values - middle).max() <= COMPUTED * abs(middle) else None


def _shown(result: Result) -> list[Call]:
    """The inputs that a student sees beside the sentence, each of a claim that failed."""
    failures = [claim.failure for claim in result.claims if claim.failure is not None]
    calls = [failure.call for failure in failures if failure.call is not None]
    return [call for call in calls if call.function == result.exercise.name]


def _boundary(exercise: Exercise, calls: list[Call], right: Flags, shown: list[Call]) -> str:
    """A quantity that tells the inputs with right answers from those with wrong ones.

    What is `shown` counts as wrong: no sentence may say that it is right there.
    """
    if not FEW <= right.sum() <= len(right) - FEW:
        return ""
    right = np.append(right, np.zeros(len(shown), dtype=bool))
    features = [dict(_features(exercise, call)) for call in (*calls, *shown)]
    for name in features[0]:
        values = np.array([feature[name] for feature in features])
        below, above = values[right], values[~right]
        if below.max() < above.min():
            if below.max() == 0.0:
                return f"It is right where {name} is 0, and wrong wherever it is not."
            return f"It is right for {name} up to {below.max():.3g}, and wrong beyond."
        if above.max() < below.min():
            if above.max() == 0.0:
                return f"It is wrong only where {name} is 0."
            return f"It is right for {name} from {below.min():.3g} on, and wrong below."
    return ""


def _features(exercise: Exercise, call: Call) -> Iterator[tuple[str, float]]:
    """Quantities by which inputs differ, each under the name that a student knows it by."""
    given = dict(zip(exercise.arguments, call.arguments, strict=True))
    if "x" in given:
        yield "the number of points", float(np.size(given["x"]))
        x = np.asarray(given["x"])
        yield "the number of repeated x", float(x.size - np.unique(x).size)
        yield "the number of points out of order", float(np.sum(np.diff(x) < 0))
    for name in ("m", "b"):
        if name in given:
            yield f"|{name}|", float(np.abs(given[name]))
            yield name, float(given[name])
    yield from _scales(given)


def _scales(given: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    if "s" in given:
        s = float(np.asarray(given["s"]))
        yield "s", s
        yield "|log s|", abs(float(np.log(s)))
    elif "log_s" in given:
        log_s = float(np.asarray(given["log_s"]))
        s = float(np.exp(log_s))
        yield "log_s", log_s
        yield "|log_s|", abs(log_s)
    else:
        return
    if "x" in given:
        x, y, m, b = (np.asarray(given[name], dtype=np.float64) for name in "xymb")
        yield "the largest residual over s", float(np.max(np.abs(y - m * x - b)) / s)


def _digits(expected: Vector, got: Vector) -> str:
    """How many digits are right, if some always are."""
    with np.errstate(all="ignore"):
        error = np.abs(got - expected) / np.abs(expected)
    error = error[np.isfinite(error) & (error > 0)]
    if error.size < FEW or np.quantile(error, 0.9) > 1e-2:
        return ""
    return f"It is right to about {-np.log10(np.median(error)):.0f} digits, and no further."


def _side(expected: Vector, got: Vector, right: Flags) -> str:
    """Whether it is always too large, or always too small."""
    off = (got - expected)[~right]
    if len(off) < FEW or not np.isfinite(off).all():
        return ""
    several = "Each number that is wrong" if expected.shape[1] > 1 else "Wherever it is wrong, it"
    if (off > 0).all():
        return f"{several} is too large."
    return f"{several} is too small." if (off < 0).all() else ""
