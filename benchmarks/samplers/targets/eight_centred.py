"""Eight schools, centred: q = (μ, log τ, θ₁ … θ₈), with a funnel where τ is small."""

from typing import Any

import numpy as np

from targets.eight_schools import CHAINS, DIMENSION, S, Y, over_log_tau
from targets.languages import beside

__all__ = ["CHAINS", "DIMENSION"]
START = np.zeros(10)


def log_prob(np: Any, q: Any) -> Any:
    mu, log_tau, theta = q[0], q[1], q[2:]
    y, s, tau = beside(np, Y, q), beside(np, S, q), np.exp(log_tau)
    prior = -0.5 * (mu / 5) ** 2 - np.log1p((tau / 5) ** 2) - 7 * log_tau
    return prior - 0.5 * np.sum(((y - theta) / s) ** 2 + ((theta - mu) / tau) ** 2, 0)


def value_and_gradient(q: Any, gradient: Any) -> Any:
    """The same with loops, for numba; writes the gradient [10]."""
    mu, tau = q[0], np.exp(q[1])
    ratio = (tau / 5) ** 2
    value = -0.5 * (mu / 5) ** 2 - np.log1p(ratio) - 7 * q[1]
    gradient[0] = -mu / 25
    gradient[1] = -2 * ratio / (1 + ratio) - 7
    for i in range(8):
        theta = q[2 + i]
        misfit, away = (Y[i] - theta) / S[i], (theta - mu) / tau
        value -= 0.5 * (misfit**2 + away**2)
        gradient[0] += away / tau
        gradient[1] += away**2
        gradient[2 + i] = misfit / S[i] - away / tau
    return value


def truth() -> tuple[Any, Any, Any]:
    """Given τ, (μ, θ) is normal; an integral over log τ on a grid, as for the non-centred form."""
    log_tau, weight, mu, mu_variance, v = over_log_tau()
    tau2 = np.exp(2 * log_tau)[:, None]
    theta = tau2 * v * Y + S**2 * v * mu[:, None]
    theta_variance = tau2 * S**2 * v + (S**2 * v) ** 2 * mu_variance[:, None]
    means = np.column_stack([mu, log_tau, theta])
    variances = np.column_stack([mu_variance, 0 * log_tau, theta_variance])
    mean = weight @ means
    sd = np.sqrt(weight @ (variances + (means - mean) ** 2))
    return mean, sd, 1e-6 * sd
