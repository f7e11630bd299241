r"""How far a right answer may be from the truth, and why.

A right answer in float64 is not the truth's to the last bit: it may square before it divides, take
the log of a scale or of its square, add up in another order, or run compiled. What all of these
share is a bound on their rounding (Higham 2002, *Accuracy and Stability of Numerical Algorithms*,
sections 3.1 and 4.2): a sum of n terms, each good to c operations, is off by at most

.. math:: (c + n)\,\epsilon \sum_n |t_n|

with :math:`\epsilon` the spacing of float64 at one. The truth gives the sum of magnitudes. No
other number enters: a tolerance is not a matter of taste.

>>> bool(rounding(1, 1.0) < 1e-14)
True
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

EPS = float(np.finfo(np.float64).eps)

# What one term may cost, in units of eps, where nothing better is known. For the densest term of
# the course, of a Gaussian's log density, in halves of eps: the residual takes three operations,
# which its square doubles; square, quotient and sum are three more; log and exp may each be four
# off (compiled ones are not correctly rounded); and 1 / s² by way of log s, at |log s| up to 30,
# takes twice that. All of it: 6 + 3 + 8 + 60 = 77, which is 39 eps.
OPERATIONS = 39


def rounding(n: int, magnitudes: ArrayLike, operations: int = OPERATIONS) -> NDArray[np.float64]:
    """What rounding can do to a sum of n terms: float64, the shape of `magnitudes`.

    Parameters
    ----------
    n : the number of terms.
    magnitudes : the sum of the terms' magnitudes, in the unit of the answer.
    operations : how many operations one term is good to, in units of eps.

    >>> float(rounding(11, 2.0)) == 100 * EPS
    True
    """
    return np.asarray((operations + n) * EPS * np.asarray(magnitudes, dtype=np.float64))
