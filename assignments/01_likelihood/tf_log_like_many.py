"""Claims about `tf_log_like_many(x, y, theta)`: 4 points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib.claims import ClaimFailure, Numbers, agree, exercise, falls, rounding

from .inputs import LONG, MANY, MANY_SHORT, MANY_SQUARE, STEEP, Array, Lines


@exercise(points=4, takes="tensors", differentiable="theta")
def tf_log_like_many(x: Array, y: Array, theta: Array) -> Array:
    """The log likelihood of each row (m, b, log s) of theta ``[k, 3]``, ``[k]``; x, y ``[n]``."""
    m, b, log_s = theta.T[:, :, None]
    terms = -0.5 * ((y - (m * x + b)) / np.exp(log_s)) ** 2 - log_s - 0.5 * np.log(2 * np.pi)
    return np.sum(terms, axis=1)


@tf_log_like_many.gradient
def _gradient(x: Array, y: Array, theta: Array) -> tuple[Array]:
    """With respect to theta, of the sum over all rows: ``[k, 3]``."""
    m, b, log_s = theta.T[:, :, None]
    r = (y - (m * x + b)) / np.exp(2 * log_s)
    rows = [np.sum(r * x, axis=1), np.sum(r, axis=1), np.sum(r * (y - (m * x + b)) - 1, axis=1)]
    return (np.stack(rows, axis=1),)


def tolerance(truth, lines: Lines) -> Array:
    """What rounding can do to each row's sum."""
    return rounding(len(lines.x), truth.row_scales(*lines))


def has_the_right_values(student, truth, lines: Lines) -> None:
    """Raise unless all rows are right."""
    agree(student.tf_log_like_many(*lines), truth(*lines), tolerance=tolerance(truth, lines))


@tf_log_like_many.claim(points=0.5, gate=True, draws=4, lines=MANY)
def falls_as_the_points_move_away(student, truth, lines):
    """The further the points are from a row's line, the lower that row's value."""
    x, y, theta = lines
    m, b, _ = theta[0]
    moved = [y + k * (y - (m * x + b)) for k in (0, 1, 3)]
    values = [student.tf_log_like_many(x, each, theta)[0] for each in moved]
    for near, far in pairwise(values):
        falls(near, far, "in row 0, with every residual from its line doubled")


@tf_log_like_many.claim(points=1, draws=10, always=(LONG,), lines=MANY)
def each_row_has_the_right_value(student, truth, lines):
    """A row's value is the log likelihood of its line, for one row and for several."""
    has_the_right_values(student, truth, lines)


@tf_log_like_many.claim(points=0.5, draws=4, lines=MANY_SQUARE)
def as_many_rows_as_points_are_no_other_matter(student, truth, lines):
    """With as many rows as points, or three rows, each row still sees all points."""
    has_the_right_values(student, truth, lines)


@tf_log_like_many.claim(points=0.25, draws=3, lines=MANY_SHORT)
def one_point_is_enough(student, truth, lines):
    """One point or two are data, too."""
    has_the_right_values(student, truth, lines)


@tf_log_like_many.claim(points=0.25, relative=True, draws=4, lines=MANY_SQUARE)
def a_row_does_not_see_the_other_rows(student, truth, lines):
    """A row's value is the same when it is the only row."""
    x, y, theta = lines
    whole = student.tf_log_like_many(*lines)
    alone = [student.tf_log_like_many(x, y, theta[k : k + 1]) for k in range(len(theta))]
    agree(
        np.concatenate([np.ravel(one) for one in alone]), whole, tolerance=tolerance(truth, lines)
    )


@tf_log_like_many.claim(points=0.5, draws=1, always=STEEP, lines=MANY)
def every_scale_is_allowed(student, truth, lines):
    """Scales from e^-25 to e^25 give finite, right values."""
    has_the_right_values(student, truth, lines)


@tf_log_like_many.claim(points=0.5, draws=4, always=STEEP, lines=MANY_SQUARE)
def can_be_differentiated(student, truth, lines):
    """TensorFlow finds each row's derivatives with respect to m, b and log s."""
    scales = truth.gradient_scales(*lines)
    agree(
        student.tf_log_like_many.gradient(*lines),
        truth.gradient(*lines),
        tolerance=rounding(len(lines.x), scales).ravel(),
    )


@tf_log_like_many.claim(points=0.5, draws=3, lines=MANY)
def returns_one_float64_for_each_row(student, truth, lines):
    """What comes back is a float64 tensor of shape [k]."""
    answer = student.tf_log_like_many.answer(*lines)
    value, k = answer.value, len(lines.theta)
    right = isinstance(value, Numbers) and value.kind == "tensor" and value.dtype == "float64"
    if not (right and value.values.shape == (k,)):
        raise ClaimFailure(f"a float64 tensor of shape [{k}]", answer.describe())
