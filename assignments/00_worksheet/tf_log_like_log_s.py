"""Claims about `tf_log_like_log_s(x, y, m, b, log_s)`: 1 point."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib.claims import agree, exercise, falls, float64_tensors, rounding

from . import reference
from .extremes import (
    ALWAYS_EVERYDAY_LOG,
    ALWAYS_HALVED_LOG,
    ALWAYS_LOG,
    ALWAYS_STEEP_LOG,
    further_away,
)
from .inputs import LOG_LINES, LOG_TAME, Array, LogLine
from .tolerances import of_its_size


@exercise(points=1, takes="tensors", differentiable="m b log_s")
def tf_log_like_log_s(x: Array, y: Array, m: float, b: float, log_s: float) -> Array:
    """The log likelihood at the scale exp(log_s), in nats: ``[]``; x, y ``[n]``."""
    return reference.log_like(x, y, m, b, np.exp(log_s))


@tf_log_like_log_s.gradient
def _gradient(x: Array, y: Array, m: float, b: float, log_s: float) -> Array:
    return reference.grad_log_like_log_s(x, y, m, b, log_s)


def tolerance(truth, line: LogLine) -> np.ndarray:
    """What rounding can do to it."""
    return rounding(len(line.x), truth.log_like_scale(*line[:4], np.exp(line.log_s)))


@tf_log_like_log_s.claim(points=0.1, gate=True, draws=4, always=ALWAYS_EVERYDAY_LOG, line=LOG_TAME)
def falls_as_the_points_move_away(student, truth, line):
    """The further the points are from the line, the lower the value."""
    values = [student.tf_log_like_log_s(*moved) for moved in further_away(line)]
    for near, far in pairwise(values):  # in order by chance: one in 24, for each line
        falls(near, far, "with every residual doubled")


@tf_log_like_log_s.claim(points=0.4, draws=10, always=ALWAYS_LOG, line=LOG_LINES)
def has_the_right_value(student, truth, line):
    """The value is the log likelihood at the scale whose log you were given."""
    agree(student.tf_log_like_log_s(*line), truth(*line), tolerance=tolerance(truth, line))


@tf_log_like_log_s.claim(
    points=0.1, relative=True, draws=4, always=ALWAYS_HALVED_LOG, line=LOG_LINES
)
def adds_up_over_splits(student, truth, line):
    """Two halves of the data add up to the whole."""
    x, y, *theta = line
    whole = student.tf_log_like_log_s(*line)
    halves = [student.tf_log_like_log_s(x[k::2], y[k::2], *theta) for k in (0, 1)]
    allowed = of_its_size(2 * tolerance(truth, line), whole, truth(*line))
    agree(halves[0] + halves[1], whole, tolerance=allowed)


@tf_log_like_log_s.claim(points=0.3, draws=6, always=ALWAYS_STEEP_LOG, line=LOG_LINES)
def can_be_differentiated(student, truth, line):
    """TensorFlow finds the right derivatives by m, b and log s through your function."""
    agree(
        student.tf_log_like_log_s.gradient(*line),
        truth.gradient(*line),
        tolerance=rounding(len(line.x), truth.grad_log_like_log_s_scale(*line)),
    )


@tf_log_like_log_s.claim(points=0.1, draws=3, line=LOG_TAME)
def returns_one_float64_tensor(student, truth, line):
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.tf_log_like_log_s.answer(*line), count=1)


tf_log_like_log_s.asked_hints(
    "You have a function of s already. Which s belongs to this log s?",
    paragraph="Exercises: `tf_log_like_log_s` and `grad_log_like_log_s`",
)
