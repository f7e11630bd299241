"""What one transition of a chain reports, whichever sampler made it.

>>> point = PhasePoint(np.zeros(1), np.ones(1), 0.0, np.zeros(1))
>>> moved = Transition(point, energy=1.2, acceptance=0.9, divergent=False, depth=2, leapfrogs=3)
>>> moved.point.log_prob
0.0
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course_lib.inference.leapfrog import PhasePoint
from course_lib.inference.metrics import Metric
from course_lib.inference.target import ValueAndGradient

MAX_ENERGY_ERROR = 1000.0
"""Stan's limit: a point with weight exp(-1000) is lost for any sampler; the integrator diverged."""


class Transition(NamedTuple):
    """Where the chain is now, and how it came there."""

    point: PhasePoint
    """The point reached; its log_prob and gradient belong to *its* position."""
    energy: float
    """H at the start of the trajectory: ½ pᵀ S p − log π(q)."""
    acceptance: float
    """Mean Metropolis acceptance probability over the trajectory; warm-up steers by it."""
    divergent: bool
    """The energy error passed MAX_ENERGY_ERROR, or was not a number."""
    depth: int
    """How often the trajectory was doubled (0 for a sampler that does not double)."""
    leapfrogs: int
    """Gradients evaluated."""


Kernel = Callable[[ValueAndGradient, Metric, PhasePoint, float, np.random.Generator], Transition]
"""(value_and_gradient, metric, point, step size, rng) -> Transition; keeps the target invariant."""
