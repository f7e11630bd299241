"""Claims about `tf_log_like_log_s(x, y, m, b, log_s)`: 1 point."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib import reference
from course_lib.checks.asking import Student
from course_lib.checks.strategies import LOG_LINES, LOG_TAME, LogLine
from course_lib.checks.tolerance import rounding
from course_lib.checks.worksheet.exercises import tf_log_like_log_s
from course_lib.checks.worksheet.extremes import ALWAYS_LOG, ALWAYS_STEEP_LOG, further_away
from course_lib.checks.worksheet.returned import float64_tensors
from course_lib.checks.wrong import agree, falls


def truth(line: LogLine) -> np.ndarray:
    """The log likelihood of this line."""
    return reference.log_like(*line[:4], np.exp(line.log_s))


def tolerance(line: LogLine) -> np.ndarray:
    """What rounding can do to it."""
    return rounding(len(line.x), reference.log_like_scale(*line[:4], np.exp(line.log_s)))


@tf_log_like_log_s.claim(points=0.1, gate=True, draws=4, line=LOG_TAME)
def test_falls_as_the_points_move_away(student: Student, line: LogLine) -> None:
    """The further the points are from the line, the lower the value."""
    values = [student.tf_log_like_log_s(*moved) for moved in further_away(line)]
    for near, far in pairwise(values):  # in order by chance: one in 24, for each line
        falls(near, far, "with every residual doubled")


@tf_log_like_log_s.claim(points=0.4, draws=10, always=ALWAYS_LOG, line=LOG_LINES)
def test_has_the_right_value(student: Student, line: LogLine) -> None:
    """The value is the log likelihood at the scale whose log you were given."""
    agree(student.tf_log_like_log_s(*line), truth(line), tolerance=tolerance(line))


@tf_log_like_log_s.claim(points=0.1, relative=True, draws=4, line=LOG_LINES)
def test_adds_up_over_splits(student: Student, line: LogLine) -> None:
    """Two halves of the data add up to the whole."""
    x, y, *theta = line
    whole = student.tf_log_like_log_s(*line)
    halves = [student.tf_log_like_log_s(x[k::2], y[k::2], *theta) for k in (0, 1)]
    agree(halves[0] + halves[1], whole, tolerance=2 * tolerance(line))


@tf_log_like_log_s.claim(points=0.3, draws=6, always=ALWAYS_STEEP_LOG, line=LOG_LINES)
def test_can_be_differentiated(student: Student, line: LogLine) -> None:
    """TensorFlow finds the right derivatives by m, b and log s through your function."""
    agree(
        student.tf_log_like_log_s.gradient(*line),
        reference.grad_log_like_log_s(*line),
        tolerance=rounding(len(line.x), reference.grad_log_like_log_s_scale(*line)),
    )


@tf_log_like_log_s.claim(points=0.1, draws=3, line=LOG_TAME)
def test_returns_one_float64_tensor(student: Student, line: LogLine) -> None:
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.tf_log_like_log_s.answer(*line), count=1)
