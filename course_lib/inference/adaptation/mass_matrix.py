"""The metric of many chains, estimated from all their draws and gradients.

    >>> rng = np.random.default_rng(1)
    >>> q = rng.normal(0.0, [[3.0], [0.1]], (2, 1000))          # [d, points]
    >>> np.round(diagonal_scale(q, -q / [[9.0], [0.01]]), 1)    # of a normal: its sds
    array([[3. ],
           [0.1]])

The result is a scale: the covariance is scale² (diagonal), or L Lᵀ (dense), and the mass matrix is
its inverse.

The scale is the geometric mean of two estimates, √(sd(q)/sd(∇log π)). For a normal distribution
with precision matrix P, sd(q_i) is the marginal width, and 1/sd(∇_i) = 1/√P_ii the conditional
width. The chains need not be in equilibrium: on a quadratic log π, both sides of the ratio scale
with the distance between the points.
Source: Seyboldt, Carlson & Carpenter (2026), arXiv:2603.18845, the diagonal case.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WIDEST = 1e4
"""Limit on the variances along a dense metric's axes, relative to the diagonal metric. Where log π
is flat or has the wrong curvature at the start, larger factors are not plausible."""
RIDGE = 1e-12
"""Added to the gradients' covariance, relative to the mean of its diagonal, so that rounding does
not make its Cholesky factorisation fail. (d·eps is 2e-14 for d = 100.)"""


def diagonal_scale(q: Floats, gradient: Floats) -> Floats:
    """A scale [d, 1] from points q [d, k] and gradients [d, k]; 1 if a parameter never varies."""
    return np.sqrt(_ratio(q.std(axis=1), gradient.std(axis=1)))[:, None]


def dense_scale(q: Floats, gradient: Floats) -> Floats:
    """A lower triangular matrix L [d, d] from points q [d, k] and gradients [d, k].

    L Lᵀ is the geometric mean of cov(q) and the inverse of cov(∇log π). It is exact for a normal
    distribution as soon as k > d. With fewer than 2 d points, or if something never varies, it is
    the diagonal scale.
    """
    scale = diagonal_scale(q, gradient)
    if q.shape[1] < 2 * len(q) or not _vary(q, gradient):
        return np.diag(scale[:, 0])
    values, vectors = np.linalg.eigh(_correlations(q / scale, gradient * scale))
    root = vectors * np.sqrt(values.clip(1 / WIDEST, WIDEST))
    # QR of the transposed root gives its Cholesky factor, and cannot fail by rounding.
    upper = np.linalg.qr((scale * root).T, mode="r")
    return np.asarray((upper * np.sign(np.diag(upper))[:, None]).T)


def width_ratio(q: Floats, gradient: Floats) -> float:
    """Longest over shortest width of the posterior, in units of the diagonal scale.

    It is the square root of the condition number of the correlations, and the factor by which
    trajectories are shorter with a dense metric. 1 if something never varies.
    """
    if not _vary(q, gradient):
        return 1.0
    scale = diagonal_scale(q, gradient)
    values = np.linalg.eigvalsh(_correlations(q / scale, gradient * scale))
    narrow, wide = values.clip(1 / WIDEST, WIDEST)[[0, -1]]
    return float(np.sqrt(wide / narrow))


def _correlations(z: Floats, gradient: Floats) -> Floats:
    """The Σ [d, d] with Σ cov(∇) Σ = cov(z), for coordinates z [d, k] with widths of about 1."""
    a, b = np.atleast_2d(np.cov(z)), np.atleast_2d(np.cov(gradient))
    b = b + RIDGE * np.trace(b) / len(b) * np.eye(len(b))
    lower = np.linalg.cholesky(b)
    values, vectors = np.linalg.eigh(lower.T @ a @ lower)
    root = np.linalg.solve(lower.T, vectors * np.sqrt(np.sqrt(values.clip(0))))
    return np.asarray(root @ root.T)


def _vary(q: Floats, gradient: Floats) -> bool:
    spread = np.concatenate([q.std(axis=1), gradient.std(axis=1)])
    return bool(np.all(np.isfinite(spread) & (spread > 0)))


def _ratio(above: Floats, below: Floats) -> Floats:
    valid = np.isfinite(above) & np.isfinite(below) & (above > 0) & (below > 0)
    return np.where(valid, above / np.where(valid, below, 1.0), 1.0)
