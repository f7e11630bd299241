"""Dual averaging: a step size that comes to a wanted acceptance during the warm-up.

    >>> step = DualAveraging(target=0.8)
    >>> step.restart(1.0)
    >>> for _ in range(10):
    ...     step.update(acceptance=0.2)     # below the target, so ...
    >>> step.current < 1.0                  # ... the next step is shorter
    True

Source: Hoffman & Gelman (2014), JMLR 15, section 3.2.1, equation 6.
"""

from __future__ import annotations

import math


class DualAveraging:
    """A `StepSize` that adapts: Nesterov's dual averaging of log ε.

    Parameters
    ----------
    target : float
        δ, the wanted mean acceptance probability, between 0 and 1 (ValueError otherwise). Higher
        values give smaller steps.
    gamma, t0, kappa : float
        Strength of the pull towards μ = log(10 ε₀), damping of the first iterations, and decay of
        the weights. The defaults are the paper's.

    The mean acceptance comes to δ *while* the step size adapts. That of the draws is somewhat
    higher (0.9 for 0.8, as in Stan), because log ε is averaged, and the acceptance is a concave
    function of it.
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
        """Forget everything, and start at ε₀ = step_size."""
        self._mu = math.log(10 * step_size)
        self._log_step, self._log_average = math.log(step_size), 0.0
        self._count, self._error = 0, 0.0

    def update(self, acceptance: float) -> None:
        """One iteration of equation 6 with H_t = δ − acceptance."""
        self._count += 1
        weight = 1 / (self._count + self.t0)
        self._error += weight * (self.target - acceptance - self._error)
        self._log_step = self._mu - math.sqrt(self._count) / self.gamma * self._error
        forget = self._count**-self.kappa
        self._log_average += forget * (self._log_step - self._log_average)

    @property
    def current(self) -> float:
        """ε for the next transition of the warm-up: the last iterate."""
        return math.exp(self._log_step)

    @property
    def final(self) -> float:
        """ε for the draws: the weighted average of the iterates."""
        return math.exp(self._log_average) if self._count else self.current
