"""The NumPy half of the lesson's `densities.py`, for the truth of `metropolis`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def normal(q: Array) -> float:
    """Independent unit normals, up to a constant."""
    return float(-0.5 * np.sum(q**2))


def raised_normal(q: Array) -> float:
    """The same, 1024 higher."""
    return normal(q) + 1024.0


def lowered_normal(q: Array) -> float:
    """The same, 1024 lower."""
    return normal(q) - 1024.0


def wide_normal(q: Array) -> float:
    """Independent normals of width four."""
    return float(-0.5 * np.sum((q / 4) ** 2))


def flat(q: Array) -> float:
    """The same everywhere."""
    return 0.0 * float(np.sum(q))


def box(q: Array) -> float:
    """Uniform between -1 and 1, and nothing outside."""
    return 0.0 if np.all(np.abs(q) < 1) else -np.inf


def half(q: Array) -> float:
    """An exponential to the right of zero, and a wall there."""
    return float(-np.sum(q)) if np.all(q > 0) else -np.inf


def log_gamma(q: Array) -> float:
    """The log of a gamma variable with shape 3."""
    return float(np.sum(3 * q - np.exp(q)))
