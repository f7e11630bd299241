r"""How far a right answer may be from the reference, and why.

A right answer in float64 is not the reference's to the last bit: it may square before it divides,
take the log of s or of s², add up in another order, or run compiled. What all of these share is a
bound on their rounding (Higham 2002, *Accuracy and Stability of Numerical Algorithms*, sections
3.1 and 4.2): a sum of n terms, each good to c operations, is off by at most

.. math:: (c + n)\,\epsilon \sum_n |t_n|

with :math:`\epsilon` the spacing of float64 at one. The sum of magnitudes is the reference's
(`log_like_scale` and its kin). No other number enters: a tolerance is not a matter of taste.

>>> from course_lib.checks.tolerance import rounding
>>> bool(rounding(1, 1.0) < 1e-14)
True
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

EPS = float(np.finfo(np.float64).eps)

# One term of the log likelihood, in units of eps / 2: the residual takes three operations, which
# its square doubles; square, quotient and sum are three more; log and exp may each be four off
# (compiled ones are not correctly rounded); and 1 / s² by way of log s, at |log s| up to 30 as
# drawn here, takes twice that. All of it: 6 + 3 + 8 + 60 = 77, which is 39 eps.
OPERATIONS = 39

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


def by_the_angle(m: float) -> float:
    """What rounding can do to 3 log cos(arctan m), the log prior as a function of the angle.

    The angle is at most π/2 and good to an eps; cos, too, is good to one. Where the line is steep,
    cos is 1/m, so that an eps π/2 of the angle is m times as much of cos.

    >>> by_the_angle(1e6) < 3e-9
    True
    """
    return 3.0 * EPS * (1.0 + 0.5 * np.pi * abs(m))


def rounding(n: int, magnitudes: ArrayLike) -> NDArray[np.float64]:
    """What rounding can do to a sum over n points: float64, the shape of `magnitudes`.

    Parameters
    ----------
    n : the number of points.
    magnitudes : the sum of the terms' magnitudes, in the unit of the answer.

    >>> float(rounding(11, 2.0)) == 100 * EPS
    True
    """
    return np.asarray((OPERATIONS + n) * EPS * np.asarray(magnitudes, dtype=np.float64))
