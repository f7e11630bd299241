"""Claims about `standard_errors(x, y, theta)`: 4 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import agree, exercise, falls, float64_array

from .inputs import CENTRED, DATA, FAR_DATA, Array, Data

# With x about 30 the Hessian's condition is 1e6, and inverting it costs six digits of sixteen.
DIGITS = 1e-9


@exercise(points=4, parts="m b log_s")
def standard_errors(x: Array, y: Array, theta: Array) -> Array:
    """The standard errors of (m, b, log s) at the best fit theta, ``[3]``; x, y ``[n]``."""
    n, s = len(x), np.exp(theta[2])
    sxx = np.sum((x - np.mean(x)) ** 2)
    b = s * np.sqrt(1 / n + np.mean(x) ** 2 / sxx)
    return np.array([s / np.sqrt(sxx), b, np.sqrt(0.5 / n)])


def right(student, truth, data: Data) -> None:
    """Raise unless all three are right."""
    due = truth(*data.arguments)
    agree(student.standard_errors(*data.arguments), due, tolerance=DIGITS * due)


@standard_errors.claim(points=0.5, gate=True, draws=4, data=CENTRED)
def are_of_the_right_size(student, truth, data):
    """Each is right within a factor of two, where the mean of x is zero."""
    found = np.ravel(student.standard_errors(*data.arguments))
    due = truth(*data.arguments)
    agree(found, due, tolerance=0.5 * due)


@standard_errors.claim(points=1, draws=8, data=DATA)
def have_the_right_values(student, truth, data):
    """They are the roots of the diagonal of the inverse of the curvature."""
    right(student, truth, data)


@standard_errors.claim(points=0.75, draws=4, data=FAR_DATA)
def are_right_far_from_x_zero(student, truth, data):
    """With x around 30, slope and intercept vary together: the intercept is very uncertain."""
    right(student, truth, data)


@standard_errors.claim(points=0.5, relative=True, draws=4, data=DATA)
def four_copies_halve_them(student, truth, data):
    """With every point written down four times, they are half as large."""
    four = Data(np.tile(data.x, 4), np.tile(data.y, 4))
    one = student.standard_errors(*data.arguments)
    agree(student.standard_errors(*four.arguments), 0.5 * one, tolerance=DIGITS * np.abs(one))


@standard_errors.claim(points=0.25, relative=True, draws=4, data=DATA)
def know_the_unit(student, truth, data):
    """In a unit of y that is 1024 times smaller, the first two are 1024 times larger."""
    other = Data(data.x, 1024 * data.y)
    one = student.standard_errors(*data.arguments)
    due = one * np.array([1024.0, 1024.0, 1.0])
    agree(student.standard_errors(*other.arguments), due, tolerance=DIGITS * np.abs(due))


@standard_errors.claim(points=0.25, relative=True, draws=4, data=DATA)
def the_slope_does_not_know_where_zero_is(student, truth, data):
    """Moving all x by the same amount leaves the error of the slope as it is."""
    moved = Data(data.x + 4.0, data.y)
    one = student.standard_errors(*data.arguments)[0]
    agree(student.standard_errors(*moved.arguments)[0], one, tolerance=DIGITS * abs(one))


@standard_errors.claim(points=0.25, draws=4, data=DATA)
def log_s_is_known_to_the_root_of_2_n(student, truth, data):
    """The error of log s is one over the root of 2 n, and falls with the number of points."""
    third = student.standard_errors(*data.arguments)[2]
    agree(third, np.sqrt(0.5 / len(data.x)), tolerance=DIGITS)
    twice = Data(np.tile(data.x, 2), np.tile(data.y, 2))
    falls(third, student.standard_errors(*twice.arguments)[2], "with every point twice")


@standard_errors.claim(points=0.5, draws=3, data=DATA)
def returns_three_numbers(student, truth, data):
    """What comes back is one float64 array of shape [3]."""
    float64_array(student.standard_errors.answer(*data.arguments), 3)


mistake = standard_errors.mistake
ERRORS = "np.sqrt(np.diag(np.linalg.inv(-hessian)))"
mistake(
    "inverse_of_the_diagonal",
    "Right where the mean of x is zero, and only there: invert the matrix, not its diagonal.",
    ERRORS,
    "1 / np.sqrt(-np.diag(hessian))",
)
mistake(
    "variances",
    "These are variances; a standard error is the root of one.",
    ERRORS,
    "np.diag(np.linalg.inv(-hessian))",
)
mistake(
    "sign",
    "The curvature of a top is negative: without the minus, there is no root.",
    "inv(-hessian)",
    "inv(hessian)",
)
mistake(
    "degrees_of_freedom",
    "You correct for the fitted parameters; the curvature does not.",
    ERRORS,
    "np.sqrt(np.diag(np.linalg.inv(-hessian)) * len(x) / max(len(x) - 2, 1))",
)
mistake(
    "with_respect_to_s",
    "The third is the error of s; that of log s is this divided by s.",
    ERRORS,
    "np.sqrt(np.diag(np.linalg.inv(-hessian))) * [1, 1, np.exp(float(theta[2]))]",
)
mistake(
    "two_sigma",
    "They are twice too large: one standard error is wanted.",
    ERRORS,
    "2 * np.sqrt(np.diag(np.linalg.inv(-hessian)))",
)
mistake(
    "not_inverted",
    "These are roots of the curvature; a sharp top has small errors.",
    ERRORS,
    "np.sqrt(np.diag(-hessian))",
)
mistake(
    "order_b_m",
    "The first two have changed places.",
    ERRORS,
    "np.sqrt(np.diag(np.linalg.inv(-hessian)))[[1, 0, 2]]",
)
mistake(
    "whole_matrix",
    "This is the whole matrix; its diagonal has the variances.",
    ERRORS,
    "np.linalg.inv(-hessian)",
)
mistake(
    "per_point",
    "They are divided by √n once more: the curvature already has all points in it.",
    ERRORS,
    "np.sqrt(np.diag(np.linalg.inv(-hessian)) / len(x))",
)
mistake(
    "half_the_curvature",
    "They are √2 too large: the second derivative is halved somewhere.",
    ERRORS,
    "np.sqrt(np.diag(np.linalg.inv(-0.5 * hessian)))",
)
mistake(
    "root_of_the_inverse_matrix",
    "The root of each number of the matrix is taken before it is inverted.",
    ERRORS,
    "np.abs(np.diag(np.linalg.inv(np.sqrt(np.abs(hessian)) + 1e-9 * np.eye(3))))",
)
mistake(
    "curvature_of_the_mean",
    "They are √n times too large: the curvature is that of the mean over the points, and each "
    "point should add its own.",
    ERRORS,
    f"{ERRORS} * np.sqrt(len(x))",
)
mistake(
    "rows_of_the_hessian_added_up",
    "The rows of the Hessian are added up, as a tape's `gradient` does: the inverse needs the "
    "whole matrix.",
    ERRORS,
    "1 / np.sqrt(-np.sum(hessian, axis=1))",
)
