"""Claims about `tf_log_like(x, y, m, b, s)`: 3 points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib import reference
from course_lib.checks.asking import Student
from course_lib.checks.strategies import LINES, TAME, Line
from course_lib.checks.tolerance import rounding
from course_lib.checks.worksheet.exercises import tf_log_like
from course_lib.checks.worksheet.extremes import (
    ALWAYS,
    ALWAYS_STEEP,
    LIFT,
    TILT,
    UNIT,
    further_away,
    in_unit,
)
from course_lib.checks.worksheet.returned import float64_tensors
from course_lib.checks.wrong import agree, falls


def tolerance(line: Line) -> np.ndarray:
    """What rounding can do to the log likelihood of this line."""
    return rounding(len(line.x), reference.log_like_scale(*line))


@tf_log_like.claim(points=0.25, gate=True, draws=4, line=TAME)
def test_falls_as_the_points_move_away(student: Student, line: Line) -> None:
    """The further the points are from the line, the lower the value."""
    values = [student.tf_log_like(*moved) for moved in further_away(line)]
    for near, far in pairwise(values):  # in order by chance: one in 24, for each line
        falls(near, far, "with every residual doubled")


@tf_log_like.claim(points=0.75, draws=14, always=ALWAYS, line=LINES)
def test_has_the_right_value(student: Student, line: Line) -> None:
    """The value is the log of the Gaussian density of the data, at every scale and size."""
    agree(student.tf_log_like(*line), reference.log_like(*line), tolerance=tolerance(line))


@tf_log_like.claim(points=0.25, draws=4, line=TAME)
def test_is_right_for_a_perfect_fit(student: Student, line: Line) -> None:
    """When every point is on the line, the height of the Gaussian is all that is left."""
    # Of numbers with one decimal, two are exact: y is as short to read as can be.
    fitted = line._replace(y=np.round(line.m * line.x + line.b, 2))
    agree(student.tf_log_like(*fitted), reference.log_like(*fitted), tolerance=tolerance(fitted))


@tf_log_like.claim(points=0.25, relative=True, draws=6, line=LINES)
def test_adds_up_over_splits(student: Student, line: Line) -> None:
    """Two halves of the data add up to the whole."""
    x, y, *theta = line
    whole = student.tf_log_like(*line)
    halves = [student.tf_log_like(x[k::2], y[k::2], *theta) for k in (0, 1)]
    # The halves' magnitudes add up to the whole's, so both sides are off by that much at most.
    agree(halves[0] + halves[1], whole, tolerance=2 * tolerance(line))


@tf_log_like.claim(points=0.25, relative=True, draws=4, line=TAME)
def test_sees_only_the_residuals(student: Student, line: Line) -> None:
    """Lifting and tilting the data and the line together changes nothing."""
    x, y, m, b, s = line
    moved = Line(x, y + LIFT + TILT * x, m + TILT, b + LIFT, s)
    # The moved data are rounded too, which counts as one more operation on the moved magnitudes.
    agree(
        student.tf_log_like(*moved),
        student.tf_log_like(*line),
        tolerance=tolerance(line) + 2 * tolerance(moved),
    )


@tf_log_like.claim(points=0.25, relative=True, draws=6, line=LINES)
def test_knows_its_unit(student: Student, line: Line) -> None:
    """In a unit k times smaller, the log density of n points is lower by n log k."""
    other = in_unit(line)
    agree(
        student.tf_log_like(*other),
        student.tf_log_like(*line) - len(line.x) * np.log(UNIT),
        tolerance=tolerance(line) + tolerance(other),
    )


@tf_log_like.claim(points=0.5, draws=8, always=ALWAYS_STEEP, line=LINES)
def test_can_be_differentiated(student: Student, line: Line) -> None:
    """TensorFlow finds the right derivatives by m, b and s through your function."""
    agree(
        student.tf_log_like.gradient(*line),
        reference.grad_log_like(*line),
        tolerance=rounding(len(line.x), reference.grad_log_like_scale(*line)),
    )


@tf_log_like.claim(points=0.5, draws=3, line=TAME)
def test_returns_one_float64_tensor(student: Student, line: Line) -> None:
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.tf_log_like.answer(*line), count=1)
