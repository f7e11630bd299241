"""Claims about `fit_line(x, y, theta0)`: 3 points, judged in units of standard errors."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, Inputs, agree, exercise, float64_array

from . import reference
from .extremes import LIFT, TILT
from .inputs import FITS, Array, Fit, line_to_fit
from .tolerances import FIT


@exercise(points=3, approximate=1e-3, slow=True, parts="m b log_s")
def fit_line(x: Array, y: Array, theta0: Array) -> Array:
    """The maximum-likelihood (m, b, log s), ``[3]``, wherever the search starts; x, y ``[n]``."""
    m, b, s = reference.best_fit(x, y)
    return np.array([m, b, np.log(s)])


def of_few_digits(x: Array, y: Array, theta0: Array) -> Fit:
    """Data that can be read, if they are shown."""
    return Fit(np.round(x, 2), np.round(y, 3), theta0)


# Small enough to be done by hand: slope 1.2, intercept -0.8, s² = 1.2. The last point pulls the
# line, which it would do less for any other loss than the square.
BY_HAND = Fit(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 0.0, 0.0, 4.0]), np.zeros(3))
_WOBBLE = np.array([1.0, -1.0, -1.0, 1.0, 1.0, 1.0, -1.0, 1.0, 1.0, -1.0, 1.0, -1.0])
_X = np.repeat(np.arange(-2.0, 4.0), 2)
# Two steep lines, which lie within no small bounds. The first has every x twice, and one point
# twice; in the second one point is further out than five s. Neither s is more than fifty times off
# one: a derivative by s in place of log s, which costs its points elsewhere, still leads here.
STEEP = of_few_digits(_X, 40.0 * _X - 90.0 + 0.02 * _WOBBLE, np.array([39.7, -89.7, -3.0]))
_X = np.linspace(-2.0, 3.0, 30)
_Y = -40.0 * _X + 90.0 + 0.9 * (-1.0) ** np.arange(30.0)
WIDE = of_few_digits(_X, _Y, np.array([-39.0, 89.0, 0.0]))
WIDE.y[14] += 50.0
# x that are large, and x that are all on one side of zero, where slope and intercept depend on each
# other: a search has to arrive there, too. The second has the start of the first, and other data.
_X = np.linspace(-60.0, 90.0, 24)
_Y = 0.4 * _X - 2.0 + 0.5 * np.tile(_WOBBLE, 2)
LARGE = of_few_digits(_X, _Y, np.array([0.41, -1.8, -0.2]))
_X = np.linspace(8.0, 12.0, 24)
ASIDE = of_few_digits(_X, 0.4 * _X - 1.7 + 0.3 * np.tile(_WOBBLE, 2), LARGE.theta0)
ALWAYS: tuple[Inputs, ...] = ({"fit": BY_HAND},)
FAR: tuple[Inputs, ...] = (*ALWAYS, *({"fit": fit} for fit in (STEEP, WIDE, LARGE, ASIDE)))
ORDINARY: tuple[Inputs, ...] = (*ALWAYS, {"fit": line_to_fit(2, 24)})
# Far above zero: no answer that was fixed beforehand, and no parameter in another's place, is near.
HIGH = Fit(BY_HAND.x, BY_HAND.y + 5000.0, np.array([1.0, 4999.0, 0.3]))
APART: tuple[Inputs, ...] = (*ALWAYS, {"fit": HIGH})
STARTS: tuple[Inputs, ...] = (*ALWAYS, {"fit": ASIDE})


def tolerance(truth, fit: Fit) -> np.ndarray:
    """A small part of each parameter's standard error."""
    return FIT * truth.standard_errors(fit.x, float(np.exp(truth(*fit)[2])))


def far_below(fit: Fit) -> Fit:
    """The same data, and a start far down, where any search that goes uphill gains much."""
    return fit._replace(theta0=fit.theta0 + np.array([12.0, -12.0, 0.5]))


def elsewhere(fit: Fit) -> Fit:
    """The same data, and another start, from which a right search arrives, too.

    Points that are fifty s away make a right search lose its way in its first step: from five and
    more units off, L-BFGS-B stopped early in 3 to 8 of 500 fits; from here in none of 1003.
    """
    return fit._replace(theta0=fit.theta0 + np.array([1.0, -1.0, 1.0]))


def height(fit: Fit, theta: np.ndarray) -> float:
    """The log likelihood at theta; minus infinity where it is not a number."""
    m, b, log_s = (float(value) for value in theta)
    # exp overflows above 709, and a scale of exp(-300) has no square in float64.
    if not (np.all(np.isfinite(theta)) and abs(log_s) < 300.0):
        return -np.inf
    rest = (fit.y - m * fit.x - b) * np.exp(-log_s)
    return float(-0.5 * np.sum(rest**2 + np.log(2.0 * np.pi) + 2.0 * log_s))


@fit_line.claim(points=0.5, gate=True, always=APART)
def climbs(student, truth, fit):
    """Where it stops, the log likelihood is at least half way up from its start to its top."""
    fit = far_below(fit)
    start, stop = fit.theta0, student.fit_line(*fit)
    top = height(fit, truth(*fit))
    half_way = 0.5 * (height(fit, start) + top)
    if not height(fit, stop) > half_way:
        raise ClaimFailure(
            f"a log likelihood near {top:.6g}, from {height(fit, start):.6g} at the start",
            height(fit, stop),
        )


@fit_line.claim(points=1.75, draws=1, always=FAR + ORDINARY[1:], fit=FITS)
def reaches_the_best_fit(student, truth, fit):
    """It stops at the maximum-likelihood m, b and log s, to a small part of a standard error."""
    agree(student.fit_line(*fit), truth(*fit), tolerance=tolerance(truth, fit))


@fit_line.claim(points=0.25, relative=True, always=STARTS)
def forgets_where_it_started(student, truth, fit):
    """Two starting points lead to the same best fit."""
    agree(
        student.fit_line(*elsewhere(fit)),
        student.fit_line(*fit),
        tolerance=2 * tolerance(truth, fit),
    )


@fit_line.claim(points=0.25, relative=True, always=ORDINARY)
def moves_with_the_data(student, truth, fit):
    """Lift and tilt the data, and the best line is lifted and tilted by as much; s stays."""
    moved_by = np.array([TILT, LIFT, 0.0])
    moved = Fit(fit.x, fit.y + LIFT + TILT * fit.x, fit.theta0 + moved_by)
    agree(
        student.fit_line(*moved),
        student.fit_line(*fit) + moved_by,
        tolerance=2 * tolerance(truth, fit),
    )


@fit_line.claim(points=0.25, draws=1, fit=FITS)
def returns_three_numbers(student, truth, fit):
    """What comes back is a float64 array of three finite numbers."""
    float64_array(student.fit_line.answer(*fit), 3)


fit_line.asked_hints(
    "An optimiser looks for the lowest value: of which function is the likelihood's top "
    "the lowest point?",
    "It calls your function with one array of three numbers, and wants plain numbers back, "
    "not tensors.",
    "With `jac=True` your function returns a value and its gradient. Do both have the same sign?",
    paragraph="Exercise: `fit_line`",
)
