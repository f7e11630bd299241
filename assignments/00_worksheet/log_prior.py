"""Claims about `log_prior(m, b, log_s)`: 2 points, up to one additive constant."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib.claims import Inputs, agree, exercise, falls, float64_tensors, rounding

from . import reference
from .inputs import DECIMALS, SLOPES, Array
from .tolerances import CONSTANT, by_the_angle

Theta = tuple[float, float, float]


@exercise(points=2, takes="tensors", differentiable="m", up_to_a_constant=True)
def log_prior(m: float, b: float, log_s: float) -> Array:
    """The log of the prior density, up to a constant: ``[]``, -3/2 log(1 + m²)."""
    return reference.log_prior(m, b, log_s)


@log_prior.gradient
def _gradient(m: float, b: float, log_s: float) -> Array:
    """With respect to m, ``[1]``: a prior that is flat in the others need not mention them."""
    return reference.grad_log_prior(m, b, log_s)[..., :1]


POINTS: tuple[Theta, ...] = (
    (1.0, 0.0, 0.0),
    (-1.0, 0.0, 0.0),
    (1e-3, 0.0, 0.0),
    (30.0, 0.0, 0.0),
    (-1e6, 0.0, 0.0),
    (0.0, 1e6, -25.0),
    (1.0, -1e6, 25.0),
    (0.75, 0.5, -0.5),
    (0.75 * (1.0 + 2.0**-30), 0.5, -0.5),  # a value remembered for nearly the same slope is wrong
)
ALWAYS: tuple[Inputs, ...] = tuple({"m": m, "b": b, "log_s": log_s} for m, b, log_s in POINTS)


def tolerance(truth, *thetas: Theta) -> np.ndarray:
    """What rounding can do to a sum of log priors, each with a constant of its author's."""
    scale = sum(truth.log_prior_scale(*theta) + CONSTANT for theta in thetas)
    return rounding(1, scale) + sum(by_the_angle(m) for m, _, _ in thetas)


@log_prior.claim(
    points=0.25, gate=True, draws=4, always=ALWAYS[:3], m=SLOPES, b=DECIMALS, log_s=DECIMALS
)
def prefers_flat_lines(student, truth, m, b, log_s):
    """A steeper line is less probable."""
    slope = float(np.copysign(np.clip(abs(m), 0.1, 10.0), m))
    # The one asked first is the one shown, and both comparisons are with it.
    value = {at: student.log_prior(at, b, log_s) for at in (slope, 0.0, 10 * slope)}
    for flat, steep in pairwise((0.0, slope, 10 * slope)):
        where = f"at m = {steep:g}, for that is your value at m = {flat:g}"
        falls(value[flat], value[steep], where)  # in order by chance: one in six, for each line


@log_prior.claim(points=0.75, draws=12, always=ALWAYS, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def has_the_right_differences(student, truth, m, b, log_s):
    """From the line with m = b = log s = 0 to any other, it changes by the right amount."""
    theta, origin = (m, b, log_s), (0.0, 0.0, 0.0)
    agree(
        student.log_prior(*theta) - student.log_prior(*origin),
        truth(*theta) - truth(*origin),
        tolerance=tolerance(truth, theta, origin),
    )


@log_prior.claim(points=0.25, relative=True, draws=6, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def is_flat_in_b_and_log_s(student, truth, m, b, log_s):
    """Neither b nor log s changes it."""
    theta, other = (m, b, log_s), (m, 0.0, 0.0)
    agree(
        student.log_prior(*theta),
        student.log_prior(*other),
        tolerance=tolerance(truth, theta, other),
    )


@log_prior.claim(points=0.25, relative=True, draws=6, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def treats_x_and_y_alike(student, truth, m, b, log_s):
    """Exchange x and y, and m becomes 1/m: its value there less that at m is 3 log|m|."""
    theta, exchanged = (m, b, log_s), (1.0 / m, b, log_s)
    here, there = student.log_prior(*theta), student.log_prior(*exchanged)
    # 3 log|m| is a magnitude of its own; log_prior_scale of the two bounds it.
    agree(
        there - here,
        3.0 * np.log(abs(m)),
        tolerance=2 * tolerance(truth, theta, exchanged),
    )


@log_prior.claim(points=0.25, draws=6, always=ALWAYS, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def can_be_differentiated(student, truth, m, b, log_s):
    """TensorFlow finds the right derivative by m through your function."""
    slope = truth.gradient(m, b, log_s)
    # A quotient of terms of one sign: relative to itself. By the angle, relative to its tangent m.
    allowed = rounding(1, np.abs(slope)) + np.abs(slope) * by_the_angle(m)
    agree(student.log_prior.gradient(m, b, log_s), slope, tolerance=allowed)


@log_prior.claim(points=0.25, draws=2, m=SLOPES, b=DECIMALS, log_s=DECIMALS)
def returns_one_float64_tensor(student, truth, m, b, log_s):
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.log_prior.answer(m, b, log_s), count=1)


log_prior.asked_hints(
    "Turn a line by a small angle: by how much does its slope change if it is flat, and if "
    "it is steep?",
    "Two densities are multiplied: one of the direction, one of the distance from the origin.",
    paragraph="Exercises: `log_prior` and `log_prob`",
)
