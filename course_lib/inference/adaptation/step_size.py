"""The step size of one chain: its interface, a constant one, and a first guess.

    >>> step = ConstantStepSize(0.3)
    >>> step.current, step.final
    (0.3, 0.3)

`dual_averaging` has the one that adapts. Source of the first guess: Hoffman & Gelman (2014), JMLR
15, algorithm 4.
"""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

from course_lib.inference.hamiltonian.leapfrog import PhasePoint, energy, leapfrog
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.model.target import ValueAndGradient

ACCEPTANCE = 0.8
"""The first guess is a step that is accepted with about this probability, as in Stan."""


class StepSize(Protocol):
    """The interface of a step size."""

    adapts: bool
    """Whether the warm-up changes it."""

    @property
    def current(self) -> float:
        """ε for the next transition of the warm-up."""

    @property
    def final(self) -> float:
        """ε for the draws."""

    def restart(self, step_size: float) -> None:
        """Start to adapt again from here, because the metric has changed."""

    def update(self, acceptance: float) -> None:
        """Adapt to the acceptance probability of one transition."""


class ConstantStepSize:
    """The same ε throughout. Raises ValueError unless it is finite and positive."""

    adapts = False

    def __init__(self, step_size: float):
        if not (np.isfinite(step_size) and step_size > 0):
            raise ValueError(f"step_size must be finite and positive, got {step_size!r}")
        self.current = self.final = float(step_size)

    def restart(self, step_size: float) -> None:
        """Does nothing."""

    def update(self, acceptance: float) -> None:
        """Does nothing."""


def reasonable_step_size(
    value_and_gradient: ValueAndGradient,
    metric: Metric,
    point: PhasePoint,
    step_size: float,
    rng: np.random.Generator,
) -> float:
    """Double or halve `step_size` until one leapfrog step's acceptance crosses 0.8.

    Parameters
    ----------
    value_and_gradient : callable
        position [d] -> (log probability, gradient [d]).
    metric : Metric
    point : PhasePoint
        Where the step starts; its momentum is not used, a new one is drawn.
    step_size : float
        Where the search starts.
    rng : numpy.random.Generator

    Raises
    ------
    ValueError
        No step between 1e-300 and 1e7 is found: the posterior is improper, or log_prob not
        continuous.
    """
    begin = point._replace(momentum=metric.sample(rng))
    start_energy = energy(metric, begin)

    def accepted(size: float) -> bool:
        end = leapfrog(value_and_gradient, metric, begin, size)
        return start_energy - energy(metric, end) > math.log(ACCEPTANCE)

    grow = accepted(step_size)
    while accepted(step_size) == grow:
        step_size *= 2.0 if grow else 0.5
        if not 1e-300 < step_size < 1e7:
            raise ValueError(
                "no step size fits: log_prob seems "
                + ("flat, so the posterior may be improper" if grow else "discontinuous")
                + ". Look at the prior and at the gradient at the start."
            )
    return step_size
