"""The worksheet's posterior: a line through fifty points, with scatter; q = (m, b, log s)."""

from typing import Any

import numpy as np

from targets.languages import beside

DIMENSION, CHAINS = 3, (64, 256)
START = np.array([-0.4, 0.03, np.log(0.1)])
_random = np.random.RandomState(123)  # the worksheet's own draws
X = np.sort(_random.uniform(-1, 1, 50))
Y = START[0] * X + START[1] + 0.1 * _random.randn(50)


def log_prob(np: Any, q: Any) -> Any:
    m, b, log_s = q[0], q[1], q[2]
    x, y, s = beside(np, X, q), beside(np, Y, q), np.exp(log_s)
    return -0.5 * np.sum(((y - m * x - b) / s) ** 2, 0) - 50 * log_s - 1.5 * np.log1p(m**2)


def truth() -> tuple[Any, Any, Any]:
    """By quadrature: 121 points a parameter over ± 8 widths, exact to 1e-6 of a width."""
    middle, width = np.array([-0.4438, 0.0407, -2.1846]), np.array([0.0346, 0.0161, 0.1031])
    axes = [c + w * np.linspace(-8, 8, 121) for c, w in zip(middle, width, strict=True)]
    grid = np.meshgrid(*axes, indexing="ij")
    m, b, log_s = grid
    # Σ (y − m x − b)² out of its sums, or the grid would be 50 times as large
    square = np.sum(Y**2) + m**2 * np.sum(X**2) + 50 * b**2
    square += 2 * (m * b * np.sum(X) - m * np.sum(X * Y) - b * np.sum(Y))
    height = -0.5 * square * np.exp(-2 * log_s) - 50 * log_s - 1.5 * np.log1p(m**2)
    weight = np.exp(height - height.max())
    weight /= weight.sum()
    mean = np.array([np.sum(weight * g) for g in grid])
    sd = np.sqrt([np.sum(weight * (g - c) ** 2) for g, c in zip(grid, mean, strict=True)])
    return mean, sd, 1e-6 * sd


STAN = """
data { int n; vector[n] x; vector[n] y; }
parameters { real m; real b; real log_s; }
model {
  y ~ normal(m * x + b, exp(log_s));
  target += -1.5 * log1p(square(m));
}
"""


def stan_data() -> dict[str, Any]:
    return {"n": 50, "x": X.tolist(), "y": Y.tolist()}


STAN_PARAMETERS = ("m", "b", "log_s")
