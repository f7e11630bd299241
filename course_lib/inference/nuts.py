"""The No-U-Turn Sampler: Hamiltonian Monte Carlo that finds the length of each trajectory itself.

    >>> metric = DiagonalMetric(np.var(flatchain, axis=0))
    >>> result = nuts(
    ...     model, start, draws=500, warmup=0, step_size=1.0, metric=metric, seed=1, progress=False
    ... )
    >>> result.draws.shape
    (500, 1, 3)

A trajectory is doubled, forwards or backwards by the toss of a coin, until it or one of its halves
begins to turn back. Then one of its points is the next draw, with a probability in proportion to
exp(−energy). What is remembered of that point (position, log probability, gradient) is its own.

Source: Hoffman & Gelman (2014), JMLR 15; Betancourt (2017), arXiv:1701.02434, appendix A (the
multinomial draw and the generalised criterion); the checks across sub-trees are Stan's since 2.22.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.inference.leapfrog import PhasePoint, energy, leapfrog
from course_lib.inference.metrics import Metric
from course_lib.inference.result import Result
from course_lib.inference.sampling import run
from course_lib.inference.step_size import StepSize
from course_lib.inference.target import ValueAndGradient
from course_lib.inference.transition import MAX_ENERGY_ERROR, Transition

Vector = NDArray[np.float64]


class Tree(NamedTuple):
    """A stretch of trajectory: its two ends, and one point drawn from it."""

    first: PhasePoint
    """The earliest point in time."""
    last: PhasePoint
    """The latest."""
    momentum_sum: Vector
    """ρ, the sum of all its momenta, [d]: with a flat metric, its displacement over ε."""
    proposal: PhasePoint
    """One of its points, drawn with a weight of exp(−energy)."""
    log_weight: float
    """log Σ exp(H₀ − H) over its points."""


class Trajectory:
    """Grows trees from one starting energy, and keeps count of what it cost."""

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
        """2^depth new points beyond `edge`; None if they diverge or turn back among themselves."""
        if depth == 0:
            return self.leaf(edge, direction)
        near = self.grow(edge, direction, depth - 1)
        if near is None:
            return None
        far = self.grow(near.last if direction > 0 else near.first, direction, depth - 1)
        if far is None:
            return None
        # Within a sub-tree the draw is fair: the far half has the share that its weight gives it.
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
        """The two stretches as one in order of time, and whether it turns back anywhere."""
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
        """Does either end move against the way travelled? pᵀ S ρ ≤ 0 (Betancourt, A.4.2)."""
        way = self.metric.velocity(momentum_sum)
        return bool(first.momentum @ way <= 0 or last.momentum @ way <= 0)

    def chance(self, log_probability: float) -> bool:
        """True with probability min(1, exp(log_probability))."""
        return math.log1p(-self.rng.random()) < log_probability


def nuts_step(
    value_and_gradient: ValueAndGradient,
    metric: Metric,
    point: PhasePoint,
    step_size: float,
    rng: np.random.Generator,
    max_depth: int = 10,
) -> Transition:
    """One transition: a fresh momentum, doublings until a U-turn, one point of the whole way."""
    begin = point._replace(momentum=metric.sample(rng))
    start_energy = energy(metric, begin)
    trajectory = Trajectory(value_and_gradient, metric, step_size, rng, start_energy)
    tree = Tree(begin, begin, begin.momentum, begin, 0.0)
    depth, turning = 0, False
    while depth < max_depth and not turning:
        direction = 1 if rng.random() < 0.5 else -1
        far = trajectory.grow(tree.last if direction > 0 else tree.first, direction, depth)
        if far is None:
            break
        depth += 1
        # Between doublings the draw is biased towards the new half: that goes farther.
        keep = far if trajectory.chance(far.log_weight - tree.log_weight) else tree
        tree, turning = trajectory.join(tree, far, direction, keep.proposal)
    acceptance = trajectory.acceptance_sum / trajectory.leapfrogs
    return Transition(
        tree.proposal, start_energy, acceptance, trajectory.divergent, depth, trajectory.leapfrogs
    )


def nuts(
    model: Any,
    start: ArrayLike | None = None,
    draws: int = 1000,
    *,
    warmup: int = 1000,
    step_size: float | StepSize | None = None,
    metric: Metric | str = "diagonal",
    seed: int | np.random.Generator | None = None,
    chains: int = 1,
    max_depth: int = 10,
    progress: bool = True,
) -> Result:
    """Sample a log probability with the No-U-Turn Sampler.

    Parameters
    ----------
    model : TFModel or callable
        Anything with `value_and_gradient(theta[d]) -> (float, [d])`, or such a function.
    start : array, optional
        [d] for all chains, or [chains, d]; default: the model's current vector.
    draws, warmup : int
        Transitions kept, and transitions spent on tuning first, for each chain.
    step_size : float or StepSize, optional
        A number is kept as it is; default: `DualAveraging(target=0.8)`, which needs a warm-up.
    metric : Metric, "diagonal" or "dense"
        A Metric is kept as it is; a name is learnt in the warm-up (identity without one).
    seed : int or numpy.random.Generator, optional
        The same seed gives the same draws; chain k does not depend on how many run beside it.
    chains : int
        Independent chains, run in turn so that an interruption leaves all of equal length.
    max_depth : int
        At most 2^max_depth leapfrog steps a draw.
    progress : bool
        Show a progress bar.

    Returns
    -------
    Result
        Draws [draws, chains, d] with their log_prob, and how each came about. Ctrl-C ends the
        sampling early and returns the draws so far.

    Raises
    ------
    ValueError
        log_prob or its gradient is not finite at the start (the parameter is named), or a metric,
        start or setting does not fit.
    """
    if not 1 <= max_depth <= 20:
        raise ValueError(f"max_depth must be between 1 and 20, got {max_depth}")
    kernel = partial(nuts_step, max_depth=max_depth)
    return run(
        kernel, model, start, draws, warmup, step_size, metric, seed, chains, progress, "NUTS"
    )


def log_add(a: float, b: float) -> float:
    """log(exp(a) + exp(b)) without overflow."""
    high, low = (a, b) if a > b else (b, a)
    return high + math.log1p(math.exp(low - high))
