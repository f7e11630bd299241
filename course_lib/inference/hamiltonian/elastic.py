"""The step of elastic-step HMC: what it should be at a place, and how far it spreads about that.

    log e ~ σ(x) + τ · logistic,        σ(x) = log η − ½ log(κ² + |g|²/d)

g is ∇log π in coordinates in which the metric is 1, and d its dimension.

    >>> bool(np.isclose(log_wish(0.5, 0.0), np.log(0.5 / KAPPA)))       # no gradient: e = η/κ
    True
    >>> round(step_log_density(0.0) - step_log_density(TAU), 2)         # ρ falls to 79 % at τ
    0.24

`compiled.elastic_kernel` derives why a sampler with such steps is exact.
"""

from __future__ import annotations

import math

KAPPA = 1.5
"""κ: a gradient smaller than this makes the step hardly longer. On Neal's funnel the warm-up finds
η = 0.4, and draws are worth the same within their spread for κ of 1, 1.5 and 2.5."""
TAU = 0.2
"""τ: the spread of log e. On Neal's funnel, in one run each, draws were worth half as
much with 0.1, and a fifth with 0.6."""


def log_wish(step_size: float, square: float) -> float:
    """σ(x), for η = `step_size` and |g|²/d = `square`."""
    return math.log(step_size) - 0.5 * math.log(KAPPA**2 + square)


def step_log_density(offset: float) -> float:
    """log ρ((s − σ)/τ) without its constant, ρ the logistic density, for s − σ = `offset`."""
    z = abs(offset) / TAU
    return -z - 2 * math.log1p(math.exp(-z))
