"""Claims about `log_prob(x, y, m, b, log_s)`: 1 point, up to a constant for each data set."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib.claims import Inputs, agree, exercise, falls, float64_tensors, rounding

from . import reference
from .extremes import ALWAYS_LOG, ALWAYS_STEEP_LOG
from .inputs import LOG_LINES, Array, LogLine, log_lines
from .tolerances import CONSTANT, by_the_angle


@exercise(points=1, takes="tensors", differentiable="m b log_s", up_to_a_constant=True)
def log_prob(x: Array, y: Array, m: float, b: float, log_s: float) -> Array:
    """The log posterior density, up to a constant for each data set: ``[]``; x, y ``[n]``."""
    return reference.log_prob(x, y, m, b, log_s)


@log_prob.gradient
def _gradient(x: Array, y: Array, m: float, b: float, log_s: float) -> Array:
    return reference.grad_log_prob(x, y, m, b, log_s)


POINT = log_lines((1,), tame=True)
# Far from the line and near, on both sides. Of a point that is near, the steps are small: data that
# are not those of the question do not follow them.
_PLACES = [(1.0, 2.0), (-2.0, 1.5), (3.0, -1.0), (-1.0, -3.0), (1.0, 0.85), (1.0, 0.65)]
ALWAYS_POINT: tuple[Inputs, ...] = tuple(
    {"line": LogLine(np.array([x]), np.array([y]), 0.5, 0.25, log_s)}
    for x, y in _PLACES
    for log_s in (-1.0, 0.5)
)


def tolerance(truth, *lines: LogLine) -> np.ndarray:
    """What rounding can do to a sum of log posteriors, each with a constant of its author's."""
    scales = [truth.log_prob_scale(*line) + CONSTANT for line in lines]
    priors = sum(by_the_angle(line.m) for line in lines)
    return rounding(max(len(line.x) for line in lines), sum(scales)) + priors


def neighbour(line: LogLine) -> LogLine:
    """Another line through the same data, a few noise scales away at the furthest point."""
    s, reach = float(np.exp(line.log_s)), float(np.max(np.abs(line.x))) or 1.0
    return line._replace(m=line.m + s / reach, b=line.b - 1.5 * s, log_s=line.log_s + 0.5)


@log_prob.claim(points=0.1, gate=True, draws=4, always=ALWAYS_POINT, line=POINT)
def falls_as_the_line_moves_away(student, truth, line):
    """The further a line is from the data, the less probable."""
    rest = line.y - (line.m * line.x + line.b)
    # Away from the point that is worst off, by more than all residuals: every one grows.
    step = float(-np.sign(rest[np.argmax(np.abs(rest))]) * 4 * np.max(np.abs(rest)))
    places = [line._replace(b=line.b + k * step) for k in (0, 1, 2, 4)]
    values = [student.log_prob(*place) for place in places]
    for place, (near, far) in zip(places[1:], pairwise(values), strict=True):
        falls(near, far, f"at b = {place.b:.6g}")  # in order by chance: one in 24, for each line


@log_prob.claim(points=0.4, draws=10, always=ALWAYS_LOG, line=LOG_LINES)
def has_the_right_differences(student, truth, line):
    """From a line to another, m up by s over the largest |x|, b down by 1.5 s, log s up by 0.5,
    it changes by the right amount."""
    other = neighbour(line)
    here, there = student.log_prob(*line), student.log_prob(*other)
    agree(
        there - here,
        truth(*other) - truth(*line),
        tolerance=2 * tolerance(truth, line, other),  # the student's rounding and the reference's
    )


@log_prob.claim(points=0.1, draws=4, always=ALWAYS_POINT, line=POINT)
def counts_the_prior_once(student, truth, line):
    """Data that are seen twice weigh twice, the prior once: twice its change from a line to
    another, less that change with all data twice, is the prior's change."""
    lines = [line, neighbour(line)]
    twice = [at._replace(x=np.tile(at.x, 2), y=np.tile(at.y, 2)) for at in lines]
    once_0, once_1 = (student.log_prob(*at) for at in lines)
    twice_0, twice_1 = (student.log_prob(*at) for at in twice)
    prior_0, prior_1 = (truth.log_prior(*at[2:]) for at in lines)
    agree(
        2 * (once_1 - once_0) - (twice_1 - twice_0),
        prior_1 - prior_0,
        tolerance=2 * tolerance(truth, *lines) + tolerance(truth, *twice),
    )


@log_prob.claim(points=0.3, draws=6, always=ALWAYS_STEEP_LOG, line=LOG_LINES)
def can_be_differentiated(student, truth, line):
    """TensorFlow finds the right derivatives by m, b and log s through your function."""
    # A prior by the angle is off by its tangent m, of a slope of at most 3 / m.
    prior = np.array([3.0 * by_the_angle(1.0), 0.0, 0.0])
    agree(
        student.log_prob.gradient(*line),
        truth.gradient(*line),
        tolerance=rounding(len(line.x), truth.grad_log_prob_scale(*line)) + prior,
    )


@log_prob.claim(points=0.1, draws=2, line=POINT)
def returns_one_float64_tensor(student, truth, line):
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.log_prob.answer(*line), count=1)


log_prob.asked_hints(
    "Bayes' theorem multiplies two things. What becomes of a product in a logarithm?",
    paragraph="Exercises: `log_prior` and `log_prob`",
)
