"""Claims about `summarise(x, y)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import EPS, agree, exercise, float64_array

from .inputs import DATA, FAR, LIFT, TILT, Array, Data

MOVED = np.array([0.0, LIFT, TILT, 0.0, 0.0, 0.0])
ALONE = tuple({"data": Data(np.array([x]), np.array([y]))} for x, y in ((2.0, -3.0), (0.5, 0.0)))


@exercise(points=3, parts="n mean_x mean_y Sxx Sxy Syy")
def summarise(x: Array, y: Array) -> Array:
    """Six numbers ``[6]``: n, mean x, mean y, Sxx, Sxy, Syy, sums of products about the means."""
    mean_x, mean_y = np.mean(x), np.mean(y)
    dx, dy = x - mean_x, y - mean_y
    # A mean is off by an eps of its size, which moves every difference by as much: what that adds
    # to the sums of products is taken off again (Chan, Golub & LeVeque 1983, equation 1.7).
    sxx = dx @ dx - np.sum(dx) ** 2 / len(x)
    sxy = dx @ dy - np.sum(dx) * np.sum(dy) / len(x)
    syy = dy @ dy - np.sum(dy) ** 2 / len(x)
    return np.array([len(x), mean_x, mean_y, sxx, sxy, syy])


def tolerance(data: Data) -> Array:
    """What rounding can do to each of the six numbers, for a method that takes off the means first.

    A one-pass mean (Welford's) is off by up to e times the size of the numbers, e = (8 + 2 n) eps:
    each of the n differences has that error beside its own rounding.
    """
    n = len(data.x)
    e = (8 + 2 * n) * EPS
    size_x, size_y = np.max(np.abs(data.x)), np.max(np.abs(data.y))
    wide_x, wide_y = np.ptp(data.x), np.ptp(data.y)
    off_x, off_y = e * (wide_x + size_x), e * (wide_y + size_y)
    sums = [
        n * (wide_x * off_x + off_x**2),
        n * (wide_x * off_y + wide_y * off_x + off_x * off_y),
        n * (wide_y * off_y + off_y**2),
    ]
    return np.array([0.0, e * size_x, e * size_y, *sums])


def right(student, truth, data: Data) -> None:
    """Raise unless all six numbers are right."""
    agree(student.summarise(*data), truth(*data), tolerance=tolerance(data))


@summarise.claim(points=0.25, gate=True, draws=4, data=DATA)
def counts_the_points_and_averages_x(student, truth, data):
    """The first number is n, and the second the mean of x."""
    agree(student.summarise(*data)[:2], truth(*data)[:2], tolerance=tolerance(data)[:2])


@summarise.claim(points=1, draws=10, data=DATA)
def has_the_right_values(student, truth, data):
    """All six numbers are right."""
    right(student, truth, data)


@summarise.claim(points=0.75, draws=6, data=DATA)
def is_right_far_from_zero(student, truth, data):
    """Data that lie a million from zero lose no digits but those that they do not have."""
    for x0, y0 in FAR:
        right(student, truth, Data(data.x + x0, data.y + y0))


@summarise.claim(points=0.25, draws=4, relative=True, data=DATA)
def a_shift_moves_the_means_alone(student, truth, data):
    """When all points move by the same amount, the means move and the sums stay."""
    moved = Data(data.x + LIFT, data.y + TILT)
    agree(
        student.summarise(*moved),
        student.summarise(*data) + MOVED,
        tolerance=tolerance(moved) + tolerance(data),
    )


@summarise.claim(points=0.25, draws=4, relative=True, data=DATA)
def points_written_twice_count_twice(student, truth, data):
    """Every point written down twice: twice the points and the sums, the same means."""
    twice = Data(np.tile(data.x, 2), np.tile(data.y, 2))
    agree(
        student.summarise(*twice),
        student.summarise(*data) * [2.0, 1.0, 1.0, 2.0, 2.0, 2.0],
        tolerance=tolerance(twice) + 2 * tolerance(data),
    )


@summarise.claim(points=0.25, always=ALONE)
def one_point_has_no_spread(student, truth, data):
    """One point is data: its sums about the means are zero."""
    right(student, truth, data)


@summarise.claim(points=0.25, draws=3, data=DATA)
def gives_six_numbers(student, truth, data):
    """What comes back is one array of six numbers."""
    float64_array(student.summarise.answer(*data), 6)
