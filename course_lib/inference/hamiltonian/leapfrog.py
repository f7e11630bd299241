"""The leapfrog integrator: half a kick, a drift, half a kick.

    p½ = p + ½ε ∇log π(q),   q' = q + ε S p½,   p' = p½ + ½ε ∇log π(q')

It is time-reversible and preserves volume; its energy error is O(ε²). Each point keeps its gradient
for the next step, so n steps cost n evaluations of the gradient.

    >>> unit_normal = lambda q: (-0.5 * float(q @ q), -q)
    >>> q, p = np.array([1.0]), np.array([0.0])
    >>> point = PhasePoint(q, p, *unit_normal(q))
    >>> leapfrog(unit_normal, IdentityMetric(1), point, 0.1).position
    array([0.995])

Source: Neal (2011), MCMC using Hamiltonian dynamics, equations 2.28–2.30.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.model.target import ValueAndGradient

Vector = NDArray[np.float64]


class PhasePoint(NamedTuple):
    """A point in phase space, with the log probability and its gradient there."""

    position: Vector
    """q, [d]"""
    momentum: Vector
    """p, [d]"""
    log_prob: float
    """log π(q)"""
    gradient: Vector
    """∇log π(q), [d]"""


def leapfrog(
    value_and_gradient: ValueAndGradient, metric: Metric, point: PhasePoint, step_size: float
) -> PhasePoint:
    """One leapfrog step of size ε (backwards in time if ε < 0); one evaluation of the gradient.

    Parameters
    ----------
    value_and_gradient : callable
        position [d] -> (log probability, gradient [d]).
    metric : Metric
        Its velocity is S p.
    point : PhasePoint
        Where the step starts.
    step_size : float
        ε, in units of time. With a good metric the posterior's width is about 1 in these units.

    Returns
    -------
    PhasePoint
        Where the step ends.
    """
    half_kicked = point.momentum + 0.5 * step_size * point.gradient
    position = point.position + step_size * metric.velocity(half_kicked)
    log_prob, gradient = value_and_gradient(position)
    return PhasePoint(position, half_kicked + 0.5 * step_size * gradient, log_prob, gradient)


def energy(metric: Metric, point: PhasePoint) -> float:
    """The Hamiltonian ½ pᵀ S p − log π(q); +inf instead of NaN."""
    total = metric.kinetic(point.momentum) - point.log_prob
    return np.inf if np.isnan(total) else float(total)
