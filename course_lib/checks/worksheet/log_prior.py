"""Claims about `log_prior(m, b, log_s)`: 2 points, up to one additive constant."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib import reference
from course_lib.checks.asking import Student
from course_lib.checks.claims import Inputs
from course_lib.checks.strategies import DECIMALS, SLOPES
from course_lib.checks.tolerance import CONSTANT, by_the_angle, rounding
from course_lib.checks.worksheet.exercises import log_prior
from course_lib.checks.worksheet.returned import float64_tensors
from course_lib.checks.wrong import agree, falls

Theta = tuple[float, float, float]

POINTS: tuple[Theta, ...] = (
    (1.0, 0.0, 0.0),
    (-1.0, 0.0, 0.0),
    (1e-3, 0.0, 0.0),
    (30.0, 0.0, 0.0),
    (-1e6, 0.0, 0.0),
    (0.0, 1e6, -25.0),
    (1.0, -1e6, 25.0),
)
ALWAYS: tuple[Inputs, ...] = tuple({"m": m, "b": b, "log_s": log_s} for m, b, log_s in POINTS)


def tolerance(*thetas: Theta) -> np.ndarray:
    """What rounding can do to a sum of log priors, each with a constant of its author's."""
    scale = sum(reference.log_prior_scale(*theta) + CONSTANT for theta in thetas)
    return rounding(1, scale) + sum(by_the_angle(m) for m, _, _ in thetas)


@log_prior.claim(
    points=0.25, gate=True, draws=4, always=ALWAYS[:3], m=SLOPES, b=DECIMALS, log_s=DECIMALS
)
def test_prefers_flat_lines(student: Student, m: float, b: float, log_s: float) -> None:
    """A steeper line is less probable."""
    slope = float(np.copysign(np.clip(abs(m), 0.1, 10.0), m))
    # The one asked first is the one shown, and both comparisons are with it.
    value = {at: student.log_prior(at, b, log_s) for at in (slope, 0.0, 10 * slope)}
    for flat, steep in pairwise((0.0, slope, 10 * slope)):
        where = f"at m = {steep:g}, for that is what it is at m = {flat:g}"
        falls(value[flat], value[steep], where)  # in order by chance: one in six, for each line


@log_prior.claim(points=0.75, draws=12, always=ALWAYS, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def test_has_the_right_differences(student: Student, m: float, b: float, log_s: float) -> None:
    """From the line with m = b = log s = 0 to any other, it changes by the right amount."""
    theta, origin = (m, b, log_s), (0.0, 0.0, 0.0)
    agree(
        student.log_prior(*theta) - student.log_prior(*origin),
        reference.log_prior(*theta) - reference.log_prior(*origin),
        tolerance=tolerance(theta, origin),
    )


@log_prior.claim(points=0.25, relative=True, draws=6, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def test_is_flat_in_b_and_log_s(student: Student, m: float, b: float, log_s: float) -> None:
    """Neither b nor log s changes it."""
    theta, other = (m, b, log_s), (m, 0.0, 0.0)
    agree(
        student.log_prior(*theta),
        student.log_prior(*other),
        tolerance=tolerance(theta, other),
    )


@log_prior.claim(points=0.25, relative=True, draws=6, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def test_treats_x_and_y_alike(student: Student, m: float, b: float, log_s: float) -> None:
    """Exchange x and y, and m becomes 1/m: its value there less that at m is 3 log|m|."""
    theta, exchanged = (m, b, log_s), (1.0 / m, b, log_s)
    here, there = student.log_prior(*theta), student.log_prior(*exchanged)
    # 3 log|m| is a magnitude of its own; log_prior_scale of the two bounds it.
    agree(
        there - here,
        3.0 * np.log(abs(m)),
        tolerance=2 * tolerance(theta, exchanged),
    )


@log_prior.claim(points=0.25, draws=6, always=ALWAYS, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def test_can_be_differentiated(student: Student, m: float, b: float, log_s: float) -> None:
    """TensorFlow finds the right derivative by m through your function."""
    slope = reference.grad_log_prior(m, b, log_s)[:1]
    # A quotient of terms of one sign: relative to itself. By the angle, relative to its tangent m.
    allowed = rounding(1, np.abs(slope)) + np.abs(slope) * by_the_angle(m)
    agree(student.log_prior.gradient(m, b, log_s), slope, tolerance=allowed)


@log_prior.claim(points=0.25, draws=2, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def test_returns_one_float64_tensor(student: Student, m: float, b: float, log_s: float) -> None:
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.log_prior.answer(m, b, log_s), count=1)
