r"""The exact posterior of the worksheet's line: mean and standard deviation, by quadrature.

Two of the three integrals are known in closed form. With ``Q(m)`` the sum of squares of
y - m x about its own mean, and the priors of `posterior.py`:

* b given m, s is Gaussian; s given m is inverse gamma in s², with (n - 1)/2 degrees and Q/2;
* so b given m is Student's t with mean :math:`\bar y - m \bar x` and variance Q / (n (n - 3)),
* and log s given m has mean :math:`\frac12[\log(Q/2) - \psi(\frac{n-1}2)]` and variance
  :math:`\frac14 \psi'(\frac{n-1}2)`;
* what is left for m is :math:`p(m) \propto Q(m)^{-(n-1)/2} (1 + m^2)^{-3/2}`,

one integral over the slope. Source: Gelman et al. 2013, *Bayesian Data Analysis*, section 14.2
(linear regression, flat prior in log s), with this worksheet's prior on the slope multiplied in.

>>> from . import posterior_moments, worksheet_data
>>> x, y, _ = worksheet_data()
>>> posterior_moments(x, y).mean.round(4).tolist()
[-0.4438, 0.0407, -2.1846]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .line import Array, as_data
from .optimum import best_fit, standard_errors


class PosteriorMoments(NamedTuple):
    """Posterior mean and standard deviation of (m, b, log s), each ``[3]``."""

    mean: Array
    sd: Array


def posterior_moments(x: ArrayLike, y: ArrayLike) -> PosteriorMoments:
    """The exact posterior mean and standard deviation of (m, b, log s).

    Parameters
    ----------
    x, y : ``[n]`` with n of at least 4, not all on one line.

    Raises
    ------
    ValueError : with fewer than four points (the variance of b is then infinite), or as
        `optimum.best_fit` does.
    """
    # Here, because importing these takes half a second that a check without them need not wait.
    from scipy.integrate import quad
    from scipy.special import digamma, polygamma

    x_array, y_array = as_data(x, y)
    n = len(x_array)
    if n < 4:
        raise ValueError(f"the posterior variance of b needs at least four points, got {n}")
    m_hat, _, s_hat = best_fit(x_array, y_array)
    unit = standard_errors(x_array, s_hat)[0]
    x_mean, y_mean = np.mean(x_array), np.mean(y_array)
    half = 0.5 * (n - 1)

    def relative_square(u: float) -> float:
        """Q(m) / Q(m_hat) at m = m_hat + u * unit: least squares makes it 1 + u² / n."""
        return 1.0 + u * u / n

    def log_density(u: float) -> float:
        m = m_hat + u * unit
        return float(-half * np.log(relative_square(u)) - 1.5 * np.log1p(m * m))

    peak = log_density(0.0)

    def average(f: Callable[[float], float]) -> float:
        """The integral of f(u) over the slope's posterior, not yet normalised."""
        # All that float64 leaves after some hundred additions.
        return float(
            quad(
                lambda u: f(u) * np.exp(log_density(u) - peak),
                -np.inf,
                np.inf,
                epsabs=1e-13,
                epsrel=1e-12,
                limit=500,
            )[0]
        )

    def log_s_given(u: float) -> float:
        square = n * s_hat**2 * relative_square(u)
        return float(0.5 * (np.log(0.5 * square) - digamma(half)))

    total = average(lambda u: 1.0)
    u_mean = average(lambda u: u) / total
    u_variance = average(lambda u: (u - u_mean) ** 2) / total
    m_mean, m_variance = m_hat + u_mean * unit, u_variance * unit**2
    b_within = average(lambda u: s_hat**2 * relative_square(u) / (n - 3)) / total
    log_s_mean = average(log_s_given) / total
    log_s_between = average(lambda u: (log_s_given(u) - log_s_mean) ** 2) / total

    mean = np.array([m_mean, y_mean - m_mean * x_mean, log_s_mean])
    # The law of total variance: within a given slope, plus between slopes.
    variance = np.array(
        [
            m_variance,
            b_within + x_mean**2 * m_variance,
            0.25 * float(polygamma(1, half)) + log_s_between,
        ]
    )
    return PosteriorMoments(mean, np.sqrt(variance))
