"""Neal's funnel (2003): v ~ N(0, 3²), nine x ~ N(0, e^v); nobody's step size fits neck and mouth.

Only v is judged: the x have tails so heavy that their variance is not estimated by any run.
"""

from typing import Any

import numpy as np

DIMENSION, CHAINS = 10, (64, 256)
START = np.zeros(DIMENSION)
JUDGED = (0,)


def log_prob(np: Any, q: Any) -> Any:
    v, x = q[0], q[1:]
    return -0.5 * v**2 / 9 - 4.5 * v - 0.5 * np.sum(x**2, 0) * np.exp(-v)


def value_and_gradient(q: Any, gradient: Any) -> Any:
    """The same with loops, for numba; writes the gradient [10]."""
    width, square = np.exp(-q[0]), 0.0
    for i in range(1, DIMENSION):
        square += q[i] ** 2
        gradient[i] = -q[i] * width
    gradient[0] = -q[0] / 9 - 4.5 + 0.5 * square * width
    return -0.5 * q[0] ** 2 / 9 - 4.5 * q[0] - 0.5 * square * width


def truth() -> tuple[Any, Any, Any]:
    """Exact."""
    sd = np.array([3.0, *9 * [np.exp(9 / 4)]])
    return np.zeros(DIMENSION), sd, np.zeros(DIMENSION)


STAN = """
parameters { real v; vector[9] x; }
model {
  v ~ normal(0, 3);
  x ~ normal(0, exp(v / 2));
}
"""


def stan_data() -> dict[str, Any]:
    return {}


STAN_PARAMETERS = ("v", "x")
