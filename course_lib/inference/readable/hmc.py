"""Hamiltonian Monte Carlo with a fixed number of leapfrog steps.

    >>> result = hmc(model, start, draws=200, warmup=200, steps=4, seed=1, progress=False)
    >>> result.draws.shape
    (200, 1, 3)

A transition draws a new momentum, makes L leapfrog steps, and accepts or rejects the end point with
a Metropolis test on the change in energy. A fixed length can resonate: at about half a period,
draws alternate between the two sides of the posterior, so that its mean is found quickly but its
width very slowly. NUTS finds the length itself, and `sample(…, method="hmc")` learns one and varies
it from draw to draw.

Source: Neal (2011), MCMC using Hamiltonian dynamics, section 3.2 and figure 2.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.inference.adaptation.step_size import StepSize
from course_lib.inference.hamiltonian.leapfrog import PhasePoint, energy, leapfrog
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.hamiltonian.transition import MAX_ENERGY_ERROR, Transition
from course_lib.inference.model.target import ValueAndGradient
from course_lib.inference.readable.run_chains import run_chains
from course_lib.inference.result import Result


def hmc_step(
    value_and_gradient: ValueAndGradient,
    metric: Metric,
    point: PhasePoint,
    step_size: float,
    rng: np.random.Generator,
    steps: int = 10,
) -> Transition:
    """One transition: L = `steps` leapfrog steps, accepted with probability min(1, exp(H₀ − H)).

    The other arguments and the result are those of a `Kernel`.
    """
    begin = point._replace(momentum=metric.sample(rng))
    start_energy = energy(metric, begin)
    end, taken, error = begin, 0, 0.0
    # A trajectory that leaves the support is rejected whichever end it starts from, so stopping
    # there keeps detailed balance.
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
    target_acceptance: float = 0.8,
    metric: Metric | str = "diagonal",
    seed: int | np.random.Generator | None = None,
    chains: int = 1,
    progress: bool = True,
) -> Result:
    """Sample a log probability with HMC. The other arguments are those of `nuts`.

    Parameters
    ----------
    steps : int
        L ≥ 1, leapfrog steps for each draw. A good length L·ε is about a quarter of the longest
        period.

    Returns
    -------
    Result
        Its `depth` is 0.
    """
    if steps < 1:
        raise ValueError(f"hmc needs 1 leapfrog step or more, got steps={steps}")
    kernel = partial(hmc_step, steps=steps)
    return run_chains(
        kernel, model, start, draws, warmup, step_size, metric, seed, chains, progress, "HMC",
        target_acceptance,
    )  # fmt: skip
