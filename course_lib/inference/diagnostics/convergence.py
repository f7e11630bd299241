"""Convergence diagnostics: R-hat, bulk and tail effective sample size, Monte Carlo errors.

    >>> draws = np.random.default_rng(1).standard_normal((1000, 4))      # [steps, chains]
    >>> round(split_r_hat(draws), 2), bulk_ess(draws) > 3000, tail_ess(draws) > 3000
    (1.0, True, True)

They use ranks instead of values, so that heavy tails and monotone transformations of the parameter
do not matter, and halves of chains instead of chains, so that a drift is detected. The numbers
agree with ArviZ and posteriordb up to rounding.

Source: Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021), Bayesian Analysis 16, 667.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from course_lib.inference.diagnostics.autocorrelation import effective_sample_size

Floats = NDArray[np.float64]
TAILS = (0.05, 0.95)


def split_r_hat(x: ArrayLike) -> float:
    """Rank-normalised split R-hat of x [steps, chains]: near 1 if all halves agree.

    The larger of two: R-hat of the draws (do the locations agree?) and of their distances from the
    median (do the scales agree?). NaN for draws that never change. Section 4.
    """
    halves = _halves(x)
    folded = np.abs(halves - np.median(halves))
    return float(np.max([_r_hat(_normal_scores(y)) for y in (halves, folded)]))


def bulk_ess(x: ArrayLike) -> float:
    """Effective sample size of x [steps, chains] for its centre, from the ranks' normal scores."""
    return float(effective_sample_size(_normal_scores(_halves(x))))


def tail_ess(x: ArrayLike) -> float:
    """Effective sample size of x [steps, chains] for its 5 % or 95 % quantile, the smaller one.

    It is that of the indicator x ≤ quantile (0 or 1). Section 4.3.
    """
    x = np.asarray(x, np.float64)
    below = [_halves(x <= quantile) for quantile in np.quantile(x, TAILS)]
    return float(min(effective_sample_size(indicator) for indicator in below))


def mcse_mean(x: ArrayLike) -> float:
    """Monte Carlo standard error of the mean of x [steps, chains]: sd/√ESS."""
    x = np.asarray(x, np.float64)
    return float(x.std(ddof=1) / np.sqrt(effective_sample_size(_halves(x))))


def mcse_sd(x: ArrayLike) -> float:
    """Monte Carlo standard error of the standard deviation of x [steps, chains].

    The error of the variance is sd(v)/√ESS(v) with v = (x − x̄)²; and d√V = dV/(2√V).
    """
    x = np.asarray(x, np.float64)
    v = (x - x.mean()) ** 2
    return float(np.sqrt(v.var() / effective_sample_size(_halves(v)) / v.mean() / 4))


def plain_r_hat(draws: Floats) -> Floats:
    """Split R-hat without ranks of draws [steps, chains, d], for all parameters at once: [d].

    Fast enough for thousands of parameters, to find those that mix worst.
    """
    half = len(draws) // 2
    halves = np.concatenate([draws[:half], draws[-half:]], axis=1)
    within = halves.var(axis=0, ddof=1).mean(axis=0)
    between = halves.mean(axis=0).var(axis=0, ddof=1)
    still = within == 0
    return np.sqrt((half - 1) / half + between / np.where(still, 1.0, within))


def _halves(x: ArrayLike) -> Floats:
    """First and second half of every chain, [steps/2, 2·chains]; an odd middle step is dropped."""
    x = np.asarray(x, np.float64)
    half = len(x) // 2
    return np.concatenate([x[:half], x[-half:]], axis=1)


def _normal_scores(x: Floats) -> Floats:
    ranks = rankdata(x, method="average").reshape(x.shape)
    return np.asarray(ndtri((ranks - 0.375) / (x.size + 0.25)))  # Blom (1958)


def _r_hat(x: Floats) -> float:
    n = len(x)
    within = x.var(axis=0, ddof=1).mean()
    between = x.mean(axis=0).var(ddof=1)
    return float(np.sqrt((n - 1) / n + between / within)) if within > 0 else float("nan")
