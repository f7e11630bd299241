"""The AR(1) normal in 1000 dimensions."""

from typing import Any

import numpy as np

from targets.ar1_100 import STAN, STAN_PARAMETERS, log_prob

__all__ = ["STAN", "STAN_PARAMETERS", "log_prob"]
DIMENSION, CHAINS = 1000, (32, 64)
START = np.zeros(DIMENSION)


def truth() -> tuple[Any, Any, Any]:
    """Exact: each coordinate is N(0, 1)."""
    return np.zeros(DIMENSION), np.ones(DIMENSION), np.zeros(DIMENSION)


def stan_data() -> dict[str, Any]:
    return {"d": DIMENSION}
