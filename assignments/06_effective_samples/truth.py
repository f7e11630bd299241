"""What several truths share: correlations, the centred schools, and sums of magnitudes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def correlated(x: Array) -> Array:
    """The autocorrelation ``[n]`` of x ``[n]`` by FFT, padded so that no lag wraps around."""
    n = len(x)
    off = x - np.mean(x)
    spectrum = np.fft.rfft(off, 2 * n)
    products = np.fft.irfft(np.abs(spectrum) ** 2, 2 * n)[:n]
    return np.asarray(products / products[0])


def correlation_scale(x: Array) -> float:
    """How many times its width the largest number of x is, and one: what an eps costs."""
    return float(1 + np.max(np.abs(x)) / np.std(x))


def centred(y: Array, sigma: Array, mu: float, log_tau: float, theta: Array) -> float:
    """The log density of (mu, log tau, theta ``[k]``), up to a constant."""
    tau = np.exp(log_tau)
    prior = -0.5 * (mu / 5) ** 2 - np.log1p((tau / 5) ** 2) + log_tau
    spread = -0.5 * np.sum(((theta - mu) / tau) ** 2) - len(y) * log_tau
    return float(prior + spread - 0.5 * np.sum(((y - theta) / sigma) ** 2))


def schools_scale(y: Array, sigma: Array, mu: float, log_tau: float, z: Array) -> float:
    """The magnitudes of the log density's terms, added up, with what cancels in the residuals."""
    tau = np.exp(log_tau)
    size = np.abs(y) + abs(mu) + np.abs(tau * z)
    data = np.sum(size * np.abs(y - mu - tau * z) / sigma**2 + np.abs(np.log(sigma)) + 1)
    prior = (mu / 5) ** 2 + 2 * abs(log_tau) + np.log1p((tau / 5) ** 2) + 4
    return float(data + prior + np.sum(z**2))


def schools_gradient_scale(
    y: Array, sigma: Array, mu: float, log_tau: float, z: Array
) -> tuple[float, float, Array]:
    """The magnitudes of its derivatives with respect to mu, log tau and z."""
    tau = np.exp(log_tau)
    pull = (np.abs(y) + abs(mu) + np.abs(tau * z)) / sigma**2
    by_log_tau = np.sum(pull * np.abs(tau * z)) + 4
    return float(np.sum(pull) + abs(mu) + 1), float(by_log_tau), tau * pull + np.abs(z)
