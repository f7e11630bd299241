"""Warm-up shared by many chains: one scale and one step size, learnt from all of them together.

64 chains give in 20 transitions what one chain gives in 1000, so the windows are short.

    >>> windows(200)                            # the metric is renewed after each but the last
    [20, 20, 30, 50, 80]
    >>> rng = np.random.default_rng(1)
    >>> q = rng.normal(0.0, [[3.0], [0.1]], (2, 1000))          # [d, points]
    >>> np.round(diagonal_scale(q, -q / [[9.0], [0.01]]), 1)    # of a normal: its sds
    array([[3. ],
           [0.1]])

Source of the scale: the geometric mean of what draws and gradients say, sqrt(sd(q)/sd(∇log π)).
For a normal with precision P, sd(q_i) is the marginal width and 1/sd(∇_i) = 1/√P_ii the conditional
one. It needs no equilibrium: anywhere on a quadratic slope both sides scale alike. Seyboldt,
Carlson & Carpenter (2026), arXiv:2603.18845, the diagonal case.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SHARES = (0.10, 0.10, 0.15, 0.25, 0.40)
"""Windows as shares of the warm-up; the last settles the step size."""
NUDGE = 1e-5
"""Relative size of the first nudges: the cube root of eps, where a difference of gradients has
as much error from rounding as from curvature."""


def windows(warmup: int) -> list[int]:
    """Lengths of the windows; they add up to `warmup`. Under 20 there is only one."""
    if warmup < 20:
        return [warmup] if warmup else []
    lengths = [round(share * warmup) for share in SHARES[:-1]]
    return [*lengths, warmup - sum(lengths)]


def diagonal_scale(q: Floats, gradient: Floats) -> Floats:
    """A scale [d, 1] out of points q [d, k] and the gradients there; 1 where nothing varies."""
    return np.sqrt(_ratio(q.std(axis=1), gradient.std(axis=1)))[:, None]


def dense_scale(q: Floats) -> Floats:
    """The lower triangle L [d, d] of the covariance of points q [d, k], L Lᵀ = Σ.

    Correlations are pulled towards none by k/(k + 5 d): with few points for many parameters they
    are mostly noise.
    """
    d, k = q.shape
    covariance = np.atleast_2d(np.cov(q))
    variance = np.diag(covariance).copy()
    covariance *= k / (k + 5.0 * d)
    np.fill_diagonal(covariance, variance)
    return np.asarray(np.linalg.cholesky(covariance))


def nudged(start: Floats, chains: int, rng: np.random.Generator) -> Floats:
    """C points [d, C] close around one [d], to feel the curvature there."""
    size = NUDGE * np.maximum(np.abs(start), 1.0)
    return start[:, None] + size[:, None] * rng.standard_normal((len(start), chains))


def _ratio(above: Floats, below: Floats) -> Floats:
    sound = np.isfinite(above) & np.isfinite(below) & (above > 0) & (below > 0)
    return np.where(sound, above / np.where(sound, below, 1.0), 1.0)
