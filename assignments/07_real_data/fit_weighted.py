"""Claims about `fit_weighted(x, y, sigma_y)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise

from .inputs import POINTS, PUBLISHED, SIXTEEN, SIXTY, TWO, Array, Points
from .truth import line_and_covariance

# A thousandth of an error bar: what a fit by differences (SciPy's curve_fit) reaches everywhere,
# and far less than any mistake of the bank is off.
SHARE = 1e-3


@exercise(points=3, approximate=1e-3)
def fit_weighted(x: Array, y: Array, sigma_y: Array) -> tuple[Array, Array]:
    """The most likely (m, b) ``[2]`` and its covariance ``[2, 2]``; all arguments ``[n]``."""
    if len(set(x.tolist())) < 2:
        raise ValueError("a line needs points at two x")
    return line_and_covariance(x, y, sigma_y)


def fitted(student, data: Points) -> tuple[Array, Array]:
    """The line and its covariance. Raises ClaimFailure where the shapes are others."""
    answer = student.fit_weighted(*data)
    if not (isinstance(answer, (tuple, list)) and len(answer) == 2):
        raise ClaimFailure("an array (m, b) and a covariance", answer)
    line, covariance = (np.asarray(part) for part in answer)
    if (line.shape, covariance.shape) != ((2,), (2, 2)):
        raise ClaimFailure("shapes (2,) and (2, 2)", f"{line.shape} and {covariance.shape}")
    return line, covariance


def errors(covariance: Array) -> Array:
    """The standard errors of (m, b)."""
    return np.sqrt(np.abs(np.diag(covariance)))


def same_line(got: Array, due: Array, covariance: Array, message: str = "") -> None:
    """Raise unless two lines agree to a thousandth of an error bar."""
    agree(got, due, tolerance=SHARE * errors(covariance), message=message)


def same_covariance(got: Array, due: Array, message: str = "") -> None:
    """Raise unless two covariances agree to a thousandth."""
    size = errors(due)
    agree(got, due, tolerance=SHARE * size[:, None] * size, message=message)


@fit_weighted.claim(points=0.25, gate=True, always=({"data": SIXTEEN},))
def finds_the_line_of_the_sixteen_points(student, truth, data):
    """For points 5 to 20 of the table, the line is right to one error bar."""
    line, covariance = truth(*data)
    agree(fitted(student, data)[0], line, tolerance=errors(covariance))


@fit_weighted.claim(points=0.5, always=PUBLISHED)
def gives_the_published_answers(student, truth, data, printed):
    """All digits that the paper prints: m and its error, b and its error."""
    line, covariance = fitted(student, data)
    m_error, b_error = errors(covariance)
    found = np.round([100 * line[0], 100 * m_error, line[1], b_error]) / [100, 100, 1, 1]
    agree(found, np.array(printed), tolerance=1e-9)


@fit_weighted.claim(points=0.75, draws=8, always=({"data": SIXTY},), data=POINTS)
def has_the_right_line(student, truth, data):
    """Every point counts by one over the square of its error bar."""
    line, covariance = truth(*data)
    same_line(fitted(student, data)[0], line, covariance)


@fit_weighted.claim(points=0.5, draws=8, always=({"data": SIXTY},), data=POINTS)
def has_the_right_covariance(student, truth, data):
    """The covariance is what the error bars say, taken at their word."""
    same_covariance(fitted(student, data)[1], truth(*data)[1])


@fit_weighted.claim(points=0.25, relative=True, draws=4, data=POINTS)
def wider_error_bars_give_the_same_line(student, truth, data):
    """With all error bars doubled the line is the same, and the covariance four times as large."""
    line, covariance = fitted(student, data)
    wide_line, wide = fitted(student, data._replace(sigma_y=2 * data.sigma_y))
    same_line(wide_line, line, covariance, "with all error bars doubled")
    same_covariance(wide, 4 * covariance, "with all error bars doubled")


@fit_weighted.claim(points=0.25, relative=True, draws=4, data=POINTS)
def a_point_without_weight_does_not_count(student, truth, data):
    """One more point, with an error bar of 1e9, changes nothing."""
    line, covariance = fitted(student, data)
    more = Points(*(np.append(part, one) for part, one in zip(data, (1.0, 7.0, 1e9), strict=True)))
    other_line, other = fitted(student, more)
    same_line(other_line, line, covariance)
    same_covariance(other, covariance)


@fit_weighted.claim(points=0.25, relative=True, draws=4, data=POINTS)
def the_covariance_does_not_look_at_y(student, truth, data):
    """Other y at the same x have another line, and the same covariance."""
    _, covariance = fitted(student, data)
    other = data._replace(y=2 * data.y + data.x**2)
    same_covariance(fitted(student, other)[1], covariance)


@fit_weighted.claim(points=0.25, draws=4, data=TWO)
def two_points_have_one_line(student, truth, data):
    """The line through two points goes through both, and has an error all the same."""
    (line, covariance), (due, due_covariance) = fitted(student, data), truth(*data)
    same_line(line, due, due_covariance)
    same_covariance(covariance, due_covariance)


mistake = fit_weighted.mistake
DESIGN = "design = np.stack([x, np.ones(len(x))], axis=1) / sigma_y[:, None]"
LINE = "covariance @ design.T @ (y / sigma_y)"
RETURN = f"return {LINE}, covariance"
mistake(
    "unweighted_line",
    "All points count alike: divide the residuals of the line by their error bars, too.",
    RETURN,
    "return np.polyfit(x, y, 1), covariance",
)
mistake(
    "all_error_bars_alike",
    "Only the mean error bar counts: every point has one of its own.",
    DESIGN,
    "sigma_y = np.full(len(x), np.mean(sigma_y))\n    " + DESIGN,
)
mistake(
    "weights_in_the_covariance",
    "The covariance is that of weights 1/σ; a point counts by 1/σ².",
    RETURN,
    "root = np.stack([x, np.ones(len(x))], axis=1) / np.sqrt(sigma_y)[:, None]\n"
    f"    return {LINE}, np.linalg.inv(root.T @ root)",
)
mistake(
    "polyfit_w_one_over_square",
    "`np.polyfit` squares its weights: it wants 1/σ, and gets 1/σ² here.",
    RETURN,
    "return np.polyfit(x, y, 1, w=1 / sigma_y**2), covariance",
)
mistake(
    "scaled_by_the_scatter",
    "The covariance is scaled by how well the line fits; take the error bars at their word.",
    RETURN,
    f"line = {LINE}\n"
    "    left = np.sum(((y - line[0] * x - line[1]) / sigma_y) ** 2)\n"
    "    return line, covariance * left / max(len(x) - 2, 1)",
)
mistake(
    "order_b_m",
    "The intercept comes first in your answer: the order is (m, b).",
    "np.stack([x, np.ones(len(x))], axis=1)",
    "np.stack([np.ones(len(x)), x], axis=1)",
)
mistake(
    "covariance_in_the_other_order",
    "The line is right, but rows and columns of the covariance belong to (b, m).",
    RETURN,
    f"return {LINE}, covariance[::-1, ::-1]",
)
mistake(
    "errors_for_the_covariance",
    "Standard errors stand where variances belong.",
    RETURN,
    f"return {LINE}, np.diag(np.sqrt(np.diag(covariance)))",
)
mistake(
    "inverse_covariance",
    "This is the inverse of the covariance.",
    RETURN,
    f"return {LINE}, np.linalg.inv(covariance)",
)
mistake(
    "diagonal_only",
    "Slope and intercept are correlated: the covariance has an off-diagonal part.",
    RETURN,
    f"return {LINE}, np.diag(np.diag(covariance))",
)
mistake(
    "sign_of_the_correlation",
    "A steeper line has a lower intercept where x is positive: look at the off-diagonal part.",
    RETURN,
    f"return {LINE}, covariance * [[1, -1], [-1, 1]]",
)
mistake(
    "x_on_y",
    "x is fitted as a function of y; the error bars are those of y.",
    RETURN,
    "slope, height = np.polyfit(y, x, 1, w=1 / sigma_y)\n"
    "    return np.array([1 / slope, -height / slope]), covariance",
)
mistake(
    "through_the_origin",
    "The intercept is held at zero.",
    RETURN,
    "m = np.sum(x * y / sigma_y**2) / np.sum(x**2 / sigma_y**2)\n"
    "    return np.array([m, 0.0]), covariance",
)
mistake(
    "multiplied_by_the_error_bars",
    "Points with large error bars count most: divide by the error bar.",
    "/ sigma_y[:, None]",
    "* sigma_y[:, None]",
)
mistake(
    "divided_by_the_variance",
    "y is divided by σ², and the rows (x, 1) by σ: both want σ.",
    DESIGN,
    DESIGN + "\n    y = y / sigma_y",
)
mistake(
    "of_the_table",
    "Your function uses the notebook's data and not the ones that it is given.",
    DESIGN,
    "x, y, sigma_y = x_data, y_data, s_data\n    " + DESIGN,
)
mistake(
    "weights_of_the_fourth_power",
    "Points count by 1/σ⁴, in the line and in the covariance: what you divide a row by, or give to "
    "polyfit as w, is squared once more.",
    DESIGN,
    "sigma_y = sigma_y**2\n    " + DESIGN,
)
mistake(
    "weights_of_the_first_power",
    "Points count by 1/σ, in the line and in the covariance: what you divide a row by is squared "
    "in the sum, so that its root was one root too many.",
    DESIGN,
    "sigma_y = np.sqrt(sigma_y)\n    " + DESIGN,
)
