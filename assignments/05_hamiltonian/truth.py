"""What claims compare with: flights of very many steps, and the energy that a flight gains."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .integrator import Array, orbit


def fine_orbit(gradient, q: Array, p: Array, time: float, variance: Array) -> NDArray[np.float64]:
    """Place and momentum after this time, by 1024 steps, ``[2, d]``."""
    return np.array(orbit(gradient, q, p, time / 1024, 1024, variance))


def log_ratio(target, q: Array, p: Array, step: float, n: int, variance: Array) -> float:
    """H₀ - H of a flight: below zero energy is gained, and the end may be refused."""
    with np.errstate(all="ignore"):
        end, momentum = orbit(lambda place: target(place)[1], q, p, step, n, variance)
        before = 0.5 * np.sum(variance * p**2) - target(q)[0]
        return float(before - 0.5 * np.sum(variance * momentum**2) + target(end)[0])
