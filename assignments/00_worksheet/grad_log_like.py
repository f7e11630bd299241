"""Claims about `grad_log_like(x, y, m, b, s)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise, float64_tensors, rounding

from . import reference
from .extremes import ALWAYS, ALWAYS_COMPARED, ALWAYS_HALVED, ALWAYS_UPHILL, UNIT, in_unit
from .inputs import FITS, LINES, TAME, Array, Line
from .tolerances import of_its_size


@exercise(points=3, takes="tensors", parts="m b s")
def grad_log_like(
    x: Array, y: Array, m: float, b: float, s: float
) -> tuple[np.float64, np.float64, np.float64]:
    """The derivatives of the log likelihood with respect to m, b and s: three numbers."""
    return tuple(reference.grad_log_like(x, y, m, b, s))


def tolerance(truth, line: Line) -> np.ndarray:
    """What rounding can do to each derivative at this line."""
    return rounding(len(line.x), truth.grad_log_like_scale(*line))


@grad_log_like.claim(points=0.5, gate=True, draws=6, always=ALWAYS_UPHILL, line=TAME)
def points_uphill(student, truth, line):
    """A small step along the gradient makes the log likelihood larger."""
    rise = float(np.dot(student.grad_log_like(*line), truth(*line)))
    if not rise > 0:
        raise ClaimFailure("a direction that goes up", "one that does not")


@grad_log_like.claim(points=1.5, draws=10, always=ALWAYS, line=LINES)
def has_the_right_components(student, truth, line):
    """The derivatives by m, by b and by s are right, in that order."""
    agree(student.grad_log_like(*line), truth(*line), tolerance=tolerance(truth, line))


@grad_log_like.claim(points=0.25, relative=True, draws=4, always=ALWAYS_HALVED, line=LINES)
def adds_up_over_splits(student, truth, line):
    """The gradients of two halves of the data add up to that of the whole."""
    x, y, *theta = line
    whole = student.grad_log_like(*line)
    halves = [student.grad_log_like(x[k::2], y[k::2], *theta) for k in (0, 1)]
    allowed = of_its_size(2 * tolerance(truth, line), whole, truth(*line))
    agree(halves[0] + halves[1], whole, tolerance=allowed)


@grad_log_like.claim(points=0.25, draws=2, fit=FITS)
def vanishes_at_the_best_fit(student, truth, fit):
    """At the line of least squares, with the root mean square residual as s, all three are zero."""
    m, b, s = (float(value) for value in truth.best_fit(fit.x, fit.y))
    line = Line(fit.x, fit.y, m, b, s)
    # The best fit is rounded too, which moves the gradient by as much again.
    agree(student.grad_log_like(*line), np.zeros(3), tolerance=2 * tolerance(truth, line))


@grad_log_like.claim(points=0.25, relative=True, draws=4, always=ALWAYS_COMPARED, line=LINES)
def knows_its_unit(student, truth, line):
    """In a unit k times smaller, every derivative is k times smaller."""
    other = in_unit(line)
    here, there = student.grad_log_like(*line), student.grad_log_like(*other)
    allowed = tolerance(truth, line) + UNIT * tolerance(truth, other)
    agree(UNIT * there, here, tolerance=of_its_size(allowed, here, truth(*line)))


@grad_log_like.claim(points=0.25, draws=3, line=TAME)
def returns_three_float64_tensors(student, truth, line):
    """What comes back is three float64 tensors without axes."""
    float64_tensors(student.grad_log_like.answer(*line), count=3)


grad_log_like.asked_hints(
    "A tape has to be told what to watch before anything is computed: m, b and s arrive as "
    "tensors, not as variables.",
    "Compute the value inside of the `with`, and ask for all three derivatives in one call.",
    paragraph="Exercise: `grad_log_like`",
)
