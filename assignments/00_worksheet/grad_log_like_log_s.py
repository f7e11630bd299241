"""Claims about `grad_log_like_log_s(x, y, m, b, log_s)`: 2 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise, float64_tensors, rounding

from . import reference
from .extremes import ALWAYS_HALVED_LOG, ALWAYS_LOG, ALWAYS_UPHILL_LOG
from .inputs import FITS, LOG_LINES, LOG_TAME, Array, LogLine
from .tolerances import of_its_size


@exercise(points=2, takes="tensors", parts="m b log_s")
def grad_log_like_log_s(
    x: Array, y: Array, m: float, b: float, log_s: float
) -> tuple[np.float64, np.float64, np.float64]:
    """The derivatives of the log likelihood with respect to m, b and log s: three numbers."""
    return tuple(reference.grad_log_like_log_s(x, y, m, b, log_s))


def tolerance(truth, line: LogLine) -> np.ndarray:
    """What rounding can do to each derivative at this line."""
    return rounding(len(line.x), truth.grad_log_like_log_s_scale(*line))


@grad_log_like_log_s.claim(points=0.25, gate=True, draws=6, always=ALWAYS_UPHILL_LOG, line=LOG_TAME)
def points_uphill(student, truth, line):
    """A small step along the gradient makes the log likelihood larger."""
    rise = float(np.dot(student.grad_log_like_log_s(*line), truth(*line)))
    if not rise > 0:
        raise ClaimFailure("a direction that goes up", "one that does not")


@grad_log_like_log_s.claim(points=1.0, draws=10, always=ALWAYS_LOG, line=LOG_LINES)
def has_the_right_components(student, truth, line):
    """The derivatives by m, by b and by log s are right, in that order."""
    agree(
        student.grad_log_like_log_s(*line),
        truth(*line),
        tolerance=tolerance(truth, line),
    )


@grad_log_like_log_s.claim(
    points=0.25, relative=True, draws=4, always=ALWAYS_HALVED_LOG, line=LOG_LINES
)
def adds_up_over_splits(student, truth, line):
    """The gradients of two halves of the data add up to that of the whole."""
    x, y, *theta = line
    whole = student.grad_log_like_log_s(*line)
    halves = [student.grad_log_like_log_s(x[k::2], y[k::2], *theta) for k in (0, 1)]
    allowed = of_its_size(2 * tolerance(truth, line), whole, truth(*line))
    agree(halves[0] + halves[1], whole, tolerance=allowed)


@grad_log_like_log_s.claim(points=0.25, draws=2, fit=FITS)
def vanishes_at_the_best_fit(student, truth, fit):
    """At the line of least squares, with the root mean square residual as s, all three are zero."""
    m, b, s = (float(value) for value in truth.best_fit(fit.x, fit.y))
    line = LogLine(fit.x, fit.y, m, b, float(np.log(s)))
    # The best fit is rounded too, which moves the gradient by as much again.
    agree(student.grad_log_like_log_s(*line), np.zeros(3), tolerance=2 * tolerance(truth, line))


@grad_log_like_log_s.claim(points=0.25, draws=3, line=LOG_TAME)
def returns_three_float64_tensors(student, truth, line):
    """What comes back is three float64 tensors without axes."""
    float64_tensors(student.grad_log_like_log_s.answer(*line), count=3)


grad_log_like_log_s.asked_hints(
    "What does the tape have to watch now, s or log s?",
    "Only one of the three derivatives differs from those by m, b and s. By which factor?",
    paragraph="Exercises: `tf_log_like_log_s` and `grad_log_like_log_s`",
)
