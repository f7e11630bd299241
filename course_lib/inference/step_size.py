"""Step sizes: one that stays, and one that a warm-up steers to a wanted acceptance.

    >>> step = DualAveraging(target=0.8)
    >>> step.restart(1.0)
    >>> for _ in range(10):
    ...     step.update(acceptance=0.2)     # refused too often, so ...
    >>> step.current < 1.0                  # ... the next step is shorter
    True

Source: Hoffman & Gelman (2014), JMLR 15, section 3.2.1, equation 6, and algorithm 4.
"""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

from course_lib.inference.leapfrog import PhasePoint, energy, leapfrog
from course_lib.inference.metrics import Metric
from course_lib.inference.target import ValueAndGradient


class StepSize(Protocol):
    """What a chain asks of its step size."""

    adapts: bool
    """Whether a warm-up changes it."""

    @property
    def current(self) -> float:
        """ε for the next transition of the warm-up."""

    @property
    def final(self) -> float:
        """ε for the draws."""

    def restart(self, step_size: float) -> None:
        """Begin to learn again from here: the metric has changed."""

    def update(self, acceptance: float) -> None:
        """Learn from one transition's acceptance statistic."""


class ConstantStepSize:
    """The same ε throughout. Raises ValueError unless it is finite and positive."""

    adapts = False

    def __init__(self, step_size: float):
        if not (np.isfinite(step_size) and step_size > 0):
            raise ValueError(f"step_size must be finite and positive, got {step_size!r}")
        self.current = self.final = float(step_size)

    def restart(self, step_size: float) -> None:
        """Nothing to learn."""

    def update(self, acceptance: float) -> None:
        """Nothing to learn."""


class DualAveraging:
    """Nesterov's dual averaging of log ε, so that the mean acceptance comes to `target`.

    Parameters
    ----------
    target : float
        δ, the wanted mean acceptance statistic, between 0 and 1. Higher: smaller steps.
    gamma, t0, kappa : float
        Strength of the pull to μ = log(10 ε₀), early damping, forgetting; the paper's values.

    The mean acceptance *while it learns* comes to δ. That of the draws is rather above (0.9 for
    0.8, as in Stan): acceptance falls faster with ε than it rises, and log ε is what is averaged.
    """

    adapts = True

    def __init__(
        self, target: float = 0.8, gamma: float = 0.05, t0: float = 10.0, kappa: float = 0.75
    ):
        if not 0 < target < 1:
            raise ValueError(f"the target acceptance must lie between 0 and 1, got {target}")
        self.target, self.gamma, self.t0, self.kappa = target, gamma, t0, kappa
        self.restart(1.0)

    def restart(self, step_size: float) -> None:
        """Forget all and begin at ε₀ = step_size."""
        self._mu = math.log(10 * step_size)
        self._log_step, self._log_average = math.log(step_size), 0.0
        self._count, self._error = 0, 0.0

    def update(self, acceptance: float) -> None:
        """One step of equation 6 with H_t = δ − acceptance."""
        self._count += 1
        weight = 1 / (self._count + self.t0)
        self._error += weight * (self.target - acceptance - self._error)
        self._log_step = self._mu - math.sqrt(self._count) / self.gamma * self._error
        forget = self._count**-self.kappa
        self._log_average += forget * (self._log_step - self._log_average)

    @property
    def current(self) -> float:
        """The last iterate: it explores."""
        return math.exp(self._log_step)

    @property
    def final(self) -> float:
        """The average of the iterates: it has settled."""
        return math.exp(self._log_average) if self._count else self.current


def reasonable_step_size(
    value_and_gradient: ValueAndGradient,
    metric: Metric,
    point: PhasePoint,
    step_size: float,
    rng: np.random.Generator,
) -> float:
    """Double or halve ε until one leapfrog step's acceptance crosses 0.8 (algorithm 4, as in Stan).

    Raises ValueError if no step between 1e-300 and 1e7 does: the posterior is improper or flat.
    """
    begin = point._replace(momentum=metric.sample(rng))
    start_energy = energy(metric, begin)

    def accepted(size: float) -> bool:
        end = leapfrog(value_and_gradient, metric, begin, size)
        return start_energy - energy(metric, end) > math.log(0.8)

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
