"""Hamiltonian Monte Carlo with a fixed number of leapfrog steps.

    >>> result = hmc(model, start, draws=200, warmup=200, steps=4, seed=1, progress=False)
    >>> result.draws.shape
    (200, 1, 3)

A fresh momentum, L leapfrog steps, and a Metropolis test on the change in energy. A fixed length
can resonate: near half a period, draws alternate between the two sides of a posterior, so that its
mean is found at once and its width hardly at all. NUTS does not have to be told a length, and
`sample(…, method="hmc")` finds one that it varies from draw to draw.

Source: Neal (2011), MCMC using Hamiltonian dynamics, section 3.2 and figure 2.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.inference.leapfrog import PhasePoint, energy, leapfrog
from course_lib.inference.metrics import Metric
from course_lib.inference.result import Result
from course_lib.inference.sampling import run
from course_lib.inference.step_size import StepSize
from course_lib.inference.target import ValueAndGradient
from course_lib.inference.transition import MAX_ENERGY_ERROR, Transition


def hmc_step(
    value_and_gradient: ValueAndGradient,
    metric: Metric,
    point: PhasePoint,
    step_size: float,
    rng: np.random.Generator,
    steps: int = 10,
) -> Transition:
    """One transition: L = `steps` leapfrog steps, accepted with probability min(1, exp(H₀ − H))."""
    begin = point._replace(momentum=metric.sample(rng))
    start_energy = energy(metric, begin)
    end, taken, error = begin, 0, 0.0
    # A trajectory that leaves the support is refused from either end, so stopping there is fair.
    while taken < steps and math.isfinite(error):
        end = leapfrog(value_and_gradient, metric, end, step_size)
        taken += 1
        error = energy(metric, end) - start_energy
    acceptance = math.exp(min(0.0, -error))
    reached = end if rng.random() < acceptance else begin
    return Transition(reached, start_energy, acceptance, error > MAX_ENERGY_ERROR, 0, taken)


def hmc(
    model: Any,
    start: ArrayLike | None = None,
    draws: int = 1000,
    *,
    steps: int = 10,
    warmup: int = 1000,
    step_size: float | StepSize | None = None,
    metric: Metric | str = "diagonal",
    seed: int | np.random.Generator | None = None,
    chains: int = 1,
    progress: bool = True,
) -> Result:
    """Sample with `steps` leapfrog steps a draw; all else is as in `nuts`.

    Parameters
    ----------
    steps : int
        L ≥ 1. The trajectory is L·ε long; a good one is about a quarter of the longest period.

    Returns
    -------
    Result
        With depth 0 throughout.
    """
    if steps < 1:
        raise ValueError(f"hmc needs 1 leapfrog step or more, got steps={steps}")
    kernel = partial(hmc_step, steps=steps)
    return run(
        kernel, model, start, draws, warmup, step_size, metric, seed, chains, progress, "HMC"
    )
