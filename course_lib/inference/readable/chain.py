"""One chain: its point, random numbers, step size and metric.

>>> rng = np.random.default_rng(1)
>>> chain = Chain(Target(model), hmc_step, start, rng, DualAveraging(), "diagonal", warmup=100)
>>> for _ in range(100):
...     learnt = chain.warm_up()
>>> transition = chain.advance()
>>> transition.point is chain.point
True
"""

from __future__ import annotations

import copy

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.adaptation.metric_learner import MetricLearner
from course_lib.inference.adaptation.step_size import StepSize, reasonable_step_size
from course_lib.inference.adaptation.windows import schedule
from course_lib.inference.hamiltonian.leapfrog import PhasePoint
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.hamiltonian.transition import Kernel, Transition
from course_lib.inference.model.target import Target

Vector = NDArray[np.float64]


class Chain:
    """One chain: `warm_up` makes a transition and adapts, `advance` only makes a transition.

    Parameters
    ----------
    target : Target
    kernel : callable
        What a transition is: `nuts_step`, `hmc_step`.
    start : array [d]
    rng : numpy.random.Generator
    step_size : StepSize
        Copied, because each chain adapts its own.
    metric : Metric, "diagonal" or "dense"
    warmup : int
        Number of times that `warm_up` will be called.

    Raises ValueError if log_prob or its gradient is not finite at the start.
    """

    def __init__(
        self,
        target: Target,
        kernel: Kernel,
        start: Vector,
        rng: np.random.Generator,
        step_size: StepSize,
        metric: Metric | str,
        warmup: int,
    ):
        self._target, self._kernel, self._rng = target, kernel, rng
        self._learner = MetricLearner(metric, len(start))
        self.point = PhasePoint(start, np.zeros_like(start), *target.checked(start))
        self._step_size = copy.deepcopy(step_size)
        self._schedule = schedule(warmup)
        self._done = 0

    @property
    def metric(self) -> Metric:
        """The current metric."""
        return self._learner.current

    @property
    def step_size(self) -> float:
        """ε for the draws."""
        return self._step_size.final

    def warm_up(self) -> Transition:
        """One transition, after which step size and metric adapt."""
        if self._done == 0:
            self._restart(1.0)
        transition = self._move(self._step_size.current)
        self._step_size.update(transition.acceptance)
        if self._done >= self._schedule.slow_start:
            self._learner.add(self.point.position)
        self._done += 1
        if self._done in self._schedule.metric_updates and self._learner.renew():
            self._restart(self._step_size.final)
        return transition

    def advance(self) -> Transition:
        """One transition with the final step size and metric."""
        return self._move(self._step_size.final)

    def _move(self, step_size: float) -> Transition:
        # If a trajectory overflows, the kernel sees an infinite energy.
        with np.errstate(all="ignore"):
            transition = self._kernel(self._target, self.metric, self.point, step_size, self._rng)
        self.point = transition.point
        return transition

    def _restart(self, step_size: float) -> None:
        if self._step_size.adapts:
            with np.errstate(all="ignore"):
                size = reasonable_step_size(
                    self._target, self.metric, self.point, step_size, self._rng
                )
            self._step_size.restart(size)
