"""Claims about `tf_log_like(x, y, m, b, s)`: 3 points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib.claims import agree, exercise, falls, float64_tensors, rounding

from . import reference
from .extremes import (
    ALWAYS,
    ALWAYS_COMPARED,
    ALWAYS_EVERYDAY,
    ALWAYS_HALVED,
    ALWAYS_STEEP,
    FAR,
    LIFT,
    TILT,
    UNIT,
    further_away,
    in_unit,
)
from .inputs import LINES, TAME, Array, Line
from .tolerances import of_its_size


@exercise(points=3, takes="tensors", differentiable="m b s")
def tf_log_like(x: Array, y: Array, m: float, b: float, s: float) -> Array:
    """The log likelihood, in nats: ``[]``; x, y ``[n]``, slope, intercept, scale (unit of y)."""
    return reference.log_like(x, y, m, b, s)


@tf_log_like.gradient
def _gradient(x: Array, y: Array, m: float, b: float, s: float) -> Array:
    return reference.grad_log_like(x, y, m, b, s)


def tolerance(truth, line: Line) -> np.ndarray:
    """What rounding can do to the log likelihood of this line."""
    return rounding(len(line.x), truth.log_like_scale(*line))


@tf_log_like.claim(points=0.25, gate=True, draws=4, always=ALWAYS_EVERYDAY, line=TAME)
def falls_as_the_points_move_away(student, truth, line):
    """The further the points are from the line, the lower the value."""
    values = [student.tf_log_like(*moved) for moved in further_away(line)]
    for near, far in pairwise(values):  # in order by chance: one in 24, for each line
        falls(near, far, "with every residual doubled")


@tf_log_like.claim(points=1.0, draws=14, always=ALWAYS, line=LINES)
def has_the_right_value(student, truth, line):
    """The value is the log of the Gaussian density of the data, at every scale and size."""
    agree(student.tf_log_like(*line), truth(*line), tolerance=tolerance(truth, line))


@tf_log_like.claim(points=0.25, draws=4, always=(*ALWAYS_EVERYDAY, FAR), line=TAME)
def is_right_for_a_perfect_fit(student, truth, line):
    """When every point is on the line, the height of the Gaussian is all that is left."""
    # Of numbers with one decimal, two are exact: y is as short to read as can be.
    fitted = line._replace(y=np.round(line.m * line.x + line.b, 2))
    agree(student.tf_log_like(*fitted), truth(*fitted), tolerance=tolerance(truth, fitted))


@tf_log_like.claim(points=0.25, relative=True, draws=6, always=ALWAYS_HALVED, line=LINES)
def adds_up_over_splits(student, truth, line):
    """Two halves of the data add up to the whole."""
    x, y, *theta = line
    whole = student.tf_log_like(*line)
    halves = [student.tf_log_like(x[k::2], y[k::2], *theta) for k in (0, 1)]
    # The halves' magnitudes add up to the whole's, so both sides are off by that much at most.
    allowed = of_its_size(2 * tolerance(truth, line), whole, truth(*line))
    agree(halves[0] + halves[1], whole, tolerance=allowed)


@tf_log_like.claim(points=0.25, relative=True, draws=4, always=ALWAYS_EVERYDAY, line=TAME)
def sees_only_the_residuals(student, truth, line):
    """Lifting and tilting the data and the line together changes nothing."""
    x, y, m, b, s = line
    moved = Line(x, y + LIFT + TILT * x, m + TILT, b + LIFT, s)
    # The moved data are rounded too, which counts as one more operation on the moved magnitudes.
    here, there = student.tf_log_like(*line), student.tf_log_like(*moved)
    allowed = tolerance(truth, line) + 2 * tolerance(truth, moved)
    agree(there, here, tolerance=of_its_size(allowed, here, truth(*line)))


@tf_log_like.claim(points=0.25, relative=True, draws=6, always=ALWAYS_COMPARED, line=LINES)
def knows_its_unit(student, truth, line):
    """In a unit k times smaller, the log density of n points is lower by n log k."""
    other = in_unit(line)
    here, there = student.tf_log_like(*line), student.tf_log_like(*other)
    allowed = of_its_size(tolerance(truth, line) + tolerance(truth, other), here, truth(*line))
    agree(there, here - len(line.x) * np.log(UNIT), tolerance=allowed)


@tf_log_like.claim(points=0.5, draws=8, always=ALWAYS_STEEP, line=LINES)
def can_be_differentiated(student, truth, line):
    """TensorFlow finds the right derivatives by m, b and s through your function."""
    agree(
        student.tf_log_like.gradient(*line),
        truth.gradient(*line),
        tolerance=rounding(len(line.x), truth.grad_log_like_scale(*line)),
    )


@tf_log_like.claim(points=0.25, draws=3, line=TAME)
def returns_one_float64_tensor(student, truth, line):
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.tf_log_like.answer(*line), count=1)


tf_log_like.asked_hints(
    "Which two terms does the sum in the text have? Write each for all points at once, "
    "before you add anything up.",
    "The second term does not depend on the point. How often is it in the sum?",
    "Try it with one point on the line, where only the second term is left, and compare "
    "with the formula by hand.",
    paragraph="Exercise: `tf_log_like`",
)
