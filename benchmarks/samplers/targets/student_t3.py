"""Student's t with 3 degrees of freedom, ten times: tails so heavy that steps should grow there.

No moments are judged: the variance of the squares is infinite.
"""

from typing import Any

import numpy as np

DIMENSION, CHAINS = 10, (64, 256)
START = np.zeros(DIMENSION)
JUDGED = ()


def log_prob(np: Any, q: Any) -> Any:
    return -2 * np.sum(np.log1p(q**2 / 3), 0)


def value_and_gradient(q: Any, gradient: Any) -> Any:
    """The same with loops, for numba; writes the gradient [d]."""
    total = 0.0
    for i in range(DIMENSION):
        total -= 2 * np.log1p(q[i] ** 2 / 3)
        gradient[i] = -4 * q[i] / (3 + q[i] ** 2)
    return total


def truth() -> tuple[Any, Any, Any]:
    """Exact."""
    return np.zeros(DIMENSION), np.full(DIMENSION, np.sqrt(3)), np.zeros(DIMENSION)
