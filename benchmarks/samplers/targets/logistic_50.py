"""Logistic regression: 1000 made-up cases, 50 correlated predictors, prior N(0, 1)."""

from typing import Any

import numpy as np

DIMENSION, CHAINS = 50, (16, 64)
CASES = 1000
START = np.zeros(DIMENSION)


def _make() -> tuple[Any, Any]:
    rng = np.random.default_rng(50)
    shared = rng.standard_normal((CASES, 1))
    x = np.sqrt(0.5) * (rng.standard_normal((CASES, DIMENSION)) + shared)
    beta = rng.normal(0, 0.5, DIMENSION)
    return x, (rng.random(CASES) < 1 / (1 + np.exp(-x @ beta))).astype(float)


X, Y = _make()
XY = X.T @ Y


def log_prob(np: Any, q: Any) -> Any:
    z = np.dot(X, q)
    # log(1 + e^z) without overflow; Σ y z = (Xᵀy)·q
    cases = np.sum(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))), 0)
    weights = XY[:, None] if np.ndim(q) == 2 else XY
    return np.sum(weights * q, 0) - cases - 0.5 * np.sum(q**2, 0)


def truth(draws: int = 100_000) -> tuple[Any, Any, Any]:
    """By importance sampling from a Student t around the mode, with the error of doing so."""
    from targets.languages import numpy_language

    mode = START.copy()
    for _ in range(20):  # Newton
        p = 1 / (1 + np.exp(-X @ mode))
        curvature = (X.T * (p * (1 - p))) @ X + np.eye(DIMENSION)
        mode = mode + np.linalg.solve(curvature, XY - X.T @ p - mode)
    half, freedom = np.linalg.cholesky(np.linalg.inv(curvature)), 40
    rng = np.random.default_rng(51)
    normal = rng.standard_normal((DIMENSION, draws))
    t = normal * np.sqrt(freedom / rng.chisquare(freedom, draws))
    q = mode[:, None] + half @ t
    height = np.concatenate(
        [log_prob(numpy_language(), part) for part in np.array_split(q, 50, axis=1)]
    )
    height += 0.5 * (freedom + DIMENSION) * np.log1p((t**2).sum(axis=0) / freedom)
    weight = np.exp(height - height.max())
    weight /= weight.sum()
    mean = q @ weight
    sd = np.sqrt((q - mean[:, None]) ** 2 @ weight)
    return mean, sd, sd * np.sqrt((weight**2).sum())


STAN = """
data { int n; int d; matrix[n, d] x; array[n] int y; }
parameters { vector[d] q; }
model {
  q ~ std_normal();
  y ~ bernoulli_logit_glm(x, 0, q);
}
"""


def stan_data() -> dict[str, Any]:
    return {"n": CASES, "d": DIMENSION, "x": X.tolist(), "y": Y.astype(int).tolist()}


STAN_PARAMETERS = ("q",)
