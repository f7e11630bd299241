"""Eight schools (Rubin 1981), non-centred: θ = μ + τη; q = (μ, log τ, η₁ … η₈).

μ ~ N(0, 5), τ ~ half-Cauchy(5), as in posteriordb.
"""

from typing import Any

import numpy as np

from targets.languages import beside

DIMENSION, CHAINS = 10, (64, 256)
START = np.zeros(10)
Y = np.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
S = np.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])


def log_prob(np: Any, q: Any) -> Any:
    mu, log_tau, eta = q[0], q[1], q[2:]
    y, s, tau = beside(np, Y, q), beside(np, S, q), np.exp(log_tau)
    misfit = (y - mu - tau * eta) / s
    prior = -0.5 * (mu / 5) ** 2 - np.log1p((tau / 5) ** 2) + log_tau
    return prior - 0.5 * np.sum(misfit**2 + eta**2, 0)


def over_log_tau() -> tuple[Any, ...]:
    """A grid of log τ [k] with weights [k], and there mean and variance of μ [k], 1/(s² + τ²)."""
    log_tau = np.linspace(-14, 9, 20_001)
    tau = np.exp(log_tau)[:, None]
    v = 1 / (S**2 + tau**2)
    precision = 1 / 25 + v.sum(axis=1)
    mu, mu_variance = (v * Y).sum(axis=1) / precision, 1 / precision
    height = -0.5 * np.log(precision) + 0.5 * np.log(v).sum(axis=1)
    height += -0.5 * (v * Y**2).sum(axis=1) + 0.5 * mu**2 * precision
    height += log_tau - np.log1p((tau[:, 0] / 5) ** 2)
    weight = np.exp(height - height.max())
    return log_tau, weight / weight.sum(), mu, mu_variance, v


def truth() -> tuple[Any, Any, Any]:
    """Given τ, (μ, η) is normal; so it is one integral over log τ, on a grid: error 1e-6."""
    log_tau, weight, mu, mu_variance, v = over_log_tau()
    tau = np.exp(log_tau)[:, None]
    slope = tau * v  # η = slope (y − μ) + noise of variance 1 − τ slope
    eta = slope * (Y - mu[:, None])
    eta_variance = 1 - tau * slope + slope**2 * mu_variance[:, None]
    means = np.column_stack([mu, log_tau, eta])
    variances = np.column_stack([mu_variance, 0 * log_tau, eta_variance])
    mean = weight @ means
    sd = np.sqrt(weight @ (variances + (means - mean) ** 2))
    return mean, sd, 1e-6 * sd


STAN = """
data { vector[8] y; vector[8] s; }
parameters { real mu; real log_tau; vector[8] eta; }
model {
  real tau = exp(log_tau);
  mu ~ normal(0, 5);
  tau ~ cauchy(0, 5);
  target += log_tau;
  eta ~ std_normal();
  y ~ normal(mu + tau * eta, s);
}
"""


def stan_data() -> dict[str, Any]:
    return {"y": Y.tolist(), "s": S.tolist()}


STAN_PARAMETERS = ("mu", "log_tau", "eta")
