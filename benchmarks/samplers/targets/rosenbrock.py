"""Rosenbrock's banana as Goodman & Weare (2010) have it: a ~ N(1, 10), b ~ N(a², 0.1)."""

from typing import Any

import numpy as np

DIMENSION, CHAINS = 2, (64, 256)
START = np.ones(DIMENSION)


def log_prob(np: Any, q: Any) -> Any:
    a, b = q[0], q[1]
    return -(100 * (b - a**2) ** 2 + (1 - a) ** 2) / 20


def value_and_gradient(q: Any, gradient: Any) -> Any:
    """The same for numba; writes the gradient [2]."""
    bend = q[1] - q[0] ** 2
    gradient[0] = 20 * q[0] * bend + (1 - q[0]) / 10
    gradient[1] = -10 * bend
    return -(100 * bend**2 + (1 - q[0]) ** 2) / 20


def truth() -> tuple[Any, Any, Any]:
    """Exact: E b = 1 + 10, var b = 0.1 + 2·10² + 4·10."""
    return np.array([1.0, 11.0]), np.sqrt([10.0, 240.1]), np.zeros(2)
