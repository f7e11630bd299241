"""Claims about `log_like(x, y, m, b, s)`."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib.claims import agree, exercise, falls, float64_tensors, rounding
from course_lib.feedback.counterfactuals import of_numbers
from course_lib.feedback.pictures import curve_along

from .inputs import ALWAYS, LINES, TAME, Array, Line
from .truth import gradient, value


@exercise(points=3, takes="tensors", differentiable="m b s")
def log_like(x: Array, y: Array, m: float, b: float, s: float) -> float:
    """The log likelihood: ``[]``; x, y ``[n]``, slope, intercept, scale."""
    return value(x, y, m, b, s)


@log_like.gradient
def _gradient(x: Array, y: Array, m: float, b: float, s: float) -> Array:
    return gradient(x, y, m, b, s)


def tolerance(truth, line: Line) -> np.ndarray:
    """What rounding can do."""
    return rounding(len(line.x), truth.size(*line))


@log_like.claim(points=0.5, gate=True, draws=4, line=TAME)
def falls_as_the_points_move_away(student, truth, line):
    """The further the points are from the line, the lower the value."""
    rest = line.y - (line.m * line.x + line.b)
    moved = [line._replace(y=line.y + k * rest) for k in (0, 1, 3, 7)]
    for near, far in pairwise([student.log_like(*each) for each in moved]):
        falls(near, far, "with every residual doubled")


@log_like.claim(points=0.75, draws=14, always=ALWAYS, line=LINES)
def has_the_right_value(student, truth, line):
    """The value is the log of the Gaussian density of the data."""
    agree(student.log_like(*line), truth(*line), tolerance=tolerance(truth, line))


@log_like.claim(points=0.25, draws=4, line=TAME)
def is_right_for_a_perfect_fit(student, truth, line):
    """When every point is on the line, the height of the Gaussian is all that is left."""
    fitted = line._replace(y=np.round(line.m * line.x + line.b, 2))
    agree(student.log_like(*fitted), truth(*fitted), tolerance=tolerance(truth, fitted))


@log_like.claim(points=0.5, relative=True, draws=6, line=LINES)
def adds_up_over_splits(student, truth, line):
    """Two halves of the data add up to the whole."""
    x, y, *theta = line
    whole = student.log_like(*line)
    halves = [student.log_like(x[k::2], y[k::2], *theta) for k in (0, 1)]
    agree(halves[0] + halves[1], whole, tolerance=2 * tolerance(truth, line))


@log_like.claim(points=0.5, draws=8, line=LINES)
def can_be_differentiated(student, truth, line):
    """TensorFlow finds the right derivatives through your function."""
    agree(
        student.log_like.gradient(*line),
        truth.gradient(*line),
        tolerance=rounding(len(line.x), truth.gradient_size(*line)),
    )


@log_like.claim(points=0.5, draws=3, line=TAME)
def returns_one_float64_tensor(student, truth, line):
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.log_like.answer(*line), count=1)


log_like.counterfactuals += of_numbers("mbs")
log_like.pictures.append(curve_along({"s": "s", "m": "m"}, logarithmic={"s"}))
