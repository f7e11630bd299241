"""Claims about `fit_line(x, y, theta0)`: 3 points, judged in units of standard errors."""

from __future__ import annotations

import numpy as np

from course_lib import reference
from course_lib.checks.asking import Student
from course_lib.checks.claims import Inputs
from course_lib.checks.strategies import FITS, Fit
from course_lib.checks.tolerance import FIT
from course_lib.checks.worksheet.exercises import fit_line
from course_lib.checks.worksheet.extremes import LIFT, TILT
from course_lib.checks.worksheet.returned import three_numbers
from course_lib.checks.wrong import Wrong, agree

# Small enough to be done by hand: slope 1.2, intercept -0.8, s² = 1.2. The last point pulls the
# line, which it would do less for any other loss than the square.
BY_HAND = Fit(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 0.0, 0.0, 4.0]), np.zeros(3))
_WOBBLE = np.array([1.0, -1.0, -1.0, 1.0, 1.0, 1.0, -1.0, 1.0, 1.0, -1.0, 1.0, -1.0])
_X = np.repeat(np.arange(-2.0, 4.0), 2)
# Two steep lines, which lie within no small bounds. The first has every x twice, and one point
# twice; in the second one point is further out than five s. Neither s is more than fifty times off
# one: a derivative by s in place of log s, which costs its points elsewhere, still leads here.
STEEP = Fit(_X, 40.0 * _X - 90.0 + 0.02 * _WOBBLE, np.array([39.7, -89.7, -3.0]))
_X = np.linspace(-2.0, 3.0, 30)
WIDE = Fit(_X, -40.0 * _X + 90.0 + 0.9 * (-1.0) ** np.arange(30.0), np.array([-39.0, 89.0, 0.0]))
WIDE.y[14] += 50.0
ALWAYS: tuple[Inputs, ...] = ({"fit": BY_HAND},)
FAR: tuple[Inputs, ...] = (*ALWAYS, {"fit": STEEP}, {"fit": WIDE})


def truth(fit: Fit) -> np.ndarray:
    """The maximum-likelihood (m, b, log s)."""
    m, b, s = reference.best_fit(fit.x, fit.y)
    return np.array([m, b, np.log(s)])


def tolerance(fit: Fit) -> np.ndarray:
    """A small part of each parameter's standard error."""
    return FIT * reference.standard_errors(fit.x, float(np.exp(truth(fit)[2])))


def height(fit: Fit, theta: np.ndarray) -> float:
    """The log likelihood at theta; minus infinity where it is not a number."""
    m, b, log_s = (float(value) for value in theta)
    # exp overflows above 709, and a scale of exp(-300) has no square in float64.
    if not (np.all(np.isfinite(theta)) and abs(log_s) < 300.0):
        return -np.inf
    return float(reference.log_like(fit.x, fit.y, m, b, np.exp(log_s)))


@fit_line.claim(points=0.5, gate=True, draws=1, always=ALWAYS, fit=FITS)
def test_climbs(student: Student, fit: Fit) -> None:
    """Where it stops, the log likelihood is at least half way up from its start to its top."""
    start, stop = fit.theta0, student.fit_line(*fit)
    top = height(fit, truth(fit))
    half_way = 0.5 * (height(fit, start) + top)
    if not height(fit, stop) > half_way:
        raise Wrong(
            f"a log likelihood near {top:.6g}, from {height(fit, start):.6g} at the start",
            height(fit, stop),
        )


@fit_line.claim(points=1.25, draws=1, always=FAR, fit=FITS)
def test_reaches_the_best_fit(student: Student, fit: Fit) -> None:
    """It stops at the maximum-likelihood m, b and log s, to a small part of a standard error."""
    agree(student.fit_line(*fit), truth(fit), tolerance=tolerance(fit))


@fit_line.claim(points=0.25, relative=True, draws=1, fit=FITS)
def test_forgets_where_it_started(student: Student, fit: Fit) -> None:
    """Two starting points lead to the same best fit."""
    other = fit._replace(theta0=fit.theta0 + np.array([0.7, -0.7, 0.5]))
    agree(student.fit_line(*other), student.fit_line(*fit), tolerance=2 * tolerance(fit))


@fit_line.claim(points=0.5, relative=True, draws=1, fit=FITS)
def test_moves_with_the_data(student: Student, fit: Fit) -> None:
    """Lift and tilt the data, and the best line is lifted and tilted by as much; s stays."""
    moved_by = np.array([TILT, LIFT, 0.0])
    moved = Fit(fit.x, fit.y + LIFT + TILT * fit.x, fit.theta0 + moved_by)
    agree(student.fit_line(*moved), student.fit_line(*fit) + moved_by, tolerance=2 * tolerance(fit))


@fit_line.claim(points=0.5, draws=1, fit=FITS)
def test_returns_three_numbers(student: Student, fit: Fit) -> None:
    """What comes back is a float64 array of three finite numbers."""
    three_numbers(student.fit_line.answer(*fit))
