"""Claims about `grad_log_like_log_s(x, y, m, b, log_s)`: 2 points."""

from __future__ import annotations

import numpy as np

from course_lib import reference
from course_lib.checks.asking import Student
from course_lib.checks.strategies import FITS, LOG_LINES, LOG_TAME, Fit, LogLine
from course_lib.checks.tolerance import rounding
from course_lib.checks.worksheet.exercises import grad_log_like_log_s
from course_lib.checks.worksheet.extremes import ALWAYS_LOG, ALWAYS_SIDES_LOG
from course_lib.checks.worksheet.returned import float64_tensors
from course_lib.checks.wrong import Wrong, agree


def tolerance(line: LogLine) -> np.ndarray:
    """What rounding can do to each derivative at this line."""
    return rounding(len(line.x), reference.grad_log_like_log_s_scale(*line))


@grad_log_like_log_s.claim(points=0.25, gate=True, draws=8, always=ALWAYS_SIDES_LOG, line=LOG_TAME)
def test_points_uphill(student: Student, line: LogLine) -> None:
    """A small step along the gradient makes the log likelihood larger."""
    truth = reference.grad_log_like_log_s(*line)
    rise = float(np.dot(student.grad_log_like_log_s(*line), truth))
    if not rise > 0:
        raise Wrong("a direction that goes up", "one that does not")


@grad_log_like_log_s.claim(points=0.75, draws=10, always=ALWAYS_LOG, line=LOG_LINES)
def test_has_the_right_components(student: Student, line: LogLine) -> None:
    """The derivatives by m, by b and by log s are right, in that order."""
    agree(
        student.grad_log_like_log_s(*line),
        reference.grad_log_like_log_s(*line),
        tolerance=tolerance(line),
    )


@grad_log_like_log_s.claim(points=0.25, relative=True, draws=4, line=LOG_LINES)
def test_adds_up_over_splits(student: Student, line: LogLine) -> None:
    """The gradients of two halves of the data add up to that of the whole."""
    x, y, *theta = line
    whole = student.grad_log_like_log_s(*line)
    halves = [student.grad_log_like_log_s(x[k::2], y[k::2], *theta) for k in (0, 1)]
    agree(halves[0] + halves[1], whole, tolerance=2 * tolerance(line))


@grad_log_like_log_s.claim(points=0.25, draws=2, fit=FITS)
def test_vanishes_at_the_best_fit(student: Student, fit: Fit) -> None:
    """At the line of least squares, with the root mean square residual as s, all three are zero."""
    m, b, s = (float(value) for value in reference.best_fit(fit.x, fit.y))
    line = LogLine(fit.x, fit.y, m, b, float(np.log(s)))
    # The best fit is rounded too, which moves the gradient by as much again.
    agree(student.grad_log_like_log_s(*line), np.zeros(3), tolerance=2 * tolerance(line))


@grad_log_like_log_s.claim(points=0.5, draws=3, line=LOG_TAME)
def test_returns_three_float64_tensors(student: Student, line: LogLine) -> None:
    """What comes back is three float64 tensors without axes."""
    float64_tensors(student.grad_log_like_log_s.answer(*line), count=3)
