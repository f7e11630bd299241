"""How NUTS grows a trajectory: trees of 2^depth points, until one of them turns back.

    >>> unit_normal = lambda q: (-0.5 * float(q @ q), -q)
    >>> point = PhasePoint(np.array([1.0]), np.array([0.0]), *unit_normal(np.array([1.0])))
    >>> metric = IdentityMetric(1)
    >>> trajectory = Trajectory(unit_normal, metric, 0.1, np.random.default_rng(1),
    ...                         start_energy=energy(metric, point))
    >>> tree = trajectory.grow(point, direction=1, depth=2)
    >>> trajectory.leapfrogs, tree.last.position                # cos 0.4, after four steps
    (4, array([0.92...]))

A tree consists of two trees of half the size, and a tree of one point is one leapfrog step. Of each
tree only the two ends are kept, the sum of the momenta, and one point that was drawn from it.

Source: Betancourt (2017), arXiv:1701.02434, appendix A (multinomial sampling, the generalised
U-turn criterion); the checks across sub-trees are those of Stan since version 2.22.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.hamiltonian.leapfrog import PhasePoint, energy, leapfrog
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.hamiltonian.transition import MAX_ENERGY_ERROR
from course_lib.inference.model.target import ValueAndGradient

Vector = NDArray[np.float64]


class Tree(NamedTuple):
    """A part of a trajectory: its two ends, and one point that was drawn from it."""

    first: PhasePoint
    """The first point in time."""
    last: PhasePoint
    """The last point in time."""
    momentum_sum: Vector
    """ρ, the sum of its momenta, [d]. S ρ is about the distance travelled, divided by ε."""
    proposal: PhasePoint
    """One of its points, drawn with weights exp(−energy)."""
    log_weight: float
    """log Σ exp(H₀ − H) over its points."""


class Trajectory:
    """Grows the trees of one transition, and counts leapfrog steps.

    Parameters
    ----------
    value_and_gradient : callable
        position [d] -> (log probability, gradient [d]).
    metric : Metric
    step_size : float
        ε.
    rng : numpy.random.Generator
    start_energy : float
        H₀, the energy where the transition starts.

    Attributes
    ----------
    leapfrogs : int
        Steps so far.
    acceptance_sum : float
        The sum over these of min(1, exp(H₀ − H)).
    divergent : bool
        Whether the energy error of a step was above MAX_ENERGY_ERROR.
    """

    def __init__(
        self,
        value_and_gradient: ValueAndGradient,
        metric: Metric,
        step_size: float,
        rng: np.random.Generator,
        start_energy: float,
    ):
        self.value_and_gradient = value_and_gradient
        self.metric = metric
        self.step_size = step_size
        self.rng = rng
        self.start_energy = start_energy
        self.leapfrogs = 0
        self.acceptance_sum = 0.0
        self.divergent = False

    def grow(self, edge: PhasePoint, direction: int, depth: int) -> Tree | None:
        """2^depth new points after `edge` (before it if `direction` is -1).

        None if the integrator diverges, or if one of the sub-trees turns back.
        """
        if depth == 0:
            return self.leaf(edge, direction)
        near = self.grow(edge, direction, depth - 1)
        if near is None:
            return None
        far = self.grow(near.last if direction > 0 else near.first, direction, depth - 1)
        if far is None:
            return None
        # In a sub-tree the probability of the far half's proposal is its share of the weight.
        log_weight = log_add(near.log_weight, far.log_weight)
        keep = far if self.chance(far.log_weight - log_weight) else near
        tree, turning = self.join(near, far, direction, keep.proposal)
        return None if turning else tree

    def leaf(self, edge: PhasePoint, direction: int) -> Tree | None:
        """One leapfrog step: a tree of one point, or None if the integrator diverged."""
        point = leapfrog(self.value_and_gradient, self.metric, edge, direction * self.step_size)
        error = energy(self.metric, point) - self.start_energy
        self.leapfrogs += 1
        self.acceptance_sum += math.exp(min(0.0, -error))
        if error > MAX_ENERGY_ERROR:
            self.divergent = True
            return None
        return Tree(point, point, point.momentum, point, -error)

    def join(
        self, near: Tree, far: Tree, direction: int, proposal: PhasePoint
    ) -> tuple[Tree, bool]:
        """The two trees as one, in order of time, and whether it turns back.

        Checked are the whole, and each half together with the nearest point of the other half.
        """
        early, late = (near, far) if direction > 0 else (far, near)
        rho = early.momentum_sum + late.momentum_sum
        log_weight = log_add(near.log_weight, far.log_weight)
        tree = Tree(early.first, late.last, rho, proposal, log_weight)
        return tree, (
            self.is_u_turn(early.first, late.last, rho)
            or self.is_u_turn(early.first, late.first, early.momentum_sum + late.first.momentum)
            or self.is_u_turn(early.last, late.last, early.last.momentum + late.momentum_sum)
        )

    def is_u_turn(self, first: PhasePoint, last: PhasePoint, momentum_sum: Vector) -> bool:
        """Whether the momentum at either end points backwards: pᵀ S ρ ≤ 0 (Betancourt, A.4.2)."""
        travelled = self.metric.velocity(momentum_sum)
        return bool(first.momentum @ travelled <= 0 or last.momentum @ travelled <= 0)

    def chance(self, log_probability: float) -> bool:
        """True with probability min(1, exp(log_probability))."""
        return math.log1p(-self.rng.random()) < log_probability


def log_add(a: float, b: float) -> float:
    """log(exp(a) + exp(b)) without overflow."""
    high, low = (a, b) if a > b else (b, a)
    return high + math.log1p(math.exp(low - high))
