"""What is the same about all of an exercise's wrong answers, in plain numbers.

    pattern(evidence)     # "It is 2 times what it should be, on every input."

A constant, a factor, an offset, as much for each data point, float32, another order. A pattern is
said only if it holds on every row of the evidence, those that a student is shown among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from course_lib.feedback.evidence import ROUNDED, Evidence
from course_lib.text import listed

SAME = 1e-6  # relative: patterns are named from float64 answers that agree to six digits
FLOAT32 = float(np.finfo(np.float32).eps)
NEARLY_ALL = 0.8  # of the numbers, fewer where one of three is wrong; the rest may have cancelled
WORST = 1e-2  # relative: float32 sums that cancel are off by no more, on inputs that are shown
CANCELLED = 1e-6  # of the largest of several numbers: a smaller one is what terms left
OFTEN = 0.25  # of the inputs: on fewer, nan may be a side effect of what is wrong on all
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
EVERYWHERE = ", on every input"
SMALL = 0.01  # relative: what a constant with few digits is off by, 3.14 for pi or 9.8 for 9.81
FEW_DIGITS = " A constant with few digits does that."

Vector = NDArray[np.float64]
Pattern = Callable[[Vector, Vector, Vector], str]


def not_a_number(evidence: Evidence) -> str:
    """NaN where a number is due, and nothing wrong elsewhere, which might be the cause."""
    # without those of which a right answer is rounding
    wrong = [row.got for row in evidence.values.wrong_rows]
    return _said_of(_nan(evidence)) if all(np.isnan(got).any() for got in wrong) else ""


def infinite(evidence: Evidence) -> str:
    """Infinity on some inputs, where a finite number is due, and nothing wrong elsewhere."""
    wrong = [row.got for row in evidence.values.wrong_rows]
    everywhere = len(wrong) == len(evidence.values.every)
    if everywhere or not all(np.isinf(got).any() and not np.isnan(got).any() for got in wrong):
        return ""
    found = sorted({f"{number:g}" for got in wrong for number in got if np.isinf(number)})
    if not found:
        return ""
    where = f"{len(wrong)} inputs" if len(wrong) > 1 else "one input"
    return (
        f"It gives {listed(found)} on {where}, where a finite number is due: a density that is too "
        "small for float64 has the log of zero, an exponential may be too large, or something is "
        "divided by zero."
    )


def often_not_a_number(evidence: Evidence) -> str:
    """NaN on many inputs, also on one that is shown, whatever comes back on the others."""
    bad = _nan(evidence)
    where = {row.question.key for row, nan in zip(evidence.answered.every, bad, strict=True) if nan}
    shown = {question.key for question in evidence.shown_questions}
    if shown and not shown & where:
        return ""  # another cause is at work in the example, and is fixed first
    return _said_of(bad) if bad.sum() >= OFTEN * len(bad) else ""


def _nan(evidence: Evidence) -> NDArray[np.bool_]:
    return np.array([np.isnan(row.got).any() for row in evidence.answered.every], dtype=bool)


def _said_of(bad: NDArray[np.bool_]) -> str:
    if not bad.any():
        return ""
    where = "on every input" if bad.all() else f"on {bad.sum()} of {len(bad)} inputs"
    return (
        f"It gives nan, which is not a number, {where}: so do the logarithm and the root of a "
        "negative number, 0/0 and inf - inf."
    )


def pattern(evidence: Evidence) -> str:
    """What is the same about all wrong answers of this exercise, if anything plainly is."""
    whole = evidence.answered
    if len(whole.every) < 5:
        return ""
    table = whole.flat if whole.others else whole
    expected, got = table.expected, table.got
    points = np.array([_points(row.question.arguments) for row in table.rows])
    if not np.isfinite(got).any():
        return "What comes back is not a finite number on any input."
    keep = np.all(np.isfinite(got) & np.isfinite(expected), axis=1)
    if not keep.any():
        return ""
    expected, got, points = expected[keep], got[keep], points[keep]
    searched = evidence.exercise.approximate is not None
    for recognise in _PATTERNS:
        if searched and recognise is _single:  # it is off by what its search leaves
            continue
        if whole.others and recognise is _nothing:  # one number of several is no answer
            continue
        if evidence.exercise.up_to_a_constant and recognise in (_nothing, _by_points, _offset):
            continue  # a difference may be zero, and off by a constant where its home is wrong
        sentence = recognise(expected, got, points)
        if whole.others and sentence.startswith("It is off by"):
            sentence = sentence.replace("It is", "Each of its numbers is", 1)
        if sentence:
            if evidence.everywhere:
                return sentence
            return sentence.replace(" on every input", " wherever it gives a number")
    if expected.shape[1] == 3 and not whole.others:
        return _permutation(expected, got)
    return ""


def _points(arguments: tuple[object, ...]) -> int:
    """How many data points there are: the length of the first argument."""
    return int(np.size(arguments[0])) if arguments and isinstance(arguments[0], np.ndarray) else 1


def _constant(values: Vector, size: Vector) -> float | None:
    """The value that all `values` share within SAME of `size`, or None."""
    if len(values) < 5:
        return None
    middle = float(np.median(values))
    middle = 1.0 if abs(middle - 1.0) <= SAME else middle
    close = np.abs(values - middle) <= SAME * np.maximum(np.abs(middle), np.abs(size))
    return middle if close.all() else None


def _nothing(expected: Vector, got: Vector, points: Vector) -> str:
    varies = np.ptp(expected, axis=0).max(initial=0.0) if len(got) else 0.0
    if varies > 0 and np.ptp(got, axis=0).max() == 0.0:
        return "It gives the same answer whatever the input is."
    return ""


def _factor(expected: Vector, got: Vector, points: Vector) -> str:
    use = np.abs(expected) > ROUNDED / SAME  # smaller ones are rounded too much to have a ratio
    if use.sum() < 5:
        return ""
    ratio = float(np.median(got[use] / expected[use]))
    right = ratio * expected
    if (np.abs(got - right) > SAME * np.abs(right) + ROUNDED).any() or abs(ratio - 1) < SAME:
        return ""
    if abs(ratio + 1) < SAME:
        return "The size is right everywhere, and the sign is wrong everywhere."
    if ratio == 0.0:
        return ""
    hint = FEW_DIGITS if abs(ratio - 1) < SMALL else ""
    return f"It is {ratio:.6g} times what it should be{EVERYWHERE}.{hint}"


def _by_points(expected: Vector, got: Vector, points: Vector) -> str:
    if expected.shape[1] != 1 or len(set(points.tolist())) < 2:
        return ""
    e, g = expected[:, 0], got[:, 0]
    use = np.abs(e) > 0
    if (g[~use] == 0).all() and len(set(points[use].tolist())) > 1:  # zero times n is zero
        ratio, n, size = g[use] / e[use], points[use], np.zeros(use.sum())
        if not ratio.any():
            return ""  # it is 0 everywhere, and 0 is any number of times anything
        if _constant(ratio * n, size) is not None:
            return "It is smaller than it should be by as many times as there are data points."
        if _constant(ratio / n, size) is not None:
            return "It is larger than it should be by as many times as there are data points."
        for words, factor in _of_count(n):
            if np.isfinite(factor).all() and _constant(ratio / factor, size) == 1.0:
                return f"It is {words} times what it should be, where n is the number of points."
    scale = np.abs(e) / np.maximum(points, 1)
    each = _constant((g - e) / points, scale)
    if each is not None and abs(each) > SAME:
        hint = FEW_DIGITS if abs(each) < SMALL else ""
        return f"It is off by {each:+.6g} for each data point{EVERYWHERE}.{hint}"
    return ""


def _of_count(n: Vector) -> Iterator[tuple[str, Vector]]:
    """Factors that a number of points may come in by, one too many or too few."""
    with np.errstate(all="ignore"):
        yield "n/(n + 1)", n / (n + 1)
        yield "(n + 1)/n", (n + 1) / n
        yield "n/(n - 1)", n / (n - 1)
        yield "(n - 1)/n", (n - 1) / n
        yield "√n", np.sqrt(n)
        yield "1/√n", 1 / np.sqrt(n)


def _absolute(expected: Vector, got: Vector, points: Vector) -> str:
    right = np.abs(got - np.abs(expected)) <= SAME * np.abs(expected) + ROUNDED
    if right.all() and (expected < 0).any() and (expected > 0).any():
        return (
            "Its size is right everywhere, and it comes back without its sign where it is below 0."
        )
    return ""


def _rounded(expected: Vector, got: Vector, points: Vector) -> str:
    """Numbers with a few decimals, or none, that are the nearest to the right ones."""
    for decimals in range(5):
        shift = 10.0**decimals
        off = np.abs(got - expected) * shift
        with np.errstate(all="ignore"):
            written = np.abs(got * shift - np.round(got * shift)) <= SAME
        # a whole number may be cut off as well as rounded; the truth has to have more digits
        if (
            written.all()
            and off.max() < (1.0 if decimals == 0 else 0.5 + SAME)
            and off.max() > SAME
        ):
            what = f"rounded to {decimals} decimals" if decimals else "a whole number"
            return f"It is {what.replace('1 decimals', 'one decimal')}{EVERYWHERE}."
    return ""


def _offset(expected: Vector, got: Vector, points: Vector) -> str:
    if expected.shape[1] != 1:
        return ""
    offset = _constant((got - expected)[:, 0], np.abs(expected[:, 0]))
    if offset is not None and abs(offset) > SAME:
        return f"It is off by the same amount on every input: {offset:+.6g}."
    return ""


def _single(expected: Vector, got: Vector, points: Vector) -> str:
    size = np.max(np.abs(expected), axis=1, keepdims=True) + np.zeros_like(expected)
    use = (np.abs(expected) > 1e-300) & (np.abs(expected) > CANCELLED * size)
    error = np.abs(got - expected)[use] / np.abs(expected[use])
    if not error.size or np.mean(error < 16 * FLOAT32) < NEARLY_ALL or error.max() > WORST:
        return ""
    if np.median(error) > FLOAT32 / 64:
        return (
            "It is right to about seven digits and no further: somewhere on the way a number is "
            "float32, or a derivative is taken by differences."
        )
    return ""


_PATTERNS: tuple[Pattern, ...] = (
    _nothing,
    _factor,
    _absolute,
    _offset,
    _by_points,
    _rounded,
    _single,
)


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
