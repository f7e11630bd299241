"""The No-U-Turn Sampler (NUTS): Hamiltonian Monte Carlo that chooses each trajectory's length.

    >>> metric = DiagonalMetric(np.var(flatchain, axis=0))
    >>> result = nuts(
    ...     model, start, draws=500, warmup=0, step_size=1.0, metric=metric, seed=1, progress=False
    ... )
    >>> result.draws.shape
    (500, 1, 3)

A trajectory is doubled, at random forwards or backwards in time, until it or a part of it begins to
turn back (`trajectory`). Then the next draw is one of its points, chosen with a probability in
proportion to exp(−energy), with the position, log probability and gradient of that point.

Source: Hoffman & Gelman (2014), JMLR 15; Betancourt (2017), arXiv:1701.02434, appendix A.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.inference.adaptation.step_size import StepSize
from course_lib.inference.hamiltonian.leapfrog import PhasePoint, energy
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.hamiltonian.transition import Transition
from course_lib.inference.model.target import ValueAndGradient
from course_lib.inference.readable.run_chains import run_chains
from course_lib.inference.readable.trajectory import Trajectory, Tree
from course_lib.inference.result import Result


def nuts_step(
    value_and_gradient: ValueAndGradient,
    metric: Metric,
    point: PhasePoint,
    step_size: float,
    rng: np.random.Generator,
    max_depth: int = 10,
) -> Transition:
    """One transition: a new momentum, doublings until a U-turn, a draw from the points.

    Arguments and result are those of a `Kernel`; there are at most `max_depth` doublings.
    """
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
        # The proposal prefers the new half, because it is farther away (biased progressive
        # sampling, Betancourt, appendix A.3).
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
    target_acceptance: float = 0.8,
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
        Transitions that are kept, and transitions before them for tuning, for each chain.
    step_size : float or StepSize, optional
        A number is not changed. Default: `DualAveraging(target_acceptance)`, which needs a
        warm-up.
    target_acceptance : float
        The mean acceptance at which the warm-up aims, between 0 and 1, if it learns the step size.
    metric : Metric, "diagonal" or "dense"
        A Metric is not changed. A name says what to learn in the warm-up, from the identity.
    seed : int or numpy.random.Generator, optional
        The same seed gives the same draws. Chain k does not depend on the number of chains.
    chains : int
        Independent chains. They take turns, so that all have the same length if interrupted.
    max_depth : int
        At most 2^max_depth leapfrog steps a draw.
    progress : bool
        Show a progress bar.

    Returns
    -------
    Result
        Draws [draws, chains, d], with their log_prob and information on each transition. Ctrl-C
        ends the sampling early and returns the draws so far.

    Raises
    ------
    ValueError
        log_prob or its gradient is not finite at the start (the parameter is named), or a metric,
        start or setting does not fit.
    StuckChainError
        A chain never moved (in 20 draws or more). Its `result` has the draws.
    """
    if not 1 <= max_depth <= 20:
        raise ValueError(f"max_depth must be between 1 and 20, got {max_depth}")
    kernel = partial(nuts_step, max_depth=max_depth)
    return run_chains(
        kernel, model, start, draws, warmup, step_size, metric, seed, chains, progress, "NUTS",
        target_acceptance,
    )  # fmt: skip
