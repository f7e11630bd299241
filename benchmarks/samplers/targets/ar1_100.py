"""A normal in 100 dimensions, neighbours correlated by 0.9: a stationary AR(1) process."""

from typing import Any

import numpy as np

DIMENSION, CHAINS = 100, (16, 64)
PHI = 0.9
START = np.zeros(DIMENSION)


def log_prob(np: Any, q: Any) -> Any:
    jumps = (q[1:] - PHI * q[:-1]) ** 2
    return -0.5 * (q[0] ** 2 + np.sum(jumps, 0) / (1 - PHI**2))


def truth() -> tuple[Any, Any, Any]:
    """Exact: each coordinate is N(0, 1)."""
    return np.zeros(DIMENSION), np.ones(DIMENSION), np.zeros(DIMENSION)


STAN = """
data { int d; }
parameters { vector[d] q; }
model {
  q[1] ~ std_normal();
  q[2:d] ~ normal(0.9 * q[1:(d - 1)], sqrt(1 - square(0.9)));
}
"""


def stan_data() -> dict[str, Any]:
    return {"d": DIMENSION}


STAN_PARAMETERS = ("q",)
