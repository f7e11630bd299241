"""What several truths share: the two log densities of the mixture, and sums of magnitudes.

A point is *good* with the probability 1 - p: it scatters about the line m x + b by its own error
bar. Or it is *bad*, with the probability p: it scatters about y_b, by its error bar and by s_b.
The parameters are (m, b, logit p, y_b, log s_b).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LOG_ROOT_TWO_PI = 0.5 * np.log(2 * np.pi)


def line_and_covariance(x: Array, y: Array, sigma_y: Array) -> tuple[Array, Array]:
    """The weighted line (m, b) and its covariance, about the weighted mean of x."""
    w = 1 / sigma_y**2
    total = np.sum(w)
    centre = np.sum(w * x) / total
    dx = x - centre
    spread = np.sum(w * dx**2)
    m = np.sum(w * dx * y) / spread
    b = np.sum(w * y) / total - m * centre
    covariance = np.array(
        [[1 / spread, -centre / spread], [-centre / spread, 1 / total + centre**2 / spread]]
    )
    return np.array([m, b]), covariance


def bad_variance(sigma_y: Array, log_s_b: float) -> Array:
    """The variance of a bad point, ``[n]``."""
    with np.errstate(under="ignore"):
        return sigma_y**2 + np.exp(2 * log_s_b)


def log_densities(
    x: Array, y: Array, sigma_y: Array, m: float, b: float, y_b: float, log_s_b: float
) -> tuple[Array, Array]:
    """The log density of each point if it is good, and if it is bad, each ``[n]``."""
    variance = bad_variance(sigma_y, log_s_b)
    good = -0.5 * ((y - (m * x + b)) / sigma_y) ** 2 - np.log(sigma_y) - LOG_ROOT_TWO_PI
    bad = -0.5 * (y - y_b) ** 2 / variance - 0.5 * np.log(variance) - LOG_ROOT_TWO_PI
    return good, bad


def log_sigmoid(t: float) -> float:
    """log(1 / (1 + exp(-t))), for any t."""
    return -float(np.logaddexp(0.0, -t))


def shares(
    x: Array,
    y: Array,
    sigma_y: Array,
    m: float,
    b: float,
    logit_p: float,
    y_b: float,
    log_s_b: float,
) -> tuple[Array, Array]:
    """Each point's probability to be good, and to be bad, each ``[n]``."""
    good, bad = log_densities(x, y, sigma_y, m, b, y_b, log_s_b)
    odds = logit_p + bad - good
    return np.exp(-np.logaddexp(0.0, odds)), np.exp(-np.logaddexp(0.0, -odds))


def magnitudes(
    x: Array,
    y: Array,
    sigma_y: Array,
    m: float,
    b: float,
    logit_p: float,
    y_b: float,
    log_s_b: float,
) -> tuple[Array, Array]:
    """What the log density of each point is made of if it is good, and if it is bad: ``[n]`` each.

    A residual is a difference, whose rounding is that of its parts; the variance of a bad point has
    an error of |log s_b| eps, in proportion to what s_b adds to it.
    """
    off, size = np.abs(y - (m * x + b)), np.abs(y) + np.abs(m * x) + abs(b)
    good = (0.5 * off**2 + off * size) / sigma_y**2 + np.abs(np.log(sigma_y)) + 1
    variance = bad_variance(sigma_y, log_s_b)
    share = (variance - sigma_y**2) / variance * abs(log_s_b)
    off, size = np.abs(y - y_b), np.abs(y) + abs(y_b)
    bad = (0.5 * off**2 * (1 + 2 * share) + off * size) / variance
    bad = bad + np.abs(np.log(variance)) + share + 1
    return good - log_sigmoid(-logit_p), bad - log_sigmoid(logit_p)


def value_scale(x: Array, y: Array, sigma_y: Array, *theta: float) -> float:
    """The magnitudes of the terms that are responsible for the log likelihood, added up.

    A term that is exp(40) times less probable than the other one does not count, nor does its
    rounding.
    """
    good, bad = magnitudes(x, y, sigma_y, *theta)
    p_good, p_bad = shares(x, y, sigma_y, *theta)
    return float(np.sum(p_good * good + p_bad * bad))


def gradient_scale(x: Array, y: Array, sigma_y: Array, *theta: float) -> Array:
    """The magnitudes of the derivatives by (m, b, logit p, y_b, log s_b), ``[5]``.

    A derivative is a share times a slope. The shares are functions of the difference of two log
    densities, whose rounding enters by p_good p_bad.
    """
    m, b, _, y_b, log_s_b = theta
    good, bad = magnitudes(x, y, sigma_y, *theta)
    p_good, p_bad = shares(x, y, sigma_y, *theta)
    doubt = p_good * p_bad * (good + bad)
    variance = bad_variance(sigma_y, log_s_b)
    off, size = np.abs(y - (m * x + b)), np.abs(y) + np.abs(m * x) + abs(b)
    by_b = (p_good * (off + size) + doubt * off) / sigma_y**2
    off, size = np.abs(y - y_b), np.abs(y) + abs(y_b)
    by_y_b = (p_bad * (off + size) + doubt * off) / variance
    slope = (off**2 + 2 * off * size) / variance + 1
    added = (variance - sigma_y**2) / variance
    by_log_s_b = (p_bad * (1 + abs(log_s_b)) + doubt) * slope * added
    by_logit = p_bad + doubt + np.exp(log_sigmoid(theta[2]))
    rows = [by_b * np.abs(x), by_b, by_logit, by_y_b, by_log_s_b]
    return np.sum(np.array(rows), axis=1)


def probability_scale(x: Array, y: Array, sigma_y: Array, draws: Array) -> Array:
    """What rounding may do to each point's mean probability to be bad, in units of eps, ``[n]``."""
    found = np.zeros(len(x))
    for theta in draws:
        good, bad = magnitudes(x, y, sigma_y, *theta)
        p_good, p_bad = shares(x, y, sigma_y, *theta)
        found = found + p_good * p_bad * (good + bad) + p_bad
    return found / len(draws)
