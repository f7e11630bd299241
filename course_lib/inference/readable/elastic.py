"""Hamiltonian Monte Carlo with elastic steps: short where the gradient is large, long elsewhere.

    >>> def funnel(q):                                  # v ~ N(0, 3²), x ~ N(0, e^v)
    ...     v, x, z = q[0], q[1], q[1] ** 2 * np.exp(-q[0])
    ...     slope = np.array([-v / 9 - 0.5 + 0.5 * z, -x * np.exp(-v)])
    ...     return -(v**2) / 18 - v / 2 - 0.5 * z, slope
    >>> result = elastic_hmc(funnel, [0.0, 1.0], draws=50, warmup=50, seed=1, progress=False)
    >>> result.draws.shape
    (50, 1, 2)

A step of fixed size that fits the mouth of a funnel is too long for its neck. Here the log of the
step is one more coordinate, whose distribution depends on the place: log e ~ σ(q) + τ·logistic
(`hamiltonian.elastic`). In the middle of each step it is reflected about σ there: log e becomes
2σ − log e. So the way back has the same steps in reverse. The Metropolis test compares the
densities of place, momentum *and* step at both ends, and the draws are exact; the derivation is in
`compiled.elastic_kernel`.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from course_lib.inference.adaptation.step_counts import step_counts
from course_lib.inference.adaptation.step_size import StepSize
from course_lib.inference.hamiltonian.elastic import TAU, log_wish, step_log_density
from course_lib.inference.hamiltonian.leapfrog import PhasePoint, Vector, energy
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.hamiltonian.transition import MAX_ENERGY_ERROR, Transition
from course_lib.inference.model.target import ValueAndGradient
from course_lib.inference.readable.run_chains import run_chains
from course_lib.inference.result import Result


class ElasticPoint(NamedTuple):
    """A point in phase space, and the log of the step there."""

    point: PhasePoint
    log_step: float


def elastic_trajectory(
    value_and_gradient: ValueAndGradient,
    metric: Metric,
    start: ElasticPoint,
    step_size: float,
    steps: int,
) -> ElasticPoint:
    """The end of `steps` elastic steps; η = `step_size`. One gradient each, and one at the end.

    With the momentum of the end negated, the same number of steps leads back to the start.
    """
    q, p, step = start.point.position, start.point.momentum, math.exp(start.log_step)
    for _ in range(steps):
        middle = q + 0.5 * step * metric.velocity(p)
        gradient = value_and_gradient(middle)[1]
        # Reflected about σ: log(step after) = 2σ − log(step before).
        after = math.exp(2 * log_wish(step_size, mean_square(metric, gradient))) / step
        p = p + 0.5 * (step + after) * gradient
        q, step = middle + 0.5 * after * metric.velocity(p), after
    return ElasticPoint(PhasePoint(q, p, *value_and_gradient(q)), math.log(step))


def mean_square(metric: Metric, gradient: Vector) -> float:
    """|g|²/d in the coordinates in which the metric is 1: gᵀ S g/d."""
    return float(gradient @ metric.velocity(gradient)) / len(gradient)


def log_density(metric: Metric, at: ElasticPoint, step_size: float) -> float:
    """Log of the density that a trajectory is tested with: of place, momentum and step."""
    wish = log_wish(step_size, mean_square(metric, at.point.gradient))
    return -energy(metric, at.point) + step_log_density(at.log_step - wish)


def elastic_step(
    value_and_gradient: ValueAndGradient,
    metric: Metric,
    point: PhasePoint,
    step_size: float,
    rng: np.random.Generator,
    steps: int | None = None,
) -> Transition:
    """One transition: a new momentum and step, a trajectory, a Metropolis test. A `Kernel`.

    `steps` is L; None draws it from P(L) ∝ L^−1.5 (`adaptation.step_counts`).
    """
    steps = steps or int(step_counts(int(rng.integers(2**20)), 1)[0])
    begin = point._replace(momentum=metric.sample(rng))
    wish = log_wish(step_size, mean_square(metric, begin.gradient))
    start = ElasticPoint(begin, wish + TAU * rng.logistic())
    try:
        end = elastic_trajectory(value_and_gradient, metric, start, step_size, steps)
        gain = log_density(metric, end, step_size) - log_density(metric, start, step_size)
    except (OverflowError, ValueError, ZeroDivisionError):  # the step or the gradient overflowed
        end, gain = start, -math.inf
    divergent = not gain >= -MAX_ENERGY_ERROR  # true for NaN
    acceptance = 0.0 if divergent else math.exp(min(0.0, gain))
    reached = end.point if rng.random() < acceptance else begin
    return Transition(reached, energy(metric, begin), acceptance, divergent, 0, steps + 1)


def elastic_hmc(
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
    progress: bool = True,
) -> Result:
    """Sample a log probability with elastic steps. Arguments, result and errors: as for `nuts`.

    `step_size` is η. `sample(…, method="elastic")` does the same for many chains, compiled.
    """
    return run_chains(
        elastic_step, model, start, draws, warmup, step_size, metric, seed, chains, progress,
        "ELASTIC", target_acceptance,
    )  # fmt: skip
