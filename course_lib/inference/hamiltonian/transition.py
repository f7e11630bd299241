"""One transition of a chain: the new point, and how the sampler found it.

>>> point = PhasePoint(np.zeros(1), np.ones(1), 0.0, np.zeros(1))
>>> moved = Transition(point, energy=1.2, acceptance=0.9, divergent=False, depth=2, leapfrogs=3)
>>> moved.point.log_prob
0.0
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course_lib.inference.hamiltonian.leapfrog import PhasePoint
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.model.target import ValueAndGradient

MAX_ENERGY_ERROR = 1000.0
"""A trajectory with a larger energy error is called divergent. Stan's limit: a point with a weight
of exp(-1000) is never drawn."""


class Transition(NamedTuple):
    """The chain's new point, and information about the trajectory (blackjax: state and info)."""

    point: PhasePoint
    """The new point; its log_prob and gradient are those at *its* position."""
    energy: float
    """H at the start of the trajectory, ½ pᵀ S p − log π(q)."""
    acceptance: float
    """Mean Metropolis acceptance probability over the trajectory; the warm-up uses it."""
    divergent: bool
    """The energy error was above MAX_ENERGY_ERROR, or NaN."""
    depth: int
    """Number of times that NUTS doubled the trajectory; 0 for HMC."""
    leapfrogs: int
    """Number of gradients evaluated."""


Kernel = Callable[[ValueAndGradient, Metric, PhasePoint, float, np.random.Generator], Transition]
"""(value_and_gradient, metric, point, step size, rng) -> Transition; it must leave the
target distribution invariant."""
