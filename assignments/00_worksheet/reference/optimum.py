r"""The best-fitting line in closed form, and how well the data pin it down.

Whatever s is, the likelihood is largest in (m, b) at the least-squares line; given that line it
is largest in s at the root mean square residual (divided by n, not n - 2):

.. math::
    \hat m = \frac{\sum (x - \bar x)(y - \bar y)}{\sum (x - \bar x)^2}, \qquad
    \hat b = \bar y - \hat m \bar x, \qquad
    \hat s^2 = \frac1n \sum (y - \hat m x - \hat b)^2

Source: Hogg, Bovy & Lang 2010 (arXiv:1008.4686), equations 1-8.

>>> from .optimum import best_fit
>>> best_fit([-1.0, 0.0, 0.0, 1.0], [-1.0, 1.0, -1.0, 1.0]).round(12).tolist()
[1.0, 0.0, 0.707106781187]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .line import Array, as_data, as_scale


def best_fit(x: ArrayLike, y: ArrayLike) -> Array:
    """The maximum-likelihood (m, b, s): ``[3]``, in the units of y/x, y and y.

    Raises
    ------
    ValueError : when fewer than three points, or a single x, or points exactly on a line leave
        no maximum (the likelihood then grows for ever as s goes to zero).
    """
    x_array, y_array = as_data(x, y)
    spread = _spread(x_array)
    x_mean, y_mean = np.mean(x_array), np.mean(y_array)
    m = np.sum((x_array - x_mean) * (y_array - y_mean)) / spread
    rest = (y_array - y_mean) - m * (x_array - x_mean)
    s = np.sqrt(np.mean(rest**2))
    # Residuals this small are the rounding of y itself: the points lie on the line.
    if s <= np.finfo(np.float64).eps * np.max(np.abs(y_array)):
        raise ValueError("the points lie on a line, so that no s > 0 is the best; add scatter")
    return np.array([m, y_mean - m * x_mean, s])


def standard_errors(x: ArrayLike, s: float) -> Array:
    r"""The standard errors of (m, b, log s) at the optimum: ``[3]``.

    From the Fisher information, with s in the unit of y:
    :math:`\sigma_m = s / \sqrt{S}`, :math:`\sigma_b = s \sqrt{1/n + \bar x^2 / S}`,
    :math:`\sigma_{\log s} = 1/\sqrt{2n}`, where :math:`S = \sum (x - \bar x)^2`.

    Raises
    ------
    ValueError : when fewer than three points or a single x leave a parameter undetermined.

    >>> standard_errors([-1.0, 0.0, 0.0, 1.0], s=2.0).round(6).tolist()
    [1.414214, 1.0, 0.353553]
    """
    x_array = np.asarray(x, dtype=np.float64)
    spread, n = _spread(x_array), len(x_array)
    scale = float(as_scale(s)[0])
    return np.array(
        [
            scale / np.sqrt(spread),
            scale * np.sqrt(1.0 / n + np.mean(x_array) ** 2 / spread),
            1.0 / np.sqrt(2.0 * n),
        ]
    )


def _spread(x: Array) -> float:
    """The sum of squares of x about its mean, in the unit of x squared, checked to be positive."""
    if len(x) < 3:
        raise ValueError(f"three parameters need at least three points, got {len(x)}")
    if np.ptp(x) == 0.0:
        raise ValueError(f"all x are {x[0]}: a slope needs two different x")
    return float(np.sum((x - np.mean(x)) ** 2))
