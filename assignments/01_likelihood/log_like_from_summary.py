"""Claims about `log_like_from_summary(summary, m, b, s)`: 3 points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise, falls, rounding

from .inputs import SUMMARIES, SUMMARIES_OF_MORE, UNIT, Array, Summary, line_of

ONE = tuple(
    {"data": Summary(*line_of(*line))} for line in ((1.0, 2.0, 0.5, 0.5, 1.0), (0, -1, 1, 1, 0.5))
)
THREE = tuple(
    {"data": Summary(np.array([0.0, 1.0, 2.0]), np.array(y), m, b, s)}
    for y, m, b, s in (
        ((1.0, -1.0, 3.0), 0.5, 0.0, 2.0),
        ((0.0, 0.0, 0.0), 0.0, 0.0, 0.1),
        ((1e4, 0.0, -1e4), 1.0, 2.0, 1e-3),
    )
)


@exercise(points=3)
def log_like_from_summary(summary: Array, m: float, b: float, s: float) -> float:
    """The log likelihood in nats, a float, of summary ``[6]``: n, mean x, mean y, Sxx, Sxy, Syy."""
    n, mean_x, mean_y, sxx, sxy, syy = summary
    middle = mean_y - (m * mean_x + b)
    squares = syy - 2 * m * sxy + m**2 * sxx + n * middle**2
    return float(-0.5 * squares / s**2 - n * (np.log(s) + 0.5 * np.log(2 * np.pi)))


def tolerance(truth, data: Summary) -> Array:
    """What rounding can do: the five squares are sums of one term, whatever n is."""
    return rounding(5, truth.summary_scale(*data.arguments))


def right(student, truth, data: Summary) -> None:
    """Raise unless the value is right."""
    expected = truth(*data.arguments)
    agree(
        student.log_like_from_summary(*data.arguments), expected, tolerance=tolerance(truth, data)
    )


@log_like_from_summary.claim(points=0.25, gate=True, draws=4, data=SUMMARIES)
def falls_as_the_line_moves_away(student, truth, data):
    """The further the line is moved from the middle of the data, the lower the value."""
    _, mean_x, mean_y, *_ = data.summary
    at_the_middle = mean_y - data.m * mean_x
    lifted = [data.at(data.m, at_the_middle + k * data.s) for k in (0, 1, 2, 4)]
    values = [student.log_like_from_summary(*each.arguments) for each in lifted]
    for near, far in pairwise(values):
        falls(near, far, "with the line moved further up")


@log_like_from_summary.claim(points=1, draws=12, data=SUMMARIES_OF_MORE)
def has_the_right_value(student, truth, data):
    """The six numbers give the log likelihood."""
    right(student, truth, data)


@log_like_from_summary.claim(points=0.5, draws=6, data=SUMMARIES_OF_MORE)
def is_the_sum_over_the_points(student, truth, data):
    """The value is what adding up the terms of all points gives."""
    terms = truth.log_like_terms(*data.line)
    n = len(data.x)
    # The sum over the points rounds n residuals, the summary its six numbers.
    slack = rounding(n, np.sum(truth.term_scales(*data.line))) + tolerance(truth, data)
    agree(student.log_like_from_summary(*data.arguments), np.sum(terms), tolerance=slack)


@log_like_from_summary.claim(points=0.25, relative=True, draws=4, data=SUMMARIES_OF_MORE)
def knows_its_unit(student, truth, data):
    """In a unit of y that is k times smaller, the value is lower by n log k."""
    other = Summary(data.x, UNIT * data.y, UNIT * data.m, UNIT * data.b, UNIT * data.s)
    agree(
        student.log_like_from_summary(*other.arguments),
        student.log_like_from_summary(*data.arguments) - len(data.x) * np.log(UNIT),
        tolerance=tolerance(truth, data) + tolerance(truth, other),
    )


@log_like_from_summary.claim(points=0.5, always=THREE)
def the_number_of_points_is_the_first_number(student, truth, data):
    """The number of points comes from the summary: three here, fifty in the notebook."""
    right(student, truth, data)


@log_like_from_summary.claim(points=0.25, always=ONE)
def one_point_is_enough(student, truth, data):
    """A summary of one point gives that point's density."""
    right(student, truth, data)


@log_like_from_summary.claim(points=0.25, draws=3, data=SUMMARIES)
def gives_one_number(student, truth, data):
    """What comes back is one number."""
    answer = student.log_like_from_summary.answer(*data.arguments)
    if np.ndim(student.log_like_from_summary(*data.arguments)) != 0:
        raise ClaimFailure("one number", answer.describe())
