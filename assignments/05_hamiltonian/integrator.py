"""The leapfrog integrator that the truths use; it stays with the grader."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def orbit(
    gradient: Callable[[Array], Array], q: Array, p: Array, step: float, n: int, variance: Array
) -> tuple[Array, Array]:
    """n times half a kick, a drift by step · variance · p, half a kick (Neal 2011, 2.28–2.30)."""
    q, p = np.array(q, dtype=np.float64), np.array(p, dtype=np.float64)
    slope = gradient(q)
    for _ in range(n):
        halfway = p + 0.5 * step * slope
        q = q + step * variance * halfway
        slope = gradient(q)
        p = halfway + 0.5 * step * slope
    return q, p
