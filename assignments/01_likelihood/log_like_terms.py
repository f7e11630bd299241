"""Claims about `log_like_terms(x, y, m, b, s)`: 3 points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib.claims import agree, exercise, falls, float64_array, rounding

from .inputs import EXTREME, LIFT, LINES, TAME, TILT, UNIT, Array, Line, further_away

ALWAYS = tuple({"line": line} for line in EXTREME.values())
AREA = tuple({"line": EXTREME[name]} for name in ("one point", "a tiny scale", "a large offset"))


@exercise(points=3)
def log_like_terms(x: Array, y: Array, m: float, b: float, s: float) -> Array:
    """Each point's log density, in nats, ``[n]``; x, y ``[n]``, slope, intercept, scale."""
    return -0.5 * ((y - (m * x + b)) / s) ** 2 - np.log(s) - 0.5 * np.log(2 * np.pi)


def tolerance(truth, line: Line) -> Array:
    """What rounding can do to each term: a sum of one term."""
    return rounding(1, truth.term_scales(*line))


@log_like_terms.claim(points=0.25, gate=True, draws=4, line=TAME)
def falls_as_the_points_move_away(student, truth, line):
    """The further a point is from the line, the lower its term."""
    terms = [student.log_like_terms(*moved) for moved in further_away(line)]
    for near, far in pairwise(terms):
        for k in range(len(line.x)):
            falls(near[k], far[k], f"in term {k}, with every residual doubled")


@log_like_terms.claim(points=0.75, draws=14, always=ALWAYS, line=LINES)
def has_the_right_values(student, truth, line):
    """A term is the log of the Gaussian density of its point, at every scale."""
    agree(student.log_like_terms(*line), truth(*line), tolerance=tolerance(truth, line))


@log_like_terms.claim(points=0.25, draws=3, line=TAME)
def gives_one_number_for_each_point(student, truth, line):
    """There are as many terms as points."""
    float64_array(student.log_like_terms.answer(*line), len(line.x))


@log_like_terms.claim(points=0.25, relative=True, draws=4, line=LINES)
def keeps_the_order_of_the_points(student, truth, line):
    """When the points are listed the other way round, so are the terms."""
    turned = line._replace(x=line.x[::-1], y=line.y[::-1])
    agree(
        student.log_like_terms(*turned)[::-1],
        student.log_like_terms(*line),
        tolerance=tolerance(truth, line),
    )


@log_like_terms.claim(points=0.5, relative=True, draws=6, line=LINES)
def a_term_does_not_see_the_other_points(student, truth, line):
    """A point's term is the same when it is the only point."""
    whole = student.log_like_terms(*line)
    alone = [
        student.log_like_terms(*line._replace(x=line.x[k : k + 1], y=line.y[k : k + 1]))
        for k in range(len(line.x))
    ]
    agree(
        np.concatenate([np.atleast_1d(t) for t in alone]), whole, tolerance=tolerance(truth, line)
    )


@log_like_terms.claim(points=0.25, draws=4, line=TAME)
def is_right_for_a_perfect_fit(student, truth, line):
    """For a point on the line, the height of the Gaussian is all that is left."""
    fitted = line._replace(y=np.round(line.m * line.x + line.b, 2))
    agree(student.log_like_terms(*fitted), truth(*fitted), tolerance=tolerance(truth, fitted))


@log_like_terms.claim(points=0.25, relative=True, draws=4, line=TAME)
def sees_only_the_residuals(student, truth, line):
    """Lifting and tilting the data and the line together changes nothing."""
    x, y, m, b, s = line
    moved = Line(x, y + LIFT + TILT * x, m + TILT, b + LIFT, s)
    # The moved data are rounded too, which counts as one more operation on their magnitudes.
    agree(
        student.log_like_terms(*moved),
        student.log_like_terms(*line),
        tolerance=tolerance(truth, line) + 2 * tolerance(truth, moved),
    )


@log_like_terms.claim(points=0.25, relative=True, draws=6, line=LINES)
def knows_its_unit(student, truth, line):
    """In a unit of y that is k times smaller, each log density is lower by log k."""
    x, y, m, b, s = line
    other = Line(x, UNIT * y, UNIT * m, UNIT * b, UNIT * s)
    agree(
        student.log_like_terms(*other),
        student.log_like_terms(*line) - np.log(UNIT),
        tolerance=tolerance(truth, line) + tolerance(truth, other),
    )


@log_like_terms.claim(points=0.25, draws=3, always=AREA, line=TAME)
def has_area_one(student, truth, line):
    """As a density of one y it encloses an area of one."""
    x, m, b, s = line.x[0], line.m, line.b, line.s
    # Trapezoids over ±9 s in steps of s/2: the rule itself is exact to 1e-15 for a Gaussian, and
    # what is cut off is 2e-19.
    steps = np.linspace(-9.0, 9.0, 37)
    y = m * x + b + s * steps
    terms = student.log_like_terms(np.full(37, x), y, m, b, s)
    # An offset of 1e6 s costs six digits of each residual: at most nine of them, each 1e-10.
    lost = 1e-12 + 20 * rounding(1, (abs(m * x) + abs(b)) / s)
    agree(np.sum(np.exp(terms)) * 0.5 * s, 1.0, tolerance=lost, message="this is the area")
