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

WIDEST = 1e4
"""Variances along the axes of a dense metric lie within this factor of the diagonal one's; where a
start is flat or curved the wrong way, more could not be believed."""
RIDGE = 1e-12
"""Of the mean: keeps a Cholesky factor from failing by rounding (d·eps is 2e-14 at d = 100)."""


def windows(warmup: int) -> list[int]:
    """Lengths of the windows; they add up to `warmup`. Under 20 there is only one."""
    if warmup < 20:
        return [warmup] if warmup else []
    lengths = [round(share * warmup) for share in SHARES[:-1]]
    return [*lengths, warmup - sum(lengths)]


def diagonal_scale(q: Floats, gradient: Floats) -> Floats:
    """A scale [d, 1] out of points q [d, k] and the gradients there; 1 where nothing varies."""
    return np.sqrt(_ratio(q.std(axis=1), gradient.std(axis=1)))[:, None]


def dense_scale(q: Floats, gradient: Floats) -> Floats:
    """A lower triangle L [d, d] out of points q [d, k] and the gradients there.

    L Lᵀ is the geometric mean of cov(q) and of cov(∇log π)⁻¹. Exact on a normal as soon as k > d;
    with fewer points than 2 d, or where something does not vary, it is the diagonal scale.
    """
    scale = diagonal_scale(q, gradient)
    if q.shape[1] < 2 * len(q) or not _vary(q, gradient):
        return np.diag(scale[:, 0])
    values, vectors = np.linalg.eigh(_correlations(q / scale, gradient * scale))
    root = vectors * np.sqrt(values.clip(1 / WIDEST, WIDEST))
    # A QR of the transposed root is a Cholesky factor that rounding cannot make indefinite.
    upper = np.linalg.qr((scale * root).T, mode="r")
    return np.asarray((upper * np.sign(np.diag(upper))[:, None]).T)


def stretch(q: Floats, gradient: Floats) -> float:
    """How much shorter trajectories are with a dense metric than with a diagonal one.

    The root of the condition number of the correlations, longest width over shortest; 1 where
    something does not vary.
    """
    if not _vary(q, gradient):
        return 1.0
    scale = diagonal_scale(q, gradient)
    values = np.linalg.eigvalsh(_correlations(q / scale, gradient * scale))
    narrow, wide = values.clip(1 / WIDEST, WIDEST)[[0, -1]]
    return float(np.sqrt(wide / narrow))


def _correlations(z: Floats, gradient: Floats) -> Floats:
    """Σ [d, d] with Σ cov(∇) Σ = cov(z), for coordinates z [d, k] of about unit width."""
    a, b = np.atleast_2d(np.cov(z)), np.atleast_2d(np.cov(gradient))
    b = b + RIDGE * np.trace(b) / len(b) * np.eye(len(b))
    lower = np.linalg.cholesky(b)
    values, vectors = np.linalg.eigh(lower.T @ a @ lower)
    root = np.linalg.solve(lower.T, vectors * np.sqrt(np.sqrt(values.clip(0))))
    return np.asarray(root @ root.T)


def _vary(q: Floats, gradient: Floats) -> bool:
    spread = np.concatenate([q.std(axis=1), gradient.std(axis=1)])
    return bool(np.all(np.isfinite(spread) & (spread > 0)))


def nudged(start: Floats, chains: int, rng: np.random.Generator) -> Floats:
    """C points [d, C] close around one [d], to feel the curvature there."""
    size = NUDGE * np.maximum(np.abs(start), 1.0)
    return start[:, None] + size[:, None] * rng.standard_normal((len(start), chains))


def _ratio(above: Floats, below: Floats) -> Floats:
    sound = np.isfinite(above) & np.isfinite(below) & (above > 0) & (below > 0)
    return np.where(sound, above / np.where(sound, below, 1.0), 1.0)
