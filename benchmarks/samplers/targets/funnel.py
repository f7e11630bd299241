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
