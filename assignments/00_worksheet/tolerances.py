"""How far right answers of the worksheet may be from the truth, beside rounding; and why."""

from __future__ import annotations

import numpy as np

from course_lib.claims import EPS

# A constant that a log prior may carry: normalising a flat prior over 100 decades in each of two
# parameters adds less than this. The sum is rounded in proportion to it.
CONSTANT = 16.0

# A fitted parameter may be this many standard errors from the optimum. SciPy's default L-BFGS-B
# stops when a step gains less than 2.2e-9 of the value: with |log likelihood| below 200, as drawn,
# that leaves sqrt(2 x 2.2e-9 x 200) = 1e-3 standard errors (800 fits: 1.5e-3 at most). The
# smallest bias to be told apart, n - 1 for n under the scale, is sqrt(1 / 2n) = 0.14 standard
# errors at 24 points. This is as far from the one as it can be from the other.
FIT = 0.02

# Two ways to estimate an autocorrelation time from one chain differ by no more than the estimate's
# own standard deviation (doubling the window doubles the variance, by terms that the shorter one
# has not seen). Six of them: a false alarm in 5e8 chains.
SIGMAS = 6.0
# What a window of five times leaves out of an exponential: exp(-5), of the sum.
WINDOW_BIAS = float(np.exp(-5.0))

# Scaled, shifted or reordered chains hold the same draws to eps times mean / spread, at most 1e3
# as drawn; a window's sum adds some thousand lags of that. 1e3 x 1e3 eps = 2e-10.
SAME_CHAIN = 1e-9
# Moved by 1e7 spreads, the draws are rounded to 1e7 eps, and there are the same thousand lags.
FAR_CHAIN = 1e-5


def by_the_angle(m: float) -> float:
    """What rounding can do to 3 log cos(arctan m), the log prior as a function of the angle.

    The angle is at most π/2 and good to an eps; cos, too, is good to one. Where the line is steep,
    cos is 1/m, so that an eps π/2 of the angle is m times as much of cos.

    >>> by_the_angle(1e6) < 3e-9
    True
    """
    return 3.0 * EPS * (1.0 + 0.5 * np.pi * abs(m))


def of_its_size(tolerance: np.ndarray, got: np.ndarray, true: np.ndarray) -> np.ndarray:
    """`tolerance`, which is for the truth, for an answer that may be a multiple of it.

    A claim that compares a student's answers with each other is about their relation: with a wrong
    factor they are rounded in proportion to it.
    """
    got, true = np.abs(got), np.abs(true)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where((true > 0.0) & np.isfinite(got), got / true, 1.0)
    return tolerance * np.maximum(times, 1.0)
