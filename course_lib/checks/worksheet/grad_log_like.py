"""Claims about `grad_log_like(x, y, m, b, s)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib import reference
from course_lib.checks.asking import Student
from course_lib.checks.strategies import FITS, LINES, TAME, Fit, Line
from course_lib.checks.tolerance import rounding
from course_lib.checks.worksheet.exercises import grad_log_like
from course_lib.checks.worksheet.extremes import ALWAYS, ALWAYS_SIDES, UNIT, in_unit
from course_lib.checks.worksheet.returned import float64_tensors
from course_lib.checks.wrong import Wrong, agree


def tolerance(line: Line) -> np.ndarray:
    """What rounding can do to each derivative at this line."""
    return rounding(len(line.x), reference.grad_log_like_scale(*line))


@grad_log_like.claim(points=0.5, gate=True, draws=8, always=ALWAYS_SIDES, line=TAME)
def test_points_uphill(student: Student, line: Line) -> None:
    """A small step along the gradient makes the log likelihood larger."""
    rise = float(np.dot(student.grad_log_like(*line), reference.grad_log_like(*line)))
    if not rise > 0:
        raise Wrong("a direction that goes up", "one that does not")


@grad_log_like.claim(points=1.0, draws=10, always=ALWAYS, line=LINES)
def test_has_the_right_components(student: Student, line: Line) -> None:
    """The derivatives by m, by b and by s are right, in that order."""
    agree(student.grad_log_like(*line), reference.grad_log_like(*line), tolerance=tolerance(line))


@grad_log_like.claim(points=0.25, relative=True, draws=4, line=LINES)
def test_adds_up_over_splits(student: Student, line: Line) -> None:
    """The gradients of two halves of the data add up to that of the whole."""
    x, y, *theta = line
    whole = student.grad_log_like(*line)
    halves = [student.grad_log_like(x[k::2], y[k::2], *theta) for k in (0, 1)]
    agree(halves[0] + halves[1], whole, tolerance=2 * tolerance(line))


@grad_log_like.claim(points=0.25, draws=2, fit=FITS)
def test_vanishes_at_the_best_fit(student: Student, fit: Fit) -> None:
    """At the line of least squares, with the root mean square residual as s, all three are zero."""
    m, b, s = (float(value) for value in reference.best_fit(fit.x, fit.y))
    line = Line(fit.x, fit.y, m, b, s)
    # The best fit is rounded too, which moves the gradient by as much again.
    agree(student.grad_log_like(*line), np.zeros(3), tolerance=2 * tolerance(line))


@grad_log_like.claim(points=0.25, relative=True, draws=4, line=LINES)
def test_knows_its_unit(student: Student, line: Line) -> None:
    """In a unit k times smaller, every derivative is k times smaller."""
    other = in_unit(line)
    agree(
        UNIT * student.grad_log_like(*other),
        student.grad_log_like(*line),
        tolerance=tolerance(line) + UNIT * tolerance(other),
    )


@grad_log_like.claim(points=0.75, draws=3, line=TAME)
def test_returns_three_float64_tensors(student: Student, line: Line) -> None:
    """What comes back is three float64 tensors without axes."""
    float64_tensors(student.grad_log_like.answer(*line), count=3)
